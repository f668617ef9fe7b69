//! What a sentence has in common with the title.

use super::{RankContext, Ranker, RankerInfo};
use crate::text::key::UnitId;
use crate::token::Token;

/// Describes [`Title`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "title",
    "share of the title's syllables that the sentence holds",
    "Edmundson (1969), Journal of the ACM 16(2), the title method",
);

/// Scores a sentence with the share of the title's distinct units that it holds, 0 to 1.
///
/// Edmundson adds up weights of the title's words; syllables find a word again that the segmenter
/// joined with another. Without a title all scores are 0, and the earliest sentences win.
#[derive(Clone, Copy, Debug, Default)]
pub struct Title;

impl Ranker for Title {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn needs_words(&self) -> bool {
        false
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let Some(title) = context.document().title() else { return };
        let units = title.units();
        let mut held: Vec<UnitId> = Vec::new();
        for (score, sentence) in scores.iter_mut().zip(context.candidates()) {
            held.clear();
            held.extend(sentence.tokens().iter().map(Token::unit));
            held.sort_unstable();
            held.dedup();
            let shared = held.iter().filter(|unit| units.binary_search(unit).is_ok()).count();
            *score = shared as f64 / units.len().max(1) as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, TextOptions};

    #[test]
    fn a_case_worked_by_hand() {
        let analyzer = Analyzer::new();
        let options = TextOptions::default().with_title(Some("Giá gạo tăng mạnh"));
        let document = analyzer.analyze_with("Gạo tăng giá. Trời mưa. Mạnh ai nấy chạy.", options);
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        Title.scores(&context, &mut scores);
        assert_eq!(scores, [0.75, 0.0, 0.25]);
    }
}
