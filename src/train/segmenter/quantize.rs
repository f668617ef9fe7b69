//! From trained weights to the small integers of the finished model.

use super::features::{LEFT_ANY, RIGHT_ANY, Weights};
use super::{Index, NgramIndex};
use crate::segment::linear::cover::{EDGES, Strength};
use crate::segment::linear::form::FORMS;
use crate::segment::linear::table::Table;
use crate::segment::linear::{LinearSegmenter, PairField, ROW, RowField};
use crate::text::key::UnitId;

impl Weights {
    /// Writes the weights into `model`, whose symbols are those of the training.
    ///
    /// Coarse weights are added into the fine ones. N-grams below `prune` are left out.
    pub(super) fn quantize_into(
        &self,
        model: &mut LinearSegmenter,
        ngrams: &NgramIndex,
        prune: &[f32; 3],
        words: &[(Vec<UnitId>, Strength)],
    ) {
        for (row, weights) in model.rows.iter_mut().zip(&self.rows) {
            for (i, weight) in row.iter_mut().enumerate().take(ROW) {
                let any = match i {
                    RowField::LEFT_CASE..RowField::RIGHT_CASE => weights[LEFT_ANY],
                    RowField::RIGHT_CASE..RowField::LEFT_COVER => weights[RIGHT_ANY],
                    _ => 0.0,
                };
                *weight = small(weights[i] + any);
            }
        }
        for (i, weight) in model.forms.iter_mut().enumerate() {
            *weight = large(
                self.forms[i]
                    + self.forms_left[i / FORMS]
                    + self.forms_right[i % FORMS.pow(3)]
                    + self.forms_two[i / FORMS % FORMS.pow(2)],
            );
        }
        for (i, weight) in model.cover_inner.iter_mut().enumerate() {
            *weight = large(self.cover_inner[i] + self.cover[i / (EDGES * EDGES)]);
        }
        for (to, from) in [
            (&mut model.cover_start, &self.cover_start),
            (&mut model.cover_end, &self.cover_end),
            (&mut model.cover_forms, &self.cover_forms),
        ] {
            to.iter_mut().zip(from).for_each(|(to, from)| *to = large(*from));
        }
        model.joined = large(self.joined);

        let kept = strongest(&self.pairs, &ngrams.pairs, prune[0]);
        // The lexicon comes first: its words must find room.
        let word_pairs = words.iter().filter(|(units, _)| units.len() >= 2).count();
        model.pairs = Table::with_room_for(kept.len() + word_pairs / 4);
        model.set_lexicon(words.iter().map(|(units, strength)| (&units[..], *strength)));
        for (key, weights) in kept {
            if let Some(record) = model.pairs.entry(key) {
                record[..PairField::LEXICON].copy_from_slice(&weights.map(small));
            }
        }
        model.skips = table_of(&strongest(&self.skips, &ngrams.skips, prune[1]));
        model.triples = table_of(&strongest(&self.triples, &ngrams.triples, prune[2]));
    }
}

/// Returns the n-grams with a weight of at least `prune`, the strongest first.
fn strongest<const N: usize>(
    weights: &[[f32; N]],
    index: &Index,
    prune: f32,
) -> Vec<(u64, [f32; N])> {
    let strength = |weights: &[f32; N]| weights.iter().map(|w| w.abs()).fold(0.0, f32::max);
    let mut kept: Vec<(u64, [f32; N])> = (index.keys.iter().copied())
        .zip(weights.iter().skip(1).copied())
        .filter(|(_, weights)| strength(weights) >= prune)
        .collect();
    kept.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
    kept
}

fn table_of<const N: usize, const WAYS: usize>(kept: &[(u64, [f32; N])]) -> Table<N, WAYS> {
    let mut table = Table::with_room_for(kept.len());
    for (key, weights) in kept {
        if let Some(record) = table.entry(*key) {
            *record = weights.map(small);
        }
    }
    table
}

fn small(weight: f32) -> i8 {
    (weight * LinearSegmenter::SCALE).round().clamp(-127.0, 127.0) as i8
}

fn large(weight: f32) -> i16 {
    (weight * LinearSegmenter::SCALE).round().clamp(-32_000.0, 32_000.0) as i16
}
