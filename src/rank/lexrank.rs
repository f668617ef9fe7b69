//! LexRank: centrality in the graph of cosines.

use super::graph::Graph;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`LexRank`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "lexrank",
    "random walk over sentences, by the cosine of their tf-idf vectors",
    "Erkan & Radev (2004), Journal of Artificial Intelligence Research 22, section 3.3",
);

/// Chance of a jump to any sentence, of which the authors take 0.1 to 0.2.
pub(super) const JUMP: f64 = 0.15;

/// Scores sentences with continuous LexRank.
///
/// - *Similarity* (equation 1): the idf-modified cosine, which is the cosine of the
///   [tf-idf vectors](RankContext::vectors); idf is that of the background corpus.
/// - *Score* (equation 4): p(u) = d / N + (1 − d) · Σ cos(u,v) / Σ cos(v,·) · p(v), with d = 0.15.
///   A sentence is its own neighbour, as in the authors' algorithm 3. Scores sum to 1.
///
/// In documents of more than 1,000 sentences each keeps its 32 strongest neighbours and those that
/// keep it.
#[derive(Clone, Copy, Debug, Default)]
pub struct LexRank;

impl Ranker for LexRank {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let graph = cosines(context, |cosine| cosine);
        scores.copy_from_slice(&graph.walk(1.0 - JUMP, 1.0 / context.len().max(1) as f64));
    }
}

/// The graph of cosines, each changed by `weigh`; edges that weigh 0 are left out.
pub(super) fn cosines(context: &RankContext<'_>, weigh: impl Fn(f64) -> f64) -> Graph {
    let vectors = context.vectors();
    Graph::of_products(vectors, vectors, |a, b, product| {
        let norms = vectors.norm(a) * vectors.norm(b);
        // Rounding must not decide whether a sentence is like itself.
        let cosine = if a == b { 1.0 } else { product / norms };
        if norms > 0.0 { weigh(cosine) } else { 0.0 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::weights::background::Background;

    #[test]
    fn a_case_worked_by_hand() {
        // Without background statistics every idf is 1. Vectors: (1,1,0), (0,1,1), (0,0,1)
        // over gạo, tôm, cua: cosines 1/2 and 1/√2.
        let background = Background::default();
        let document = Analyzer::new().analyze("Gạo, tôm. Tôm, cua. Cua.");
        let stop_words = crate::builtin::stop_words();
        let context = RankContext::new(&document, &background, &stop_words);
        let mut scores = vec![0.0; context.len()];
        LexRank.scores(&context, &mut scores);
        // The walk without jumps would rest in proportion to the sums of the cosines; here the
        // equation itself is checked.
        let (x, y) = (0.5, 0.5f64.sqrt());
        let sums = [1.0 + x, 1.0 + x + y, 1.0 + y];
        let rows = [[1.0, x, 0.0], [x, 1.0, y], [0.0, y, 1.0]];
        for u in 0..3 {
            let walk: f64 = (0..3).map(|v| rows[u][v] / sums[v] * scores[v]).sum();
            assert!((scores[u] - (0.05 + 0.85 * walk)).abs() < 1e-10, "{scores:?}");
        }
        assert!((scores.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(scores[1] > scores[2] && scores[2] > scores[0]);
    }
}
