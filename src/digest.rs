//! Digests: one summary of several articles on one event.
//!
//! What one article says, the others repeat. A digest counts how likely each pair of syllables is
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

pub mod duplicate;
pub mod event;

use std::collections::BinaryHeap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Analyzer;
use crate::document::Document;
use crate::model::embedded;
use crate::rank::RankContext;
use crate::rank::trained::tables::{PairChance, UnitChance};
use crate::rank::trained::waiting::Waiting;
use crate::rank::trained::{Judged, RankerModel};
use crate::select::dependence::leaning;
use crate::select::query::{Known, LEAST_NOVELTY, Query};
use crate::select::{Budget, Length};
use crate::weights::background::Background;
use duplicate::Fingerprint;

/// A picked sentence and the article that it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedPick {
    document: usize,
    sentence: usize,
    score: f64,
    rank: usize,
    also: Vec<usize>,
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
    pub fn also(&self) -> &[usize] {
        &self.also
    }
}

/// A summary of several articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    picks: Vec<SourcedPick>,
    length: Length,
    copies: Vec<(usize, usize)>,
}

impl Digest {
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

/// Weights of a digest.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct DigestOptions {
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
    pub leaning: f32,
}

impl Default for DigestOptions {
    fn default() -> Self {
        Self { syllables: 0.3, score: 10.0, position: 1.0, agreement: 1.5, cost: 0.4, leaning: 0.8 }
    }
}

/// Makes digests.
///
/// # Examples
///
/// ```
/// use tomtat::digest::Digester;
/// use tomtat::select::Budget;
/// use tomtat::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let documents = [
///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
///     analyzer.analyze("Sáng nay bão số 5 đổ bộ vào Quảng Trị. Hai trăm nhà tốc mái."),
/// ];
/// let digest = Digester::new(&analyzer).with_budget(Budget::Sentences(2)).digest(&documents);
/// assert_eq!(digest.picks().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Digester {
    background: Arc<Background>,
    model: Arc<RankerModel>,
    budget: Budget,
    options: DigestOptions,
    query: Option<Query>,
    known: Option<Arc<Known>>,
}

