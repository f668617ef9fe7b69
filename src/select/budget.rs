//! How long a summary may be.

use std::ops::Range;
use std::str::FromStr;

use crate::document::Sentence;

/// Limit on the length of a summary. It is a promise: the summary is never longer.
///
/// # Examples
///
/// ```
/// use tomtat::select::Budget;
///
/// assert!(Budget::sentences(3).is_ok());
/// assert!(Budget::sentences(0).is_err());
/// assert!(Budget::ratio(1.5).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Budget {
    /// As long as the ranker finds best, and at most three sentences: the trained ranker judges
    /// sets of one to three; others take sentences until there are 35 syllables.
    Auto,
    /// At most so many sentences.
    Sentences(usize),
    /// At most this share of the candidate sentences, rounded up.
    Ratio(f64),
    /// At most so many words, punctuation not counted.
    Words(usize),
    /// At most so many syllables (tokens without punctuation).
    Syllables(usize),
    /// At most so many characters (Unicode scalar values), with one space between sentences.
    Characters(usize),
}

/// A budget that no summary can have.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum BudgetError {
    /// Nothing is allowed.
    #[error("the length must be at least 1, found 0")]
    Zero,
    /// The share is not above 0 and at most 1.
    #[error("the ratio must be above 0 and at most 1, found {0}")]
    Ratio(f64),
}

impl Default for Budget {
    fn default() -> Self {
        Self::Sentences(3)
    }
}

impl Budget {
    /// Most sentences of a summary whose length is free.
    pub(crate) const AUTO_SENTENCES: usize = 3;

    /// Syllables after which rankers that do not judge sets end a summary whose length is free: the
    /// length of an abstract of Vietnamese news.
    pub(crate) const AUTO_SYLLABLES: usize = 35;

    /// Allows `n` sentences.
    ///
    /// # Errors
    ///
    /// Returns an error if `n` is 0.
    pub const fn sentences(n: usize) -> Result<Self, BudgetError> {
        if n == 0 { Err(BudgetError::Zero) } else { Ok(Self::Sentences(n)) }
    }

    /// Allows a share of the sentences, above 0 and at most 1.
    ///
    /// # Errors
    ///
    /// Returns an error if `ratio` is out of range or not a number.
    pub fn ratio(ratio: f64) -> Result<Self, BudgetError> {
        if ratio > 0.0 && ratio <= 1.0 {
            Ok(Self::Ratio(ratio))
        } else {
            Err(BudgetError::Ratio(ratio))
        }
    }

    /// Allows `n` words.
    ///
    /// # Errors
    ///
    /// Returns an error if `n` is 0.
    pub const fn words(n: usize) -> Result<Self, BudgetError> {
        if n == 0 { Err(BudgetError::Zero) } else { Ok(Self::Words(n)) }
    }

    /// Allows `n` syllables.
    ///
    /// # Errors
    ///
    /// Returns an error if `n` is 0.
    pub const fn syllables(n: usize) -> Result<Self, BudgetError> {
        if n == 0 { Err(BudgetError::Zero) } else { Ok(Self::Syllables(n)) }
    }

    /// Allows `n` characters.
    ///
    /// # Errors
    ///
    /// Returns an error if `n` is 0.
    pub const fn characters(n: usize) -> Result<Self, BudgetError> {
        if n == 0 { Err(BudgetError::Zero) } else { Ok(Self::Characters(n)) }
    }

