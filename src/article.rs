//! The structure of a page: which block is what.

use std::ops::Range;

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The title.
    Title,
    /// Text of the article.
    Body,
}

pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) role: Role,
}

pub(crate) struct Structure {
    pub(crate) blocks: Vec<Found>,
    pub(crate) list_page: bool,
}

pub(crate) fn structure(text: &str, _title: Option<&str>, _raw: bool) -> Structure {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let s = start + (line.len() - line.trim_start().len());
            blocks.push(Found { span: s..s + trimmed.len(), role: Role::Body });
        }
        start += line.len();
    }
    Structure { blocks, list_page: false }
}
