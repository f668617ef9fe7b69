//! Counts of terms in a corpus, which can be merged and saved.
//!
//! [`TermStatistics`] counts documents one after the other. Statistics of two parts of a corpus merge
//! into those of the whole: the sums are the same in whatever order, so threads and machines can
//! share the work. Only positions (see [`CountOptions::with_positions`]) follow the order of merging.
//!
//! Memory grows with the vocabulary, not with the text. Where the vocabulary itself is too large,
//! [`TermStatistics::limit`] keeps the frequent terms and says how much the others may have lost.
//!
//! # References
//!
//! - J. Misra and D. Gries, "Finding Repeated Elements", Science of Computer Programming 2, 1982.
//! - P. K. Agarwal et al., "Mergeable Summaries", PODS 2012, section 3.1: merging and the bound.
//! - G. S. Manku and R. Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002: a
//!   count is exact from the moment on when its term came in.

mod file;
mod positions;

use std::fmt;

use prefetch_index::prefetch_index;
use rustc_hash::FxHashMap;

use super::ngram::{Item, ItemFinder, MAX_N, NgramOptions, WORD_BREAK, for_each_ngram};
use super::term_index::{Identified, TermIndex};
use super::totals::Totals;
use crate::document::{Document, Sentence};
use crate::text::syllable::spell_all;

pub use file::{StatisticsFile, StatisticsWriter};
pub use positions::{Parts, Positions};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountOptions {
    /// Which n-grams.
    pub ngrams: NgramOptions,
    /// Keeps the place of every occurrence, one to three bytes each: dispersion and average reduced
    /// frequency need them.
    pub positions: bool,
    /// Keeps how often each spelling of a term occurs.
    pub spellings: bool,
}

impl CountOptions {
    /// Chooses the n-grams.
    #[must_use]
    pub const fn with_ngrams(mut self, ngrams: NgramOptions) -> Self {
        self.ngrams = ngrams;
        self
    }

    /// Keeps the place of every occurrence.
    #[must_use]
    pub const fn with_positions(mut self, positions: bool) -> Self {
        self.positions = positions;
        self
    }

    /// Keeps how often each spelling occurs.
    #[must_use]
    pub const fn with_spellings(mut self, spellings: bool) -> Self {
        self.spellings = spellings;
        self
    }
}

/// Statistics that count different things cannot be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the two count different things: one {0}, the other {1}")]
pub struct MergeError(CountOptions, CountOptions);

impl fmt::Display for CountOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lengths = self.ngrams.lengths();
        write!(f, "{}s", self.ngrams.unit().name())?;
        if lengths != (1..=1) {
            write!(f, " in n-grams of {} to {}", lengths.start(), lengths.end())?;
        }
        if self.ngrams.skip() > 0 {
            write!(f, " that pass over {}", self.ngrams.skip())?;
        }
        if let Some(language) = self.ngrams.stem() {
            write!(f, ", foreign words by their {language} stems,")?;
        }
        let kept = |kept: bool| if kept { "with" } else { "without" };
        write!(f, " {} places and {} spellings", kept(self.positions), kept(self.spellings))
    }
}

/// Bytes of a key, about.
const BYTES_OF_KEY: usize = 8;

/// Look-ups that are under way while statistics are merged.
const AHEAD: usize = 8;

/// Counts of one term, in a table of its own: 32 bytes.
#[derive(Clone, Copy, Debug)]
struct Record {
    hash: u64,
    tf: u64,
    /// Where its key ends; it begins where that of the record before ends.
    key_end: u64,
    df: u32,
    /// Number of the last document that it was seen in.
    seen: u32,
}

impl Identified for Record {
    #[inline]
    fn identity(&self) -> u64 {
        self.hash
    }
}

