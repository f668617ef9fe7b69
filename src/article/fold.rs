//! Keys for comparing pieces of a page: case, marks' encoding and punctuation
//! do not count.

use unicode_normalization::UnicodeNormalization;
use wide::{CmpEq, CmpGt, CmpLt, i8x16};

use super::line::is_blank;
use crate::text::chunk::{CHUNK, keep_first};

/// Writes the words of a short piece in lower case, composed, with one space
/// between them and without punctuation.
pub(super) fn words_key(piece: &str, out: &mut String) {
    out.clear();
    out.reserve(piece.len());
    let mut gap = false;
    let push = |c: char| match letter(c) {
        Some(small) => {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match small {
                Letter::One(small) => out.push(small),
                Letter::Many(c) => out.extend(c.to_lowercase()),
            }
        }
        None => gap |= !is_zero_width(c),
    };
    if has_marks(piece) {
        piece.nfc().for_each(push);
    } else {
        piece.chars().for_each(push);
    }
}

/// A letter or digit in lower case.
enum Letter {
    One(char),
    /// A letter outside the Latin alphabets, still to be lowered.
    Many(char),
}

/// The lower case of a letter or digit. The alphabets of nearly all text come
/// first; the general tables are slow.
fn letter(c: char) -> Option<Letter> {
    let one = |code: u32| char::from_u32(code).map(Letter::One);
    match c {
        'a'..='z' | '0'..='9' => Some(Letter::One(c)),
        'A'..='Z' => Some(Letter::One(c.to_ascii_lowercase())),
        '\0'..='\u{7F}' | '\u{2000}'..='\u{206F}' | '×' | '÷' => None,
        // Eth stands in for the Vietnamese letter on many pages.
        'Ð' | 'ð' | 'Đ' | 'đ' => Some(Letter::One('đ')),
        // Capital and small letters alternate.
        '\u{1EA0}'..='\u{1EFF}' | 'Ă' | 'ă' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' => {
            let code = u32::from(c);
            if matches!(c, 'Ơ' | 'ơ') { Some(Letter::One('ơ')) } else { one(code | 1) }
        }
        'Ư' | 'ư' => Some(Letter::One('ư')),
        'À'..='Þ' => one(u32::from(c) + 0x20),
        'ß'..='ÿ' => Some(Letter::One(c)),
        _ => c.is_alphanumeric().then_some(Letter::Many(c)),
    }
}

/// Whether a character is a combining mark of Latin letters.
pub(super) fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The composed form of a piece with combining marks, if it is not longer
/// than a number of bytes.
pub(super) fn composed(piece: &str, longest: usize) -> Option<String> {
    (piece.len() <= longest && has_marks(piece)).then(|| piece.nfc().collect())
}

/// Whether a piece has combining marks: from CC 80 to CD AF.
fn has_marks(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    memchr::memchr2_iter(0xCC, 0xCD, bytes).any(|at| bytes[at] == 0xCC || bytes[at + 1] < 0xB0)
}

fn is_zero_width(c: char) -> bool {
    is_blank(c) && !c.is_whitespace()
}

