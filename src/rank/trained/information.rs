//! The most information for a given length.
//!
//! Who asks for three sentences or sixty words wants them to tell what matters, so these lengths
//! have forests of their own. Sentences are first taken greedily: each adds the expected syllables
//! and pairs of the abstract that are not covered yet, and its score. Where these are few, all sets
//! of the eight best that have the length are then searched, less a cost for each sentence that
//! needs another one which is not in the set.
//!
//! - A number of sentences: the score is learned from the sentences that readers extracted, and
//!   greedy choice and search have one objective.
//! - Words, syllables, characters: the score is learned from an F-measure that weighs recall three
//!   times, a gain is divided by the root of its length, and the sets are judged by a forest. What
//!   readers extract counts beside both.
//!
//! # References
//!
//! H. Lin, J. Bilmes (2010), *Multi-document summarization via budgeted maximization of submodular
//! functions*, NAACL, algorithm 1.

use std::ops::Add;

use rustc_hash::FxHashSet;

use super::admissible::AdmissibleSets;
use super::subsets::{POOL, SETS, coverage_by_set};
use super::tables::PairProbability;
use super::{LengthKind, ScoredArticle, Scratch};
use crate::rank::RankContext;
use crate::select::Budget;
use crate::select::budget::Spending;
use crate::select::coverage::Coverage;
use crate::select::dangling::{Dangling, dangling_candidates};
use crate::select::lazy_greedy::{Gains, lazy_greedy};
use crate::select::persons::{introduces, unintroduced};

/// Weight of a syllable against a pair in what a summary covers.
const UNIT_SHARE: f32 = 2.0;

/// Weight of the score of a sentence against what it covers, for a length and for a number of
/// sentences.
const SCORE_SHARE: f32 = 20.0;
const EXTRACT_SHARE: f32 = 22.0;

/// Weight of what readers extract where a length is asked for: in a gain, and in the value of a set.
const EXTRACT_GAIN: f32 = 7.0;
const EXTRACT_WEIGHT: f32 = 0.15;

/// Cost of a syllable, for a length and for a number of sentences, which says nothing of it. The
/// weights for numbers were set by the sentences that readers extracted (docs/experiments.md).
const LENGTH_COST: f32 = 0.1;
const SYLLABLE_COST: f32 = 0.26;

/// Costs of a sentence without the one that it needs, for each unit of need, and of one with a person
/// whom nobody has introduced.
const DANGLING_COST: f32 = 1.0;
const PERSON_COST: f32 = 1.0;

/// Cost of a sentence of hardly any syllables, where a number of sentences is asked for, and the
/// syllables from which on there is none: each of few places is to tell something.
const SHORT_COST: f32 = 4.7;
const SHORT: f32 = 30.0;

/// The same costs to a set that a forest judges, whose value is an F-measure.
const PENALTY_SCALE: f32 = 0.035;

/// A gain below this share of the best one only fills: the summary ends before it.
const LEAST_SHARE: f32 = 0.15;

/// Exponent of the cost by which a gain is divided where length is given.
const COST_POWER: f32 = 0.5;

/// Chooses the sentences of one article.
pub(super) struct Information<'a> {
    scored: &'a ScoredArticle<'a>,
    context: &'a RankContext<'a>,
    budget: &'a Budget,
    /// A number of sentences is asked for, of whatever length.
    counts: bool,
    /// Empty if dangling sentences are as good as others.
    dangling: Vec<Dangling>,
    /// Cost of a sentence without syllables.
    short_cost: f32,
    /// Weights of the syllables and pairs of the article, by their numbers.
    units: Vec<f32>,
    pairs: Vec<f32>,
    /// Scores of the candidates.
    scores: &'a [f32],
}

/// Greedy choices of so many sentences or fewer are searched again completely.
const LARGEST_SEARCHED: usize = 5;

