//! Sizes of a corpus, which shares and tables of its terms refer to.

use super::ngram::MAX_N;

/// How much was counted. Totals of two parts of a corpus add up to those of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub(super) documents: u64,
    pub(super) items: u64,
    /// Occurrences of n-grams, by length less one.
    pub(super) ngrams: [u64; MAX_N],
}

impl Totals {
    /// Returns the number of documents.
    #[must_use]
    pub const fn documents(&self) -> u64 {
        self.documents
    }

    /// Returns the number of words or syllables: the size of the corpus.
    #[must_use]
    pub const fn items(&self) -> u64 {
        self.items
    }

    /// Returns the number of n-grams of this length that were counted.
    #[must_use]
    pub fn ngrams(&self, length: usize) -> u64 {
        length.checked_sub(1).and_then(|i| self.ngrams.get(i)).copied().unwrap_or(0)
    }

    /// Adds those of another part of the corpus.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.items += other.items;
        for (mine, theirs) in self.ngrams.iter_mut().zip(other.ngrams) {
            *mine += theirs;
        }
    }

    /// Takes everything that was counted as one document: the parts of a long one.
    #[must_use]
    pub const fn into_one_document(mut self) -> Self {
        self.documents = 1;
        self
    }
}
