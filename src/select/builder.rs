//! A summary that grows sentence by sentence: what is left of its length, and who may be next.

use rustc_hash::FxHashSet;

use crate::candidates::RankContext;
use crate::select::Budget;
use crate::select::budget::Spending;
use crate::select::dangling::dangling_candidates;

/// The length that is left, and who may be picked next.
#[derive(Debug)]
pub(crate) struct Builder<'c> {
    context: &'c RankContext<'c>,
    budget: Budget,
    spending: Spending,
    picks: Vec<usize>,
    state: Vec<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// May be picked.
    Open,
    /// Dangles: the sentence before is not picked.
    Dangling,
    /// Says little alone, or is a part of a quotation: may be picked in the end, if sentences are
    /// counted.
    Weak,
    /// Was picked, or repeats an earlier sentence.
    Closed,
}

impl<'c> Builder<'c> {
    /// Begins an empty summary. Repetitions of an earlier sentence are never picked; with
    /// `avoid_dangling`, sentences that [dangle](dangling_candidates) wait until that is picked.
    pub(crate) fn new(context: &'c RankContext<'c>, budget: &Budget, avoid_dangling: bool) -> Self {
        let mut seen: FxHashSet<Vec<u32>> = FxHashSet::default();
        let dangling = dangling_candidates(context, |_| true);
        let state = context.candidates().enumerate().map(|(i, sentence)| {
            let mut terms: Vec<u32> = sentence.terms().map(|t| t.0).collect();
            terms.sort_unstable();
            if !seen.insert(terms) {
                State::Closed
            } else if !context.stands_alone(i) {
                State::Weak
            } else if avoid_dangling && dangling[i].dangles() {
                State::Dangling
            } else {
                State::Open
            }
        });
        let state = state.collect();
        let spending = Spending::new(budget, context.len());
        Self { context, budget: *budget, spending, picks: Vec::new(), state }
    }

    /// Returns true if the candidate may be picked and fits.
    pub(crate) fn admits(&self, candidate: usize) -> bool {
        self.state[candidate] == State::Open && self.fits(candidate)
    }

    /// Returns true if the candidate takes no more than what is left.
    pub(crate) fn fits(&self, candidate: usize) -> bool {
        self.spending.fits(self.budget.cost(self.context.candidate(candidate)))
    }

    /// Picks a candidate; returns the one that dangled without it and may now be picked, if any.
    pub(crate) fn pick(&mut self, candidate: usize) -> Option<usize> {
        let sentence = self.context.candidate(candidate);
        self.spending.take(self.budget.cost(sentence), sentence.syllable_count());
        self.state[candidate] = State::Closed;
        self.picks.push(candidate);
        let next = candidate + 1;
        if self.state.get(next) == Some(&State::Dangling) {
            self.state[next] = State::Open;
            return Some(next);
        }
        None
    }

    /// Lets dangling sentences be picked after all, and then those that say little alone; returns
    /// those that fit.
    pub(crate) fn release(&mut self) -> Vec<usize> {
        let dangling = self.release_all(State::Dangling);
        let counts = self.budget.unit() == "sentences";
        if dangling.is_empty() && (counts || self.picks.is_empty()) {
            return self.release_all(State::Weak);
        }
        dangling
    }

    fn release_all(&mut self, state: State) -> Vec<usize> {
        let mut released = Vec::new();
        for candidate in 0..self.state.len() {
            if self.state[candidate] == state {
                self.state[candidate] = State::Open;
                if self.fits(candidate) {
                    released.push(candidate);
                }
            }
        }
        released
    }

    /// Returns the picked candidates in the order of picking.
    pub(crate) fn into_picks(self) -> Vec<usize> {
        self.picks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn dangling_and_repeated_sentences_wait() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(
            "Giá gạo tăng mạnh ở Cần Thơ. Tuy nhiên, nông dân không vui. Giá gạo tăng mạnh ở Cần Thơ!",
        );
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut builder = Builder::new(&context, &Budget::Sentences(2), true);
        assert!(builder.admits(0) && !builder.admits(1) && !builder.admits(2));
        assert_eq!(builder.pick(0), Some(1));
        assert!(builder.admits(1));
        assert_eq!(builder.pick(1), None);
        assert!(builder.release().is_empty());
        assert_eq!(builder.into_picks(), [0, 1]);
    }
}
