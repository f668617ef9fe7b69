//! Where segments end: boundary similarity, and word segmentation by spans.
//!
//! A segmentation of a text is the increasing list of its inner boundaries: positions between
//! units (characters, syllables, words; the caller's choice) where a segment ends.
//!
//! # References
//!
//! C. Fournier (2013), *Evaluating text segmentation using boundary edit distance*, ACL: boundary
//! similarity B, equation 1, with transpositions of at most `n_t` − 1 units. R. Sproat, T. Emerson
//! (2003), *The first international Chinese word segmentation bakeoff*, SIGHAN: words are right
//! if both ends are.

use super::extraction::ExtractionCounts;

/// What separates two segmentations, counted by boundary edit distance; adds up over a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::eval::boundary::{BoundaryCounts, DEFAULT_WINDOW};
///
/// // One boundary agrees, one is off by one unit, one is missing.
/// let counts = BoundaryCounts::of(&[5, 10, 20], &[5, 11], DEFAULT_WINDOW);
/// assert_eq!(counts.matches(), 1);
/// assert_eq!(counts.near_misses(), 1);
/// assert_eq!(counts.full_misses(), 1);
/// // (1 full agreement + 0.5 for the near miss) of 3 boundaries.
/// assert_eq!(counts.similarity(), 0.5);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BoundaryCounts {
    matches: u64,
    near_misses: u64,
    full_misses: u64,
    /// Sum of the weights of the near misses: distance over window.
    near_weight: f64,
}

/// Fournier's `n_t` = 2: a boundary that is one unit off is a near miss of weight one half.
pub const DEFAULT_WINDOW: usize = 2;

impl BoundaryCounts {
    /// Compares the inner boundaries of two segmentations, each in increasing order.
    ///
    /// Boundaries that are less than `window` units apart, one on each side, and that are not
    /// matched are a near miss; near ones are paired before far ones, then from left to right.
    /// Takes linear time in the boundaries, times the window.
    #[must_use]
    pub fn of(a: &[usize], b: &[usize], window: usize) -> Self {
        let mut counts = Self::default();
        // Boundaries of one side only, with the side.
        let mut lone: Vec<(usize, bool)> = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            match (a.get(i), b.get(j)) {
                (Some(x), Some(y)) if x == y => {
                    counts.matches += 1;
                    i += 1;
                    j += 1;
                }
                (Some(x), y) if y.is_none_or(|y| x < y) => {
                    lone.push((*x, true));
                    i += 1;
                }
                (_, Some(y)) => {
                    lone.push((*y, false));
                    j += 1;
                }
                _ => break,
            }
        }
        let mut paired = vec![false; lone.len()];
        for distance in 1..window {
            let mut other = 0;
            for first in 0..lone.len() {
                let target = lone[first].0.saturating_add(distance);
                other = other.max(first + 1);
                while lone.get(other).is_some_and(|l| l.0 < target) {
                    other += 1;
                }
                let Some(found) = lone.get(other) else { break };
                let free = !paired[first] && !paired[other];
                if free && found.0 == target && found.1 != lone[first].1 {
                    paired[first] = true;
                    paired[other] = true;
                    counts.near_misses += 1;
                    counts.near_weight += distance as f64 / window as f64;
                }
            }
        }
        counts.full_misses = paired.iter().filter(|paired| !**paired).count() as u64;
        counts
    }

    /// Returns the sum of two counts.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            matches: self.matches + other.matches,
            near_misses: self.near_misses + other.near_misses,
            full_misses: self.full_misses + other.full_misses,
            near_weight: self.near_weight + other.near_weight,
        }
    }

    /// Returns how many boundaries agree.
    #[must_use]
    pub fn matches(self) -> u64 {
        self.matches
    }

    /// Returns how many boundaries are close to one of the other side.
    #[must_use]
    pub fn near_misses(self) -> u64 {
        self.near_misses
    }

    /// Returns how many boundaries one side has alone.
    #[must_use]
    pub fn full_misses(self) -> u64 {
        self.full_misses
    }

    /// Returns boundary similarity B, between 0 and 1: one minus the weighted edits over edits
    /// and matches; 1 if there is no boundary at all.
    #[must_use]
    pub fn similarity(self) -> f64 {
        let all = (self.matches + self.near_misses + self.full_misses) as f64;
        if all == 0.0 {
            return 1.0;
        }
        ((all - self.full_misses as f64 - self.near_weight) / all).max(0.0)
    }
}

