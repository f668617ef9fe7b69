//! Boosted trees of which every level asks one question (oblivious decision trees).
//!
//! All nodes of one level compare the same feature with the same threshold, so the answers are the
//! bits of the number of a leaf. A whole column of rows is asked at once, without branches.
//!
//! # References
//!
//! A. V. Dorogush, V. Ershov, A. Gulin (2018), *`CatBoost`: gradient boosting with categorical
//! features support*, section 4 (oblivious trees, and their evaluation over binned features).

use wide::{CmpGt, f32x4, i8x16};

use crate::model::ModelError;
use crate::model::codec::{Reader, write_varint};

/// A question: is the value of the feature above the threshold?
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Question {
    pub(crate) feature: u16,
    pub(crate) threshold: f32,
}

/// Levels of a tree.
pub(crate) const LEVELS: usize = 6;

/// Leaves of a tree.
pub(crate) const LEAVES: usize = 1 << LEVELS;

/// Rows that are asked at once.
const LANES: usize = 16;

/// A tree: the questions of its levels and the values of its leaves.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) questions: [Question; LEVELS],
    pub(crate) leaves: [f32; LEAVES],
}

impl Default for Tree {
    /// A tree whose questions nobody answers with yes, and that adds nothing.
    fn default() -> Self {
        let question = Question { feature: 0, threshold: f32::MAX };
        Self { questions: [question; LEVELS], leaves: [0.0; LEAVES] }
    }
}

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forest {
    trees: Vec<Tree>,
    /// The thresholds that questions name, increasing, of all features one after the other.
    borders: Vec<f32>,
    /// Where the borders of each feature begin; one more than there are features.
    starts: Vec<u32>,
    /// The trees with numbers of borders for thresholds.
    levels: Vec<[Level; LEVELS]>,
}

/// A question with the number of its threshold among those of the feature.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Level {
    feature: u16,
    border: i8,
}

/// Most thresholds of one feature, so that a number of borders fits into an `i8`.
const MOST_BORDERS: usize = 127;

/// Feature values: one column a feature, each as long as there are rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    rows: usize,
    /// Blocks of a column; the last one may be filled up with zeros.
    blocks: usize,
    values: Vec<[f32; LANES]>,
}

impl Columns {
    pub(crate) fn new(rows: usize, columns: usize) -> Self {
        let blocks = rows.div_ceil(LANES);
        Self { rows, blocks, values: vec![[0.0; LANES]; blocks * columns] }
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
}

/// For each row and feature the number of borders below the value: all that questions ask for.
#[derive(Debug)]
struct Bins {
    rows: usize,
    features: usize,
    /// The columns of the first block of rows, of the second, …
    values: Vec<i8x16>,
}

impl Bins {
    /// Returns the bins of some of the rows, at most a block.
    fn only(&self, rows: &[usize]) -> Self {
        debug_assert!(rows.len() <= LANES);
        let mut values = vec![i8x16::splat(0); self.features];
        for (lane, &row) in rows.iter().enumerate() {
            let from = &self.values[row / LANES * self.features..][..self.features];
            for (to, from) in values.iter_mut().zip(from) {
                to.as_array_mut()[lane] = from.as_array_ref()[row % LANES];
            }
        }
        Self { rows: rows.len(), features: self.features, values }
    }
}

/// One tree in so many says which rows have a chance to be the best.
const FIRST_SHARE: usize = 5;

impl Forest {
    /// Makes a forest of trees over `features` features; `None` if a question is about another
    /// feature or there are more than 127 thresholds of one.
    pub(crate) fn new(trees: Vec<Tree>, features: usize) -> Option<Self> {
        let mut thresholds = vec![Vec::new(); features];
        for question in trees.iter().flat_map(|tree| &tree.questions) {
            thresholds.get_mut(usize::from(question.feature))?.push(question.threshold);
        }
        let (mut borders, mut starts) = (Vec::new(), vec![0]);
        for thresholds in &mut thresholds {
            thresholds.sort_unstable_by(f32::total_cmp);
            thresholds.dedup();
            if thresholds.len() > MOST_BORDERS {
                return None;
            }
            borders.extend_from_slice(thresholds);
            starts.push(borders.len() as u32);
        }
        let level = |question: &Question| {
            let thresholds = &thresholds[usize::from(question.feature)];
            let border = thresholds.partition_point(|t| *t < question.threshold);
            Level { feature: question.feature, border: border as i8 }
        };
        let levels = trees.iter().map(|tree| std::array::from_fn(|at| level(&tree.questions[at])));
        Some(Self { levels: levels.collect(), trees, borders, starts })
    }

    /// Returns the trees.
    #[cfg(test)]
    pub(crate) fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Returns the sum of the trees for each row, added up in the order of the trees.
    pub(crate) fn predict(&self, columns: &Columns) -> Vec<f32> {
        self.sum(0..self.trees.len(), &self.bins(columns))
    }

