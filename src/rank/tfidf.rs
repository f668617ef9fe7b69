//! The weight of the terms that a sentence holds.

use super::{RankContext, Ranker, RankerInfo};

/// Describes [`TfIdfSum`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "tfidf",
    "weight of the terms in the sentence: tf in the article times idf in the news",
    "Salton & Buckley (1988), Information Processing & Management 24(5); Luhn (1958)",
);

/// Scores a sentence with the sum of tf · idf over its distinct terms, divided by its length.
///
/// tf is the count of the term in all candidates, as 1 + ln(count); idf is that of the background
/// corpus. The sum is divided by the number of words, but at least by the mean number of words of
/// the candidates: a short sentence with one rare word must not win.
#[derive(Clone, Copy, Debug, Default)]
pub struct TfIdfSum;

impl Ranker for TfIdfSum {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let document = context.document();
        let mut counts = vec![0u32; document.term_count()];
        let mut words = 0;
        for term in context.candidates().flat_map(crate::document::Sentence::terms) {
            counts[term.index()] += 1;
            words += 1;
        }
        let mean = f64::from(words) / scores.len().max(1) as f64;
        let idf = context.idf();
        let vectors = context.vectors();
        for (i, score) in scores.iter_mut().enumerate() {
            let (columns, _) = vectors.row(i);
            let sum = columns.iter().fold(0.0, |sum, &c| {
                let c = c as usize;
                sum + (1.0 + libm::log(f64::from(counts[c]))) * idf[c]
            });
            let length = context.candidate(i).word_count() as f64;
            *score = sum / length.max(mean).max(1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::weights::background::Background;

    #[test]
    fn a_case_worked_by_hand() {
        // Without background statistics every idf is 1. Words: {mưa, mưa, to}, {mưa, nhỏ}.
        let background = Background::default();
        let document = Analyzer::new().analyze("Mưa mưa to. Mưa nhỏ.");
        let stop_words = crate::builtin::stop_words();
        let context = RankContext::new(&document, &background, &stop_words);
        let mut scores = vec![0.0; context.len()];
        TfIdfSum.scores(&context, &mut scores);
        let rain = 1.0 + 3f64.ln();
        assert!((scores[0] - (rain + 1.0) / 3.0).abs() < 1e-12);
        // Two words, but the mean is two and a half.
        assert!((scores[1] - (rain + 1.0) / 2.5).abs() < 1e-12);
    }
}
