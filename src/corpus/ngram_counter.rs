//! Counts of n-grams in little memory, given out in the order of their keys.
//!
//! Words are numbered, and an n-gram is counted under the numbers of its words: 20 bytes a pair at
//! most two thirds full, where [`TermStatistics`](super::statistics::TermStatistics) keeps keys and
//! identities, 80 bytes and more. When a counter is full, [`NgramCounter::drain`] gives its counts out
//! sorted, for a run of [`super::runs`], and empties it.

use std::fmt;

use prefetch_index::prefetch_index;

use super::ngram::{Item, ItemFinder, MAX_N, NgramOptions, WORD_BREAK, for_each_ngram};
use super::term_index::TermIndex;
use super::totals::Totals;
use crate::document::{Document, Sentence};
use crate::text::key::mix;

/// Counts the n-grams of documents within a given memory.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::ngram::{NgramOptions, TermUnit};
/// use tomtat::corpus::ngram_counter::NgramCounter;
///
/// let pairs = NgramOptions::new(TermUnit::Syllable, 2..=2, 0)?;
/// let mut counter = NgramCounter::new(pairs, 1 << 20);
/// counter.add_sentences(&Analyzer::new().analyze("Mưa to, mưa to, gió lớn."), |_| true);
/// let mut counts = Vec::new();
/// counter.drain(|key, tf, df| {
///     counts.push((key.to_owned(), tf, df));
///     Ok::<(), ()>(())
/// });
/// assert_eq!(counts, [("gió\tlớn".into(), 1, 1), ("mưa\tto".into(), 2, 1)]);
/// # Ok::<(), tomtat::corpus::ngram::NgramError>(())
/// ```
#[derive(Debug)]
pub struct NgramCounter {
    options: NgramOptions,
    /// Bytes that may be taken.
    memory: usize,
    totals: Totals,
    /// Documents since the last drain.
    document: u32,
    /// Occurrences since the last drain.
    occurrences: u64,
    words: Words,
    table: Box<dyn Table>,
    scratch: (Vec<Item>, Vec<u32>),
}

impl NgramCounter {
    /// Makes a counter that is full when it has taken about `memory` bytes.
    #[must_use]
    pub fn new(options: NgramOptions, memory: usize) -> Self {
        let table: Box<dyn Table> = match options.lengths().end() {
            1 => Box::new(Entries::<1>::new()),
            2 => Box::new(Entries::<2>::new()),
            3 => Box::new(Entries::<3>::new()),
            4 => Box::new(Entries::<4>::new()),
            _ => Box::new(Entries::<MAX_N>::new()),
        };
        Self {
            options,
            memory,
            totals: Totals::default(),
            document: 0,
            occurrences: 0,
            words: Words::new(),
            table,
            scratch: Default::default(),
        }
    }

    /// Counts the sentences of one document that `keep` chooses.
    pub fn add_sentences(
        &mut self,
        document: &Document,
        mut keep: impl FnMut(Sentence<'_>) -> bool,
    ) {
        self.document += 1;
        self.totals.documents += 1;
        let (mut items, mut ids) = std::mem::take(&mut self.scratch);
        let mut finder = ItemFinder::new(document, self.options);
        for sentence in document.sentences().filter(|sentence| keep(*sentence)) {
            finder.find(sentence, &mut items);
            self.words.number(document, &items, &mut ids);
            let before = self.totals.ngrams.iter().sum::<u64>();
            let room = self.memory.saturating_sub(self.words.bytes());
            self.table.count((&items, &ids), self.options, self.document, &mut self.totals, room);
            self.occurrences += self.totals.ngrams.iter().sum::<u64>() - before;
            self.totals.items += items.iter().filter(|item| !item.is_boundary()).count() as u64;
        }
        self.scratch = (items, ids);
    }

    /// Returns true if the counts should be drained before the next document.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let words = self.words.bytes();
        words > self.memory / 2
            || self.table.is_full(self.memory.saturating_sub(words))
            // Counts of one drain are 32 bits wide.
            || self.occurrences > u64::from(u32::MAX / 2)
            || self.document > u32::MAX / 2
    }

