//! How a block ends.

use super::line::is_blank;

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockEnd {
    /// With `.`, `!` or `?`, perhaps before a quote or bracket.
    Stop,
    /// With dots that cut it off.
    Dots,
    /// With `:`, which leads on.
    Colon,
    /// With `,` or `;`.
    Comma,
    /// With none of these.
    Open,
}

impl BlockEnd {
    /// Returns how a block ends.
    pub(super) fn of(block: &str) -> Self {
        if ends_in_letter_or_stop(block) {
            return match *block.as_bytes() {
                [.., b'.' | b'[', b'.', b'.'] => Self::Dots,
                [.., b'.'] => Self::Stop,
                _ => Self::Open,
            };
        }
        let body = block.trim_end_matches(|c: char| {
            matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»') || is_blank(c)
        });
        if body.ends_with("...") || body.ends_with('…') || body.ends_with("[..") {
            return Self::Dots;
        }
        match body.chars().next_back() {
            Some('.' | '!' | '?' | '。') => Self::Stop,
            Some(':') => Self::Colon,
            Some(',' | ';') => Self::Comma,
            _ => Self::Open,
        }
    }
}

/// Returns true if the last byte is an ASCII letter, a digit or a full stop.
pub(super) fn ends_in_letter_or_stop(block: &str) -> bool {
    block.as_bytes().last().is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'.')
}
