//! From judged sentences to a summary of the length that was asked for.

use std::collections::BinaryHeap;
use std::ops::RangeInclusive;

use rustc_hash::FxHashSet;

use super::Judged;
use super::sets::{POOL, Pool};
use super::waiting::Waiting;
use crate::rank::{Choose, RankContext};
use crate::select::Budget;
use crate::select::dependence::{Standing, standing};

/// With a free length, a summary has at most so many sentences.
const MOST: u32 = 3;

/// With a free length the pool is so large: more sentences cost time and gain nothing.
const SMALL_POOL: usize = 6;

/// Sets of up to so many sentences are judged whole; longer summaries grow sentence by sentence.
const LARGEST_SET: usize = 5;

/// Weight of a syllable against a pair in what a summary covers.
const UNIT_SHARE: f32 = 0.5;

/// Weight of the score of a sentence against what it covers.
const SCORE_SHARE: f32 = 20.0;

/// How much a long sentence must cover more than a short one: the exponent of its cost.
const COST_POWER: f32 = 0.5;

/// What a sentence that leans on the one before costs a set without that one, in ROUGE.
const LEANING_COST: f32 = 0.005;

/// The same for a sentence that says "Ông này", of which nobody can tell who it is: with a free
/// length, where the set can do without it, and with a given one. They cost 0.01 and 0.08 points of
/// ROUGE-1 on VietNews.
const REFERENCE_COSTS: [f32; 2] = [0.01, 0.03];

/// What is left of what such a sentence covers in longer summaries.
const LEANING_SHARE: f32 = 0.9;

impl Choose for Judged<'_> {
    fn choose(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        self_standing: bool,
    ) -> Vec<usize> {
        let standing = |pool: Option<&[usize]>| {
            if self_standing {
                let wanted = |candidate| pool.is_none_or(|pool| pool.contains(&candidate));
                standing(context.candidates(), wanted)
            } else {
                vec![Standing::default(); context.len()]
            }
        };
        let limit = budget.limit(context.len());
        match budget {
            Budget::Auto => {
                // Short sets of the very best win anyway.
                let order = self.distinct_by_score(SMALL_POOL);
                self.judged_set(&order, 1..=MOST, &standing(Some(&order)))
            }
            Budget::Sentences(_) | Budget::Ratio(_) if limit <= LARGEST_SET => {
                let order = self.distinct_by_score(POOL);
                let size = limit.min(order.len()) as u32;
                self.judged_set(&order, size..=size, &standing(Some(&order)))
            }
            _ => {
                let order = self.distinct_by_score(usize::MAX);
                self.cover(context, &order, budget, limit, &standing(None))
            }
        }
    }
}

/// Returns what each set costs for the sentences in it that need others which are not.
fn penalties(pool: &Pool, sets: &[u8], standing: &[Standing], reference_cost: f32) -> Vec<f32> {
    let mut penalties = vec![0.0; sets.len()];
    // The set of a candidate alone, if it is in the pool.
    let alone = |candidate: Option<usize>| {
        let place = candidate.and_then(|c| pool.candidates.binary_search(&c).ok());
        place.map_or(0, |place| 1u8 << place)
    };
    for (place, &c) in pool.candidates.iter().enumerate() {
        let Standing { leans, refers, goes_on } = standing[c];
        if !(leans || refers || goes_on) {
            continue;
        }
        let (before, after) = (alone(c.checked_sub(1)), alone(c.checked_add(1)));
        for (penalty, set) in penalties.iter_mut().zip(sets) {
            *penalty += if set >> place & 1 == 0 {
                0.0
            } else if refers && set & before == 0 {
                reference_cost
            } else if leans && set & before == 0 || goes_on && set & after == 0 {
                LEANING_COST
            } else {
                0.0
            };
        }
    }
    penalties
}

impl Judged<'_> {
    /// Candidates by score, best first, without those that repeat a better one word by word; at
    /// most so many.
    fn distinct_by_score(&self, most: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.scores.len()).collect();
        let by_score =
            |a: &usize, b: &usize| self.scores[*b].total_cmp(&self.scores[*a]).then(a.cmp(b));
        order.sort_unstable_by(by_score);
        let units = |i: usize| self.seen.view.units_of(i);
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
    pub(crate) fn pool(&self) -> Pool {
        Pool::new(&self.seen.view, &self.seen.chances, &self.scores, &self.distinct_by_score(POOL))
    }

    /// The best set of the sentences in `order`, a pool of the best, its members by score.
    fn judged_set(
        &self,
        order: &[usize],
        sizes: RangeInclusive<u32>,
        standing: &[Standing],
    ) -> Vec<usize> {
        let has_free_length = sizes.start() < sizes.end();
        let reference_cost = REFERENCE_COSTS[usize::from(!has_free_length)];
        let pool = Pool::new(&self.seen.view, &self.seen.chances, &self.scores, order);
        let sets = pool.sets(sizes);
        let penalties = penalties(&pool, &sets, standing, reference_cost);
        let Some(best) = self.best_set(&pool, &sets, &penalties) else { return Vec::new() };
        let mut members: Vec<usize> = pool.members(best).collect();
        members.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        members
    }

    /// Adds the sentence that covers most of what the abstract is expected to say and is not yet
    /// covered, for its length, as long as something fits: greedy maximization of a submodular
    /// function under a knapsack (Lin & Bilmes 2010, NAACL, algorithm 1).
    fn cover(
        &self,
        context: &RankContext<'_>,
        order: &[usize],
        budget: &Budget,
        limit: usize,
        standing: &[Standing],
    ) -> Vec<usize> {
        let lowest = self.scores.iter().fold(f32::INFINITY, |a, &b| a.min(b));
        let mut units = vec![false; self.seen.view.units.list().len()];
        let mut pairs = vec![false; self.seen.view.pairs.list().len()];
        let gain = |i: usize, cost: usize, units: &[bool], pairs: &[bool]| {
            let mut gain = SCORE_SHARE * (self.scores[i] - lowest);
            for &u in self.seen.view.distinct_units(i) {
                if !units[u as usize] {
                    gain += UNIT_SHARE * self.seen.chances.units[u as usize].chance();
                }
            }
            for &p in self.seen.view.distinct_pairs(i) {
                if !pairs[p as usize] {
                    gain += self.seen.chances.pairs[p as usize].chance();
                }
            }
            if standing[i].leans {
                gain *= LEANING_SHARE;
            }
            gain / libm::powf(cost.max(1) as f32, COST_POWER)
        };
        // Gains only shrink while the summary grows, so an old gain is an upper bound: only the
        // top of the heap is computed anew (Minoux's lazy evaluation).
        let mut heap: BinaryHeap<Waiting> = order
            .iter()
            .map(|&candidate| {
                let cost = budget.cost(context.candidate(candidate));
                Waiting { gain: gain(candidate, cost, &units, &pairs), candidate, cost, round: 0 }
            })
            .collect();
        let (mut picks, mut used) = (Vec::new(), 0);
        while let Some(mut top) = heap.pop() {
            let separator = if picks.is_empty() { 0 } else { budget.separator_cost() };
            if used + separator + top.cost > limit {
                continue;
            }
            if top.round < picks.len() {
                top.gain = gain(top.candidate, top.cost, &units, &pairs);
                top.round = picks.len();
                heap.push(top);
                continue;
            }
            for &u in self.seen.view.distinct_units(top.candidate) {
                units[u as usize] = true;
            }
            for &p in self.seen.view.distinct_pairs(top.candidate) {
                pairs[p as usize] = true;
            }
            used += separator + top.cost;
            picks.push(top.candidate);
        }
        picks
    }
}
