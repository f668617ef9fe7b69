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

/// Rows that are asked together.
const LANES: usize = 8;

/// Feature values: one column a feature, each as long as there are rows, filled up to whole lanes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    rows: usize,
    /// Lanes of a column.
    lanes: usize,
    values: Vec<[f32; LANES]>,
}

impl Columns {
    pub(crate) fn new(rows: usize, columns: usize) -> Self {
        let lanes = rows.div_ceil(LANES);
        Self { rows, lanes, values: vec![[0.0; LANES]; lanes * columns] }
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn column(&self, feature: usize) -> &[f32] {
        let lanes = &self.values[feature * self.lanes..(feature + 1) * self.lanes];
        &lanes.as_flattened()[..self.rows]
    }

    #[cfg(test)]
    pub(crate) fn column_mut(&mut self, feature: usize) -> &mut [f32] {
        let lanes = &mut self.values[feature * self.lanes..(feature + 1) * self.lanes];
        &mut lanes.as_flattened_mut()[..self.rows]
    }

    #[inline]
    pub(crate) fn set(&mut self, feature: usize, row: usize, value: f32) {
        self.values[feature * self.lanes + row / LANES][row % LANES] = value;
    }
}

impl Forest {
    /// Returns the sum of the trees for each row, added up in the order of the trees.
    pub(crate) fn predict(&self, columns: &Columns) -> Vec<f32> {
        let mut sums = vec![[0.0f32; LANES]; columns.lanes];
        for tree in &self.trees {
            for (lane, sums) in sums.iter_mut().enumerate() {
                let mut leaves = [0u32; LANES];
                for (level, &Question { feature, threshold }) in tree.questions.iter().enumerate() {
                    let values = columns.values[usize::from(feature) * columns.lanes + lane];
                    leaves = ask(leaves, values, threshold, 1 << level);
                }
                for (sum, leaf) in sums.iter_mut().zip(leaves) {
                    *sum += tree.leaves[leaf as usize % LEAVES];
                }
            }
        }
        let mut sums = sums.into_flattened();
        sums.truncate(columns.rows());
        sums
    }

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

/// Sets a bit of the leaves of the rows whose value is above the threshold.
///
/// Both sides are arrays of one width, which the compiler turns into a few vectors.
#[inline]
fn ask(leaves: [u32; LANES], values: [f32; LANES], threshold: f32, bit: u32) -> [u32; LANES] {
    std::array::from_fn(|i| leaves[i] | if values[i] > threshold { bit } else { 0 })
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
        columns.column_mut(0)[16..].copy_from_slice(&[1.0, 1.5, 0.0, 9.0]);
        columns.column_mut(1)[16..].copy_from_slice(&[0.0, 0.0, 1.0, 1.0]);
        let sums = forest().predict(&columns);
        assert_eq!(sums.len(), 20);
        assert_eq!(sums[16..], [1.5, 2.5, 3.5, 4.5]);
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
