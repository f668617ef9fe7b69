//! What is read from the inputs, and the one way from there to an article.

use tomtat::text::encoding::Encoding;

use super::fields::{Record, article_of, article_of_json, is_string, object_of};
use super::page::article_of_bytes;
use super::{Article, Fields, Problem};

/// One thing that was read: an article, before the work of taking it apart is done.
#[derive(Debug)]
pub(crate) enum Item {
    /// An input that cannot be used.
    Broken(Problem),
    /// A file or page that is one article.
    Page {
        /// The file, or the address of the page.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A JSON text that is one record.
    Json {
        /// File and line number.
        place: String,
        /// The text.
        text: String,
    },
    /// A row of a table.
    Row {
        /// File and line or row number.
        place: String,
        /// Its fields.
        record: Record,
    },
    /// A line of plain text.
    Line {
        /// File and line number.
        place: String,
        /// The line.
        text: String,
    },
    /// An article that was read already.
    Article {
        /// File and line number.
        place: String,
        /// The article.
        article: Box<Article>,
    },
    /// A piece of a long text.
    Piece(Piece),
}

/// A piece of a text that is too long to be held whole.
#[derive(Debug)]
pub(crate) struct Piece {
    /// The file.
    pub(crate) name: String,
    /// Number of the long text, from 1.
    pub(crate) number: u64,
    /// Bytes of the text, as UTF-8, before the piece.
    pub(crate) offset: u64,
    /// The piece.
    pub(crate) text: String,
    /// More pieces follow.
    pub(crate) continues: bool,
    /// The encoding, where it was not UTF-8.
    pub(crate) encoding: Option<Encoding>,
}

/// How records and pages become articles.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Names of fields.
    pub(crate) fields: Fields,
    /// Encoding of what is no UTF-8.
    pub(crate) encoding: Option<Encoding>,
}

impl Item {
    /// Where the item comes from.
    pub(crate) fn place(&self) -> String {
        match self {
            Self::Broken(problem) => problem.place.clone(),
            Self::Page { name, .. } | Self::Piece(Piece { name, .. }) => name.clone(),
            Self::Json { place, .. }
            | Self::Row { place, .. }
            | Self::Line { place, .. }
            | Self::Article { place, .. } => place.clone(),
        }
    }

    /// Bytes that the item takes, about.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Broken(_) => 0,
            Self::Page { bytes, .. } => bytes.len(),
            Self::Json { text, .. } | Self::Line { text, .. } | Self::Piece(Piece { text, .. }) => {
                text.len()
            }
            Self::Row { record, .. } => {
                record.values().map(|v| v.as_str().map_or(16, str::len)).sum()
            }
            Self::Article { article, .. } => article.text.len(),
        }
    }

    /// Makes an article of the item, whatever it was read from. HTML is laid out.
    pub(crate) fn article(self, reading: &Reading) -> Result<Article, Problem> {
        match self {
            Self::Broken(problem) => Err(problem),
            Self::Page { name, bytes } => article_of_bytes(name, bytes, reading.encoding),
            Self::Json { place, text } => article_of_json(&text, &place, &reading.fields),
            Self::Row { place, record } => article_of(&record, &place, &reading.fields),
            Self::Line { place, text } => Ok(Article { id: place, text, ..Article::default() }),
            Self::Piece(Piece { name, text, encoding, .. }) => {
                Ok(Article { id: name, text, encoding, ..Article::default() })
            }
            Self::Article { article, .. } => Ok(*article),
        }
    }

    /// Returns the record with its place, if the item is one; otherwise the item itself.
    pub(crate) fn record(self) -> Result<(String, Record), Box<Self>> {
        match self {
            Self::Row { place, record } => Ok((place, record)),
            Self::Json { place, text } if !is_string(&text) => match object_of(&text, &place) {
                Ok(record) => Ok((place, record)),
                Err(problem) => Err(Box::new(Self::Broken(problem))),
            },
            other => Err(Box::new(other)),
        }
    }
}
