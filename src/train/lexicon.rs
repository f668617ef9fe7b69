//! Words of pre-segmented text.
//!
//! A sequence of syllables is a word of the lexicon if the text joins it often, and in most of its
//! occurrences: `học sinh` is nearly always joined, while `nam giới` can be the end of `Việt Nam`
//! and the beginning of `giới thiệu`.

use rustc_hash::FxHashMap;

use crate::text::key::{TermHash, UnitId, fold};
use crate::words::lexicon::LexiconEntry;

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
    /// Least number of times for a word that is capitalized in most places: names are many and each
    /// is rare.
    pub min_name_count: u32,
}

impl Default for LexiconOptions {
    fn default() -> Self {
        Self { min_count: 5, min_share: 0.5, max_units: 5, min_name_count: 40 }
    }
}

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
/// [`Self::verify`] counts all places where their syllables are adjacent.
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

    /// Counts the joined words of one line as if it occurred several times, for text that people
    /// segmented.
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
            // The first syllable is capitalized at the beginning of a sentence; the last one shows
            // a name.
            let last = parts[parts.len() - 1];
            candidate.capitalized += times * u32::from(last.starts_with(char::is_uppercase));
            self.lengths |= 1 << parts.len();
        }
    }

    /// Counts all places of the candidates in one line, joined or not.
    pub fn verify(&mut self, line: &str) {
        self.verify_times(line, 1);
    }

    /// Counts like [`Self::verify`], as if the line occurred several times.
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
        let entries = self.entries(options).into_iter();
        entries.map(|entry| (entry.key().to_owned(), entry.joined())).collect()
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
            .map(|c| LexiconEntry::new(&c.key, c.joined, c.seen))
            .collect();
        entries.sort_unstable();
        entries
    }
}
