//! Fixes that look at words.

use crate::text::letter::{Letter, Mark, Tone, compose};
use crate::text::repair::alignment::Edit;
use crate::text::repair::normalize::FinalVowel;
use crate::text::syllable::{Syllable, ToneStyle};
use crate::text::tone::moved_mark;
use crate::text::word_runs::{has_plain_case, letter_runs};

/// The letter that a look-alike stands for.
fn crossed(c: char) -> Option<&'static str> {
    match c {
        '\u{D0}' | '\u{189}' => Some("Đ"),
        '\u{F0}' | '\u{256}' => Some("đ"),
        _ => None,
    }
}

/// Puts Đ in the place of its look-alikes.
///
/// They are letters of their own in Icelandic, Faroese and some African languages. They are taken
/// for Đ in a Vietnamese syllable; and, if the text has letters that only Vietnamese has, at the
/// front of a word or in a word of capitals (ÐHQG, Ðắk) whose other letters are Vietnamese.
pub(super) fn crossed_d(text: &str, is_vietnamese: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.chars().any(|c| crossed(c).is_some()) {
        return edits;
    }
    let mut vietnamese = is_vietnamese.then_some(true);
    for run in prose_runs(text) {
        let word = &text[run.clone()];
        if !word.chars().any(|c| crossed(c).is_some()) {
            continue;
        }
        let fixed: String = word
            .chars()
            .map(|c| match crossed(c) {
                Some("Đ") => 'Đ',
                Some(_) => 'đ',
                None => c,
            })
            .collect();
        let is_syllable = Syllable::parse(&fixed).is_some() && has_plain_case(&fixed);
        let is_name = is_vietnamese_capital_word(word)
            && *vietnamese.get_or_insert_with(|| text.chars().any(is_only_vietnamese));
        if is_syllable || is_name {
            edits.extend(word.char_indices().filter_map(|(at, c)| {
                let start = run.start + at;
                Some(Edit::new(start..start + c.len_utf8(), crossed(c)?))
            }));
        }
    }
    edits
}

/// A word whose letters are all Vietnamese and whose look-alikes are a capital at the front, or
/// capitals among capitals.
fn is_vietnamese_capital_word(word: &str) -> bool {
    let is_part = |c: char| Letter::of(c).is_some() || Mark::of(c).is_some();
    let is_capital = |c: char| Letter::of(c).is_none_or(Letter::is_upper);
    word.chars().all(is_part)
        && (word.chars().all(is_capital) || word.chars().skip(1).all(|c| crossed(c).is_none()))
}

/// Letters and marks of Vietnamese that the languages with eth do not have.
pub(super) fn is_only_vietnamese(c: char) -> bool {
    matches!(
        c,
        '\u{1EA0}'
            ..='\u{1EF9}' | 'Ă' | 'ă' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{309}' | '\u{31B}' | '\u{323}'
    )
}

/// Makes small letters with a tone capital in words that otherwise are capitals.
///
/// Such words come from TCVN3, where capitals with a tone exist in a capital font only. In a line
/// whose letters without a tone are capitals, words with a single one count, too: `Và` and `ở` in
/// `VIệT NAM Và THế GIớI ở HÀ NỘI`.
pub(super) fn capitals(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() {
            let fewest = if is_in_capitals(line) { 0 } else { 2 };
            edits.extend(letter_runs(line).filter_map(|run| {
                let word = &line[run.clone()];
                let fixed = all_capital(word, fewest)?;
                Syllable::parse(word)?;
                Some(Edit::new(start + run.start..start + run.end, fixed))
            }));
        }
        start += line.len();
    }
    edits
}

/// Whether nearly all letters of a line that have no tone are capitals, and most letters are such.
fn is_in_capitals(line: &str) -> bool {
    let (mut capitals, mut small, mut small_with_tone) = (0, 0, 0);
    for letter in line.chars().filter_map(Letter::of) {
        match (letter.is_upper(), letter.tone()) {
            (true, _) => capitals += 1,
            (false, Tone::None) => small += 1,
            (false, _) => small_with_tone += 1,
        }
    }
    capitals >= 8 && capitals >= 12 * small && capitals >= 2 * small_with_tone
}

/// The word in capitals, if it has small letters, all with a tone, and `fewest` capitals.
fn all_capital(word: &str, fewest: usize) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let (mut capitals, mut small) = (0, 0);
    for c in word.chars() {
        let Some(letter) = Letter::of(c) else { continue };
        match (letter.is_upper(), letter.tone()) {
            (true, _) => capitals += 1,
            (false, Tone::None) => return None,
            (false, _) => small += 1,
        }
    }
    // One capital and a small vowel is an ordinary word at the start of a sentence: `Và`.
    (capitals >= fewest && small > 0).then(|| {
        word.chars()
            .map(|c| match Letter::of(c) {
                Some(letter) if !letter.is_upper() => compose(letter.base(), letter.tone(), true),
                _ => c,
            })
            .collect()
    })
}

/// Moves tone marks to where a style has them; addresses and foreign names stay.
pub(super) fn tone(text: &str, style: ToneStyle) -> Vec<Edit> {
    prose_runs(text)
        .filter_map(|run| {
            let word = &text[run.clone()];
            let moved = moved_mark(word, style)?;
            (!is_foreign_name(word)).then(|| Edit::new(run, moved))
        })
        .collect()
}