impl<'a> Information<'a> {
    pub(super) fn new(
        scored: &'a ScoredArticle<'a>,
        context: &'a RankContext<'a>,
        budget: &'a Budget,
        avoid_dangling: bool,
    ) -> Self {
        let probabilities = &scored.scratch.probabilities;
        let counts = LengthKind::of(budget) == LengthKind::Count;
        Self {
            scored,
            context,
            budget,
            counts,
            short_cost: if avoid_dangling && counts { SHORT_COST } else { 0.0 },
            dangling: if avoid_dangling {
                dangling_candidates(context, |_| true)
            } else {
                Vec::new()
            },
            units: probabilities.units.iter().map(|unit| UNIT_SHARE * unit.probability()).collect(),
            pairs: probabilities.pairs.iter().map(PairProbability::probability).collect(),
            scores: &scored.scores,
        }
    }

    /// Returns the chosen candidates, the best first.
    pub(super) fn select(&self) -> Vec<usize> {
        let Self { budget, counts, .. } = *self;
        let limit = budget.limit(self.context.len());
        let distinct = self.distinct();
        let costs: Vec<usize> =
            (0..self.context.len()).map(|i| budget.cost(self.context.candidate(i))).collect();
        let (quoted, alone): (Vec<usize>, Vec<usize>) =
            distinct.iter().partition(|&&candidate| self.context.quotation(candidate).is_some());
        let (strong, weak): (Vec<usize>, Vec<usize>) =
            alone.iter().partition(|&&candidate| !self.context.is_weak(candidate));
        let mut gains = Gain {
            information: self,
            units: Coverage::new(self.units.iter().copied()),
            pairs: Coverage::new(self.pairs.iter().copied()),
            power: if counts { 0.0 } else { COST_POWER },
            costs: &costs,
        };
        let mut order: Vec<(usize, f32)> =
            strong.iter().chain(&quoted).map(|&c| (c, gains.gain(c))).collect();
        order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let least = match order.first() {
            Some(&(_, best)) if !counts => (LEAST_SHARE * best).max(0.0),
            _ => f32::NEG_INFINITY,
        };
        let mut spending = Spending::new(budget, self.context.len());
        let picks = lazy_greedy(&mut gains, strong.iter().copied(), &mut spending, least);
        let mut picks: Vec<usize> = picks.into_iter().map(|(candidate, _)| candidate).collect();
        if picks.len() <= LARGEST_SEARCHED && !picks.is_empty() {
            let others = order.iter().map(|o| o.0).filter(|c| !picks.contains(c));
            let others = others.filter(|&c| costs[c] <= limit);
            let pool = self.pool(&picks, others);
            let size = counts.then_some(picks.len());
            let admissible = AdmissibleSets::new(self.scored, self.context, &pool);
            let sums = sums_by_set(&pool, |c| costs[c]);
            let best = self.best_set(&pool, size, |set| {
                let separators = set.count_ones() as usize - 1;
                sums[usize::from(set)] + separators * budget.separator_cost() <= limit
                    && admissible.contain(set)
            });
            if let Some(best) = best {
                // In the order of their gains, as the greedy choice has it.
                let place = |c: &usize| order.iter().position(|o| o.0 == *c);
                picks = members_of(&pool, best).collect();
                picks.sort_by_key(place);
            }
        }
        // What says little alone fills a number of sentences, and no other length; then parts of
        // quotations do. A summary that would be empty takes what fits.
        if counts {
            self.fill(&costs, weak.iter().chain(&quoted).copied(), usize::MAX, &mut picks);
        } else if picks.is_empty() {
            let best = order.iter().map(|o| o.0).filter(|c| !quoted.contains(c));
            let rest = best.chain(weak.iter().copied()).chain(quoted.iter().copied());
            self.fill(&costs, rest, 1, &mut picks);
        }
        picks
    }

