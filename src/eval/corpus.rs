//! Many predictions against their references, on several threads.

use std::thread;

use super::{Measure, Rouge, Score};

/// Scores of a corpus: one row a pair, one column a measure.
///
/// # Examples
///
/// ```
/// use tomtat::eval::corpus::score_corpus;
/// use tomtat::eval::Rouge;
///
/// let predictions = ["mưa to", "nắng đẹp"];
/// let references = [vec!["mưa rất to"], vec!["trời nắng"]];
/// let scores = score_corpus(&Rouge::default(), &predictions, &references, 2)?;
/// assert_eq!(scores.len(), 2);
/// assert_eq!(scores.row(0)[0].precision, 1.0);
/// assert_eq!(scores.mean()[0].precision, 0.75);
/// # Ok::<(), tomtat::eval::corpus::LengthMismatch>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CorpusScores {
    measures: Vec<Measure>,
    scores: Vec<Score>,
}

impl CorpusScores {
    /// Returns the measures of the columns.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Returns the number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scores.len() / self.measures.len().max(1)
    }

    /// Returns true if there are no pairs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// Returns the scores of pair `index`, empty if there is no such pair.
    #[must_use]
    pub fn row(&self, index: usize) -> &[Score] {
        let width = self.measures.len();
        self.scores.get(index * width..(index + 1) * width).unwrap_or_default()
    }

    /// Iterates over the scores of one measure, by its position in
    /// [`measures`](Self::measures); empty if there is none.
    pub fn column(&self, measure: usize) -> impl Iterator<Item = Score> + Clone + '_ {
        let width = self.measures.len().max(1);
        let skip = if measure < width { measure } else { self.scores.len() };
        self.scores.iter().skip(skip).step_by(width).copied()
    }

    /// Returns the F-measures of one measure, for [`Bootstrap`](super::Bootstrap) and tests.
    #[must_use]
    pub fn f_measures(&self, measure: usize) -> Vec<f64> {
        self.column(measure).map(|score| score.f_measure).collect()
    }

    /// Returns the mean of each measure, summed in the order of the pairs.
    #[must_use]
    pub fn mean(&self) -> Vec<Score> {
        (0..self.measures.len()).map(|m| Score::mean(self.column(m))).collect()
    }
}

/// The numbers of predictions and references differ.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{predictions} predictions and {references} lists of references, expected as many")]
pub struct LengthMismatch {
    predictions: usize,
    references: usize,
}

/// Scores each prediction against its references on up to `threads` threads (0 counts as 1).
///
/// The result does not depend on the number of threads.
///
/// # Errors
///
/// If there are not as many lists of references as predictions.
pub fn score_corpus<P, R, L>(
    rouge: &Rouge,
    predictions: &[P],
    references: &[L],
    threads: usize,
) -> Result<CorpusScores, LengthMismatch>
where
    P: AsRef<str> + Sync,
    R: AsRef<str>,
    L: AsRef<[R]> + Sync,
{
    if predictions.len() != references.len() {
        return Err(LengthMismatch {
            predictions: predictions.len(),
            references: references.len(),
        });
    }
    let width = rouge.measures().len();
    let mut scores = vec![Score::ZERO; predictions.len() * width];
    let share = predictions.len().div_ceil(threads.max(1)).max(1);
    let shares = predictions
        .chunks(share)
        .zip(references.chunks(share))
        .zip(scores.chunks_mut(share * width));
    let run = |((predictions, references), scores): ((&[P], &[L]), &mut [Score])| {
        let mut scratch = rouge.scratch();
        let rows = scores.chunks_mut(width);
        for ((prediction, references), row) in predictions.iter().zip(references).zip(rows) {
            let of_pair = rouge.score(prediction.as_ref(), references.as_ref(), &mut scratch);
            row.copy_from_slice(of_pair);
        }
    };
    if threads <= 1 {
        shares.for_each(run);
    } else {
        thread::scope(|scope| {
            for share in shares {
                scope.spawn(move || run(share));
            }
        });
    }
    Ok(CorpusScores { measures: rouge.measures().to_vec(), scores })
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn threads_do_not_change_scores() {
        let predictions: Vec<String> =
            (0..57).map(|i| format!("câu số {} có {} chữ", i % 7, i % 5)).collect();
        let references: Vec<Vec<String>> =
            (0..57).map(|i| vec![format!("câu {} có {} chữ số", i % 3, i % 11)]).collect();
        let rouge = Rouge::default();
        let one = score_corpus(&rouge, &predictions, &references, 1).expect("same lengths");
        for threads in [0, 2, 3, 16, 100] {
            let many = score_corpus(&rouge, &predictions, &references, threads);
            assert_eq!(many.as_ref(), Ok(&one));
        }
        assert_eq!(one.len(), 57);
        assert_eq!(one.row(57), []);
        assert_eq!(one.column(9).count(), 0);
    }

    #[test]
    fn different_numbers_are_an_error() {
        let error = score_corpus(&Rouge::default(), &["a"], &[] as &[Vec<&str>], 1);
        assert_eq!(
            error.expect_err("lengths differ").to_string(),
            "1 predictions and 0 lists of references, expected as many"
        );
    }
}
