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
pub(crate) mod grams;
mod model;
pub(crate) mod sets;
pub(crate) mod tables;
pub(crate) mod view;
pub(crate) mod waiting;

use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{Choose, RankContext, Ranker, RankerInfo};
use crate::model::embedded;
use features::Sums;
use forest::{Answers, Columns};
use model::Forests;
use sets::{Pool, SetMemory};
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
    pub(crate) seen: Borrowed,
    pub(crate) scores: Vec<f32>,
}

/// What the ranker sees of a document.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) view: View,
    pub(crate) chances: Chances,
    sums: Sums,
    columns: Columns,
    answers: Answers,
    sets: RefCell<SetMemory>,
}

/// Units for which memory stays ready between documents.
const MOST_KEPT: usize = 1 << 16;

thread_local! {
    /// Memory for the next document, which would otherwise be asked for and given back each time.
    static SPARE: Cell<Option<Box<Seen>>> = const { Cell::new(None) };
}

/// Borrowed memory, which is given back in the end.
#[derive(Debug)]
pub(crate) struct Borrowed(Option<Box<Seen>>);

impl Borrowed {
    const HELD: &str = "memory is held until it is dropped";

    fn new() -> Self {
        Self(Some(SPARE.take().unwrap_or_default()))
    }
}

impl Deref for Borrowed {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        self.0.as_deref().expect(Self::HELD)
    }
}

impl DerefMut for Borrowed {
    fn deref_mut(&mut self) -> &mut Seen {
        self.0.as_deref_mut().expect(Self::HELD)
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        SPARE.set(self.0.take().filter(|seen| seen.view.memory() <= MOST_KEPT));
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
        let mut seen = Borrowed::new();
        let Seen { view, chances, sums, columns, answers, .. } = &mut *seen;
        view.read(context, titled);
        let forests = if view.title_units > 0 { &model.titled } else { &model.untitled };
        model.tables.chances(view, chances);
        let begins = paragraph_begins(context);
        features::features(view, chances, &model.tables, &begins, sums, columns);
        let scores = forests.sentences.predict(columns, answers);
        Self { forests, seen, scores }
    }

    /// Computes the features of sets of the pool.
    pub(crate) fn set_features(&self, pool: &Pool, sets: &[u8], memory: &mut SetMemory) {
        pool.features(sets, &self.seen.view, &self.seen.sums, &self.scores, memory);
    }

    /// Returns the best of some sets of the pool less its penalty, the first of equals.
    pub(crate) fn best_set(&self, pool: &Pool, sets: &[u8], penalties: &[f32]) -> Option<u8> {
        let memory = &mut *self.seen.sets.borrow_mut();
        self.set_features(pool, sets, memory);
        let SetMemory { columns, chosen, answers, .. } = memory;
        let best = self.forests.sets.best(columns, penalties, chosen, answers);
        best.map(|row| sets[row])
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
