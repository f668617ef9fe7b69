//! Problems of lines: how they end, and lines without marks.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Problem, Tallies};
use crate::text::strip::search_key;
use crate::text::syllable::{self, Syllable, ToneStyle};
use crate::text::word_runs::{has_plain_case, letter_runs};

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

/// Counts the line ends by kind.
fn line_ends(tallies: &mut Tallies<'_>) {
    let text = tallies.text;
    for (at, c) in text.char_indices() {
        let kind = match c {
            '\n' if at > 0 && text.as_bytes()[at - 1] == b'\r' => 1,
            '\n' => 0,
            '\r' if text.as_bytes().get(at + 1) != Some(&b'\n') => 2,
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => 3,
            _ => continue,
        };
        tallies.add_to(|counts| &mut counts.line_ends[kind], at..at + c.len_utf8(), 1);
    }
}

/// Fewest words of a line that is judged.
const FEWEST: usize = 5;

/// Counts the syllables of a line if they are Vietnamese, and none or almost none has a mark.
///
/// In news about three of four syllables have one, so that five in a row without are rare.
fn without_marks(tallies: &mut Tallies<'_>, line: &str, start: usize) {
    if let Some((first, count)) = unmarked(line) {
        tallies.add_many(Problem::WithoutMarks, start + first.start..start + first.end, count);
    }
}

/// Returns how many syllables of a line lack their marks, if it is Vietnamese without them.
pub(in crate::text::repair) fn count_unmarked(line: &str) -> usize {
    unmarked(line).map_or(0, |(_, count)| count)
}

/// Returns the first syllable of a line that is Vietnamese without marks, and how many there are.
fn unmarked(line: &str) -> Option<(Range<usize>, usize)> {
    // A letter outside ASCII every twenty bytes is plenty; most lines leave here.
    let marks = line.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    if marks * 60 > line.len() {
        return None;
    }
    let (mut words, mut syllables, mut marked) = (0, 0, 0);
    let mut first = None;
    for run in letter_runs(line) {
        let word = &line[run.clone()];
        // Single letters stand in code and formulas.
        if word.len() == 1 {
            continue;
        }
        words += 1;
        if word.is_ascii() {
            syllables += usize::from(is_stripped_syllable(word));
        } else if Syllable::parse(word).is_some() {
            syllables += 1;
            marked += 1;
        } else {
            continue;
        }
        first.get_or_insert(run);
    }
    let is_unmarked =
        words >= FEWEST && syllables * 100 >= words * LEAST_SHARE && marked * 20 <= syllables;
    first.filter(|_| is_unmarked).map(|first| (first, syllables - marked))
}

/// Percentage of words that are syllables without marks, from which a line is Vietnamese.
const LEAST_SHARE: usize = 82;

/// The spellings of all syllables without their marks, sorted.
static STRIPPED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut stripped: Vec<String> =
        syllable::all().map(|syllable| search_key(&syllable.spell(ToneStyle::Old))).collect();
    stripped.sort_unstable();
    stripped.dedup();
    stripped
});

/// Tells whether a word of ASCII letters is a syllable that lost its marks: `nuoc`, `duong`.
fn is_stripped_syllable(word: &str) -> bool {
    if word.len() > 7 || !has_plain_case(word) {
        return false;
    }
    let lower = word.to_ascii_lowercase();
    STRIPPED.binary_search(&lower).is_ok()
}
