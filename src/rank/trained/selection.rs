//! From scored sentences to a summary of the length that was asked for.

use std::ops::RangeInclusive;

use rustc_hash::FxHashSet;

use super::article_ngrams::ArticleNgrams;
use super::subsets::{CandidatePool, POOL};
use super::tables::{PairProbability, UnitProbability};
use super::{ScoredArticle, Scratch};
use crate::rank::{RankContext, SubsetSelector};
use crate::select::Budget;
use crate::select::budget::Spending;
use crate::select::coverage::Coverage;
use crate::select::dangling::{Dangling, find_dangling};
use crate::select::lazy_greedy::{Gains, lazy_greedy};

/// With a free length, a summary has at most so many sentences.
const MOST: u32 = 3;

/// With a free length the pool is so large: more sentences cost time and gain nothing.
const SMALL_POOL: usize = 6;

/// Sets of up to so many sentences are scored whole; longer summaries grow sentence by sentence.
const LARGEST_SET: usize = 5;

/// Weight of a syllable against a pair in what a summary covers.
const UNIT_SHARE: f32 = 0.5;

/// Weight of the score of a sentence against what it covers.
const SCORE_SHARE: f32 = 20.0;

/// How much a long sentence must cover more than a short one: the exponent of its cost.
const COST_POWER: f32 = 0.5;

/// What a dangling sentence costs a set without the sentence before it, in ROUGE.
const DANGLING_COST: f32 = 0.005;

/// The same for a sentence that says "Ông này", of which nobody can tell who it is: with a free
/// length, where the set can do without it, and with a given one. They cost 0.01 and 0.08 points of
/// ROUGE-1 on VietNews.
const ANAPHOR_COSTS: [f32; 2] = [0.01, 0.03];

/// What is left of what such a sentence covers in longer summaries.
const DANGLING_SHARE: f32 = 0.9;

impl SubsetSelector for ScoredArticle<'_> {
    fn select(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
    ) -> Vec<usize> {
        let dangling_of = |pool: Option<&[usize]>| {
            if avoid_dangling {
                let wanted = |candidate| pool.is_none_or(|pool| pool.contains(&candidate));
                find_dangling(context.candidates(), wanted)
            } else {
                vec![Dangling::default(); context.len()]
            }
        };
        let limit = budget.limit(context.len());
        match budget {
            Budget::Auto => {
                // Short sets of the very best win anyway.
                let order = self.distinct_by_score(SMALL_POOL);
                self.best_subset(&order, 1..=MOST, &dangling_of(Some(&order)))
            }
            Budget::Sentences(_) | Budget::Ratio(_) if limit <= LARGEST_SET => {
                let order = self.distinct_by_score(POOL);
                let size = limit.min(order.len()) as u32;
                self.best_subset(&order, size..=size, &dangling_of(Some(&order)))
            }
            _ => {
                let order = self.distinct_by_score(usize::MAX);
                self.cover(context, &order, budget, &dangling_of(None))
            }
        }
    }
}

/// Returns what each set costs for the sentences in it that need others which are not.
fn penalties(
    pool: &CandidatePool,
    sets: &[u8],
    dangling: &[Dangling],
    anaphor_cost: f32,
) -> Vec<f32> {
    let mut penalties = vec![0.0; sets.len()];
    // The set of a candidate alone, if it is in the pool.
    let alone = |candidate: Option<usize>| {
        let place = candidate.and_then(|c| pool.candidates.binary_search(&c).ok());
        place.map_or(0, |place| 1u8 << place)
    };
    for (place, &c) in pool.candidates.iter().enumerate() {
        let Dangling { dangles, anaphor, open_quote } = dangling[c];
        if !(dangles || anaphor || open_quote) {
            continue;
        }
        let (before, after) = (alone(c.checked_sub(1)), alone(c.checked_add(1)));
        for (penalty, set) in penalties.iter_mut().zip(sets) {
            *penalty += if set >> place & 1 == 0 {
                0.0
            } else if anaphor && set & before == 0 {
                anaphor_cost
            } else if dangles && set & before == 0 || open_quote && set & after == 0 {
                DANGLING_COST
            } else {
                0.0
            };
        }
    }
    penalties
}

