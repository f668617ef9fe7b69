//! The trained ranker: boosted trees for the sentence, then for the set of sentences.
//!
//! 1. Tables learned from articles with abstracts say how likely the abstract takes up each
//!    syllable and each pair of neighbouring syllables of the article.
//! 2. Some fifty features of each sentence, most of them sums of these chances, go through boosted
//!    trees.
//! 3. Sets of the eight best sentences are judged by what they cover together, through trees of
//!    their own. The best set is the summary; with a free length, the set also says how
//!    many sentences there are.
//!
//! There are trees for articles with a title and for articles without.

mod choice;
mod contribution;
pub(crate) mod features;
pub(crate) mod forest;
mod model;
pub(crate) mod sets;
pub(crate) mod tables;
pub(crate) mod view;
pub(crate) mod waiting;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::{Choose, RankContext, Ranker, RankerInfo};
use crate::model::embedded;
use features::Sums;
use forest::Columns;
use model::Forests;
use sets::Pool;
use tables::Chances;
use view::View;

pub use contribution::Contribution;
pub use model::RankerModel;

/// Describes [`Trained`].
pub const INFO: RankerInfo = RankerInfo::new(
    "trained",
    "learned from news and their abstracts: sentences, then sets of them",
    "boosted trees (Friedman 2002) over coverage of pairs learned from abstracts (Li, Qian & Liu 2013)",
);

/// Ranks with a [`RankerModel`].
#[derive(Clone, Debug)]
pub struct Trained {
    model: Arc<RankerModel>,
}

impl Default for Trained {
    fn default() -> Self {
        Self::new(embedded::ranker())
    }
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
        let judged = Judged::new(&self.model, context);
        for (score, &judged) in scores.iter_mut().zip(&judged.scores) {
            *score = f64::from(judged);
        }
    }

    fn judge<'c>(
        &'c self,
        context: &'c RankContext<'_>,
        scores: &mut [f64],
    ) -> Option<Box<dyn Choose + 'c>> {
        let judged = Judged::new(&self.model, context);
        for (score, &judged) in scores.iter_mut().zip(&judged.scores) {
            *score = f64::from(judged);
        }
        Some(Box::new(judged))
    }
}

/// A document with the scores of its candidates, ready to choose sets.
#[derive(Debug)]
pub(crate) struct Judged<'c> {
    forests: &'c Forests,
    pub(crate) seen: Seen,
    pub(crate) scores: Vec<f32>,
}

/// What the ranker sees of a document.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) view: View,
    pub(crate) chances: Chances,
    sums: Sums,
    columns: Columns,
    /// Features of sets, and of some of them.
    set_columns: RefCell<[Columns; 2]>,
}

/// Units for which memory stays ready between documents.
const MOST_KEPT: usize = 1 << 16;

thread_local! {
    /// Memory for the next document, which would otherwise be asked for and given back each time.
    static SPARE: Cell<Option<Seen>> = const { Cell::new(None) };
}

impl Drop for Judged<'_> {
    fn drop(&mut self) {
        if self.seen.view.memory() <= MOST_KEPT {
            SPARE.set(Some(std::mem::take(&mut self.seen)));
        }
    }
}

impl<'c> Judged<'c> {
    pub(crate) fn new(model: &'c RankerModel, context: &RankContext<'_>) -> Self {
        let titled = true;
        Self::with_title(model, context, titled)
    }

    pub(crate) fn with_title(
        model: &'c RankerModel,
        context: &RankContext<'_>,
        titled: bool,
    ) -> Self {
        let mut seen = SPARE.take().unwrap_or_default();
        let Seen { view, chances, sums, columns, .. } = &mut seen;
        view.read(context, titled);
        let forests = if view.title_units > 0 { &model.titled } else { &model.untitled };
        model.tables.chances(view, chances);
        let begins = paragraph_begins(context);
        features::features(view, chances, &model.tables, &begins, sums, columns);
        let scores = forests.sentences.predict(columns);
        Self { forests, seen, scores }
    }

    /// Computes the features of sets of the pool.
    pub(crate) fn set_features(&self, pool: &Pool, sets: &[u8], columns: &mut Columns) {
        pool.features(sets, &self.seen.view, &self.seen.sums, &self.scores, columns);
    }

    /// Returns the best of some sets of the pool less its penalty, the first of equals.
    pub(crate) fn best_set(&self, pool: &Pool, sets: &[u8], penalties: &[f32]) -> Option<u8> {
        let [columns, chosen] = &mut *self.seen.set_columns.borrow_mut();
        self.set_features(pool, sets, columns);
        self.forests.sets.best(columns, penalties, chosen).map(|row| sets[row])
    }
}

/// Says of each candidate whether it begins a paragraph.
pub(crate) fn paragraph_begins(context: &RankContext<'_>) -> Vec<bool> {
    let mut last = usize::MAX;
    context
        .candidates()
        .map(|sentence| {
            std::mem::replace(&mut last, sentence.block_index()) != sentence.block_index()
        })
        .collect()
}