    /// Returns the bytes of memory that the counts take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.words.bytes() + self.table.bytes()
    }

    /// Returns true if nothing was counted since the last drain.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.occurrences == 0
    }

    /// Returns how much was counted, before drains too.
    #[must_use]
    pub const fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Calls `each` with every n-gram in the order of the bytes of its key, how often it occurs and in
    /// how many documents; then forgets them. Stops at the first error of `each`.
    ///
    /// Keys are those of [`Term::key`](super::statistics::Term::key).
    ///
    /// # Errors
    ///
    /// Returns the error of `each`.
    pub fn drain<E>(
        &mut self,
        mut each: impl FnMut(&str, u64, u64) -> Result<(), E>,
    ) -> Result<(), E> {
        let words = std::mem::replace(&mut self.words, Words::new()).into_sorted();
        (self.document, self.occurrences) = (0, 0);
        let mut key = String::new();
        // Many n-grams share their first word: its rank, and the bytes of it and the break.
        let mut first = (NONE, 0);
        let mut result = Ok(());
        self.table.drain(&words.ranks, &mut |ranks, tf, df| {
            if ranks[0] != first.0 {
                key.clear();
                key.push_str(words.key(ranks[0]));
                key.push(WORD_BREAK);
                first = (ranks[0], key.len());
            }
            key.truncate(first.1);
            for &rank in &ranks[1..] {
                key.push_str(words.key(rank));
                key.push(WORD_BREAK);
            }
            result = each(&key[..key.len() - WORD_BREAK.len_utf8()], u64::from(tf), u64::from(df));
            result.is_ok()
        });
        result
    }
}

/// The words that occur, numbered.
#[derive(Debug)]
struct Words {
    hashes: Vec<u64>,
    /// Where the key of each word ends.
    ends: Vec<usize>,
    keys: String,
    index: TermIndex,
}

impl Words {
    fn new() -> Self {
        Self { hashes: Vec::new(), ends: Vec::new(), keys: String::new(), index: TermIndex::new() }
    }

    /// Fills `ids` with the number of each item; boundaries have none.
    fn number(&mut self, document: &Document, items: &[Item], ids: &mut Vec<u32>) {
        ids.clear();
        // All ask for their place in the index, then all for their identity, so that they wait for
        // memory together.
        for item in items {
            self.index.seek(item.hash());
        }
        for item in items {
            if let Some(id) = self.index.guess(item.hash()) {
                prefetch_index(&self.hashes, id as usize);
            }
        }
        for item in items {
            ids.push(if item.is_boundary() { NONE } else { self.id(document, *item) });
        }
    }

    fn id(&mut self, document: &Document, item: Item) -> u32 {
        if let Some(id) = self.index.get(item.hash(), &self.hashes) {
            return id;
        }
        item.key_into(document, &mut self.keys);
        self.ends.push(self.keys.len());
        self.hashes.push(item.hash());
        self.index.insert_last(&self.hashes);
        self.hashes.len() as u32 - 1
    }

    fn key(&self, id: u32) -> &str {
        key_at(&self.keys, &self.ends, id)
    }

    /// The words in the order of their keys.
    fn into_sorted(self) -> SortedWords {
        let mut order: Vec<u32> = (0..self.hashes.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| self.key(a).cmp(self.key(b)));
        let mut sorted = SortedWords {
            ranks: vec![NONE; order.len()],
            ends: Vec::with_capacity(order.len()),
            keys: String::with_capacity(self.keys.len()),
        };
        for (&word, rank) in order.iter().zip(0..) {
            sorted.ranks[word as usize] = rank;
            sorted.keys.push_str(self.key(word));
            sorted.ends.push(sorted.keys.len());
        }
        sorted
    }

    fn bytes(&self) -> usize {
        self.hashes.capacity() * size_of::<u64>()
            + self.ends.capacity() * size_of::<usize>()
            + self.keys.capacity()
            + self.index.bytes()
    }
}

/// Keys of words in their order: listing n-grams in order reads them nearly in a row.
struct SortedWords {
    /// By number of the word.
    ranks: Vec<u32>,
    ends: Vec<usize>,
    keys: String,
}

impl SortedWords {
    fn key(&self, rank: u32) -> &str {
        key_at(&self.keys, &self.ends, rank)
    }
}

/// The key with a number, of keys one after the other.
fn key_at<'k>(keys: &'k str, ends: &[usize], number: u32) -> &'k str {
    let start = (number as usize).checked_sub(1).map_or(0, |before| ends[before]);
    &keys[start..ends[number as usize]]
}

/// Stands for the words that a short n-gram lacks.
const NONE: u32 = u32::MAX;

/// Counts of n-grams under the numbers of their words.
trait Table: fmt::Debug + Send {
    /// Counts the n-grams of a sentence, given as items and the numbers of their words.
    fn count(
        &mut self,
        sentence: (&[Item], &[u32]),
        options: NgramOptions,
        document: u32,
        totals: &mut Totals,
        memory: usize,
    );

