//! How text is shown to people.

use crate::output::safe;

/// What is printed beside the sentences.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
pub(super) struct Style {
    /// The name of the article stands above it.
    pub(super) heading: bool,
    /// This is the first article.
    pub(super) first: bool,
    pub(super) title: bool,
    pub(super) scores: bool,
    /// Control characters are replaced.
    pub(super) safe: bool,
}

/// The text as a person reads it: on one line, with spaces for underscores.
///
/// Machine formats carry the text as it is.
pub(super) fn shown(text: &str, presegmented: bool, style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        let line_end =
            matches!(c, '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if line_end {
            space = true;
            continue;
        }
        if space && !c.is_whitespace() && !out.ends_with(' ') {
            out.push(' ');
        }
        space = false;
        match c {
            '_' if presegmented => out.push(' '),
            c => out.push(c),
        }
    }
    if style.safe { safe(&out).into_owned() } else { out }
}
