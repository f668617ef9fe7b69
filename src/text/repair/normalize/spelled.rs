//! Fixes of letters that are spelled in ASCII: character references, VIQR, UTF-7.
//!
//! # References
//!
//! RFC 1456 (VIQR), RFC 2152 (UTF-7), and the HTML 4 names of Latin letters.

use std::ops::Range;

use crate::text::letter::{Letter, Mark, Tone, compose};
use crate::text::repair::alignment::Edit;
use crate::text::syllable::Syllable;
use crate::text::word_runs::has_plain_case;

/// Puts letters in the place of character references: `&#7879;`, `&#x1EC7;`, `&agrave;`.
///
/// References to signs of ASCII stay, and everything stays in a text with elements of HTML, where
/// references are as they should be.
pub(super) fn references(text: &str, is_markup: bool) -> Vec<Edit> {
    if is_markup {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(place) = text[at..].find('&') {
        let start = at + place;
        at = start + 1;
        if let Some((letter, width)) = reference(&text[start..]) {
            edits.push(Edit::new(start..start + width, letter.to_string()));
            at = start + width;
        }
    }
    if edits.is_empty() || has_elements(text) { Vec::new() } else { edits }
}

/// Tells whether a text has elements of HTML.
pub(super) fn has_elements(text: &str) -> bool {
    ["</p>", "</div>", "</body>", "<br"].iter().any(|tag| text.contains(tag))
}

/// The longest reference with its two signs, and `amp;` in it.
const LONGEST_REFERENCE: usize = 16;

/// The letter that a text begins with as a reference, and its width.
fn reference(text: &str) -> Option<(char, usize)> {
    let window = text.as_bytes();
    let end = window.iter().take(LONGEST_REFERENCE).position(|&byte| byte == b';')?;
    let body = text.get(1..end)?;
    // The sign itself may have been escaped.
    let (body, end) = match body {
        "amp" => {
            let rest = window.get(end + 1..)?;
            let more = rest.iter().take(LONGEST_REFERENCE).position(|&byte| byte == b';')?;
            (text.get(end + 1..end + 1 + more)?, end + 1 + more)
        }
        _ => (body, end),
    };
    let letter = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
                .filter(|&c| !c.is_ascii() && (c.is_alphabetic() || Mark::of(c).is_some()))?
        }
        None => named(body)?,
    };
    Some((letter, end + 1))
}

/// The Vietnamese letter of a name of HTML 4.
fn named(name: &str) -> Option<char> {
    let letter = name.chars().next()?;
    let shape = match &name[letter.len_utf8()..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        _ => return None,
    };
    unicode_normalization::char::compose(letter, shape).filter(|&c| Letter::of(c).is_some())
}

/// Puts letters in the place of VIQR: `Vie^.t` for `Việt`.
///
/// A mark of ASCII behind a vowel is often just that, so words are taken for VIQR only in texts
/// that have one with a circumflex, breve, horn or crossed d, and a stop or question mark before a
/// capital or at the end of a line is none.
pub(super) fn viqr(text: &str, mut is_viqr: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (start, found) in viqr_words(text) {
        is_viqr |= found.has_shape;
        edits.push(Edit::new(start..start + found.width, found.word));
    }
    if is_viqr { edits } else { Vec::new() }
}

/// Tells whether a text has a word that can only be VIQR.
pub(super) fn has_viqr(text: &str) -> bool {
    viqr_words(text).any(|(_, found)| found.has_shape)
}

/// Words that can be VIQR, and where they begin.
fn viqr_words(text: &str) -> impl Iterator<Item = (usize, ViqrWord)> + '_ {
    ascii_words(text).filter_map(|range| {
        let (word, rest) = (&text[range.clone()], &text[range.end..]);
        Some((range.start, viqr_word(word, ends_sentence(rest))?))
    })
}

