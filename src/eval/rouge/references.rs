//! Several references for one prediction.

use std::fmt;

use crate::eval::Score;

/// How the scores against several references become one.
///
/// With one reference all four agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum References {
    /// The score with the highest F-measure, for each measure on its own; the first of equals.
    /// What `rouge_score` does in `score_multi`.
    #[default]
    Best,
    /// The mean over the references, part by part.
    Average,
    /// The mean over all choices of all references but one of the best score among them
    /// (Lin 2004, section 2.1): with it, a human summary can be scored against the others on
    /// the same scale.
    Jackknife,
    /// Shared and total counts summed over the references before they are divided, which gives
    /// long references more weight. What ROUGE-1.5.5 does (`-f A`).
    Pooled,
}

impl References {
    /// All ways, in the order of their documentation.
    pub const ALL: [Self; 4] = [Self::Best, Self::Average, Self::Jackknife, Self::Pooled];
}

impl fmt::Display for References {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Best => "best",
            Self::Average => "average",
            Self::Jackknife => "jackknife",
            Self::Pooled => "pooled",
        })
    }
}

/// What a measure counted in one prediction and one reference.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) overlap: f64,
    pub(crate) prediction: f64,
    pub(crate) reference: f64,
}

impl Tally {
    pub(crate) fn of_counts(overlap: u64, prediction: u64, reference: u64) -> Self {
        Self { overlap: overlap as f64, prediction: prediction as f64, reference: reference as f64 }
    }
}

/// Combines the tallies of one measure against each reference; `finish` turns one into a score.
pub(crate) fn combine(
    how: References,
    tallies: impl Iterator<Item = Tally> + Clone,
    finish: impl Fn(Tally) -> Score,
) -> Score {
    let scores = tallies.clone().map(&finish);
    match how {
        References::Average => Score::mean(scores),
        References::Best => best(scores).unwrap_or(Score::ZERO),
        References::Pooled => {
            let sum = tallies.fold(Tally::default(), |sum, tally| Tally {
                overlap: sum.overlap + tally.overlap,
                prediction: sum.prediction + tally.prediction,
                reference: sum.reference + tally.reference,
            });
            finish(sum)
        }
        References::Jackknife => {
            let n = tallies.count();
            if n < 2 {
                return best(scores).unwrap_or(Score::ZERO);
            }
            // All subsets but the one that leaves the best out have the same best score.
            let winner = best_index(scores.clone());
            let top = scores.clone().nth(winner).unwrap_or(Score::ZERO);
            let others = scores.enumerate().filter(|(i, _)| *i != winner).map(|(_, s)| s);
            let second = best(others).unwrap_or(Score::ZERO);
            Score::mean(std::iter::repeat_n(top, n - 1).chain([second]))
        }
    }
}

fn best(scores: impl Iterator<Item = Score>) -> Option<Score> {
    scores.reduce(|best, score| if score.f_measure > best.f_measure { score } else { best })
}

fn best_index(scores: impl Iterator<Item = Score>) -> usize {
    let (mut index, mut top) = (0, f64::NEG_INFINITY);
    for (i, score) in scores.enumerate() {
        if score.f_measure > top {
            (index, top) = (i, score.f_measure);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(how: References) -> f64 {
        // F1 of 0.5, 0.25 and 0.75.
        let tallies = [(2, 4, 4), (1, 4, 4), (3, 4, 4)];
        let tallies = tallies.map(|(o, p, r)| Tally::of_counts(o, p, r));
        let finish = |t: Tally| Score::from_ratio(t.overlap, t.prediction, t.reference, 1.0);
        combine(how, tallies.iter().copied(), finish).f_measure
    }

    #[test]
    fn hand_worked_combinations() {
        assert!((f(References::Best) - 0.75).abs() < 1e-15);
        assert!((f(References::Average) - 0.5).abs() < 1e-15);
        // Leaving out the first or second, 0.75; leaving out the third, 0.5.
        assert!((f(References::Jackknife) - 2.0 / 3.0).abs() < 1e-15);
        assert!((f(References::Pooled) - 0.5).abs() < 1e-15);
    }
}
