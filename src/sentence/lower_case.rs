//! Texts without capitals: chat, transcripts.

use super::ender::{Ender, is_face};
use crate::token::{Gap, Shape, Token, TokenKind};

/// Of so many words, one may have a capital: names that a keyboard completed.
const WORDS_PER_CAPITAL: usize = 20;

/// Whether the block is written without capitals; found out when it is first needed.
#[derive(Debug, Default)]
pub(super) struct CaseOfBlock {
    has_none: Option<bool>,
}

impl CaseOfBlock {
    /// Returns true if a sentence begins with the word in lower case at `next`, after the mark at
    /// `at`.
    pub(super) fn begins_in_lower_case(
        &mut self,
        text: &str,
        tokens: &[Token],
        at: usize,
        next: usize,
        ender: Ender,
    ) -> bool {
        let token = &tokens[next];
        if !matches!(ender, Ender::Stop | Ender::Exclamation | Ender::Face)
            || !tokens[at + 1..next].iter().all(|token| is_face(token, text))
            || ender == Ender::Face && !text[tokens[at].span()].is_ascii()
            || token.gap() == Gap::None
            || !matches!(token.kind(), TokenKind::Syllable | TokenKind::Foreign)
            || at == 0
        {
            return false;
        }
        // `a. b`: letters that number something, but not the `k.` of chat for `không`.
        let before = &tokens[at - 1];
        let is_chat = || {
            matches!(&text[before.span()], "k" | "r" | "t" | "m" | "h" | "v" | "n" | "z" | "đ")
                && at >= 2
                && tokens[at - 2].kind() == TokenKind::Syllable
        };
        let is_letter =
            before.span().len() == 1 && before.kind() != TokenKind::Number && !is_chat();
        !is_letter && *self.has_none.get_or_insert_with(|| has_no_capitals(text, tokens))
    }
}

/// Returns true if capitals are rare, no sentence begins with one, and more than one ends before a
/// small letter or the block begins with one: one `Yahoo! là` shows nothing.
fn has_no_capitals(text: &str, tokens: &[Token]) -> bool {
    let is_word = |token: &Token| matches!(token.kind(), TokenKind::Syllable | TokenKind::Foreign);
    let words = tokens.iter().filter(|token| is_word(token));
    let (mut all, mut capitals) = (0, 0);
    for word in words.skip(1) {
        all += 1;
        capitals += usize::from(word.shape() != Shape::Lower && word.shape() != Shape::Caseless);
    }
    if capitals * WORDS_PER_CAPITAL > all {
        return false;
    }
    let mut ends = 0;
    for pair in tokens.windows(2) {
        let [mark, next] = pair else { break };
        let ender = Ender::of(mark, text);
        if !matches!(ender, Some(Ender::Stop | Ender::Exclamation)) || !is_word(next) {
            continue;
        }
        if next.shape() != Shape::Lower {
            return false;
        }
        ends += usize::from(next.gap() != Gap::None);
    }
    ends > 1
        || tokens.iter().find(|token| is_word(token)).is_some_and(|t| t.shape() == Shape::Lower)
}
