//! Maximal marginal relevance: good sentences that do not repeat each other.

use crate::candidates::RankContext;
use crate::select::budget::Spending;
use crate::select::dangling::dangling_candidates;
use crate::select::{Budget, PassedOver};

/// How many candidates are looked at for each pick; keeps long documents linear.
const POOL: usize = 256;

/// How many of the last picks a candidate is compared with when very many are picked.
const MEMORY: usize = 64;

/// Picks sentences one by one, each time the one with the highest
/// λ · score − (1 − λ) · (largest cosine with a picked sentence).
///
/// Scores are first scaled to 0..1. With λ = 1 the scores alone decide. A sentence that repeats
/// a picked one to the letter of its terms is never picked, whatever λ is.
///
/// At each pick the 256 best remaining candidates are compared, and those with the last 64 picks,
/// so that time stays linear in the number of candidates for a fixed budget.
///
/// # References
///
/// Carbonell & Goldstein (1998), *The use of MMR, diversity-based reranking*, SIGIR, section 2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmr {
    lambda: f64,
    avoid_dangling: bool,
    by_syllables: bool,
}

/// What a dangling sentence loses of its scaled score, for each unit that it needs the one before.
const DANGLING_COST: f64 = 0.1;

impl Default for Mmr {
    fn default() -> Self {
        Self::new(0.5)
    }
}

/// More than any difference of values: what says little alone comes last.
const WEAK_COST: f64 = 4.0;

/// A cosine from which on two sentences are the same.
const SAME: f64 = 0.999;

impl Mmr {
    /// Makes a selector; `lambda` is brought into 0..1.
    #[must_use]
    pub const fn new(lambda: f64) -> Self {
        let lambda = if lambda >= 0.0 { lambda } else { 0.0 };
        let lambda = if lambda <= 1.0 { lambda } else { 1.0 };
        Self { lambda, avoid_dangling: false, by_syllables: false }
    }

    /// Returns the weight of the score against redundancy.
    #[must_use]
    pub const fn lambda(&self) -> f64 {
        self.lambda
    }

    /// Sets whether a [dangling](crate::select::dangling) sentence counts less as long as the one before it is
    /// not picked.
    #[must_use]
    pub const fn with_avoid_dangling(mut self, avoid_dangling: bool) -> Self {
        self.avoid_dangling = avoid_dangling;
        self
    }

    /// Sets whether sentences are compared by their syllables, so that no words are looked for,
    /// instead of by their words.
    #[must_use]
    pub const fn with_syllables(mut self, by_syllables: bool) -> Self {
        self.by_syllables = by_syllables;
        self
    }

    /// Returns the picked candidates, in the order of picking.
    ///
    /// Only candidates that are `allowed` are picked. A sentence that does not fit into what is
    /// left of the budget is passed over. Of equal candidates the earlier one is picked.
    #[must_use]
    pub fn pick(
        &self,
        context: &RankContext<'_>,
        scores: &[f64],
        budget: &Budget,
        allowed: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut spending = Spending::new(budget, scores.len());
        let scaled = scale(scores);
        let mut order: Vec<usize> = (0..scores.len()).filter(|&c| allowed(c)).collect();
        // What says little alone or is a part of a quotation comes last, and fills no length but a
        // number of sentences.
        let counts = budget.unit() == "sentences";
        if !counts && order.iter().any(|&c| context.stands_alone(c)) {
            order.retain(|&c| context.stands_alone(c));
        }
        let is_weak = |c: usize| !context.stands_alone(c);
        order.sort_by(|&a, &b| {
            let by_score = scaled[b].total_cmp(&scaled[a]).then(a.cmp(&b));
            is_weak(a).cmp(&is_weak(b)).then(by_score)
        });

        let vectors =
            if self.by_syllables { context.syllable_vectors() } else { context.vectors() };
        let dangling =
            if self.avoid_dangling { dangling_candidates(context, |_| true) } else { Vec::new() };
        let mut pool: Vec<Waiting> = Vec::with_capacity(POOL.min(order.len()));
        let mut next = order.into_iter();
        let mut picks = Vec::new();
        loop {
            pool.retain(|w| spending.fits(w.cost) && w.nearest < SAME);
            while pool.len() < POOL {
                let Some(candidate) = next.next() else { break };
                let cost = budget.cost(context.candidate(candidate));
                if !spending.fits(cost) {
                    continue;
                }
                let recent: &[usize] = &picks[picks.len().saturating_sub(MEMORY)..];
                let nearest =
                    recent.iter().fold(0.0, |n: f64, &p| n.max(vectors.cosine(candidate, p)));
                if nearest < SAME {
                    let need = dangling.get(candidate).map_or(0.0, |d| f64::from(d.need));
                    // What it points back to may be no candidate.
                    let before = (need > 0.0)
                        .then(
                            || if context.follows(candidate) { candidate - 1 } else { usize::MAX },
                        )
                        .filter(|before| !picks.contains(before));
                    pool.push(Waiting {
                        candidate,
                        cost,
                        nearest,
                        needs: before.map(|b| (b, need)),
                    });
                }
            }
            let value = |w: &Waiting| {
                let penalty = w.needs.map_or(0.0, |(_, need)| DANGLING_COST * need);
                let weak = if is_weak(w.candidate) { WEAK_COST } else { 0.0 };
                let score = scaled[w.candidate] - penalty;
                self.lambda * score - (1.0 - self.lambda) * w.nearest - weak
            };
            let best = pool.iter().enumerate().max_by(|(_, a), (_, b)| {
                value(a).total_cmp(&value(b)).then(b.candidate.cmp(&a.candidate))
            });
            let Some((place, _)) = best else { return picks };
            let picked = pool.swap_remove(place);
            for waiting in &mut pool {
                let cosine = vectors.cosine(waiting.candidate, picked.candidate);
                waiting.nearest = waiting.nearest.max(cosine);
                if waiting.needs.is_some_and(|(before, _)| before == picked.candidate) {
                    waiting.needs = None;
                }
            }
            spending.take(picked.cost, context.candidate(picked.candidate).syllable_count());
            picks.push(picked.candidate);
        }
    }
}