impl ScoredArticle<'_> {
    /// Candidates by score, best first, without those that repeat a better one word by word; at
    /// most so many.
    fn distinct_by_score(&self, most: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.scores.len()).collect();
        let by_score =
            |a: &usize, b: &usize| self.scores[*b].total_cmp(&self.scores[*a]).then(a.cmp(b));
        order.sort_unstable_by(by_score);
        let units = |i: usize| self.scratch.ngrams.units_of(i);
        if most > POOL {
            let mut seen = FxHashSet::default();
            order.retain(|&i| seen.insert(units(i)));
            order.truncate(most);
            return order;
        }
        let mut best: Vec<usize> = Vec::with_capacity(most);
        for i in order {
            if best.len() == most {
                break;
            }
            if best.iter().all(|&other| units(other) != units(i)) {
                best.push(i);
            }
        }
        best
    }

    /// Returns the pool of the best sentences.
    pub(crate) fn pool(&self) -> CandidatePool {
        CandidatePool::new(
            &self.scratch.ngrams,
            &self.scratch.probabilities,
            &self.scores,
            &self.distinct_by_score(POOL),
        )
    }

    /// The best set of the sentences in `order`, a pool of the best, its members by score.
    fn best_subset(
        &self,
        order: &[usize],
        sizes: RangeInclusive<u32>,
        dangling: &[Dangling],
    ) -> Vec<usize> {
        let has_free_length = sizes.start() < sizes.end();
        let anaphor_cost = ANAPHOR_COSTS[usize::from(!has_free_length)];
        let pool = CandidatePool::new(
            &self.scratch.ngrams,
            &self.scratch.probabilities,
            &self.scores,
            order,
        );
        let sets = pool.sets(sizes);
        let penalties = penalties(&pool, &sets, dangling, anaphor_cost);
        let Some(best) = self.best_set(&pool, &sets, &penalties) else { return Vec::new() };
        let mut members: Vec<usize> = pool.members(best).collect();
        members.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        members
    }

    /// Adds the sentence that covers most of what the abstract is expected to say and is not yet
    /// covered, for its length, as long as something fits.
    fn cover(
        &self,
        context: &RankContext<'_>,
        order: &[usize],
        budget: &Budget,
        dangling: &[Dangling],
    ) -> Vec<usize> {
        let Scratch { ngrams, probabilities, .. } = &*self.scratch;
        let mut gains = ExpectedCoverage {
            scored: self,
            lowest: self.scores.iter().fold(f32::INFINITY, |a, &b| a.min(b)),
            costs: (0..context.len()).map(|i| budget.cost(context.candidate(i))).collect(),
            dangling,
            units: Coverage::new(probabilities.units.iter().map(UnitProbability::probability)),
            pairs: Coverage::new(probabilities.pairs.iter().map(PairProbability::probability)),
            ngrams,
        };
        let mut spending = Spending::new(budget, context.len());
        let order = order.iter().copied();
        let picks = lazy_greedy(&mut gains, order, &mut spending, f32::NEG_INFINITY);
        picks.into_iter().map(|(candidate, _)| candidate).collect()
    }
}

/// What each sentence adds to what a summary covers of the abstract that is expected.
struct ExpectedCoverage<'a> {
    scored: &'a ScoredArticle<'a>,
    ngrams: &'a ArticleNgrams,
    lowest: f32,
    costs: Vec<usize>,
    dangling: &'a [Dangling],
    units: Coverage,
    pairs: Coverage,
}

impl Gains for ExpectedCoverage<'_> {
    fn gain(&self, i: usize) -> f32 {
        let gain = SCORE_SHARE * (self.scored.scores[i] - self.lowest);
        let units = self.ngrams.distinct_units(i).iter().copied();
        let gain = self.units.add(gain, units, UNIT_SHARE);
        let mut gain = self.pairs.add(gain, self.ngrams.distinct_pairs(i).iter().copied(), 1.0);
        if self.dangling[i].dangles {
            gain *= DANGLING_SHARE;
        }
        gain / libm::powf(self.costs[i].max(1) as f32, COST_POWER)
    }

    fn cost(&self, i: usize) -> usize {
        self.costs[i]
    }

    fn take(&mut self, i: usize) {
        self.units.cover(self.ngrams.distinct_units(i).iter().copied());
        self.pairs.cover(self.ngrams.distinct_pairs(i).iter().copied());
    }
}
