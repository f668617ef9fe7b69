//! Tables about units and pairs of units, estimated from articles with abstracts.
//!
//! There are *weights* of a unit or pair by itself (is it in abstracts more often than others?),
//! and *cells*: the share of units or pairs that abstracts repeat, by a few discrete features of
//! the unit in its article: in the title or not, number of sentences, first sentence, capitalized
//! or not, weight, length of the article. Reading a cell is a table look-up without arithmetic.
//!
//! # References
//!
//! C. Li, X. Qian, Y. Liu (2013), *Using supervised bigram-based ILP for extractive summarization*,
//! ACL, section 3: the weight of a bigram in coverage is learned from summaries. There a
//! regression estimates its frequency in the summary; here it is the share of a cell.

use std::hint::select_unpredictable;

use prefetch_index::prefetch_index;
use wide::{f32x4, i32x4};

use super::article_ngrams::{ArticleNgrams, pair_key, unit_of};
use super::ngram_table::{NgramEntry, NgramFlags, NgramTable};
use crate::model::ModelError;
use crate::model::codec::Reader;
use crate::text::key::UnitId;
use crate::text::syllable::SYLLABLE_COUNT;

/// Slots for units that are no syllables.
const OTHER_UNITS: usize = 1 << 12;

/// Slots of unit tables.
pub(crate) const UNIT_SLOTS: usize = SYLLABLE_COUNT + OTHER_UNITS;

/// Slots of pair tables.
pub(crate) const PAIR_SLOTS: usize = 1 << 17;

/// Slots of the table of openings.
pub(crate) const OPENING_SLOTS: usize = 1 << 12;

/// A weight of 1 in the tables.
pub(crate) const WEIGHT_SCALE: f32 = 16.0;

/// A share of 1 in the file.
const SHARE_SCALE: f32 = 65535.0;

/// Returns a share by its number in the file.
pub(crate) fn share(number: u16) -> f32 {
    f32::from(number) / SHARE_SCALE
}

/// Weights by their bits, so that one look-up converts them.
static SCALED: [f32; 256] = {
    let mut values = [0.0; 256];
    let mut bits = 0;
    while bits < 256 {
        values[bits] = bits as u8 as i8 as f32 / WEIGHT_SCALE;
        bits += 1;
    }
    values
};

#[inline]
fn scaled(weight: i8) -> f32 {
    SCALED[usize::from(weight as u8)]
}

/// Classes of the features that make up a cell.
const TITLE_CLASSES: usize = 5;
const SENTENCE_CLASSES: usize = 5;
const FIRST_CLASSES: usize = 6;
const LOOK_CLASSES: usize = 3;
const WEIGHT_CLASSES: usize = 10;
const LENGTH_CLASSES: usize = 3;

/// Bins of a table.
pub(crate) const CELLS: usize = TITLE_CLASSES
    * SENTENCE_CLASSES
    * FIRST_CLASSES
    * LOOK_CLASSES
    * WEIGHT_CLASSES
    * LENGTH_CLASSES;

/// The learned tables.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LearnedTables {
    /// Log-odds that an abstract repeats the unit, and its inverse document frequency, side by side
    /// as they are used together.
    pub(crate) units: Vec<[i8; 2]>,
    /// Log-odds that an abstract repeats the pair, and the logarithm of its frequency in abstracts
    /// over that in articles.
    pub(crate) pairs: Vec<[i8; 2]>,
    /// Mean reward of sentences that open with the unit; with the pair.
    pub(crate) openings: Vec<i8>,
    pub(crate) pair_openings: Vec<i8>,
    /// Shares of units that abstracts repeat, by cell: multiples of 1/65535.
    pub(crate) unit_cells: Vec<f32>,
    /// The same for pairs.
    pub(crate) pair_cells: Vec<f32>,
}

impl Default for LearnedTables {
    fn default() -> Self {
        Self {
            units: vec![[0; 2]; UNIT_SLOTS],
            pairs: vec![[0; 2]; PAIR_SLOTS],
            openings: vec![0; UNIT_SLOTS],
            pair_openings: vec![0; OPENING_SLOTS],
            unit_cells: vec![0.0; CELLS],
            pair_cells: vec![0.0; CELLS],
        }
    }
}

