//! Reduction: sentences that are like many others.

use super::textrank::overlap;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`Reduction`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "reduction",
    "sum of the similarities to all other sentences",
    "Jing (2000), ANLP, as sumy reads it",
);

/// Scores a sentence with the sum of its similarities, as [TextRank](super::TextRank) measures
/// them, to all others.
///
/// This is the method that the program sumy calls Reduction, and so many tables of results do. Jing
/// shortens sentences; what is left of it here is that words linked to many others matter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reduction;

impl Ranker for Reduction {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let graph = overlap(context);
        for (node, score) in scores.iter_mut().enumerate() {
            *score = graph.strength(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Gạo, lúa. Gạo, tôm, cá. Tôm, cua. Mèo.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        Reduction.scores(&context, &mut scores);
        let edge = 1.0 / 6f64.ln();
        for (score, expected) in scores.iter().zip([edge, 2.0 * edge, edge, 0.0]) {
            assert!((score - expected).abs() < 1e-12, "{scores:?}");
        }
    }
}
