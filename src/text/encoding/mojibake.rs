//! UTF-8 that was decoded in another encoding.
//!
//! UTF-8 read as code page 1252 or 1258 gives `Viá»‡t` for `Việt`, read as Mac Roman `Vi·ªát`,
//! read as code page 437 or 850 `Viß╗çt`, read as code page 1251 `Viб»‡t`: each letter became two or
//! three characters, and since those spell the bytes of UTF-8 exactly, they are recognized and undone
//! one by one. For older encodings that were read as code page 1252 see [`misread`](super::misread).

use std::ops::Range;

use super::legacy::upper_half::{
    byte_in_cp437, byte_in_cp850, byte_in_cp1250, byte_in_cp1251, byte_in_mac_roman,
};
use super::legacy::windows::{CP1252, CP1258, byte_of};
use crate::text::letter::Letter;
use crate::text::syllable::Syllable;
use crate::text::word_runs::{has_plain_case, is_letter_or_mark};

/// The characters of one wrongly decoded letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongLetter {
    range: Range<usize>,
    letter: char,
}

impl WrongLetter {
    /// Byte range of the two to four characters.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The letter that they stand for.
    #[must_use]
    pub fn letter(&self) -> char {
        self.letter
    }
}

/// Finds letters of UTF-8 that were read as code page 1250, 1251, 1252 or 1258, Mac Roman, or code
/// page 437 or 850.
///
/// Only sequences that spell a Vietnamese letter, a sign of Latin text or a symbol count. Some
/// can be honest text, such as a closing quote after a capital (`XÃ”`); they count only if
/// others of the same code page cannot.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::mojibake::find;
///
/// let found = find("Viá»‡t Nam");
/// assert_eq!((found[0].range(), found[0].letter()), (2..9, 'ệ'));
/// assert_eq!(find("Vi·ªát Nam")[0].letter(), 'ệ');
/// assert!(find("HỢP TÁC XÃ” và «lá»").is_empty());
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<WrongLetter> {
    find_with(text, &Evidence::default())
}

/// Finds wrong letters in a part of a text of which more is known than the part says.
pub(crate) fn find_with(part: &str, known: &Evidence) -> Vec<WrongLetter> {
    let mut found = Vec::new();
    let mut evidence = Evidence::default();
    evidence.scan(part, |letter, page| found.push((letter, page)));
    let is_sure = |page: Page| evidence.certain[page as usize] || known.certain[page as usize];
    // What both code pages of DOS read is counted for the first.
    let is_certain = |page: Page| is_sure(page) || page == Page::Dos437 && is_sure(Page::Dos850);
    let has_lost_spaces = is_certain(Page::Windows);
    let found = found.into_iter().filter(|&(_, page)| is_certain(page)).map(|(wrong, _)| wrong);
    if !has_lost_spaces {
        return found.collect();
    }
    let mut found: Vec<WrongLetter> = found.chain(before_lost_spaces(part)).collect();
    found.sort_by_key(|wrong| wrong.range.start);
    found
}

/// Finds `à` whose second byte, a no-break space, became a space or was lost beside one: `lÃ  nÆ°á»›c`.
/// No word goes on in a capital after small letters, so `XÃ HỘI` is none.
fn before_lost_spaces(part: &str) -> impl Iterator<Item = WrongLetter> + '_ {
    part.match_indices("Ã ").filter_map(|(at, capital)| {
        let is_inside = part[..at].ends_with(|c: char| c.is_ascii_lowercase());
        let end = at + capital.len();
        // Of two spaces, the first was the byte.
        let range = at..if part[end..].starts_with(' ') { end } else { end - 1 };
        is_inside.then_some(WrongLetter { range, letter: 'à' })
    })
}

/// What the parts of a text say about how it was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Evidence {
    /// Bytes of the parts that were scanned.
    passed: usize,
    /// Of each page: whether its sequences cannot be honest text.
    certain: [bool; Page::ALL.len()],
    /// Of each page: letters among its sequences, which alone prove nothing.
    doubtful_letters: [usize; Page::ALL.len()],
    /// Of each page: sequences, and where the first is.
    found: [usize; Page::ALL.len()],
    first: [Option<usize>; Page::ALL.len()],
}

