//! LexRank on the graph of sentences that are alike beyond a threshold.

use super::lexrank::{JUMP, cosines};
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`LexRankThreshold`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "lexrank-threshold",
    "random walk over sentences whose cosine is above a threshold",
    "Erkan & Radev (2004), Journal of Artificial Intelligence Research 22, section 3.2",
);

/// Scores sentences with LexRank on the graph that joins sentences whose cosine is above the
/// threshold; all edges weigh the same (equation 3, algorithm 3).
///
/// Cosine, jump and bounds are those of [`LexRank`](super::lexrank::LexRank). The threshold is the
/// authors' 0.1.
#[derive(Clone, Copy, Debug)]
pub struct LexRankThreshold {
    threshold: f64,
}

impl Default for LexRankThreshold {
    fn default() -> Self {
        Self { threshold: 0.1 }
    }
}

impl LexRankThreshold {
    /// Makes a ranker with this threshold of the cosine, 0 to 1.
    #[must_use]
    pub const fn with_threshold(threshold: f64) -> Self {
        Self { threshold }
    }
}

impl Ranker for LexRankThreshold {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let graph = cosines(context, |cosine| if cosine > self.threshold { 1.0 } else { 0.0 });
        scores.copy_from_slice(&graph.walk(1.0 - JUMP, 1.0 / context.len().max(1) as f64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::weights::background::Background;

    #[test]
    fn a_case_worked_by_hand() {
        // Cosines 1/2 and 1/√2; with the threshold at 0.6 the first sentence is alone.
        let background = Background::default();
        let document = Analyzer::new().analyze("Gạo, tôm. Tôm, cua. Cua.");
        let stop_words = crate::builtin::stop_words();
        let context = RankContext::new(&document, &background, &stop_words);
        let mut scores = vec![0.0; context.len()];
        LexRankThreshold::with_threshold(0.6).scores(&context, &mut scores);
        assert!(scores.iter().all(|s| (s - 1.0 / 3.0).abs() < 1e-9), "{scores:?}");
        // At 0.4 it is a path with loops: p0 = 1/20 + 17/20 (p0/2 + p1/3), p1 = 1 − 2 p0,
        // so p0 · (1 − 17/40 + 17/30) = 1/20 + 17/60, p0 = 40/137.
        LexRankThreshold::with_threshold(0.4).scores(&context, &mut scores);
        for (score, expected) in scores.iter().zip([40.0 / 137.0, 57.0 / 137.0, 40.0 / 137.0]) {
            assert!((score - expected).abs() < 1e-9, "{scores:?}");
        }
    }
}
