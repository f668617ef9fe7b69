//! ROUGE-L at summary level: the union of longest common subsequences.
//!
//! Two sequences have many longest common subsequences, and which one is taken changes the union.
//! ROUGE-1.5.5 and `rouge_score` walk back from the end of the table, diagonally where the tokens
//! match, else to the prediction's side only if that is strictly longer. With the table in bits
//! that comparison is one bit: where tokens differ, the cell equals the larger of its two
//! neighbours, and the reference's side is smaller exactly where the table grows at this column.
//! So the same walk is taken without a table of numbers.
//!
//! # References
//!
//! C.-Y. Lin (2004), section 3.2, equations 5–7; the clipping that keeps a token from counting
//! twice is not in the paper, but in both programs.

use super::lcs::{clear_masks, set_masks, step};
use super::pair::{Pair, sentences};
use super::weighted_lcs::{self, WeightedBuffers};

/// Buffers that are reused from pair to pair.
#[derive(Debug, Default)]
pub(crate) struct UnionBuffers {
    masks: Vec<u64>,
    /// Carries into each block of columns, one bit a row.
    carries: Vec<u64>,
    /// The bit rows of the block that the walk is in.
    rows: Vec<u64>,
    /// Whether each token of a reference sentence is in the union.
    marked: Vec<bool>,
    left_in_reference: Vec<u32>,
    left_in_prediction: Vec<u32>,
}

impl UnionBuffers {
    /// Makes all unigrams of both sides available.
    fn reset_counts(&mut self, pair: &Pair) {
        self.left_in_reference.clone_from(&pair.reference_counts);
        self.left_in_prediction.clear();
        self.left_in_prediction.resize(pair.type_count(), 0);
        for token in &pair.prediction {
            if let Some(count) = self.left_in_prediction.get_mut(*token as usize) {
                *count += 1;
            }
        }
    }

    /// Uses up one occurrence of `token` on both sides, if both have one.
    fn take(&mut self, token: u32) -> bool {
        let token = token as usize;
        let both = self.left_in_reference[token] > 0 && self.left_in_prediction[token] > 0;
        if both {
            self.left_in_reference[token] -= 1;
            self.left_in_prediction[token] -= 1;
        }
        both
    }
}

/// Returns the number of tokens of the reference in the union, clipped.
///
/// Each pair of sentences takes time m · n / 64 and memory m · n / 4096 words.
pub(crate) fn union_hits(pair: &Pair, buffers: &mut UnionBuffers) -> u64 {
    buffers.reset_counts(pair);
    let types = pair.type_count();
    let mut hits = 0;
    for reference in sentences(&pair.reference, &pair.reference_ends) {
        buffers.marked.clear();
        buffers.marked.resize(reference.len(), false);
        for prediction in sentences(&pair.prediction, &pair.prediction_ends) {
            mark(reference, prediction, types, buffers);
        }
        for (i, token) in reference.iter().enumerate() {
            if buffers.marked[i] && buffers.take(*token) {
                hits += 1;
            }
        }
    }
    hits
}

/// What ROUGE-1.5.5 counts for its ROUGE-W.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct WeightedUnion {
    /// Weight of the runs of hits.
    pub(crate) hits: f64,
    /// Sum of the weights of the reference sentences.
    pub(crate) base: f64,
}

/// Returns the weighted union as ROUGE-1.5.5 computes it, which is not what the paper says: runs
/// are those of the union, and a run goes on over a token that clipping takes out.
pub(crate) fn weighted_union_hits(
    pair: &Pair,
    weight: f64,
    buffers: &mut UnionBuffers,
    weighted: &mut WeightedBuffers,
) -> WeightedUnion {
    buffers.reset_counts(pair);
    let mut total = WeightedUnion::default();
    for reference in sentences(&pair.reference, &pair.reference_ends) {
        buffers.marked.clear();
        buffers.marked.resize(reference.len(), false);
        for prediction in sentences(&pair.prediction, &pair.prediction_ends) {
            weighted_lcs::mark(reference, prediction, weight, &mut buffers.marked, weighted);
        }
        total.base += weighted.weight_of(reference.len(), weight);
        let mut run = 0;
        for (i, token) in reference.iter().enumerate() {
            if buffers.marked[i] && buffers.take(*token) {
                run += 1;
                if buffers.marked.get(i + 1) != Some(&true) {
                    total.hits += weighted.weight_of(run, weight);
                    run = 0;
                }
            }
        }
    }
    total
}

