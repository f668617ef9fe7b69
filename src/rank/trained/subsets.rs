//! Subsets of the best sentences: which ones are considered, and their features.
//!
//! The best sentences form a pool of at most eight, so a subset is a byte. The coverage of all 256
//! subsets is computed at once: probabilities are summed by the exact set of pool sentences that
//! hold a unit, then a subset-sum (zeta) transform (Yates's algorithm) gives the mass that each
//! subset misses.

use std::hint::select_unpredictable;

use wide::f32x4;

use super::article_ngrams::ArticleNgrams;
use super::features::{Sums, f_measure};
use super::forest::{Block, Columns, ComparisonMasks, LANES};
use super::tables::SelectionProbabilities;

/// The first stage of a forest for sets has one tree in this many; it selects the sets that can be the
/// best.
pub(crate) const STAGES: [usize; 1] = [5];

/// Most sentences of a pool.
pub(crate) const POOL: usize = 8;

/// Sets of a full pool, the empty one among them.
pub(super) const SETS: usize = 1 << POOL;

/// Sentences of each set: not every processor counts bits.
static SIZES: [u8; SETS] = {
    let mut sizes = [0; SETS];
    let mut set = 0;
    while set < SETS {
        sizes[set] = set.count_ones() as u8;
        set += 1;
    }
    sizes
};

/// The sets of at most so many sentences, in the order of their numbers, and how many there are;
/// the empty one is left out.
static SUBSETS_UP_TO: [([u8; SETS], usize); POOL + 1] = {
    let mut up_to = [([0; SETS], 0); POOL + 1];
    let mut number = 0;
    while number < SETS * (POOL + 1) {
        let (set, size) = (number / (POOL + 1), number % (POOL + 1));
        if set > 0 && set.count_ones() as usize <= size {
            let (sets, count) = &mut up_to[size];
            sets[*count] = set as u8;
            *count += 1;
        }
        number += 1;
    }
    up_to
};

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

/// Sums over the sentences of one subset: all [`SumKind`]s, side by side as they are added.
type SubsetSums = [f32; PARTS];

/// Memory for the features of sets.
#[derive(Debug, Default)]
pub(crate) struct SubsetScratch {
    pub(crate) columns: Columns,
    /// The features of some of the sets.
    pub(crate) chosen: Columns,
    pub(crate) masks: ComparisonMasks,
    /// By set.
    subset_sums: Vec<SubsetSums>,
}

/// The best candidates, in document order, and what each set of them covers.
#[derive(Debug)]
pub(crate) struct CandidatePool {
    /// Candidate numbers, increasing.
    pub(crate) candidates: Vec<usize>,
    /// Sums that each set of pool sentences covers, by the bits of the set.
    units: [f32; SETS],
    pairs: [f32; SETS],
    titles: [f32; SETS],
    /// Scores of the pool, best first.
    best: [f32; 2],
}

impl CandidatePool {
    /// Makes a pool of at most eight candidates, given by score, best first.
    pub(crate) fn new(
        ngrams: &ArticleNgrams,
        probabilities: &SelectionProbabilities,
        scores: &[f32],
        order: &[usize],
    ) -> Self {
        let mut candidates = order.to_vec();
        debug_assert!(candidates.len() <= POOL);
        let score = |place: usize| candidates.get(place).map_or(0.0, |&c| scores[c]);
        let best = [score(0), score(1)];
        candidates.sort_unstable();
        let of_units = |weight: &dyn Fn(usize) -> f32| {
            let count = ngrams.units.list().len();
            coverage_by_set(&candidates, count, |c| ngrams.distinct_units(c), weight)
        };
        let units = of_units(&|u| probabilities.units[u].probability());
        let titles = of_units(&|u| probabilities.units[u].title);
        let pairs = coverage_by_set(
            &candidates,
            ngrams.pairs.list().len(),
            |c| ngrams.distinct_pairs(c),
            |p| probabilities.pairs[p].probability(),
        );
        Self { candidates, units, pairs, titles, best }
    }

