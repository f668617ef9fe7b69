//! What makes a whole text unfit to be read: a wrong encoding, or Vietnamese without its marks.
//!
//! Summaries, words and key terms of such a text are of no use, so every command says what it found.
//! [`fault`] looks at the bytes first, so that a sound text costs next to nothing.

use std::fmt;

use super::check::count_unmarked;
use super::damage::{Damage, damage};
use crate::text::word_runs::letter_runs;

/// Why nothing that reads a text can do well on it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// It was read in a wrong encoding.
    WrongEncoding {
        /// The flags of `tomtat normalize` that undo it.
        flags: String,
    },
    /// It is Vietnamese without its marks, or most of it is.
    WithoutMarks,
}

impl Fault {
    /// Returns the code of the fault, as machine formats print it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongEncoding { .. } => "wrong-encoding",
            Self::WithoutMarks => "without-marks",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongEncoding { flags } => {
                write!(f, "was read in a wrong encoding; `tomtat normalize {flags}` undoes it")
            }
            Self::WithoutMarks => {
                write!(f, "is Vietnamese without its marks; words and weights are not found in it")
            }
        }
    }
}

/// Finds what makes a whole text unfit to be read.
///
/// Linear in the length of the text. Half of the words must lack their marks.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::fault::{Fault, fault};
///
/// let unmarked = "Hom nay troi mua rat to, nuoc ngap nhieu tuyen duong o noi thanh.";
/// assert_eq!(fault(unmarked), Some(Fault::WithoutMarks));
/// assert_eq!(fault("Viá»‡t Nam").unwrap().code(), "wrong-encoding");
/// assert_eq!(fault("Hôm nay trời mưa rất to."), None);
/// ```
#[must_use]
pub fn fault(text: &str) -> Option<Fault> {
    let counts = ByteCounts::of(text.as_bytes());
    if counts.are_sound(text.len()) {
        return None;
    }
    if !text.is_ascii()
        && let Some(found) = damage(text)
    {
        return Some(Fault::WrongEncoding { flags: Damage::flags(&found) });
    }
    if counts.composed * 100 > text.len() {
        return None;
    }
    let unmarked: usize = text.split('\n').map(count_unmarked).sum();
    let is_most = unmarked > 0 && unmarked * 2 >= letter_runs(text).count();
    is_most.then_some(Fault::WithoutMarks)
}

/// Bytes that tell sound Vietnamese from damaged.
#[derive(Debug, Default)]
struct ByteCounts {
    /// E1 BA and E1 BB: nearly all letters from U+1E80 to U+1EFF, of which sound Vietnamese has one
    /// every dozen bytes.
    composed: usize,
    /// C2, the signs from U+0080 to U+00BF.
    signs: usize,
    /// C3 83, C3 84, C3 86 (Ã, Ä, Æ) and E2 94, E2 95 (box drawing): first bytes of letters that
    /// were read in another encoding.
    leads: usize,
}

impl ByteCounts {
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many are counted at once")]
    fn of(bytes: &[u8]) -> Self {
        let mut counts = Self::default();
        let behind = bytes.get(1..).unwrap_or_default();
        // The counts of a chunk fit a byte each.
        for (bytes, behind) in bytes.chunks(255).zip(behind.chunks(255)) {
            let (mut composed, mut signs, mut leads) = (0_u8, 0_u8, 0_u8);
            for (&byte, &next) in bytes.iter().zip(behind) {
                composed += u8::from((byte == 0xE1) & (next & 0xFE == 0xBA));
                signs += u8::from(byte == 0xC2);
                let lead = (byte == 0xC3) & ((next == 0x83) | (next == 0x84) | (next == 0x86));
                let drawn = (byte == 0xE2) & (next & 0xFE == 0x94);
                leads += u8::from(lead | drawn);
            }
            counts.composed += usize::from(composed);
            counts.signs += usize::from(signs);
            counts.leads += usize::from(leads);
        }
        counts
    }

    /// In 1,000 articles of news the shares of these bytes are at least 1.7 % (99 of 100 articles:
    /// 5.7 %), at most 1 % (0 %) and at most 0.1 % (0 %).
    const fn are_sound(&self, length: usize) -> bool {
        self.composed * 25 >= length && self.signs * 200 <= length && self.leads * 300 <= length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Đêm qua mưa lớn, nước sông dâng cao; sáng nay trời tạnh, người dân ven sông \
                        dọn bùn và mở lại chợ. Trường học trong xã vẫn đóng cửa đến hết tuần này.";

    #[test]
    fn sound_text_has_no_fault() {
        assert_eq!(fault(TEXT), None);
        assert_eq!(fault(""), None);
        assert_eq!(fault("The old man and the sea is a short novel, said Mr Hai in Hanoi."), None);
        let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(TEXT).collect();
        assert_eq!(fault(&decomposed), None);
    }

    #[test]
    fn a_half_that_is_damaged_is_a_fault() {
        let wrong = TEXT.bytes().map(char::from).collect::<String>();
        let half = format!("{TEXT}\n{wrong}");
        assert_eq!(fault(&half).map(|f| f.code()), Some("wrong-encoding"));
    }

    #[test]
    fn a_line_without_marks_among_others_is_no_fault() {
        let unmarked = "Dem qua mua lon, nuoc song dang cao, sang nay troi tanh.";
        assert_eq!(fault(unmarked), Some(Fault::WithoutMarks));
        assert_eq!(fault(&format!("{TEXT}\n{unmarked}")), None);
    }
}
