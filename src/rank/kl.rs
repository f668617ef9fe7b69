//! KL-Sum: a summary whose words are those of the article.

use std::collections::BTreeMap;

use super::content::Content;
use super::{RankContext, Ranker, RankerInfo, SubsetSelector};
use crate::select::Budget;
use crate::select::builder::Builder;
use crate::select::lazy_greedy::LazyQueue;

/// Describes [`Kl`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "kl",
    "sentences that together use words as the article does",
    "Haghighi & Vanderwende (2009), NAACL-HLT, section 3.2",
);

/// What every word of the article is given besides its count in the summary.
const DELTA: f64 = 0.0005;

/// Builds the summary step by step, each time with the sentence after which KL(P ‖ Q) is smallest.
///
/// P is the distribution of content words in the article, Q that in the summary. A word that the
/// summary does not hold would make the divergence infinite; Q is smoothed as Louis & Nenkova
/// (2008, TAC) do: Q(w) = (n(w) + δ) / (N + 1.5 · δ · V) for V different words, δ = 0.0005.
///
/// Scores are −KL of each sentence alone. The gain of a sentence falls while the summary grows, so
/// most sentences need not be looked at again for each pick (Minoux 1978); the result is that of
/// looking at all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kl;

impl Ranker for Kl {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        Divergence::new(context).fill(scores);
    }

    fn rank<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        _: &Budget,
        scores: &mut [f64],
    ) -> Option<Box<dyn SubsetSelector + 'c>> {
        let divergence = Divergence::new(context);
        divergence.fill(scores);
        Some(Box::new(divergence))
    }
}

/// The candidates and the distribution of the words of the article.
#[derive(Debug)]
struct Divergence {
    content: Content,
    shares: Vec<f64>,
    /// 1.5 · δ · V.
    smoothing: f64,
}

impl Divergence {
    fn new(context: &RankContext<'_>) -> Self {
        let content = Content::new(context);
        let counts = content.counts();
        let words = counts.iter().fold(0.0, |sum, n| sum + n).max(1.0);
        let different = counts.iter().filter(|&&n| n > 0.0).count();
        let shares = counts.iter().map(|n| n / words).collect();
        Self { content, shares, smoothing: 1.5 * DELTA * different.max(1) as f64 }
    }

    fn fill(&self, scores: &mut [f64]) {
        // −KL of an empty summary, but for its length.
        let empty = self
            .shares
            .iter()
            .filter(|&&p| p > 0.0)
            .fold(0.0, |sum, &p| sum + p * (libm::log(DELTA) - libm::log(p)));
        let counts = vec![0.0; self.shares.len()];
        for (i, score) in scores.iter_mut().enumerate() {
            *score = empty + self.gain(i, &counts) - self.length(self.weight(i));
        }
    }

    /// The length that a sentence adds. One without content words adds one that nothing tells of.
    fn weight(&self, candidate: usize) -> f64 {
        self.content.length(candidate).max(1.0)
    }

    /// What the length of a summary adds to the divergence.
    fn length(&self, words: f64) -> f64 {
        libm::log(words + self.smoothing)
    }

    /// What the words of a sentence take from the divergence, given what the summary holds.
    fn gain(&self, candidate: usize, counts: &[f64]) -> f64 {
        let (terms, added) = self.content.rows().row(candidate);
        terms.iter().zip(added).fold(0.0, |sum, (&term, added)| {
            let (share, count) = (self.shares[term as usize], counts[term as usize] + DELTA);
            sum + share * (libm::log(count + added) - libm::log(count))
        })
    }
}

/// Candidates by length: of one length the one with the largest gain is best.
type QueuesByLength = BTreeMap<u64, LazyQueue>;