    /// Adds to the picks of some candidates those that fit into what is left, at most `most`.
    fn fill(
        &self,
        costs: &[usize],
        candidates: impl Iterator<Item = usize>,
        most: usize,
        picks: &mut Vec<usize>,
    ) {
        let mut spending = Spending::new(self.budget, self.context.len());
        picks.iter().for_each(|&c| spending.take(costs[c], 0));
        let end = picks.len().saturating_add(most);
        for candidate in candidates {
            if picks.len() == end {
                break;
            }
            if spending.fits(costs[candidate]) && !picks.contains(&candidate) {
                spending.take(costs[candidate], 0);
                picks.push(candidate);
            }
        }
    }

    /// Returns the picks and as many others as there is room for, quotations with all of their
    /// sentences, in document order.
    fn pool(&self, picks: &[usize], others: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut pool = picks.to_vec();
        for candidate in others {
            if pool.len() == POOL {
                break;
            }
            let quotation = self.context.quotation(candidate).unwrap_or(candidate..candidate + 1);
            if !pool.contains(&candidate) && pool.len() + quotation.len() <= POOL {
                pool.extend(quotation);
            }
        }
        pool.sort_unstable();
        pool
    }

    /// Candidates without those that repeat an earlier one word by word.
    fn distinct(&self) -> Vec<usize> {
        let ngrams = &self.scored.scratch.ngrams;
        let mut seen = FxHashSet::default();
        (0..self.context.len()).filter(|&i| seen.insert(ngrams.units_of(i))).collect()
    }

    /// What a candidate adds by itself, whatever else is in the set.
    fn own(&self, candidate: usize) -> f32 {
        let Scratch { sums, .. } = &*self.scored.scratch;
        let (score, length) =
            if self.counts { (EXTRACT_SHARE, SYLLABLE_COST) } else { (SCORE_SHARE, LENGTH_COST) };
        score * self.scores[candidate] + EXTRACT_GAIN * self.scored.extract(candidate)
            - length * sums.lengths[candidate]
    }

    /// What a short candidate costs, where sentences are counted.
    fn short_cost(&self, candidate: usize) -> f32 {
        let length = self.scored.scratch.sums.lengths[candidate];
        self.short_cost * (1.0 - length / SHORT).max(0.0)
    }

    /// What a candidate costs a set that does not hold the candidate before.
    fn dangling_cost(&self, candidate: usize) -> f32 {
        self.dangling.get(candidate).map_or(0.0, |dangling| DANGLING_COST * dangling.need)
    }

    /// Returns the set of the pool with the largest value among those that are allowed.
    fn best_set(
        &self,
        pool: &[usize],
        size: Option<usize>,
        allowed: impl Fn(u8) -> bool,
    ) -> Option<u8> {
        let needs = self.needs(pool);
        let sets: Vec<u8> = (1..=(u8::MAX >> (POOL - pool.len())))
            .filter(|&set| size.is_none_or(|size| size == set.count_ones() as usize))
            .filter(|&set| allowed(set))
            .collect();
        let penalty = |set: &u8| {
            let unmet = needs.iter().filter(|need| set & need.of != 0 && set & need.one_of == 0);
            unmet.map(|need| need.cost).fold(0.0, |a, b| a + b)
        };
        if self.counts {
            let worths = self.worths(pool);
            let value = |set: u8| worths[usize::from(set)] - penalty(&set);
            // The first of equals.
            return sets.into_iter().rev().max_by(|&a, &b| value(a).total_cmp(&value(b)));
        }
        let mut order = pool.to_vec();
        order.sort_unstable_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        let candidates = self.scored.pool(self.scores, &order);
        let extracts = sums_by_set(pool, |c| self.scored.extract(c));
        let extract = |set: u8| EXTRACT_WEIGHT * extracts[usize::from(set)];
        let penalties: Vec<f32> =
            sets.iter().map(|set| PENALTY_SCALE * penalty(set) - extract(*set)).collect();
        let forests = self.scored.forests();
        self.scored.best_set(forests, &candidates, self.scores, &sets, &penalties)
    }

