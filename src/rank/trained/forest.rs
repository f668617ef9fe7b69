//! Boosted trees of which every level asks one question (oblivious decision trees).
//!
//! All nodes of one level compare the same feature with the same threshold, so the answers are the
//! bits of the number of a leaf. A whole column of rows is asked at once, without branches.
//!
//! # References
//!
//! A. V. Dorogush, V. Ershov, A. Gulin (2018), *`CatBoost`: gradient boosting with categorical
//! features support*, section 4 (oblivious trees and their evaluation).

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
    pub(crate) trees: Vec<Tree>,
}

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

    pub(crate) fn set(&mut self, feature: usize, row: usize, value: f32) {
        self.values[feature * self.blocks + row / LANES][row % LANES] = value;
    }

    /// Returns some of the rows.
    fn only(&self, rows: &[usize]) -> Self {
        let columns = self.values.len().checked_div(self.blocks).unwrap_or(0);
        let mut only = Self::new(rows.len(), columns);
        for feature in 0..columns {
            let column = self.column(feature);
            for (to, &from) in rows.iter().enumerate() {
                only.set(feature, to, column[from]);
            }
        }
        only
    }
}

/// One tree in so many says which rows have a chance to be the best.
const FIRST_SHARE: usize = 5;

impl Forest {
    /// Returns the sum of the trees for each row, added up in the order of the trees.
    pub(crate) fn predict(&self, columns: &Columns) -> Vec<f32> {
        let mut sums = vec![[0.0f32; LANES]; columns.blocks];
        add(&self.trees, columns, &mut sums);
        sums.as_flattened()[..columns.rows].to_vec()
    }

    /// Returns the row with the highest sum less its penalty, the first of equals.
    ///
    /// The first fifth of the trees chooses sixteen rows, and the others judge these alone: a
    /// cascade (Viola & Jones 2001, CVPR, section 4).
    pub(crate) fn best(&self, columns: &Columns, penalties: &[f32]) -> Option<usize> {
        let (first, rest) = self.trees.split_at(self.trees.len().div_ceil(FIRST_SHARE));
        let mut sums = vec![[0.0f32; LANES]; columns.blocks];
        add(first, columns, &mut sums);
        let first = |row: usize| sums.as_flattened()[row] - penalties[row];
        let mut rows: Vec<usize> = (0..columns.rows).collect();
        if rows.len() > LANES {
            rows.select_nth_unstable_by(LANES - 1, |&a, &b| {
                first(b).total_cmp(&first(a)).then(a.cmp(&b))
            });
            rows.truncate(LANES);
            rows.sort_unstable();
        }
        let mut finals = vec![[0.0f32; LANES]; 1];
        add(rest, &columns.only(&rows), &mut finals);
        let mut best: Option<(usize, f32)> = None;
        for (&row, last) in rows.iter().zip(finals.as_flattened()) {
            let sum = first(row) + last;
            if best.is_none_or(|(_, b)| sum > b) {
                best = Some((row, sum));
            }
        }
        best.map(|(row, _)| row)
    }
}

/// Adds trees to sums, in order.
fn add(trees: &[Tree], columns: &Columns, sums: &mut [[f32; LANES]]) {
    let blocks = columns.blocks.min(sums.len());
    for tree in trees {
        for (block, sums) in sums[..blocks].iter_mut().enumerate() {
            // As wide as the values, so that comparing gives a mask of the same lanes.
            let mut leaves = [0u32; LANES];
            for (level, question) in tree.questions.iter().enumerate() {
                let values = &columns.values[usize::from(question.feature) * blocks + block];
                for lane in 0..LANES {
                    leaves[lane] |= u32::from(values[lane] > question.threshold) << level;
                }
            }
            for lane in 0..LANES {
                sums[lane] += tree.leaves[leaves[lane] as usize % LEAVES];
            }
        }
    }
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
        Ok(Self { trees })
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
        Forest { trees: vec![tree, constant] }
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
