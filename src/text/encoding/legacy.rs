//! The Vietnamese alphabet in the single-byte and two-byte encodings that preceded Unicode.
//!
//! Each encoding is a pair of functions: `read` takes one character off the front of a byte
//! slice, composing base letter and mark bytes into one precomposed (NFC) letter, and `write`
//! appends one precomposed character. The letters of an encoding are a grid of twelve vowels by
//! six tones, from which the reverse table is computed at compile time.
//!
//! # References
//!
//! TCVN 5712:1993 (the national standard, VN1 and VN3); RFC 1456 (VISCII 1.1); Microsoft's tables
//! for code pages 1252 and 1258; the character chart of the VNI fonts for Windows.

use super::Encoding;
use crate::text::letter::Letter;
pub(crate) use crate::text::letter::{VOWELS, VOWELS_UPPER as CAPITAL_VOWELS};

pub(crate) mod tcvn;
pub(crate) mod upper_half;
pub(crate) mod viscii;
pub(crate) mod vni;
pub(crate) mod windows;

/// Takes one character off the front of a slice, with the number of bytes it took.
pub(crate) type Reader = fn(&[u8]) -> Option<(char, usize)>;

/// The reader of an encoding that is not Unicode.
pub(crate) fn reader(encoding: Encoding) -> Option<Reader> {
    Some(match encoding {
        Encoding::Windows1258 => windows::read_1258,
        Encoding::Windows1252 => windows::read_1252,
        Encoding::Tcvn3 => tcvn::read_vn3,
        Encoding::Tcvn5712 => tcvn::read_vn1,
        Encoding::Vni => vni::read,
        Encoding::Viscii => viscii::read,
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => return None,
    })
}

/// The combining marks of the tones huyền, hỏi, ngã, sắc and nặng (tones 1 to 5).
pub(crate) const TONE_MARKS: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// Stands for an undefined byte in a decoding table; U+FFFF is never a character.
pub(crate) const UNDEFINED: char = '\u{FFFF}';

/// The place of a vowel in the grid: capital or not, row, tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Vowel {
    pub(crate) capital: bool,
    pub(crate) row: usize,
    pub(crate) tone: usize,
}

impl Vowel {
    /// Finds a precomposed vowel in the grid.
    pub(crate) fn of(letter: char) -> Option<Self> {
        let letter = Letter::of(letter)?;
        let base = letter.base();
        let row = VOWELS.iter().position(|tones| tones[0] == base)?;
        Some(Self { capital: letter.is_upper(), row, tone: letter.tone() as usize })
    }

    /// The precomposed letter at this place.
    pub(crate) const fn letter(self) -> char {
        let grid = if self.capital { &CAPITAL_VOWELS } else { &VOWELS };
        grid[self.row][self.tone]
    }

    /// The same vowel with another tone.
    pub(crate) const fn with_tone(self, tone: usize) -> Self {
        Self { tone, ..self }
    }
}

/// Puts a tone (1 to 5) on a vowel that has none yet.
pub(crate) fn add_tone(letter: char, tone: usize) -> Option<char> {
    let vowel = Vowel::of(letter)?;
    (vowel.tone == 0).then(|| vowel.with_tone(tone).letter())
}

/// Fills the cells of a decoding table from a grid of byte codes.
pub(crate) const fn fill(
    mut table: [char; 256],
    codes: &[[u8; 6]; 12],
    letters: &[[char; 6]; 12],
) -> [char; 256] {
    let mut row = 0;
    while row < 12 {
        let mut tone = 0;
        while tone < 6 {
            let code = codes[row][tone];
            // Zero marks a letter without a code of its own.
            if code != 0 {
                table[code as usize] = letters[row][tone];
            }
            tone += 1;
        }
        row += 1;
    }
    table
}

/// A decoding table that holds ASCII and leaves the upper half undefined.
pub(crate) const fn ascii() -> [char; 256] {
    let mut table = [UNDEFINED; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = byte as u8 as char;
        byte += 1;
    }
    table
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The 134 letters outside ASCII that Vietnamese adds to the alphabet.
    pub(crate) fn letters() -> Vec<char> {
        let mut letters: Vec<char> = VOWELS
            .iter()
            .chain(&CAPITAL_VOWELS)
            .flatten()
            .copied()
            .filter(|c| !c.is_ascii())
            .collect();
        letters.extend(['đ', 'Đ']);
        letters
    }

    #[test]
    fn the_alphabet_has_134_marked_letters_that_pair_by_case() {
        assert_eq!(letters().len(), 134);
        for (small, capital) in VOWELS.iter().flatten().zip(CAPITAL_VOWELS.iter().flatten()) {
            assert!(small.to_uppercase().eq([*capital]));
        }
    }

    #[test]
    fn tone_marks_compose_as_unicode_does() {
        use unicode_normalization::UnicodeNormalization;
        for row in VOWELS.iter().chain(&CAPITAL_VOWELS) {
            for (tone, mark) in TONE_MARKS.iter().enumerate() {
                let composed: String = [row[0], *mark].into_iter().nfc().collect();
                assert_eq!(add_tone(row[0], tone + 1), composed.chars().next());
                assert_eq!(composed.chars().count(), 1);
                assert_eq!(add_tone(row[1], tone + 1), None);
            }
        }
    }
}
