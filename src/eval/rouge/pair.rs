//! One prediction against one reference, both as numbers: what all measures start from.
//!
//! The distinct tokens of the reference get *local* numbers from 0 on. What follows (counts,
//! bit masks, n-grams) works on arrays of the size of the reference, whatever the vocabulary.

use crate::eval::tokenize::TokenSequence;

/// Local number of a token that the reference does not have.
pub(crate) const ABSENT: u32 = u32::MAX;

/// A reference prepared for scoring, and one prediction in its numbering.
#[derive(Debug, Default)]
pub(crate) struct Pair {
    /// From vocabulary number to local number.
    local: Vec<u32>,
    /// Vocabulary numbers of the local numbers.
    types: Vec<u32>,
    /// The reference in local numbers.
    pub(crate) reference: Vec<u32>,
    pub(crate) reference_ends: Vec<u32>,
    /// Occurrences in the reference by local number.
    pub(crate) reference_counts: Vec<u32>,
    /// The prediction in local numbers, [`ABSENT`] for what the reference does not have.
    pub(crate) prediction: Vec<u32>,
    pub(crate) prediction_ends: Vec<u32>,
}

impl Pair {
    /// Numbers the tokens of `reference`.
    pub(crate) fn set_reference(&mut self, reference: &TokenSequence, vocabulary_len: usize) {
        for id in self.types.drain(..) {
            self.local[id as usize] = ABSENT;
        }
        if self.local.len() < vocabulary_len {
            self.local.resize(vocabulary_len, ABSENT);
        }
        self.reference.clear();
        self.reference_counts.clear();
        for id in &reference.ids {
            let slot = &mut self.local[*id as usize];
            if *slot == ABSENT {
                *slot = self.types.len() as u32;
                self.types.push(*id);
                self.reference_counts.push(0);
            }
            self.reference.push(*slot);
            self.reference_counts[*slot as usize] += 1;
        }
        self.reference_ends.clone_from(&reference.sentence_ends);
        self.prediction.clear();
        self.prediction_ends.clear();
    }

    /// Forgets the reference, so that the vocabulary may be emptied.
    pub(crate) fn reset(&mut self) {
        self.local.clear();
        self.types.clear();
        self.reference.clear();
        self.reference_ends.clear();
        self.reference_counts.clear();
        self.prediction.clear();
        self.prediction_ends.clear();
    }

    /// Returns the local number of a token.
    #[inline]
    pub(crate) fn local(&self, id: u32) -> u32 {
        self.local.get(id as usize).copied().unwrap_or(ABSENT)
    }

    /// Renumbers `prediction`.
    pub(crate) fn set_prediction(&mut self, prediction: &TokenSequence) {
        self.prediction.clear();
        for id in &prediction.ids {
            let local = self.local(*id);
            self.prediction.push(local);
        }
        self.prediction_ends.clone_from(&prediction.sentence_ends);
    }

    /// Returns how many distinct tokens the reference has.
    pub(crate) fn type_count(&self) -> usize {
        self.types.len()
    }
}

/// Iterates over the sentences of a sequence.
pub(crate) fn sentences<'a>(
    tokens: &'a [u32],
    ends: &'a [u32],
) -> impl Iterator<Item = &'a [u32]> + Clone {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| &tokens[start as usize..*end as usize])
}
