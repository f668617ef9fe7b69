//! What markup says of blocks, for pages that come from HTML.

/// What the markup says of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has markup"))]
pub(super) enum Markup {
    /// In a `figure`, or in an element that is named a caption.
    Caption,
    /// In `h2` to `h6`.
    Heading,
    /// All of it is bold.
    Bold,
    /// All of it is a link.
    Link,
    /// In an element that is named the lead.
    Sapo,
    /// In an element that begins with the heading of a list of other articles: the list ends where
    /// the element does.
    Related,
    /// A row of a table, its cells joined by ` | `.
    TableRow,
    /// Source code, with its white space.
    Code,
    /// In a list of references or notes.
    Reference,
    /// An item of a list.
    ListItem,
    /// Stands directly below a picture.
    BelowPicture,
}

/// A range of a text and what the markup says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) markup: Markup,
}
