//! Marks that can end a sentence.

use crate::token::{Gap, Token, TokenKind};

/// Marks that end sentences in scripts without capitals: Chinese and Japanese, Arabic, Urdu, the
/// scripts of India, Burmese, Khmer, Ethiopic.
const CASELESS_ENDERS: &str = "。！？｡．؟۔।॥။។።";

/// Marks that can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ender {
    /// `.`
    Stop,
    /// `!`, `?`, `?!`
    Exclamation,
    /// `…`, `...`
    Ellipsis,
    /// `./.`
    Document,
    /// `:)`, emoji.
    Face,
    /// `。`, `？`, and the enders of other scripts that have no capitals.
    Caseless,
}

impl Ender {
    pub(super) fn of(token: &Token, text: &str) -> Option<Self> {
        if token.kind != TokenKind::Punctuation {
            return is_face(token, text).then_some(Self::Face);
        }
        let bytes = &text.as_bytes()[token.span()];
        match bytes {
            b"." => Some(Self::Stop),
            b"./." => Some(Self::Document),
            [b'.', b'.', ..] => Some(Self::Ellipsis),
            [b'!' | b'?', ..] => Some(Self::Exclamation),
            _ if bytes.starts_with("…".as_bytes()) => Some(Self::Ellipsis),
            _ if bytes.is_ascii() => None,
            _ => {
                let mark = text[token.span()].chars().next()?;
                CASELESS_ENDERS.contains(mark).then_some(Self::Caseless)
            }
        }
    }
}

/// Returns true for `:)` and emoji: they are said with the sentence before.
pub(super) fn is_face(token: &Token, text: &str) -> bool {
    if token.kind != TokenKind::Symbol || token.gap == Gap::Line {
        return false;
    }
    let symbol = &text[token.span()];
    symbol.len() > 1 && symbol.is_ascii()
        || symbol.starts_with(|c| matches!(c, '\u{1F300}'..|'☹'| '☺' | '♥' | '♡' | '❤' | '✌' | '☝'))
}
