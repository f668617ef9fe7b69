//! A text that is put together from blocks, with what markup says of them.

use super::markup::{Mark, Markup};
#[cfg(feature = "html")]
use super::phrase::is_related_heading;

/// Text in blocks and what the markup says of them.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    marks: Vec<Mark>,
}

impl Layout {
    /// The length of the text so far, in bytes.
    #[cfg(feature = "html")]
    pub(super) fn length(&self) -> usize {
        self.text.len()
    }

    #[cfg(feature = "html")]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_parts(self) -> (String, Vec<Mark>) {
        (self.text, self.marks)
    }

    /// Adds a block after a blank line.
    pub(super) fn push_block(&mut self, block: &str, markup: Option<Markup>) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(block);
        if let Some(markup) = markup {
            self.marks.push(Mark { start, end: self.text.len(), markup });
        }
    }

    /// Marks the blocks from `start` on as a list of other articles, if they begin with the heading of
    /// one.
    #[cfg(feature = "html")]
    pub(super) fn mark_list(&mut self, start: usize) {
        /// A list is not longer than this, in bytes: the page itself may begin with such a line.
        const LONGEST: usize = 2000;
        if self.text.len() - start > LONGEST {
            return;
        }
        let blocks = self.text[start..].trim_start();
        let Some((heading, rest)) = blocks.split_once("\n\n") else { return };
        if rest.is_empty() || !is_related_heading(heading) {
            return;
        }
        let (start, end) = (self.text.len() - blocks.len(), self.text.len());
        while self.marks.pop_if(|mark| mark.start >= start).is_some() {}
        self.marks.push(Mark { start, end, markup: Markup::Related });
    }

    /// Adds all blocks of another layout.
    #[cfg(feature = "html")]
    pub(super) fn append(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|mark| Mark {
            start: mark.start + shift,
            end: mark.end + shift,
            markup: mark.markup,
        }));
    }
}