impl Digester {
    /// Makes a digester of 180 syllables with the shipped ranker.
    #[must_use]
    pub fn new(analyzer: &Analyzer) -> Self {
        Self {
            background: Arc::clone(analyzer.background()),
            model: embedded::ranker(),
            budget: Budget::Syllables(180),
            options: DigestOptions::default(),
            query: None,
            known: None,
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

    /// Asks a question: only sentences that have a word of it are picked, the nearer the rather. If
    /// there is none, the digest is made as if nobody had asked.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::digest::Digester;
    /// use tomtat::select::query::Query;
    /// use tomtat::Analyzer;
    ///
    /// let analyzer = Analyzer::new();
    /// let documents = [
    ///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
    ///     analyzer.analyze("Sáng nay bão đổ bộ. Hai trăm nhà ở xã Gio Linh bị tốc mái."),
    /// ];
    /// let query = Query::new("nhà tốc mái", analyzer.background());
    /// let digest = Digester::new(&analyzer).with_query(query).digest(&documents);
    /// assert_eq!(digest.picks().len(), 1);
    /// assert_eq!((digest.picks()[0].document(), digest.picks()[0].sentence()), (1, 1));
    /// ```
    #[must_use]
    pub fn with_query(mut self, query: Query) -> Self {
        self.query = Some(query);
        self
    }

    /// Leaves out what the reader knows.
    #[must_use]
    pub fn with_known(mut self, known: Arc<Known>) -> Self {
        self.known = Some(known);
        self
    }

    /// Sets the weights.
    #[must_use]
    pub const fn with_options(mut self, options: DigestOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a digest of articles, given in the order in which they are to be told (by time).
    #[must_use]
    pub fn digest(&self, documents: &[Document]) -> Digest {
        let copies = copies(documents);
        let is_copy = |d: usize| copies.iter().any(|&(copy, _)| copy == d);
        let contexts: Vec<RankContext<'_>> =
            documents.iter().map(|d| RankContext::new(d, &self.background)).collect();
        let articles: Vec<usize> =
            (0..documents.len()).filter(|&d| !is_copy(d) && !contexts[d].is_empty()).collect();
        let judged: Vec<Judged<'_>> =
            articles.iter().map(|&d| Judged::new(&self.model, &contexts[d])).collect();
        let total: usize = articles.iter().map(|&d| contexts[d].len()).sum();
        let mut cover = Cover::new(&judged, &contexts, &articles, &self.options);
        self.weigh(&mut cover);
        let mut picks = cover.pick(&self.budget, self.budget.limit(total));
        for pick in &mut picks {
            pick.also =
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
        Digest { picks, length, copies }
    }

    /// Says of each candidate how much it matters to the reader.
    fn weigh(&self, cover: &mut Cover<'_>) {
        let contexts = cover.contexts;
        let articles = cover.articles;
        let sentence = |c: &Candidate| contexts[articles[c.article]].candidate(c.index);
        if let Some(query) = &self.query {
            let relevance: Vec<f64> =
                cover.candidates.iter().map(|c| query.relevance(sentence(c))).collect();
            if relevance.iter().any(|&relevance| relevance > 0.0) {
                for (candidate, relevance) in cover.candidates.iter_mut().zip(relevance) {
                    candidate.worth = relevance as f32;
                }
            }
        }
        if let Some(known) = &self.known {
            for candidate in &mut cover.candidates {
                let novelty = known.novelty(sentence(candidate));
                candidate.worth *= if novelty < LEAST_NOVELTY { 0.0 } else { novelty as f32 };
            }
        }
    }
}

/// Finds articles that are copies of an earlier one.
fn copies(documents: &[Document]) -> Vec<(usize, usize)> {
    let prints: Vec<Fingerprint> = documents.iter().map(Fingerprint::of).collect();
    let mut copies: Vec<(usize, usize)> = Vec::new();
    for (d, print) in prints.iter().enumerate() {
        let original = (0..d)
            .filter(|&e| copies.iter().all(|&(copy, _)| copy != e))
            .find(|&e| print.is_copy_of(&prints[e]));
        if let Some(original) = original {
            copies.push((d, original));
        }
    }
    copies
}

/// A sentence of one of the articles.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    article: usize,
    index: usize,
    leans: bool,
    /// How much it matters to the reader.
    worth: f32,
}

/// Everything that can be covered, numbered over all articles.
struct Cover<'a> {
    judged: &'a [Judged<'a>],
    contexts: &'a [RankContext<'a>],
    /// Document number of each article.
    articles: &'a [usize],
    options: &'a DigestOptions,
    candidates: Vec<Candidate>,
    /// Numbers of the pairs and units of each article, by their local numbers.
    pairs: Vec<Vec<u32>>,
    units: Vec<Vec<u32>>,
    /// What is left to be covered of each.
    pair_weights: Vec<f32>,
    unit_weights: Vec<f32>,
}