/// Counts of the terms of a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::statistics::{CountOptions, TermStatistics};
///
/// let analyzer = Analyzer::new();
/// let count = |text: &str| {
///     let mut statistics = TermStatistics::new(CountOptions::default());
///     statistics.add(&analyzer.analyze(text));
///     statistics
/// };
/// let mut all = count("Mưa to ở miền Trung. Mưa kéo dài.");
/// all.merge(count("Nắng to ở miền Bắc."))?;
/// assert_eq!((all.documents(), all.term("mưa").map(|t| (t.tf(), t.df()))), (2, Some((2, 1))));
/// assert_eq!(all.term("ở").map(|t| (t.tf(), t.df())), Some((2, 2)));
/// # Ok::<(), tomtat::corpus::statistics::MergeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TermStatistics {
    options: CountOptions,
    documents: u64,
    /// Items of all documents, boundaries not counted: the size of the corpus.
    items: u64,
    /// Occurrences of n-grams, by length less one.
    totals: [u64; MAX_N],
    records: Vec<Record>,
    keys: String,
    index: TermIndex,
    /// Number of the document that is being counted.
    document_number: u32,
    positions: Option<Positions>,
    spellings: Option<FxHashMap<(u32, Box<str>), u64>>,
    /// No term that is missing occurred more often than this.
    error_bound: u64,
    /// By term, how many occurrences it may have lost; empty if none has.
    undercount: Vec<u64>,
    scratch: Vec<Item>,
    ids: Vec<u32>,
}

impl Default for TermStatistics {
    fn default() -> Self {
        Self::new(CountOptions::default())
    }
}

impl TermStatistics {
    /// Makes the statistics of an empty corpus.
    #[must_use]
    pub fn new(options: CountOptions) -> Self {
        // Every new term is spelled.
        spell_all();
        Self {
            options,
            documents: 0,
            items: 0,
            totals: [0; MAX_N],
            records: Vec::new(),
            keys: String::new(),
            index: TermIndex::new(),
            document_number: 0,
            positions: options.positions.then(Positions::default),
            spellings: options.spellings.then(FxHashMap::default),
            error_bound: 0,
            undercount: Vec::new(),
            scratch: Vec::new(),
            ids: Vec::new(),
        }
    }

    /// Returns what is counted.
    #[must_use]
    pub const fn options(&self) -> CountOptions {
        self.options
    }

    /// Counts one document.
    pub fn add(&mut self, document: &Document) {
        self.add_sentences(document, |_| true);
    }