/// Returns the slot of a unit.
#[inline]
pub(crate) fn unit_slot(unit: UnitId) -> usize {
    let number = unit.to_u32() as usize;
    if unit.is_syllable() { number } else { SYLLABLE_COUNT + number % OTHER_UNITS }
}

/// Returns the slot of a pair.
#[inline]
pub(crate) fn pair_slot(a: UnitId, b: UnitId) -> usize {
    slot_of_key(pair_key(a, b))
}

#[inline]
const fn slot_of_key(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIR_SLOTS
}

/// Returns the slot of the pair with which a sentence opens.
pub(crate) fn opening_slot(a: UnitId, b: UnitId) -> usize {
    pair_slot(a, b) % OPENING_SLOTS
}

/// Bins per step of a class: classes are the digits of the number of a cell.
const WEIGHT_STEP: usize = LENGTH_CLASSES;
const LOOK_STEP: usize = WEIGHT_STEP * WEIGHT_CLASSES;
const FIRST_STEP: usize = LOOK_STEP * LOOK_CLASSES;
const SENTENCE_STEP: usize = FIRST_STEP * FIRST_CLASSES;
const TITLE_STEP: usize = SENTENCE_STEP * SENTENCE_CLASSES;

/// Multiplies classes with a step.
const fn steps<const N: usize>(classes: [u16; N], step: usize) -> [u16; N] {
    let mut steps = classes;
    let mut i = 0;
    while i < N {
        steps[i] *= step as u16;
        i += 1;
    }
    steps
}

/// Classes of the number of sentences and of the first sentence, by look-up instead of branches.
const SENTENCES: [u16; 7] = steps([0, 0, 1, 2, 3, 3, 4], SENTENCE_STEP);
const FIRST: [u16; 10] = steps([0, 1, 2, 3, 3, 4, 4, 4, 4, 5], FIRST_STEP);

/// Half a unit of log-odds a class, around 0; by the bits of the weight.
static WEIGHTS: [u16; 256] = {
    let mut classes = [0; 256];
    let mut bits = 0;
    while bits < 256 {
        let class = (bits as u8 as i8 as i32 + 40) >> 3;
        let most = WEIGHT_CLASSES as i32 - 1;
        classes[bits] = if class < 0 {
            0
        } else if class > most {
            most
        } else {
            class
        } as u16;
        bits += 1;
    }
    steps(classes, WEIGHT_STEP)
};

/// Finds the cells of the units and pairs of an article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FeatureBins {
    /// First cells by shape and share in the title; the length of the article is included.
    kinds: [u16; NgramFlags::KINDS],
    /// The first cell of units that occur first in a candidate.
    first: usize,
}

impl FeatureBins {
    /// Cells of units that occur first in the first candidate.
    pub(crate) fn of(ngrams: &ArticleNgrams) -> Self {
        let length = match ngrams.len() {
            0..=9 => 0,
            10..=20 => 1,
            _ => 2,
        };
        let kinds = std::array::from_fn(|kind| {
            let flags = NgramFlags::of(kind as u32, 0);
            // Without a title, membership in the title is unknown.
            let title = if ngrams.title_units == 0 { 4 } else { flags.title() };
            (title as usize * TITLE_STEP + flags.look() as usize * LOOK_STEP + length) as u16
        });
        Self { kinds, first: 0 }
    }

    /// Cells of units that occur first in another candidate.
    pub(crate) fn of_first(&self, candidate: usize) -> Self {
        let first = usize::from(FIRST[candidate.min(FIRST.len() - 1)]);
        Self { first, ..*self }
    }

    /// Returns the cell of a unit or pair.
    #[inline]
    pub(crate) fn cell(&self, flags: NgramFlags, weight: i8) -> usize {
        let sentences = SENTENCES[(flags.sentences() as usize).min(SENTENCES.len() - 1)];
        self.first
            + usize::from(self.kinds[flags.kind()])
            + usize::from(sentences)
            + usize::from(WEIGHTS[usize::from(weight as u8)])
    }
}

