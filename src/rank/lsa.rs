//! Latent semantic analysis: sentences that are long in the directions of the main topics.

mod eigen;

use super::content::Content;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`Lsa`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "lsa",
    "length of the sentence in the space of the main topics",
    "Steinberger & Ježek (2004), ISIM, section 3",
);

/// Scores sentence *k* with s(k) = √ Σ v(k,i)² · σ(i)², where σ and v are singular values and right
/// singular vectors of the matrix of terms and sentences, and *i* runs over the topics whose
/// singular value is at least half of the largest.
///
/// The matrix has the count of each content word in each sentence times its idf in the background
/// corpus. Up to 128 sentences the topics are found with Jacobi's rotations of the products of
/// sentences; in longer documents the sixteen largest with thirty steps of subspace iteration.
/// Without the cut every score would be the length of the sentence's own vector.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lsa;

/// Smallest singular value of a topic, as a share of the largest.
const LEAST: f64 = 0.5;

impl Ranker for Lsa {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let idf = context.idf();
        let rows = Content::new(context).map(|_, term, count| count * idf[term]);
        let topics = eigen::largest(&rows);
        let most = topics.first().map_or(0.0, |topic| topic.value);
        // A matrix of zeros has no topics. Squared singular values are what is found.
        for topic in topics.iter().filter(|t| t.value > 0.0 && t.value >= LEAST * LEAST * most) {
            for (score, part) in scores.iter_mut().zip(&topic.vector) {
                *score += topic.value * part * part;
            }
        }
        scores.iter_mut().for_each(|score| *score = score.max(0.0).sqrt());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::weights::background::Background;

    #[test]
    fn a_case_worked_by_hand() {
        // Every idf is 1. Vectors (1,1,0), (1,1,0) … the second repeats the first word: products
        // [[2,3,0],[3,5,0],[0,0,1]]. λ = (7 ± √45) / 2 and 1; half of σ₁ = 2.618 is 1.309, so that
        // only the first topic is left: λ₁ = 6.854, v = (3, λ₁ − 2) / |·|.
        let background = Background::default();
        let document = Analyzer::new().analyze("Gạo, tôm. Gạo, tôm, gạo. Mèo.");
        let stop_words = crate::builtin::stop_words();
        let context = RankContext::new(&document, &background, &stop_words);
        let mut scores = vec![0.0; context.len()];
        Lsa.scores(&context, &mut scores);
        let value = f64::midpoint(7.0, 45f64.sqrt());
        let (x, y) = (3.0, value - 2.0);
        let norm = f64::sqrt(x * x + y * y);
        let expected = [value.sqrt() * x / norm, value.sqrt() * y / norm, 0.0];
        for (score, expected) in scores.iter().zip(expected) {
            assert!((score - expected).abs() < 1e-9, "{scores:?} {expected}");
        }
    }
}
