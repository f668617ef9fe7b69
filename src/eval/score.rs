//! Precision, recall and F-measure.

/// Precision, recall and F-measure of one prediction, each between 0 and 1.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Score;
///
/// // Three of four predicted syllables are among the six of the reference.
/// let score = Score::from_counts(3, 4, 6, 1.0);
/// assert_eq!((score.precision, score.recall), (0.75, 0.5));
/// assert!((score.f_measure - 0.6).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    /// Share of the prediction that is in the reference.
    pub precision: f64,
    /// Share of the reference that is in the prediction.
    pub recall: f64,
    /// Weighted harmonic mean of the two; F1 unless the scorer was built with another beta.
    pub f_measure: f64,
}

impl Score {
    /// The score of a prediction that shares nothing with its reference.
    pub const ZERO: Self = Self { precision: 0.0, recall: 0.0, f_measure: 0.0 };

    /// Builds the score of `overlap` units shared by a prediction of `prediction` units and a
    /// reference of `reference` units.
    ///
    /// An empty side gives 0, as in `rouge_score`: an empty prediction of an empty reference is
    /// not a success.
    #[must_use]
    pub fn from_counts(overlap: u64, prediction: u64, reference: u64, beta: f64) -> Self {
        Self::from_ratio(overlap as f64, prediction as f64, reference as f64, beta)
    }

    /// Builds the score from weights instead of counts; a side that is not positive gives 0.
    #[must_use]
    pub fn from_ratio(overlap: f64, prediction: f64, reference: f64, beta: f64) -> Self {
        // Sums of weights, unlike counts, may exceed the whole in their last bits.
        let share = |of: f64| if of > 0.0 { (overlap / of).min(1.0) } else { 0.0 };
        let (precision, recall) = (share(prediction), share(reference));
        Self::from_precision_recall(precision, recall, beta)
    }

    /// Builds the score from precision and recall,
    /// `F = (1 + beta²) · P · R / (beta² · P + R)` (van Rijsbergen 1979).
    #[must_use]
    pub fn from_precision_recall(precision: f64, recall: f64, beta: f64) -> Self {
        let squared = beta * beta;
        let denominator = squared * precision + recall;
        let f_measure = if denominator > 0.0 {
            ((1.0 + squared) * precision * recall / denominator).min(1.0)
        } else {
            0.0
        };
        Self { precision, recall, f_measure }
    }

    /// Returns the mean of the scores, part by part, summed in the given order; zero of none.
    ///
    /// The mean F-measure is the mean of the F-measures, not the F-measure of the means, as in
    /// all ROUGE tables.
    #[must_use]
    pub fn mean(scores: impl IntoIterator<Item = Self>) -> Self {
        let (mut sum, mut n) = (Self::ZERO, 0_u64);
        for score in scores {
            sum.precision += score.precision;
            sum.recall += score.recall;
            sum.f_measure += score.f_measure;
            n += 1;
        }
        if n == 0 {
            return Self::ZERO;
        }
        let n = n as f64;
        Self { precision: sum.precision / n, recall: sum.recall / n, f_measure: sum.f_measure / n }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn beta_weighs_recall() {
        let score = Score::from_counts(2, 4, 8, 2.0);
        // 5 · 0.5 · 0.25 / (4 · 0.5 + 0.25)
        assert!((score.f_measure - 0.625 / 2.25).abs() < 1e-15);
    }

    #[test]
    fn rounding_of_weights_cannot_exceed_one() {
        let score = Score::from_ratio(1.0 + f64::EPSILON, 1.0, 1.0, 1.0);
        assert_eq!((score.precision, score.recall, score.f_measure), (1.0, 1.0, 1.0));
    }

    #[test]
    fn empty_sides_give_zero() {
        assert_eq!(Score::from_counts(0, 0, 0, 1.0), Score::ZERO);
        assert_eq!(Score::from_counts(0, 5, 0, 1.0), Score::ZERO);
        assert_eq!(Score::mean([]), Score::ZERO);
    }
}
