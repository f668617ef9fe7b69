//! Chosen sentences against the sentences that were to be chosen.

use super::Score;

/// Counts of an extraction, which add up over a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::eval::extraction::ExtractionCounts;
///
/// // The system took sentences 0, 1, 4; the annotators 0 and 2.
/// let counts = ExtractionCounts::of(&[0, 1, 4], &[2, 0]);
/// let score = counts.score(1.0);
/// assert_eq!((score.precision, score.recall, score.f_measure), (1.0 / 3.0, 0.5, 0.4));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExtractionCounts {
    correct: u64,
    predicted: u64,
    gold: u64,
}

impl ExtractionCounts {
    /// Compares two sets of sentence numbers; order and repetition do not matter.
    #[must_use]
    pub fn of(predicted: &[usize], gold: &[usize]) -> Self {
        let set = |numbers: &[usize]| {
            let mut numbers = numbers.to_vec();
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let (predicted, gold) = (set(predicted), set(gold));
        let correct = predicted.iter().filter(|p| gold.binary_search(p).is_ok()).count();
        Self { correct: correct as u64, predicted: predicted.len() as u64, gold: gold.len() as u64 }
    }

    /// Builds the counts from sizes; `correct` is bounded by the other two.
    #[must_use]
    pub fn new(correct: u64, predicted: u64, gold: u64) -> Self {
        Self { correct: correct.min(predicted).min(gold), predicted, gold }
    }

    /// Returns the sum of two counts.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            correct: self.correct + other.correct,
            predicted: self.predicted + other.predicted,
            gold: self.gold + other.gold,
        }
    }

    /// Returns how many units both sides have.
    #[must_use]
    pub fn correct(self) -> u64 {
        self.correct
    }

    /// Returns how many units were predicted.
    #[must_use]
    pub fn predicted(self) -> u64 {
        self.predicted
    }

    /// Returns how many units there were to find.
    #[must_use]
    pub fn gold(self) -> u64 {
        self.gold
    }

    /// Returns precision, recall and F-measure of the counts: of a sum of counts, the micro
    /// average. The macro average is [`Score::mean`] of the scores of single articles.
    #[must_use]
    pub fn score(self, beta: f64) -> Score {
        Score::from_counts(self.correct, self.predicted, self.gold, beta)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn repeated_numbers_count_once() {
        assert_eq!(ExtractionCounts::of(&[3, 3, 1], &[1, 1]), ExtractionCounts::new(1, 2, 1));
        assert_eq!(ExtractionCounts::of(&[], &[1]).score(1.0), Score::ZERO);
    }

    #[test]
    fn micro_average_is_the_score_of_the_sum() {
        let sum = ExtractionCounts::new(1, 1, 3).merge(ExtractionCounts::new(1, 3, 1));
        assert_eq!(sum.score(1.0).f_measure, 0.5);
    }
}
