//! Sets of sentences: which ones are looked at, and what the trained ranker sees of them.
//!
//! The best sentences form a pool of at most eight, so that a set is a byte. What a set covers is
//! had for all 256 sets at once: the chances of units are added up by the set of pool sentences
//! that hold them, and a sum over subsets (Yates's algorithm) gives what each set leaves out.

use super::features::{Sums, f_measure};
use super::forest::Columns;
use super::tables::Chances;
use super::view::View;

/// Most sentences of a pool.
pub(crate) const POOL: usize = 8;

/// Names of the features of a set, in the order of their columns.
pub(crate) const NAMES: [&str; 35] = [
    "sentences",
    "length",
    "expected syllables of the abstract",
    "expected pairs of the abstract",
    "expected ROUGE-1",
    "expected ROUGE-2",
    "sum of the scores",
    "best score",
    "lowest score",
    "mean score",
    "best score against the pool",
    "repetition",
    "title weight covered",
    "title weight for its length",
    "first position",
    "last position",
    "distance",
    "sentences of the article",
    "expected ROUGE-2 against the best sentence",
    "expected ROUGE-1 against the best sentence",
    "best score of the article",
    "second score of the article",
    "length of the title",
    "style of pairs",
    "opening of the first sentence",
    "weakest opening",
    "expected syllables, share",
    "expected pairs, share",
    "length of the best sentence",
    "length of the article",
    "longest sentence",
    "style of the first sentence",
    "begins with a quote",
    "sum of scores against the best",
    "lead by score",
];

/// Number of features of a set.
pub(crate) const COUNT: usize = NAMES.len();

/// The best candidates, in document order, and what each set of them covers.
#[derive(Debug)]
pub(crate) struct Pool {
    /// Candidate numbers, increasing.
    pub(crate) candidates: Vec<usize>,
    /// Sums that each set of pool sentences covers, by the bits of the set.
    units: Vec<f32>,
    pairs: Vec<f32>,
    titles: Vec<f32>,
    /// Scores of the pool, best first.
    best: [f32; 2],
}