    /// Calls `each` with the ranks of the words of every n-gram, in their order, and its counts, until
    /// it returns false; `ranks` holds the ranks by the numbers of the words.
    fn drain(&mut self, ranks: &[u32], each: &mut dyn FnMut(&[u32], u32, u32) -> bool);

    fn is_full(&self, memory: usize) -> bool;

    fn bytes(&self) -> usize;
}

/// Counts of one n-gram of up to `N` words; `tf` is 0 where the place is free.
#[derive(Clone, Copy, Debug)]
struct Entry<const N: usize> {
    words: [u32; N],
    tf: u32,
    df: u32,
    /// The last document that it was seen in.
    seen: u32,
}

/// The first two words as one number; a second that lacks is 0.
#[inline]
fn leading(words: &[u32]) -> u64 {
    u64::from(words[0]) << 32 | words.get(1).map_or(0, |&word| u64::from(word))
}

/// Entries after the first that are asked for with it.
const NEXT: usize = 2;

/// Open addressing with linear probing. The entries themselves are in the table, so that a look-up
/// waits for memory once.
#[derive(Debug)]
struct Entries<const N: usize> {
    places: Vec<Entry<N>>,
    len: usize,
    /// N-grams of the sentence that is being counted, with their places.
    found: Vec<([u32; N], usize)>,
}

impl<const N: usize> Entries<N> {
    const FREE: Entry<N> = Entry { words: [NONE; N], tf: 0, df: 0, seen: 0 };

    fn new() -> Self {
        Self { places: vec![Self::FREE; 256], len: 0, found: Vec::new() }
    }

    /// Where the n-gram should be, scaled to the size of the table (D. Lemire, "Fast Random Integer
    /// Generation in an Interval", 2019, section 3).
    fn place(&self, words: &[u32; N]) -> usize {
        let hash = words.chunks(2).fold(0_u64, |hash, words| mix(hash ^ leading(words)));
        ((u128::from(hash) * self.places.len() as u128) >> 64) as usize
    }

    /// Finds the entry of an n-gram, or the free one that it should take.
    fn find(&self, words: &[u32; N], mut at: usize) -> usize {
        while self.places[at].tf > 0 && self.places[at].words != *words {
            at += 1;
            if at == self.places.len() {
                at = 0;
            }
        }
        at
    }

    /// Whether it may grow, while the old table is still there.
    fn may_grow(&self, memory: usize) -> bool {
        3 * self.places.len() * size_of::<Entry<N>>() <= memory
    }

    fn grow(&mut self) {
        let size = 2 * self.places.len();
        let old = std::mem::replace(&mut self.places, vec![Self::FREE; size]);
        for entry in old.into_iter().filter(|entry| entry.tf > 0) {
            let at = self.find(&entry.words, self.place(&entry.words));
            self.places[at] = entry;
        }
    }
}

impl<const N: usize> Table for Entries<N> {
    fn count(
        &mut self,
        (items, ids): (&[Item], &[u32]),
        options: NgramOptions,
        document: u32,
        totals: &mut Totals,
        memory: usize,
    ) {
        let mut found = std::mem::take(&mut self.found);
        let mut find = |words: [u32; N]| {
            let place = self.place(&words);
            // The entry may lie across two lines, and the search may go on to the next ones.
            prefetch_index(&self.places, place);
            prefetch_index(&self.places, place + NEXT);
            found.push((words, place));
        };
        if options.lengths() == (N..=N) && options.skip() == 0 {
            // The most frequent wish, pairs of neighbours, needs no identities.
            let neighbours = ids.windows(N).filter_map(|words| words.first_chunk::<N>());
            for &words in neighbours.filter(|words| !words.contains(&NONE)) {
                totals.ngrams[N - 1] += 1;
                find(words);
            }
        } else {
            for_each_ngram(items, options, |_, at| {
                totals.ngrams[at.len() - 1] += 1;
                let mut words = [NONE; N];
                words.iter_mut().zip(at).for_each(|(word, &at)| *word = ids[at]);
                find(words);
            });
        }
        let size = self.places.len();
        for (words, place) in found.drain(..) {
            let place = if self.places.len() == size { place } else { self.place(&words) };
            let at = self.find(&words, place);
            let entry = &mut self.places[at];
            if entry.tf == 0 {
                entry.words = words;
                self.len += 1;
            }
            entry.tf += 1;
            if entry.seen != document {
                (entry.seen, entry.df) = (document, entry.df + 1);
            }
            // A table that is full waits for the end of the document.
            let (len, size) = (self.len, self.places.len());
            if len * 10 > size * 7 && (self.may_grow(memory) || len * 10 > size * 9) {
                self.grow();
            }
        }
        self.found = found;
    }