impl Evidence {
    /// Passes over bytes that are no text.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.passed += bytes;
    }

    /// Adds the next part of a text, which ends at a line end.
    pub(crate) fn add(&mut self, part: &str) {
        self.scan(part, |_, _| {});
    }

    /// How many letters are wrong, and where the first is.
    pub(crate) fn wrong_letters(&self) -> Option<(usize, usize)> {
        let pages = || (0..self.certain.len()).filter(|&page| self.certain[page]);
        let first = pages().filter_map(|page| self.first[page]).min()?;
        Some((pages().map(|page| self.found[page]).sum(), first))
    }

    fn scan(&mut self, part: &str, mut found: impl FnMut(WrongLetter, Page)) {
        let mut run_start = 0;
        let mut chars = part.char_indices().peekable();
        let mut in_run = false;
        while let Some((at, c)) = chars.next() {
            if c.is_ascii() {
                in_run &= c.is_ascii_alphabetic();
                if c.is_ascii_alphabetic() && !in_run {
                    (in_run, run_start) = (true, at);
                }
                if !c.is_ascii_alphabetic() {
                    run_start = at + 1;
                }
                continue;
            }
            if !in_run {
                (in_run, run_start) = (true, at);
            }
            let Some((letter, width, page)) = sequence(&part[at..]) else {
                in_run = is_letter_or_mark(c);
                continue;
            };
            let end = at + width;
            self.note(part, run_start..at + c.len_utf8(), end, letter, page);
            self.first[page as usize].get_or_insert(self.passed + at);
            found(WrongLetter { range: at..end, letter }, page);
            while chars.next_if(|&(next, _)| next < end).is_some() {}
        }
        self.passed += part.len();
    }

    /// Notes a sequence: the run of letters that it would end if it were honest, and its end.
    fn note(&mut self, part: &str, run: Range<usize>, end: usize, letter: char, page: Page) {
        self.found[page as usize] += 1;
        self.certain[page as usize] |= match page {
            Page::Windows => {
                let run = &part[run];
                let honest = Syllable::parse(run).is_some() && has_plain_case(run);
                let followed = part[end..].chars().next().is_some_and(is_letter_or_mark);
                !honest || (letter >= '\u{800}' && followed)
            }
            Page::MacRoman | Page::Dos437 | Page::Dos850 => {
                let letters = &mut self.doubtful_letters[page as usize];
                *letters += usize::from(Letter::of(letter).is_some());
                has_three_bytes(letter) || *letters >= FEWEST_LETTERS
            }
            // `Гірка`, `CĂŞTIG`: the two bytes of a letter are two letters of another language.
            Page::CentralEurope | Page::Cyrillic => {
                let letters = &mut self.doubtful_letters[page as usize];
                *letters += usize::from(has_three_bytes(letter));
                *letters >= FEWEST_LETTERS
            }
        };
    }
}

/// Doubtful letters from which on they are no accident: `√°` alone can be meant.
const FEWEST_LETTERS: usize = 3;

/// True for the letters of Vietnamese that take three bytes in UTF-8.
fn has_three_bytes(letter: char) -> bool {
    ('\u{1EA0}'..='\u{1EF9}').contains(&letter)
}

/// What UTF-8 was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// Code page 1252 or 1258.
    Windows,
    /// Mac Roman.
    MacRoman,
    /// Code page 437.
    Dos437,
    /// Code page 850.
    Dos850,
    /// Code page 1250, of which most characters are in 1252, too.
    CentralEurope,
    /// Code page 1251.
    Cyrillic,
}

impl Page {
    const ALL: [Self; 6] = [
        Self::Windows,
        Self::MacRoman,
        Self::Dos437,
        Self::Dos850,
        Self::CentralEurope,
        Self::Cyrillic,
    ];

