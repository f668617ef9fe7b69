//! Answers to choose from on one line: `A. Hà Nội B. Huế C. Vinh`.

use crate::token::{Gap, Token};

/// Tokens that are looked through for the second and third answer; bounds the look-ahead.
const WINDOW: usize = 120;

/// The letter of the answer that comes next, in a row that began.
#[derive(Debug, Default)]
pub(super) struct Choices {
    next: Option<u8>,
}

impl Choices {
    /// Returns true if an answer begins at `tokens[at]`, in the sentence that began at `start`.
    pub(super) fn begins(&mut self, text: &str, tokens: &[Token], start: usize, at: usize) -> bool {
        // Nearly all words are longer.
        if tokens[at].end - tokens[at].start > 2 {
            return false;
        }
        let letter = match self.next {
            Some(letter) if is_label(text, tokens, at, letter) => letter,
            _ if at == start || &text[tokens[at - 1].span()] == ":" => {
                if !is_label(text, tokens, at, b'A') || !has_more(text, tokens, at + 1) {
                    return false;
                }
                b'A'
            }
            _ => return false,
        };
        self.next = Some(letter + 1).filter(u8::is_ascii_uppercase);
        at > start
    }
}

/// Returns true if the second and third answer follow on the line.
fn has_more(text: &str, tokens: &[Token], from: usize) -> bool {
    let mut letter = b'B';
    for at in from..tokens.len().min(from + WINDOW) {
        if tokens[at].gap() == Gap::Line {
            return false;
        }
        if is_label(text, tokens, at, letter) {
            letter += 1;
            if letter > b'C' {
                return true;
            }
        }
    }
    false
}

/// Returns true for `B.` and `B` with a stop behind it.
fn is_label(text: &str, tokens: &[Token], at: usize, letter: u8) -> bool {
    let token = &tokens[at];
    if token.gap() == Gap::None && at > 0 {
        return false;
    }
    match &text.as_bytes()[token.span()] {
        [found, b'.'] => *found == letter,
        [found] if *found == letter => tokens
            .get(at + 1)
            .is_some_and(|stop| stop.gap() == Gap::None && &text[stop.span()] == "."),
        _ => false,
    }
}
