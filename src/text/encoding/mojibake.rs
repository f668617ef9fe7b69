//! Text that was decoded in the wrong encoding.
//!
//! Two accidents are common. UTF-8 read as code page 1252 or 1258 gives `Viá»‡t` for `Việt`:
//! each letter became two or three characters, and since those spell the bytes of UTF-8 exactly,
//! they are recognized and undone one by one ([`find`]). TCVN3, VNI, VISCII or code page 1258
//! read as code page 1252 gives `ViÖt`: here the whole text must be read again, and the encoding
//! is the one in which the broken words are Vietnamese syllables ([`misread`], [`reread`]).

use std::ops::Range;

use serde::Serialize;

use super::Encoding;
use super::detect::reads_as;
use super::legacy;
use super::legacy::windows::{CP1252, CP1258, byte_of};
use crate::text::letter::Letter;
use crate::text::syllable::Syllable;
use crate::text::word_runs::{has_plain_case, is_letter_or_mark, letter_runs};

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

/// Finds letters of UTF-8 that were read as code page 1252 or 1258.
///
/// Only sequences that spell a Vietnamese letter, a sign of Latin text or a symbol count. Some
/// can be honest text, such as a closing quote after a capital (`XÃ”`); they count only if
/// others in the text cannot.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::mojibake::find;
///
/// let found = find("Viá»‡t Nam");
/// assert_eq!((found[0].range(), found[0].letter()), (2..9, 'ệ'));
/// assert!(find("HỢP TÁC XÃ” và «lá»").is_empty());
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<WrongLetter> {
    let mut found = Vec::new();
    let mut certain = false;
    let mut run_start = 0;
    let mut chars = text.char_indices().peekable();
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
        if let Some((letter, width)) = sequence(&text[at..]) {
            let end = at + width;
            let run = &text[run_start..at + c.len_utf8()];
            let honest = Syllable::parse(run).is_some() && has_plain_case(run);
            let long = letter >= '\u{800}';
            let followed = text[end..].chars().next().is_some_and(is_letter_or_mark);
            certain |= !honest || (long && followed);
            found.push(WrongLetter { range: at..end, letter });
            while chars.next_if(|&(next, _)| next < end).is_some() {}
        } else {
            in_run = is_letter_or_mark(c);
        }
    }
    if !certain {
        found.clear();
    }
    found
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
fn byte_in_1252(c: char) -> Option<u8> {
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

/// The letter that the front of a text spells as bytes of UTF-8, and the width of that front.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = chars.next()?;
    let first = lead_byte(lead)?;
    let length = match first {
        0xC2..=0xDF => 2,
        0xE1..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    let mut width = lead.len_utf8();
    for slot in &mut bytes[1..length] {
        let c = chars.next().filter(|c| !c.is_ascii())?;
        *slot = byte_before(c).filter(|byte| (0x80..0xC0).contains(byte))?;
        width += c.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    // What code page 1252 holds can be the trace of a first accident under a second one.
    let usual = byte_before(letter).is_some()
        || matches!(letter, '\u{300}'..='\u{36F}' | '\u{2010}'..='\u{203A}'
        | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\u{FFFD}'
        | '\u{1F300}'..='\u{1FAFF}')
        || (Letter::of(letter).is_some() && !letter.is_ascii());
    usual.then_some((letter, width))
}

/// What a text that was read as code page 1252 is really in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misreading {
    encoding: Encoding,
    words: usize,
    first: usize,
    sample: String,
}

impl Misreading {
    /// The encoding in which the broken words make sense.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many broken words make sense in it.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }

    /// Byte offset of the first of them.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// The first of them.
    #[must_use]
    pub fn sample(&self) -> &str {
        &self.sample
    }
}

/// Encodings that get read as code page 1252; of two that fit alike the first is named.
const MISREAD: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Windows1258, Encoding::Vni, Encoding::Viscii, Encoding::Tcvn5712];

/// Finds out whether a text is in an older encoding that was read as code page 1252.
///
/// At least three words must be broken as they stand and be Vietnamese syllables in one of the
/// encodings, and those must be most of the broken words.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, mojibake::{misread, reread}};
///
/// let text = "N­íc ViÖt Nam lµ mét, d©n téc ViÖt Nam lµ mét";
/// let found = misread(text).expect("TCVN3 under the wrong name");
/// assert_eq!(found.encoding(), Encoding::Tcvn3);
/// assert_eq!(reread(text, Encoding::Tcvn3).0, "Nước Việt Nam là một, dân tộc Việt Nam là một");
/// assert_eq!(misread("Nước Việt Nam là một"), None);
/// ```
#[must_use]
pub fn misread(text: &str) -> Option<Misreading> {
    let mut fits: [(usize, Option<Range<usize>>); MISREAD.len()] = Default::default();
    let mut broken = 0;
    let mut bytes = Vec::new();
    let mut at = 0;
    for chunk in text.split(|c: char| c.is_whitespace() && c != '\u{A0}') {
        let start = at;
        at += chunk.len();
        // Step over the white space that ended the chunk.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        if chunk.is_ascii() || !to_bytes(chunk, &mut bytes) || is_sound(chunk) {
            continue;
        }
        broken += 1;
        for (encoding, (words, first)) in MISREAD.iter().zip(&mut fits) {
            if reads_as(&bytes, *encoding) {
                *words += 1;
                first.get_or_insert(start..start + chunk.len());
            }
        }
    }
    let mut best = 0;
    for i in 1..fits.len() {
        if fits[i].0 > fits[best].0 {
            best = i;
        }
    }
    let (words, first) = &fits[best];
    let range = first.clone()?;
    (*words >= 3 && words * 10 >= broken * 6).then(|| Misreading {
        encoding: MISREAD[best],
        words: *words,
        first: range.start,
        sample: text[range].to_owned(),
    })
}

