//! VNI for Windows: a base letter, then a byte for its marks, above the layout of code page 1252.
//!
//! The byte after `a`, `e`, `o`, `u`, `y`, `ơ` or `ư` says tone and, for a, e and o, circumflex
//! or breve in one. The letters i, đ, ơ, ư and ỵ have bytes of their own. Mark bytes of capitals
//! lie 0x20 below those of small letters.

use super::{UNDEFINED, Vowel, windows};

/// Mark bytes of a tone alone, after a capital: none, huyền, hỏi, ngã, sắc, nặng.
const TONE: [u8; 6] = [0, 0xD8, 0xDB, 0xD5, 0xD9, 0xCF];
/// Mark bytes of a circumflex with each tone.
const CIRCUMFLEX: [u8; 6] = [0xC2, 0xC0, 0xC5, 0xC3, 0xC1, 0xC4];
/// Mark bytes of a breve with each tone.
const BREVE: [u8; 6] = [0xCA, 0xC8, 0xDA, 0xDC, 0xC9, 0xCB];
/// The letter I with each tone.
const I: [u8; 6] = [b'I', 0xCC, 0xC6, 0xD3, 0xCD, 0xD2];
const O_HORN: u8 = 0xD4;
const U_HORN: u8 = 0xD6;
const Y_DOT_BELOW: u8 = 0xCE;
/// Ỷ in one byte. The fonts' own chart writes Y and a hook; some converters use this code, which
/// otherwise is only a mark after A.
const Y_HOOK: u8 = 0xCB;
const D_STROKE: u8 = 0xD1;
/// Small letters and marks lie this far above the capitals.
const SMALL: u8 = 0x20;

const A_ROW: usize = 0;
const A_BREVE_ROW: usize = 1;
const A_CIRCUMFLEX_ROW: usize = 2;
const E_ROW: usize = 3;
const E_CIRCUMFLEX_ROW: usize = 4;
const I_ROW: usize = 5;
const O_ROW: usize = 6;
const O_CIRCUMFLEX_ROW: usize = 7;
const O_HORN_ROW: usize = 8;
const U_ROW: usize = 9;
const U_HORN_ROW: usize = 10;
const Y_ROW: usize = 11;
const HOOK: usize = 2;
const DOT_BELOW: usize = 5;

/// The grid row of a byte that can carry a mark byte, written as a capital.
const fn base_row(capital: u8) -> Option<usize> {
    Some(match capital {
        b'A' => A_ROW,
        b'E' => E_ROW,
        b'O' => O_ROW,
        b'U' => U_ROW,
        b'Y' => Y_ROW,
        O_HORN => O_HORN_ROW,
        U_HORN => U_HORN_ROW,
        _ => return None,
    })
}

/// Row and tone of a base with a mark byte, both written as capitals.
fn marked(row: usize, mark: u8) -> Option<(usize, usize)> {
    let tone_in = |marks: &[u8; 6]| marks.iter().position(|&m| m == mark && m != 0);
    if let Some(tone) = tone_in(&TONE) {
        return Some((row, tone));
    }
    let circumflex = match row {
        A_ROW => A_CIRCUMFLEX_ROW,
        E_ROW => E_CIRCUMFLEX_ROW,
        O_ROW => O_CIRCUMFLEX_ROW,
        _ => return None,
    };
    if let Some(tone) = tone_in(&CIRCUMFLEX) {
        return Some((circumflex, tone));
    }
    (row == A_ROW).then(|| tone_in(&BREVE).map(|tone| (A_BREVE_ROW, tone))).flatten()
}

/// Splits a letter or mark byte into its capital and whether it was one.
const fn capital_of(byte: u8) -> Option<(u8, bool)> {
    match byte {
        b'A'..=b'Z' | 0xC0..=0xDF => Some((byte, true)),
        b'a'..=b'z' | 0xE0..=0xFF => Some((byte - SMALL, false)),
        _ => None,
    }
}

