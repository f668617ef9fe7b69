//! Boosted oblivious decision trees: all nodes of one level test the same split.
//!
//! A split compares one feature with one threshold, so the outcomes along a path are the bits of
//! the number of a leaf. Each distinct split is evaluated once for sixteen rows, without branches;
//! the trees combine the resulting masks.
//!
//! # References
//!
//! A. V. Dorogush, V. Ershov, A. Gulin (2018), *`CatBoost`: gradient boosting with categorical
//! features support*, section 4 (oblivious trees, and their evaluation over features made binary
//! beforehand).

use std::ops::Range;

use wide::{CmpGt, f32x4, i8x16, i16x8, i32x4, i32x8};

use crate::model::ModelError;
use crate::model::codec::{Reader, write_varint};

/// A split: is the value of the feature above the threshold?
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) feature: u16,
    pub(crate) threshold: f32,
}

/// Levels of a tree.
pub(crate) const LEVELS: usize = 6;

/// Leaves of a tree.
pub(crate) const LEAVES: usize = 1 << LEVELS;

/// Rows that are evaluated at once.
pub(crate) const LANES: usize = 16;

/// A tree: the splits of its levels and the values of its leaves.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) splits: [Split; LEVELS],
    pub(crate) leaves: [f32; LEAVES],
}

impl Default for Tree {
    /// A tree whose splits never hold and whose value is 0.
    fn default() -> Self {
        let split = Split { feature: 0, threshold: f32::MAX };
        Self { splits: [split; LEVELS], leaves: [0.0; LEAVES] }
    }
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forest {
    trees: Vec<Tree>,
    /// One stage with all trees, or several that follow each other.
    stages: Vec<Stage>,
    features: usize,
}

/// A stage: some trees of a forest, prepared for evaluation.
#[derive(Clone, Debug, PartialEq)]
struct Stage {
    /// The distinct thresholds of the stage as [`ordered`] numbers, those of one feature after the
    /// other.
    borders: Vec<i32>,
    /// The features that are tested, with the range of their thresholds. Features with few
    /// thresholds come first, so that the loops over thresholds have rising lengths, which is
    /// predictable.
    tested_features: Vec<(u32, Range<u32>)>,
    /// The splits of each tree as indices of thresholds.
    splits: Vec<[u16; LEVELS]>,
    leaves: Vec<Leaves>,
}

/// The leaves of a tree, aligned to as few cache lines as possible.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
struct Leaves([f32; LEAVES]);

/// Masks of all splits of a stage for one block of rows.
pub(crate) type ComparisonMasks = Vec<i8x16>;

/// Trees whose leaves are looked up before their values are added.
const GROUP: usize = 32;

/// Feature values: one column a feature, each as long as there are rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    rows: usize,
    /// Blocks of a column; the padding of the last one is ignored.
    blocks: usize,
    values: Vec<Block>,
}

/// A value for each row of a block.
pub(crate) type Block = [f32; LANES];

impl Columns {
    pub(crate) fn new(rows: usize, columns: usize) -> Self {
        let mut new = Self::default();
        new.clear(rows, columns);
        new
    }

