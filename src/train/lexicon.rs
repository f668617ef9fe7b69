//! Words of pre-segmented text.
//!
//! A sequence of syllables is a word of the lexicon if the text joins it often, and joins it in
//! most of the places where it stands: `học sinh` is joined nearly always, `nam giới` sometimes
//! is the end of `Việt Nam` and the beginning of `giới thiệu`.

use std::fmt;
use std::str::FromStr;

use rustc_hash::FxHashMap;

use crate::text::key::{TermHash, UnitId, fold};

/// When a sequence of syllables is a word.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct LexiconOptions {
    /// Least number of times that it is joined.
    pub min_count: u32,
    /// Least share of its occurrences in which it is joined.
    pub min_share: f64,
    /// Most units of a word.
    pub max_units: usize,
    /// Least number of times for a word that is capitalized in most places: names are many, and
    /// each is rare.
    pub min_name_count: u32,
}

impl Default for LexiconOptions {
    fn default() -> Self {
        Self { min_count: 5, min_share: 0.5, max_units: 5, min_name_count: 40 }
    }
}

/// A word with the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LexiconEntry {
    key: String,
    joined: u32,
    seen: u32,
}

impl LexiconEntry {
    /// Makes an entry for a word, its units separated by spaces, that is joined in `joined` of
    /// the `seen` places where its units stand side by side.
    #[must_use]
    pub fn new(word: &str, joined: u32, seen: u32) -> Self {
        let key = word.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
        Self { key, joined, seen: seen.max(joined) }
    }

    /// Returns the folded units, separated by single spaces.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns how often the word is joined.
    #[must_use]
    pub const fn joined(&self) -> u32 {
        self.joined
    }

    /// Returns how often its units stand side by side.
    #[must_use]
    pub const fn seen(&self) -> u32 {
        self.seen
    }

    /// Returns the units of the word.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        self.key.split(' ').map(UnitId::of).collect()
    }

    /// Returns how surely this is a word, from 1 to 6; the segmenter learns what each is worth.
    #[must_use]
    pub fn strength(&self) -> u8 {
        let share = f64::from(self.joined) / f64::from(self.seen.max(1));
        match (share, self.joined) {
            (..0.4, _) => 1,
            (..0.6, _) => 2,
            (..0.85, _) => 3,
            (_, ..9) => 4,
            (_, ..45) => 5,
            _ => 6,
        }
    }
}

/// Writes the entry as one line: word, joined, seen, with tabs between.
impl fmt::Display for LexiconEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.key, self.joined, self.seen)
    }
}

/// A line that is no lexicon entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a word and two whole numbers with tabs between, found `{0}`")]
pub struct ParseEntryError(String);

/// Reads what [`Display`](fmt::Display) writes; without the numbers, the word counts as certain.
///
/// # Examples
///
/// ```
/// use tomtat::train::lexicon::LexiconEntry;
///
/// let entry: LexiconEntry = "Học_sinh\t90\t100".parse()?;
/// assert_eq!((entry.key(), entry.joined(), entry.seen()), ("học sinh", 90, 100));
/// assert!("học sinh\tmany".parse::<LexiconEntry>().is_err());
/// # Ok::<(), tomtat::train::lexicon::ParseEntryError>(())
/// ```
impl FromStr for LexiconEntry {
    type Err = ParseEntryError;

    fn from_str(line: &str) -> Result<Self, ParseEntryError> {
        let error = || ParseEntryError(line.to_owned());
        let mut fields = line.split('\t');
        let word = fields.next().unwrap_or_default().replace('_', " ");
        let mut number = || match fields.next() {
            None => Ok(None),
            Some(text) => text.trim().parse::<u32>().map(Some).map_err(|_| error()),
        };
        let joined = number()?.unwrap_or(CERTAIN);
        let seen = number()?.unwrap_or(joined);
        if word.trim().is_empty() || fields.next().is_some() {
            return Err(error());
        }
        Ok(Self::new(&word, joined, seen))
    }
}

/// Count of a word that is given without one.
const CERTAIN: u32 = 1000;

#[derive(Clone, Debug, Default)]
struct Candidate {
    key: String,
    joined: u32,
    capitalized: u32,
    seen: u32,
}

