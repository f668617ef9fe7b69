//! The jobs, with the types of the library inside and [objects](crate::objects) outside. This file
//! and those of its folder are the only ones that know the library.

mod page;
mod repair;
mod scores;
pub mod statistics;
mod summary;
mod tokens;

use std::ops::Range;
use std::sync::Arc;

use tomtat::page::html::{self, looks_like_html};
use tomtat::page::{PageOptions, PageStructure};
use tomtat::select::{BudgetError, ParseBudgetError};
use tomtat::select::{Query, ReadHistory};
use tomtat::text::offsets::Cursor;
use tomtat::text::repair::damage::Damage;
use tomtat::words::{Dictionary, DictionaryError};
use tomtat::{Analyzer, Document, TextOptions};

use crate::objects::Metadata;

/// Something in the arguments that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The options are not of the right form; the message names the field.
    #[error("{}", form(.0))]
    Form(#[from] serde_json::Error),
    /// More than one length was given.
    #[error("one length only: found {0}")]
    Lengths(String),
    /// A length out of range.
    #[error("{name}: {error}")]
    Length {
        /// The option.
        name: &'static str,
        /// What is wrong.
        error: BudgetError,
    },
    /// A length that cannot be read.
    #[error("length: {0}")]
    LengthForm(#[from] ParseBudgetError),
    /// A name that is not known.
    #[error("{option}: no `{found}`; known are {known}")]
    Unknown {
        /// The option.
        option: &'static str,
        /// The name.
        found: String,
        /// The names that are known.
        known: String,
    },
    /// An option with a value that has no effect or no sense.
    #[error("{option}: {reason}")]
    Value {
        /// The option.
        option: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A text that was read in a wrong encoding, which must be undone before other fixes.
    #[error(
        "the text was read in a wrong encoding; {} undoes it and must come first; force destroys \
         these letters",
        .0.flags().trim_start_matches("--")
    )]
    Damaged(Damage),
    /// A dictionary that cannot be read.
    #[error("dictionary: {0}")]
    Dictionary(#[from] DictionaryError),
}

/// The message of a form error, without the place in a JSON text that no user wrote.
fn form(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

/// An article as it was given: its text, and what markup says of it.
struct Article {
    text: String,
    title: Option<String>,
    structure: Option<PageStructure>,
    metadata: Option<Metadata>,
}

impl Article {
    fn read(text: &str, title: Option<&str>) -> Self {
        let given = title.map(str::to_owned);
        if !looks_like_html(text) {
            return Self { text: text.to_owned(), title: given, structure: None, metadata: None };
        }
        let mut options = PageOptions::default();
        options.title = title;
        let (text, structure, metadata) = html::read(text, &options).into_parts();
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let title = given.or_else(|| owned(metadata.title()));
        let metadata = Metadata {
            author: owned(metadata.author()),
            published: owned(metadata.published()),
            modified: owned(metadata.modified()),
            site: owned(metadata.site()),
            url: owned(metadata.url()),
            language: owned(metadata.language()),
            description: owned(metadata.description()),
        };
        Self { text, title, structure: Some(structure), metadata: Some(metadata) }
    }

    /// The text that offsets count in, where it is not the input.
    fn laid_out(&self) -> Option<String> {
        self.structure.is_some().then(|| self.text.clone())
    }
}

/// Does the jobs; immutable.
#[derive(Debug, Default)]
pub struct Engine {
    analyzer: Analyzer,
}

impl Engine {
    /// Puts the words of a dictionary over the word segmenter: one a line, with an optional weight
    /// after a tab.
    ///
    /// # Errors
    ///
    /// If a line cannot be read.
    pub fn with_dictionary(self, words: &str) -> Result<Self, InputError> {
        let dictionary = Dictionary::parse(words)?;
        Ok(Self { analyzer: self.analyzer.with_dictionary(dictionary) })
    }

    /// Every paragraph counts: nothing is taken for a caption.
    fn read_raw(
        &self,
        text: &str,
        lines: bool,
        split_unmarked: bool,
    ) -> Result<Document, InputError> {
        if lines && split_unmarked {
            let reason = "does not go with lines".to_owned();
            return Err(InputError::Value { option: "splitUnmarked", reason });
        }
        let options = TextOptions::default()
            .with_raw(true)
            .with_line_sentences(lines)
            .with_split_unmarked(split_unmarked);
        Ok(self.analyzer.analyze_with(text, options))
    }

    fn analyze(&self, article: &Article, title: Option<&str>, raw: bool) -> Document {
        let options = TextOptions::default()
            .with_title(title)
            .with_raw(raw)
            .with_structure(article.structure.as_ref())
            .with_split_unmarked(true);
        self.analyzer.analyze_with(&article.text, options)
    }

    fn query(&self, text: Option<&str>, loose: bool) -> Result<Option<Query>, InputError> {
        let Some(text) = text else {
            let reason = "needs a query".to_owned();
            return if loose {
                Err(InputError::Value { option: "loose", reason })
            } else {
                Ok(None)
            };
        };
        let query = if loose { self.analyzer.loose_query(text) } else { self.analyzer.query(text) };
        if query.is_empty() {
            let reason = "has no word to look for".to_owned();
            return Err(InputError::Value { option: "query", reason });
        }
        Ok(Some(query))
    }

    /// Makes what the reader has read of texts, if there are any.
    fn seen(&self, texts: &[String]) -> Option<Arc<ReadHistory>> {
        let mut history = ReadHistory::default();
        for text in texts {
            let article = Article::read(text, None);
            let options = TextOptions::default().with_raw(true);
            history.add(&self.analyzer.analyze_with(&article.text, options));
        }
        (!texts.is_empty()).then(|| Arc::new(history))
    }
}

/// Turns byte ranges into UTF-16 offsets, in one walk if they come in order.
struct Places<'t>(Cursor<'t>);

impl<'t> Places<'t> {
    const fn new(text: &'t str) -> Self {
        Self(Cursor::new(text))
    }

    fn of(&mut self, span: &Range<usize>) -> (usize, usize) {
        (self.0.at(span.start).utf16(), self.0.at(span.end).utf16())
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