    /// The first byte of a sequence that a character was, if it can have been one.
    fn lead_byte(self, c: char) -> Option<u8> {
        match self {
            Self::Windows => lead_byte(c),
            Self::MacRoman => match c {
                '¬' | '√' | 'ƒ' | '≈' | '∆' | 'Ã' | '·' | '‚' | '\u{F8FF}' => {
                    byte_in_mac_roman(c)
                }
                _ => None,
            },
            Self::Dos437 => match c {
                '┬' | '├' | '─' | '┼' | '╞' | '╠' | 'ß' | 'Γ' | '≡' => {
                    byte_in_cp437(c)
                }
                _ => None,
            },
            Self::Dos850 => match c {
                '┬' | '├' | '─' | '┼' | 'ã' | 'ß' | 'Ô' => byte_in_cp850(c),
                _ => None,
            },
            Self::CentralEurope => match c {
                'Â' | 'Ă' | 'Ä' | 'Ĺ' | 'Ć' | 'á' | 'â' => byte_in_cp1250(c),
                _ => None,
            },
            Self::Cyrillic => match c {
                'В' | 'Г' | 'Д' | 'Е' | 'Ж' | 'б' | 'в' => byte_in_cp1251(c),
                _ => None,
            },
        }
    }

    /// The byte that a character was.
    fn byte(self, c: char) -> Option<u8> {
        match self {
            Self::Windows => byte_before(c),
            Self::MacRoman => byte_in_mac_roman(c),
            Self::Dos437 => byte_in_cp437(c),
            Self::Dos850 => byte_in_cp850(c),
            Self::CentralEurope => byte_in_cp1250(c),
            Self::Cyrillic => byte_in_cp1251(c),
        }
    }
}

/// The first byte of a sequence that a character was, if it can have been one.
fn lead_byte(c: char) -> Option<u8> {
    match c {
        'Â'..='ô' => Some(u32::from(c) as u8),
        'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'Ư' | '\u{300}'..='\u{323}' => byte_of(&CP1258, c),
        _ => None,
    }
}

/// The byte that a character was in code page 1252, or as a C1 control code where that is
/// undefined.
pub(super) fn byte_in_1252(c: char) -> Option<u8> {
    match c {
        '\0'..='\u{FF}' => Some(u32::from(c) as u8),
        // Most marked letters of Vietnamese: they are in no table, and need not be looked for.
        '\u{1E00}'..='\u{1FFF}' => None,
        _ => byte_of(&CP1252, c),
    }
}

/// The byte that a character was, in code page 1252 or 1258.
fn byte_before(c: char) -> Option<u8> {
    match c {
        '\u{1E00}'..='\u{1FFF}' => None,
        _ => byte_in_1252(c).or_else(|| byte_of(&CP1258, c)),
    }
}

/// The letter that the front of a text spells as bytes of UTF-8, the width of that front, and
/// what the bytes were read as: where more than one is possible, that of which it is a letter of
/// Vietnamese. `├¢` is `ý` of code page 850, and no letter that Vietnamese has of 437.
fn sequence(text: &str) -> Option<(char, usize, Page)> {
    let lead = text.chars().next()?;
    let mut other = None;
    for page in Page::ALL {
        let found = page.lead_byte(lead).and_then(|first| spelled(text, first, page));
        let Some((letter, width)) = found else { continue };
        if Letter::of(letter).is_some() {
            return Some((letter, width, page));
        }
        other = other.or(Some((letter, width, page)));
    }
    other
}

