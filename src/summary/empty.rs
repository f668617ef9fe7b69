//! Why a summary has no sentence.

use std::fmt;

use super::{Summary, Warning};
use crate::document::Document;
use crate::page::{self, Role};

/// Why a summary has no sentence.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, Summarizer};
/// use tomtat::summary::EmptyReason;
///
/// let analyzer = Analyzer::new();
/// let document = analyzer.analyze(" \n");
/// let summary = Summarizer::new(&analyzer).summarize(&document);
/// let reason = EmptyReason::of(&summary, &document).expect("no sentence");
/// assert_eq!((reason, reason.to_string()), (EmptyReason::NoText, "the text is empty".into()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmptyReason {
    /// There is no text.
    NoText,
    /// No sentence is short enough.
    NothingFits,
    /// The page gives an error in place of an article.
    ErrorPage,
    /// The page asks who the reader is.
    LoginPage,
    /// The page is a list of articles.
    ListPage,
    /// The lead paragraph was asked for, and there is none.
    NoSapo,
    /// No text of an article was found.
    NoSentence,
}

impl EmptyReason {
    /// Returns why `summary`, which is of `document`, is empty; `None` if it has a sentence.
    #[must_use]
    pub fn of(summary: &Summary, document: &Document) -> Option<Self> {
        if !summary.is_empty() {
            return None;
        }
        let fits = |warning: &Warning| !matches!(warning, Warning::NothingFits { .. });
        Some(match document.other_purpose() {
            _ if document.text().trim().is_empty() => Self::NoText,
            _ if !summary.warnings().iter().all(fits) => Self::NothingFits,
            Some(page::Warning::ErrorPage) => Self::ErrorPage,
            Some(page::Warning::LoginPage) => Self::LoginPage,
            Some(_) => Self::ListPage,
            None if summary.method() == Role::Sapo.name() => Self::NoSapo,
            None => Self::NoSentence,
        })
    }

    /// Returns the code, as machine formats print it among the warnings.
    #[must_use]
    pub const fn code(self) -> &'static str {
        "empty"
    }

    /// Returns true if there would be sentences with all lines taken
    /// ([`TextOptions::raw`](crate::TextOptions::raw)).
    #[must_use]
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::ErrorPage | Self::LoginPage | Self::ListPage | Self::NoSentence)
    }
}

impl fmt::Display for EmptyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoText => "the text is empty",
            Self::NothingFits => "no summary",
            Self::ErrorPage => "an error page, not an article",
            Self::LoginPage => "a login page, not an article",
            Self::ListPage => "a list of articles, not an article",
            Self::NoSapo => "no lead paragraph (sapo) found",
            Self::NoSentence => "no sentence of an article found",
        })
    }
}
