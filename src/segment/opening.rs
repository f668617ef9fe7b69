//! How a capitalized syllable came to its capital: by opening a sentence, or as part of a name.
//!
//! After `ông T.` or `TP.` the next word decides whether the sentence has ended. `Sau` opens
//! sentences and is no name; `Linh` is a name and opens few. What a syllable does is learned from
//! raw news at the full stops that leave no doubt.
//!
//! # References
//!
//! T. Kiss, J. Strunk (2006), *Unsupervised multilingual sentence boundary detection*, Computational
//! Linguistics 32(4), section 4.1.2: the orthographic heuristic, which counts the same of each word.

use std::borrow::Cow;

use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo, embedded};
use crate::text::syllable::{SYLLABLE_COUNT, Syllable, SyllableId};

/// Kind of the model in its header.
const KIND: &str = "openings";

/// Units of a score in one unit of log-odds.
pub const SCALE: f64 = 16.0;

/// For each syllable the log-odds that its capital opens a sentence, against being part of a name.
///
/// # Examples
///
/// ```
/// use tomtat::model::embedded;
/// use tomtat::text::syllable::Syllable;
///
/// let openings = embedded::openings();
/// let score = |word: &str| openings.score(Syllable::parse(word).expect("a syllable").id());
/// assert!(score("Theo") > 0 && score("Linh") < 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Openings {
    /// One signed byte a syllable.
    scores: Cow<'static, [u8]>,
}

impl Openings {
    /// Makes the scores of counts: how often the capital opened a sentence, and how often it stood
    /// inside of one.
    #[must_use]
    pub fn from_counts(counts: impl Fn(SyllableId) -> (u32, u32)) -> Self {
        let ids = (0..SYLLABLE_COUNT).filter_map(SyllableId::from_index);
        let scores = ids.map(|id| {
            let (opening, inside) = counts(id);
            // Half a count more of each: what was not seen has the score 0.
            let odds = (f64::from(opening) + 0.5) / (f64::from(inside) + 0.5);
            (libm::log(odds) * SCALE).round().clamp(-127.0, 127.0) as i8 as u8
        });
        Self { scores: scores.collect() }
    }

    /// Returns the score of a syllable in units of 1/[`SCALE`]: above 0 if it rather opens
    /// sentences, 0 if nothing is known.
    #[inline]
    #[must_use]
    pub fn score(&self, syllable: SyllableId) -> i8 {
        self.scores.get(syllable.index()).map_or(0, |&score| score as i8)
    }

    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        let mut builder = ContainerBuilder::new(info);
        builder.raw_section("scores", &self.scores);
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact model of this kind.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        let scores = container.section("scores").map(|scores| Cow::Owned(scores.into_owned()));
        Self::of_section(&container, scores)
    }

    /// Reads a file in the program itself, of which nothing is copied.
    pub(crate) fn read_embedded(container: &Container<'static>) -> Result<Self, ModelError> {
        Self::of_section(container, container.section("scores"))
    }

    fn of_section(
        container: &Container<'_>,
        scores: Result<Cow<'static, [u8]>, ModelError>,
    ) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let scores = scores?;
        if scores.len() != SYLLABLE_COUNT {
            return Err(ModelError::corrupt("there is not one score for each syllable"));
        }
        Ok(Self { scores })
    }
}

/// Returns the score of a word, `None` if it is no Vietnamese syllable.
pub(super) fn score_of(word: &str) -> Option<i8> {
    Syllable::parse(word).map(|syllable| embedded::openings().score(syllable.id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_log_odds_and_come_back() {
        let id = |word: &str| Syllable::parse(word).expect(word).id();
        let openings = Openings::from_counts(|syllable| match syllable {
            s if s == id("sau") => (100, 1),
            s if s == id("linh") => (1, 1000),
            _ => (0, 0),
        });
        // 16 ln(100.5 / 1.5) = 67.3
        assert_eq!(openings.score(id("sau")), 67);
        assert!(openings.score(id("linh")) < -80);
        assert_eq!(openings.score(id("khác")), 0);
        let file = openings.write(ModelInfo::new("", "test"));
        assert_eq!(Openings::read(&file).expect("a model"), openings);
        assert!(Openings::read(&file[..file.len() - 9]).is_err());
    }
}
