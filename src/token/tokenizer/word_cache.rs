//! What the last words of a thread were, by their bytes.
//!
//! A few hundred syllables make up most of a Vietnamese text. Taking a word apart letter by letter
//! costs some three hundred instructions, recognizing its bytes some forty.

use wide::{CmpGt, CmpLt, i8x16};

use crate::text::chunk::keep_first;
use crate::text::key::UnitId;
use crate::token::{Shape, TokenKind};

/// Words that are kept; a power of two.
const ENTRIES: usize = 8192;

/// The bytes of a word of up to fifteen bytes, zeros behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordBytes([u64; 2]);

impl WordBytes {
    /// Takes the word at the beginning of `bytes` and returns it with its length; nothing if no
    /// ASCII character that is no letter follows within sixteen bytes.
    #[inline]
    pub(super) fn at_start(bytes: &[u8; 16]) -> Option<(Self, usize)> {
        let length = ascii_non_letters(bytes).trailing_zeros() as usize;
        let keep = keep_first(length)?;
        let (bytes, keep) = (u64s(bytes), u64s(keep));
        (length < 16).then_some((Self([bytes[0] & keep[0], bytes[1] & keep[1]]), length))
    }

    #[inline]
    const fn slot(self) -> usize {
        let mixed = (self.0[0] ^ self.0[1].rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - ENTRIES.trailing_zeros())) as usize % ENTRIES
    }
}

#[inline]
fn u64s(bytes: &[u8; 16]) -> [u64; 2] {
    let (halves, _) = bytes.as_chunks();
    [u64::from_le_bytes(halves[0]), u64::from_le_bytes(halves[1])]
}

/// Returns a bit for each byte below 80 that is no letter, and bit 16.
#[inline]
fn ascii_non_letters(bytes: &[u8; 16]) -> u32 {
    let bytes: i8x16 = bytemuck::cast(*bytes);
    let lower = bytes | i8x16::splat(0x20);
    let letters =
        lower.cmp_gt(i8x16::splat(b'a' as i8 - 1)) & lower.cmp_lt(i8x16::splat(b'z' as i8 + 1));
    !(letters | bytes).move_mask() as u32 & 0xFFFF | 1 << 16
}

/// What a word is.
#[derive(Clone, Copy, Debug)]
pub(super) struct CachedToken {
    pub(super) unit: UnitId,
    pub(super) kind: TokenKind,
    pub(super) shape: Shape,
    /// Whether it is sure that no full stop belongs to it; what is not known is false.
    pub(super) is_no_link: bool,
}

/// The last words, each in the place that its bytes choose.
#[derive(Debug)]
pub(super) struct WordCache {
    entries: Box<[(WordBytes, CachedToken); ENTRIES]>,
}

impl WordCache {
    pub(super) fn new() -> Self {
        let nothing = CachedToken {
            unit: UnitId::from_u32(0),
            kind: TokenKind::Symbol,
            shape: Shape::Caseless,
            is_no_link: false,
        };
        // No word has the byte FF; that of no bytes is looked for, too.
        let entries = vec![(WordBytes([u64::MAX; 2]), nothing); ENTRIES].into_boxed_slice();
        Self { entries: entries.try_into().expect("there are so many entries") }
    }

    #[inline]
    pub(super) fn get(&self, word: WordBytes) -> Option<&CachedToken> {
        let (found, known) = &self.entries[word.slot()];
        (*found == word).then_some(known)
    }

    pub(super) fn insert(&mut self, word: WordBytes, known: CachedToken) {
        self.entries[word.slot()] = (word, known);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Option<(WordBytes, usize)> {
        WordBytes::at_start(text.as_bytes().first_chunk().expect("sixteen bytes"))
    }

    #[test]
    fn a_word_ends_at_ascii_that_is_no_letter() {
        for (text, length) in [
            ("a b c d e f g h i", 1),
            ("Trường học ở Huế", 9),
            ("người,nghe và nhìn", 8),
            ("ABCDEFGHIJKLMNO9PQ", 15),
            ("Zz@ok [\\]^_`{|}~", 2),
            ("xin\u{201D} chào cả nhà", 6),
        ] {
            assert_eq!(word(text).expect(text).1, length, "{text}");
        }
        assert_eq!(word("abcdefghijklmnopqr"), None);
    }

    #[test]
    fn every_byte_is_classed() {
        for byte in 0..=255u8 {
            let ends = byte < 0x80 && !byte.is_ascii_alphabetic();
            assert_eq!(ascii_non_letters(&[byte; 16]) == 0x1_FFFF, ends, "{byte:#x}");
            assert_eq!(ascii_non_letters(&[byte; 16]) == 0x1_0000, !ends, "{byte:#x}");
        }
    }

    #[test]
    fn what_was_put_in_is_found_until_its_place_is_taken() {
        let mut cache = WordCache::new();
        let (a, _) = word("người dân ở Huế nói").expect("a word");
        let (b, _) = word("ngườj dân ở Huế nói").expect("a word");
        assert!(cache.get(a).is_none());
        let known = CachedToken {
            unit: UnitId::from_u32(7),
            kind: TokenKind::Syllable,
            shape: Shape::Lower,
            is_no_link: false,
        };
        cache.insert(a, known);
        assert_eq!(cache.get(a).map(|known| known.unit), Some(known.unit));
        assert!(cache.get(b).is_none());
    }
}
