//! Quantization of trained weights to the integers of the finished model, and choice of n-grams.

use rustc_hash::FxHashSet;

use super::features::{LEFT_ANY, Position, RIGHT_ANY, Weights};
use super::{Index, NgramIndex};
use crate::text::key::UnitId;
use crate::words::crf::dense::{DenseField, DenseWeights};
use crate::words::crf::lexicon_features::{EDGES, Strength};
use crate::words::crf::table::{Table, TableBuilder};
use crate::words::crf::token_shape::FORMS;
use crate::words::crf::{CrfSegmenter, PairField, ROW, RowField, pair_key};

impl Weights {
    /// Writes the weights into `model`, whose symbols are those of the training.
    ///
    /// Coarse weights are added into the fine ones.
    pub(super) fn quantize_into(
        &self,
        model: &mut CrfSegmenter,
        ngrams: &NgramIndex,
        words: &[(Vec<UnitId>, Strength)],
    ) {
        let mut rows = Vec::with_capacity(self.rows.len() * ROW);
        for weights in &self.rows {
            rows.extend((0..ROW).map(|i| {
                let any = match i {
                    RowField::LEFT_CASE..RowField::RIGHT_CASE => weights[LEFT_ANY],
                    RowField::RIGHT_CASE..RowField::LEFT_COVER => weights[RIGHT_ANY],
                    _ => 0.0,
                };
                small(weights[i] + any) as u8
            }));
        }
        model.rows = rows.into();
        model.dense = self.quantize_small();

        let kept = strongest(&self.pairs, &ngrams.pairs);
        // Words of the lexicon come first, since they must find room; then the stronger pairs.
        let first_pairs = words.iter().filter_map(|(units, _)| {
            let [first, second, ..] = units[..] else { return None };
            Some(pair_key(model.symbols.of_id(first), model.symbols.of_id(second)))
        });
        let keys: FxHashSet<u64> = kept.iter().map(|(key, _)| *key).chain(first_pairs).collect();
        let mut pairs = TableBuilder::with_room_for(keys.len());
        let lexicon = words.iter().map(|(units, strength)| (&units[..], *strength));
        model.add_lexicon(&mut pairs, lexicon);
        for (key, weights) in kept {
            if let Some(record) = pairs.entry(key) {
                record[..PairField::LEXICON].copy_from_slice(&weights.map(|w| small(w) as u8));
            }
        }
        model.pairs = pairs.build();
        model.triples = table_of(&strongest(&self.triples, &ngrams.triples));
    }

    fn quantize_small(&self) -> DenseWeights {
        DenseWeights::from_fn(|i| {
            let weight = match i {
                ..DenseField::COVER_INNER => {
                    self.forms[i]
                        + self.forms_left[i / FORMS]
                        + self.forms_right[i % FORMS.pow(3)]
                        + self.forms_two[i / FORMS % FORMS.pow(2)]
                }
                DenseField::COVER_INNER..DenseField::COVER_START => {
                    let inner = i - DenseField::COVER_INNER;
                    self.cover_inner[inner] + self.cover[inner / (EDGES * EDGES)]
                }
                DenseField::COVER_START..DenseField::COVER_END => {
                    self.cover_start[i - DenseField::COVER_START]
                }
                DenseField::COVER_END..DenseField::COVER_FORMS => {
                    self.cover_end[i - DenseField::COVER_END]
                }
                DenseField::COVER_FORMS..DenseField::JOINED => {
                    self.cover_forms[i - DenseField::COVER_FORMS]
                }
                _ => self.joined,
            };
            large(weight)
        })
    }
}

/// Keeps the `most` rows with the largest weights, and the first, which belongs to no n-gram;
/// returns the new number of each old row.
fn keep<const N: usize>(weights: &mut Vec<[f32; N]>, index: &mut Index, most: usize) -> Vec<u32> {
    let mut numbers: Vec<(f32, u32)> = weights
        .iter()
        .skip(1)
        .zip(1..)
        .map(|(weights, number)| (strength(weights), number))
        .collect();
    numbers.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    numbers.truncate(most);
    let mut numbers: Vec<u32> = numbers.into_iter().map(|(_, number)| number).collect();
    numbers.sort_unstable();
    *weights =
        std::iter::once(&0).chain(&numbers).map(|&number| weights[number as usize]).collect();
    index.keep(&numbers)
}

impl Weights {
    /// Keeps the n-grams with the largest weights, and renumbers them in the positions.
    pub(super) fn keep_strongest(
        &mut self,
        ngrams: &mut NgramIndex,
        positions: &mut [Position],
        most: [usize; 2],
    ) {
        let pairs = keep(&mut self.pairs, &mut ngrams.pairs, most[0]);
        let triples = keep(&mut self.triples, &mut ngrams.triples, most[1]);
        for position in positions {
            position.pair = pairs[position.pair as usize];
            position.triple = triples[position.triple as usize];
        }
    }
}

/// Size of the largest weight.
fn strength<const N: usize>(weights: &[f32; N]) -> f32 {
    weights.iter().map(|w| w.abs()).fold(0.0, f32::max)
}

/// Returns the n-grams with weights that are not 0 when rounded, the strongest first.
fn strongest<const N: usize>(weights: &[[f32; N]], index: &Index) -> Vec<(u64, [f32; N])> {
    let mut kept: Vec<(u64, [f32; N])> = (index.keys.iter().copied())
        .zip(weights.iter().skip(1).copied())
        .filter(|(_, weights)| weights.iter().any(|&w| small(w) != 0))
        .collect();
    kept.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
    kept
}

fn table_of<const N: usize, const BUCKET: usize>(kept: &[(u64, [f32; N])]) -> Table<N, BUCKET> {
    let mut table = TableBuilder::with_room_for(kept.len());
    for (key, weights) in kept {
        if let Some(record) = table.entry(*key) {
            *record = weights.map(|weight| small(weight) as u8);
        }
    }
    table.build()
}

fn small(weight: f32) -> i8 {
    (weight * CrfSegmenter::SCALE).round().clamp(-127.0, 127.0) as i8
}

fn large(weight: f32) -> i16 {
    (weight * CrfSegmenter::SCALE).round().clamp(-32_000.0, 32_000.0) as i16
}
