//! What a reader asks for, and what a reader knows.

use rustc_hash::FxHashSet;

use crate::document::{Document, Sentence};
use crate::text::key::{TermHash, UnitId};
use crate::token::Token;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;
use crate::weights::background::Background;

/// Sentences with a smaller share of new pairs tell a reader nothing new.
pub(crate) const LEAST_NOVELTY: f64 = 0.3;

/// Weight of two neighbouring units of a query against one.
const PAIR_WEIGHT: f64 = 1.0;

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
/// let found: Vec<f64> = document.sentences().map(|s| query.relevance(s)).collect();
/// assert!(found[0] > found[1] && found[1] > found[2]);
/// assert_eq!(found[2], 0.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Distinct units with their weights.
    units: Vec<(UnitId, f64)>,
    pairs: Vec<((UnitId, UnitId), f64)>,
    total: f64,
}

impl Query {
    /// Reads a query; rare syllables weigh more, as the background statistics say.
    #[must_use]
    pub fn new(text: &str, starters: &SentenceStarters, background: &Background) -> Self {
        let units = units_of(text, starters);
        let weight = |unit: UnitId| background.syllable_idf(TermHash::of_units([unit]));
        let mut query = Self::default();
        for &unit in &units {
            if query.units.iter().all(|(u, _)| *u != unit) {
                query.units.push((unit, weight(unit)));
            }
        }
        for pair in units.windows(2) {
            let pair = (pair[0], pair[1]);
            if query.pairs.iter().all(|(p, _)| *p != pair) {
                query
                    .pairs
                    .push((pair, PAIR_WEIGHT * f64::midpoint(weight(pair.0), weight(pair.1))));
            }
        }
        let sum = |weights: &mut dyn Iterator<Item = f64>| weights.fold(0.0, |a, b| a + b);
        query.total =
            sum(&mut query.units.iter().map(|u| u.1)) + sum(&mut query.pairs.iter().map(|p| p.1));
        query
    }

    /// Returns true if there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Returns the share of the query's weight that the sentence holds, 0 to 1.
    #[must_use]
    pub fn relevance(&self, sentence: Sentence<'_>) -> f64 {
        let units: Vec<UnitId> =
            sentence.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit).collect();
        let held = |sum: f64, (unit, weight): &(UnitId, f64)| {
            if units.contains(unit) { sum + weight } else { sum }
        };
        let sum = self.units.iter().fold(0.0, held);
        let sum = self.pairs.iter().fold(sum, |sum, ((a, b), weight)| {
            let found = units.windows(2).any(|w| w[0] == *a && w[1] == *b);
            if found { sum + weight } else { sum }
        });
        if self.total > 0.0 { sum / self.total } else { 0.0 }
    }
}

/// What the reader has read: pairs of neighbouring units.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::select::query::ReadHistory;
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
