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

/// Bytes of which one number says where words end.
const SPAN: usize = u64::BITS as usize;

/// Most bytes that are folded at once: long pieces are taken part by part, which stay in the cache.
const PART: usize = 4096;

/// Finds the words of one piece after the other, in the same memory.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The folded bytes of a part, and at least one separator behind.
    folded: Vec<u8>,
    /// A bit for each byte that separates words, by spans.
    separators: Vec<u64>,
    /// The hashes of the words of a part.
    hashes: Vec<u32>,
}

impl Words {
    /// Appends a hash of every word of a piece; one that is longer than any part counts as several.
    pub(super) fn push(&mut self, piece: &str, out: &mut Vec<u32>) {
        for part in parts(piece.as_bytes()) {
            self.push_part(part, out);
        }
    }

    /// Counts the words of a piece.
    pub(super) fn count(&mut self, piece: &str) -> usize {
        let mut count = 0;
        for part in parts(piece.as_bytes()) {
            self.fold(part);
            let mut before = 1;
            for &separators in &self.separators {
                count += ends_of(separators, before).count_ones() as usize;
                before = separators >> (SPAN - 1);
            }
        }
        count
    }

    /// Appends a hash of every word of a part.
    fn push_part(&mut self, bytes: &[u8], out: &mut Vec<u32>) {
        self.fold(bytes);
        if self.hashes.len() <= bytes.len() / 2 {
            self.hashes.resize(bytes.len() / 2 + 1, 0);
        }
        let (mut first, mut before, mut count) = (0, 1, 0);
        for (span, &separators) in self.separators.iter().enumerate() {
            let mut ends = ends_of(separators, before);
            while ends != 0 {
                let end = ends & ends.wrapping_neg();
                ends ^= end;
                let start = after_last(separators & (end - 1), span).unwrap_or(first);
                let end = span * SPAN + end.trailing_zeros() as usize;
                self.hashes[count] = hash(&self.folded[..], start, end);
                count += 1;
            }
            first = after_last(separators, span).unwrap_or(first);
            before = separators >> (SPAN - 1);
        }
        out.extend_from_slice(&self.hashes[..count]);
    }

    /// Folds a part, and finds its separators; the last span ends with some.
    fn fold(&mut self, bytes: &[u8]) {
        self.separators.clear();
        let spans = bytes.len() / SPAN + 1;
        if self.folded.len() < spans * SPAN + CHUNK {
            self.folded.resize(spans * SPAN + CHUNK, 0);
        }
        let (chunks, _) = self.folded.as_chunks_mut::<CHUNK>();
        let (chunks, _) = chunks.as_chunks_mut::<{ SPAN / CHUNK }>();
        for (span, chunks) in chunks.iter_mut().enumerate().take(spans) {
            let mut separators = 0;
            for (place, chunk) in chunks.iter_mut().enumerate() {
                let at = span * SPAN + place * CHUNK;
                let cut;
                let inside = bytes.get(at.wrapping_sub(1)..).and_then(<[u8]>::first_chunk);
                let window = if let Some(window) = inside {
                    window
                } else {
                    cut = padded(bytes, at);
                    &cut
                };
                let separates;
                (*chunk, separates) = fold_chunk(window);
                separators |= u64::from(separates) << (place * CHUNK);
            }
            self.separators.push(separators);
        }
    }
}

/// Returns the hash of a word by its place among folded bytes.
#[inline]
fn hash(folded: &[u8], start: usize, end: usize) -> u32 {
    let (mut word, mut at) = (0, start);
    while end - at > CHUNK {
        word = hashed(word, &folded[at..], CHUNK);
        at += CHUNK;
    }
    (hashed(word, &folded[at..], end - at) >> 32) as u32
}

/// Adds the first of some bytes, at most sixteen, to the hash of a word.
#[inline]
fn hashed(word: u64, bytes: &[u8], length: usize) -> u64 {
    let chunk = bytes.first_chunk().unwrap_or(&[0; CHUNK]);
    let keep = keep_first(length).unwrap_or(&[0; CHUNK]);
    let kept = i8x16::new(chunk.map(|b| b as i8)) & i8x16::new(keep.map(|b| b as i8));
    let [low, high]: [u64; 2] = bytemuck::cast(kept);
    let word = (word.rotate_left(29) ^ low).wrapping_mul(MIX);
    (word.rotate_left(29) ^ high).wrapping_mul(MIX) | 1
}

/// Cuts bytes at spaces into parts that are not too long.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.len() <= PART {
            rest.len()
        } else {
            memchr::memrchr(b' ', &rest[..PART]).filter(|&at| at > 0).unwrap_or(PART)
        };
        let part;
        (part, rest) = rest.split_at(end);
        Some(part)
    })
}

/// Returns the separators of a span that end words: those after a letter; `before` is 1 after a
/// separator.
#[inline]
const fn ends_of(separators: u64, before: u64) -> u64 {
    separators & !(separators << 1 | before)
}

/// Returns the place after the last of some separators of a span.
#[inline]
fn after_last(separators: u64, span: usize) -> Option<usize> {
    let after = SPAN - separators.leading_zeros() as usize;
    (after > 0).then_some(span * SPAN + after)
}

/// Returns the folded bytes of a chunk, and a bit for each that separates words.
///
/// ASCII below `0`, and `:` to `@`, separates words. Capital letters of ASCII become small ones;
/// digits have the bit already. The bytes that continue a character lose the bits in which the
/// capital and small Vietnamese letters differ. Few letters merge by that, which a comparison of
/// whole words does not feel. Only Ư, C6 AF, differs from ư, C6 B0, in more.
#[inline]
fn fold_chunk(window: &Window) -> ([u8; CHUNK], u16) {
    let vector =
        |bytes: Option<&[u8; CHUNK]>| i8x16::new(bytes.map_or([0; CHUNK], |b| b.map(|b| b as i8)));
    let all = |byte: u8| i8x16::splat(byte as i8);
    let (before, bytes) = (vector(window.first_chunk()), vector(window.last_chunk()));
    let separates = bytes.cmp_gt(all(0xFF))
        & (bytes.cmp_lt(all(b'0')) | (bytes.cmp_gt(all(b'9')) & bytes.cmp_lt(all(b'A'))));
    let continues = bytes.cmp_lt(all(0xC0));
    let horned = before.cmp_eq(all(0xC6)) & bytes.cmp_eq(all(0xAF));
    let folded = (bytes | all(0x20) | (continues & all(1))) ^ (horned & all(0xAF ^ 0xB1));
    (bytemuck::cast(folded), separates.move_mask() as u16)
}

/// Returns the chunk at a place, spaces around the piece.
#[cold]
fn padded(bytes: &[u8], at: usize) -> Window {
    let mut window = [b' '; CHUNK + 1];
    let first = at.saturating_sub(1);
    let part = &bytes[first.min(bytes.len())..bytes.len().min(at + CHUNK)];
    window[first + 1 - at..][..part.len()].copy_from_slice(part);
    window
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
    Words::default().push(piece, &mut out);
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
    fn long_pieces_have_the_words_of_their_parts() {
        let sentence = "Ước mơ nhỏ, đường dài: 1.234 chuyến đò ngang sông Tiền mùa nước nổi. ";
        let one = words(sentence);
        for times in [1, 57, 58, 200] {
            let all = words(&sentence.repeat(times));
            assert!(
                all.chunks(one.len()).all(|part| part == one) && all.len() == times * one.len()
            );
        }
        let long = "đ".repeat(2 * PART);
        assert_eq!(words(&long).len(), 4);
        assert_eq!(words(&format!("{long} a")), [words(&long), words("a")].concat());
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
