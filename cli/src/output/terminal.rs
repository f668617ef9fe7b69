//! Text that is safe to show on a terminal.

use std::borrow::Cow;

/// Returns true for characters that steer a terminal or turn the direction of what is shown: controls
/// (C0, DEL, C1) other than tabs and line feeds, line and paragraph separators, and the marks,
/// embeddings, overrides and isolates of the bidirectional algorithm (UAX #9).
fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\t' && c != '\n')
        || matches!(
            c,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        )
}

/// Writes hostile characters as escapes: ESC becomes `\u{1b}`.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        assert_eq!(safe("Chợ\tnổi\n"), "Chợ\tnổi\n");
        assert_eq!(
            safe("a\x1b]0;x\x07\u{9b}2J\r\u{202E}b\u{2066}"),
            "a\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{d}\\u{202e}b\\u{2066}"
        );
    }
}