    /// Counts the sentences of one document that `keep` chooses.
    pub fn add_sentences(&mut self, document: &Document, keep: impl FnMut(Sentence<'_>) -> bool) {
        self.document_number = self.document_number.wrapping_add(1);
        if self.document_number == 0 {
            // Marks of 4 billion documents ago must not be taken for this one's.
            self.records.iter_mut().for_each(|record| record.seen = 0);
            self.document_number = 1;
        }
        self.documents += 1;
        if self.records.is_empty() {
            self.reserve(document.tokens().len() / 2);
        }
        let before = self.items;
        self.count(document, keep);
        if let Some(positions) = &mut self.positions {
            positions.end_document(self.items - before);
        }
    }

    /// Makes room for so many terms, if there are none yet.
    fn reserve(&mut self, terms: usize) {
        self.index.reserve(terms);
        self.records.reserve(terms);
        self.keys.reserve(BYTES_OF_KEY * terms);
    }

    fn count(&mut self, document: &Document, mut keep: impl FnMut(Sentence<'_>) -> bool) {
        let mut items = std::mem::take(&mut self.scratch);
        let mut finder = ItemFinder::new(document, self.options.ngrams);
        for sentence in document.sentences() {
            if !keep(sentence) {
                continue;
            }
            finder.find(sentence, &mut items);
            if self.is_plain() {
                self.count_plain(document, &items);
                continue;
            }
            let base = self.items;
            // Positions count items without boundaries.
            let mut boundaries = (0, 0);
            for_each_ngram(&items, self.options.ngrams, |hash, at| {
                self.totals[at.len() - 1] += 1;
                let id = self.occurrence(hash, || {
                    let mut key = String::new();
                    for (i, &place) in at.iter().enumerate() {
                        if i > 0 {
                            key.push(WORD_BREAK);
                        }
                        items[place].key_into(document, &mut key);
                    }
                    key
                });
                if let Some(positions) = &mut self.positions {
                    while boundaries.1 < at[0] {
                        boundaries.0 += u64::from(items[boundaries.1].is_boundary());
                        boundaries.1 += 1;
                    }
                    positions.push(id, base + at[0] as u64 - boundaries.0);
                }
                if let Some(spellings) = &mut self.spellings {
                    let spelling = spelling(document, &items, at);
                    *spellings.entry((id as u32, spelling)).or_insert(0) += 1;
                }
            });
            self.items += items.iter().filter(|item| !item.is_boundary()).count() as u64;
        }
        self.scratch = items;
    }

    /// Returns true if nothing but single items are counted.
    fn is_plain(&self) -> bool {
        self.options.ngrams.lengths() == (1..=1)
            && self.positions.is_none()
            && self.spellings.is_none()
    }

    /// Counts the items of a sentence. All ask for their place in the index, then all for their
    /// record, so that they wait for memory together.
    fn count_plain(&mut self, document: &Document, items: &[Item]) {
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        let words = || items.iter().filter(|item| !item.is_boundary());
        for item in words() {
            self.index.seek(item.hash());
        }
        for item in words() {
            let id = self.index.guess(item.hash()).unwrap_or(u32::MAX);
            prefetch_index(&self.records, id as usize);
            ids.push(id);
        }
        for (item, &id) in words().zip(&ids) {
            let guessed = self.records.get(id as usize);
            if guessed.is_some_and(|record| record.hash == item.hash()) {
                self.seen(id as usize);
            } else {
                self.occurrence(item.hash(), || item.key(document));
            }
        }
        self.items += ids.len() as u64;
        self.totals[0] += ids.len() as u64;
        self.ids = ids;
    }

    /// Counts one occurrence; returns the number of the term.
    #[inline]
    fn occurrence(&mut self, hash: u64, key: impl FnOnce() -> String) -> usize {
        let id = self.find(hash, key);
        self.seen(id);
        id
    }

    /// Returns the number of a term, a new one if need be.
    #[inline]
    fn find(&mut self, hash: u64, key: impl FnOnce() -> String) -> usize {
        if let Some(id) = self.index.get(hash, &self.records) {
            return id as usize;
        }
        if self.error_bound > 0 {
            self.undercount.push(self.error_bound);
        }
        self.insert(hash, &key())
    }

    #[inline]
    fn seen(&mut self, id: usize) {
        let record = &mut self.records[id];
        record.tf += 1;
        record.df += u32::from(record.seen != self.document_number);
        record.seen = self.document_number;
    }

    #[cold]
    fn insert(&mut self, hash: u64, key: &str) -> usize {
        let id = self.records.len();
        self.keys.push_str(key);
        let key_end = self.keys.len() as u64;
        self.records.push(Record { hash, tf: 0, key_end, df: 0, seen: 0 });
        self.index.insert_last(&self.records);
        id
    }

    /// Takes everything that was counted as one document: the parts of a long one.
    #[must_use]
    pub fn into_one_document(mut self) -> Self {
        self.documents = 1;
        self.records.iter_mut().for_each(|record| record.df = 1);
        if let Some(positions) = &mut self.positions {
            positions.join_documents();
        }
        self
    }

    /// Adds the statistics of another part of the corpus.
    ///
    /// Sums do not depend on the order; positions are those of `self`, then those of `other`.
    ///
    /// # Errors
    ///
    /// Returns an error if the two count different things.
    pub fn merge(&mut self, other: Self) -> Result<(), MergeError> {
        if self.options != other.options {
            return Err(MergeError(self.options, other.options));
        }
        if self.records.is_empty() && self.documents == 0 && self.error_bound == 0 {
            let scratch = std::mem::take(&mut self.scratch);
            *self = Self { scratch, ..other };
            return Ok(());
        }
        let lossy = self.error_bound > 0 || other.error_bound > 0;
        if lossy {
            self.undercount.resize(self.records.len(), 0);
            // What `other` does not know may have been lost there.
            self.undercount.iter_mut().for_each(|undercount| *undercount += other.error_bound);
        }
        let mut ids = Vec::with_capacity(other.records.len());
        let mut key_start = 0;
        for (from, record) in other.records.iter().enumerate() {
            // Terms further on are asked for, so that they wait for memory together.
            if let Some(ahead) = other.records.get(from + 2 * AHEAD) {
                self.index.seek(ahead.hash);
            }
            if let Some(ahead) = other.records.get(from + AHEAD)
                && let Some(id) = self.index.guess(ahead.hash)
            {
                prefetch_index(&self.records, id as usize);
            }
            let key = &other.keys[key_start as usize..record.key_end as usize];
            key_start = record.key_end;
            let theirs = other.undercount.get(from).copied().unwrap_or(0);
            let id = if let Some(id) = self.index.get(record.hash, &self.records) {
                if lossy {
                    self.undercount[id as usize] -= other.error_bound;
                    self.undercount[id as usize] += theirs;
                }
                id as usize
            } else {
                if lossy {
                    self.undercount.push(self.error_bound + theirs);
                }
                self.insert(record.hash, key)
            };
            ids.push(id as u32);
            self.records[id].tf += record.tf;
            self.records[id].df += record.df;
        }
        if let (Some(mine), Some(theirs)) = (&mut self.positions, other.positions) {
            mine.append(self.items, &theirs, &ids);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.spellings, other.spellings) {
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for ((id, spelling), count) in theirs {
                *mine.entry((ids[id as usize], spelling)).or_insert(0) += count;
            }
        }
        self.documents += other.documents;
        self.items += other.items;
        for (mine, theirs) in self.totals.iter_mut().zip(other.totals) {
            *mine += theirs;
        }
        self.error_bound += other.error_bound;
        Ok(())
    }

    /// Keeps at most `max_terms` terms, the most frequent ones.
    ///
    /// Called again and again while a corpus is counted, it bounds the memory. Afterwards a term
    /// occurred at least [`Term::tf`] and at most [`Term::tf`] + [`Term::undercount`] times, and one that
    /// is not there at most [`Self::error_bound`] times. With N occurrences in all, `error_bound` is at most
    /// N / (`max_terms` + 1) (Agarwal et al. 2012, section 3.1).
    pub fn limit(&mut self, max_terms: usize) {
        if self.records.len() <= max_terms {
            return;
        }
        self.undercount.resize(self.records.len(), 0);
        // A counter of Misra and Gries: what the term has above the error_bound.
        let counter =
            |i: usize| (self.records[i].tf + self.undercount[i]).saturating_sub(self.error_bound);
        let mut counters: Vec<u64> = (0..self.records.len()).map(counter).collect();
        let (_, cut, _) = counters.select_nth_unstable_by(max_terms, |a, b| b.cmp(a));
        self.error_bound += *cut;
        let mut kept =
            Self { scratch: std::mem::take(&mut self.scratch), ..Self::new(self.options) };
        kept.reserve(max_terms);
        let mut ids = vec![u32::MAX; self.records.len()];
        let mut key_start = 0;
        for (from, record) in self.records.iter().enumerate() {
            let key = &self.keys[key_start as usize..record.key_end as usize];
            key_start = record.key_end;
            if record.tf + self.undercount[from] > self.error_bound {
                let id = kept.insert(record.hash, key);
                let key_end = kept.records[id].key_end;
                kept.records[id] = Record { key_end, ..*record };
                kept.undercount.push(self.undercount[from]);
                ids[from] = id as u32;
            }
        }
        if let Some(positions) = self.positions.take() {
            kept.positions = Some(positions.keep(&ids));
        }
        if let Some(spellings) = self.spellings.take() {
            kept.spellings = Some(
                spellings
                    .into_iter()
                    .filter(|((id, _), _)| ids[*id as usize] != u32::MAX)
                    .map(|((id, spelling), count)| ((ids[id as usize], spelling), count))
                    .collect(),
            );
        }
        kept.documents = self.documents;
        kept.items = self.items;
        kept.totals = self.totals;
        kept.document_number = self.document_number;
        kept.error_bound = self.error_bound;
        *self = kept;
    }

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

    /// Returns how much was counted.
    #[must_use]
    pub const fn totals(&self) -> Totals {
        Totals { documents: self.documents, items: self.items, ngrams: self.totals }
    }

    /// Returns the number of n-grams of this length that were counted.
    #[must_use]
    pub fn total(&self, length: usize) -> u64 {
        length.checked_sub(1).and_then(|i| self.totals.get(i)).copied().unwrap_or(0)
    }

    /// Returns the number of distinct terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns true if no term was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns how often a term that is missing can have occurred; 0 if every term was kept.
    #[must_use]
    pub const fn error_bound(&self) -> u64 {
        self.error_bound
    }

    /// Returns the positions of all occurrences, if they were kept.
    #[must_use]
    pub const fn positions(&self) -> Option<&Positions> {
        self.positions.as_ref()
    }

    /// Returns all terms in the order of [`Term::id`].
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Term<'_>> {
        (0..self.records.len()).map(|id| self.at(id))
    }

    /// Returns all terms, sorted by the bytes of their keys.
    #[must_use]
    pub fn terms(&self) -> Vec<Term<'_>> {
        let mut terms: Vec<Term<'_>> = self.iter().collect();
        terms.sort_unstable_by(|a, b| a.key.cmp(b.key));
        terms
    }