impl<'a> Cover<'a> {
    fn new(
        judged: &'a [Judged<'a>],
        contexts: &'a [RankContext<'a>],
        articles: &'a [usize],
        options: &'a DigestOptions,
    ) -> Self {
        let mut pair_numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut unit_numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut cover = Self {
            judged,
            contexts,
            articles,
            options,
            candidates: Vec::new(),
            pairs: Vec::new(),
            units: Vec::new(),
            pair_weights: Vec::new(),
            unit_weights: Vec::new(),
        };
        let mut pair_counts: Vec<f32> = Vec::new();
        let mut unit_counts: Vec<f32> = Vec::new();
        for (article, judged) in judged.iter().enumerate() {
            let view = &judged.seen.view;
            let pair_keys = view.pairs.list().iter().map(|pair| pair.key);
            let unit_keys = view.units.list().iter().map(|unit| unit.key);
            cover.pairs.push(number(
                pair_keys,
                judged.seen.chances.pairs.iter().map(PairChance::chance),
                &mut pair_numbers,
                &mut cover.pair_weights,
                &mut pair_counts,
            ));
            cover.units.push(number(
                unit_keys,
                judged.seen.chances.units.iter().map(UnitChance::chance),
                &mut unit_numbers,
                &mut cover.unit_weights,
                &mut unit_counts,
            ));
            let context = &contexts[articles[article]];
            let leaning = leaning(context.candidates()).into_iter().enumerate();
            cover.candidates.extend(leaning.map(|(index, leans)| Candidate {
                article,
                index,
                leans,
                worth: 1.0,
            }));
        }
        // The mean chance times the number of articles to a power.
        let weigh = |weights: &mut Vec<f32>, counts: &[f32]| {
            for (weight, &count) in weights.iter_mut().zip(counts) {
                *weight *= libm::powf(count, options.agreement - 1.0);
            }
        };
        weigh(&mut cover.pair_weights, &pair_counts);
        weigh(&mut cover.unit_weights, &unit_counts);
        cover
    }

    fn gain(&self, candidate: Candidate, cost: usize) -> f32 {
        let judged = &self.judged[candidate.article];
        let pairs = &self.pairs[candidate.article];
        let units = &self.units[candidate.article];
        let mut gain = 0.0f32;
        for &p in judged.seen.view.distinct_pairs(candidate.index) {
            gain += self.pair_weights[pairs[p as usize] as usize];
        }
        for &u in judged.seen.view.distinct_units(candidate.index) {
            gain += self.options.syllables * self.unit_weights[units[u as usize] as usize];
        }
        let known = gain;
        gain += self.options.score * judged.scores[candidate.index].max(0.0);
        gain *= 1.0 + self.options.position / (candidate.index + 1) as f32;
        if candidate.leans {
            gain *= self.options.leaning;
        }
        gain *= candidate.worth;
        // What repeats the picks has no right to its score.
        if known <= 0.0 { 0.0 } else { gain / libm::powf(cost.max(1) as f32, self.options.cost) }
    }

    fn pick(&mut self, budget: &Budget, limit: usize) -> Vec<SourcedPick> {
        let mut heap: BinaryHeap<Waiting> = (0..self.candidates.len())
            .map(|i| {
                let candidate = self.candidates[i];
                let context = &self.contexts[self.articles[candidate.article]];
                let cost = budget.cost(context.candidate(candidate.index));
                Waiting { gain: self.gain(candidate, cost), candidate: i, cost, round: 0 }
            })
            .collect();
        let (mut picks, mut used) = (Vec::new(), 0);
        while let Some(mut top) = heap.pop() {
            let separator = if picks.is_empty() { 0 } else { budget.separator_cost() };
            if used + separator + top.cost > limit {
                continue;
            }
            let candidate = self.candidates[top.candidate];
            if top.round < picks.len() {
                top.gain = self.gain(candidate, top.cost);
                top.round = picks.len();
                heap.push(top);
                continue;
            }
            if top.gain <= 0.0 {
                break;
            }
            let judged = &self.judged[candidate.article];
            for &p in judged.seen.view.distinct_pairs(candidate.index) {
                self.pair_weights[self.pairs[candidate.article][p as usize] as usize] = 0.0;
            }
            for &u in judged.seen.view.distinct_units(candidate.index) {
                self.unit_weights[self.units[candidate.article][u as usize] as usize] = 0.0;
            }
            used += separator + top.cost;
            let document = self.articles[candidate.article];
            picks.push(SourcedPick {
                document,
                sentence: self.contexts[document].candidate(candidate.index).index(),
                score: f64::from(top.gain),
                rank: picks.len() + 1,
                also: Vec::new(),
            });
        }
        picks
    }
}

/// Numbers keys over all articles, adds up their chances, and counts articles.
fn number(
    keys: impl Iterator<Item = u64>,
    chances: impl Iterator<Item = f32>,
    numbers: &mut FxHashMap<u64, u32>,
    weights: &mut Vec<f32>,
    counts: &mut Vec<f32>,
) -> Vec<u32> {
    keys.zip(chances)
        .map(|(key, chance)| {
            let next = weights.len() as u32;
            let number = *numbers.entry(key).or_insert(next);
            if number == next {
                weights.push(0.0);
                counts.push(0.0);
            }
            weights[number as usize] += chance;
            counts[number as usize] += 1.0;
            number
        })
        .collect()
}
