//! What a reader asks for, and what a reader knows.

use rustc_hash::FxHashSet;

use crate::document::{Document, Sentence};
use crate::text::key::{TermHash, UnitId};
use crate::text::strip::markless;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;
use crate::token::{Token, TokenKind};
use crate::weights::background::Background;

/// Sentences with a smaller share of new pairs tell a reader nothing new.
pub(crate) const LEAST_NOVELTY: f64 = 0.3;

/// Weight of two neighbouring syllables of a query against a single one.
const PAIR_WEIGHT: f64 = 0.3;

/// Saturation of counts and normalization by length of BM25.
const K1: f64 = 0.7;
const B: f64 = 0.4;

/// Share of the background statistics in the weight of a syllable; the sentences that are searched
/// have the rest.
const BACKGROUND_SHARE: f64 = 0.1;

/// What is left of the weight of a word that only asks.
const QUESTION_SHARE: f64 = 0.4;

/// What a number is worth to a question for a number or a time.
const NUMBER_BONUS: f64 = 1.0;

/// Words that ask, and words that hold a question together.
const QUESTION_WORDS: [&str; 25] = [
    "ai", "gì", "nào", "đâu", "sao", "mấy", "bao", "nhiêu", "khi", "thế", "như", "là", "có", "của",
    "và", "được", "bị", "những", "các", "hỏi", "hãy", "lâu", "xin", "vậy", "không",
];

/// Words that ask for a number or a time.
const NUMBER_QUESTIONS: [&[&str]; 8] = [
    &["bao", "nhiêu"],
    &["bao", "lâu"],
    &["mấy"],
    &["khi", "nào"],
    &["năm", "nào"],
    &["ngày", "nào"],
    &["tháng", "nào"],
    &["lúc", "nào"],
];

/// A question or some words that a summary is to be about.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let query = analyzer.query("giá gạo");
/// let document = analyzer.analyze("Giá gạo tăng. Gạo nếp giữ giá. Trời mưa.");
/// let found = query.relevances(document.sentences());
/// assert!(found[0] > found[1] && found[1] > found[2]);
/// assert_eq!(found[2], 0.0);
/// let fits: Vec<f64> = document.sentences().map(|s| query.fit(s)).collect();
/// assert_eq!(fits, [1.0, 1.0, 0.0]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Distinct syllables and other terms.
    units: Vec<QueryUnit>,
    pairs: Vec<(UnitId, UnitId)>,
    wants_number: bool,
    /// Syllables match with and without marks.
    is_loose: bool,
}

/// A syllable of a query.
#[derive(Clone, Copy, Debug, PartialEq)]
struct QueryUnit {
    unit: UnitId,
    background: f64,
    /// What is left of its weight: it may be a word that only asks.
    share: f64,
}

impl Query {
    /// Reads a query; rare syllables weigh more, as the background statistics say, and words that
    /// ask weigh less.
    #[must_use]
    pub fn new(text: &str, starters: &SentenceStarters, background: &Background) -> Self {
        let units = units_of(text, starters);
        let asking = QUESTION_WORDS.map(UnitId::of);
        let mut query = Self::default();
        for &unit in &units {
            if query.units.iter().all(|known| known.unit != unit) {
                let background = background.syllable_idf(TermHash::of_units([unit]));
                let share = if asking.contains(&unit) { QUESTION_SHARE } else { 1.0 };
                query.units.push(QueryUnit { unit, background, share });
            }
        }
        // A query of such words alone is about them.
        if query.units.iter().all(|unit| unit.share < 1.0) {
            query.units.iter_mut().for_each(|unit| unit.share = 1.0);
        }
        for pair in units.windows(2) {
            let pair = (pair[0], pair[1]);
            if !query.pairs.contains(&pair) {
                query.pairs.push(pair);
            }
        }
        query.wants_number = NUMBER_QUESTIONS.iter().any(|words| {
            let asked: Vec<UnitId> = words.iter().map(|word| UnitId::of(word)).collect();
            units.windows(asked.len()).any(|window| window == asked)
        });
        query
    }

    /// Reads a query that may have been typed without marks: `gia gao` finds `giá gạo`, and `giả gạo`
    /// too. Syllables weigh the same, since it is not known which ones are meant.
    #[must_use]
    pub fn new_loose(text: &str, starters: &SentenceStarters) -> Self {
        let mut query = Self { is_loose: true, ..Self::default() };
        let units = units_of(&markless(text), starters);
        for &unit in &units {
            if query.units.iter().all(|known| known.unit != unit) {
                query.units.push(QueryUnit { unit, background: 1.0, share: 1.0 });
            }
        }
        for pair in units.windows(2) {
            let pair = (pair[0], pair[1]);
            if !query.pairs.contains(&pair) {
                query.pairs.push(pair);
            }
        }
        query
    }

    /// The unit of a token as it is compared.
    fn unit(&self, sentence: Sentence<'_>, token: &Token) -> UnitId {
        if self.is_loose { UnitId::of(&markless(sentence.slice(token))) } else { token.unit() }
    }

