//! Microsoft's code pages 1252 (western Europe) and 1258 (Vietnamese).
//!
//! Code page 1258 holds the base letters and five combining tone marks. Some marked letters are
//! there precomposed; writing prefers those, as the system's own converters do. The codes that
//! Microsoft leaves undefined are undefined here too, unlike in the WHATWG tables.

use super::{TONE_MARKS, UNDEFINED, Vowel, add_tone, ascii};

/// Code page 1252.
pub(crate) const CP1252: [char; 256] = {
    const C1: [char; 32] = [
        '€', UNDEFINED, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', UNDEFINED, 'Ž',
        UNDEFINED, UNDEFINED, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        UNDEFINED, 'ž', 'Ÿ',
    ];
    let mut table = ascii();
    let mut byte = 0x80;
    while byte < 0x100 {
        table[byte] = if byte < 0xA0 { C1[byte - 0x80] } else { byte as u8 as char };
        byte += 1;
    }
    table
};

/// Bytes of the tone marks huyền, hỏi, ngã, sắc, nặng in code page 1258.
const MARKS: [u8; 5] = [0xCC, 0xD2, 0xDE, 0xEC, 0xF2];

/// Code page 1258, as its differences from 1252.
pub(crate) const CP1258: [char; 256] = {
    let mut table = CP1252;
    table[0x8A] = UNDEFINED;
    table[0x8E] = UNDEFINED;
    table[0x9A] = UNDEFINED;
    table[0x9E] = UNDEFINED;
    table[0xC3] = 'Ă';
    table[0xE3] = 'ă';
    table[0xD0] = 'Đ';
    table[0xF0] = 'đ';
    table[0xD5] = 'Ơ';
    table[0xF5] = 'ơ';
    table[0xDD] = 'Ư';
    table[0xFD] = 'ư';
    table[0xFE] = '₫';
    let mut tone = 0;
    while tone < 5 {
        table[MARKS[tone] as usize] = TONE_MARKS[tone];
        tone += 1;
    }
    table
};

/// The byte of a character in a table of the upper half.
pub(crate) fn byte_of(table: &[char; 256], letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return Some(letter as u8);
    }
    (0x80..=0xFF_u8).find(|&byte| table[usize::from(byte)] == letter && letter != UNDEFINED)
}

/// Takes one character of code page 1252 off the front.
pub(crate) fn read_1252(bytes: &[u8]) -> Option<(char, usize)> {
    let letter = CP1252[usize::from(*bytes.first()?)];
    (letter != UNDEFINED).then_some((letter, 1))
}

/// Appends one character of code page 1252; false if it has none.
pub(crate) fn write_1252(letter: char, out: &mut Vec<u8>) -> bool {
    byte_of(&CP1252, letter).is_some_and(|byte| {
        out.push(byte);
        true
    })
}

/// Takes one character of code page 1258 off the front, with its tone mark if one follows.
pub(crate) fn read_1258(bytes: &[u8]) -> Option<(char, usize)> {
    let letter = CP1258[usize::from(*bytes.first()?)];
    if letter == UNDEFINED {
        return None;
    }
    if let Some(tone) = bytes.get(1).and_then(|byte| MARKS.iter().position(|mark| mark == byte))
        && let Some(marked) = add_tone(letter, tone + 1)
    {
        return Some((marked, 2));
    }
    Some((letter, 1))
}

/// Appends one character of code page 1258; false if it has none.
pub(crate) fn write_1258(letter: char, out: &mut Vec<u8>) -> bool {
    if let Some(byte) = byte_of(&CP1258, letter) {
        out.push(byte);
        return true;
    }
    let Some(vowel) = Vowel::of(letter).filter(|vowel| vowel.tone > 0) else { return false };
    let Some(base) = byte_of(&CP1258, vowel.with_tone(0).letter()) else { return false };
    out.extend([base, MARKS[vowel.tone - 1]]);
    true
}

/// Reads bytes as a browser reads code page 1252: undefined ones are control codes.
#[cfg(test)]
pub(in crate::text::encoding) fn as_1252(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| read_1252(&[byte]).map_or(char::from(byte), |(c, _)| c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_marks_join_base_letters_and_precomposed_ones() {
        assert_eq!(read_1258(b"e\xCC"), Some(('è', 2)));
        assert_eq!(read_1258(b"\xEA\xF2"), Some(('ệ', 2)));
        assert_eq!(read_1258(b"\xE8"), Some(('è', 1)));
        // A letter that has its tone already takes no second one.
        assert_eq!(read_1258(b"\xE8\xF2"), Some(('è', 1)));
        assert_eq!(read_1258(b"n\xDE"), Some(('n', 1)));
    }

    #[test]
    fn codes_that_microsoft_leaves_open_are_undefined() {
        for byte in [0x81, 0x8A, 0x8D, 0x8E, 0x8F, 0x90, 0x9A, 0x9D, 0x9E] {
            assert_eq!(read_1258(&[byte]), None);
        }
        assert_eq!(read_1252(b"\x8A"), Some(('Š', 1)));
    }
}
