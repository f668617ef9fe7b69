//! A word of an editable lexicon, with the counts behind it.

use std::fmt;
use std::str::FromStr;

use crate::text::key::{UnitId, fold};

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
/// use tomtat::words::LexiconEntry;
///
/// let entry: LexiconEntry = "Học_sinh\t90\t100".parse()?;
/// assert_eq!((entry.key(), entry.joined(), entry.seen()), ("học sinh", 90, 100));
/// assert!("học sinh\tmany".parse::<LexiconEntry>().is_err());
/// # Ok::<(), tomtat::words::ParseEntryError>(())
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
