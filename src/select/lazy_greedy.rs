//! Greedy choice under a budget with lazy evaluation.
//!
//! The gain of a sentence only shrinks while the summary grows, so an old gain is an upper bound:
//! a sentence is evaluated anew only when it comes to the top of the queue.
//!
//! # References
//!
//! M. Minoux (1978), *Accelerated greedy algorithms for maximizing submodular set functions*;
//! H. Lin, J. Bilmes (2010), *Multi-document summarization via budgeted maximization of submodular
//! functions*, NAACL, algorithm 1.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::budget::Spending;

/// A candidate with its gain after some number of picks.
#[derive(Clone, Copy, Debug)]
struct Entry {
    gain: f64,
    candidate: usize,
    /// Number of picks when the gain was computed.
    round: usize,
}

impl Ord for Entry {
    /// By gain; of equal gains the earlier candidate is the greater.
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

/// Candidates by gain, the largest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct LazyQueue {
    heap: BinaryHeap<Entry>,
}

impl LazyQueue {
    /// Adds a candidate with its gain after `round` picks.
    pub(crate) fn push(&mut self, candidate: usize, gain: f64, round: usize) {
        self.heap.push(Entry { gain, candidate, round });
    }

    /// Removes the first candidate.
    pub(crate) fn pop(&mut self) {
        self.heap.pop();
    }

    /// Returns the candidate with the largest gain after `round` picks, and leaves it in the queue.
    ///
    /// Candidates that are not admitted are removed. `None` if none is left, or as soon as the
    /// bound of all others is not `enough`.
    pub(crate) fn first(
        &mut self,
        round: usize,
        enough: impl Fn(f64) -> bool,
        admits: impl Fn(usize) -> bool,
        gain: impl Fn(usize) -> f64,
    ) -> Option<(usize, f64)> {
        while let Some(mut first) = self.heap.peek_mut() {
            if !admits(first.candidate) {
                PeekMut::pop(first);
                continue;
            }
            if !enough(first.gain) {
                return None;
            }
            if first.round == round {
                return Some((first.candidate, first.gain));
            }
            first.gain = gain(first.candidate);
            first.round = round;
        }
        None
    }
}

/// What a greedy choice maximizes: gains that only shrink while candidates are taken.
pub(crate) trait Gains {
    /// Returns what the candidate adds to the summary, which is finite.
    fn gain(&self, candidate: usize) -> f32;

    /// Returns what the candidate takes of the budget.
    fn cost(&self, candidate: usize) -> usize;

    /// Takes the candidate into the summary.
    fn take(&mut self, candidate: usize);
}

/// Takes the candidate with the largest gain until none fits or the gain is `least` or less.
/// Returns the candidates with their gains, in the order of picking.
pub(crate) fn lazy_greedy(
    gains: &mut impl Gains,
    candidates: impl Iterator<Item = usize>,
    spending: &mut Spending,
    least: f32,
) -> Vec<(usize, f32)> {
    let mut queue = LazyQueue::default();
    for candidate in candidates {
        queue.push(candidate, f64::from(gains.gain(candidate)), 0);
    }
    let mut picks = Vec::new();
    loop {
        let first = queue.first(
            picks.len(),
            |gain| gain > f64::from(least),
            |candidate| spending.fits(gains.cost(candidate)),
            |candidate| f64::from(gains.gain(candidate)),
        );
        let Some((candidate, gain)) = first else { return picks };
        queue.pop();
        spending.take(gains.cost(candidate), 0);
        gains.take(candidate);
        picks.push((candidate, gain as f32));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::Budget;
    use crate::select::coverage::Coverage;

    struct Words {
        words: Vec<Vec<u32>>,
        coverage: Coverage,
    }

    impl Gains for Words {
        fn gain(&self, candidate: usize) -> f32 {
            self.coverage.add(0.0, self.words[candidate].iter().copied(), 1.0)
        }

        fn cost(&self, candidate: usize) -> usize {
            self.words[candidate].len()
        }

        fn take(&mut self, candidate: usize) {
            self.coverage.cover(self.words[candidate].iter().copied());
        }
    }

    #[test]
    fn what_is_covered_counts_once_and_the_budget_is_kept() {
        let words = vec![vec![0, 1], vec![0, 1, 2], vec![3], vec![2, 3, 4, 5], vec![1]];
        let coverage = Coverage::new([4.0, 2.0, 1.0, 0.5, 0.5, 0.5].into_iter());
        let pick = |limit: usize| {
            let mut gains = Words { words: words.clone(), coverage: coverage.clone() };
            let mut spending = Spending::new(&Budget::Words(limit), 5);
            lazy_greedy(&mut gains, 0..5, &mut spending, 0.0)
        };
        // The second covers 7; then the fourth adds 1.5 where it fits, else the third 0.5.
        assert_eq!(pick(7), [(1, 7.0), (3, 1.5)]);
        assert_eq!(pick(6), [(1, 7.0), (2, 0.5)]);
        assert_eq!(pick(2), [(0, 6.0)]);
    }
}