    /// Reserves memory for other values; until they are set, the content is unspecified.
    pub(crate) fn clear(&mut self, rows: usize, columns: usize) {
        self.rows = rows;
        self.blocks = rows.div_ceil(LANES);
        self.values.resize(self.blocks * columns, [0.0; LANES]);
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn column(&self, feature: usize) -> &[f32] {
        &self.values[feature * self.blocks..(feature + 1) * self.blocks].as_flattened()[..self.rows]
    }

    #[inline]
    pub(crate) fn set(&mut self, feature: usize, row: usize, value: f32) {
        self.values[feature * self.blocks + row / LANES][row % LANES] = value;
    }

    /// Sets all features of four rows, the first of which is a multiple of four.
    pub(crate) fn set_rows<const N: usize>(&mut self, first: usize, rows: &[[f32; N]; 4]) {
        const { assert!(N.is_multiple_of(4)) };
        let (block, lane) = (first / LANES, first % LANES);
        for feature in (0..N).step_by(4) {
            let part = |row: &[f32; N]| f32x4::from(&row[feature..feature + 4]);
            let turned = f32x4::transpose(std::array::from_fn(|row| part(&rows[row])));
            for (values, feature) in turned.iter().zip(feature..) {
                let values = values.as_array_ref();
                self.values[feature * self.blocks + block][lane..lane + 4].copy_from_slice(values);
            }
        }
    }

    #[inline]
    pub(crate) fn set_block(&mut self, feature: usize, block: usize, values: Block) {
        self.values[feature * self.blocks + block] = values;
    }

    /// Copies some of the rows over all values of another table.
    fn copy_only(&self, rows: &[usize], into: &mut Self) {
        (into.rows, into.blocks) = (rows.len(), rows.len().div_ceil(LANES));
        into.values.clear();
        for column in self.values.chunks_exact(self.blocks.max(1)) {
            let column = column.as_flattened();
            into.values.extend(rows.chunks(LANES).map(|rows| -> Block {
                std::array::from_fn(|lane| rows.get(lane).map_or(0.0, |&row| column[row]))
            }));
        }
    }
}

/// Returns an integer with the order of the value: its bits, those of negative values inverted.
/// Both zeros are equal.
#[inline]
pub(super) const fn total_order_key(value: f32) -> i32 {
    let bits = (value + 0.0).to_bits() as i32;
    bits ^ ((bits >> 31) as u32 >> 1) as i32
}

impl Stage {
    /// Prepares some of the trees; `None` if a split tests another feature, or if there are more
    /// than 65,536 distinct splits.
    fn new(trees: &[Tree], features: usize) -> Option<Self> {
        let mut thresholds = vec![Vec::new(); features];
        for split in trees.iter().flat_map(|tree| &tree.splits) {
            let threshold = total_order_key(split.threshold);
            thresholds.get_mut(usize::from(split.feature))?.push(threshold);
        }
        for thresholds in &mut thresholds {
            thresholds.sort_unstable();
            thresholds.dedup();
        }
        let mut order: Vec<usize> = (0..features).collect();
        order.sort_by_key(|&feature| thresholds[feature].len());
        let (mut borders, mut tested_features) = (Vec::new(), Vec::new());
        let mut starts = vec![0; features];
        for feature in order.into_iter().filter(|&feature| !thresholds[feature].is_empty()) {
            starts[feature] = borders.len();
            borders.extend_from_slice(&thresholds[feature]);
            tested_features.push((feature as u32, starts[feature] as u32..borders.len() as u32));
        }
        if borders.len() > usize::from(u16::MAX) + 1 {
            return None;
        }
        let number = |split: &Split| {
            let feature = usize::from(split.feature);
            let threshold = total_order_key(split.threshold);
            (starts[feature] + thresholds[feature].partition_point(|&t| t < threshold)) as u16
        };
        let splits = trees.iter().map(|tree| std::array::from_fn(|at| number(&tree.splits[at])));
        let splits = splits.collect();
        let leaves = trees.iter().map(|tree| Leaves(tree.leaves)).collect();
        Some(Self { borders, tested_features, splits, leaves })
    }

    /// Adds the values of the trees to the sum of each row, one tree after the other.
    fn add(&self, columns: &Columns, masks: &mut ComparisonMasks, all: &mut [f32]) {
        for (block, all) in all.chunks_mut(LANES).enumerate() {
            // The last block is often less than half full.
            let is_full = columns.rows > block * LANES + HALF;
            masks.clear();
            for (feature, range) in &self.tested_features {
                let borders = &self.borders[range.start as usize..range.end as usize];
                let values = &columns.values[*feature as usize * columns.blocks + block];
                if is_full {
                    ask::<QUARTERS>(values, borders, masks);
                } else {
                    ask::<{ QUARTERS / 2 }>(values, borders, masks);
                }
            }
            let mut sums = [[0.0; HALF]; 2];
            for (sum, &before) in sums.as_flattened_mut().iter_mut().zip(&*all) {
                *sum = before;
            }
            for (trees, splits) in self.leaves.chunks(GROUP).zip(self.splits.chunks(GROUP)) {
                let mut leaves = [[0; LANES]; GROUP];
                for (leaves, splits) in leaves.iter_mut().zip(splits) {
                    *leaves = leaf_numbers(splits, masks);
                }
                add_leaves::<0>(trees, &leaves, &mut sums[0]);
                if is_full {
                    add_leaves::<HALF>(trees, &leaves, &mut sums[1]);
                }
            }
            all.copy_from_slice(&sums.as_flattened()[..all.len()]);
        }
    }
}

impl Forest {
    /// Makes a forest over `features` features; `None` if a split tests another feature, or if
    /// there are more than 65,536 distinct splits.
    pub(crate) fn new(trees: Vec<Tree>, features: usize) -> Option<Self> {
        let all = Stage::new(&trees, features)?;
        Some(Self { trees, stages: vec![all], features })
    }