    /// Returns true if there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Returns the relevance of each of some sentences: 0 or more, by Okapi BM25 over syllables and
    /// pairs of neighbouring syllables, with the sentences as the collection.
    ///
    /// The inverse document frequency of a syllable is that of the sentences, with a tenth of that
    /// of the background. A sentence with a number that the query does not have is worth more if
    /// the query asks for a number or a time.
    ///
    /// # References
    ///
    /// S. Robertson, H. Zaragoza (2009), *The probabilistic relevance framework: BM25 and beyond*,
    /// equation 3.15; we add pairs of neighbours.
    #[must_use]
    pub fn relevances<'d>(&self, sentences: impl Iterator<Item = Sentence<'d>>) -> Vec<f64> {
        self.relevances_of(&sentences.map(|sentence| self.count(sentence)).collect::<Vec<_>>())
    }

    /// Returns the relevances of sentences of which this is what they have of the query.
    pub(crate) fn relevances_of(&self, counted: &[QueryCounts]) -> Vec<f64> {
        let n = counted.len() as f64;
        let length = counted.iter().map(|c| c.length).fold(0.0, |a, b| a + b) / n.max(1.0);
        let idf = |holds: &dyn Fn(&QueryCounts) -> bool| {
            let df = counted.iter().filter(|c| holds(c)).count() as f64;
            libm::log(1.0 + (n - df + 0.5) / (df + 0.5))
        };
        let units: Vec<f64> = self
            .units
            .iter()
            .enumerate()
            .map(|(at, unit)| {
                let idf = idf(&|c: &QueryCounts| c.units[at] > 0);
                unit.share * ((1.0 - BACKGROUND_SHARE) * idf + BACKGROUND_SHARE * unit.background)
            })
            .collect();
        let share_of = |unit: UnitId| {
            self.units.iter().find(|known| known.unit == unit).map_or(1.0, |known| known.share)
        };
        let pairs: Vec<f64> = self
            .pairs
            .iter()
            .enumerate()
            .map(|(at, pair)| {
                let share = share_of(pair.0).min(share_of(pair.1));
                PAIR_WEIGHT * share * idf(&|c: &QueryCounts| c.pairs[at] > 0)
            })
            .collect();
        counted
            .iter()
            .map(|c| {
                let norm = K1 * (1.0 - B + B * c.length / length.max(1.0));
                let add = |sum: f64, (weight, count): (&f64, &u32)| {
                    let count = f64::from(*count);
                    sum + weight * count * (K1 + 1.0) / (count + norm)
                };
                let sum = units.iter().zip(&c.units).fold(0.0, add);
                let sum = pairs.iter().zip(&c.pairs).fold(sum, add);
                if self.wants_number && c.has_number && sum > 0.0 {
                    sum + NUMBER_BONUS
                } else {
                    sum
                }
            })
            .collect()
    }

    /// Counts what a sentence has of the query.
    pub(crate) fn count(&self, sentence: Sentence<'_>) -> QueryCounts {
        let mut counted = QueryCounts {
            units: vec![0; self.units.len()],
            pairs: vec![0; self.pairs.len()],
            length: 0.0,
            has_number: false,
        };
        let mut before = None;
        for token in sentence.tokens().iter().filter(|token| token.kind().is_term()) {
            let unit = self.unit(sentence, token);
            let asked = self.units.iter().position(|known| known.unit == unit);
            match asked {
                Some(at) => counted.units[at] += 1,
                None => counted.has_number |= token.kind() == TokenKind::Number,
            }
            if let Some(before) = before
                && let Some(at) = self.pairs.iter().position(|pair| *pair == (before, unit))
            {
                counted.pairs[at] += 1;
            }
            before = Some(unit);
            counted.length += 1.0;
        }
        counted
    }

    /// Returns how much of the query the sentence holds, 0 to 1: the share of its syllables, weighed
    /// by the background statistics, without regard to their order.
    #[must_use]
    pub fn fit(&self, sentence: Sentence<'_>) -> f64 {
        let weight = |unit: &QueryUnit| unit.share * unit.background;
        let total = self.units.iter().map(weight).fold(0.0, |a, b| a + b);
        let units: Vec<UnitId> =
            sentence.tokens().iter().map(|token| self.unit(sentence, token)).collect();
        let held = |unit: &&QueryUnit| units.contains(&unit.unit);
        let sum = self.units.iter().filter(held).map(weight).fold(0.0, |a, b| a + b);
        if total > 0.0 { sum / total } else { 0.0 }
    }
}

/// What a sentence has of a query.
#[derive(Clone, Debug)]
pub(crate) struct QueryCounts {
    units: Vec<u32>,
    pairs: Vec<u32>,
    /// Terms of the sentence.
    length: f64,
    /// It has a number that the query does not have.
    has_number: bool,
}

/// What the reader has read: pairs of neighbouring units.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::select::ReadHistory;
///
/// let analyzer = Analyzer::new();
/// let mut known = ReadHistory::default();
/// known.add(&analyzer.analyze("Giá gạo tăng 12 USD."));
/// let news = analyzer.analyze("Giá gạo tăng 12 USD. Nông dân vui mừng.");
/// let new: Vec<f64> = news.sentences().map(|s| known.novelty(s)).collect();
/// assert_eq!(new, [0.0, 1.0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReadHistory {
    pairs: FxHashSet<(UnitId, UnitId)>,
}

impl ReadHistory {
    /// Adds a text that was read.
    pub fn add(&mut self, document: &Document) {
        for sentence in document.sentences() {
            self.pairs.extend(pairs_of(sentence));
        }
    }

    /// Returns the share of the sentence's pairs that were not read, 0 to 1; 1 for a sentence of one
    /// syllable.
    #[must_use]
    pub fn novelty(&self, sentence: Sentence<'_>) -> f64 {
        let pairs = pairs_of(sentence);
        let new = pairs.iter().filter(|pair| !self.pairs.contains(pair)).count();
        if pairs.is_empty() { 1.0 } else { new as f64 / pairs.len() as f64 }
    }
}

fn units_of(text: &str, starters: &SentenceStarters) -> Vec<UnitId> {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), starters, &mut tokens);
    tokens.iter().filter(|t| t.kind().is_term()).map(Token::unit).collect()
}

fn pairs_of(sentence: Sentence<'_>) -> Vec<(UnitId, UnitId)> {
    let units: Vec<UnitId> =
        sentence.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit).collect();
    units.windows(2).map(|w| (w[0], w[1])).collect()
}
