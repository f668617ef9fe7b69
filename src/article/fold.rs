//! Keys for comparing pieces of a page: case, marks' encoding and punctuation
//! do not count.

use unicode_normalization::UnicodeNormalization;

use super::line::is_blank;

/// Writes the words of a short piece in lower case, composed, with one space
/// between them and without punctuation.
pub(super) fn words_key(piece: &str, out: &mut String) {
    out.clear();
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
    if piece.chars().any(is_mark) {
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
    // A combining mark begins with the byte CC or CD.
    let has_marks =
        piece.len() <= longest && memchr::memchr2(0xCC, 0xCD, piece.as_bytes()).is_some();
    has_marks.then(|| piece.nfc().collect())
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

/// What the bytes of UTF-8 text are for a fold: a letter's byte, or 0 for a
/// separator.
///
/// Capital letters of ASCII become small ones. The bytes that continue a
/// character lose the bits in which the capital and small Vietnamese letters
/// differ; the second table is for the continuation of the byte C6, where ơ
/// and ư differ from their capitals in more. Few letters merge by that, which
/// a comparison of whole words does not feel.
static FOLD: [[u8; 256]; 2] = {
    let mut tables = [[0; 256]; 2];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        let folded = match byte {
            b'0'..=b'9' | b'a'..=b'z' | 0xC0..=0xFF => byte,
            b'A'..=b'Z' => byte | 0x20,
            0x80..=0xBF => byte | 0x21,
            _ => 0,
        };
        tables[0][b] = folded;
        tables[1][b] = match byte {
            0x80..0xA8 => 0xA1,
            0xA8..=0xBF => 0xB1,
            _ => folded,
        };
        b += 1;
    }
    tables
};

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// Appends a hash of every word of a piece.
pub(super) fn push_words(piece: &str, out: &mut Vec<u32>) {
    let mut word = 0_u64;
    let mut after = 0;
    for &byte in piece.as_bytes() {
        let folded = FOLD[after][byte as usize];
        after = usize::from(byte == 0xC6);
        if folded != 0 {
            word = word.rotate_left(9) ^ u64::from(folded);
        } else if word != 0 {
            out.push((word.wrapping_mul(MIX) >> 32) as u32);
            word = 0;
        }
    }
    if word != 0 {
        out.push((word.wrapping_mul(MIX) >> 32) as u32);
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
    let mut out = Vec::new();
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
