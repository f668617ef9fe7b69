//! Digests: one summary of several articles on one event.
//!
//! What one article says, the others repeat. A multi-document summary counts how likely each pair of syllables is
//! taken up by the abstract of each article (as the [trained ranker](crate::rank::trained) has
//! learned it), adds this up over the articles, and covers as much of it as its length allows.
//! Copies of an article count once.
//!
//! # References
//!
//! D. Gillick, B. Favre (2009), *A scalable global model for summarization*, ILP for NLP, section 3:
//! the value of a summary is the sum of the weights of the bigrams it covers, each once; H. Lin, J.
//! Bilmes (2010), *Multi-document summarization via budgeted maximization of submodular functions*,
//! NAACL, algorithm 1: greedy choice by gain over cost to a power.

pub mod cluster;
pub mod sketch;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Analyzer;
use crate::document::Document;
use crate::models::Models;
use crate::rank::RankContext;
use crate::rank::trained::tables::{PairProbability, UnitProbability};
use crate::rank::trained::{RankerModel, ScoredArticle};
use crate::select::budget::Spending;
use crate::select::coverage::Coverage;
use crate::select::dangling::dangling;
use crate::select::lazy_greedy::{Gains, lazy_greedy};
use crate::select::query::{LEAST_NOVELTY, Query, ReadHistory};
use crate::select::{Budget, Length};
use sketch::ShingleSketch;

/// A picked sentence and the article that it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedPick {
    document: usize,
    sentence: usize,
    score: f64,
    rank: usize,
    duplicates: Vec<usize>,
}

impl SourcedPick {
    /// Returns the number of the article among those given.
    #[must_use]
    pub const fn document(&self) -> usize {
        self.document
    }

    /// Returns the number of the sentence in its article.
    #[must_use]
    pub const fn sentence(&self) -> usize {
        self.sentence
    }

    /// Returns what the sentence added when it was picked, for its length.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Returns its place in the order of picking, from 1.
    #[must_use]
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// Returns the articles left out as copies of this one.
    #[must_use]
    pub fn duplicates(&self) -> &[usize] {
        &self.duplicates
    }
}

/// A summary of several articles.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiSummary {
    picks: Vec<SourcedPick>,
    length: Length,
    copies: Vec<(usize, usize)>,
}

impl MultiSummary {
    /// Returns the picked sentences: by article in the order given, inside of an article as they
    /// stand.
    #[must_use]
    pub fn picks(&self) -> &[SourcedPick] {
        &self.picks
    }

    /// Returns the length that was asked for and the length that was given.
    #[must_use]
    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns the articles left out because they are copies of an earlier one: copy, original.
    #[must_use]
    pub fn copies(&self) -> &[(usize, usize)] {
        &self.copies
    }
}

/// Weights of a summary.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct MultiOptions {
    /// Weight of a syllable against a pair of syllables.
    pub syllables: f32,
    /// Weight of the score that the sentence has in its article.
    pub score: f32,
    /// What the first sentence of an article is worth more, as a share; the second half of it, the
    /// third a third.
    pub position: f32,
    /// Exponent of the number of articles that say the same: 0 counts each thing once, 1 as often
    /// as articles say it.
    pub agreement: f32,
    /// Exponent of the length that a gain is divided by.
    pub cost: f32,
    /// What is left of the gain of a sentence that leans on one that is not picked.
    pub dangling: f32,
}

impl Default for MultiOptions {
    fn default() -> Self {
        Self {
            syllables: 0.3,
            score: 10.0,
            position: 1.0,
            agreement: 1.5,
            cost: 0.4,
            dangling: 0.8,
        }
    }
}

/// Makes digests.
///
/// # Examples
///
/// ```
/// use tomtat::multidoc::MultiSummarizer;
/// use tomtat::select::Budget;
/// use tomtat::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let documents = [
///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
///     analyzer.analyze("Sáng nay bão số 5 đổ bộ vào Quảng Trị. Hai trăm nhà tốc mái."),
/// ];
/// let summary = MultiSummarizer::new(&analyzer).with_budget(Budget::Sentences(2)).summarize(&documents);
/// assert_eq!(summary.picks().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct MultiSummarizer {
    models: Models,
    model: Arc<RankerModel>,
    budget: Budget,
    options: MultiOptions,
    query: Option<Query>,
    seen: Option<Arc<ReadHistory>>,
}

