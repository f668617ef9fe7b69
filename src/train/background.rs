//! Document frequencies of words and syllables.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::{Document, TermId};
use crate::text::key::{TermHash, UnitId};
use crate::text::syllable::ToneStyle;

/// Counts in how many documents each word and each syllable occurs.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, train::background::DocumentFrequencies};
///
/// let analyzer = Analyzer::new();
/// let mut counts = DocumentFrequencies::default();
/// counts.add(&analyzer.analyze("Mưa lớn ở miền Trung. Mưa kéo dài."));
/// counts.add(&analyzer.analyze("Nắng nóng ở miền Bắc."));
/// let words = counts.words(2);
/// assert!(words.contains(&("ở".to_owned(), 2)));
/// assert!(!words.iter().any(|(word, _)| word == "mưa"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct DocumentFrequencies {
    documents: u32,
    words: FxHashMap<TermHash, (String, u32)>,
    syllables: FxHashMap<u32, u32>,
    seen: FxHashSet<u32>,
}

impl DocumentFrequencies {
    /// Counts one document.
    pub fn add(&mut self, document: &Document) {
        self.documents += 1;
        for term in (0..document.term_count() as u32).map(TermId) {
            self.words
                .entry(document.term_hash(term))
                .or_insert_with(|| (document.term_key(term), 0))
                .1 += 1;
        }
        self.seen.clear();
        for token in document.tokens() {
            let unit = token.unit();
            if unit.is_syllable() && self.seen.insert(unit.to_u32()) {
                *self.syllables.entry(unit.to_u32()).or_insert(0) += 1;
            }
        }
    }

    /// Returns the number of documents.
    #[must_use]
    pub const fn documents(&self) -> u32 {
        self.documents
    }

    /// Adds the counts of another part of the corpus; the order of merging does not matter.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (hash, (key, count)) in other.words {
            self.words.entry(hash).or_insert((key, 0)).1 += count;
        }
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (unit, count) in other.syllables {
            *self.syllables.entry(unit).or_insert(0) += count;
        }
    }

    /// Returns the words of at least `min_df` documents with their frequencies, sorted by key.
    #[must_use]
    pub fn words(&self, min_df: u32) -> Vec<(String, u32)> {
        let mut words: Vec<(String, u32)> =
            self.words.values().filter(|(_, df)| *df >= min_df).cloned().collect();
        words.sort_unstable();
        words
    }

    /// Returns the syllables of at least `min_df` documents with their frequencies, sorted by key.
    #[must_use]
    pub fn syllables(&self, min_df: u32) -> Vec<(String, u32)> {
        let mut syllables: Vec<(String, u32)> = self
            .syllables
            .iter()
            .filter(|(_, df)| **df >= min_df)
            .filter_map(|(unit, df)| {
                let syllable = UnitId::from_u32(*unit).syllable()?;
                Some((syllable.spell(ToneStyle::Old), *df))
            })
            .collect();
        syllables.sort_unstable();
        syllables
    }
}