impl SubsetSelector for Divergence {
    fn select(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        avoid_dangling: bool,
    ) -> Vec<usize> {
        let mut builder = Builder::new(context, budget, avoid_dangling);
        let mut counts = vec![0.0; self.shares.len()];
        let (mut words, mut picks) = (0.0, 0);
        let mut queues = QueuesByLength::new();
        let enter =
            |queues: &mut QueuesByLength, candidate: usize, counts: &[f64], picks: usize| {
                let queue = queues.entry(self.weight(candidate) as u64).or_default();
                queue.push(candidate, self.gain(candidate, counts), picks);
            };
        for candidate in (0..context.len()).filter(|&c| builder.admits(c)) {
            enter(&mut queues, candidate, &counts, picks);
        }
        loop {
            let mut best: Option<(f64, usize)> = None;
            for (&length, queue) in &mut queues {
                let cost = self.length(words + length as f64);
                let first = queue.first(
                    picks,
                    |gain| best.is_none_or(|(most, _)| gain - cost >= most),
                    |candidate| builder.admits(candidate),
                    |candidate| self.gain(candidate, &counts),
                );
                if let Some((candidate, gain)) = first {
                    let value = gain - cost;
                    if best.is_none_or(|(most, c)| value > most || candidate < c) {
                        best = Some((value, candidate));
                    }
                }
            }
            let Some((_, picked)) = best else {
                let released = builder.release();
                if released.is_empty() {
                    return builder.into_picks();
                }
                for candidate in released {
                    enter(&mut queues, candidate, &counts, picks);
                }
                continue;
            };
            let freed = builder.pick(picked);
            picks += 1;
            words += self.weight(picked);
            let (terms, added) = self.content.rows().row(picked);
            for (&term, added) in terms.iter().zip(added) {
                counts[term as usize] += added;
            }
            if let Some(freed) = freed {
                enter(&mut queues, freed, &counts, picks);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    const TEXT: &str = "Gạo, tôm. Gạo, cua. Mèo, chó. Gạo, tôm, bò.";

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(TEXT);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        let chooser = Kl.rank(&context, &Budget::default(), &mut scores).expect("sets are chosen");
        // 9 words, 6 of them different: gạo 3, tôm 2, the others 1. Q = (n + δ) / (N + 9 δ).
        let q = |n: f64, words: f64| (n + DELTA) / (words + 9.0 * DELTA);
        let kl = |counts: [f64; 6], words: f64| {
            let shares = [3.0, 2.0, 1.0, 1.0, 1.0, 1.0].map(|n: f64| n / 9.0);
            shares.iter().zip(counts).map(|(p, n)| p * (p / q(n, words)).ln()).sum::<f64>()
        };
        let expected = [
            kl([1.0, 1.0, 0.0, 0.0, 0.0, 0.0], 2.0),
            kl([1.0, 0.0, 1.0, 0.0, 0.0, 0.0], 2.0),
            kl([0.0, 0.0, 0.0, 1.0, 1.0, 0.0], 2.0),
            kl([1.0, 1.0, 0.0, 0.0, 0.0, 1.0], 3.0),
        ];
        for (score, expected) in scores.iter().zip(expected) {
            assert!((score + expected).abs() < 1e-12, "{scores:?} {expected}");
        }
        // The last covers most; then the two words of "Mèo, chó" are new.
        assert_eq!(chooser.select(&context, &Budget::Sentences(2), true), [3, 2]);
    }

    #[test]
    fn the_short_cut_finds_what_looking_at_all_finds() {
        let words = ["gạo", "tôm", "cua", "mèo", "chó", "bò", "gà", "vịt", "cam", "lê", "sầu"];
        let mut state = 7u64;
        let mut next = |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            (state >> 33) as usize % n
        };
        let mut text = String::new();
        for _ in 0..60 {
            let count = 2 + next(6);
            let chosen: Vec<&str> = (0..count)
                .map(|_| {
                    let most = next(11) + 1;
                    words[next(most)]
                })
                .collect();
            text.push_str("Ăn ");
            text.push_str(&chosen.join(", "));
            text.push_str(". ");
        }
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(&text);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let divergence = Divergence::new(&context);
        let budget = Budget::Words(90);
        let mut builder = Builder::new(&context, &budget, false);
        let (mut counts, mut total) = (vec![0.0; divergence.shares.len()], 0.0);
        loop {
            let mut best: Option<(f64, usize)> = None;
            for c in (0..context.len()).filter(|&c| builder.admits(c)) {
                let cost = divergence.length(total + divergence.weight(c));
                let value = divergence.gain(c, &counts) - cost;
                if best.is_none_or(|(most, _)| value > most) {
                    best = Some((value, c));
                }
            }
            let Some((_, picked)) = best else { break };
            builder.pick(picked);
            total += divergence.weight(picked);
            let (terms, added) = divergence.content.rows().row(picked);
            terms.iter().zip(added).for_each(|(&t, n)| counts[t as usize] += n);
        }
        let expected = builder.into_picks();
        assert!(expected.len() > 8);
        assert_eq!(divergence.select(&context, &budget, false), expected);
    }
}