/// Takes one character off the front.
///
/// A mark byte that follows no letter which can carry it is undefined. The mark of a small
/// letter after a capital is accepted, because fonts draw it.
pub(crate) fn read(bytes: &[u8]) -> Option<(char, usize)> {
    let &first = bytes.first()?;
    let Some((code, capital)) = capital_of(first) else { return plain(first) };
    let letter = |row, tone| Vowel { capital, row, tone }.letter();
    if let Some(row) = base_row(code) {
        let next = bytes.get(1).filter(|&&byte| byte >= 0xC0);
        if let Some((mark, _)) = next.and_then(|&byte| capital_of(byte))
            && let Some((row, tone)) = marked(row, mark)
        {
            return Some((letter(row, tone), 2));
        }
        return Some((letter(row, 0), 1));
    }
    if let Some(tone) = I.iter().position(|&byte| byte == code) {
        return Some((letter(I_ROW, tone), 1));
    }
    match code {
        Y_DOT_BELOW => Some((letter(Y_ROW, DOT_BELOW), 1)),
        Y_HOOK => Some((letter(Y_ROW, HOOK), 1)),
        D_STROKE => Some((if capital { 'Đ' } else { 'đ' }, 1)),
        _ if TONE.contains(&code) || CIRCUMFLEX.contains(&code) || BREVE.contains(&code) => None,
        _ => plain(first),
    }
}

/// A byte that VNI leaves as code page 1252 has it.
fn plain(byte: u8) -> Option<(char, usize)> {
    let letter = windows::CP1252[usize::from(byte)];
    (letter != UNDEFINED).then_some((letter, 1))
}

/// Appends one character; false if the encoding has none.
pub(crate) fn write(letter: char, out: &mut Vec<u8>) -> bool {
    if let Some(Vowel { capital, row, tone }) = Vowel::of(letter) {
        let shift = if capital { 0 } else { SMALL };
        let (base, marks) = match row {
            A_ROW => (b'A', &TONE),
            A_BREVE_ROW => (b'A', &BREVE),
            A_CIRCUMFLEX_ROW => (b'A', &CIRCUMFLEX),
            E_ROW => (b'E', &TONE),
            E_CIRCUMFLEX_ROW => (b'E', &CIRCUMFLEX),
            I_ROW => (I[tone], &[0; 6]),
            O_ROW => (b'O', &TONE),
            O_CIRCUMFLEX_ROW => (b'O', &CIRCUMFLEX),
            O_HORN_ROW => (O_HORN, &TONE),
            U_ROW => (b'U', &TONE),
            U_HORN_ROW => (U_HORN, &TONE),
            _ if tone == DOT_BELOW => (Y_DOT_BELOW, &[0; 6]),
            _ => (b'Y', &TONE),
        };
        out.push(base + shift);
        if marks[tone] != 0 {
            out.push(marks[tone] + shift);
        }
        return true;
    }
    let byte = match letter {
        'Đ' => D_STROKE,
        'đ' => D_STROKE + SMALL,
        _ if letter.is_ascii() => letter as u8,
        _ => {
            let same = (0x80..=0xFF_u8).find(|&byte| read(&[byte]) == Some((letter, 1)));
            let Some(byte) = same else { return false };
            byte
        }
    };
    out.push(byte);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_byte_without_its_letter_is_undefined() {
        assert_eq!(read(b"\xF8"), None);
        assert_eq!(read(b"\xE2n"), None);
        assert_eq!(read(b"n\xF8"), Some(('n', 1)));
    }

    #[test]
    fn marks_of_either_case_join_the_letter() {
        assert_eq!(read(b"a\xF8"), Some(('à', 2)));
        assert_eq!(read(b"A\xD8"), Some(('À', 2)));
        assert_eq!(read(b"A\xF8"), Some(('À', 2)));
        assert_eq!(read(b"\xF4\xF9"), Some(('ớ', 2)));
        // u takes tones only: the circumflex byte stays unread.
        assert_eq!(read(b"u\xE2"), Some(('u', 1)));
    }

    #[test]
    fn a_word_reads_letter_by_letter() {
        // "Việt" is V, i, e + circumflex with dot below, t.
        assert_eq!(read(b"e\xE4t"), Some(('ệ', 2)));
        assert_eq!(read(b"\xF1"), Some(('đ', 1)));
        assert_eq!(read(b"\xEE"), Some(('ỵ', 1)));
        assert_eq!(read(b"\x93"), Some(('“', 1)));
    }
}
