//! Problems of lines: how they end, and lines without marks.

use super::{Problem, Tallies};
use crate::text::syllable::Syllable;
use crate::text::word_runs::letter_runs;

/// Examines line ends and lines.
pub(super) fn examine(tallies: &mut Tallies<'_>) {
    line_ends(tallies);
    let text = tallies.text;
    let mut at = 0;
    for line in text.split('\n') {
        without_marks(tallies, line, at);
        at += line.len() + 1;
    }
}

/// Counts the line ends that are not of the commonest kind.
fn line_ends(tallies: &mut Tallies<'_>) {
    let text = tallies.text;
    let ends = || {
        text.char_indices().filter_map(|(at, c)| {
            let kind = match c {
                '\n' if at > 0 && text.as_bytes()[at - 1] == b'\r' => 1,
                '\n' => 0,
                '\r' if text.as_bytes().get(at + 1) != Some(&b'\n') => 2,
                '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => 3,
                _ => return None,
            };
            Some((kind, at..at + c.len_utf8()))
        })
    };
    let mut counts = [0_usize; 4];
    for (kind, _) in ends() {
        counts[kind] += 1;
    }
    let most = counts[..3].iter().max().copied().unwrap_or(0);
    let common = counts[..3].iter().position(|&count| count == most && count > 0);
    for (kind, range) in ends() {
        if Some(kind) != common {
            tallies.add(Problem::LineEnds, range);
        }
    }
}

/// Fewest words of a line that is judged.
const FEWEST: usize = 6;

/// Counts the syllables of a line if they are Vietnamese, and none or almost none has a mark.
///
/// In news about three of four syllables have one, so that six in a row without are rare.
fn without_marks(tallies: &mut Tallies<'_>, line: &str, start: usize) {
    // A letter outside ASCII every twenty bytes is plenty; most lines leave here.
    let marks = line.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    if marks * 60 > line.len() {
        return;
    }
    let (mut words, mut syllables, mut marked) = (0, 0, 0);
    let mut first = None;
    for run in letter_runs(line) {
        let word = &line[run.clone()];
        words += 1;
        if is_syllable_without_marks(word) || Syllable::parse(word).is_some() {
            syllables += 1;
            marked += usize::from(!word.is_ascii());
            first.get_or_insert(run);
        }
    }
    let Some(first) = first else { return };
    if words >= FEWEST && syllables * 10 >= words * 8 && marked * 20 <= syllables {
        let range = start + first.start..start + first.end;
        tallies.add_many(Problem::WithoutMarks, range, syllables - marked);
    }
}

/// Tells whether a word of ASCII letters is a syllable once it has its tone back: `dep`, `hoc`
/// end in a stop, which does not go without one.
fn is_syllable_without_marks(word: &str) -> bool {
    word.is_ascii() && word.len() <= 7 && Syllable::parse(&format!("{word}\u{301}")).is_some()
}
