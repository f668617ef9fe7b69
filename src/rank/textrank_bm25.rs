//! TextRank with BM25 as the similarity of sentences.

use super::content::Content;
use super::graph::Graph;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`TextRankBm25`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "textrank-bm25",
    "random walk over sentences that would find each other as BM25 queries",
    "Barrios, López, Argerich & Wachenchauzer (2016), arXiv:1602.03606, section 3.2",
);

/// Scores sentences with `PageRank` on the graph of their BM25 values.
///
/// The edge from R to S weighs Σ IDF(t) · f(t,S) (k₁ + 1) / (f(t,S) + k₁ (1 − b + b |S| / avg)) over
/// the content words t of R (equation 3), with k₁ = 1.2 and b = 0.75. IDF(t) is
/// ln (N − n + 0.5) − ln (n + 0.5) over the sentences of the article; where t is in more than half of
/// them, it is a quarter of the mean IDF (equation 4), and never below 0: a walk cannot follow a
/// negative edge.
///
/// In documents of more than 1,000 sentences each keeps its 32 strongest neighbours and those that
/// keep it.
#[derive(Clone, Copy, Debug)]
pub struct TextRankBm25 {
    damping: f64,
    k1: f64,
    b: f64,
}

/// Share of the mean IDF that words of more than half of the sentences have.
const EPSILON: f64 = 0.25;

impl Default for TextRankBm25 {
    fn default() -> Self {
        Self { damping: 0.85, k1: 1.2, b: 0.75 }
    }
}

impl TextRankBm25 {
    fn graph(self, context: &RankContext<'_>) -> Graph {
        let content = Content::new(context);
        let sentences = context.len() as f64;
        let mut holding = vec![0.0; content.rows().columns()];
        let mut words = 0.0;
        for i in 0..context.len() {
            content.rows().row(i).0.iter().for_each(|&term| holding[term as usize] += 1.0);
            words += content.length(i);
        }
        let idf = idf(&holding, sentences);
        let mean = words / sentences.max(1.0);
        let queries = content.map(|_, term, count| idf[term] * count);
        let found = content.map(|i, _, count| {
            let norm = 1.0 - self.b + self.b * content.length(i) / mean;
            count * (self.k1 + 1.0) / (count + self.k1 * norm)
        });
        Graph::of_products(&queries, &found, |a, b, value| if a == b { 0.0 } else { value })
    }
}

/// Inverse sentence frequencies, with the correction for words of most sentences.
fn idf(holding: &[f64], sentences: f64) -> Vec<f64> {
    let raw = |n: f64| libm::log(sentences - n + 0.5) - libm::log(n + 0.5);
    let (mut sum, mut terms) = (0.0, 0.0);
    for &n in holding.iter().filter(|&&n| n > 0.0) {
        sum += raw(n);
        terms += 1.0;
    }
    let common = if terms > 0.0 { EPSILON * sum / terms } else { 0.0 };
    holding.iter().map(|&n| if n > sentences / 2.0 { common } else { raw(n) }.max(0.0)).collect()
}

impl Ranker for TextRankBm25 {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        scores.copy_from_slice(&self.graph(context).walk(self.damping, 1.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Gạo, gạo. Gạo, lúa. Tôm, cua. Mèo, chó. Hoa, quả.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        assert_eq!(context.len(), 5);
        let ranker = TextRankBm25::default();
        let graph = ranker.graph(&context);
        // "gạo" is in 2 of 5 sentences: IDF = ln 3.5 − ln 2.5. All sentences have two words, so the
        // norm is 1: f = 1 gives 2.2 / 2.2, f = 2 gives 4.4 / 3.2.
        let idf = (3.5f64 / 2.5).ln();
        let edges = |node| graph.edges(node).collect::<Vec<_>>();
        assert_eq!((edges(0).len(), edges(1).len(), edges(2).len()), (1, 1, 0));
        assert!((edges(0)[0].1 - 2.0 * idf).abs() < 1e-12, "{:?}", edges(0));
        assert!((edges(1)[0].1 - idf * 4.4 / 3.2).abs() < 1e-12, "{:?}", edges(1));
        // The two recommend only each other; the rest is alone.
        let mut scores = vec![0.0; context.len()];
        ranker.scores(&context, &mut scores);
        for (score, expected) in scores.iter().zip([1.0, 1.0, 0.15, 0.15, 0.15]) {
            assert!((score - expected).abs() < 1e-9, "{scores:?}");
        }
    }

    #[test]
    fn words_of_most_sentences_never_count_against() {
        assert_eq!(idf(&[3.0, 0.0], 3.0)[0].total_cmp(&0.0), std::cmp::Ordering::Equal);
        let values = idf(&[3.0, 1.0, 1.0], 4.0);
        let rare = (3.5f64 / 1.5).ln();
        let common = 0.25 * (2.0 * rare + (1.5f64 / 3.5).ln()) / 3.0;
        assert!((values[0] - common).abs() < 1e-12 && (values[1] - rare).abs() < 1e-12);
    }
}