/// Marks the tokens of `reference` on the path that the walk back takes.
fn mark(reference: &[u32], prediction: &[u32], types: usize, buffers: &mut UnionBuffers) {
    let UnionBuffers { masks, carries, rows, marked, .. } = buffers;
    if masks.len() < types {
        masks.resize(types, 0);
    }
    let blocks = reference.len().div_ceil(64);
    let words = prediction.len().div_ceil(64);
    // Forward over all blocks but the last, keeping only the carries into each.
    carries.clear();
    carries.resize(blocks * words, 0);
    for block in 0..blocks.saturating_sub(1) {
        let (done, next) = carries.split_at_mut((block + 1) * words);
        let (into, out) = (&done[block * words..], &mut next[..words]);
        let columns = &reference[block * 64..(block + 1) * 64];
        set_masks(masks, columns, types);
        let mut v = !0;
        for (j, token) in prediction.iter().enumerate() {
            let mut carry = (into[j / 64] >> (j % 64) & 1) as u8;
            v = step(v, masks.get(*token as usize).copied().unwrap_or(0), &mut carry);
            out[j / 64] |= u64::from(carry) << (j % 64);
        }
        clear_masks(masks, columns, types);
    }
    // Back, recomputing the rows of the block that the walk is in.
    let (mut i, mut j) = (reference.len(), prediction.len());
    for block in (0..blocks).rev() {
        if j == 0 {
            return;
        }
        let first = block * 64;
        let columns = &reference[first..(first + 64).min(reference.len())];
        set_masks(masks, columns, types);
        rows.clear();
        let mut v = !0;
        for (row, token) in prediction[..j].iter().enumerate() {
            let mut carry = (carries[block * words + row / 64] >> (row % 64) & 1) as u8;
            v = step(v, masks.get(*token as usize).copied().unwrap_or(0), &mut carry);
            rows.push(v);
        }
        clear_masks(masks, columns, types);
        while i > first && j > 0 {
            if reference[i - 1] == prediction[j - 1] {
                marked[i - 1] = true;
                i -= 1;
                j -= 1;
            } else if rows[j - 1] >> (i - 1 - first) & 1 == 0 {
                j -= 1;
            } else {
                i -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The walk of the programs over a table of numbers.
    fn mark_by_table(reference: &[u32], prediction: &[u32]) -> Vec<bool> {
        let (m, n) = (reference.len(), prediction.len());
        let mut table = vec![vec![0; n + 1]; m + 1];
        for i in 1..=m {
            for j in 1..=n {
                table[i][j] = if reference[i - 1] == prediction[j - 1] {
                    table[i - 1][j - 1] + 1
                } else {
                    i32::max(table[i - 1][j], table[i][j - 1])
                };
            }
        }
        let mut marked = vec![false; m];
        let (mut i, mut j) = (m, n);
        while i > 0 && j > 0 {
            if reference[i - 1] == prediction[j - 1] {
                marked[i - 1] = true;
                (i, j) = (i - 1, j - 1);
            } else if table[i][j - 1] > table[i - 1][j] {
                j -= 1;
            } else {
                i -= 1;
            }
        }
        marked
    }

    proptest! {
        #[test]
        fn the_walk_over_bits_is_the_walk_over_numbers(
            reference in prop::collection::vec(0_u32..5, 0..180),
            prediction in prop::collection::vec(0_u32..6, 0..180),
        ) {
            let mut buffers = UnionBuffers::default();
            buffers.marked.resize(reference.len(), false);
            mark(&reference, &prediction, 5, &mut buffers);
            // Token 5 is not a type, so it must not match; the table has to agree.
            prop_assert_eq!(&buffers.marked, &mark_by_table(&reference, &prediction));
        }
    }
}