    /// Makes a forest of several stages, of which each selects the rows that can be the best for the
    /// next one. A stage ends after one tree in so many of all; the last has all others.
    pub(crate) fn into_cascade(mut self, ends: &[usize]) -> Self {
        let ends = ends.iter().map(|end| self.trees.len().div_ceil(*end)).chain([self.trees.len()]);
        let mut start = 0;
        let stages = ends.map(|end| {
            let stage = Stage::new(&self.trees[start..end], self.features);
            start = end;
            stage
        });
        // No stage has more splits than all trees together.
        self.stages = stages.flatten().collect();
        self
    }

    /// Returns the trees.
    #[cfg(test)]
    pub(crate) fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Returns the sum of the trees for each row.
    pub(crate) fn predict(&self, columns: &Columns, masks: &mut ComparisonMasks) -> Vec<f32> {
        let mut sums = vec![0.0; columns.rows];
        for stage in &self.stages {
            stage.add(columns, masks, &mut sums);
        }
        sums
    }

    /// Does what [`Forest::predict`] does, but only for rows that can be among the best.
    ///
    /// Each stage but the last selects rows, and the next evaluates only these: a cascade (Viola & Jones
    /// 2001, CVPR, section 4). The last evaluates `keep` rows at most, each before it twice as many as
    /// the next. The others get negative infinity.
    pub(crate) fn predict_best(
        &self,
        columns: &Columns,
        keep: usize,
        masks: &mut ComparisonMasks,
    ) -> Vec<f32> {
        let mut rows: Vec<usize> = (0..columns.rows).collect();
        let mut sums = vec![0.0; columns.rows];
        let mut chosen = Columns::default();
        for (stage, after) in self.stages.iter().zip((0..self.stages.len()).rev()) {
            let all = if rows.len() < columns.rows {
                columns.copy_only(&rows, &mut chosen);
                &chosen
            } else {
                columns
            };
            stage.add(all, masks, &mut sums);
            let most = keep << after.saturating_sub(1);
            if after > 0 && rows.len() > most {
                let mut order: Vec<usize> = (0..rows.len()).collect();
                order.select_nth_unstable_by(most, |&a, &b| {
                    sums[b].total_cmp(&sums[a]).then(a.cmp(&b))
                });
                order.truncate(most);
                order.sort_unstable();
                sums = order.iter().map(|&at| sums[at]).collect();
                rows = order.into_iter().map(|at| rows[at]).collect();
            }
        }
        let mut all = vec![f32::NEG_INFINITY; columns.rows];
        rows.into_iter().zip(sums).for_each(|(row, sum)| all[row] = sum);
        all
    }

