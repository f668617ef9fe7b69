//! Fixes that look at words.

use crate::text::letter::{Letter, Mark, Tone, compose};
use crate::text::repair::alignment::Edit;
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
pub(super) fn crossed_d(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.chars().any(|c| crossed(c).is_some()) {
        return edits;
    }
    let mut vietnamese = None;
    for run in letter_runs(text) {
        let word = &text[run.clone()];
        if !word.chars().any(|c| crossed(c).is_some()) {
            continue;
        }
        let mended: String = word
            .chars()
            .map(|c| match crossed(c) {
                Some("Đ") => 'Đ',
                Some(_) => 'đ',
                None => c,
            })
            .collect();
        let is_syllable = Syllable::parse(&mended).is_some() && has_plain_case(&mended);
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
fn is_only_vietnamese(c: char) -> bool {
    matches!(
        c,
        '\u{1EA0}'
            ..='\u{1EF9}' | 'Ă' | 'ă' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{309}' | '\u{31B}' | '\u{323}'
    )
}

/// Makes small letters with a tone capital in words that otherwise are capitals.
///
/// Such words come from TCVN3, where capitals with a tone exist in a capital font only.
pub(super) fn capitals(text: &str) -> Vec<Edit> {
    letter_runs(text)
        .filter_map(|run| {
            let word = &text[run.clone()];
            let mended = all_capital(word)?;
            Syllable::parse(word)?;
            Some(Edit::new(run, mended))
        })
        .collect()
}

fn all_capital(word: &str) -> Option<String> {
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
    (capitals >= 2 && small > 0).then(|| {
        word.chars()
            .map(|c| match Letter::of(c) {
                Some(letter) if !letter.is_upper() => compose(letter.base(), letter.tone(), true),
                _ => c,
            })
            .collect()
    })
}

/// Moves tone marks to where a style has them.
pub(super) fn tone(text: &str, style: ToneStyle) -> Vec<Edit> {
    letter_runs(text)
        .filter_map(|run| {
            let moved = moved_mark(&text[run.clone()], style)?;
            Some(Edit::new(run, moved))
        })
        .collect()
}
