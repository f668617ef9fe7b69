//! Counts of terms in a corpus, which can be merged and saved.
//!
//! [`TermStatistics`] counts documents one after the other. Statistics of two parts of a corpus merge
//! into those of the whole: the sums are the same in whatever order, so threads and machines can
//! share the work. Only places (see [`CountOptions::with_places`]) follow the order of merging.
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
mod index;
mod places;

use std::fmt;

use prefetch_index::prefetch_index;
use rustc_hash::FxHashMap;

use super::gram::{GramOptions, Item, ItemFinder, MAX_N, WORD_BREAK, for_each_gram};
use crate::document::{Document, Sentence};

use index::TermIndex;
pub use places::{Parts, Places};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountOptions {
    /// Which n-grams.
    pub grams: GramOptions,
    /// Keeps the place of every occurrence, one to three bytes each: dispersion and average reduced
    /// frequency need them.
    pub places: bool,
    /// Keeps how often each spelling of a term occurs.
    pub spellings: bool,
}

impl CountOptions {
    /// Chooses the n-grams.
    #[must_use]
    pub const fn with_grams(mut self, grams: GramOptions) -> Self {
        self.grams = grams;
        self
    }

    /// Keeps the place of every occurrence.
    #[must_use]
    pub const fn with_places(mut self, places: bool) -> Self {
        self.places = places;
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
        let lengths = self.grams.lengths();
        write!(f, "{}s", self.grams.unit().name())?;
        if lengths != (1..=1) {
            write!(f, " in n-grams of {} to {}", lengths.start(), lengths.end())?;
        }
        if self.grams.skip() > 0 {
            write!(f, " that pass over {}", self.grams.skip())?;
        }
        if let Some(language) = self.grams.stem() {
            write!(f, ", foreign words by their {language} stems,")?;
        }
        let kept = |kept: bool| if kept { "with" } else { "without" };
        write!(f, " {} places and {} spellings", kept(self.places), kept(self.spellings))
    }
}

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

