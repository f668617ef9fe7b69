//! TCVN 5712:1993 in two of its variants: VN1, and VN3, which the ABC fonts made common.
//!
//! VN1 gives each of the 134 letters a byte of its own, twelve of them on control codes. VN3 is
//! the part of VN1 from 0xA1 up without the marked capitals; its fonts hold the punctuation of
//! code page 1252 in the C1 range, and show capitals by a change of font. Both have five
//! combining tone marks at 0xB0 to 0xB4.

use super::{CAPITAL_VOWELS, TONE_MARKS, UNDEFINED, VOWELS, Vowel, add_tone, ascii, fill, windows};

const SMALL: [[u8; 6]; 12] = [
    [b'a', 0xB5, 0xB6, 0xB7, 0xB8, 0xB9],
    [0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6],
    [0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB],
    [b'e', 0xCC, 0xCE, 0xCF, 0xD0, 0xD1],
    [0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6],
    [b'i', 0xD7, 0xD8, 0xDC, 0xDD, 0xDE],
    [b'o', 0xDF, 0xE1, 0xE2, 0xE3, 0xE4],
    [0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9],
    [0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE],
    [b'u', 0xEF, 0xF1, 0xF2, 0xF3, 0xF4],
    [0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9],
    [b'y', 0xFA, 0xFB, 0xFC, 0xFD, 0xFE],
];

const CAPITAL: [[u8; 6]; 12] = [
    [b'A', 0x80, 0x81, 0x82, 0x83, 0x84],
    [0xA1, 0xAF, 0xBA, 0xBF, 0xC0, 0x85],
    [0xA2, 0xC1, 0xC2, 0xC3, 0xC4, 0x86],
    [b'E', 0x87, 0x88, 0x89, 0x8A, 0x8B],
    [0xA3, 0xC5, 0xCD, 0xD9, 0xDA, 0x8C],
    [b'I', 0x8D, 0x8E, 0x8F, 0x90, 0x91],
    [b'O', 0x92, 0x93, 0x94, 0x95, 0x96],
    [0xA4, 0xDB, 0xE0, 0xF0, 0xFF, 0x97],
    [0xA5, 0x98, 0x99, 0x9A, 0x9B, 0x9C],
    [b'U', 0x9D, 0x9E, 0x9F, 0x01, 0x02],
    [0xA6, 0x04, 0x05, 0x06, 0x11, 0x12],
    [b'Y', 0x13, 0x14, 0x15, 0x16, 0x17],
];

/// Capitals without a tone, the only ones that VN3 has.
const PLAIN_CAPITAL: [[u8; 6]; 12] = {
    let mut plain = [[0; 6]; 12];
    let mut row = 0;
    while row < 12 {
        plain[row][0] = CAPITAL[row][0];
        row += 1;
    }
    plain
};

const CAPITAL_D: u8 = 0xA7;
const SMALL_D: u8 = 0xAE;
const NO_BREAK_SPACE: u8 = 0xA0;
const FIRST_MARK: u8 = 0xB0;

const fn common(mut table: [char; 256]) -> [char; 256] {
    table = fill(table, &SMALL, &VOWELS);
    table[CAPITAL_D as usize] = 'Đ';
    table[SMALL_D as usize] = 'đ';
    table[NO_BREAK_SPACE as usize] = '\u{A0}';
    let mut tone = 0;
    while tone < 5 {
        table[FIRST_MARK as usize + tone] = TONE_MARKS[tone];
        tone += 1;
    }
    table
}

const VN1: [char; 256] = fill(common(ascii()), &CAPITAL, &CAPITAL_VOWELS);

const VN3: [char; 256] = {
    let mut table = fill(common(ascii()), &PLAIN_CAPITAL, &CAPITAL_VOWELS);
    let mut byte = 0x80;
    while byte < 0xA0 {
        table[byte] = windows::CP1252[byte];
        byte += 1;
    }
    table
};

/// A character and, if a combining mark follows that it can take, both in one.
fn read_with_mark(table: &[char; 256], bytes: &[u8]) -> Option<(char, usize)> {
    let letter = table[usize::from(*bytes.first()?)];
    if letter == UNDEFINED {
        return None;
    }
    if let Some(mark @ FIRST_MARK..=0xB4) = bytes.get(1)
        && let Some(marked) = add_tone(letter, usize::from(mark - FIRST_MARK) + 1)
    {
        return Some((marked, 2));
    }
    Some((letter, 1))
}

