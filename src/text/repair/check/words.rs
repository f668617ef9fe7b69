//! Problems of words: placement of tones, validity, traces of character recognition.

use std::ops::Range;

use super::{Problem, Statistics, Tallies};
use crate::text::letter::{Letter, Mark, Tone};
use crate::text::repair::normalize::words::is_foreign_name;
use crate::text::syllable::Syllable;
use crate::text::tone::{Placement, placement};
use crate::text::word_runs::{has_plain_case, letter_runs};

/// Examines every run of letters.
pub(super) fn examine(tallies: &mut Tallies<'_>, statistics: &mut Statistics) {
    let text = tallies.text;
    let mut previous: Option<Range<usize>> = None;
    for run in letter_runs(text) {
        let word = &text[run.clone()];
        statistics.words += 1;
        match placement(word) {
            None => {
                if is_glued(word) {
                    tallies.add(Problem::Glued, run.clone());
                } else if is_meant_as_vietnamese(text, &run) {
                    tallies.add(Problem::InvalidSyllable, run.clone());
                }
            }
            Some(found) => {
                statistics.syllables += 1;
                statistics.marked_syllables += usize::from(!word.is_ascii());
                match found {
                    _ if is_foreign_name(word) => {}
                    Placement::Old => {
                        statistics.old_style += 1;
                        tallies.add_to(|counts| &mut counts.old_style, run.clone(), 1);
                    }
                    Placement::New => {
                        statistics.new_style += 1;
                        tallies.add_to(|counts| &mut counts.new_style, run.clone(), 1);
                    }
                    Placement::Misplaced => tallies.add(Problem::MisplacedTone, run.clone()),
                    Placement::Shared => {}
                }
            }
        }
        if let Some(torn) = previous.as_ref().and_then(|p| torn_syllable(text, p, &run)) {
            tallies.add(Problem::OcrLike, torn);
        }
        previous = Some(run);
    }
    for run in digits_for_letters(text) {
        tallies.add_to(|counts| &mut counts.digits, run, 1);
    }
}

/// Tells whether an invalid word has Vietnamese letters only, and one that few languages have.
///
/// Capitals without a tone are abbreviations (HĐND).
fn is_meant_as_vietnamese(text: &str, run: &Range<usize>) -> bool {
    let word = &text[run.clone()];
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "/@_.".contains(c));
    let in_address = joined(text[..run.start].chars().next_back());
    let is_abbreviation = || {
        word.chars().all(|c| Letter::of(c).is_some_and(|l| l.is_upper() && l.tone() == Tone::None))
    };
    !in_address
        && !is_abbreviation()
        && word.chars().all(|c| Letter::of(c).is_some() || Mark::of(c).is_some())
        && word.chars().any(|c| {
            matches!(
                c,
                '\u{1EA0}'
                    ..='\u{1EF9}'
                        | 'Ă'
                        | 'ă'
                        | 'Đ'
                        | 'đ'
                        | 'Ơ'
                        | 'ơ'
                        | 'Ư'
                        | 'ư'
                        | '\u{309}'
                        | '\u{31B}'
                        | '\u{323}'
            )
        })
}

/// Tells whether a word is two or three syllables run together, each with a tone of its own or
/// with one tone too many for a single syllable.
fn is_glued(word: &str) -> bool {
    let tones = word
        .chars()
        .filter(|&c| {
            Letter::of(c).is_some_and(|letter| letter.tone() != Tone::None)
                || matches!(Mark::of(c), Some(Mark::Tone(_)))
        })
        .count();
    // The longest syllable has seven letters, with two marks each in decomposed text.
    if !(2..=3).contains(&tones) || word.chars().count() > 3 * 7 * 3 || !has_plain_case(word) {
        return false;
    }
    splits(word, 3)
}

fn splits(word: &str, most: usize) -> bool {
    if Syllable::parse(word).is_some() {
        return true;
    }
    most > 1
        && word.char_indices().skip(1).any(|(at, c)| {
            Letter::of(c).is_some()
                && Syllable::parse(&word[..at]).is_some()
                && splits(&word[at..], most - 1)
        })
}

/// A consonant that was torn off the syllable after it: `Vi ệt`, `h ọc`.
///
/// Single consonants are units after a number (`5 m`) and initials when capital; one that is no
/// syllable itself, stands before a small vowel and makes a syllable with it is torn off. `Vi` is
/// a syllable of its own, so for it the rest must be one that cannot begin a word: `ệt`.
fn torn_syllable(text: &str, left: &Range<usize>, right: &Range<usize>) -> Option<Range<usize>> {
    if &text[left.end..right.start] != " " {
        return None;
    }
    let (head, tail) = (&text[left.clone()], &text[right.clone()]);
    if head.chars().count() > 3 || tail.is_ascii() || !has_plain_case(tail) {
        return None;
    }
    let small = |word: &str| word.chars().all(|c| !c.is_uppercase());
    let begins_with_vowel = tail.chars().next().and_then(Letter::of).is_some_and(Letter::is_vowel);
    let after_digit = text[..left.start]
        .trim_end_matches(' ')
        .ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',' || c == '/');
    let is_consonant = head.chars().all(|c| Letter::of(c).is_some_and(|letter| !letter.is_vowel()));
    let whole = || Syllable::parse(&format!("{head}{tail}")).is_some();
    (begins_with_vowel && is_consonant && !after_digit && small(head) && small(tail) && whole())
        .then_some(left.start..right.end)
}

/// Words in which a digit or bar stands for a letter: `c0ng`, `1ại`, `1ớp`.
fn digits_for_letters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_part = |c: char| c.is_alphanumeric() || c == '|' || Mark::of(c).is_some();
    let mut at = 0;
    let runs = std::iter::from_fn(move || {
        let start = at + text[at..].find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |width| start + width);
        at = end;
        Some(start..end)
    });
    runs.filter(|run| has_digit_for_letter(&text[run.clone()]))
}

fn has_digit_for_letter(word: &str) -> bool {
    let is_stand_in = |c: char| matches!(c, '0' | '1' | '|');
    // The longest syllable has seven letters, with two marks each in decomposed text.
    if word.len() > 40 || !word.contains(is_stand_in) || word.ends_with(is_stand_in) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(|&c| is_stand_in(c)).count();
    // At the front a digit is a letter only if the word has marks: 1kg, 1h are measures.
    let leads = word.starts_with(is_stand_in);
    if letters < 2
        || digits > 1
        || (leads && word.is_ascii())
        || word.chars().any(char::is_uppercase)
    {
        return false;
    }
    ['o', 'l', 'i'].into_iter().any(|letter| {
        let fits = |c: char| matches!((c, letter), ('0', 'o') | ('1' | '|', 'l' | 'i'));
        let fixed: String = word.chars().map(|c| if fits(c) { letter } else { c }).collect();
        fixed != word && Syllable::parse(&fixed).is_some()
    })
}
