//! Keys for comparing pieces of a page: case, marks' encoding and punctuation
//! do not count.

use unicode_normalization::UnicodeNormalization;

use super::line::is_blank;

/// Writes the words of a short piece in lower case, composed, with one space
/// between them and without punctuation.
pub(super) fn words_key(piece: &str, out: &mut String) {
    out.clear();
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match c {
                // Eth stands in for the Vietnamese letter on many pages.
                'Ð' | 'ð' | 'Đ' => out.push('đ'),
                _ => out.extend(c.to_lowercase()),
            }
        } else if !is_zero_width(c) {
            gap = true;
        }
    };
    if piece.chars().any(is_mark) {
        piece.nfc().for_each(&mut push);
    } else {
        piece.chars().for_each(&mut push);
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

/// What a byte of UTF-8 text is for a fold: a letter's byte, or a separator.
///
/// Separators map to 0, capital letters of ASCII to small ones. The bytes
/// that continue a character lose the bits in which the capital and small
/// Vietnamese letters differ. Few letters merge by that, which a comparison of
/// whole words does not feel.
const FOLD: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        table[b] = match byte {
            b'0'..=b'9' | b'a'..=b'z' => byte,
            b'A'..=b'Z' => byte | 0x20,
            0x80..=0xBF => byte | 0x21,
            0xC0..=0xFF => byte,
            _ => 0,
        };
        b += 1;
    }
    table
};

/// One pass over a piece: how many words it has and a hash of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub(super) hash: u64,
    pub(super) words: u32,
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// Calls `each` with the hash of every word.
#[inline]
pub(super) fn for_each_word(piece: &str, mut each: impl FnMut(u64)) {
    let mut word = SEED;
    let mut before = 0;
    for &byte in piece.as_bytes() {
        let folded = FOLD[byte as usize];
        if folded == 0 {
            if word != SEED {
                each(word);
                word = SEED;
            }
        } else {
            // The two letters that continue C6 (ơ and ư) differ from their
            // capitals in more than one bit.
            let folded =
                if before == 0xC6 { if byte < 0xA8 { 0xA1 } else { 0xB0 } } else { folded };
            word = (word ^ u64::from(folded)).wrapping_mul(PRIME);
        }
        before = byte;
    }
    if word != SEED {
        each(word);
    }
}

/// The fingerprint of a piece.
pub(super) fn fingerprint(piece: &str) -> Fingerprint {
    let mut print = Fingerprint::default();
    for_each_word(piece, |word| {
        print.words += 1;
        print.hash =
            print.hash.rotate_left(7).wrapping_add(word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    });
    print
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
    fn fingerprints_forget_case_and_punctuation() {
        let a = fingerprint("Đường sắt nối ƯỚC MƠ: \"Những chuyến tàu\"");
        let b = fingerprint("ĐƯỜNG SẮT NỐI ước mơ - những chuyến tàu");
        assert_eq!(a.words, 8);
        assert_eq!(a.hash, fingerprint("Đường sắt nối ước mơ, \"những chuyến tàu\"").hash);
        assert_eq!(a, b);
        assert_ne!(a.hash, fingerprint("Đường sắt nối ước mơ những chuyến xe").hash);
    }
}