    fn drain(&mut self, ranks: &[u32], each: &mut dyn FnMut(&[u32], u32, u32) -> bool) {
        self.places.retain(|entry| entry.tf > 0);
        for word in self.places.iter_mut().flat_map(|entry| &mut entry.words) {
            // An n-gram comes before those that go on after it: what it lacks is below all ranks.
            *word = if *word == NONE { 0 } else { ranks[*word as usize] + 1 };
        }
        // The first two words decide nearly always; one number of both is compared at once.
        self.places.sort_unstable_by(|a, b| {
            let order = leading(&a.words).cmp(&leading(&b.words));
            if N > 2 { order.then_with(|| a.words.cmp(&b.words)) } else { order }
        });
        for entry in &self.places {
            let length = entry.words.iter().take_while(|word| **word > 0).count();
            if !each(&entry.words.map(|word| word.wrapping_sub(1))[..length], entry.tf, entry.df) {
                break;
            }
        }
        *self = Self::new();
    }

    fn is_full(&self, memory: usize) -> bool {
        self.len * 10 > self.places.len() * 7 && !self.may_grow(memory)
    }

    fn bytes(&self) -> usize {
        self.places.len() * size_of::<Entry<N>>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::corpus::ngram::TermUnit;
    use crate::corpus::runs::{RunReader, RunWriter, merge};
    use crate::corpus::statistics::{CountOptions, TermStatistics};

    const TEXTS: [&str; 4] = [
        "Mưa to ở miền Trung. Mưa kéo dài ba ngày, nước sông dâng cao; nước sông Hương tràn bờ.",
        "Nước sông dâng cao. Trường học ở Huế cho học sinh nghỉ học, học sinh ở nhà ba ngày.",
        "",
        "Học sinh đi học lại, thầy cô dọn bùn. Mưa to ở miền Trung đã ngớt, nước sông rút.",
    ];

    fn options() -> impl Iterator<Item = NgramOptions> {
        [(1, 1, 0), (2, 2, 0), (1, 2, 3), (1, 3, 0), (2, 4, 1), (5, 5, 0)].into_iter().flat_map(
            |(min, max, skip)| {
                [TermUnit::Word, TermUnit::Syllable]
                    .map(|unit| NgramOptions::new(unit, min..=max, skip).expect("lengths"))
            },
        )
    }

    #[test]
    fn counts_are_those_of_statistics_in_any_memory() {
        let analyzer = Analyzer::new();
        for options in options() {
            let mut statistics = TermStatistics::new(CountOptions::default().with_ngrams(options));
            for text in TEXTS.iter().cycle().take(9) {
                statistics.add(&analyzer.analyze(text));
            }
            for memory in [0, 40_000, 1 << 20] {
                let mut counter = NgramCounter::new(options, memory);
                let mut runs = Vec::new();
                let drain = |counter: &mut NgramCounter| {
                    let mut run = RunWriter::new(Vec::new());
                    counter.drain(|key, tf, df| run.push(key.as_bytes(), tf, df))?;
                    run.finish()
                };
                for text in TEXTS.iter().cycle().take(9) {
                    counter.add_sentences(&analyzer.analyze(text), |_| true);
                    if counter.is_full() {
                        runs.push(drain(&mut counter).expect("memory"));
                    }
                }
                runs.push(drain(&mut counter).expect("memory"));
                assert_eq!(*counter.totals(), statistics.totals());
                assert!(memory > 0 || runs.len() > 1);
                let mut merged = Vec::new();
                let readers = runs.iter().map(|run| RunReader::new(&run[..])).collect();
                merge(readers, |key, tf, df| {
                    merged.push((String::from_utf8_lossy(key).into_owned(), tf, df));
                    std::io::Result::Ok(())
                })
                .expect("runs");
                let expected: Vec<(String, u64, u64)> = statistics
                    .terms()
                    .iter()
                    .map(|term| (term.key().to_owned(), term.tf(), term.df()))
                    .collect();
                assert_eq!(merged, expected, "{options:?} in {memory} bytes");
            }
        }
    }
}