/// Takes one character of VN1 off the front.
pub(crate) fn read_vn1(bytes: &[u8]) -> Option<(char, usize)> {
    read_with_mark(&VN1, bytes)
}

/// Takes one character of VN3 off the front; a capital and the same vowel in small with a tone
/// is one marked capital.
pub(crate) fn read_vn3(bytes: &[u8]) -> Option<(char, usize)> {
    let (letter, width) = read_with_mark(&VN3, bytes)?;
    if width == 1
        && let Some(&next) = bytes.get(1)
        && next >= 0x80
        && let Some(base) = Vowel::of(letter)
        && base.capital
        && let Some(marked) = Vowel::of(VN3[usize::from(next)])
        && !marked.capital
        && marked.row == base.row
        && marked.tone > 0
    {
        return Some((base.with_tone(marked.tone).letter(), 2));
    }
    Some((letter, width))
}

fn write_single(table: &[char; 256], letter: char, out: &mut Vec<u8>) -> bool {
    let byte = match letter {
        'Đ' => CAPITAL_D,
        'đ' => SMALL_D,
        '\u{A0}' => NO_BREAK_SPACE,
        // A control character whose code holds a letter cannot be written.
        _ if letter.is_ascii() && table[letter as usize] == letter => letter as u8,
        _ => match TONE_MARKS.iter().position(|&mark| mark == letter) {
            Some(tone) => FIRST_MARK + tone as u8,
            None => return false,
        },
    };
    out.push(byte);
    true
}

/// Appends one character of VN1; false if the encoding has none.
pub(crate) fn write_vn1(letter: char, out: &mut Vec<u8>) -> bool {
    let Some(vowel) = Vowel::of(letter) else { return write_single(&VN1, letter, out) };
    out.push((if vowel.capital { &CAPITAL } else { &SMALL })[vowel.row][vowel.tone]);
    true
}

/// Appends one character of VN3; false if the encoding has none.
pub(crate) fn write_vn3(letter: char, out: &mut Vec<u8>) -> bool {
    if let Some(vowel) = Vowel::of(letter) {
        if vowel.capital {
            out.push(CAPITAL[vowel.row][0]);
        }
        if !vowel.capital || vowel.tone > 0 {
            out.push(SMALL[vowel.row][vowel.tone]);
        }
        return true;
    }
    if let Some(byte) = (0x80..0xA0_u8).find(|&byte| VN3[usize::from(byte)] == letter) {
        out.push(byte);
        return true;
    }
    write_single(&VN3, letter, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combining_tone_marks_join_the_vowel_before_them() {
        assert_eq!(read_vn1(b"a\xB0"), Some(('à', 2)));
        assert_eq!(read_vn1(b"\xA9\xB4"), Some(('ậ', 2)));
        assert_eq!(read_vn1(b"n\xB0"), Some(('n', 1)));
        assert_eq!(read_vn3(b"A\xB0"), Some(('À', 2)));
    }

    #[test]
    fn a_capital_before_its_small_marked_form_is_one_capital() {
        assert_eq!(read_vn3(b"A\xB5"), Some(('À', 2)));
        assert_eq!(read_vn3(b"\xA3\xD6"), Some(('Ệ', 2)));
        // Another vowel stays a letter of its own, as in `Uẩn`, `Oản`.
        assert_eq!(read_vn3(b"U\xC8n"), Some(('U', 1)));
        assert_eq!(read_vn3(b"O\xB6n"), Some(('O', 1)));
    }

    #[test]
    fn marked_capitals_are_undefined_in_vn3() {
        for byte in [0xAF, 0xBA, 0xBF, 0xC0, 0xC5, 0xCD, 0xD9, 0xDB, 0xE0, 0xF0, 0xFF] {
            assert_eq!(read_vn3(&[byte]), None);
            assert!(read_vn1(&[byte]).is_some());
        }
    }

    #[test]
    fn every_byte_of_vn1_reads_back() {
        for byte in 0..=255_u8 {
            let (letter, _) = read_vn1(&[byte]).unwrap();
            let mut out = Vec::new();
            assert!(write_vn1(letter, &mut out));
            assert_eq!(out, [byte]);
        }
    }
}
