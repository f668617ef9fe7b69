//! Nearness to the centre of the article.

use super::{RankContext, Ranker, RankerInfo};
use crate::token::Token;

/// Describes [`Centroid`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "centroid",
    "nearness to the centre of the article, with a bonus for early sentences and for the title",
    "Radev, Jing, Styś & Tam (2004), Information Processing & Management 40(6), section 2",
);

/// Scores a sentence as MEAD does: centroid value, position, and overlap with the first sentence,
/// for which the title stands here.
///
/// - *centroid*: the cosine between the tf-idf vector of the sentence and the sum of all candidate
///   vectors. MEAD adds up the centroid's weights instead (equation 2), which favours long
///   sentences; the cosine does not.
/// - *position*: 1 / (i + 1) for candidate *i*. MEAD lets it fall linearly (equation 3); news puts
///   the news first, and falls faster.
/// - *title*: the share of the title's distinct units that the sentence holds.
#[derive(Clone, Copy, Debug)]
pub struct Centroid {
    /// Weight of the nearness to the centre.
    nearness: f64,
    position: f64,
    title: f64,
}

impl Default for Centroid {
    fn default() -> Self {
        Self { nearness: 1.0, position: 0.7, title: 1.0 }
    }
}

impl Centroid {
    /// Makes a ranker with these weights of nearness, position and title.
    #[must_use]
    pub const fn with_weights(nearness: f64, position: f64, title: f64) -> Self {
        Self { nearness, position, title }
    }
}

impl Ranker for Centroid {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let vectors = context.vectors();
        let centre = vectors.sum();
        let norm = centre.iter().fold(0.0, |sum, v| sum + v * v).sqrt();
        let products = vectors.dot(&centre);
        let title = context.document().title();
        for (i, score) in scores.iter_mut().enumerate() {
            let norms = vectors.norm(i) * norm;
            let cosine = if norms > 0.0 { products[i] / norms } else { 0.0 };
            let position = 1.0 / (i + 1) as f64;
            let share = title.map_or(0.0, |title| {
                let units = title.units();
                let sentence = context.candidate(i);
                let mut held: Vec<_> = sentence.tokens().iter().map(Token::unit).collect();
                held.sort_unstable();
                held.dedup();
                let shared = held.iter().filter(|u| units.binary_search(u).is_ok()).count();
                shared as f64 / units.len().max(1) as f64
            });
            *score = self.nearness * cosine + self.position * position + self.title * share;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::background::Background;
    use crate::{Analyzer, TextOptions};

    #[test]
    fn a_case_worked_by_hand() {
        // Without background statistics every idf is 1. Terms: mưa, to, nhỏ.
        let background = Background::default();
        let options = TextOptions::default().with_title(Some("Mưa nhỏ"));
        let document = Analyzer::new().analyze_with("Mưa to. Mưa nhỏ. Mưa.", options);
        let stop_words = crate::builtin::stop_words();
        let context = RankContext::new(&document, &background, &stop_words);
        let mut scores = vec![0.0; context.len()];
        Centroid::with_weights(1.0, 0.5, 2.0).scores(&context, &mut scores);
        // The sum of the vectors is (3, 1, 1).
        let centre = 11f64.sqrt();
        let expected = [
            4.0 / (2f64.sqrt() * centre) + 0.5 + 2.0 * 0.5,
            4.0 / (2f64.sqrt() * centre) + 0.25 + 2.0,
            3.0 / centre + 0.5 / 3.0 + 2.0 * 0.5,
        ];
        for (score, expected) in scores.iter().zip(expected) {
            assert!((score - expected).abs() < 1e-12, "{score} {expected}");
        }
    }
}
