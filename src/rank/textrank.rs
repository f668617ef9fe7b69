//! TextRank: sentences recommend the sentences that they share words with.

use super::content::Content;
use super::graph::Graph;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`TextRank`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "textrank",
    "random walk over sentences that share words",
    "Mihalcea & Tarau (2004), EMNLP, section 5",
);

/// Scores sentences with `PageRank` on the graph of their overlap.
///
/// - *Similarity* (section 5.1): the number of distinct content words that two sentences share,
///   divided by ln |A| + ln |B|, where |·| counts content words; 0 if both have one word.
/// - *Score* (equation 2): WS(i) = (1 − d) + d · Σ w(j,i) / Σ w(j,·) · WS(j).
///
/// Stop words are left out, as the authors' syntactic filters do for keywords. In documents of more
/// than 1,000 sentences each keeps its 32 strongest neighbours and those that keep it.
#[derive(Clone, Copy, Debug)]
pub struct TextRank {
    damping: f64,
}

impl Default for TextRank {
    fn default() -> Self {
        Self { damping: 0.85 }
    }
}

impl TextRank {
    /// Makes a ranker with this damping factor, brought into 0..1.
    #[must_use]
    pub fn with_damping(damping: f64) -> Self {
        Self { damping: damping.clamp(0.0, 1.0) }
    }
}

impl Ranker for TextRank {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        scores.copy_from_slice(&overlap(context).walk(self.damping, 1.0));
    }
}

/// The graph of overlaps: shared words over the logarithms of the lengths.
pub(super) fn overlap(context: &RankContext<'_>) -> Graph {
    let content = Content::new(context);
    let sets = content.map(|_, _, _| 1.0);
    let logs: Vec<f64> = (0..sets.rows()).map(|i| libm::log(content.length(i).max(1.0))).collect();
    Graph::of_products(&sets, &sets, |a, b, shared| {
        let length = logs[a] + logs[b];
        if a == b || length <= 0.0 { 0.0 } else { shared / length }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        // {gạo, lúa}, {gạo, tôm, cá}, {tôm, cua}: the middle one shares a word with either end.
        let document = analyzer.analyze("Gạo, lúa. Gạo, tôm, cá. Tôm, cua.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        TextRank::with_damping(0.5).scores(&context, &mut scores);
        // The ends have the same length, so both edges weigh 1 / (ln 2 + ln 3); a path of three
        // with damping 1/2 rests at 5/6, 4/3, 5/6.
        for (score, expected) in scores.iter().zip([5.0 / 6.0, 4.0 / 3.0, 5.0 / 6.0]) {
            assert!((score - expected).abs() < 1e-9, "{scores:?}");
        }
        let graph = overlap(&context);
        let edges: Vec<(usize, f64)> = graph.edges(0).collect();
        assert_eq!(edges.len(), 1);
        assert!((edges[0].1 - 1.0 / 6f64.ln()).abs() < 1e-12, "{edges:?}");
    }
}