impl Pool {
    /// Makes a pool of at most eight candidates, given by score, best first.
    pub(crate) fn new<'o>(
        view: &View,
        chances: &Chances,
        scores: &[f32],
        order: impl IntoIterator<Item = &'o usize>,
    ) -> Self {
        let mut candidates: Vec<usize> = order.into_iter().copied().collect();
        debug_assert!(candidates.len() <= POOL);
        let score = |place: usize| candidates.get(place).map_or(0.0, |&c| scores[c]);
        let best = [score(0), score(1)];
        candidates.sort_unstable();
        let size = 1usize << candidates.len();
        let mut units = vec![0.0f32; size];
        let mut titles = vec![0.0f32; size];
        let mut pairs = vec![0.0f32; size];
        let mut members = vec![0u8; view.unit_grams.len()];
        for (bit, &c) in candidates.iter().enumerate() {
            for &u in view.distinct_units(c) {
                members[u as usize] |= 1 << bit;
            }
        }
        for &c in &candidates {
            for &u in view.distinct_units(c) {
                let u = u as usize;
                let set = usize::from(std::mem::take(&mut members[u]));
                if set > 0 {
                    units[set] += chances.units[u].chance;
                    if view.unit_grams[u].title > 0 {
                        titles[set] += chances.units[u].idf;
                    }
                }
            }
        }
        let mut members = vec![0u8; view.pair_grams.len()];
        for (bit, &c) in candidates.iter().enumerate() {
            for &p in view.distinct_pairs(c) {
                members[p as usize] |= 1 << bit;
            }
        }
        for &c in &candidates {
            for &p in view.distinct_pairs(c) {
                let set = usize::from(std::mem::take(&mut members[p as usize]));
                if set > 0 {
                    pairs[set] += chances.pairs[p as usize].chance;
                }
            }
        }
        for sums in [&mut units, &mut pairs, &mut titles] {
            cover(sums);
        }
        Self { candidates, units, pairs, titles, best }
    }

    /// Returns the sets of `sizes` sentences, in the order of their numbers.
    pub(crate) fn sets(&self, sizes: std::ops::RangeInclusive<u32>) -> Vec<u8> {
        (1..1u16 << self.candidates.len())
            .filter(|set| sizes.contains(&set.count_ones()))
            .map(|set| set as u8)
            .collect()
    }

    /// Returns the candidates of a set, in document order.
    pub(crate) fn members(&self, set: u8) -> impl Iterator<Item = usize> + Clone + '_ {
        let mut rest = set;
        std::iter::from_fn(move || {
            let candidate = self.candidates.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*candidate)
        })
    }

    /// Computes the features of sets.
    pub(crate) fn features(
        &self,
        sets: &[u8],
        view: &View,
        sums: &Sums,
        scores: &[f32],
    ) -> Columns {
        let mut columns = Columns::new(sets.len(), COUNT);
        let best_single =
            |values: &[f32]| self.candidates.iter().fold(0.0f32, |best, &c| best.max(values[c]));
        let (best1, best2) = (best_single(&sums.rouge1), best_single(&sums.rouge2));
        let total: f32 = sums.lengths.iter().fold(0.0, |a, b| a + b);
        for (row, &set) in sets.iter().enumerate() {
            let at = usize::from(set);
            let count = set.count_ones() as f32;
            let (mut length, mut sum, mut high, mut low, mut pairs, mut style) =
                (0.0f32, 0.0f32, f32::NEG_INFINITY, f32::INFINITY, 0.0f32, 0.0f32);
            let (mut best, mut longest, mut weakest, mut quotes) = (0, 0.0f32, f32::INFINITY, 0.0);
            for c in self.members(set) {
                length += sums.lengths[c];
                longest = longest.max(sums.lengths[c]);
                sum += scores[c];
                if scores[c] > high {
                    (high, best) = (scores[c], c);
                }
                low = low.min(scores[c]);
                pairs += sums.expected_pairs[c];
                style += sums.styles[c];
                weakest = weakest.min(sums.openings[c]);
                quotes += f32::from(u8::from(view.surfaces[c].begins_with_quote));
            }
            let first = self.candidates[set.trailing_zeros() as usize];
            let last = self.candidates[7 - set.leading_zeros() as usize];
            let pair_length = (length - count).max(1.0);
            let rouge1 = f_measure(self.units[at], length);
            let rouge2 = f_measure(self.pairs[at], length - count);
            let values: [f32; COUNT] = [
                count,
                length,
                self.units[at],
                self.pairs[at],
                rouge1,
                rouge2,
                sum,
                high,
                low,
                sum / count,
                high - self.best[0],
                1.0 - self.pairs[at] / pairs.max(0.01),
                self.titles[at] / sums.title_total.max(0.1),
                self.titles[at] / length.max(1.0),
                first as f32,
                last as f32,
                (last - first) as f32,
                view.len() as f32,
                rouge2 - best2,
                rouge1 - best1,
                self.best[0],
                self.best[1],
                view.title_units as f32,
                style / pair_length,
                sums.openings[first],
                weakest,
                self.units[at] / length.max(1.0),
                self.pairs[at] / pair_length,
                sums.lengths[best],
                total,
                longest,
                sums.styles[first] / (sums.lengths[first] - 1.0).max(1.0),
                quotes,
                sum - self.best[0],
                self.best[0] - self.best[1],
            ];
            for (feature, value) in values.into_iter().enumerate() {
                columns.set(feature, row, value);
            }
        }
        columns
    }
}

/// Turns sums by exact set into what each set covers: all sums of sets that meet it.
fn cover(sums: &mut [f32]) {
    let total: f32 = sums.iter().fold(0.0, |a, b| a + b);
    // Sums over all subsets, one sentence after the other (Yates's algorithm).
    let mut step = 1;
    while step < sums.len() {
        for block in sums.chunks_exact_mut(2 * step) {
            let (without, with) = block.split_at_mut(step);
            for (with, without) in with.iter_mut().zip(without) {
                *with += *without;
            }
        }
        step *= 2;
    }
    // What a set covers is all but what the sets inside of its complement hold.
    sums.reverse();
    for sum in sums {
        *sum = total - *sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covered_sums_are_those_of_the_union() {
        // By exact set of three sentences: 1 only in the first, 2 only in the second, …
        let exact = [0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
        let mut covered = exact;
        cover(&mut covered);
        for (set, &sum) in covered.iter().enumerate() {
            let expected: f32 =
                exact.iter().enumerate().filter(|(s, _)| s & set != 0).map(|(_, v)| v).sum();
            assert!((sum - expected).abs() < 1e-6, "set {set}: {sum} {expected}");
        }
    }
}