/// The words of a piece as an owned key.
pub(super) fn key_of(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    words_key(piece, &mut out);
    out
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A chunk and the byte before it.
type Window = [u8; CHUNK + 1];

/// Returns the length of the word at the beginning of a chunk, up to the length of the chunk, and
/// its folded bytes, zeros behind.
///
/// ASCII below `0`, and `:` to `@`, separates words. Capital letters of ASCII become small ones;
/// digits have the bit already. The bytes that continue a character lose the bits in which the
/// capital and small Vietnamese letters differ. Few letters merge by that, which a comparison of
/// whole words does not feel. Only Ư, C6 AF, differs from ư, C6 B0, in more.
#[inline]
fn folded_word(window: &Window) -> (usize, [u64; 2]) {
    let vector =
        |bytes: Option<&[u8; CHUNK]>| i8x16::new(bytes.map_or([0; CHUNK], |b| b.map(|b| b as i8)));
    let all = |byte: u8| i8x16::splat(byte as i8);
    let (before, bytes) = (vector(window.first_chunk()), vector(window.last_chunk()));
    let separates = bytes.cmp_gt(all(0xFF))
        & (bytes.cmp_lt(all(b'0')) | (bytes.cmp_gt(all(b'9')) & bytes.cmp_lt(all(b'A'))));
    let length = (separates.move_mask() as u32 | 1 << CHUNK).trailing_zeros() as usize;
    let continues = bytes.cmp_lt(all(0xC0));
    let horned = before.cmp_eq(all(0xC6)) & bytes.cmp_eq(all(0xAF));
    let folded = (bytes | all(0x20) | (continues & all(1))) ^ (horned & all(0xAF ^ 0xB1));
    let keep = vector(keep_first(length));
    (length, bytemuck::cast(folded & keep))
}

/// Returns the chunk at a place, spaces around the piece.
#[cold]
fn padded(bytes: &[u8], at: usize) -> Window {
    let mut window = [b' '; CHUNK + 1];
    let first = at.saturating_sub(1);
    let part = &bytes[first..bytes.len().min(at + CHUNK)];
    window[first + 1 - at..][..part.len()].copy_from_slice(part);
    window
}

/// Appends a hash of every word of a piece.
pub(super) fn push_words(piece: &str, out: &mut Vec<u32>) {
    let bytes = piece.as_bytes();
    let (mut word, mut at) = (0_u64, 0);
    while at < bytes.len() {
        let cut;
        let inside = bytes.get(at.wrapping_sub(1)..).and_then(<[u8]>::first_chunk);
        let window = if let Some(window) = inside {
            window
        } else {
            cut = padded(bytes, at);
            &cut
        };
        let (length, [low, high]) = folded_word(window);
        if length > 0 {
            word = (word.rotate_left(29) ^ low).wrapping_mul(MIX);
            word = (word.rotate_left(29) ^ high).wrapping_mul(MIX) | 1;
        }
        if length == CHUNK {
            at += CHUNK;
            continue;
        }
        if word != 0 {
            out.push((word >> 32) as u32);
            word = 0;
        }
        at += length + 1;
    }
    if word != 0 {
        out.push((word >> 32) as u32);
    }
}

/// The hash of a sequence of words.
pub(super) fn sequence(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash: u64, &word| {
        hash.rotate_left(7).wrapping_add(u64::from(word)).wrapping_mul(MIX)
    })
}

/// The hashes of a piece's words.
pub(super) fn words(piece: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(piece.len() / 4 + 1);
    push_words(piece, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_forget_case_encoding_and_punctuation() {
        assert_eq!(key_of(" »  CÓ THỂ bạn quan tâm?"), "có thể bạn quan tâm");
        assert_eq!(key_of("Co\u{301} thê\u{309} ba\u{323}n"), "có thể bạn");
        assert_eq!(key_of("Ðiện đàm"), "điện đàm");
        assert_eq!(key_of("Xem\u{200B} thêm:"), "xem thêm");
    }

    #[test]
    fn lower_case_is_that_of_the_general_tables() {
        for c in (0..0x2100).filter_map(char::from_u32).filter(|c| !matches!(c, 'Ð' | 'ð')) {
            let mut key = String::new();
            words_key(&c.to_string(), &mut key);
            let expected: String =
                if c.is_alphanumeric() { c.to_lowercase().collect() } else { String::new() };
            assert_eq!(key, expected, "{c:?}");
        }
    }

    #[test]
    fn words_end_at_separators_only() {
        let count = |text: &str| words(text).len();
        assert_eq!(count("một hai,ba.bốn (năm) 6:7 tám@chín"), 9);
        assert_eq!(count(&"x".repeat(100)), 1);
        for length in 0..40 {
            let word = "nghiêngnghiêngnghiêng".chars().take(length).collect::<String>();
            assert_eq!(count(&word), usize::from(length > 0));
            assert_eq!(words(&format!(" {word} a"))[..usize::from(length > 0)], words(&word));
            assert_eq!(words(&format!("{word} a")), words(&format!("{}. A", word.to_uppercase())));
        }
        assert_eq!(words("THƯƠNG Ư"), words("thương ư"));
        assert_ne!(words("thường"), words("thưởng"));
    }

    #[test]
    fn words_forget_case_and_punctuation() {
        let a = words("Đường sắt nối ƯỚC MƠ: \"Những chuyến tàu\"");
        let b = words("ĐƯỜNG SẮT NỐI ước mơ - những chuyến tàu");
        assert_eq!(a.len(), 8);
        assert_eq!(a, b);
        assert_eq!(sequence(&a), sequence(&b));
        assert_ne!(a, words("Đường sắt nối ước mơ những chuyến xe"));
        let mut turned = a.clone();
        turned.reverse();
        assert_ne!(sequence(&a), sequence(&turned));
    }
}
