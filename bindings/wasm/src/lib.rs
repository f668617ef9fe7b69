//! WebAssembly binding of tomtat.
//!
//! [`engine`] does the work with the types of the library, [`options`] and [`objects`] are what
//! crosses the border as JSON, and this file is the border: one method a job. The TypeScript
//! wrapper in `js/` gives them their public names and types.
//!
//! Texts are the strings of JavaScript, so offsets count UTF-16 units.

pub mod engine;
pub mod objects;
pub mod options;

use engine::statistics::Statistics;
use engine::{Engine, InputError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// The engine behind the functions of the npm package.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    engine: Engine,
}

#[wasm_bindgen]
impl Handle {
    /// Makes an engine with the embedded models, and with the words of a dictionary if one is
    /// given: one word a line, with an optional weight after a tab.
    ///
    /// # Errors
    ///
    /// If a line of the dictionary cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(dictionary: Option<String>) -> Result<Handle, JsError> {
        let engine = match dictionary {
            Some(words) => Engine::default().with_dictionary(&words).map_err(JsError::from)?,
            None => Engine::default(),
        };
        Ok(Self { engine })
    }

    /// Sentences of a text, as a JSON list of strings.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    #[wasm_bindgen(js_name = sentTokenize)]
    pub fn sent_tokenize(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.sent_tokenize(text, &read(options)?)?)
    }

    /// Words of a text, as a JSON list of strings, or as one string.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range; so for every method below.
    #[wasm_bindgen(js_name = wordTokenize)]
    pub fn word_tokenize(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.word_tokenize(text, &read(options)?)?)
    }

    /// Syllables, numbers and marks of a text, as a JSON list of strings.
    ///
    /// # Errors
    ///
    /// If the result has no JSON form, which cannot happen.
    pub fn syllables(&self, text: &str) -> Result<String, JsError> {
        json(&self.engine.syllables(text)?)
    }

    /// Places of sentences, words or syllables.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn spans(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.spans(text, &read(options)?)?)
    }

    /// A summary of one article.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn summarize(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.summarize(text, &read(options)?)?)
    }

    /// The blocks of a page and their roles.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn extract(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.extract(text, &read(options)?)?)
    }

    /// The key terms of an article.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn keywords(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.keywords(text, &read(options)?)?)
    }

    /// One summary of several articles, given as a JSON list.
    ///
    /// # Errors
    ///
    /// If an option or an article is unknown or out of range.
    #[wasm_bindgen(js_name = multiSummarize)]
    pub fn multi_summarize(&self, articles: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.multi_summarize(&read::<Vec<_>>(articles)?, &read(options)?)?)
    }

    /// What is wrong with a text.
    ///
    /// # Errors
    ///
    /// If the result has no JSON form, which cannot happen.
    pub fn check(&self, text: &str) -> Result<String, JsError> {
        json(&self.engine.check(text))
    }

    /// A text with its faults fixed.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn normalize(&self, text: &str, options: &str) -> Result<String, JsError> {
        json(&self.engine.normalize(text, &read(options)?)?)
    }

    /// ROUGE of a text against references, given as a JSON list of strings.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    pub fn rouge(
        &self,
        prediction: &str,
        references: &str,
        options: &str,
    ) -> Result<String, JsError> {
        json(&self.engine.rouge(prediction, &read::<Vec<_>>(references)?, &read(options)?)?)
    }

    /// ROUGE of many texts with intervals; references are a JSON list of lists of strings.
    ///
    /// # Errors
    ///
    /// If the numbers of texts differ, or an option is unknown or out of range.
    pub fn evaluate(
        &self,
        predictions: &str,
        references: &str,
        options: &str,
    ) -> Result<String, JsError> {
        let predictions: Vec<String> = read(predictions)?;
        json(&self.engine.evaluate(&predictions, &read::<Vec<_>>(references)?, &read(options)?)?)
    }

    /// The rankers that `summarize` takes as method.
    ///
    /// # Errors
    ///
    /// If the result has no JSON form, which cannot happen.
    pub fn methods(&self) -> Result<String, JsError> {
        json(&self.engine.methods())
    }
}

/// The counts behind `TermStatistics` of the npm package.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Counts {
    statistics: Statistics,
}

#[wasm_bindgen]
impl Counts {
    /// Makes empty counts.
    ///
    /// # Errors
    ///
    /// If an option is unknown or out of range.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Counts, JsError> {
        Ok(Self { statistics: Statistics::new(&read(options)?)? })
    }

    /// Reads the bytes of counts.
    ///
    /// # Errors
    ///
    /// If they are none.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &[u8]) -> Result<Counts, JsError> {
        Ok(Self { statistics: Statistics::read(bytes)? })
    }

    /// The counts as bytes.
    #[wasm_bindgen(js_name = toBytes)]
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.statistics.bytes()
    }

    /// Counts texts, given as a JSON list, each a document.
    ///
    /// # Errors
    ///
    /// If the list holds something else.
    pub fn add(&mut self, handle: &Handle, texts: &str) -> Result<(), JsError> {
        Ok(self.statistics.add(&handle.engine, &read::<Vec<_>>(texts)?)?)
    }

    /// Adds the counts of another part of the corpus.
    ///
    /// # Errors
    ///
    /// If the other counts units of another kind.
    pub fn merge(&mut self, other: &Counts) -> Result<(), JsError> {
        Ok(self.statistics.merge(&other.statistics)?)
    }

    /// Number of documents.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn documents(&self) -> f64 {
        self.statistics.documents() as f64
    }

    /// Number of words or syllables.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn items(&self) -> f64 {
        self.statistics.items() as f64
    }

    /// Counts of a term, as JSON; `null` if it was not seen.
    ///
    /// # Errors
    ///
    /// If the result has no JSON form, which cannot happen.
    pub fn get(&self, term: &str) -> Result<String, JsError> {
        json(&self.statistics.get(term))
    }

    /// All terms with their counts, as a JSON list.
    ///
    /// # Errors
    ///
    /// If the result has no JSON form, which cannot happen.
    pub fn terms(&self) -> Result<String, JsError> {
        json(&self.statistics.terms())
    }
}

/// The version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn read<T: DeserializeOwned>(options: &str) -> Result<T, JsError> {
    serde_json::from_str(options).map_err(|error| JsError::from(InputError::from(error)))
}

fn json(value: &impl Serialize) -> Result<String, JsError> {
    serde_json::to_string(value).map_err(JsError::from)
}