/// Table values of each distinct unit and pair of an article.
#[derive(Debug, Default)]
pub(crate) struct SelectionProbabilities {
    pub(crate) units: Vec<UnitProbability>,
    pub(crate) pairs: Vec<PairProbability>,
    /// The inverse document frequencies of all units that the title holds.
    pub(crate) title: f32,
    /// The probabilities of all pairs, and of those that come first in each candidate.
    pub(crate) all_pairs: f32,
    pub(crate) new_pairs: Vec<f32>,
    /// Slots of the pairs in the tables.
    slots: Vec<u32>,
}

/// Table values of a unit, side by side so that they are added in one step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnitProbability {
    /// Its selection probability, weight and inverse document frequency, and the latter once for
    /// each other sentence that holds it.
    pub(crate) values: f32x4,
    /// The inverse document frequency of what the title holds, 0 of others.
    pub(crate) title: f32,
    /// Whether the title and the first sentence hold it.
    pub(crate) marks: PackedCounts,
}

impl UnitProbability {
    /// Returns the selection probability.
    #[inline]
    pub(crate) fn probability(&self) -> f32 {
        self.values.as_array_ref()[0]
    }
}

/// Two flags of a unit or pair, and sums of them.
///
/// The sums are in the halves of one number: above 65,535 in one sentence they overflow into each
/// other.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PackedCounts(u32);

impl PackedCounts {
    #[inline]
    fn new(one: bool, other: bool) -> Self {
        Self(u32::from(one) << 16 | u32::from(other))
    }

    /// Adds others.
    #[inline]
    pub(crate) const fn add(&mut self, marks: Self) {
        self.0 = self.0.wrapping_add(marks.0);
    }

    /// Returns how often both were met.
    pub(crate) const fn counts(self) -> [u32; 2] {
        [self.0 >> 16, self.0 & 0xFFFF]
    }
}

/// Table values of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairProbability {
    /// The bits of its selection probability, weight and style, and its flags.
    bits: i32x4,
}

impl PairProbability {
    #[inline]
    fn new(values: [f32; 3], marks: PackedCounts) -> Self {
        let [probability, weight, style] = values.map(|value| value.to_bits() as i32);
        Self { bits: i32x4::new([probability, weight, style, marks.0 as i32]) }
    }

    /// Returns the selection probability.
    #[inline]
    pub(crate) fn probability(&self) -> f32 {
        f32::from_bits(self.bits.as_array_ref()[0] as u32)
    }

    /// Returns the selection probability, the weight, the style, and 0.
    #[inline]
    pub(crate) fn values(&self) -> f32x4 {
        bytemuck::cast(self.bits & i32x4::new([-1, -1, -1, 0]))
    }

    /// Returns whether the title holds it, and whether several sentences do.
    #[inline]
    pub(crate) fn marks(&self) -> PackedCounts {
        PackedCounts(self.bits.as_array_ref()[3] as u32)
    }
}

impl LearnedTables {
    /// Returns the weight of a unit.
    pub(crate) fn unit_weight(&self, unit: UnitId) -> i8 {
        self.units[unit_slot(unit)][0]
    }

    /// Returns the weight of a pair.
    pub(crate) fn pair_weight(&self, (a, b): (UnitId, UnitId)) -> i8 {
        self.pairs[pair_slot(a, b)][0]
    }

    /// Looks up the values of all units and pairs of an article.
    pub(crate) fn probabilities(
        &self,
        ngrams: &ArticleNgrams,
        probabilities: &mut SelectionProbabilities,
    ) {
        let cells = FeatureBins::of(ngrams);
        self.probabilities_of_pairs(&ngrams.pairs, cells, probabilities);
        self.probabilities_of_units(&ngrams.units, cells, probabilities);
    }

    // Not inlined: inside of the ranker the loops would run out of registers.
    #[inline(never)]
    fn probabilities_of_units(
        &self,
        units: &NgramTable,
        cells: FeatureBins,
        probabilities: &mut SelectionProbabilities,
    ) {
        let mut all = 0.0;
        probabilities.units.clear();
        for (candidate, list) in units.by_first() {
            let cells = cells.of_first(candidate);
            probabilities.units.extend(list.iter().map(|&NgramEntry { key, flags, .. }| {
                let [weight, idf] = self.units[unit_slot(unit_of(key))];
                let probability = self.unit_cells[cells.cell(flags, weight)];
                let idf = scaled(idf);
                let is_in_title = flags.title() > 0;
                let title = select_unpredictable(is_in_title, idf, 0.0);
                all += title;
                let again = idf * (flags.sentences() - 1) as f32;
                UnitProbability {
                    values: f32x4::from([probability, scaled(weight), idf, again]),
                    title,
                    marks: PackedCounts::new(is_in_title, candidate == 0),
                }
            }));
        }
        probabilities.title = all;
    }

