//! Classes of characters, by which text is cut into tokens.

use unicode_normalization::char::is_combining_mark;

use super::fold;

/// What a character is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter or a number: begins and continues a token.
    Letter,
    /// A combining mark or an invisible character: continues a token, never begins one.
    Joins,
    /// Separates tokens without being one.
    Space,
    /// Separates tokens, and is one if punctuation is kept.
    Punctuation,
}

const fn ascii_class(b: u8) -> Class {
    match b {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
        0..=b' ' | b'_' | 0x7F => Class::Space,
        _ => Class::Punctuation,
    }
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Space; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = ascii_class(b as u8);
        b += 1;
    }
    table
};

pub(super) fn class_of(c: char) -> Class {
    if c.is_ascii() {
        ASCII[c as usize]
    } else if is_combining_mark(c) || fold::is_invisible(c) {
        // Before letters, since some marks are alphabetic as well.
        Class::Joins
    } else if c.is_alphanumeric() {
        Class::Letter
    } else if c.is_whitespace() || c.is_control() {
        Class::Space
    } else {
        Class::Punctuation
    }
}

/// The part of [`class_at`] that Vietnamese text hardly needs, kept out of its loops.
#[inline(never)]
fn class_of_rare(text: &str, at: usize) -> (Class, usize) {
    text[at..].chars().next().map_or((Class::Space, 1), |c| (class_of(c), c.len_utf8()))
}

/// Returns the class and the length in bytes of the character at `at`.
#[inline]
pub(super) fn class_at(text: &str, at: usize) -> (Class, usize) {
    let bytes = text.as_bytes();
    match bytes[at] {
        b @ 0..=0x7F => (ASCII[b as usize], 1),
        // U+00C0 to U+00FF: letters but for × and ÷.
        0xC3 if !matches!(bytes[at + 1], 0x97 | 0xB7) => (Class::Letter, 2),
        // U+0100 to U+01BF.
        0xC4..=0xC6 => (Class::Letter, 2),
        // U+1E00 to U+1EFF.
        0xE1 if matches!(bytes[at + 1], 0xB8..=0xBB) => (Class::Letter, 3),
        _ => class_of_rare(text, at),
    }
}
