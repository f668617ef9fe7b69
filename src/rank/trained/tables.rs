//! What a corpus of articles with abstracts teaches about units and pairs of units.
//!
//! Two kinds of tables: *weights* of a unit or pair by itself (does it end in abstracts more often
//! than others?), and *cells*: the share of units or pairs that the abstract takes up, by what is
//! seen of them in the article: in the title or not, in how many sentences, where first, capitalized
//! or not, of which weight, in a short or long article. A cell is a look-up, and needs no arithmetic.
//!
//! # References
//!
//! C. Li, X. Qian, Y. Liu (2013), *Using supervised bigram-based ILP for extractive summarization*,
//! ACL, section 3: the weight of a bigram in coverage is learned from summaries. There a
//! regression estimates its frequency in the summary; here counts of cells do.

use std::hint::select_unpredictable;

use prefetch_index::prefetch_index;
use wide::{CmpEq, f32x4, i32x4};

use super::view::{Gram, Numbered, View};
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

/// Weights by their bits: looked up in one step.
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

/// Cells of a table.
pub(crate) const CELLS: usize = TITLE_CLASSES
    * SENTENCE_CLASSES
    * FIRST_CLASSES
    * LOOK_CLASSES
    * WEIGHT_CLASSES
    * LENGTH_CLASSES;

/// The learned tables.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tables {
    /// Log-odds that an abstract takes up the unit, and its inverse document frequency: side by
    /// side, as they are asked for together.
    pub(crate) units: Vec<[i8; 2]>,
    /// Log-odds that an abstract takes up the pair, and how much more frequent the pair is in
    /// abstracts than in articles, as a logarithm.
    pub(crate) pairs: Vec<[i8; 2]>,
    /// How good sentences are that open with the unit; with the pair.
    pub(crate) openings: Vec<i8>,
    pub(crate) pair_openings: Vec<i8>,
    /// Shares of units that abstracts take up, by cell: multiples of 1/65535.
    pub(crate) unit_cells: Vec<f32>,
    /// The same for pairs.
    pub(crate) pair_cells: Vec<f32>,
}

impl Default for Tables {
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
    let key = u64::from(a.to_u32()) << 32 | u64::from(b.to_u32());
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIR_SLOTS
}

/// Returns the slot of the pair with which a sentence opens.
pub(crate) fn opening_slot(a: UnitId, b: UnitId) -> usize {
    pair_slot(a, b) % OPENING_SLOTS
}

/// Cells that one step in a class is worth: the classes are the digits of the number of a cell.
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

/// Classes of the number of sentences, and of the first: looked up, as nobody can guess them.
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
pub(crate) struct Cells {
    /// By how much the title holds.
    titles: [u16; 4],
    length: u16,
}

impl Cells {
    pub(crate) fn of(view: &View) -> Self {
        // Without a title it is not known what the title would hold.
        let titles = if view.title_units == 0 { [4; 4] } else { [0, 1, 2, 3] };
        let length = match view.len() {
            0..=9 => 0,
            10..=20 => 1,
            _ => 2,
        };
        Self { titles: steps(titles, TITLE_STEP), length }
    }

    /// Returns the cell of a unit or pair.
    #[inline]
    pub(crate) fn cell(&self, gram: &Gram, weight: i8) -> usize {
        let sentences = SENTENCES[(gram.sentences as usize).min(SENTENCES.len() - 1)];
        let first = FIRST[(gram.first as usize).min(FIRST.len() - 1)];
        usize::from(self.titles[usize::from(gram.title) % 4])
            + usize::from(sentences)
            + usize::from(first)
            + usize::from(gram.look) * LOOK_STEP
            + usize::from(WEIGHTS[usize::from(weight as u8)])
            + usize::from(self.length)
    }
}

/// What the tables say of each distinct unit and pair of an article.
#[derive(Debug, Default)]
pub(crate) struct Chances {
    pub(crate) units: Vec<UnitChance>,
    pub(crate) pairs: Vec<PairChance>,
}