    /// Returns the row with the highest sum less its penalty, the first of equals.
    ///
    /// The first fifth of the trees chooses sixteen rows, and the others judge these alone: a
    /// cascade (Viola & Jones 2001, CVPR, section 4).
    pub(crate) fn best(&self, columns: &Columns, penalties: &[f32]) -> Option<usize> {
        let first = self.trees.len().div_ceil(FIRST_SHARE);
        let bins = self.bins(columns);
        let mut sums = self.sum(0..first, &bins);
        for (sum, penalty) in sums.iter_mut().zip(penalties) {
            *sum -= penalty;
        }
        let mut rows: Vec<usize> = (0..sums.len()).collect();
        if rows.len() > LANES {
            rows.select_nth_unstable_by(LANES - 1, |&a, &b| {
                sums[b].total_cmp(&sums[a]).then(a.cmp(&b))
            });
            rows.truncate(LANES);
            rows.sort_unstable();
        }
        let last = self.sum(first..self.trees.len(), &bins.only(&rows));
        let mut best: Option<(usize, f32)> = None;
        for (&row, last) in rows.iter().zip(last) {
            let sum = sums[row] + last;
            if best.is_none_or(|(_, b)| sum > b) {
                best = Some((row, sum));
            }
        }
        best.map(|(row, _)| row)
    }

    /// Counts the borders below each value.
    fn bins(&self, columns: &Columns) -> Bins {
        let features = self.starts.len().saturating_sub(1);
        let mut values = Vec::with_capacity(columns.blocks * features);
        for block in 0..columns.blocks {
            for (feature, range) in self.starts.windows(2).enumerate() {
                let borders = &self.borders[range[0] as usize..range[1] as usize];
                values
                    .push(count_below(&columns.values[feature * columns.blocks + block], borders));
            }
        }
        Bins { rows: columns.rows, features, values }
    }

    /// Adds up some of the trees for each row.
    fn sum(&self, trees: std::ops::Range<usize>, bins: &Bins) -> Vec<f32> {
        let (levels, trees) = (&self.levels[trees.clone()], &self.trees[trees]);
        let mut sums = Vec::with_capacity(bins.rows.next_multiple_of(LANES));
        let mut leaves = Vec::with_capacity(trees.len());
        for columns in bins.values.chunks_exact(bins.features.max(1)) {
            leaves.clear();
            leaves.extend(levels.iter().map(|levels| leaf_numbers(levels, columns)));
            sums.extend(add_leaves::<0>(trees, &leaves));
            sums.extend(add_leaves::<HALF>(trees, &leaves));
        }
        // A forest without trees has no features.
        sums.resize(bins.rows, 0.0);
        sums
    }
}

/// Returns how many of the borders are below each value.
#[inline]
fn count_below(values: &[f32; LANES], borders: &[f32]) -> i8x16 {
    let (quarters, _) = values.as_chunks();
    let values: [f32x4; LANES / 4] = std::array::from_fn(|at| f32x4::from(quarters[at]));
    let mut counts = [f32x4::ZERO; LANES / 4];
    for &border in borders {
        let border = f32x4::splat(border);
        for (count, value) in counts.iter_mut().zip(values) {
            *count += value.cmp_gt(border) & f32x4::ONE;
        }
    }
    let counts = counts.map(|count| count.fast_trunc_int().to_array());
    i8x16::from(std::array::from_fn(|at| counts[at / 4][at % 4] as i8))
}

/// Returns the number of the leaf of each row of a block: the answers are its bits.
#[inline]
fn leaf_numbers(levels: &[Level; LEVELS], columns: &[i8x16]) -> i8x16 {
    levels.iter().enumerate().fold(i8x16::splat(0), |leaves, (bit, level)| {
        let above = columns[usize::from(level.feature)].cmp_gt(i8x16::splat(level.border));
        leaves | above & i8x16::splat(1 << bit)
    })
}

/// Rows whose sums are kept in registers.
const HALF: usize = LANES / 2;

/// Returns the sums of half a block, added up tree by tree.
#[inline]
fn add_leaves<const FROM: usize>(trees: &[Tree], leaves: &[i8x16]) -> [f32; HALF] {
    let mut sums = [0.0f32; HALF];
    for (tree, leaves) in trees.iter().zip(leaves) {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += tree.leaves[leaves.as_array_ref()[FROM + lane] as usize % LEAVES];
        }
    }
    sums
}

impl Forest {
    /// Appends the forest to a section.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        write_varint(self.trees.len() as u64, out);
        for tree in &self.trees {
            for question in &tree.questions {
                write_varint(u64::from(question.feature), out);
                out.extend_from_slice(&question.threshold.to_le_bytes());
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
            for question in &mut tree.questions {
                let feature = reader.varint_u32()?;
                if feature as usize >= features {
                    return Err(reader.error("a question is about an unknown feature"));
                }
                *question = Question { feature: feature as u16, threshold: number(reader)? };
            }
            for leaf in &mut tree.leaves {
                *leaf = number(reader)?;
            }
            trees.push(tree);
        }
        Self::new(trees, features).ok_or_else(|| reader.error("too many thresholds of a feature"))
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
        let question = |feature, threshold| Question { feature, threshold };
        let mut tree = Tree::default();
        tree.questions[0] = question(0, 1.0);
        tree.questions[1] = question(1, 0.0);
        tree.leaves[..4].copy_from_slice(&[1.0, 2.0, 3.0, 4.0]);
        let mut constant = Tree::default();
        constant.leaves[0] = 0.5;
        Forest::new(vec![tree, constant], 2).expect("questions about two features")
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
        let sums = forest().predict(&columns);
        assert_eq!(sums.len(), 20);
        assert_eq!(sums[16..], [1.5, 2.5, 3.5, 4.5]);
        let mut penalties = [0.0; 20];
        assert_eq!(forest().best(&columns, &penalties), Some(19));
        penalties[19] = 1.5;
        assert_eq!(forest().best(&columns, &penalties), Some(18));
        assert_eq!(forest().best(&Columns::new(0, 2), &[]), None);
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