    #[inline(never)]
    fn probabilities_of_pairs(
        &self,
        pairs: &NgramTable,
        cells: FeatureBins,
        probabilities: &mut SelectionProbabilities,
    ) {
        // The table of pairs is larger than the inner caches: all slots are prefetched first.
        let SelectionProbabilities { slots, .. } = probabilities;
        slots.clear();
        slots.extend(pairs.list().iter().map(|pair| {
            let slot = slot_of_key(pair.key);
            prefetch_index(&self.pairs, slot);
            slot as u32
        }));
        let mut slots = slots.iter();
        let mut all = 0.0;
        probabilities.new_pairs.clear();
        probabilities.pairs.clear();
        for (candidate, list) in pairs.by_first() {
            let (cells, mut new) = (cells.of_first(candidate), 0.0);
            probabilities.pairs.extend(list.iter().zip(&mut slots).map(|(pair, &slot)| {
                let [weight, style] = self.pairs[slot as usize];
                let probability = self.pair_cells[cells.cell(pair.flags, weight)];
                new += probability;
                all += probability;
                let marks = PackedCounts::new(pair.flags.title() == 3, pair.flags.sentences() > 1);
                PairProbability::new([probability, scaled(weight), scaled(style)], marks)
            }));
            probabilities.new_pairs.push(new);
        }
        probabilities.all_pairs = all;
    }

    /// Appends the tables to a section.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        for column in 0..2 {
            out.extend(self.units.iter().map(|unit| unit[column] as u8));
        }
        for table in [self.pairs.as_flattened(), &self.openings, &self.pair_openings] {
            out.extend(table.iter().map(|&weight| weight as u8));
        }
        for cells in [&self.unit_cells, &self.pair_cells] {
            for cell in cells {
                out.extend_from_slice(&((cell * SHARE_SCALE).round() as u16).to_le_bytes());
            }
        }
    }

    /// Reads tables.
    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut bytes = |length: usize| -> Result<Vec<i8>, ModelError> {
            Ok(reader.bytes(length)?.iter().map(|&byte| byte as i8).collect())
        };
        let (weights, idf) = (bytes(UNIT_SLOTS)?, bytes(UNIT_SLOTS)?);
        let units = weights.into_iter().zip(idf).map(|(weight, idf)| [weight, idf]).collect();
        let pairs = bytes(2 * PAIR_SLOTS)?.chunks_exact(2).map(|b| [b[0], b[1]]).collect();
        let openings = bytes(UNIT_SLOTS)?;
        let pair_openings = bytes(OPENING_SLOTS)?;
        let mut cells = || -> Result<Vec<f32>, ModelError> {
            let bytes = reader.bytes(2 * CELLS)?;
            Ok(bytes.chunks_exact(2).map(|b| share(u16::from_le_bytes([b[0], b[1]]))).collect())
        };
        Ok(Self {
            units,
            pairs,
            openings,
            pair_openings,
            unit_cells: cells()?,
            pair_cells: cells()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back() {
        let mut tables = LearnedTables::default();
        tables.units[3] = [-7, 5];
        tables.pairs[PAIR_SLOTS - 1] = [3, 9];
        tables.pair_cells[CELLS - 1] = 1.0;
        for (number, cell) in tables.unit_cells.iter_mut().enumerate() {
            *cell = share(number as u16);
        }
        let mut bytes = Vec::new();
        tables.encode(&mut bytes);
        let mut reader = Reader::new("tables", &bytes);
        assert_eq!(LearnedTables::decode(&mut reader).expect("tables"), tables);
        reader.finish().expect("all read");
        assert!(LearnedTables::decode(&mut Reader::new("tables", &bytes[1..])).is_err());
    }
}