/// What the tables say of a unit, side by side so that it is added up in one step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnitChance {
    /// How likely the abstract takes it up, its weight, its inverse document frequency, and this
    /// once for each other sentence that holds it.
    pub(crate) values: f32x4,
    /// The inverse document frequency of what the title holds, 0 of others.
    pub(crate) title: f32,
    /// 1 if the title holds it; 1 if the first sentence does.
    pub(crate) is_in_title: u32,
    pub(crate) is_in_first: u32,
}

impl UnitChance {
    /// Returns how likely the abstract takes it up.
    #[inline]
    pub(crate) fn chance(&self) -> f32 {
        self.values.as_array_ref()[0]
    }
}

/// What the tables say of a pair.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairChance {
    /// How likely the abstract takes it up, its weight, its style, and once more how likely.
    pub(crate) values: f32x4,
    /// 1 if the title holds it, 1 if several sentences do, 0, and the first sentence that does.
    pub(crate) marks: i32x4,
}

impl PairChance {
    /// Returns how likely the abstract takes it up.
    #[inline]
    pub(crate) fn chance(&self) -> f32 {
        self.values.as_array_ref()[0]
    }

    /// Returns the values; the last one is 0 for candidates that are not the first with the pair.
    #[inline]
    pub(crate) fn values_in(&self, candidate: i32x4) -> f32x4 {
        const ALWAYS: i32x4 = i32x4::new([-1, -1, -1, 0]);
        let keep: f32x4 = bytemuck::cast(self.marks.cmp_eq(candidate) | ALWAYS);
        self.values & keep
    }
}

impl Tables {
    /// Returns the weight of a unit.
    pub(crate) fn unit_weight(&self, unit: UnitId) -> i8 {
        self.units[unit_slot(unit)][0]
    }

    /// Returns the weight of a pair.
    pub(crate) fn pair_weight(&self, (a, b): (UnitId, UnitId)) -> i8 {
        self.pairs[pair_slot(a, b)][0]
    }

    /// Looks up what is known of the units and pairs of a view.
    pub(crate) fn chances(&self, view: &View, chances: &mut Chances) {
        // The table of pairs is larger than the nearest caches: all ask for their place first.
        let slots = view.pair_slots();
        for &slot in slots {
            prefetch_index(&self.pairs, slot as usize);
        }
        let cells = Cells::of(view);
        chances.units.clear();
        chances.units.extend(view.units.list().iter().map(|&Numbered { key, ref gram }| {
            let [weight, idf] = self.units[unit_slot(key)];
            let chance = self.unit_cells[cells.cell(gram, weight)];
            let idf = scaled(idf);
            let values = [chance, scaled(weight), idf, idf * (gram.sentences - 1) as f32];
            UnitChance {
                values: f32x4::from(values),
                title: select_unpredictable(gram.title > 0, idf, 0.0),
                is_in_title: u32::from(gram.title > 0),
                is_in_first: u32::from(gram.first == 0),
            }
        }));
        chances.pairs.clear();
        chances.pairs.extend(view.pairs.list().iter().zip(slots).map(
            |(Numbered { gram, .. }, &slot)| {
                let [weight, style] = self.pairs[slot as usize];
                let chance = self.pair_cells[cells.cell(gram, weight)];
                let marks = [i32::from(gram.title == 3), i32::from(gram.sentences > 1), 0];
                PairChance {
                    values: f32x4::from([chance, scaled(weight), scaled(style), chance]),
                    marks: i32x4::from([marks[0], marks[1], marks[2], gram.first as i32]),
                }
            },
        ));
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
        let mut tables = Tables::default();
        tables.units[3] = [-7, 5];
        tables.pairs[PAIR_SLOTS - 1] = [3, 9];
        tables.pair_cells[CELLS - 1] = 1.0;
        for (number, cell) in tables.unit_cells.iter_mut().enumerate() {
            *cell = share(number as u16);
        }
        let mut bytes = Vec::new();
        tables.encode(&mut bytes);
        let mut reader = Reader::new("tables", &bytes);
        assert_eq!(Tables::decode(&mut reader).expect("tables"), tables);
        reader.finish().expect("all read");
        assert!(Tables::decode(&mut Reader::new("tables", &bytes[1..])).is_err());
    }
}