/// Whether the marked words of a chunk are syllables as they stand.
fn is_sound(chunk: &str) -> bool {
    let letters_join_letters_only = !chunk.chars().any(|c| {
        matches!(c, '\u{A1}'..='\u{BF}' | '×' | '÷')
            && !matches!(c, '«' | '»' | '°' | '·' | '²' | '³')
    });
    letters_join_letters_only
        && letter_runs(chunk)
            .map(|run| &chunk[run])
            .filter(|run| !run.is_ascii())
            .all(|run| Syllable::parse(run).is_some() && has_plain_case(run))
}

/// The bytes that a chunk was before it was read as code page 1252; false if it was not.
fn to_bytes(chunk: &str, bytes: &mut Vec<u8>) -> bool {
    bytes.clear();
    chunk.chars().all(|c| {
        let byte = byte_in_1252(c);
        bytes.extend(byte);
        byte.is_some()
    })
}

/// Reads a text again that was taken for code page 1252, and counts the characters that came out
/// otherwise.
///
/// Characters that code page 1252 does not have, and bytes that the encoding does not define,
/// stay as they are. To be used on a whole text, because words that are sound by accident
/// (`cã` for `có`) must change with the others; unlike the fixes of
/// [`normalize`](crate::text::repair::normalize) it must not be applied twice.
#[must_use]
pub fn reread(text: &str, encoding: Encoding) -> (String, usize) {
    let Some(read) = legacy::reader(encoding) else { return (text.to_owned(), 0) };
    let mut out = String::with_capacity(text.len());
    let mut changed = 0;
    let mut bytes: Vec<u8> = Vec::new();
    let mut span: Vec<char> = Vec::new();
    let mut flush = |bytes: &mut Vec<u8>, span: &mut Vec<char>, out: &mut String| {
        let mut at = 0;
        while at < bytes.len() {
            let (letter, width) = read(&bytes[at..]).unwrap_or((span[at], 1));
            changed += usize::from(width != 1 || letter != span[at]);
            out.push(letter);
            at += width;
        }
        bytes.clear();
        span.clear();
    };
    for c in text.chars() {
        if let Some(byte) = byte_in_1252(c) {
            bytes.push(byte);
            span.push(c);
        } else {
            flush(&mut bytes, &mut span, &mut out);
            out.push(c);
        }
    }
    flush(&mut bytes, &mut span, &mut out);
    (out, changed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::encoding::encode::encode;
    use proptest::prelude::*;

    const TEXT: &str = "Đêm qua, mưa lớn làm nước sông dâng cao; sáng nay trời đã tạnh. Người \
                        dân ở xã ven sông kể: “Lễ hội vẫn diễn ra, ai cũng mừng…”";

    /// Reads bytes as a browser reads code page 1252.
    fn as_1252(bytes: &[u8]) -> String {
        bytes
            .iter()
            .map(|&byte| match CP1252[usize::from(byte)] {
                '\u{FFFF}' => char::from(byte),
                c => c,
            })
            .collect()
    }

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
    fn each_older_encoding_read_as_1252_is_named_and_read_again() {
        assert_eq!(misread(TEXT), None);
        for encoding in MISREAD {
            let wrong =
                as_1252(&encode(TEXT.trim(), encoding).unwrap_or_else(|_| {
                    encode(&TEXT.replace(['“', '”', '…'], ""), encoding).unwrap()
                }));
            let found = misread(&wrong).unwrap();
            assert!(wrong[found.first()..].starts_with(found.sample()));
            let (text, changed) = reread(&wrong, found.encoding());
            assert!(TEXT.starts_with(&text[..60]), "{encoding} as {}: {text}", found.encoding());
            assert!(changed > 10);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched_and_read_again(text in any::<String>()) {
            let found = find(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for wrong in &found {
                prop_assert!(text.get(wrong.range()).is_some());
            }
            let _ = misread(&text);
            for encoding in MISREAD {
                let _ = reread(&text, encoding);
            }
        }
    }
}
