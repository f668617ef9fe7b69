//! Vietnamese letters that ASCII signs stand for: VIQR, keys of Telex and VNI, and question marks of
//! lost letters.

use std::ops::Range;

use super::{Fix, Known, Problem, Tallies};
use crate::text::letter::{BASE_LETTERS, Letter, Tone, compose};
use crate::text::syllable::Syllable;

/// Examines a part for letters that became signs of ASCII.
pub(super) fn examine(tallies: &mut Tallies<'_>, known: &Known) {
    let text = tallies.text;
    for (fix, problem) in
        [(Fix::Viqr, Problem::Viqr), (Fix::Telex, Problem::Telex), (Fix::Vni, Problem::Vni)]
    {
        for edit in fix.edits(text, known) {
            tallies.add(problem, edit.range);
        }
    }
    for range in lost_letters(text) {
        tallies.add(Problem::QuestionMarks, range);
    }
}

/// Longest word with a question mark that is examined, in bytes.
const LONGEST: usize = 24;

/// Words in which a question mark stands for a letter: `Vi?t`.
///
/// Some letter must make a syllable of the word, and what stands beside the mark must not be two
/// words itself (`không?anh`).
fn lost_letters(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut end = 0;
    text.match_indices('?').filter_map(move |(at, _)| {
        if at < end {
            return None;
        }
        let is_part = |c: char| c.is_alphabetic() || c == '?';
        let start = text[..at].char_indices().rev().take(LONGEST);
        let start = start.take_while(|&(_, c)| is_part(c)).last().map_or(at, |(start, _)| start);
        let width =
            text[at..].chars().take(LONGEST).take_while(|&c| is_part(c)).map(char::len_utf8);
        end = at + width.sum::<usize>();
        let is_joined =
            |c: Option<char>| c.is_some_and(|c| "/=&@.%_".contains(c) || c.is_numeric());
        let is_address = is_joined(text[..start].chars().next_back());
        (!is_address && stands_for_letter(&text[start..end])).then_some(start..end)
    })
}

fn stands_for_letter(word: &str) -> bool {
    let Some(at) = word.find('?').filter(|&at| at > 0) else { return false };
    let (head, tail) = (&word[..at], &word[at + 1..]);
    let is_small = tail.chars().next().is_some_and(char::is_lowercase);
    let is_capital = head.chars().all(char::is_uppercase) && tail.chars().all(char::is_uppercase);
    if word.len() > LONGEST || tail.is_empty() || tail.contains('?') || !(is_small || is_capital) {
        return false;
    }
    if Syllable::parse(head).is_some() && Syllable::parse(tail).is_some() {
        return false;
    }
    let mut tones = (0..6).filter_map(Tone::from_index);
    tones.any(|tone| {
        let mut vowels =
            BASE_LETTERS.iter().filter(|&&base| Letter::of(base).is_some_and(Letter::is_vowel));
        vowels.any(|&vowel| {
            let letter = compose(vowel, tone, false);
            !letter.is_ascii() && Syllable::parse(&format!("{head}{letter}{tail}")).is_some()
        })
    })
}