    /// Returns the name of what is counted.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        match self {
            Self::Auto | Self::Sentences(_) | Self::Ratio(_) => "sentences",
            Self::Words(_) => "words",
            Self::Syllables(_) => "syllables",
            Self::Characters(_) => "characters",
        }
    }

    /// Returns the number that is allowed, given the number of candidate sentences.
    #[must_use]
    pub fn limit(&self, candidates: usize) -> usize {
        match *self {
            Self::Auto => Self::AUTO_SENTENCES,
            Self::Sentences(n) | Self::Words(n) | Self::Syllables(n) | Self::Characters(n) => n,
            Self::Ratio(ratio) => ((candidates as f64 * ratio).ceil() as usize).max(1),
        }
    }

    /// Returns what a sentence takes of the budget.
    #[must_use]
    pub fn cost(&self, sentence: Sentence<'_>) -> usize {
        match self {
            Self::Auto | Self::Sentences(_) | Self::Ratio(_) => 1,
            Self::Words(_) => sentence.word_count(),
            Self::Syllables(_) => sentence.syllable_count(),
            Self::Characters(_) => sentence.text().chars().count(),
        }
    }

    /// Returns what the part of a sentence in these bytes of the document takes of the budget.
    #[must_use]
    pub fn cost_within(&self, sentence: Sentence<'_>, part: Range<usize>) -> usize {
        let whole = sentence.span();
        if part == whole {
            return self.cost(sentence);
        }
        let holds = |span: Range<usize>| part.start <= span.start && span.end <= part.end;
        match self {
            Self::Auto | Self::Sentences(_) | Self::Ratio(_) => 1,
            Self::Words(_) => {
                sentence.words().filter(|word| holds(word.span()) && word.term().is_some()).count()
            }
            Self::Syllables(_) => sentence
                .tokens()
                .iter()
                .filter(|token| token.kind().is_term() && holds(token.span()))
                .count(),
            Self::Characters(_) => {
                let (start, end) = (part.start - whole.start, part.end - whole.start);
                sentence.text()[start..end].chars().count()
            }
        }
    }

    /// Returns what stands between two sentences takes of the budget.
    #[must_use]
    pub const fn separator_cost(&self) -> usize {
        if matches!(self, Self::Characters(_)) { 1 } else { 0 }
    }
}

/// How much of a budget is spent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spending {
    is_auto: bool,
    limit: usize,
    separator: usize,
    used: usize,
    syllables: usize,
    is_empty: bool,
}

impl Spending {
    /// Begins an empty summary of a document with `candidates` candidate sentences.
    pub(crate) fn new(budget: &Budget, candidates: usize) -> Self {
        Self {
            is_auto: *budget == Budget::Auto,
            limit: budget.limit(candidates),
            separator: budget.separator_cost(),
            used: 0,
            syllables: 0,
            is_empty: true,
        }
    }

    /// Returns true if a sentence of this cost takes no more than what is left.
    pub(crate) const fn fits(&self, cost: usize) -> bool {
        let is_full = self.is_auto && self.syllables >= Budget::AUTO_SYLLABLES;
        let separator = if self.is_empty { 0 } else { self.separator };
        !is_full && self.used.saturating_add(separator).saturating_add(cost) <= self.limit
    }

    /// Takes a sentence of this cost with so many syllables.
    pub(crate) const fn take(&mut self, cost: usize, syllables: usize) {
        self.used += cost + if self.is_empty { 0 } else { self.separator };
        self.syllables += syllables;
        self.is_empty = false;
    }
}

/// A length that cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseBudgetError {
    /// Not a number with a known unit.
    #[error(
        "expected auto, or a number such as 3, 20%, 60words, 80syllables or 280characters, found \
         `{0}`"
    )]
    Form(String),
    /// A length that no summary can have.
    #[error(transparent)]
    Budget(#[from] BudgetError),
}

/// Reads `auto`, `3` (sentences), `20%`, `60words` or `60w`, `80syllables`, `280characters`.
///
/// # Examples
///
/// ```
/// use tomtat::select::Budget;
///
/// assert_eq!("auto".parse(), Ok(Budget::Auto));
/// assert_eq!("20%".parse(), Ok(Budget::Ratio(0.2)));
/// assert_eq!("60 words".parse(), Ok(Budget::Words(60)));
/// assert!("60 miles".parse::<Budget>().is_err());
/// ```
impl FromStr for Budget {
    type Err = ParseBudgetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = || ParseBudgetError::Form(text.to_owned());
        let trimmed = text.trim();
        if trimmed == "auto" {
            return Ok(Self::Auto);
        }
        let end = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(end);
        if unit.trim() == "%" {
            let share: f64 = number.parse().map_err(|_| form())?;
            return Ok(Self::ratio(share / 100.0)?);
        }
        let number: usize = number.parse().map_err(|_| form())?;
        let budget = match unit.trim() {
            "" | "s" | "sentence" | "sentences" => Self::sentences(number),
            "w" | "word" | "words" => Self::words(number),
            "syllable" | "syllables" => Self::syllables(number),
            "c" | "character" | "characters" => Self::characters(number),
            _ => return Err(form()),
        };
        Ok(budget?)
    }
}

/// The length that was asked for and the length that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Length {
    /// What is counted: sentences, words, syllables or characters.
    pub unit: &'static str,
    /// How many were allowed; `None` if the length was free.
    pub asked: Option<usize>,
    /// How many the summary has.
    pub given: usize,
}
