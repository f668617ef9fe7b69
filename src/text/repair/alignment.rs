//! Where the parts of a changed text lay in the text before.

use std::borrow::Cow;
use std::ops::Range;

#[cfg(feature = "serde")]
use serde::Serialize;

/// One place where two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Difference {
    before: Range<usize>,
    after: Range<usize>,
}

impl Difference {
    /// Byte range in the text before.
    #[must_use]
    pub fn before(&self) -> Range<usize> {
        self.before.clone()
    }

    /// Byte range in the text after; empty where something was taken out.
    #[must_use]
    pub fn after(&self) -> Range<usize> {
        self.after.clone()
    }
}

/// A map between the byte offsets of a text before and after it was changed.
///
/// It holds the differing ranges only; in between the texts agree byte for byte. Lookups take
/// logarithmic time in the number of differences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Alignment {
    differences: Vec<Difference>,
}

impl Alignment {
    /// The differing ranges, in order.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Maps a range of the changed text to the range that it came from.
    ///
    /// A range that begins or ends within a difference grows to take in all of it; text that was
    /// taken out at either end is left out.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::text::repair::normalize::{Fix, Normalizer};
    ///
    /// let before = "ho\u{AD}a tre\u{302}n";
    /// let normalized = Normalizer::new().with(Fix::Invisible).with(Fix::Compose).normalize(before);
    /// assert_eq!(normalized.text(), "hoa trên");
    /// let range = normalized.alignment().before(4..9);
    /// assert_eq!(&before[range], "tre\u{302}n");
    /// ```
    #[must_use]
    pub fn before(&self, after: Range<usize>) -> Range<usize> {
        map(&self.differences, after, Difference::after, Difference::before)
    }

    /// Maps a range of the text before to the range that it became, by the same rules.
    #[must_use]
    pub fn after(&self, before: Range<usize>) -> Range<usize> {
        map(&self.differences, before, Difference::before, Difference::after)
    }

    /// Joins the map of a first change and the map of a second one into one for both.
    #[must_use]
    pub(crate) fn then(&self, second: &Self) -> Self {
        if self.differences.is_empty() {
            return second.clone();
        }
        let mut differences = Vec::with_capacity(self.differences.len() + second.differences.len());
        let (mut i, mut j) = (0, 0);
        // How far the first text lags behind the middle one, and the middle behind the last.
        let (mut first_shift, mut second_shift) = (0_isize, 0_isize);
        loop {
            let a = self.differences.get(i).map(Difference::after);
            let b = second.differences.get(j).map(Difference::before);
            let start = match (&a, &b) {
                (None, None) => break,
                (Some(a), None) => a.start,
                (None, Some(b)) => b.start,
                (Some(a), Some(b)) => a.start.min(b.start),
            };
            let (before_start, after_start) =
                (start as isize - first_shift, start as isize + second_shift);
            let mut end = start;
            // Differences that overlap in the middle text become one. The first of them is taken
            // whatever its length, an empty one before a longer one at the same place.
            let mut taken = false;
            loop {
                let joins = |range: &Range<usize>| {
                    range.start < end || (!taken && range.start == start && range.is_empty())
                };
                let a = self.differences.get(i).filter(|d| joins(&d.after));
                let b = second.differences.get(j).filter(|d| joins(&d.before));
                if let Some(d) = a {
                    end = end.max(d.after.end);
                    first_shift += d.after.len() as isize - d.before.len() as isize;
                    i += 1;
                } else if let Some(d) = b {
                    end = end.max(d.before.end);
                    second_shift += d.after.len() as isize - d.before.len() as isize;
                    j += 1;
                } else if taken {
                    break;
                } else {
                    // No empty one begins here: take a longer one.
                    let a = self.differences.get(i).filter(|d| d.after.start == start);
                    end = match a {
                        Some(d) => d.after.end,
                        None => second.differences[j].before.end,
                    };
                    taken = true;
                    continue;
                }
                taken = true;
            }
            differences.push(Difference {
                before: before_start as usize..(end as isize - first_shift) as usize,
                after: after_start as usize..(end as isize + second_shift) as usize,
            });
        }
        Self { differences }
    }
}