/// Counts the words of `predicted` that are words of `gold`, with the same start and end.
///
/// Both are the inner boundaries of one text of `len` units, in increasing order. The score of
/// the counts is the F1 by which word segmenters are compared; a text without units has none.
///
/// # Examples
///
/// ```
/// use tomtat::eval::boundary::span_counts;
///
/// // điện đàm | với | thủ tướng against điện | đàm | với | thủ tướng
/// let counts = span_counts(&[2, 3], &[1, 2, 3], 5);
/// assert_eq!((counts.correct(), counts.predicted(), counts.gold()), (2, 3, 4));
/// ```
#[must_use]
pub fn span_counts(predicted: &[usize], gold: &[usize], len: usize) -> ExtractionCounts {
    if len == 0 {
        return ExtractionCounts::default();
    }
    let ends = |inner: &[usize]| inner.iter().copied().filter(move |b| *b < len).count() + 1;
    let end_at =
        |inner: &[usize], i: usize| inner.get(i).copied().filter(|b| *b < len).unwrap_or(len);
    let (mut i, mut j, mut correct) = (0, 0, 0);
    let (mut start_p, mut start_g) = (0, 0);
    while start_p < len && start_g < len {
        let (end_p, end_g) = (end_at(predicted, i), end_at(gold, j));
        correct += u64::from(start_p == start_g && end_p == end_g);
        if end_p <= end_g {
            start_p = end_p;
            i += 1;
        }
        if end_g <= end_p {
            start_g = end_g;
            j += 1;
        }
    }
    ExtractionCounts::new(correct, ends(predicted) as u64, ends(gold) as u64)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn agrees_with_the_reference_implementation() {
        // segeval 2.0.11: boundary_similarity(positions) with n_t = 2, and 3 in the last case.
        for (a, b, window, expected) in [
            (vec![], vec![], 2, 1.0),
            (vec![3], vec![], 2, 0.0),
            (vec![2], vec![3], 2, 0.5),
            (vec![2, 3], vec![3, 4], 2, 1.0 / 3.0),
            (vec![1, 4, 8], vec![2, 4, 9], 2, 2.0 / 3.0),
            (vec![2], vec![4], 3, 1.0 / 3.0),
        ] {
            let got = BoundaryCounts::of(&a, &b, window).similarity();
            assert!((got - expected).abs() < 1e-12, "{a:?} {b:?}: {got}");
        }
    }

    #[test]
    fn span_counts_of_bad_input_do_not_panic() {
        assert_eq!(span_counts(&[], &[], 0), ExtractionCounts::default());
        assert_eq!(span_counts(&[9], &[], 4), ExtractionCounts::new(1, 1, 1));
        let _ = span_counts(&[3, 1, 1, 0], &[2, 2], 4);
    }

    fn spans(inner: &BTreeSet<usize>, len: usize) -> BTreeSet<(usize, usize)> {
        let mut start = 0;
        let ends = inner.iter().copied().chain([len]);
        ends.map(|end| (std::mem::replace(&mut start, end), end)).collect()
    }

    proptest! {
        #[test]
        fn span_counts_are_set_intersections(
            a in prop::collection::btree_set(1_usize..20, 0..12),
            b in prop::collection::btree_set(1_usize..20, 0..12),
        ) {
            let (x, y): (Vec<_>, Vec<_>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let counts = span_counts(&x, &y, 20);
            let (sa, sb) = (spans(&a, 20), spans(&b, 20));
            prop_assert_eq!(counts.correct(), sa.intersection(&sb).count() as u64);
            prop_assert_eq!((counts.predicted(), counts.gold()), (sa.len() as u64, sb.len() as u64));
        }

        #[test]
        fn similarity_is_symmetric_and_bounded(
            a in prop::collection::btree_set(1_usize..30, 0..12),
            b in prop::collection::btree_set(1_usize..30, 0..12),
            window in 1_usize..4,
        ) {
            let (x, y): (Vec<_>, Vec<_>) = (a.iter().copied().collect(), b.iter().copied().collect());
            let similarity = BoundaryCounts::of(&x, &y, window).similarity();
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert_eq!(similarity, BoundaryCounts::of(&y, &x, window).similarity());
            prop_assert_eq!(BoundaryCounts::of(&x, &x, window).similarity(), 1.0);
        }
    }
}