    /// Returns the sets of at most so many sentences, in the order of their numbers.
    fn up_to(&self, size: usize) -> &'static [u8] {
        let (sets, count) = &SUBSETS_UP_TO[size.min(POOL)];
        let end =
            sets[..*count].partition_point(|&set| usize::from(set) >> self.candidates.len() == 0);
        &sets[..end]
    }

    /// Returns the sets of `sizes` sentences, in the order of their numbers.
    pub(crate) fn sets(&self, sizes: std::ops::RangeInclusive<u32>) -> Vec<u8> {
        let up_to = self.up_to(*sizes.end() as usize);
        let (mut sets, mut count) = (vec![0; up_to.len()], 0);
        for &set in up_to {
            // Branch-free: an unwanted subset is overwritten by the next one.
            sets[count] = set;
            count += usize::from(u32::from(SIZES[usize::from(set)]) >= *sizes.start());
        }
        sets.truncate(count);
        sets
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
        ngrams: &ArticleNgrams,
        sums: &Sums,
        scores: &[f32],
        memory: &mut SubsetScratch,
    ) {
        let SubsetScratch { columns, subset_sums, .. } = memory;
        columns.clear(sets.len(), COUNT);
        let best_single =
            |values: &[f32]| self.candidates.iter().fold(0.0f32, |best, &c| best.max(values[c]));
        let (best1, best2) = (best_single(&sums.rouge1), best_single(&sums.rouge2));
        let total: f32 = sums.lengths.iter().fold(0.0, |a, b| a + b);
        let largest = sets.iter().fold(0, |size: u8, &set| size.max(SIZES[usize::from(set)]));
        self.add_up(self.up_to(usize::from(largest)), ngrams, sums, scores, subset_sums);
        let [best, second] = self.best;
        for (block, sets) in sets.chunks(LANES).enumerate() {
            // The padding of the last block is the empty subset.
            let at: [u8; LANES] = std::array::from_fn(|i| sets.get(i).copied().unwrap_or(0));
            let row = |value: &dyn Fn(usize) -> f32| -> Block { std::array::from_fn(value) };
            let [units, pairs, titles] =
                [&self.units, &self.pairs, &self.titles].map(|values| gather(values, &at));
            let parts = parts_of(subset_sums, &at);
            let of = |part: SumKind| parts[part as usize];
            let (count, length, sum, high) =
                (of(SumKind::Count), of(SumKind::Length), of(SumKind::Sum), of(SumKind::High));
            let (first, last) = (of(SumKind::First), of(SumKind::Last));
            let (all_pairs, style) = (of(SumKind::Pairs), of(SumKind::Style));
            let pair_length = row(&|i| (length[i] - count[i]).max(1.0));
            let rouge1 = row(&|i| f_measure(units[i], length[i]));
            let rouge2 = row(&|i| f_measure(pairs[i], length[i] - count[i]));
            let values: [Block; COUNT] = [
                count,
                length,
                units,
                pairs,
                rouge1,
                rouge2,
                sum,
                high,
                of(SumKind::Low),
                row(&|i| sum[i] / count[i]),
                high.map(|high| high - best),
                row(&|i| 1.0 - pairs[i] / all_pairs[i].max(0.01)),
                titles.map(|title| title / sums.title_total.max(0.1)),
                row(&|i| titles[i] / length[i].max(1.0)),
                first,
                last,
                row(&|i| last[i] - first[i]),
                [ngrams.len() as f32; LANES],
                rouge2.map(|rouge| rouge - best2),
                rouge1.map(|rouge| rouge - best1),
                [best; LANES],
                [second; LANES],
                [ngrams.title_units as f32; LANES],
                row(&|i| style[i] / pair_length[i]),
                of(SumKind::Opening),
                of(SumKind::Weakest),
                row(&|i| units[i] / length[i].max(1.0)),
                row(&|i| pairs[i] / pair_length[i]),
                of(SumKind::BestLength),
                [total; LANES],
                of(SumKind::Longest),
                of(SumKind::FirstStyle),
                of(SumKind::Quotes),
                sum.map(|sum| sum - best),
                [best - second; LANES],
            ];
            for (feature, values) in values.into_iter().enumerate() {
                columns.set_block(feature, block, values);
            }
        }
    }

    /// Adds up what the sentences of each set have: what all but the last have is known, if such a
    /// set comes before.
    fn add_up(
        &self,
        sets: &[u8],
        ngrams: &ArticleNgrams,
        sums: &Sums,
        scores: &[f32],
        subset_sums: &mut Vec<SubsetSums>,
    ) {
        let mut members = [Member::default(); POOL];
        for (member, &c) in members.iter_mut().zip(&self.candidates) {
            *member = Member::of(c, ngrams, sums, scores);
        }
        subset_sums.resize(SETS, [0.0; PARTS]);
        let mut nothing = [0.0; PARTS];
        nothing[SumKind::High as usize] = f32::NEG_INFINITY;
        nothing[SumKind::Low as usize] = f32::INFINITY;
        nothing[SumKind::Weakest as usize] = f32::INFINITY;
        subset_sums[0] = nothing;
        for &set in sets {
            let bit = set.ilog2();
            let (member, rest) = (&members[bit as usize % POOL], set ^ 1 << bit);
            let mut total = subset_sums[usize::from(rest)];
            for (part, added) in total.iter_mut().zip(&member.added) {
                *part += added;
            }
            let Member { length, score, opening, .. } = *member;
            // The best one is the first of equals.
            let is_best = score > total[SumKind::High as usize];
            let best_length = &mut total[SumKind::BestLength as usize];
            *best_length = select_unpredictable(is_best, length, *best_length);
            for (part, value) in [(SumKind::High, score), (SumKind::Longest, length)] {
                let part = &mut total[part as usize];
                *part = if value > *part { value } else { *part };
            }
            for (part, value) in [(SumKind::Low, score), (SumKind::Weakest, opening)] {
                let part = &mut total[part as usize];
                *part = if value < *part { value } else { *part };
            }
            total[SumKind::Last as usize] = member.place;
            // With others before it stays the first.
            let is_first = rest == 0;
            for (part, value) in [
                (SumKind::First, member.place),
                (SumKind::Opening, opening),
                (SumKind::FirstStyle, member.style),
            ] {
                let part = &mut total[part as usize];
                *part = select_unpredictable(is_first, value, *part);
            }
            subset_sums[usize::from(set)] = total;
        }
    }
}

