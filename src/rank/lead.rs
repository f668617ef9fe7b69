//! The first sentences: the baseline that news is hard to beat on.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{RankContext, Ranker, RankerInfo, SubsetSelector};
use crate::select::Budget;
use crate::select::budget::Spending;
use crate::text::key::UnitId;
use crate::token::Token;

/// Describes [`Lead`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "lead",
    "sentences in the order of the article",
    "Brandow, Mitze & Rau (1995), Information Processing & Management 31(5), section 4",
);

/// Scores candidate *i* with 1 / (*i* + 1), and takes the candidates in that order.
///
/// A sentence that does not fit is passed over, and so is one of the same syllables as a sentence
/// before it. A quotation is taken whole or passed over. What says little alone comes last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lead;

impl Ranker for Lead {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, _: &RankContext<'_>, scores: &mut [f64]) {
        for (i, score) in scores.iter_mut().enumerate() {
            *score = 1.0 / (i + 1) as f64;
        }
    }

    fn rank<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        _: &Budget,
        scores: &mut [f64],
    ) -> Option<Box<dyn SubsetSelector + 'c>> {
        self.scores(context, scores);
        Some(Box::new(*self))
    }

    fn needs_words(&self) -> bool {
        false
    }
}

impl SubsetSelector for Lead {
    fn select(&self, context: &RankContext<'_>, budget: &Budget, _: bool) -> Vec<usize> {
        let (weak, strong): (Vec<usize>, Vec<usize>) =
            (0..context.len()).partition(|&candidate| context.is_weak(candidate));
        // As everywhere, what says little alone fills no length but a number of sentences.
        let fills = budget.unit() == "sentences" || strong.is_empty();
        let mut spending = Spending::new(budget, context.len());
        let mut seen: FxHashSet<Vec<UnitId>> = FxHashSet::default();
        let mut picks = Vec::new();
        for candidate in strong.into_iter().chain(weak.into_iter().filter(|_| fills)) {
            // Nothing fits any more: the rest of a long text is not looked at.
            if !spending.fits(1) {
                break;
            }
            // A quotation is taken whole, with its first sentence.
            let quotation = context.quotation(candidate).unwrap_or(candidate..candidate + 1);
            if candidate > quotation.start {
                continue;
            }
            let mut rest = spending;
            let fits = quotation.clone().all(|member| {
                let sentence = context.candidate(member);
                let cost = budget.cost(sentence);
                let fits = rest.fits(cost);
                rest.take(cost, sentence.syllable_count());
                fits
            });
            if fits && seen.insert(units_of(context, quotation.clone())) {
                spending = rest;
                picks.extend(quotation);
            }
        }
        picks
    }
}

/// Returns the units of some candidates, sorted.
fn units_of(context: &RankContext<'_>, candidates: Range<usize>) -> Vec<UnitId> {
    let tokens = candidates.flat_map(|candidate| context.candidate(candidate).tokens());
    let mut units: Vec<UnitId> = tokens.filter(|t| t.kind().is_term()).map(Token::unit).collect();
    units.sort_unstable();
    units
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::summary::Pick;
    use crate::{Analyzer, Summarizer};

    fn picks(text: &str, budget: Budget) -> Vec<usize> {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(text);
        let summarizer = Summarizer::from_ranker(&analyzer, Arc::new(Lead)).with_budget(budget);
        let summary = summarizer.summarize(&document);
        assert_eq!(document.has_found_words(), budget.unit() == "words");
        summary.picks().iter().map(Pick::sentence).collect()
    }

    const TEXT: &str = "Chợ nổi Cái Răng họp từ năm giờ sáng. Chợ nổi họp sớm nhất vùng Tây Nam Bộ. \
        Chợ nổi Cái Răng họp từ năm giờ sáng! Khách từ thành phố đến chợ rất đông.";

    #[test]
    fn the_first_sentences_are_taken_and_none_twice() {
        assert_eq!(picks(TEXT, Budget::Sentences(2)), [0, 1]);
        assert_eq!(picks(TEXT, Budget::Sentences(3)), [0, 1, 3]);
    }

    #[test]
    fn a_quotation_is_taken_whole() {
        let text = "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy. Cả nhà phải trèo lên mái tôn ngồi \
            chờ.” Sáng hôm sau, bộ đội đưa xuồng đến đón gia đình bà vào trường học ở đầu làng. Đến \
            trưa, hơn ba trăm hộ dân của xã đã được đưa đến nơi an toàn.";
        assert_eq!(picks(text, Budget::Sentences(1)), [2]);
        assert_eq!(picks(text, Budget::Sentences(2)), [0, 1]);
        assert_eq!(picks(text, Budget::Sentences(3)), [0, 1, 2]);
    }

    #[test]
    fn what_does_not_fit_is_passed_over() {
        // Syllables: 9, 9, 9, 8.
        assert_eq!(picks(TEXT, Budget::Syllables(17)), [0, 3]);
        assert_eq!(picks(TEXT, Budget::Words(3)), [0usize; 0]);
    }
}