fn spelled(text: &str, first: u8, page: Page) -> Option<(char, usize)> {
    let length = match first {
        0xC2..=0xDF => 2,
        0xE1..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut chars = text.chars();
    let mut width = chars.next()?.len_utf8();
    for slot in &mut bytes[1..length] {
        let c = chars.next().filter(|c| !c.is_ascii())?;
        *slot = page.byte(c).filter(|byte| (0x80..0xC0).contains(byte))?;
        width += c.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    // What code page 1252 holds can be the trace of a first accident under a second one.
    let usual = byte_before(letter).is_some()
        || page.byte(letter).is_some()
        || matches!(letter, '\u{300}'..='\u{36F}' | '\u{2010}'..='\u{203A}'
        | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FFFD}'
        | '\u{1F300}'..='\u{1FAFF}')
        || (Letter::of(letter).is_some() && !letter.is_ascii());
    usual.then_some((letter, width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::encoding::legacy::windows::as_1252;
    use proptest::prelude::*;

    const TEXT: &str = "Đêm qua, mưa lớn làm nước sông dâng cao; sáng nay trời đã tạnh. Người \
                        dân ở xã ven sông kể: “Lễ hội vẫn diễn ra, ai cũng mừng…”";

    fn undo(text: &str) -> String {
        let mut out = String::new();
        let mut copied = 0;
        for wrong in find(text) {
            out.push_str(&text[copied..wrong.range.start]);
            out.push(wrong.letter);
            copied = wrong.range.end;
        }
        out.push_str(&text[copied..]);
        out
    }

    #[test]
    fn a_no_break_space_that_was_lost_is_found() {
        assert_eq!(undo("NhÃ  nÆ°á»›c lÃ  tháº¿"), "Nhà nước là thế");
        assert_eq!(undo("NhÃ nÆ°á»›c lÃ tháº¿"), "Nhà nước là thế");
        assert_eq!(undo("XÃ HỘI nÆ°á»›c"), "XÃ HỘI nước");
    }

    #[test]
    fn utf8_read_as_1252_is_undone() {
        let wrong = as_1252(TEXT.as_bytes());
        assert_eq!(undo(&wrong), TEXT);
        assert_eq!(undo(&as_1252(wrong.as_bytes())), wrong);
    }

    #[test]
    fn sound_text_has_no_wrong_letters() {
        assert!(find(TEXT).is_empty());
        assert!(find("HỢP TÁC XÃ… “XÃ” HỘI, XÃ\u{A0}HỘI, «quá»…").is_empty());
    }

    #[test]
    fn utf8_read_as_mac_roman_or_code_page_437_is_undone() {
        for (wrong, right) in [
            ("Tr·ªùi m∆∞a t√¥i ƒëi ch·ª£, gi√° c√° tƒÉng", "Trời mưa tôi đi chợ, giá cá tăng"),
            ("ch├║ng t├┤i Ngh─®a sß╗øm, gß║Àt mã░a", "chúng tôi Nghĩa sớm, gặt mưa"),
            ("Trб»—i mЖ°a, Д‘i chб»Ј, Д‘б»“ng bГЎ", "Trỗi mưa, đi chợ, đồng bá"),
            ("gáş·t lĂşa sáşŻp báşŁo nháş\u{AD}n", "gặt lúa sắp bảo nhận"),
            ("l├¢ lß║¢ ß║Ñy, ÔÇ£ch├║ng t├┤iÔÇØ gß║Àt mã░a", "lý lẽ ấy, “chúng tôi” gặt mưa"),
            ("Trß╗¥i m╞░a t├┤i ─æi chß╗ú, gi├í c├í t─âng", "Trời mưa tôi đi chợ, giá cá tăng"),
        ] {
            assert_eq!(undo(wrong), right);
        }
        for sound in [
            "Гірка, Гімн, Гість: «Клуб»… Её дім", // Ukrainian
            "CĂŞTIG, ORĂŞENI, ORĂŞEL ĂŞ",         // Romanian
        ] {
            assert!(find(sound).is_empty(), "{sound}");
        }
        for sound in ["√° của góc, sông Ấn · ª", "Straße, ┌─┬─┐ ├──┤", "Õng Ã, ƒ(x) ∆x"]
        {
            assert!(find(sound).is_empty(), "{sound}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in any::<String>()) {
            let found = find(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for wrong in &found {
                prop_assert!(text.get(wrong.range()).is_some());
            }
        }
    }
}
