//! Counts of terms.

use tomtat::corpus::ngram::{NgramOptions, TermUnit};
use tomtat::corpus::statistics::{CountOptions, TermStatistics};

use super::{Engine, InputError};
use crate::objects::TermCount;
use crate::options::StatisticsOptions;

/// Counts of the terms of a corpus, which merge exactly.
#[derive(Debug)]
pub struct Statistics(TermStatistics);

impl Statistics {
    /// Makes empty counts.
    ///
    /// # Errors
    ///
    /// If the unit or the lengths cannot be used.
    pub fn new(options: &StatisticsOptions) -> Result<Self, InputError> {
        let options = CountOptions::default().with_ngrams(options.ngrams()?);
        Ok(Self(TermStatistics::new(options)))
    }

    /// Reads the bytes of counts.
    ///
    /// # Errors
    ///
    /// If they are none.
    pub fn read(bytes: &[u8]) -> Result<Self, InputError> {
        let counts = TermStatistics::read(bytes).map_err(|error| value("bytes", &error))?;
        Ok(Self(counts))
    }

    /// Returns the counts as bytes; equal counts give equal bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.write()
    }

    /// Counts texts, each a document.
    ///
    /// # Errors
    ///
    /// None: the options of the engine fit each text.
    pub fn add(&mut self, engine: &Engine, texts: &[String]) -> Result<(), InputError> {
        for text in texts {
            let document = engine.read_raw(text, false, false)?;
            // As the program does: an empty text is no document.
            if !document.tokens().is_empty() {
                self.0.add(&document);
            }
        }
        Ok(())
    }

    /// Adds the counts of another part of the corpus.
    ///
    /// # Errors
    ///
    /// If the other counts units of another kind.
    pub fn merge(&mut self, other: &Self) -> Result<(), InputError> {
        self.0.merge(other.0.clone()).map_err(|error| value("other", &error))
    }

    /// Returns the number of documents.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.0.documents()
    }

    /// Returns the number of words or syllables.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.0.items()
    }

    /// Returns the counts of a term, if it was seen.
    #[must_use]
    pub fn get(&self, term: &str) -> Option<TermCount> {
        let found = self.0.term(term)?;
        Some(TermCount { term: found.text(), tf: found.tf(), df: found.df() })
    }

    /// Returns all terms, in the order of their keys.
    #[must_use]
    pub fn terms(&self) -> Vec<TermCount> {
        let terms = self.0.terms();
        terms.iter().map(|t| TermCount { term: t.text(), tf: t.tf(), df: t.df() }).collect()
    }
}

impl StatisticsOptions {
    fn ngrams(&self) -> Result<NgramOptions, InputError> {
        let unit = match self.unit.as_deref() {
            None | Some("word") => TermUnit::Word,
            Some("syllable") => TermUnit::Syllable,
            Some(found) => {
                let (found, known) = (found.to_owned(), "word, syllable".to_owned());
                return Err(InputError::Unknown { option: "unit", found, known });
            }
        };
        let (least, most) = self.ngrams.unwrap_or((1, 1));
        NgramOptions::new(unit, least..=most, 0).map_err(|error| value("ngrams", &error))
    }
}

fn value(option: &'static str, error: &impl ToString) -> InputError {
    InputError::Value { option, reason: error.to_string() }
}