impl Mmr {
    /// Returns why [`pick`](Self::pick) passed over a candidate that is not among its `picks`.
    ///
    /// The value of the candidate after the last pick is compared with the value that the last pick
    /// had: what the candidate would have won without is the reason.
    #[must_use]
    pub fn passed_over(
        &self,
        context: &RankContext<'_>,
        scores: &[f64],
        budget: &Budget,
        picks: &[usize],
        candidate: usize,
    ) -> PassedOver {
        let vectors =
            if self.by_syllables { context.syllable_vectors() } else { context.vectors() };
        let nearest = |candidate: usize, picks: &[usize]| {
            picks.iter().fold(0.0, |n: f64, &p| n.max(vectors.cosine(candidate, p)))
        };
        let (last, before) = match picks.split_last() {
            Some((&last, before)) => (Some(last), before),
            None => (None, picks),
        };
        let mut spending = Spending::new(budget, scores.len());
        for sentence in before.iter().map(|&pick| context.candidate(pick)) {
            spending.take(budget.cost(sentence), sentence.syllable_count());
        }
        let scaled = scale(scores);
        let redundancy = |c: usize| (1.0 - self.lambda) * nearest(c, before);
        let value = |c: usize| self.lambda * scaled[c] - redundancy(c);
        let repeated = nearest(candidate, picks);
        let needs = self.avoid_dangling
            && dangling_candidates(context, |c| c == candidate)[candidate].dangles()
            && !(context.follows(candidate) && before.contains(&(candidate - 1)));
        let bound = last.map_or(f64::NEG_INFINITY, value);
        if repeated >= SAME {
            PassedOver::Repeats
        } else if context.is_weak(candidate) {
            PassedOver::Weak
        } else if context.quotation(candidate).is_some() {
            PassedOver::Quotation
        } else if !spending.fits(budget.cost(context.candidate(candidate))) {
            PassedOver::TooLong
        } else if needs && value(candidate) >= bound {
            PassedOver::Dangling
        } else if value(candidate) + redundancy(candidate) >= bound {
            PassedOver::Repeats
        } else {
            PassedOver::LowerScore
        }
    }
}

/// A candidate that may be picked next.
struct Waiting {
    candidate: usize,
    cost: usize,
    /// Largest cosine with a pick.
    nearest: f64,
    /// The candidate before it, and how much it needs that one, if it does.
    needs: Option<(usize, f64)>,
}

/// Scales scores to 0..1; equal scores all become 1.
fn scale(scores: &[f64]) -> Vec<f64> {
    let (low, high) = scores
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &s| (low.min(s), high.max(s)));
    let range = high - low;
    scores.iter().map(|&s| if range > 0.0 { (s - low) / range } else { 1.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn picks(text: &str, scores: &[f64], lambda: f64, budget: Budget) -> Vec<usize> {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(text);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        assert_eq!(context.len(), scores.len());
        Mmr::new(lambda).pick(&context, scores, &budget, |_| true)
    }

    const TEXT: &str = "Giá xăng giảm mạnh. Giá xăng giảm rất mạnh. Đội tuyển thắng lớn.";

    #[test]
    fn redundancy_costs() {
        let scores = [1.0, 0.9, 0.5];
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Sentences(2)), [0, 1]);
        assert_eq!(picks(TEXT, &scores, 0.5, Budget::Sentences(2)), [0, 2]);
    }

    #[test]
    fn sentences_are_compared_by_syllables_without_words() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(TEXT);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mmr = Mmr::new(0.5).with_syllables(true);
        let picks = mmr.pick(&context, &[1.0, 0.9, 0.5], &Budget::Sentences(2), |_| true);
        assert_eq!(picks, [0, 2]);
        assert!(!document.has_found_words());
    }

    #[test]
    fn a_repeated_sentence_is_never_picked() {
        let text = "Giá xăng giảm mạnh. Đội tuyển thắng. Giá xăng giảm mạnh!";
        assert_eq!(picks(text, &[1.0, 0.1, 0.9], 1.0, Budget::Sentences(3)), [0, 1]);
    }

    #[test]
    fn the_budget_is_kept_and_what_fits_is_used() {
        let scores = [0.2, 1.0, 0.5];
        // Syllables: 4, 5, 4.
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Syllables(9)), [1, 2]);
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Syllables(4)), [2]);
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Syllables(3)), [0usize; 0]);
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Characters(29 + 1 + 20)), [1, 2]);
        assert_eq!(picks(TEXT, &scores, 1.0, Budget::Ratio(0.34)).len(), 2);
    }

    #[test]
    fn ties_go_to_the_earlier_sentence() {
        assert_eq!(picks(TEXT, &[1.0; 3], 1.0, Budget::Sentences(2)), [0, 1]);
    }
}
