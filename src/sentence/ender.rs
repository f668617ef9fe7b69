//! Marks that can end a sentence.

use crate::token::{Token, TokenKind};

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
    /// `。`, `？`, and the enders of other scripts that have no capitals.
    Caseless,
}

impl Ender {
    pub(super) fn of(token: &Token, text: &str) -> Option<Self> {
        if token.kind != TokenKind::Punctuation {
            return None;
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