    /// Returns the term with this key, see [`Term::key`].
    #[must_use]
    pub fn term(&self, key: &str) -> Option<Term<'_>> {
        let hash = key
            .split(WORD_BREAK)
            .map(super::ngram::hash_of_key)
            .reduce(super::ngram::chain)
            .unwrap_or(0);
        self.index.get(hash, &self.records).map(|id| self.at(id as usize))
    }

    fn at(&self, id: usize) -> Term<'_> {
        let record = &self.records[id];
        let start = id.checked_sub(1).map_or(0, |before| self.records[before].key_end);
        Term {
            id,
            key: &self.keys[start as usize..record.key_end as usize],
            tf: record.tf,
            df: u64::from(record.df),
            undercount: self.undercount.get(id).copied().unwrap_or(0),
        }
    }

    /// Returns the most frequent spelling of each term, by [`Term::id`]; of equally frequent ones the
    /// first by bytes, which prefers capitals.
    #[must_use]
    pub fn spellings(&self) -> Option<Vec<&str>> {
        let counts = self.spellings.as_ref()?;
        let mut best: Vec<(u64, &str)> = vec![(0, ""); self.records.len()];
        #[expect(clippy::iter_over_hash_type, reason = "the greatest is one whatever the order")]
        for ((id, spelling), &count) in counts {
            let best = &mut best[*id as usize];
            if count > best.0 || (count == best.0 && &**spelling < best.1) {
                *best = (count, spelling);
            }
        }
        Some(best.into_iter().map(|(_, spelling)| spelling).collect())
    }
}

