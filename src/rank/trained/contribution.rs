//! Why a sentence has its score: what each feature adds.

use super::features::{COUNT, NAMES};
use super::forest::{Columns, ComparisonMasks};
use super::{LengthKind, ScoredArticle, Trained};
use crate::rank::RankContext;

/// What one feature adds to the score of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Contribution {
    /// Name of the feature.
    pub feature: &'static str,
    /// Its value for the sentence.
    pub value: f32,
    /// Its median over the sentences of the article.
    pub median: f32,
    /// How much the score would fall if the feature had its median.
    pub contribution: f32,
}

impl Trained {
    /// Returns what each feature adds to the score of a candidate, the largest part first; empty if
    /// there is no such candidate.
    ///
    /// Features work together in the trees, so the parts need not add up to the score.
    pub(super) fn parts(
        &self,
        context: &RankContext<'_>,
        kind: LengthKind,
        candidate: usize,
    ) -> Vec<Contribution> {
        if candidate >= context.len() {
            return Vec::new();
        }
        let scored = ScoredArticle::for_length(&self.model, context, kind);
        // Row f has the median of feature f; the last row is the candidate itself.
        let mut changed = Columns::new(COUNT + 1, COUNT);
        let mut parts = Vec::with_capacity(COUNT);
        for (feature, name) in NAMES.into_iter().enumerate() {
            let column = scored.scratch.columns.column(feature);
            let mut sorted = column.to_vec();
            sorted.sort_unstable_by(f32::total_cmp);
            let (value, median) = (column[candidate], sorted[sorted.len() / 2]);
            for row in 0..=COUNT {
                changed.set(feature, row, if row == feature { median } else { value });
            }
            parts.push(Contribution { feature: name, value, median, contribution: 0.0 });
        }
        let scores =
            scored.heads.sentences(scored.kind).predict(&changed, &mut ComparisonMasks::new());
        for (part, score) in parts.iter_mut().zip(&scores) {
            part.contribution = scores[COUNT] - score;
        }
        parts.sort_by(|a, b| b.contribution.total_cmp(&a.contribution));
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, TextOptions};

    #[test]
    fn the_title_speaks_for_the_sentence_that_repeats_it() {
        let analyzer = Analyzer::new();
        let options = TextOptions::default().with_title(Some("Cầu Cỏ May thông xe trước Tết"));
        let document = analyzer.analyze_with(
            "Trời hôm ấy se lạnh. Người dân hai bên bờ vui mừng. Cầu Cỏ May chính thức thông xe \
             trước Tết một tháng. Ông Ba bán phở từ sáng sớm.",
            options,
        );
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let trained = Trained::default();
        let parts = trained.parts(&context, LengthKind::Free, 2);
        assert_eq!(parts.len(), COUNT);
        assert!(parts.iter().take(8).any(|p| p.feature.contains("title")), "{:?}", &parts[..8]);
        assert!(trained.parts(&context, LengthKind::Free, 4).is_empty());
    }
}