/// Whether a mark before this text ends a sentence.
fn ends_sentence(rest: &str) -> bool {
    let after = rest.trim_start_matches([' ', '"', ')', '\'']);
    rest.is_empty() || after.starts_with(['\n', '\r']) || {
        rest.starts_with(' ') && after.chars().next().is_none_or(char::is_uppercase)
    }
}

const fn is_viqr_sign(byte: u8) -> bool {
    matches!(byte, b'(' | b'^' | b'+' | b'*' | b'-' | b'`' | b'\'' | b'?' | b'~' | b'.')
}

/// Runs of ASCII letters and the signs of VIQR that begin with a letter.
fn ascii_words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            // A run with a letter of another kind is no VIQR.
            let is_part = |byte: &u8| byte.is_ascii_alphabetic() || is_viqr_sign(*byte);
            at += bytes[at..].iter().take_while(|&byte| is_part(byte) || *byte >= 0x80).count();
            let run = &bytes[start..at];
            if run.first().is_some_and(u8::is_ascii_alphabetic) && run.is_ascii() {
                return Some(start..at);
            }
            at = at.max(start + 1);
        }
        None
    })
}

/// A word in VIQR, read.
struct ViqrWord {
    word: String,
    /// Bytes that it takes.
    width: usize,
    has_shape: bool,
}

/// Longest word in VIQR: seven letters, with two signs each at most.
const LONGEST_VIQR: usize = 24;

fn viqr_word(text: &str, sentence_ends: bool) -> Option<ViqrWord> {
    if !text.bytes().any(is_viqr_sign) && !text.to_ascii_lowercase().starts_with("dd") {
        return None;
    }
    if text.len() > LONGEST_VIQR {
        return None;
    }
    let signs = text.bytes().rev().take_while(|&byte| is_viqr_sign(byte)).count();
    let most = usize::from(sentence_ends && text.ends_with(['.', '?']));
    // What is left of the signs at the end may be punctuation.
    (most..=signs).find_map(|dropped| {
        let width = text.len() - dropped;
        let (word, has_shape) = read_viqr(&text[..width])?;
        let is_syllable = Syllable::parse(&word).is_some() && has_plain_case(&word);
        (is_syllable && !word.is_ascii()).then_some(ViqrWord { word, width, has_shape })
    })
}

/// Reads all of a text as VIQR; `None` where a sign has no letter to stand on.
fn read_viqr(text: &str) -> Option<(String, bool)> {
    let bytes = text.as_bytes();
    let mut word = String::with_capacity(text.len());
    let (mut at, mut has_shape, mut has_tone) = (0, false, false);
    while at < bytes.len() {
        let byte = bytes[at];
        if !byte.is_ascii_alphabetic() {
            return None;
        }
        at += 1;
        let is_upper = byte.is_ascii_uppercase();
        let lower = byte.to_ascii_lowercase();
        let next = bytes.get(at).copied().unwrap_or(0);
        if lower == b'd' && matches!(next, b'd' | b'D' | b'-') && word.is_empty() {
            word.push(if is_upper { 'Đ' } else { 'đ' });
            (at, has_shape) = (at + 1, true);
            continue;
        }
        let mark = match (lower, next) {
            (b'a', b'(') => '\u{306}',
            (b'a' | b'e' | b'o', b'^') => '\u{302}',
            (b'o' | b'u', b'+' | b'*') => '\u{31B}',
            _ => '\0',
        };
        let plain = char::from(lower);
        let base = match unicode_normalization::char::compose(plain, mark) {
            Some(shaped) => {
                (at, has_shape) = (at + 1, true);
                shaped
            }
            None => plain,
        };
        let tone = match bytes.get(at) {
            Some(b'`') => Tone::Huyen,
            Some(b'\'') => Tone::Sac,
            Some(b'?') => Tone::Hoi,
            Some(b'~') => Tone::Nga,
            Some(b'.') => Tone::Nang,
            _ => Tone::None,
        };
        let is_vowel = Letter::of(base).is_some_and(Letter::is_vowel);
        if tone != Tone::None {
            if has_tone || !is_vowel {
                return None;
            }
            (at, has_tone) = (at + 1, true);
        }
        match Letter::of(base) {
            Some(_) => word.push(compose(base, tone, is_upper)),
            None => word.push(char::from(byte)),
        }
    }
    Some((word, has_shape))
}