/// The words of an n-gram as they are written, joined by single spaces.
fn spelling(document: &Document, items: &[Item], at: &[usize]) -> Box<str> {
    let mut out = String::new();
    for &place in at {
        for token in &document.tokens()[items[place].tokens()] {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&document.text()[token.span()]);
        }
    }
    out.into_boxed_str()
}

/// A term with its counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term<'s> {
    id: usize,
    key: &'s str,
    tf: u64,
    df: u64,
    undercount: u64,
}

impl<'s> Term<'s> {
    /// Makes a term of exact counts that are kept elsewhere; it has no number.
    #[must_use]
    pub const fn new(key: &'s str, tf: u64, df: u64) -> Self {
        Self { id: usize::MAX, key, tf, df, undercount: 0 }
    }

    /// Returns its number within the statistics; another one after each change of them.
    #[must_use]
    pub const fn id(&self) -> usize {
        self.id
    }

    /// Returns its key: folded syllables joined by spaces, the words of an n-gram by [`WORD_BREAK`].
    #[must_use]
    pub const fn key(&self) -> &'s str {
        self.key
    }

    /// Returns its key for people: the words of an n-gram are joined by spaces, and their syllables
    /// then by underscores.
    #[must_use]
    pub fn text(&self) -> String {
        readable(self.key)
    }

    /// Returns its number of words or syllables.
    #[must_use]
    pub fn length(&self) -> usize {
        1 + self.key.matches(WORD_BREAK).count()
    }

    /// Returns how often it occurs.
    #[must_use]
    pub const fn tf(&self) -> u64 {
        self.tf
    }

    /// Returns in how many documents it occurs.
    #[must_use]
    pub const fn df(&self) -> u64 {
        self.df
    }

    /// Returns how many occurrences may have been lost before the term was kept; 0 if counts are
    /// exact.
    #[must_use]
    pub const fn undercount(&self) -> u64 {
        self.undercount
    }
}

/// Writes a key for people, see [`Term::text`].
#[must_use]
pub fn readable(key: &str) -> String {
    if key.contains(WORD_BREAK) {
        key.replace(' ', "_").replace(WORD_BREAK, " ")
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests;