impl MultiSummarizer {
    /// Makes a summarizer of 180 syllables with the shipped ranker.
    #[must_use]
    pub fn new(analyzer: &Analyzer) -> Self {
        Self {
            models: analyzer.models().clone(),
            model: analyzer.models().ranker().cloned().unwrap_or_default(),
            budget: Budget::Syllables(180),
            options: MultiOptions::default(),
            query: None,
            seen: None,
        }
    }

    /// Sets the length.
    #[must_use]
    pub const fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the ranker.
    #[must_use]
    pub fn with_model(mut self, model: Arc<RankerModel>) -> Self {
        self.model = model;
        self
    }

    /// Asks a split: only sentences that have a word of it are picked, the nearer the rather. If
    /// there is none, the summary is made as if nobody had asked.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::multidoc::MultiSummarizer;
    /// use tomtat::Analyzer;
    ///
    /// let analyzer = Analyzer::new();
    /// let documents = [
    ///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
    ///     analyzer.analyze("Sáng nay bão đổ bộ. Hai trăm nhà ở xã Gio Linh bị tốc mái."),
    /// ];
    /// let query = analyzer.query("nhà tốc mái");
    /// let summary = MultiSummarizer::new(&analyzer).with_query(query).summarize(&documents);
    /// assert_eq!(summary.picks().len(), 1);
    /// assert_eq!((summary.picks()[0].document(), summary.picks()[0].sentence()), (1, 1));
    /// ```
    #[must_use]
    pub fn with_query(mut self, query: Query) -> Self {
        self.query = Some(query);
        self
    }

    /// Leaves out what the reader knows.
    #[must_use]
    pub fn with_seen(mut self, seen: Arc<ReadHistory>) -> Self {
        self.seen = Some(seen);
        self
    }

    /// Sets the weights.
    #[must_use]
    pub const fn with_options(mut self, options: MultiOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a summary of articles, given in the order in which they are to be told (by time).
    #[must_use]
    pub fn summarize(&self, documents: &[Document]) -> MultiSummary {
        let copies = copies(documents);
        let is_copy = |d: usize| copies.binary_search_by_key(&d, |&(copy, _)| copy).is_ok();
        let contexts: Vec<RankContext<'_>> = {
            let (background, stop_words) = (self.models.background(), self.models.stop_words());
            documents.iter().map(|d| RankContext::new(d, background, stop_words)).collect()
        };
        let articles: Vec<usize> =
            (0..documents.len()).filter(|&d| !is_copy(d) && !contexts[d].is_empty()).collect();
        let scored: Vec<ScoredArticle<'_>> =
            articles.iter().map(|&d| ScoredArticle::new(&self.model, &contexts[d])).collect();
        let total: usize = articles.iter().map(|&d| contexts[d].len()).sum();
        let mut cover = Cover::new(&scored, &contexts, &articles, &self.options);
        self.weigh(&mut cover);
        let mut picks = cover.pick(&self.budget, total);
        for pick in &mut picks {
            pick.duplicates =
                copies.iter().filter(|(_, of)| *of == pick.document).map(|(c, _)| *c).collect();
        }
        picks.sort_by_key(|pick| (pick.document, pick.sentence));
        let cost = |pick: &SourcedPick| {
            documents[pick.document].sentence(pick.sentence).map_or(0, |s| self.budget.cost(s))
        };
        let separators = picks.len().saturating_sub(1) * self.budget.separator_cost();
        let length = Length {
            unit: self.budget.unit(),
            asked: (self.budget != Budget::Auto).then(|| self.budget.limit(total)),
            given: picks.iter().map(cost).sum::<usize>() + separators,
        };
        MultiSummary { picks, length, copies }
    }

