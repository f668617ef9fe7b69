//! Contingency tables of the pairs of a corpus.

use memchr::memchr;
use rustc_hash::FxHashMap;

use super::contingency::Table;
use super::ngram::WORD_BREAK;
use super::totals::Totals;
use crate::text::key::mix;

/// What the margins of a contingency table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Margins {
    /// Pairs: those with the first word in first place, those with the second in second place, and
    /// all pairs.
    Pairs,
    /// Occurrences of the two words, and all words: as in Sketch Engine, so that logDice is 14 for
    /// words that occur together only, whatever the window.
    Tokens,
}

impl Margins {
    /// Returns the lengths of the n-grams that have to be counted.
    #[must_use]
    pub const fn lengths(self) -> std::ops::RangeInclusive<usize> {
        match self {
            Self::Pairs => 2..=2,
            Self::Tokens => 1..=2,
        }
    }

    /// Returns the name in machine formats.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Tokens => "tokens",
        }
    }
}

/// How often words occur: in pairs, in first and in second place, or at all.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::collocation::{Margins, PairTables};
/// use tomtat::corpus::ngram::{NgramOptions, TermUnit};
/// use tomtat::corpus::statistics::{CountOptions, TermStatistics};
///
/// let pairs = NgramOptions::new(TermUnit::Syllable, Margins::Pairs.lengths(), 0)?;
/// let mut counts = TermStatistics::new(CountOptions::default().with_ngrams(pairs));
/// counts.add(&tomtat::Analyzer::new().analyze("Mưa to, mưa nhỏ, gió to."));
/// let mut tables = PairTables::new(Margins::Pairs);
/// for term in counts.iter() {
///     tables.add(term.key(), term.tf());
/// }
/// let table = tables.table("mưa\tto", 1, &counts.totals()).expect("a pair that was counted");
/// assert_eq!(table.cells(), [1.0, 1.0, 1.0, 0.0]);
/// # Ok::<(), tomtat::corpus::ngram::NgramError>(())
/// ```
#[derive(Clone, Debug)]
pub struct PairTables {
    margins: Margins,
    words: FxHashMap<u64, [u64; 2]>,
    pairs: u64,
    /// The last first word, with its identity.
    first: (Vec<u8>, u64),
}

impl PairTables {
    /// Makes tables without counts.
    #[must_use]
    pub fn new(margins: Margins) -> Self {
        let first = (Vec::new(), identity(&[]));
        Self { margins, words: FxHashMap::default(), pairs: 0, first }
    }

    /// Adds a term of the corpus; all terms have to be added before tables are asked for, those with
    /// one first word best together.
    pub fn add(&mut self, key: impl AsRef<[u8]>, tf: u64) {
        let key = key.as_ref();
        match (self.margins, pair(key)) {
            (margins, Some((first, second))) => {
                self.pairs += 1;
                if margins == Margins::Pairs {
                    let first = self.first_identity(first);
                    self.words.entry(first).or_default()[0] += tf;
                    self.words.entry(identity(second)).or_default()[1] += tf;
                }
            }
            (Margins::Tokens, None) if memchr(WORD_BREAK as u8, key).is_none() => {
                *self.words.entry(identity(key)).or_default() = [tf; 2];
            }
            _ => {}
        }
    }

    /// Returns the number of different pairs.
    #[must_use]
    pub const fn pairs(&self) -> u64 {
        self.pairs
    }

    /// Returns the table of a pair that occurs `tf` times; `None` for what is no pair of the corpus.
    ///
    /// In a window a word can have more partners than occurrences; then they are its margin.
    #[must_use]
    pub fn table(&mut self, key: &str, tf: u64, totals: &Totals) -> Option<Table> {
        let (first, second) = pair(key.as_bytes())?;
        let first = self.first_identity(first);
        let r1 = self.words.get(&first)?[0].max(tf);
        let c1 = self.words.get(&identity(second))?[1].max(tf);
        Table::from_margins(tf, r1, c1, totals.ngrams(*self.margins.lengths().start()))
    }

    /// The identity of a first word; pairs in their order have one first word for some time.
    fn first_identity(&mut self, first: &[u8]) -> u64 {
        if self.first.0 != first {
            self.first.0.clear();
            self.first.0.extend_from_slice(first);
            self.first.1 = identity(first);
        }
        self.first.1
    }
}

/// The two words of a pair.
fn pair(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr(WORD_BREAK as u8, key)?;
    let (first, second) = (&key[..at], &key[at + 1..]);
    memchr(WORD_BREAK as u8, second).is_none().then_some((first, second))
}

/// Identity of a word by its key, eight bytes at a time.
fn identity(key: &[u8]) -> u64 {
    let mut hash = key.len() as u64;
    for bytes in key.chunks(8) {
        let mut part = [0; 8];
        part[..bytes.len()].copy_from_slice(bytes);
        hash = mix(hash ^ u64::from_le_bytes(part));
    }
    hash
}
