//! The trained ranker: boosted trees for sentences, then for sets of sentences.
//!
//! 1. Tables estimated from articles with abstracts give the *selection probability* of each
//!    syllable and each pair of neighbouring syllables of an article: how likely the abstract
//!    repeats it.
//! 2. About fifty features of each sentence, most of them sums of selection probabilities, are
//!    scored by boosted trees.
//! 3. All subsets of the eight best sentences are scored by what they cover together, with trees of
//!    their own. The best subset is the summary; for a free length it also gives the number of
//!    sentences.
//!
//! 4. Other trees over the same features have learned from extracts, the sentences that readers picked.
//!    Where a number of sentences is asked for, they score the sentences, and the best set is the one
//!    with the largest sum of scores and of what it covers. For other lengths they count beside 2 and 3.
//!
//! There are separate trees for articles with and without a title.

mod admissible;
pub(crate) mod article_ngrams;
mod contribution;
pub(crate) mod features;
pub(crate) mod forest;
mod information;
pub(crate) mod model;
pub(crate) mod ngram_table;
mod selection;
pub(crate) mod subsets;
pub(crate) mod tables;
mod trim;

use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{RankContext, Ranker, RankerInfo, SubsetSelector};
use crate::select::Budget;
use article_ngrams::ArticleNgrams;
use features::Sums;
use forest::{Columns, ComparisonMasks};
use model::{Forests, Heads};
use subsets::{CandidatePool, SubsetScratch};
use tables::SelectionProbabilities;

pub use contribution::Contribution;
pub use model::RankerModel;

/// Describes [`Trained`].
pub(crate) const INFO: RankerInfo = RankerInfo::new(
    "trained",
    "learned from news and their abstracts: sentences, then sets of them",
    "boosted trees (Friedman 2002) over coverage of pairs learned from abstracts (Li, Qian & Liu 2013)",
);

/// Ranks with a [`RankerModel`].
#[derive(Clone, Debug)]
pub struct Trained {
    model: Arc<RankerModel>,
}

impl Trained {
    /// Makes a ranker of a model.
    #[must_use]
    pub const fn new(model: Arc<RankerModel>) -> Self {
        Self { model }
    }
}

impl Ranker for Trained {
    fn info(&self) -> RankerInfo {
        INFO
    }

    fn scores(&self, context: &RankContext<'_>, scores: &mut [f64]) {
        let scored = ScoredArticle::new(&self.model, context);
        for (score, &scored) in scores.iter_mut().zip(&scored.scores) {
            *score = f64::from(scored);
        }
    }

    fn rank<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        budget: &Budget,
        scores: &mut [f64],
    ) -> Option<Box<dyn SubsetSelector + 'c>> {
        let scored = ScoredArticle::for_length(&self.model, context, LengthKind::of(budget));
        for (score, &scored) in scores.iter_mut().zip(&scored.scores) {
            *score = f64::from(scored);
        }
        Some(Box::new(scored))
    }

    fn contributions(
        &self,
        context: &RankContext<'_>,
        budget: &Budget,
        candidate: usize,
    ) -> Vec<Contribution> {
        self.parts(context, LengthKind::of(budget), candidate)
    }
}

/// A document with the scores of its candidates, ready to choose sets.
#[derive(Debug)]
pub(crate) struct ScoredArticle<'c> {
    heads: &'c Heads,
    kind: LengthKind,
    pub(crate) scratch: PooledScratch,
    /// Scores of the candidates for this kind of length.
    pub(crate) scores: Vec<f32>,
    /// How much readers would extract each candidate, beside scores that were learned from abstracts;
    /// empty where these are all that there is, or where they are the scores.
    extracts: Vec<f32>,
}

/// Kinds of lengths that were learned apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LengthKind {
    /// As long as it is best.
    Free,
    /// A given length.
    Given,
    /// A number of sentences, of whatever length.
    Count,
}

impl LengthKind {
    fn of(budget: &Budget) -> Self {
        match budget {
            Budget::Auto => Self::Free,
            Budget::Sentences(_) | Budget::Ratio(_) => Self::Count,
            _ => Self::Given,
        }
    }
}

/// Numbered units and pairs of a document, with their probabilities and features.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) ngrams: ArticleNgrams,
    pub(crate) probabilities: SelectionProbabilities,
    sums: Sums,
    columns: Columns,
    masks: ComparisonMasks,
    sets: RefCell<SubsetScratch>,
}

