//! SumBasic: frequent words, each told once.

use super::content::Content;
use super::{RankContext, Ranker, RankerInfo, SubsetSelector};
use crate::select::Budget;
use crate::select::builder::Builder;
use crate::select::lazy_greedy::LazyQueue;

/// Describes [`SumBasic`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "sumbasic",
    "sentences of frequent words, each of which counts less once it is told",
    "Nenkova & Vanderwende (2005), MSR-TR-2005-101, section 3",
);

/// Builds the summary step by step:
///
/// 1. p(w) is the share of the content word w among all of the article; a sentence weighs the mean
///    of p over its content words.
/// 2. Of the sentences that hold the word with the largest p, the one that weighs most is picked.
/// 3. p(w) becomes p(w)² for its words, and so on.
///
/// Scores are the weights at the beginning. Of equal words the one that occurs first is taken, of
/// equal sentences the earlier. The time of each pick is that of the sentences with one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct SumBasic;

impl Ranker for SumBasic {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        WordProbabilities::new(context).fill(scores);
    }

    fn rank<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        _: &Budget,
        scores: &mut [f64],
    ) -> Option<Box<dyn SubsetSelector + 'c>> {
        let probabilities = WordProbabilities::new(context);
        probabilities.fill(scores);
        Some(Box::new(probabilities))
    }
}

/// The candidates, and the share of each content word.
#[derive(Debug)]
struct WordProbabilities {
    content: Content,
    probabilities: Vec<f64>,
}

impl WordProbabilities {
    fn new(context: &RankContext<'_>) -> Self {
        let content = Content::new(context);
        let counts = content.counts();
        let words = counts.iter().fold(0.0, |sum, n| sum + n).max(1.0);
        let probabilities = counts.iter().map(|n| n / words).collect();
        Self { content, probabilities }
    }

    fn fill(&self, scores: &mut [f64]) {
        for (i, score) in scores.iter_mut().enumerate() {
            *score = self.weight(i, &self.probabilities);
        }
    }

    /// The mean of the probabilities of a sentence's content words.
    fn weight(&self, candidate: usize, probabilities: &[f64]) -> f64 {
        let (terms, counts) = self.content.rows().row(candidate);
        let sum =
            terms.iter().zip(counts).fold(0.0, |s, (&t, n)| s + n * probabilities[t as usize]);
        sum / self.content.length(candidate).max(1.0)
    }

    /// The candidates that hold each term.
    fn holders(&self) -> Vec<Vec<u32>> {
        let mut holders = vec![Vec::new(); self.probabilities.len()];
        for candidate in 0..self.content.rows().rows() {
            for &term in self.content.rows().row(candidate).0 {
                holders[term as usize].push(candidate as u32);
            }
        }
        holders
    }
}

impl SubsetSelector for WordProbabilities {
    fn select(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
    ) -> Vec<usize> {
        let mut builder = Builder::new(context, budget, avoid_dangling);
        let mut probabilities = self.probabilities.clone();
        let holders = self.holders();
        let rows = self.content.rows();
        // Terms by probability. A term comes to the top again with the one that it has now.
        let mut queue = LazyQueue::default();
        for (term, &probability) in
            probabilities.iter().enumerate().filter(|(_, probability)| **probability > 0.0)
        {
            queue.push(term, probability, 0);
        }
        let mut picks = 0;
        let enter =
            |queue: &mut LazyQueue, candidate: usize, probabilities: &[f64], picks: usize| {
                for &term in rows.row(candidate).0 {
                    queue.push(term as usize, probabilities[term as usize], picks);
                }
            };
        // Weights only fall, so the last one known is a bound.
        let mut bounds = vec![f64::INFINITY; context.len()];
        loop {
            let first = queue.first(
                picks,
                |probability| probability > 0.0,
                |_| true,
                |term| probabilities[term],
            );
            let Some((term, _)) = first else {
                let released = builder.release();
                if released.is_empty() {
                    break;
                }
                queue = LazyQueue::default();
                for candidate in released {
                    enter(&mut queue, candidate, &probabilities, picks);
                }
                continue;
            };
            queue.pop();
            let mut best: Option<(f64, usize)> = None;
            for &candidate in &holders[term] {
                let candidate = candidate as usize;
                let beaten = best.is_some_and(|(weight, _)| bounds[candidate] <= weight);
                if beaten || !builder.admits(candidate) {
                    continue;
                }
                let weight = self.weight(candidate, &probabilities);
                bounds[candidate] = weight;
                if best.is_none_or(|(most, _)| weight > most) {
                    best = Some((weight, candidate));
                }
            }
            let Some((_, picked)) = best else { continue };
            let freed = builder.pick(picked);
            for &term in rows.row(picked).0 {
                let probability = &mut probabilities[term as usize];
                // The only word of an article would keep its probability of 1 for ever.
                *probability = if *probability < 1.0 { *probability * *probability } else { 0.0 };
            }
            picks += 1;
            enter(&mut queue, picked, &probabilities, picks);
            if let Some(freed) = freed {
                enter(&mut queue, freed, &probabilities, picks);
            }
        }
        for candidate in 0..context.len() {
            if builder.admits(candidate) {
                builder.pick(candidate);
            }
        }
        builder.into_picks()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Mèo, chó. Gạo, gạo, tôm. Gạo, cua. Tôm, mèo. Gạo, bò.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        let chooser =
            SumBasic.rank(&context, &Budget::default(), &mut scores).expect("sets are chosen");
        // Of 11 words: gạo 4, mèo 2, tôm 2, chó 1, cua 1, bò 1.
        let expected = [1.5, 10.0 / 3.0, 2.5, 2.0, 2.5].map(|mean: f64| mean / 11.0);
        for (score, expected) in scores.iter().zip(expected) {
            assert!((score - expected).abs() < 1e-12, "{scores:?}");
        }
        // "gạo" leads, and "Gạo, gạo, tôm" weighs most. Then p(gạo) = 16/121 is below
        // p(mèo) = 22/121; with p(tôm) = 4/121, "Mèo, chó" (33/242) weighs more than "Tôm, mèo" (26/242).
        // Then "gạo" leads again, and "Gạo, cua" is the earlier of two equals.
        assert_eq!(chooser.select(&context, &Budget::Sentences(3), true), [1, 0, 2]);
    }

    #[test]
    fn all_fitting_sentences_are_taken_if_there_is_room() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Gạo. Tuy nhiên, gạo rẻ. Của và. Gạo gạo gạo. Gạo.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        let chooser =
            SumBasic.rank(&context, &Budget::default(), &mut scores).expect("sets are chosen");
        let mut picks = chooser.select(&context, &Budget::Sentences(9), true);
        picks.sort_unstable();
        assert_eq!(picks, [0, 1, 2, 3]);
    }
}