    /// Returns the row with the highest sum less its penalty, the first of equals.
    ///
    /// Each stage but the last selects sixteen rows, and the next evaluates only these: a cascade
    /// (Viola & Jones 2001, CVPR, section 4). They are copied into `chosen`.
    pub(crate) fn best(
        &self,
        columns: &Columns,
        penalties: &[f32],
        chosen: &mut Columns,
        masks: &mut ComparisonMasks,
    ) -> Option<usize> {
        let mut rows: Vec<usize> = (0..columns.rows).collect();
        let mut sums: Vec<f32> = penalties.iter().map(|penalty| 0.0 - penalty).collect();
        for (number, stage) in self.stages.iter().enumerate() {
            if rows.len() < columns.rows {
                columns.copy_only(&rows, chosen);
                let mut parts = [0.0; LANES];
                stage.add(chosen, masks, &mut parts[..rows.len()]);
                for (&row, part) in rows.iter().zip(parts) {
                    sums[row] += part;
                }
            } else {
                let mut parts = vec![0.0; columns.rows];
                stage.add(columns, masks, &mut parts);
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
            if number + 1 < self.stages.len() && rows.len() > LANES {
                rows.select_nth_unstable_by(LANES - 1, |&a, &b| {
                    sums[b].total_cmp(&sums[a]).then(a.cmp(&b))
                });
                rows.truncate(LANES);
                rows.sort_unstable();
            }
        }
        rows.into_iter().reduce(|best, row| if sums[row] > sums[best] { row } else { best })
    }
}

/// Vectors of a block of numbers.
const QUARTERS: usize = LANES / 4;

/// Compares some quarters of a block with each threshold: -1 where the value is above it, 0
/// elsewhere.
#[inline]
fn ask<const N: usize>(values: &Block, borders: &[i32], masks: &mut Vec<i8x16>) {
    let (quarters, _) = values.as_chunks::<4>();
    let values: [i32x4; N] =
        std::array::from_fn(|at| i32x4::from(quarters[at].map(total_order_key)));
    masks.extend(borders.iter().map(|&border| {
        let border = i32x4::splat(border);
        let mut above = [i32x4::ZERO; QUARTERS];
        for (above, value) in above.iter_mut().zip(values) {
            *above = value.cmp_gt(border);
        }
        // Narrowing twice keeps -1 and 0.
        let halves: [i16x8; 2] = [0, 2].map(|at| {
            let both: i32x8 = bytemuck::cast([above[at], above[at + 1]]);
            i16x8::from_i32x8_saturate(both)
        });
        i8x16::from_i16x16_saturate(bytemuck::cast(halves))
    }));
}

/// Returns the number of the leaf of each row of a block, whose bits are the masks.
#[inline]
fn leaf_numbers(splits: &[u16; LEVELS], masks: &[i8x16]) -> [u8; LANES] {
    let bits: [i8x16; LEVELS] = std::array::from_fn(|level| {
        // A mask that holds has all bits set; each level keeps its own bit.
        masks[usize::from(splits[level])] & i8x16::splat(1 << level)
    });
    let leaves = bits.into_iter().fold(i8x16::ZERO, |leaves, bit| leaves | bit);
    bytemuck::cast(leaves)
}

/// Rows whose sums fit into registers.
const HALF: usize = LANES / 2;

/// Adds the leaf values of half a block to its sums, tree by tree.
#[inline]
fn add_leaves<const FROM: usize>(
    trees: &[Leaves],
    leaves: &[[u8; LANES]; GROUP],
    sums: &mut [f32; HALF],
) {
    let mut added = *sums;
    for (tree, leaves) in trees.iter().zip(leaves) {
        for (lane, sum) in added.iter_mut().enumerate() {
            *sum += tree.0[usize::from(leaves[FROM + lane]) % LEAVES];
        }
    }
    *sums = added;
}

impl Forest {
    /// Appends the forest to a section.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        write_varint(self.trees.len() as u64, out);
        for tree in &self.trees {
            for split in &tree.splits {
                write_varint(u64::from(split.feature), out);
                out.extend_from_slice(&split.threshold.to_le_bytes());
            }
            for leaf in &tree.leaves {
                out.extend_from_slice(&leaf.to_le_bytes());
            }
        }
    }