/// Units beyond which the memory of a document is freed instead of kept.
const MOST_KEPT: usize = 1 << 16;

thread_local! {
    /// Memory of the last document, reused for the next one.
    static SPARE: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// Scratch memory from the pool of the thread; it goes back when it is dropped.
#[derive(Debug)]
pub(crate) struct PooledScratch(Option<Box<Scratch>>);

impl PooledScratch {
    const HELD: &str = "memory is held until it is dropped";

    fn new() -> Self {
        Self(Some(SPARE.take().unwrap_or_default()))
    }
}

impl Deref for PooledScratch {
    type Target = Scratch;

    fn deref(&self) -> &Scratch {
        self.0.as_deref().expect(Self::HELD)
    }
}

impl DerefMut for PooledScratch {
    fn deref_mut(&mut self) -> &mut Scratch {
        self.0.as_deref_mut().expect(Self::HELD)
    }
}

impl Drop for PooledScratch {
    fn drop(&mut self) {
        SPARE.set(self.0.take().filter(|scratch| scratch.ngrams.memory() <= MOST_KEPT));
    }
}

impl<'c> ScoredArticle<'c> {
    /// Scores the candidates for a free length.
    pub(crate) fn new(model: &'c RankerModel, context: &RankContext<'_>) -> Self {
        Self::for_length(model, context, LengthKind::Free)
    }

    fn for_length(model: &'c RankerModel, context: &RankContext<'_>, kind: LengthKind) -> Self {
        let titled = true;
        Self::with_title(model, context, titled, kind)
    }

    pub(crate) fn with_title(
        model: &'c RankerModel,
        context: &RankContext<'_>,
        titled: bool,
        kind: LengthKind,
    ) -> Self {
        let mut scratch = PooledScratch::new();
        let Scratch { ngrams, probabilities, sums, columns, masks, .. } = &mut *scratch;
        ngrams.read(context, titled);
        let heads = if ngrams.title_units > 0 { &model.titled } else { &model.untitled };
        model.tables.probabilities(ngrams, probabilities);
        let begins = paragraph_begins(context);
        features::features(ngrams, probabilities, &model.tables, &begins, sums, columns);
        let scores = heads.sentences(kind).predict(columns, masks);
        let beside = heads.extracts.as_ref().filter(|_| kind != LengthKind::Count);
        let extracts = beside.map_or_else(Vec::new, |forest| forest.predict(columns, masks));
        Self { heads, kind, scratch, scores, extracts }
    }

    /// How much readers would extract a candidate, beside its score.
    fn extract(&self, candidate: usize) -> f32 {
        self.extracts.get(candidate).copied().unwrap_or(0.0)
    }

    /// Returns the features of the candidates.
    pub(crate) fn columns(&self) -> &Columns {
        &self.scratch.columns
    }

    /// Returns the forests for the kind of length of the scores.
    fn forests(&self) -> &'c Forests {
        self.heads.of(self.kind)
    }

    /// Computes the features of subsets of the pool, whose sentences have these scores.
    pub(crate) fn set_features(
        &self,
        pool: &CandidatePool,
        scores: &[f32],
        sets: &[u8],
        memory: &mut SubsetScratch,
    ) {
        pool.features(sets, &self.scratch.ngrams, &self.scratch.sums, scores, memory);
    }

    /// Returns the subset of the pool with the highest value less its penalty, the first of equals.
    fn best_set(
        &self,
        forests: &Forests,
        pool: &CandidatePool,
        scores: &[f32],
        sets: &[u8],
        penalties: &[f32],
    ) -> Option<u8> {
        let memory = &mut *self.scratch.sets.borrow_mut();
        self.set_features(pool, scores, sets, memory);
        let SubsetScratch { columns, chosen, masks, .. } = memory;
        let best = forests.sets.best(columns, penalties, chosen, masks);
        best.map(|row| sets[row])
    }
}

/// Returns for each candidate whether it begins a paragraph.
pub(crate) fn paragraph_begins(context: &RankContext<'_>) -> Vec<bool> {
    let mut last = usize::MAX;
    context
        .candidates()
        .map(|sentence| {
            std::mem::replace(&mut last, sentence.block_index()) != sentence.block_index()
        })
        .collect()
}
