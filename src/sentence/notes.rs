//! Note marks behind the end of a sentence: `.[1]`, `. [2][3]`, `.(4)`, `.²`, and emoticons.

use super::ender::{Ender, is_face};
use crate::token::{Gap, Token, TokenKind};

/// Most characters of a note in brackets.
const NOTE_LETTERS: usize = 20;

/// Most tokens of it.
const NOTE_TOKENS: usize = 8;

/// Returns the index behind the notes that follow the end of a sentence, which began at `start`.
pub(super) fn skip(text: &str, tokens: &[Token], start: usize, mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        let Some(end) = note(text, tokens, start, at)
            .or_else(|| number(text, tokens, at))
            .or_else(|| is_face(token, text).then_some(at + 1))
        else {
            break;
        };
        // What touches the note is more of the text: `.[1]a`.
        if tokens.get(end).is_some_and(|next| next.gap() == Gap::None && next.kind().is_term()) {
            break;
        }
        at = behind_page(text, tokens, end);
    }
    at
}

/// Passes the page or section that touches a note, `.[1]:23`, `.[1]:§3`, and the comma between two,
/// `.²,³`.
fn behind_page(text: &str, tokens: &[Token], at: usize) -> usize {
    if let Some([mark, section, number]) = tokens.get(at..at + 3)
        && &text[mark.span().start..section.span().end] == ":§"
        && number.gap() == Gap::None
        && number.kind() == TokenKind::Number
    {
        return at + 3;
    }
    let Some([mark, number]) = tokens.get(at..at + 2) else { return at };
    let touches = mark.gap() == Gap::None && number.gap() == Gap::None;
    match &text[mark.span()] {
        ":" if touches && number.kind() == TokenKind::Number => {
            // `.[1]:45–46`
            let to = tokens.get(at + 2..at + 4).filter(|to| {
                to.iter().all(|token| token.gap() == Gap::None)
                    && &text[to[0].span()] == "–"
                    && to[1].kind() == TokenKind::Number
            });
            at + 2 + to.map_or(0, <[Token]>::len)
        }
        "," if touches && is_superscript(&text[number.span()]) => at + 1,
        _ => at,
    }
}

/// `[…]` after the end, `(n)` and `(*)` if they touch it.
fn note(text: &str, tokens: &[Token], start: usize, at: usize) -> Option<usize> {
    let open = &tokens[at];
    let close = match &text[open.span()] {
        // In a list of references the mark begins the next: `[1] An, 2010. [2] Bình, 2011.`
        "[" if open.gap() != Gap::Line
            && (open.gap() == Gap::None || &text[tokens[start].span()] != "[") =>
        {
            "]"
        }
        "(" if open.gap() == Gap::None || is_remark(text, tokens, at) => ")",
        _ => return None,
    };
    if open.gap() != Gap::None {
        if is_omission(text, tokens, at + 1) {
            return None;
        }
        let end = behind_sound(text, tokens, at);
        if end > at {
            return is_remark(text, tokens, at).then_some(end);
        }
    }
    let end =
        (at + 1..tokens.len().min(at + NOTE_TOKENS)).find(|&i| &text[tokens[i].span()] == close)?;
    let inside = tokens[at + 1].span().start..tokens[end - 1].span().end;
    let inside = text.get(inside)?;
    let is_short = inside.chars().count() <= NOTE_LETTERS;
    let is_sign =
        inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | ',' | '-' | '–' | ' '));
    (end > at + 1 && is_short && (close == "]" || is_sign)).then_some(end + 1)
}

/// Words that notes of encyclopedias begin with: `[cần dẫn nguồn]`, `[chú thích 3]`.
const NOTE_WORDS: [&str; 7] = ["cần", "chú", "ghi", "nguồn", "không", "note", "citation"];

/// Words that remarks on what stands before begin with: `(ảnh minh họa)`, `(còn tiếp)`.
const REMARK_WORDS: [&str; 9] =
    ["ảnh", "hình", "tranh", "minh", "nguồn", "theo", "tổng", "còn", "hết"];

/// Returns true if the bracket at `at` opens a remark on what stands before.
fn is_remark(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|word| REMARK_WORDS.contains(&&text[word.span()]))
}

/// Returns the index behind words in brackets that stand apart before a capital and are no note:
/// `[vỗ tay] Xin mời`, `(im lặng) Thật ra`; `at` if there are none.
pub(super) fn behind_sound(text: &str, tokens: &[Token], at: usize) -> usize {
    let Some(open) = tokens.get(at) else { return at };
    let closing = match &text[open.span()] {
        "[" => "]",
        "(" => ")",
        _ => return at,
    };
    let inside = tokens[at + 1..].iter().take(NOTE_TOKENS);
    let words = inside.take_while(|token| token.is_small()).count();
    let close = at + 1 + words;
    let is_sound = open.gap() != Gap::None
        && words > 0
        && !NOTE_WORDS.contains(&&text[tokens[at + 1].span()])
        && tokens.get(close).is_some_and(|token| &text[token.span()] == closing)
        && tokens.get(close + 1).is_some_and(|next| {
            next.gap() != Gap::None && text[next.span()].starts_with(char::is_uppercase)
        });
    if is_sound && tokens[at + 1].span().len() > 1 { close + 1 } else { at }
}

/// Returns true if the mark at `at` stands for words that were left out, `[…]`: they are no note, and
/// may open a sentence.
pub(super) fn is_omission(text: &str, tokens: &[Token], at: usize) -> bool {
    let is =
        |at: usize, mark: &str| tokens.get(at).is_some_and(|token| &text[token.span()] == mark);
    at > 0
        && is(at - 1, "[")
        && is(at + 1, "]")
        && Ender::of(&tokens[at], text) == Some(Ender::Ellipsis)
}

/// `.²` and, where superscripts were lost, `.1 Mùa`: a small number that touches the end, after a
/// word, with a capital behind it.
fn number(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let token = &tokens[at];
    if token.gap() == Gap::None && &text[token.span()] == "⁽" {
        let inside = tokens[at + 1..].iter().take(NOTE_TOKENS);
        return inside.map(|t| &text[t.span()]).position(|t| t == "⁾").map(|n| at + 2 + n);
    }
    if token.kind() != TokenKind::Number || token.gap() != Gap::None {
        return None;
    }
    let number = &text[token.span()];
    let is_lost = || {
        let after_word = at >= 2 && tokens[at - 2].kind() == TokenKind::Syllable;
        let before_capital = tokens.get(at + 1).is_some_and(|next| {
            next.gap() == Gap::Space
                && next.kind() == TokenKind::Syllable
                && text[next.span()].starts_with(char::is_uppercase)
        });
        number.len() <= 2
            && after_word
            && before_capital
            && number.bytes().all(|b| b.is_ascii_digit())
    };
    (is_superscript(number) || is_lost()).then_some(at + 1)
}

fn is_superscript(number: &str) -> bool {
    number.chars().all(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'))
}
