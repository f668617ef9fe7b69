//! How a capitalized syllable came to its capital: by opening a sentence, or as part of a name.
//!
//! After `ông T.` or `TP.` the next word decides whether the sentence has ended. `Sau` opens
//! sentences and is no name; `Linh` is a name and opens few. What a syllable does is learned from
//! raw news at the full stops that leave no doubt.
//!
//! The same counts find sentences that end without any mark, where a page lost its line ends:
//! `… tăng giá mạnh Theo đại diện hãng, …`. There the word before counts, too: `mạnh` ends
//! sentences, `huyện` stands before names.
//!
//! # References
//!
//! T. Kiss, J. Strunk (2006), *Unsupervised multilingual sentence boundary detection*, Computational
//! Linguistics 32(4), section 4.1.2: the orthographic heuristic, which counts the same of each word.

use std::borrow::Cow;
use std::fmt;

use super::{Shape, Token, TokenKind};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::syllable::{SYLLABLE_COUNT, Syllable, SyllableId};

/// Kind of the model in its header.
const KIND: &str = "sentence-starters";

/// Units of a score in one unit of log-odds.
pub const SCALE: f64 = 16.0;

/// For each syllable the log-odds that its capital opens a sentence, against being part of a name.
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::text::syllable::Syllable;
///
/// let starters = builtin::starters();
/// let score = |word: &str| starters.score(Syllable::parse(word).expect("a syllable").id());
/// assert!(score("Theo") > 0 && score("Linh") < 0);
/// ```
///
/// The default knows nothing: every score is 0, and no sentence ends without a mark.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SentenceStarters {
    /// One signed byte a syllable.
    scores: Cow<'static, [u8]>,
    /// What stands on both contexts of a capital; models of version 1 do not know it.
    contexts: Option<ContextScores>,
}

/// The log-odds of what stands before and after a capital: of one that opens a sentence against one
/// inside of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ContextScores {
    /// One signed byte for each syllable in lower case that stands before the capital.
    left_syllables: Cow<'static, [u8]>,
    /// One signed byte for each [`LeftContext`], then for each [`RightContext`].
    classes: Cow<'static, [u8]>,
}

/// What stands before a capital, if it is no syllable in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftContext {
    /// A syllable in lower case, which counts by itself.
    Lower(SyllableId),
    /// A syllable with a capital.
    Capitalized,
    /// A word in upper case.
    Upper,
    /// A word that is no syllable.
    Foreign,
    /// A number, or a word with digits.
    Number,
    /// A word with full stops: initials, web addresses.
    Dotted,
    /// A closing bracket.
    Bracket,
    /// A closing quotation mark.
    Quote,
}

impl LeftContext {
    /// Number of classes, [`LeftContext::Lower`] among them.
    pub(crate) const COUNT: usize = 8;

    /// Returns what a token is to the capital after it, `None` if no sentence ends there unmarked.
    #[must_use]
    pub fn of(token: &Token, text: &str) -> Option<Self> {
        Some(match token.kind() {
            TokenKind::Syllable => match token.shape() {
                Shape::Lower => {
                    Self::Lower(SyllableId::from_index(token.unit().to_u32() as usize)?)
                }
                Shape::Capitalized => Self::Capitalized,
                _ => Self::Upper,
            },
            TokenKind::Foreign if token.shape() == Shape::Upper => Self::Upper,
            TokenKind::Foreign => Self::Foreign,
            TokenKind::Number | TokenKind::Alphanumeric => Self::Number,
            TokenKind::Abbreviation | TokenKind::Url | TokenKind::Email => Self::Dotted,
            TokenKind::Punctuation => match &text[token.span()] {
                ")" | "]" => Self::Bracket,
                "”" | "\"" | "»" | "’" | "'" => Self::Quote,
                _ => return None,
            },
            TokenKind::Symbol => return None,
        })
    }

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Lower(_) => 0,
            Self::Capitalized => 1,
            Self::Upper => 2,
            Self::Foreign => 3,
            Self::Number => 4,
            Self::Dotted => 5,
            Self::Bracket => 6,
            Self::Quote => 7,
        }
    }
}

/// What stands after the word with a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightContext {
    /// A word in lower case.
    Lower,
    /// A word with a capital, or in upper case.
    Capital,
    /// A number.
    Number,
    /// A comma.
    Comma,
    /// Anything else, or nothing.
    Other,
}

impl RightContext {
    pub(crate) const COUNT: usize = 5;

    /// Returns what a token is to the capital before it.
    #[must_use]
    pub fn of(token: Option<&Token>, text: &str) -> Self {
        let Some(token) = token else { return Self::Other };
        match token.kind() {
            TokenKind::Number | TokenKind::Alphanumeric => Self::Number,
            TokenKind::Punctuation if &text[token.span()] == "," => Self::Comma,
            kind if !kind.is_term() => Self::Other,
            _ if token.shape() == Shape::Lower => Self::Lower,
            _ => Self::Capital,
        }
    }
}

/// How often something stood beside a capital that opened a sentence, and beside one inside.
pub(crate) type Counts = (u32, u32);

/// Prints no scores: there is one for each syllable.
impl fmt::Debug for SentenceStarters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has_contexts = self.contexts.is_some();
        f.debug_struct("SentenceStarters")
            .field("has_contexts", &has_contexts)
            .finish_non_exhaustive()
    }
}

impl SentenceStarters {
    /// Makes the scores of counts: how often the capital opened a sentence, and how often it stood
    /// inside of one.
    #[must_use]
    pub fn from_counts(counts: impl Fn(SyllableId) -> (u32, u32)) -> Self {
        Self { scores: each_syllable(counts), contexts: None }
    }

