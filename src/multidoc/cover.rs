//! What the sentences of several articles cover together, and the greedy choice among them.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::condensed::{CondensedArticle, CondensedSentence, Ngrams};
use super::{MultiOptions, SourcedPick};
use crate::select::Budget;
use crate::select::budget::Spending;
use crate::select::coverage::Coverage;
use crate::select::lazy_greedy::{Gains, lazy_greedy};
use crate::select::query::Query;

/// A sentence of one of the articles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    article: u32,
    index: u32,
    /// How much it matters to the reader.
    worth: f32,
}

/// Everything that can be covered, numbered over all articles.
pub(super) struct Cover<'a> {
    options: &'a MultiOptions,
    articles: Vec<CoveredArticle>,
    pub(super) candidates: Vec<Candidate>,
    pair_coverage: Coverage,
    unit_coverage: Coverage,
}

/// An article whose n-grams have the numbers that they have over all articles.
pub(super) struct CoveredArticle {
    /// Number of its document.
    document: usize,
    article: CondensedArticle,
    /// Numbers over all articles, by local numbers.
    pairs: Vec<u32>,
    units: Vec<u32>,
}

impl<'a> Cover<'a> {
    pub(super) fn new(
        articles: impl Iterator<Item = (usize, CondensedArticle)>,
        options: &'a MultiOptions,
    ) -> Self {
        let (mut pairs, mut units) = (Numbering::default(), Numbering::default());
        let mut candidates = Vec::new();
        let articles = articles.zip(0u32..).map(|((document, mut article), number)| {
            let sentences = article.sentences.iter().zip(0u32..);
            candidates.extend(sentences.map(|(sentence, index)| Candidate {
                article: number,
                index,
                worth: sentence.worth,
            }));
            // The keys are not needed any more.
            let pairs = pairs.number(&mut article.pairs);
            let units = units.number(&mut article.units);
            CoveredArticle { document, article, pairs, units }
        });
        let articles = articles.collect();
        let (pair_coverage, unit_coverage) = (pairs.coverage(options), units.coverage(options));
        Self { options, articles, candidates, pair_coverage, unit_coverage }
    }

    /// Lets candidates count as far as they fit the query, if any does.
    pub(super) fn weigh(&mut self, query: &Query) {
        let asked = self.articles.iter_mut().flat_map(|a| std::mem::take(&mut a.article.asked));
        let relevances = query.relevances_of(&asked.collect::<Vec<_>>());
        let best = relevances.iter().fold(0.0f64, |a, &b| a.max(b));
        if best > 0.0 {
            for (candidate, relevance) in self.candidates.iter_mut().zip(relevances) {
                candidate.worth *= (relevance / best) as f32;
            }
        }
    }

    fn article(&self, candidate: Candidate) -> &CoveredArticle {
        &self.articles[candidate.article as usize]
    }

    fn sentence(&self, candidate: Candidate) -> &CondensedSentence {
        &self.article(candidate).article.sentences[candidate.index as usize]
    }

    fn pairs_of(&self, candidate: Candidate) -> impl Iterator<Item = u32> + '_ {
        let article = self.article(candidate);
        article.article.pairs.of(candidate.index as usize).map(|pair| article.pairs[pair])
    }

    fn units_of(&self, candidate: Candidate) -> impl Iterator<Item = u32> + '_ {
        let article = self.article(candidate);
        article.article.units.of(candidate.index as usize).map(|unit| article.units[unit])
    }

    /// Returns the picks in the order of picking, and what they cost together.
    pub(super) fn pick(&mut self, budget: &Budget) -> (Vec<SourcedPick>, usize) {
        let all = 0..self.candidates.len();
        let picks = lazy_greedy(self, all.clone(), &mut Spending::new(budget, all.len()), 0.0);
        let cost = picks.iter().map(|&(candidate, _)| self.cost(candidate)).sum();
        let picks = picks.into_iter().zip(1..).map(|((candidate, gain), rank)| {
            let candidate = self.candidates[candidate];
            let sentence = self.sentence(candidate);
            SourcedPick {
                document: self.article(candidate).document,
                sentence: sentence.sentence as usize,
                span: sentence.span(),
                score: f64::from(gain),
                rank,
                duplicates: Vec::new(),
            }
        });
        (picks.collect(), cost)
    }
}

impl Gains for Cover<'_> {
    fn gain(&self, candidate: usize) -> f32 {
        let candidate = self.candidates[candidate];
        let new = self.pair_coverage.add(0.0, self.pairs_of(candidate), 1.0);
        let new = self.unit_coverage.add(new, self.units_of(candidate), self.options.syllables);
        // What repeats the picks has no right to its score.
        if new <= 0.0 {
            return 0.0;
        }
        let sentence = self.sentence(candidate);
        let mut gain = new + self.options.score * sentence.score.max(0.0);
        gain *= 1.0 + self.options.position / (candidate.index + 1) as f32;
        if sentence.is_dangling {
            gain *= self.options.dangling;
        }
        gain *= candidate.worth;
        gain / libm::powf(sentence.cost.max(1) as f32, self.options.cost)
    }

    fn cost(&self, candidate: usize) -> usize {
        self.sentence(self.candidates[candidate]).cost as usize
    }

    fn take(&mut self, candidate: usize) {
        let candidate = self.candidates[candidate];
        let pairs: Vec<u32> = self.pairs_of(candidate).collect();
        let units: Vec<u32> = self.units_of(candidate).collect();
        self.pair_coverage.cover(pairs.into_iter());
        self.unit_coverage.cover(units.into_iter());
    }
}

/// N-grams of all articles: their numbers, the sums of their probabilities, and how many articles
/// have them.
struct Numbering<K> {
    numbers: FxHashMap<K, u32>,
    weights: Vec<f32>,
    counts: Vec<u32>,
}

impl<K> Default for Numbering<K> {
    fn default() -> Self {
        Self { numbers: FxHashMap::default(), weights: Vec::new(), counts: Vec::new() }
    }
}

impl<K: Eq + Hash> Numbering<K> {
    /// Numbers the n-grams of an article, which loses its keys.
    fn number(&mut self, ngrams: &mut Ngrams<K>) -> Vec<u32> {
        let keys = std::mem::take(&mut ngrams.keys);
        let probabilities = std::mem::take(&mut ngrams.probabilities);
        let number = |(key, probability)| {
            let next = self.weights.len() as u32;
            let number = *self.numbers.entry(key).or_insert(next);
            if number == next {
                self.weights.push(0.0);
                self.counts.push(0);
            }
            self.weights[number as usize] += probability;
            self.counts[number as usize] += 1;
            number
        };
        keys.into_iter().zip(probabilities).map(number).collect()
    }

    /// The mean probability times the number of articles to a power.
    fn coverage(self, options: &MultiOptions) -> Coverage {
        drop(self.numbers);
        let agreement = |&count: &u32| libm::powf(count as f32, options.agreement - 1.0);
        let agreements = self.counts.iter().map(agreement);
        Coverage::new(self.weights.iter().zip(agreements).map(|(weight, a)| weight * a))
    }
}