/// Counts of the terms of a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::terms::statistics::{CountOptions, TermStatistics};
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
/// # Ok::<(), tomtat::terms::statistics::MergeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TermStatistics {
    options: CountOptions,
    documents: u64,
    /// Items of all documents, borders not counted: the size of the corpus.
    items: u64,
    /// Occurrences of n-grams, by length less one.
    totals: [u64; MAX_N],
    records: Vec<Record>,
    keys: String,
    index: TermIndex,
    /// Number of the document that is being counted.
    clock: u32,
    places: Option<Places>,
    spellings: Option<FxHashMap<(u32, Box<str>), u64>>,
    /// No term that is missing occurred more often than this.
    floor: u64,
    /// By term, how many occurrences it may have lost; empty if none has.
    missed: Vec<u64>,
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
        Self {
            options,
            documents: 0,
            items: 0,
            totals: [0; MAX_N],
            records: Vec::new(),
            keys: String::new(),
            index: TermIndex::new(),
            clock: 0,
            places: options.places.then(Places::default),
            spellings: options.spellings.then(FxHashMap::default),
            floor: 0,
            missed: Vec::new(),
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
        self.clock = self.clock.wrapping_add(1);
        if self.clock == 0 {
            // Marks of 4 billion documents ago must not be taken for this one's.
            self.records.iter_mut().for_each(|record| record.seen = 0);
            self.clock = 1;
        }
        self.documents += 1;
        let before = self.items;
        self.count(document, keep);
        if let Some(places) = &mut self.places {
            places.end_document(self.items - before);
        }
    }

    fn count(&mut self, document: &Document, mut keep: impl FnMut(Sentence<'_>) -> bool) {
        let mut items = std::mem::take(&mut self.scratch);
        let mut finder = ItemFinder::new(document, self.options.grams);
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
            // Places count items without borders.
            let mut borders = (0, 0);
            for_each_gram(&items, self.options.grams, |hash, at| {
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
                if let Some(places) = &mut self.places {
                    while borders.1 < at[0] {
                        borders.0 += u64::from(items[borders.1].is_border());
                        borders.1 += 1;
                    }
                    places.push(id, base + at[0] as u64 - borders.0);
                }
                if let Some(spellings) = &mut self.spellings {
                    let spelling = spelling(document, &items, at);
                    *spellings.entry((id as u32, spelling)).or_insert(0) += 1;
                }
            });
            self.items += items.iter().filter(|item| !item.is_border()).count() as u64;
        }
        self.scratch = items;
    }

    /// Returns true if nothing but single items are counted.
    fn is_plain(&self) -> bool {
        self.options.grams.lengths() == (1..=1) && self.places.is_none() && self.spellings.is_none()
    }

    /// Counts the items of a sentence. All ask for their place in the index, then all for their
    /// record, so that they wait for memory together.
    fn count_plain(&mut self, document: &Document, items: &[Item]) {
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        let words = || items.iter().filter(|item| !item.is_border());
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
        if self.floor > 0 {
            self.missed.push(self.floor);
        }
        self.insert(hash, &key())
    }

    #[inline]
    fn seen(&mut self, id: usize) {
        let record = &mut self.records[id];
        record.tf += 1;
        record.df += u32::from(record.seen != self.clock);
        record.seen = self.clock;
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
        if let Some(places) = &mut self.places {
            places.join_documents();
        }
        self
    }

    /// Adds the statistics of another part of the corpus.
    ///
    /// Sums do not depend on the order; places are those of `self`, then those of `other`.
    ///
    /// # Errors
    ///
    /// Returns an error if the two count different things.
    pub fn merge(&mut self, other: Self) -> Result<(), MergeError> {
        if self.options != other.options {
            return Err(MergeError(self.options, other.options));
        }
        if self.records.is_empty() && self.documents == 0 && self.floor == 0 {
            let scratch = std::mem::take(&mut self.scratch);
            *self = Self { scratch, ..other };
            return Ok(());
        }
        let lossy = self.floor > 0 || other.floor > 0;
        if lossy {
            self.missed.resize(self.records.len(), 0);
            // What `other` does not know may have been lost there.
            self.missed.iter_mut().for_each(|missed| *missed += other.floor);
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
            let theirs = other.missed.get(from).copied().unwrap_or(0);
            let id = if let Some(id) = self.index.get(record.hash, &self.records) {
                if lossy {
                    self.missed[id as usize] -= other.floor;
                    self.missed[id as usize] += theirs;
                }
                id as usize
            } else {
                if lossy {
                    self.missed.push(self.floor + theirs);
                }
                self.insert(record.hash, key)
            };
            ids.push(id as u32);
            self.records[id].tf += record.tf;
            self.records[id].df += record.df;
        }
        if let (Some(mine), Some(theirs)) = (&mut self.places, other.places) {
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
        self.floor += other.floor;
        Ok(())
    }

    /// Keeps at most `max_terms` terms, the most frequent ones.
    ///
    /// Called again and again while a corpus is counted, it bounds the memory. Afterwards a term
    /// occurred at least [`Term::tf`] and at most [`Term::tf`] + [`Term::missed`] times, and one that
    /// is not there at most [`Self::floor`] times. With N occurrences in all, `floor` is at most
    /// N / (`max_terms` + 1) (Agarwal et al. 2012, section 3.1).
    pub fn limit(&mut self, max_terms: usize) {
        if self.records.len() <= max_terms {
            return;
        }
        self.missed.resize(self.records.len(), 0);
        // A counter of Misra and Gries: what the term has above the floor.
        let counter = |i: usize| (self.records[i].tf + self.missed[i]).saturating_sub(self.floor);
        let mut counters: Vec<u64> = (0..self.records.len()).map(counter).collect();
        let (_, cut, _) = counters.select_nth_unstable_by(max_terms, |a, b| b.cmp(a));
        self.floor += *cut;
        let mut kept =
            Self { scratch: std::mem::take(&mut self.scratch), ..Self::new(self.options) };
        let mut ids = vec![u32::MAX; self.records.len()];
        let mut key_start = 0;
        for (from, record) in self.records.iter().enumerate() {
            let key = &self.keys[key_start as usize..record.key_end as usize];
            key_start = record.key_end;
            if record.tf + self.missed[from] > self.floor {
                let id = kept.insert(record.hash, key);
                let key_end = kept.records[id].key_end;
                kept.records[id] = Record { key_end, ..*record };
                kept.missed.push(self.missed[from]);
                ids[from] = id as u32;
            }
        }
        if let Some(places) = self.places.take() {
            kept.places = Some(places.keep(&ids));
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
        kept.clock = self.clock;
        kept.floor = self.floor;
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
    pub const fn floor(&self) -> u64 {
        self.floor
    }

    /// Returns the places of all occurrences, if they were kept.
    #[must_use]
    pub const fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// Returns all terms, sorted by the bytes of their keys.
    #[must_use]
    pub fn terms(&self) -> Vec<Term<'_>> {
        let mut terms: Vec<Term<'_>> = (0..self.records.len()).map(|id| self.at(id)).collect();
        terms.sort_unstable_by(|a, b| a.key.cmp(b.key));
        terms
    }

    /// Returns the term with this key, see [`Term::key`].
    #[must_use]
    pub fn term(&self, key: &str) -> Option<Term<'_>> {
        let hash = key
            .split(WORD_BREAK)
            .map(super::gram::hash_of_key)
            .reduce(super::gram::chain)
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
            missed: self.missed.get(id).copied().unwrap_or(0),
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
    missed: u64,
}

impl<'s> Term<'s> {
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
    pub const fn missed(&self) -> u64 {
        self.missed
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