    /// Adds what stands before and after capitals.
    pub(crate) fn with_contexts(
        mut self,
        left_syllables: impl Fn(SyllableId) -> Counts,
        before: &[Counts; LeftContext::COUNT],
        after: &[Counts; RightContext::COUNT],
    ) -> Self {
        let total = |counts: &[Counts]| {
            counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1))
        };
        // The odds of the class against those of all: how many capitals open sentences is counted
        // once, in the score of the word itself.
        let relative = |count: &Counts, all: Counts| {
            let odds = |count: Counts| (f64::from(count.0) + 0.5) / (f64::from(count.1) + 0.5);
            quantized(libm::log(odds(*count) / odds(all)))
        };
        let lower = before[0];
        let closing = |syllable| {
            let (opening, inside) = left_syllables(syllable);
            let odds = (f64::from(opening) + 0.5) / (f64::from(inside) + 0.5);
            libm::log(odds * f64::from(lower.1.max(1)) / f64::from(lower.0.max(1)))
        };
        let ids = (0..SYLLABLE_COUNT).filter_map(SyllableId::from_index);
        self.contexts = Some(ContextScores {
            left_syllables: ids.map(|id| quantized(closing(id))).collect(),
            classes: before
                .iter()
                .map(|count| relative(count, total(before)))
                .chain(after.iter().map(|count| relative(count, total(after))))
                .collect(),
        });
        self
    }

    /// Returns the log-odds, in units of 1/[`SCALE`], that a capital after nothing but a space opens
    /// a sentence; `None` if the model does not know what stands beside capitals.
    #[must_use]
    pub fn boundary_score(
        &self,
        before: LeftContext,
        syllable: SyllableId,
        after: RightContext,
    ) -> Option<i32> {
        let contexts = self.contexts.as_ref()?;
        let class =
            |index: usize| contexts.classes.get(index).map_or(0, |&score| i32::from(score as i8));
        let closing = match before {
            LeftContext::Lower(last) => {
                contexts.left_syllables.get(last.index()).map_or(0, |&score| i32::from(score as i8))
            }
            _ => 0,
        };
        let sum = i32::from(self.score(syllable)) + closing;
        Some(sum + class(before.index()) + class(LeftContext::COUNT + after as usize))
    }

    /// Returns the score of a syllable in units of 1/[`SCALE`]: above 0 if it rather opens
    /// sentences, 0 if nothing is known.
    #[inline]
    #[must_use]
    pub fn score(&self, syllable: SyllableId) -> i8 {
        self.scores.get(syllable.index()).map_or(0, |&score| score as i8)
    }

    /// Returns the score of a word, `None` if it is no Vietnamese syllable.
    pub(crate) fn score_of(&self, word: &str) -> Option<i8> {
        Syllable::parse(word).map(|syllable| self.score(syllable.id()))
    }

    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        let mut builder = ContainerBuilder::new(info);
        builder.raw_section("scores", &self.scores);
        if let Some(contexts) = &self.contexts {
            builder.raw_section("closings", &contexts.left_syllables);
            builder.raw_section("classes", &contexts.classes);
        }
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact model of this kind.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        let section =
            |name: &str| container.section(name).map(|section| Cow::Owned(section.into_owned()));
        Self::of_sections(&container, section)
    }

    /// Reads a file in the program itself, of which nothing is copied.
    pub(crate) fn read_embedded(container: &Container<'static>) -> Result<Self, ModelError> {
        Self::of_sections(container, |name| container.section(name))
    }

    fn of_sections(
        container: &Container<'_>,
        section: impl Fn(&str) -> Result<Cow<'static, [u8]>, ModelError>,
    ) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let sized = |name: &str, size: usize| {
            let bytes = section(name)?;
            if bytes.len() == size {
                return Ok(bytes);
            }
            Err(ModelError::corrupt("there is not one score for each syllable"))
        };
        let contexts = if container.has_section("closings") {
            let left_syllables = sized("closings", SYLLABLE_COUNT)?;
            let classes = sized("classes", LeftContext::COUNT + RightContext::COUNT)?;
            Some(ContextScores { left_syllables, classes })
        } else {
            None
        };
        Ok(Self { scores: sized("scores", SYLLABLE_COUNT)?, contexts })
    }
}

/// Returns one score for each syllable.
fn each_syllable(counts: impl Fn(SyllableId) -> Counts) -> Cow<'static, [u8]> {
    let ids = (0..SYLLABLE_COUNT).filter_map(SyllableId::from_index);
    let scores = ids.map(|id| {
        let (opening, inside) = counts(id);
        // Half a count more of each: what was not seen has the score 0.
        quantized(libm::log((f64::from(opening) + 0.5) / (f64::from(inside) + 0.5)))
    });
    scores.collect()
}

fn quantized(log_odds: f64) -> u8 {
    (log_odds * SCALE).round().clamp(-127.0, 127.0) as i8 as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_log_odds_and_come_back() {
        let id = |word: &str| Syllable::parse(word).expect(word).id();
        let starters = SentenceStarters::from_counts(|syllable| match syllable {
            s if s == id("sau") => (100, 1),
            s if s == id("linh") => (1, 1000),
            _ => (0, 0),
        });
        // 16 ln(100.5 / 1.5) = 67.3
        assert_eq!(starters.score(id("sau")), 67);
        assert!(starters.score(id("linh")) < -80);
        assert_eq!(starters.score(id("khác")), 0);
        let file = starters.write(ModelInfo::new("", "test"));
        assert_eq!(SentenceStarters::read(&file).expect("a model"), starters);
        assert!(SentenceStarters::read(&file[..file.len() - 9]).is_err());
    }
}