/// What a sentence brings into a set.
#[derive(Clone, Copy, Debug, Default)]
struct Member {
    /// What is added up, by part.
    added: [f32; ADDED],
    /// The number of the candidate.
    place: f32,
    length: f32,
    score: f32,
    opening: f32,
    /// The style of its pairs on average.
    style: f32,
}

impl Member {
    fn of(candidate: usize, ngrams: &ArticleNgrams, sums: &Sums, scores: &[f32]) -> Self {
        let (length, score) = (sums.lengths[candidate], scores[candidate]);
        let style = sums.styles[candidate];
        let mut added = [0.0; ADDED];
        for (part, value) in [
            (SumKind::Count, 1.0),
            (SumKind::Length, length),
            (SumKind::Sum, score),
            (SumKind::Pairs, sums.expected_pairs[candidate]),
            (SumKind::Style, style),
            (SumKind::Quotes, f32::from(u8::from(ngrams.surfaces[candidate].begins_with_quote))),
        ] {
            added[part as usize] = value;
        }
        Self {
            added,
            place: candidate as f32,
            length,
            score,
            opening: sums.openings[candidate],
            style: style / (length - 1.0).max(1.0),
        }
    }
}

/// Looks up a value for each subset of a block. Not inlined, so that the code of an article stays
/// in the instruction cache.
#[inline(never)]
fn gather(values: &[f32; SETS], at: &[u8; LANES]) -> Block {
    at.map(|set| values[usize::from(set)])
}

