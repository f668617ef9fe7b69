//! Near-duplicates between what is measured on and what was learned from.

use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;
use tomtat::eval::duplicates::{Collection, Sketch};

use crate::command::bench::summaries::examples::{Kept, Texts};
use crate::dataset::{self, Example, Fields};
use crate::input::Problem;
use crate::run::progress;

/// A record that resembles one of the training data.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Number of the record among those that were compared, and its id.
    pub(super) record: usize,
    pub(super) id: String,
    /// Where the most similar record of the training data stands.
    pub(super) place: String,
    /// Share of the runs of five syllables that both have.
    pub(super) resemblance: f64,
}

/// Training articles that are compared at once.
const BATCH: usize = 1024;

/// What the search found.
pub(super) struct Search {
    /// At most one a record, in the order of the records.
    pub(super) found: Vec<Found>,
    /// Records that were compared.
    pub(super) compared: usize,
    /// Training articles that were read.
    pub(super) read: usize,
    /// Training records that could not be read.
    pub(super) problems: Vec<Problem>,
}

/// Searches the training data for near-duplicates of the examples; they are read once, in parts.
pub(super) fn search(
    (examples, texts): (&[Kept], &Texts),
    train: &[PathBuf],
    fields: &Fields,
    threshold: f64,
    pool: &rayon::ThreadPool,
) -> Result<Search> {
    let sketch = |kept: &Kept| Ok(Sketch::new(&text_of(&texts.whole(kept)?)));
    let sketches: Vec<Sketch> =
        pool.install(|| examples.par_iter().map(sketch).collect::<Result<_>>())?;
    let mut collection = Collection::default();
    sketches.into_iter().for_each(|sketch| collection.add(sketch));

    let bar = progress::spinner("comparing with the training data");
    let mut best: Vec<Option<Found>> = vec![None; examples.len()];
    let (mut read, mut problems) = (0, Vec::new());
    let mut batch: Vec<(String, String)> = Vec::with_capacity(BATCH);
    let mut compare = |batch: &mut Vec<(String, String)>| {
        let found: Vec<_> = pool.install(|| {
            let work =
                |(_, text): &(String, String)| collection.find(&Sketch::new(text), threshold);
            batch.par_iter().map(work).collect()
        });
        for ((place, _), duplicates) in batch.drain(..).zip(found) {
            for duplicate in duplicates {
                let slot = &mut best[duplicate.index];
                // The first of equals stays.
                if slot.as_ref().is_none_or(|old| old.resemblance < duplicate.resemblance) {
                    *slot = Some(Found {
                        record: duplicate.index,
                        id: examples[duplicate.index].example.id.clone(),
                        place: place.clone(),
                        resemblance: duplicate.resemblance,
                    });
                }
            }
        }
    };
    dataset::read(train, fields, |example| {
        match example {
            Ok(example) => {
                read += 1;
                bar.inc(1);
                batch.push((example.place.clone(), text_of(&example)));
                if batch.len() == BATCH {
                    compare(&mut batch);
                }
            }
            Err(problem) => problems.push(problem),
        }
        Ok(())
    })?;
    compare(&mut batch);
    bar.finish_and_clear();
    let compared = examples.len();
    Ok(Search { found: best.into_iter().flatten().collect(), compared, read, problems })
}

fn text_of(example: &Example) -> String {
    let texts: Vec<&str> = example.documents.iter().map(|d| d.text.as_str()).collect();
    texts.join("\n")
}