fn map(
    differences: &[Difference],
    range: Range<usize>,
    from: fn(&Difference) -> Range<usize>,
    to: fn(&Difference) -> Range<usize>,
) -> Range<usize> {
    let outside = |passed: usize, offset: usize| match passed.checked_sub(1) {
        None => offset,
        Some(last) => offset - from(&differences[last]).end + to(&differences[last]).end,
    };
    let passed = differences.partition_point(|d| from(d).end <= range.start);
    let start = match differences.get(passed) {
        Some(d) if from(d).start < range.start => to(d).start,
        _ => outside(passed, range.start),
    };
    // What was taken out exactly at the end is not part of the range.
    let passed = differences.partition_point(|d| {
        let d = from(d);
        d.end < range.end || (d.end == range.end && d.start < range.end)
    });
    let end = match differences.get(passed) {
        Some(d) if from(d).start < range.end => to(d).end,
        _ => outside(passed, range.end),
    };
    start..end.max(start)
}

/// A replacement of one range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) replacement: Cow<'static, str>,
}

impl Edit {
    pub(crate) fn new(range: Range<usize>, replacement: impl Into<Cow<'static, str>>) -> Self {
        Self { range, replacement: replacement.into() }
    }
}

/// Carries out edits, which are in order and do not overlap.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> (String, Alignment) {
    let mut out = String::with_capacity(text.len());
    let mut differences = Vec::with_capacity(edits.len());
    let mut copied = 0;
    for edit in edits {
        out.push_str(&text[copied..edit.range.start]);
        let start = out.len();
        out.push_str(&edit.replacement);
        differences.push(Difference { before: edit.range.clone(), after: start..out.len() });
        copied = edit.range.end;
    }
    out.push_str(&text[copied..]);
    (out, Alignment { differences })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Edits of a text of ASCII letters, from a list of (gap, width, replacement length).
    fn edits_of(text: &str, plan: &[(usize, usize, usize)]) -> Vec<Edit> {
        let mut at = 0;
        let mut edits = Vec::new();
        for &(gap, width, length) in plan {
            let (start, end) = (at + gap, at + gap + width);
            if end > text.len() {
                break;
            }
            edits.push(Edit::new(start..end, "z".repeat(length)));
            at = end;
        }
        edits
    }

    fn assert_consistent(before: &str, after: &str, alignment: &Alignment) {
        let (mut b, mut a) = (0, 0);
        for d in alignment.differences() {
            assert_eq!(before[b..d.before.start], after[a..d.after.start]);
            (b, a) = (d.before.end, d.after.end);
        }
        assert_eq!(before[b..], after[a..]);
    }

    #[test]
    fn ranges_leave_out_what_was_taken_out_beside_them() {
        let (after, alignment) = apply("ab--cd", &[Edit::new(2..3, ""), Edit::new(3..4, "")]);
        assert_eq!(after, "abcd");
        assert_eq!(alignment.before(0..2), 0..2);
        assert_eq!(alignment.before(2..4), 4..6);
        assert_eq!(alignment.before(1..3), 1..5);
        assert_eq!(alignment.after(0..3), 0..2);
        assert_eq!(alignment.after(2..4), 2..2);
    }

    proptest! {
        #[test]
        fn two_changes_join_into_one(
            first in proptest::collection::vec((0..4_usize, 0..3_usize, 0..4_usize), 0..8),
            second in proptest::collection::vec((0..4_usize, 0..3_usize, 0..4_usize), 0..8),
        ) {
            let before = "abcdefghijklmnopqrstuvwxy";
            let (middle, a) = apply(before, &edits_of(before, &first));
            let (after, b) = apply(&middle, &edits_of(&middle, &second));
            let both = a.then(&b);
            assert_consistent(before, &after, &both);
            for start in 0..=after.len() {
                for end in start..=after.len() {
                    let range = both.before(start..end);
                    prop_assert!(range.start <= range.end && range.end <= before.len());
                }
            }
            prop_assert_eq!(both.before(0..after.len()).end <= before.len(), true);
        }
    }
}