    /// Reads a forest over `features` features.
    pub(crate) fn decode(reader: &mut Reader<'_>, features: usize) -> Result<Self, ModelError> {
        let count = reader.count()?;
        let mut trees = Vec::with_capacity(count);
        for _ in 0..count {
            let mut tree = Tree::default();
            for split in &mut tree.splits {
                let feature = reader.varint_u32()?;
                if feature as usize >= features {
                    return Err(reader.error("a split is about an unknown feature"));
                }
                *split = Split { feature: feature as u16, threshold: number(reader)? };
            }
            for leaf in &mut tree.leaves {
                *leaf = number(reader)?;
            }
            trees.push(tree);
        }
        Self::new(trees, features).ok_or_else(|| reader.error("too many different splits"))
    }
}

fn number(reader: &mut Reader<'_>) -> Result<f32, ModelError> {
    let bytes = reader.bytes(4)?;
    let value = f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    if value.is_finite() { Ok(value) } else { Err(reader.error("a number is not finite")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let split = |feature, threshold| Split { feature, threshold };
        let mut tree = Tree::default();
        tree.splits[0] = split(0, 1.0);
        tree.splits[1] = split(1, 0.0);
        tree.leaves[..4].copy_from_slice(&[1.0, 2.0, 3.0, 4.0]);
        let mut constant = Tree::default();
        constant.leaves[0] = 0.5;
        Forest::new(vec![tree, constant], 2).expect("splits about two features")
    }

    #[test]
    fn leaves_are_the_bits_of_the_answers() {
        // More rows than lanes, and not a multiple of them.
        let mut columns = Columns::new(20, 2);
        for (row, values) in
            [(16, [1.0, 0.0]), (17, [1.5, 0.0]), (18, [0.0, 1.0]), (19, [9.0, 1.0])]
        {
            columns.set(0, row, values[0]);
            columns.set(1, row, values[1]);
        }
        let sums = forest().predict(&columns, &mut ComparisonMasks::new());
        assert_eq!(sums.len(), 20);
        assert_eq!(sums[16..], [1.5, 2.5, 3.5, 4.5]);
        let mut penalties = [0.0; 20];
        let (mut chosen, mut masks) = (Columns::default(), ComparisonMasks::new());
        for forest in [forest(), forest().into_cascade(&[5])] {
            penalties[19] = 0.0;
            assert_eq!(forest.best(&columns, &penalties, &mut chosen, &mut masks), Some(19));
            penalties[19] = 1.5;
            assert_eq!(forest.best(&columns, &penalties, &mut chosen, &mut masks), Some(18));
            assert_eq!(forest.best(&Columns::new(0, 2), &[], &mut chosen, &mut masks), None);
        }
        let first = Forest::default().into_cascade(&[5]).best(
            &columns,
            &[0.0; 20],
            &mut chosen,
            &mut masks,
        );
        assert_eq!(first, Some(0), "no tree prefers a row");
    }

    #[test]
    fn a_cascade_gives_the_sums_of_the_whole_forest_to_the_rows_it_keeps() {
        // The first of ten trees knows the order already; the others tell rows apart.
        let tree = |feature, threshold, leaf| {
            let mut tree = Tree::default();
            tree.splits[0] = Split { feature, threshold };
            tree.leaves[1] = leaf;
            tree
        };
        let trees = (0..10).map(|at| tree(at % 2, at as f32 * 4.0, 0.1 + at as f32)).collect();
        let whole = Forest::new(trees, 2).expect("splits about two features");
        let mut columns = Columns::new(50, 2);
        for row in 0..50 {
            columns.set(0, row, row as f32);
            columns.set(1, row, (row * 7 % 50) as f32);
        }
        let mut masks = ComparisonMasks::new();
        let all = whole.predict(&columns, &mut masks);
        let cascade = whole.into_cascade(&[5]);
        assert_eq!(cascade.predict(&columns, &mut masks), all);
        assert_eq!(cascade.predict_best(&columns, 50, &mut masks), all);
        let best = cascade.predict_best(&columns, 20, &mut masks);
        assert_eq!(best.iter().filter(|sum| sum.is_finite()).count(), 20);
        for (row, (best, all)) in best.iter().zip(&all).enumerate() {
            assert!(best.to_bits() == all.to_bits() || best.is_infinite(), "row {row}: {best}");
        }
        // Three stages: the second keeps twice as many as the last evaluates.
        let best = cascade.into_cascade(&[10, 5]).predict_best(&columns, 10, &mut masks);
        assert_eq!(best.iter().filter(|sum| sum.is_finite()).count(), 10);
        let is_right =
            |(best, all): (&f32, &f32)| best.is_infinite() || best.to_bits() == all.to_bits();
        assert!(best.iter().zip(&all).all(is_right));
        assert!(Forest::default().predict_best(&columns, 20, &mut masks).len() == 50);
    }

    #[test]
    fn numbers_are_ordered_as_values_are() {
        let values = [f32::MIN, -2.5, -1.0, -f32::MIN_POSITIVE, 0.0, 1e-30, 1.0, 1.5, f32::MAX];
        for a in values {
            for b in values {
                assert_eq!(total_order_key(a) > total_order_key(b), a > b, "{a} {b}");
            }
        }
        assert_eq!(total_order_key(-0.0), total_order_key(0.0));
    }

    #[test]
    fn a_forest_comes_back_and_damage_is_an_error() {
        let mut bytes = Vec::new();
        forest().encode(&mut bytes);
        let read = |bytes: &[u8], features| {
            let mut reader = Reader::new("forest", bytes);
            let forest = Forest::decode(&mut reader, features)?;
            reader.finish().map(|()| forest)
        };
        assert_eq!(read(&bytes, 2).expect("a forest"), forest());
        assert!(read(&bytes, 1).is_err(), "a feature too many");
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length], 2).is_err(), "cut to {length} bytes");
        }
        let mut infinite = bytes.clone();
        let end = infinite.len();
        infinite[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(read(&infinite, 2).is_err());
    }
}