    /// Says of each candidate how much it matters to the reader.
    fn weigh(&self, cover: &mut Cover<'_>) {
        let contexts = cover.contexts;
        let articles = cover.articles;
        let sentence = |c: &Candidate| contexts[articles[c.article]].candidate(c.index);
        if let Some(query) = &self.query {
            let relevances = query.relevances(cover.candidates.iter().map(sentence));
            let best = relevances.iter().fold(0.0f64, |a, &b| a.max(b));
            if best > 0.0 {
                for (candidate, relevance) in cover.candidates.iter_mut().zip(relevances) {
                    candidate.worth *= (relevance / best) as f32;
                }
            }
        }
        if let Some(seen) = &self.seen {
            for candidate in &mut cover.candidates {
                let novelty = seen.novelty(sentence(candidate));
                candidate.worth *= if novelty < LEAST_NOVELTY { 0.0 } else { novelty as f32 };
            }
        }
    }
}

/// Finds articles that are copies of an earlier one; sorted by the number of the copy.
///
/// An inverted index of the shingles finds the articles that have any in common, as
/// [`cluster::clusters`] does with words: no article is compared with all others.
fn copies(documents: &[Document]) -> Vec<(usize, usize)> {
    let sketches: Vec<ShingleSketch> = documents.iter().map(ShingleSketch::of).collect();
    let mut copies: Vec<(usize, usize)> = Vec::new();
    // Originals by shingle, and how many shingles each has in common with the article at hand.
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut shared = vec![0usize; documents.len()];
    for (d, sketch) in sketches.iter().enumerate() {
        let mut met = Vec::new();
        for &original in sketch.hashes().iter().filter_map(|hash| holders.get(hash)).flatten() {
            if shared[original] == 0 {
                met.push(original);
            }
            shared[original] += 1;
        }
        let is_copy = |&&e: &&usize| sketch.is_copy_of(&sketches[e], shared[e]);
        let original = met.iter().filter(is_copy).min().copied();
        met.into_iter().for_each(|e| shared[e] = 0);
        match original {
            Some(original) => copies.push((d, original)),
            None => sketch.hashes().iter().for_each(|&h| holders.entry(h).or_default().push(d)),
        }
    }
    copies
}

/// A sentence of one of the articles.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    article: usize,
    index: usize,
    is_dangling: bool,
    /// How much it matters to the reader.
    worth: f32,
}

/// Everything that can be covered, numbered over all articles.
struct Cover<'a> {
    scored: &'a [ScoredArticle<'a>],
    contexts: &'a [RankContext<'a>],
    /// Document number of each article.
    articles: &'a [usize],
    options: &'a MultiOptions,
    candidates: Vec<Candidate>,
    /// Numbers of the pairs and units of each article, by their local numbers.
    pairs: Vec<Vec<u32>>,
    units: Vec<Vec<u32>>,
    costs: Vec<usize>,
    pair_coverage: Coverage,
    unit_coverage: Coverage,
}