/// Puts letters in the place of UTF-7: `Vi+Hsc-t` for `Việt`.
///
/// A run counts if all that it spells are letters and signs that Vietnamese text has, with a
/// Vietnamese letter among them.
pub(super) fn utf_7(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(place) = memchr::memchr(b'+', &bytes[at..]) {
        let start = at + place;
        // A plus sign is a digit, too: a longer run is not read to its end from each of them.
        let run = bytes[start + 1..].iter().take(LONGEST_UTF_7 + 1);
        let digits = run.take_while(|&&byte| sextet(byte).is_some()).count();
        at = start + 1 + digits;
        let Some(spelled) = read_utf_7(&bytes[start + 1..at]) else {
            at = start + 1;
            continue;
        };
        at += usize::from(bytes.get(at) == Some(&b'-'));
        edits.push(Edit::new(start..at, spelled));
    }
    edits
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Longest run that is read; letters of Vietnamese seldom follow each other without one of ASCII.
const LONGEST_UTF_7: usize = 64;

fn read_utf_7(digits: &[u8]) -> Option<String> {
    if !(3..=LONGEST_UTF_7).contains(&digits.len()) {
        return None;
    }
    let (mut units, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for &digit in digits {
        bits = (bits << 6 | sextet(digit)?) & 0x00FF_FFFF;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count & 0xFFFF) as u16);
        }
    }
    let is_padded = bits & ((1 << count) - 1) == 0 && count < 6;
    let spelled = String::from_utf16(&units).ok()?;
    let is_usual = |c: char| {
        (Letter::of(c).is_some() && !c.is_ascii())
            || Mark::of(c).is_some()
            || matches!(c, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{203A}')
    };
    let has_letter = spelled.chars().any(|c| Letter::of(c).is_some() || Mark::of(c).is_some());
    (is_padded && has_letter && spelled.chars().all(is_usual)).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::repair::alignment::apply;

    fn fixed(text: &str, edits: &[Edit]) -> String {
        apply(text, edits).0
    }

    #[test]
    fn references_become_letters() {
        let text = "Ti&#7871;ng Vi&#x1EC7;t &agrave; &amp;#7879; &amp; &lt; &#65; &foo; R&D; &";
        let right = "Tiếng Việt à ệ &amp; &lt; &#65; &foo; R&D; &";
        assert_eq!(fixed(text, &references(text, false)), right);
        assert!(references("<p>Ti&#7871;ng</p>", false).is_empty());
    }

    #[test]
    fn viqr_becomes_letters() {
        for (text, right) in [
            (
                "Vie^.t Nam dda^'t nu+o+'c ta. Ba.n co' kho?e kho^ng? Co`n to^i thi` to^'t.",
                "Việt Nam đất nước ta. Bạn có khỏe không? Còn tôi thì tốt.",
            ),
            ("DDa`i tie^'ng no'i, Tra(m nghi`n la` ma`u.", "Đài tiếng nói, Trăm nghìn là màu."),
        ] {
            assert_eq!(fixed(text, &viqr(text, false)), right);
        }
        for sound in
            ["It's a dog. Don't go. To be? No.", "e.g. f(x), a.m. to p.m.", "(a) hai, (b) ba"]
        {
            assert!(viqr(sound, false).is_empty(), "{sound}");
        }
    }

    #[test]
    fn utf_7_becomes_letters() {
        let text = "Ti+Hr8-ng Vi+Hsc-t +AREA4A- L+HqE-t, g+Hs0-i +84912345678, C++ abc+def, 1+1-2";
        let right = "Tiếng Việt đà Lạt, gọi +84912345678, C++ abc+def, 1+1-2";
        assert_eq!(fixed(text, &utf_7(text)), right);
    }
}