/// Looks up all parts for each set of a block, part by part.
fn parts_of(subset_sums: &[SubsetSums], at: &[u8; LANES]) -> [Block; PARTS] {
    let mut parts = [[0.0; LANES]; PARTS];
    for (lane, sets) in (0..).step_by(4).zip(at.as_chunks::<4>().0) {
        let rows = sets.map(|set| &subset_sums[usize::from(set)]);
        for part in (0..PARTS).step_by(4) {
            let turned = f32x4::transpose(rows.map(|row| f32x4::from(&row[part..part + 4])));
            for (parts, values) in parts[part..].iter_mut().zip(turned) {
                parts[lane..lane + 4].copy_from_slice(values.as_array_ref());
            }
        }
    }
    parts
}

/// Number of parts, filled up to a multiple of four.
const PARTS: usize = 16;

/// Parts that are added up come first, so many with what fills them up.
const ADDED: usize = 8;

/// What the sentences of a set have, added up in document order.
#[derive(Clone, Copy, Debug)]
enum SumKind {
    Count,
    Length,
    Sum,
    Pairs,
    Style,
    Quotes,
    /// Of the first sentence: nothing is added to it.
    FirstStyle,
    High = ADDED as isize,
    Low,
    /// Length of the sentence with the highest score.
    BestLength,
    Longest,
    Weakest,
    /// Numbers of the first and the last candidate.
    First,
    Last,
    /// Of the first sentence.
    Opening,
}

/// Returns what each set of a few candidates covers, by the bits of the set: the weights of all
/// `items` that its members hold, each once.
pub(super) fn coverage_by_set<'n>(
    candidates: &[usize],
    items: usize,
    held: impl Fn(usize) -> &'n [u32],
    weight: impl Fn(usize) -> f32,
) -> [f32; SETS] {
    let mut sums = [0.0f32; SETS];
    let mut members = vec![0u8; items];
    for (bit, &c) in candidates.iter().enumerate() {
        for &item in held(c) {
            members[item as usize] |= 1 << bit;
        }
    }
    for &c in candidates {
        for &item in held(c) {
            let item = item as usize;
            // What was counted is added to the empty set.
            sums[usize::from(std::mem::take(&mut members[item]))] += weight(item);
        }
    }
    sums[0] = 0.0;
    cover(&mut sums[..1 << candidates.len()]);
    sums
}

/// Turns sums by exact set into the coverage of each subset: the sum over all sets that meet it.
fn cover(sums: &mut [f32]) {
    let total: f32 = sums.iter().fold(0.0, |a, b| a + b);
    // Sums over all subsets, one sentence after the other (Yates's algorithm).
    add_without::<1, 2>(sums);
    add_without::<2, 4>(sums);
    add_without::<4, 8>(sums);
    add_without::<8, 16>(sums);
    add_without::<16, 32>(sums);
    add_without::<32, 64>(sums);
    add_without::<64, 128>(sums);
    add_without::<128, 256>(sums);
    // A subset covers all but what the subsets of its complement hold.
    sums.reverse();
    for sum in sums {
        *sum = total - *sum;
    }
}

/// Adds to each set with the sentence of bit `STEP` the same set without it; nothing if there are
/// no sets with it. Compilers unroll loops of a known length.
#[inline]
fn add_without<const STEP: usize, const BOTH: usize>(sums: &mut [f32]) {
    const { assert!(2 * STEP == BOTH) };
    for block in sums.as_chunks_mut::<BOTH>().0 {
        let (without, with) = block.split_at_mut(STEP);
        for (with, without) in with.iter_mut().zip(without) {
            *with += *without;
        }
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