/// Collects the words of pre-segmented text (underscores join the syllables of a word).
///
/// The text is read twice: [`Self::count`] finds the words that are joined somewhere,
/// [`Self::verify`] counts all places where their syllables stand side by side.
///
/// # Examples
///
/// ```
/// use tomtat::train::lexicon::{LexiconOptions, LexiconTrainer};
///
/// let lines = ["Học_sinh đi học .", "Các học_sinh sinh_hoạt ."];
/// let mut trainer = LexiconTrainer::default();
/// lines.iter().for_each(|line| trainer.count(line));
/// lines.iter().for_each(|line| trainer.verify(line));
/// let mut options = LexiconOptions::default();
/// options.min_count = 2;
/// assert_eq!(trainer.words(&options), [("học sinh".to_owned(), 2)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct LexiconTrainer {
    candidates: FxHashMap<TermHash, Candidate>,
    units: Vec<UnitId>,
    /// Lengths in units that candidates have, as bits.
    lengths: u32,
}

impl LexiconTrainer {
    /// Most units of a word that is counted.
    pub const MAX_UNITS: usize = 6;

    /// Counts the joined words of one line.
    pub fn count(&mut self, line: &str) {
        self.count_times(line, 1);
    }

    /// Counts the joined words of one line as if it stood there several times: text that is
    /// segmented by hand is worth more.
    pub fn count_times(&mut self, line: &str, times: u32) {
        for word in line.split_whitespace().filter(|w| w.contains('_')) {
            let parts: Vec<&str> = word.split('_').filter(|p| !p.is_empty()).collect();
            let letters = |p: &&str| p.chars().all(|c| c.is_alphabetic() || c == '\u{AD}');
            if !(2..=Self::MAX_UNITS).contains(&parts.len()) || !parts.iter().all(letters) {
                continue;
            }
            let hash = TermHash::of_units(parts.iter().map(|p| UnitId::of(p)));
            let candidate = self.candidates.entry(hash).or_default();
            if candidate.key.is_empty() {
                candidate.key = parts.iter().map(|p| fold(p)).collect::<Vec<_>>().join(" ");
            }
            candidate.joined += times;
            // The first syllable begins sentences too; the last shows a name.
            let last = parts[parts.len() - 1];
            candidate.capitalized += times * u32::from(last.starts_with(char::is_uppercase));
            self.lengths |= 1 << parts.len();
        }
    }

    /// Counts all places of the candidates in one line, joined or not.
    pub fn verify(&mut self, line: &str) {
        self.verify_times(line, 1);
    }

    /// Counts like [`Self::verify`], as if the line stood there several times.
    pub fn verify_times(&mut self, line: &str, times: u32) {
        let mut units = std::mem::take(&mut self.units);
        units.clear();
        units.extend(line.split([' ', '_', '\t']).filter(|u| !u.is_empty()).map(UnitId::of));
        for start in 0..units.len() {
            for length in 2..=Self::MAX_UNITS.min(units.len() - start) {
                if self.lengths >> length & 1 == 0 {
                    continue;
                }
                let hash = TermHash::of_units(units[start..start + length].iter().copied());
                if let Some(candidate) = self.candidates.get_mut(&hash) {
                    candidate.seen += times;
                }
            }
        }
        self.units = units;
    }

    /// Returns the words with their counts, sorted by key.
    #[must_use]
    pub fn words(&self, options: &LexiconOptions) -> Vec<(String, u32)> {
        self.entries(options).into_iter().map(|entry| (entry.key, entry.joined)).collect()
    }

    /// Returns the words with the evidence for them, sorted by key.
    #[must_use]
    pub fn entries(&self, options: &LexiconOptions) -> Vec<LexiconEntry> {
        let mut entries: Vec<LexiconEntry> = self
            .candidates
            .values()
            .filter(|c| {
                let name = c.capitalized * 2 > c.joined;
                let least = if name { options.min_name_count } else { options.min_count };
                let share = f64::from(c.joined) / f64::from(c.seen.max(c.joined));
                c.joined >= least
                    && share >= options.min_share
                    && c.key.split(' ').count() <= options.max_units
            })
            .map(|c| LexiconEntry {
                key: c.key.clone(),
                joined: c.joined,
                seen: c.seen.max(c.joined),
            })
            .collect();
        entries.sort_unstable();
        entries
    }
}
