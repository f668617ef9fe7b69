//! What rankers share that build a summary sentence by sentence.

use rustc_hash::FxHashSet;

use super::RankContext;
use crate::select::Budget;
use crate::select::dependence::leaning;

/// The length that is left, and who may be picked next.
#[derive(Debug)]
pub(super) struct Builder<'c> {
    context: &'c RankContext<'c>,
    budget: Budget,
    limit: usize,
    used: usize,
    syllables: usize,
    picks: Vec<usize>,
    state: Vec<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// May be picked.
    Open,
    /// Leans on a sentence that is not picked.
    Leaning,
    /// Was picked, or repeats an earlier sentence.
    Closed,
}

impl<'c> Builder<'c> {
    /// Begins an empty summary. Repetitions of an earlier sentence are never picked; with
    /// `self_standing`, sentences that [lean](leaning) on the one before wait until that is picked.
    pub(super) fn new(context: &'c RankContext<'c>, budget: &Budget, self_standing: bool) -> Self {
        let mut seen: FxHashSet<Vec<u32>> = FxHashSet::default();
        let leaning = leaning(context.candidates());
        let state = context.candidates().enumerate().map(|(i, sentence)| {
            let mut terms: Vec<u32> = sentence.terms().map(|t| t.0).collect();
            terms.sort_unstable();
            if !seen.insert(terms) {
                State::Closed
            } else if self_standing && leaning[i] {
                State::Leaning
            } else {
                State::Open
            }
        });
        let state = state.collect();
        let limit = budget.limit(context.len());
        Self { context, budget: *budget, limit, used: 0, syllables: 0, picks: Vec::new(), state }
    }

    /// Returns true if the candidate may be picked and fits.
    pub(super) fn admits(&self, candidate: usize) -> bool {
        self.state[candidate] == State::Open && self.fits(candidate)
    }

    /// Returns true if the candidate takes no more than what is left.
    pub(super) fn fits(&self, candidate: usize) -> bool {
        let separator = if self.picks.is_empty() { 0 } else { self.budget.separator_cost() };
        let full = self.budget == Budget::Auto && self.syllables >= Budget::AUTO_SYLLABLES;
        let cost = self.budget.cost(self.context.candidate(candidate));
        !full && self.used.saturating_add(separator + cost) <= self.limit
    }

    /// Picks a candidate; returns the one that leaned on it and may now be picked, if any.
    pub(super) fn pick(&mut self, candidate: usize) -> Option<usize> {
        let sentence = self.context.candidate(candidate);
        let separator = if self.picks.is_empty() { 0 } else { self.budget.separator_cost() };
        self.used += separator + self.budget.cost(sentence);
        self.syllables += sentence.syllable_count();
        self.state[candidate] = State::Closed;
        self.picks.push(candidate);
        let next = candidate + 1;
        if self.state.get(next) == Some(&State::Leaning) {
            self.state[next] = State::Open;
            return Some(next);
        }
        None
    }

    /// Lets sentences that lean be picked after all; returns those that fit.
    pub(super) fn release(&mut self) -> Vec<usize> {
        let mut released = Vec::new();
        for candidate in 0..self.state.len() {
            if self.state[candidate] == State::Leaning {
                self.state[candidate] = State::Open;
                if self.fits(candidate) {
                    released.push(candidate);
                }
            }
        }
        released
    }

    /// Returns the picked candidates in the order of picking.
    pub(super) fn into_picks(self) -> Vec<usize> {
        self.picks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn leaning_and_repeated_sentences_wait() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Giá gạo tăng mạnh ở Cần Thơ. Tuy nhiên, nông dân không vui. Giá gạo tăng mạnh ở Cần Thơ!",
        );
        let context = RankContext::new(&document, analyzer.background());
        let mut builder = Builder::new(&context, &Budget::Sentences(2), true);
        assert!(builder.admits(0) && !builder.admits(1) && !builder.admits(2));
        assert_eq!(builder.pick(0), Some(1));
        assert!(builder.admits(1));
        assert_eq!(builder.pick(1), None);
        assert!(builder.release().is_empty());
        assert_eq!(builder.into_picks(), [0, 1]);
    }
}
