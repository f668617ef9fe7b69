//! An article as it was read.

use tomtat::TextOptions;
use tomtat::page::PageStructure;
use tomtat::page::html::Metadata;
use tomtat::text::encoding::Encoding;

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
    /// What the markup of an HTML page says of its blocks; the text is then what was laid out.
    pub(crate) structure: Option<PageStructure>,
    /// What an HTML page says of itself.
    pub(crate) metadata: Option<Metadata>,
    /// The encoding, where it was not UTF-8.
    pub(crate) encoding: Option<Encoding>,
}

impl Article {
    /// Returns how the text is to be read; `raw` takes every line as part of the article.
    pub(crate) fn options(&self, raw: bool) -> TextOptions<'_> {
        TextOptions::default()
            .with_title(self.title.as_deref())
            // Whoever cut the article into sentences has left out what is no part of it.
            .with_raw(raw || self.line_sentences)
            .with_structure(self.structure.as_ref())
            // A summary must not begin with a heading that ran into its sentence.
            .with_split_unmarked(true)
            .with_line_sentences(self.line_sentences)
    }
}
