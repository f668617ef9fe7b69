//! What a summary of several articles needs of each of them: about a tenth of the analyzed article.

use std::ops::Range;

use super::sketch::ShingleSketch;
use crate::document::Document;
use crate::models::Models;
use crate::rank::RankContext;
use crate::rank::trained::tables::{PairProbability, UnitProbability};
use crate::rank::trained::{RankerModel, ScoredArticle};
use crate::select::Budget;
use crate::select::dangling::{Dangling, dangling_candidates};
use crate::select::query::{LEAST_NOVELTY, Query, QueryCounts, ReadHistory};

/// An article as [`MultiSummarizer::summarize_condensed`](super::MultiSummarizer::summarize_condensed)
/// takes it: its candidate sentences without their text.
///
/// Made by [`MultiSummarizer::condense`](super::MultiSummarizer::condense), for the model, the
/// length, the query and the history of that summarizer. An article of 3 kB takes about 14 kB.
#[derive(Clone, Debug)]
pub struct CondensedArticle {
    pub(super) sketch: ShingleSketch,
    pub(super) sentences: Vec<CondensedSentence>,
    pub(super) pairs: Ngrams<u64>,
    pub(super) units: Ngrams<u32>,
    /// What the candidates have of the query; empty without one.
    pub(super) asked: Vec<QueryCounts>,
}

/// A candidate sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct CondensedSentence {
    /// Number of the sentence in its document.
    pub(super) sentence: u32,
    /// First byte, and the byte after the last.
    span: (u32, u32),
    /// What it takes of the length.
    pub(super) cost: u32,
    /// Score in its article.
    pub(super) score: f32,
    /// How much of it matters to the reader, before the query is looked at.
    pub(super) worth: f32,
    pub(super) is_dangling: bool,
}

impl CondensedSentence {
    pub(super) const fn span(&self) -> Range<usize> {
        self.span.0 as usize..self.span.1 as usize
    }
}

/// The distinct n-grams of an article, and those of each candidate by their local numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Ngrams<K> {
    /// Keys by local numbers.
    pub(super) keys: Vec<K>,
    /// How likely the abstract takes up each key.
    pub(super) probabilities: Vec<f32>,
    items: Numbers,
    /// Where the items of each candidate end.
    ends: Vec<u32>,
}

/// Local numbers, in half of the memory where they are small.
#[derive(Clone, Debug)]
enum Numbers {
    Small(Vec<u16>),
    Large(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

impl<K> Ngrams<K> {
    fn new<'n>(
        keys: Vec<K>,
        probabilities: Vec<f32>,
        of_candidates: impl Iterator<Item = &'n [u32]>,
    ) -> Self {
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        for items in of_candidates {
            all.extend_from_slice(items);
            ends.push(all.len() as u32);
        }
        let small: Result<Vec<u16>, _> = all.iter().map(|&item| u16::try_from(item)).collect();
        let items = small.map_or(Numbers::Large(all), Numbers::Small);
        Self { keys, probabilities, items, ends }
    }

    /// Returns the local numbers of the n-grams of a candidate.
    pub(super) fn of(&self, candidate: usize) -> impl Iterator<Item = usize> + '_ {
        let start = candidate.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let range = start..self.ends[candidate] as usize;
        range.map(|at| match &self.items {
            Numbers::Small(items) => usize::from(items[at]),
            Numbers::Large(items) => items[at] as usize,
        })
    }
}

/// What decides on the worth of sentences.
pub(super) struct Condenser<'m> {
    pub(super) models: &'m Models,
    pub(super) model: &'m RankerModel,
    pub(super) budget: &'m Budget,
    pub(super) query: Option<&'m Query>,
    pub(super) seen: Option<&'m ReadHistory>,
}

impl Condenser<'_> {
    pub(super) fn condense(&self, document: &Document) -> CondensedArticle {
        let (background, stop_words) = (self.models.background(), self.models.stop_words());
        let context = if self.query.is_some() { RankContext::for_query } else { RankContext::new };
        let context =
            context(document, background, stop_words).with_standalone(self.models.standalone());
        let scored = ScoredArticle::new(self.model, &context);
        let ngrams = &scored.scratch.ngrams;
        let probabilities = &scored.scratch.probabilities;
        let candidates = 0..context.len();
        CondensedArticle {
            sketch: ShingleSketch::of(document),
            sentences: self.sentences(&context, &scored.scores),
            pairs: Ngrams::new(
                ngrams.pairs.list().iter().map(|pair| pair.key).collect(),
                probabilities.pairs.iter().map(PairProbability::probability).collect(),
                candidates.clone().map(|candidate| ngrams.distinct_pairs(candidate)),
            ),
            units: Ngrams::new(
                ngrams.units.list().iter().map(|unit| unit.key as u32).collect(),
                probabilities.units.iter().map(UnitProbability::probability).collect(),
                candidates.map(|candidate| ngrams.distinct_units(candidate)),
            ),
            asked: self.query.map_or_else(Vec::new, |query| {
                context.candidates().map(|sentence| query.count(sentence)).collect()
            }),
        }
    }

    fn sentences(&self, context: &RankContext<'_>, scores: &[f32]) -> Vec<CondensedSentence> {
        let dangling = dangling_candidates(context, |_| true).into_iter().map(Dangling::dangles);
        let condensed = context.candidates().zip(scores).zip(dangling).enumerate();
        condensed
            .map(|(index, ((sentence, &score), is_dangling))| {
                let span = sentence.span();
                // What says little alone says it nowhere.
                let mut worth = if context.stands_alone(index) { 1.0 } else { 0.0 };
                if let Some(seen) = self.seen {
                    let novelty = seen.novelty(sentence);
                    worth *= if novelty < LEAST_NOVELTY { 0.0 } else { novelty as f32 };
                }
                CondensedSentence {
                    sentence: sentence.index() as u32,
                    span: (span.start as u32, span.end as u32),
                    cost: u32::try_from(self.budget.cost(sentence)).unwrap_or(u32::MAX),
                    score,
                    worth,
                    is_dangling,
                }
            })
            .collect()
    }
}