/// Writes the vowel of open syllables with i or with y: `kĩ thuật` or `kỹ thuật`.
///
/// Only where both are in use, and in small letters: `Lý`, `Mỹ` are names.
pub(super) fn final_vowel(text: &str, written: FinalVowel) -> Vec<Edit> {
    prose_runs(text)
        .filter_map(|run| {
            let word = &text[run.clone()];
            let other = with_final_vowel(word, written)?;
            Some(Edit::new(run, other))
        })
        .collect()
}

/// Syllables that are written with i and with y alike, with i.
const BOTH_VOWELS: [&str; 16] = [
    "lí", "kí", "kì", "kỉ", "kị", "kĩ", "mĩ", "tỉ", "quí", "quì", "quỉ", "quĩ", "quị", "hỉ", "sĩ",
    "lị",
];

fn with_final_vowel(word: &str, written: FinalVowel) -> Option<String> {
    let last = word.chars().next_back()?;
    let letter = Letter::of(last)?;
    let (from, to) = match written {
        FinalVowel::I => ('y', 'i'),
        FinalVowel::Y => ('i', 'y'),
    };
    if letter.base() != from || letter.is_upper() || word.chars().any(char::is_uppercase) {
        return None;
    }
    let stem = &word[..word.len() - last.len_utf8()];
    let with = |base| format!("{stem}{}", compose(base, letter.tone(), false));
    // sĩ is the common form of its pair, quý of its own.
    let is_kept = match written {
        FinalVowel::Y => matches!(word, "sĩ" | "hỉ" | "lị"),
        FinalVowel::I => stem == "qu",
    };
    (!is_kept && BOTH_VOWELS.contains(&with('i').as_str())).then(|| with(to))
}

/// The runs of letters of a text that stand in no address, path, handle or hashtag.
pub(in crate::text::repair) fn prose_runs(
    text: &str,
) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let (mut end, mut is_address) = (0, false);
    letter_runs(text).filter(move |run| {
        if run.start >= end {
            let start = text[end..run.start]
                .char_indices()
                .rev()
                .find(|(_, c)| c.is_whitespace())
                .map_or(end, |(at, c)| end + at + c.len_utf8());
            end =
                text[run.start..].find(char::is_whitespace).map_or(text.len(), |at| run.start + at);
            is_address = is_in_address(&text[start..end]);
        }
        !is_address
    })
}

/// Whether text between white space is an address, the path of a file, a handle or a hashtag.
fn is_in_address(token: &str) -> bool {
    let token = token.trim_matches(|c: char| "\"'“”‘’()[]<>,;:!?….".contains(c));
    let is_path = |token: &str| {
        token.contains('\\')
            || ["/", "./", "../", "~/"].iter().any(|root| token.starts_with(root))
            || (token.contains('/') && token.contains(['_', '.', '=', '?', '%']))
    };
    let has_extension = |token: &str| {
        token.rsplit_once('.').is_some_and(|(name, last)| {
            !name.is_empty()
                && (2..=5).contains(&last.len())
                && last.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
    };
    token.contains("://")
        || token.starts_with("www.")
        || token.contains('@')
        || token.starts_with('#')
        || is_path(token)
        || has_extension(token)
}

/// Whether a word that could be a syllable is none of Vietnamese: `Noé`, `Samoà`.
///
/// The open rhymes oa, oe, uy do not go with every consonant.
pub(in crate::text::repair) fn is_foreign_name(word: &str) -> bool {
    const OA: [&str; 14] =
        ["", "ch", "d", "đ", "g", "h", "kh", "l", "ng", "nh", "t", "th", "tr", "x"];
    const OE: [&str; 12] = ["", "ch", "đ", "h", "kh", "l", "ng", "nh", "r", "t", "th", "x"];
    const UY: [&str; 13] = ["", "ch", "d", "đ", "h", "kh", "l", "ng", "nh", "s", "t", "th", "tr"];
    let Some(syllable) = Syllable::parse(word) else { return true };
    if !syllable.differs_by_style() {
        return false;
    }
    let onsets: &[&str] = match syllable.nucleus() {
        "a" => &OA,
        "e" => &OE,
        _ => &UY,
    };
    // A new name often has its mark on the last letter, as French and Spanish do.
    !onsets.contains(&syllable.onset()) && word.chars().next().is_some_and(char::is_uppercase)
}

/// Puts Latin letters in the place of Cyrillic and Greek ones that look like them, in words that
/// have Latin letters, too: `Сông` with a Cyrillic С.
pub(super) fn look_alikes(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.chars().any(|c| latin(c).is_some()) {
        return edits;
    }
    for run in letter_runs(text) {
        let word = &text[run.clone()];
        let is_foreign = |c: char| matches!(c, '\u{370}'..='\u{52F}');
        let is_mixed = word.chars().any(is_foreign)
            && word.chars().any(|c| Letter::of(c).is_some())
            && word.chars().all(|c| !is_foreign(c) || latin(c).is_some());
        if is_mixed {
            edits.extend(word.char_indices().filter_map(|(at, c)| {
                let start = run.start + at;
                Some(Edit::new(start..start + c.len_utf8(), latin(c)?.to_string()))
            }));
        }
    }
    edits
}

/// The Latin letter that a letter of another script looks like.
fn latin(c: char) -> Option<char> {
    const OTHERS: &str = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԚԜοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    const LATIN: &str = "aeopcyxijshdqwABEKMHOPCTYXIJSQWoABEZHIKMNOPTYX";
    if !matches!(c, '\u{370}'..='\u{52F}') {
        return None;
    }
    let place = OTHERS.chars().position(|other| other == c)?;
    LATIN.chars().nth(place)
}
