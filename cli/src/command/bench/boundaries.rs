//! Texts compared by their characters, white space and underscores apart: what a program may add
//! or take away when it cuts.

use std::ops::Range;

/// Returns true if the character counts.
fn counts(c: char) -> bool {
    !c.is_whitespace() && c != '_' && c != '\u{FEFF}'
}

/// Number of characters of a text that count.
pub(super) fn length(text: &str) -> usize {
    text.chars().filter(|c| counts(*c)).count()
}

/// Returns true if two texts differ in nothing but white space and underscores.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    a.chars().filter(|c| counts(*c)).eq(b.chars().filter(|c| counts(*c)))
}

/// Where each span of a text ends, in characters that count; the spans are in order.
pub(super) fn ends(text: &str, spans: impl Iterator<Item = Range<usize>>) -> Vec<usize> {
    let (mut at, mut seen) = (0, 0);
    let mut ends = Vec::new();
    for span in spans {
        seen += length(text.get(at..span.end).unwrap_or_default());
        at = span.end.max(at);
        if ends.last() != Some(&seen) && seen > 0 {
            ends.push(seen);
        }
    }
    ends
}

/// Where each piece of a text ends, the pieces following one another.
pub(super) fn ends_of_pieces<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut seen = 0;
    let mut ends = Vec::new();
    for piece in pieces {
        let length = length(piece);
        seen += length;
        if length > 0 {
            ends.push(seen);
        }
    }
    ends
}

/// Says of each span of `gold` whether `found` has it, both given by their ends in one text.
pub(super) fn matches(gold: &[usize], found: &[usize]) -> Vec<bool> {
    let mut j = 0;
    let mut start = 0;
    gold.iter()
        .map(|&end| {
            while found.get(j).is_some_and(|f| *f < end) {
                j += 1;
            }
            let before = if j == 0 { 0 } else { found[j - 1] };
            let same = found.get(j) == Some(&end) && before == start;
            start = end;
            same
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_underscores_do_not_count() {
        assert!(same_text("học_sinh đi .", "học sinh đi."));
        assert!(!same_text("học", "hoc"));
        let text = "Học sinh đi.";
        assert_eq!(ends(text, [0..10, 11..14, 14..15].into_iter()), [7, 9, 10]);
        assert_eq!(ends_of_pieces("Học_sinh đi .".split(' ')), [7, 9, 10]);
    }

    #[test]
    fn spans_match_if_both_ends_do() {
        assert_eq!(matches(&[2, 3, 5], &[1, 2, 3, 5]), [false, true, true]);
        assert_eq!(matches(&[2, 5], &[5]), [false, false]);
        assert_eq!(matches(&[2, 5], &[]), [false, false]);
    }
}
