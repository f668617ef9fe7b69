//! From scored sentences to a summary of the length that was asked for.

use std::ops::{Range, RangeInclusive};

use super::admissible::{AdmissibleSets, repeat_each_other};
use super::information::Information;
use super::subsets::{CandidatePool, POOL};
use super::{ScoredArticle, Scratch};
use crate::rank::{RankContext, SubsetSelector};
use crate::select::budget::Spending;
use crate::select::dangling::{Dangling, dangling_candidates};
use crate::select::{Budget, PassedOver};

/// With a free length, a summary has at most this many sentences.
const MOST: u32 = 3;

/// Size of the pool with a free length: more sentences cost time and gain nothing.
const SMALL_POOL: usize = 6;

/// Cost of a dangling sentence to a set without the sentence before it, for each unit of need, in
/// ROUGE.
const DANGLING_COST: f32 = 0.005;

/// What a sentence that readers would extract adds to a set, in ROUGE, and how much they must want it:
/// below that it takes from the set.
const EXTRACT_WEIGHT: f32 = 0.02;
const LEAST_EXTRACT: f32 = 0.2;

impl SubsetSelector for ScoredArticle<'_> {
    fn select(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
    ) -> Vec<usize> {
        if *budget == Budget::Auto {
            // Short sets of the very best win anyway.
            let mut order = self.distinct_by_score(&self.scores, SMALL_POOL, |candidate| {
                !context.is_question(candidate)
                    && context.quotation(candidate).is_none_or(|q| q.len() <= MOST as usize)
            });
            self.complete_quotations(context, &mut order);
            let dangling = if avoid_dangling {
                dangling_candidates(context, |candidate| order.contains(&candidate))
            } else {
                vec![Dangling::default(); context.len()]
            };
            return self.best_subset(context, &order, 1..=MOST, &dangling);
        }
        Information::new(self, context, budget, avoid_dangling).select()
    }

    fn trim(&self, context: &RankContext<'_>, candidate: usize) -> Range<usize> {
        self.best_slice(context, candidate)
    }

    fn passed_over(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
        picks: &[usize],
        candidate: usize,
    ) -> PassedOver {
        let scores = &self.scores;
        let least = picks.iter().map(|&pick| scores[pick]).fold(f32::INFINITY, f32::min);
        let mut spending = Spending::new(budget, context.len());
        for sentence in picks.iter().map(|&pick| context.candidate(pick)) {
            spending.take(budget.cost(sentence), sentence.syllable_count());
        }
        let counts = budget.unit() == "sentences";
        let dangles = || {
            let is_before = |pick: &usize| context.follows(candidate) && pick + 1 == candidate;
            let dangling = dangling_candidates(context, |c| c == candidate)[candidate];
            avoid_dangling && dangling.dangles() && !picks.iter().any(is_before)
        };
        if picks.iter().any(|&pick| repeat_each_other(self, pick, candidate)) {
            PassedOver::Repeats
        } else if context.is_weak(candidate) {
            PassedOver::Weak
        } else if context.quotation(candidate).is_some() {
            PassedOver::Quotation
        } else if !counts && !spending.fits(budget.cost(context.candidate(candidate))) {
            PassedOver::TooLong
        } else if dangles() {
            PassedOver::Dangling
        } else if scores[candidate] < least {
            PassedOver::LowerScore
        } else {
            PassedOver::Set
        }
    }
}

/// Returns what each set costs for the sentences in it that need others which are not.
fn penalties(
    context: &RankContext<'_>,
    pool: &CandidatePool,
    sets: &[u8],
    dangling: &[Dangling],
) -> Vec<f32> {
    let mut penalties = vec![0.0; sets.len()];
    // The set of a candidate alone, if it is in the pool.
    let alone = |candidate: Option<usize>| {
        let place = candidate.and_then(|c| pool.candidates.binary_search(&c).ok());
        place.map_or(0, |place| 1u8 << place)
    };
    for (place, &c) in pool.candidates.iter().enumerate() {
        let Dangling { need, open_quote } = dangling[c];
        if need <= 0.0 && !open_quote {
            continue;
        }
        let before = if context.follows(c) { alone(c.checked_sub(1)) } else { 0 };
        let after = alone(Some(c + 1));
        for (penalty, set) in penalties.iter_mut().zip(sets) {
            let misses = |other: u8| set >> place & 1 == 1 && set & other == 0;
            let needed = if misses(before) { need } else { 0.0 };
            let cut = if open_quote && misses(after) { 1.0 } else { 0.0 };
            *penalty += DANGLING_COST * f32::max(needed, cut);
        }
    }
    penalties
}

impl ScoredArticle<'_> {
    /// Returns the admitted candidates by score, best first, without those that repeat a better one
    /// word by word; at most `most`, of which there are few. If none is admitted, all are.
    fn distinct_by_score(
        &self,
        scores: &[f32],
        most: usize,
        admits: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut order: Vec<usize> = (0..scores.len()).filter(|&i| admits(i)).collect();
        if order.is_empty() {
            order = (0..scores.len()).collect();
        }
        order.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let units = |i: usize| self.scratch.ngrams.units_of(i);
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

    /// Adds the missing sentences of quotations to a pool while there is room. The order stays by
    /// score.
    fn complete_quotations(&self, context: &RankContext<'_>, order: &mut Vec<usize>) {
        let mut missing: Vec<usize> = order
            .iter()
            .filter_map(|&candidate| context.quotation(candidate))
            .flatten()
            .filter(|member| !order.contains(member))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing.truncate(POOL - order.len().min(POOL));
        order.extend(missing);
        order.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
    }

    /// Returns a pool of some candidates with these scores, the best first.
    pub(crate) fn pool(&self, scores: &[f32], order: &[usize]) -> CandidatePool {
        let Scratch { ngrams, probabilities, .. } = &*self.scratch;
        CandidatePool::new(ngrams, probabilities, scores, order)
    }

    /// Returns the pool of the best candidates by these scores.
    pub(crate) fn best_pool(&self, scores: &[f32]) -> CandidatePool {
        self.pool(scores, &self.distinct_by_score(scores, POOL, |_| true))
    }

    /// The best set of the sentences in `order`, a pool of the best, its members by score.
    fn best_subset(
        &self,
        context: &RankContext<'_>,
        order: &[usize],
        sizes: RangeInclusive<u32>,
        dangling: &[Dangling],
    ) -> Vec<usize> {
        let pool = self.pool(&self.scores, order);
        let mut sets = pool.sets(sizes);
        let admissible = AdmissibleSets::new(self, context, &pool.candidates);
        sets.retain(|&set| admissible.contain(set));
        let mut penalties = penalties(context, &pool, &sets, dangling);
        if !self.extracts.is_empty() {
            let worth = |c: usize| EXTRACT_WEIGHT * (self.extract(c) - LEAST_EXTRACT);
            for (penalty, &set) in penalties.iter_mut().zip(&sets) {
                *penalty -= pool.members(set).fold(0.0, |sum, c| sum + worth(c));
            }
        }
        let Some(best) = self.best_set(self.forests(), &pool, &self.scores, &sets, &penalties)
        else {
            return Vec::new();
        };
        let mut members: Vec<usize> = pool.members(best).collect();
        members.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        members
    }
}
