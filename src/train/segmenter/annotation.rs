//! Pre-segmented lines as training sentences.

use super::{Join, SegmenterTrainer};
use crate::token::Gap;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;
use crate::words::Unit;

/// Returns the units of a pre-segmented line and what it says about each.
///
/// An underscore joins and white space separates. Where two tokens touch, the decision is unknown:
/// the line has one word there and the tokenizer has several.
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::train::segmenter::{Join, annotated};
///
/// let (units, joins) = annotated("Học_sinh đi học .", &builtin::starters());
/// assert_eq!(units.len(), 5);
/// assert_eq!(joins, [Join::Split, Join::Joined, Join::Split, Join::Split, Join::Split]);
/// ```
#[must_use]
pub fn annotated(line: &str, starters: &SentenceStarters) -> (Vec<Unit>, Vec<Join>) {
    let mut tokens = Vec::new();
    tokenize(line, 0..line.len(), starters, &mut tokens);
    let joins = tokens.iter().enumerate().map(|(i, token)| match token.gap() {
        Gap::Underscore => Join::Joined,
        Gap::None if i > 0 => Join::Unknown,
        _ => Join::Split,
    });
    (tokens.iter().map(Unit::from).collect(), joins.collect())
}

impl SegmenterTrainer {
    /// Adds a pre-segmented line; see [`annotated`].
    pub fn add_line(&mut self, line: &str, weight: f32) {
        let (units, joins) = annotated(line, &self.starters);
        self.add(&units, &joins, weight);
    }

    /// Adds a line that was segmented by two programs; where they disagree, the decision is
    /// unknown.
    ///
    /// Returns the number of units they disagree on, or `None` if `other` does not have the same
    /// units; then `line` is taken as it is.
    pub fn add_agreeing(&mut self, line: &str, other: &str, weight: f32) -> Option<usize> {
        let (units, mut joins) = annotated(line, &self.starters);
        let (other_units, other_joins) = annotated(other, &self.starters);
        let same = units.len() == other_units.len()
            && units.iter().zip(&other_units).all(|(a, b)| a.id == b.id);
        let mut disagreements = 0;
        if same {
            for (join, other) in joins.iter_mut().zip(other_joins) {
                if *join != other {
                    *join = Join::Unknown;
                    disagreements += 1;
                }
            }
        }
        self.add(&units, &joins, weight);
        same.then_some(disagreements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::segmenter::SegmenterOptions;

    #[test]
    fn touching_tokens_are_left_open() {
        use Join::{Joined, Split, Unknown};

        let (_, joins) = annotated("ga Sài_Gòn-Hà_Nội", &SentenceStarters::default());
        assert_eq!(joins, [Split, Split, Joined, Unknown, Unknown, Joined]);
    }

    #[test]
    fn disagreements_are_counted() {
        let mut trainer = SegmenterTrainer::new(SegmenterOptions::default());
        assert_eq!(trainer.add_agreeing("học_sinh giỏi toán", "học_sinh_giỏi toán", 1.0), Some(1));
        assert_eq!(trainer.add_agreeing("học_sinh giỏi", "học_sinh giỏi văn", 1.0), None);
        assert_eq!(trainer.len(), 2);
    }
}
