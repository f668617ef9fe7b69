//! Files, folders and standard input.

mod jsonl;
mod problem;
mod source;

pub(crate) use jsonl::{Fields, article_of};
pub(crate) use problem::Problem;
pub(crate) use source::{
    Format, Source, decode, decode_line, expand, lines, read_bytes, read_text, waits_for_terminal,
};

/// One article as it was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    /// Name for the reader: the id of the record, or the path of the file.
    pub(crate) id: String,
    /// Title, where the input keeps it apart.
    pub(crate) title: Option<String>,
    /// The text; offsets of results count from its first byte.
    pub(crate) text: String,
    /// The text came as a list of sentences, joined by line ends.
    pub(crate) line_sentences: bool,
}
