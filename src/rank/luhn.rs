//! Luhn's significance: sentences with frequent words close together.

use super::content::Content;
use super::{RankContext, Ranker, RankerInfo};

/// Describes [`Luhn`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "luhn",
    "frequent words that stand close together",
    "Luhn (1958), IBM Journal of Research and Development 2(2)",
);

/// Words between two significant ones that still belong together; Luhn takes four or five.
const GAP: usize = 4;

/// Scores a sentence with its best cluster: the square of the number of significant words in it,
/// divided by the number of its words.
///
/// A cluster begins and ends with a significant word and has at most four others in a row. Stop words
/// are Luhn's upper limit of significance. His lower limit is left to experience: here a word must
/// occur twice, and √n / 2 times in an article of n sentences.
#[derive(Clone, Copy, Debug, Default)]
pub struct Luhn;

impl Ranker for Luhn {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let counts = Content::new(context).counts();
        let least = (f64::sqrt(context.len() as f64) / 2.0).max(2.0);
        for (score, sentence) in scores.iter_mut().zip(context.candidates()) {
            *score = significance(sentence.terms().map(|term| counts[term.index()] >= least));
        }
    }
}

/// The value of the best cluster; the words say whether they are significant.
///
/// A cluster is scored where it ends, so that a sentence and its mirror have one value.
fn significance(words: impl Iterator<Item = bool>) -> f64 {
    // Place of the first and of the last significant word of the cluster, and how many there are.
    let mut cluster: Option<(usize, usize, usize)> = None;
    let mut best = 0.0f64;
    let value = |(first, last, count): (usize, usize, usize)| {
        (count * count) as f64 / (last - first + 1) as f64
    };
    for (place, _) in words.enumerate().filter(|(_, significant)| *significant) {
        cluster = Some(match cluster {
            Some((first, last, count)) if place - last <= GAP + 1 => (first, place, count + 1),
            ended => {
                best = best.max(ended.map_or(0.0, value));
                (place, place, 1)
            }
        });
    }
    best.max(cluster.map_or(0.0, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn the_figure_of_the_paper() {
        // Figure 2 of the paper: four significant words in a bracket of seven, 16 / 7.
        let words = "..*..**.*.....".chars().map(|c| c == '*');
        assert!((significance(words) - 16.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn five_words_between_part_a_cluster() {
        let value = |words: &str| significance(words.chars().map(|c| c == '*'));
        assert!((value("*....*.*") - 9.0 / 8.0).abs() < 1e-12);
        assert!((value("*.....*.*") - 4.0 / 3.0).abs() < 1e-12);
        assert!(value("...").abs() < 1e-12 && value("").abs() < 1e-12);
    }

    #[test]
    fn a_sentence_and_its_mirror_have_one_value() {
        let value = |words: &str| significance(words.chars().map(|c| c == '*'));
        for words in ["**....*", "*.*.....**", "**.*......*"] {
            let mirror: String = words.chars().rev().collect();
            assert!((value(words) - value(&mirror)).abs() < 1e-12, "{words}");
        }
        assert!((value("**....*") - 9.0 / 7.0).abs() < 1e-12);
    }

    #[test]
    fn words_must_occur_twice() {
        let analyzer = Analyzer::new();
        let document =
            analyzer.analyze("Gạo, lúa, gạo. Tôm, cua. Lúa, mèo, chó, bò, gà, vịt, gạo.");
        let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
        let mut scores = vec![0.0; context.len()];
        Luhn.scores(&context, &mut scores);
        assert_eq!(scores, [3.0, 0.0, 1.0]);
    }
}