impl<'a> Cover<'a> {
    fn new(
        scored: &'a [ScoredArticle<'a>],
        contexts: &'a [RankContext<'a>],
        articles: &'a [usize],
        options: &'a MultiOptions,
    ) -> Self {
        let mut pair_numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut unit_numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut cover = Self {
            scored,
            contexts,
            articles,
            options,
            candidates: Vec::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            costs: Vec::new(),
            pair_coverage: Coverage::default(),
            unit_coverage: Coverage::default(),
        };
        let (mut pair_weights, mut unit_weights) = (Vec::new(), Vec::new());
        let mut pair_counts: Vec<f32> = Vec::new();
        let mut unit_counts: Vec<f32> = Vec::new();
        for (article, scored) in scored.iter().enumerate() {
            let ngrams = &scored.scratch.ngrams;
            let pair_keys = ngrams.pairs.list().iter().map(|pair| pair.key);
            let unit_keys = ngrams.units.list().iter().map(|unit| unit.key);
            cover.pairs.push(number(
                pair_keys,
                scored.scratch.probabilities.pairs.iter().map(PairProbability::probability),
                &mut pair_numbers,
                &mut pair_weights,
                &mut pair_counts,
            ));
            cover.units.push(number(
                unit_keys,
                scored.scratch.probabilities.units.iter().map(UnitProbability::probability),
                &mut unit_numbers,
                &mut unit_weights,
                &mut unit_counts,
            ));
            let context = &contexts[articles[article]];
            let dangling = dangling(context.candidates()).into_iter().enumerate();
            cover.candidates.extend(dangling.map(|(index, is_dangling)| Candidate {
                article,
                index,
                is_dangling,
                // What says little alone says it nowhere.
                worth: if context.is_weak(index) { 0.0 } else { 1.0 },
            }));
        }
        // The mean probability times the number of articles to a power.
        let coverage = |weights: &[f32], counts: &[f32]| {
            let agreement = |&count: &f32| libm::powf(count, options.agreement - 1.0);
            Coverage::new(weights.iter().zip(counts.iter().map(agreement)).map(|(w, a)| w * a))
        };
        cover.pair_coverage = coverage(&pair_weights, &pair_counts);
        cover.unit_coverage = coverage(&unit_weights, &unit_counts);
        cover
    }

    fn pairs_of(&self, candidate: Candidate) -> impl Iterator<Item = u32> + '_ {
        let numbers = &self.pairs[candidate.article];
        let ngrams = &self.scored[candidate.article].scratch.ngrams;
        ngrams.distinct_pairs(candidate.index).iter().map(|&p| numbers[p as usize])
    }

    fn units_of(&self, candidate: Candidate) -> impl Iterator<Item = u32> + '_ {
        let numbers = &self.units[candidate.article];
        let ngrams = &self.scored[candidate.article].scratch.ngrams;
        ngrams.distinct_units(candidate.index).iter().map(|&u| numbers[u as usize])
    }

    fn pick(&mut self, budget: &Budget, total: usize) -> Vec<SourcedPick> {
        let cost = |candidate: &Candidate| {
            let context = &self.contexts[self.articles[candidate.article]];
            budget.cost(context.candidate(candidate.index))
        };
        self.costs = self.candidates.iter().map(cost).collect();
        let all = 0..self.candidates.len();
        let picks = lazy_greedy(self, all, &mut Spending::new(budget, total), 0.0);
        let picks = picks.into_iter().zip(1..).map(|((candidate, gain), rank)| {
            let candidate = self.candidates[candidate];
            let document = self.articles[candidate.article];
            SourcedPick {
                document,
                sentence: self.contexts[document].candidate(candidate.index).index(),
                score: f64::from(gain),
                rank,
                duplicates: Vec::new(),
            }
        });
        picks.collect()
    }
}

impl Gains for Cover<'_> {
    fn gain(&self, candidate: usize) -> f32 {
        let cost = self.costs[candidate];
        let candidate = self.candidates[candidate];
        let new = self.pair_coverage.add(0.0, self.pairs_of(candidate), 1.0);
        let new = self.unit_coverage.add(new, self.units_of(candidate), self.options.syllables);
        // What repeats the picks has no right to its score.
        if new <= 0.0 {
            return 0.0;
        }
        let score = self.scored[candidate.article].scores[candidate.index];
        let mut gain = new + self.options.score * score.max(0.0);
        gain *= 1.0 + self.options.position / (candidate.index + 1) as f32;
        if candidate.is_dangling {
            gain *= self.options.dangling;
        }
        gain *= candidate.worth;
        gain / libm::powf(cost.max(1) as f32, self.options.cost)
    }

    fn cost(&self, candidate: usize) -> usize {
        self.costs[candidate]
    }

    fn take(&mut self, candidate: usize) {
        let candidate = self.candidates[candidate];
        let pairs: Vec<u32> = self.pairs_of(candidate).collect();
        let units: Vec<u32> = self.units_of(candidate).collect();
        self.pair_coverage.cover(pairs.into_iter());
        self.unit_coverage.cover(units.into_iter());
    }
}

/// Numbers keys over all articles, adds up their probabilities, and counts articles.
fn number(
    keys: impl Iterator<Item = u64>,
    probabilities: impl Iterator<Item = f32>,
    numbers: &mut FxHashMap<u64, u32>,
    weights: &mut Vec<f32>,
    counts: &mut Vec<f32>,
) -> Vec<u32> {
    keys.zip(probabilities)
        .map(|(key, probability)| {
            let next = weights.len() as u32;
            let number = *numbers.entry(key).or_insert(next);
            if number == next {
                weights.push(0.0);
                counts.push(0.0);
            }
            weights[number as usize] += probability;
            counts[number as usize] += 1.0;
            number
        })
        .collect()
}