    /// What each set of a pool is worth, whatever its members need, by the bits of the set.
    fn worths(&self, pool: &[usize]) -> [f32; SETS] {
        let ngrams = &self.scored.scratch.ngrams;
        let units = coverage_by_set(
            pool,
            self.units.len(),
            |c| ngrams.distinct_units(c),
            |u| self.units[u],
        );
        let pairs = coverage_by_set(
            pool,
            self.pairs.len(),
            |c| ngrams.distinct_pairs(c),
            |p| self.pairs[p],
        );
        let owns = sums_by_set(pool, |c| self.own(c));
        std::array::from_fn(|set| units[set] + pairs[set] + owns[set])
    }

    /// Returns what the candidates of a pool need beside them.
    fn needs(&self, pool: &[usize]) -> Vec<Need> {
        let mut needs = Vec::new();
        if self.dangling.is_empty() {
            return needs;
        }
        let document = self.context.document();
        for (place, &candidate) in pool.iter().enumerate() {
            let of = 1u8 << place;
            let short = self.short_cost(candidate);
            if short > 0.0 {
                needs.push(Need { of, one_of: 0, cost: short });
            }
            let cost = self.dangling_cost(candidate);
            if cost > 0.0 {
                let before = place.checked_sub(1).filter(|&before| {
                    pool[before] + 1 == candidate && self.context.follows(candidate)
                });
                needs.push(Need { of, one_of: before.map_or(0, |before| 1 << before), cost });
            }
            if let Some(name) = unintroduced(document, self.context.candidate(candidate)) {
                let mut one_of = 0;
                for (earlier, &other) in pool[..place].iter().enumerate() {
                    if introduces(self.context.candidate(other), name) {
                        one_of |= 1 << earlier;
                    }
                }
                needs.push(Need { of, one_of, cost: PERSON_COST });
            }
        }
        needs
    }
}

/// A member of a set that costs it something if no other member is there to introduce it.
struct Need {
    of: u8,
    one_of: u8,
    cost: f32,
}

/// The candidates of a set of a pool, in document order.
fn members_of(pool: &[usize], set: u8) -> impl Iterator<Item = usize> + '_ {
    pool.iter().enumerate().filter(move |(place, _)| set >> place & 1 == 1).map(|(_, &c)| c)
}

/// Adds up a value over the members of each set of a pool, in document order, by the bits of the set.
fn sums_by_set<T: Copy + Default + Add<Output = T>>(
    pool: &[usize],
    value: impl Fn(usize) -> T,
) -> [T; SETS] {
    let mut sums = [T::default(); SETS];
    for (place, &candidate) in pool.iter().enumerate() {
        let value = value(candidate);
        // Each set is one without its last member, and that.
        let (without, with) = sums.split_at_mut(1 << place);
        for (with, without) in with.iter_mut().zip(without) {
            *with = *without + value;
        }
    }
    sums
}

/// What candidates add to a growing summary, for their length.
struct Gain<'a> {
    information: &'a Information<'a>,
    units: Coverage,
    pairs: Coverage,
    /// Exponent of the cost by which a gain is divided.
    power: f32,
    costs: &'a [usize],
}

impl Gains for Gain<'_> {
    fn gain(&self, candidate: usize) -> f32 {
        let information = self.information;
        let ngrams = &information.scored.scratch.ngrams;
        let costs = information.dangling_cost(candidate) + information.short_cost(candidate);
        let own = information.own(candidate) - costs;
        let gain = self.units.add(own, ngrams.distinct_units(candidate).iter().copied(), 1.0);
        let gain = self.pairs.add(gain, ngrams.distinct_pairs(candidate).iter().copied(), 1.0);
        if self.power > 0.0 {
            gain / libm::powf(self.costs[candidate].max(1) as f32, self.power)
        } else {
            gain
        }
    }

    fn cost(&self, candidate: usize) -> usize {
        self.costs[candidate]
    }

    fn take(&mut self, candidate: usize) {
        let ngrams = &self.information.scored.scratch.ngrams;
        self.units.cover(ngrams.distinct_units(candidate).iter().copied());
        self.pairs.cover(ngrams.distinct_pairs(candidate).iter().copied());
    }
}
