//! ROUGE-S and ROUGE-SU: shared pairs of tokens in order.
//!
//! # References
//!
//! C.-Y. Lin (2004), section 5, equations 16–18, and section 6 for single tokens (SU).

use super::pair::{ABSENT, Pair};

/// Buffers that are reused from pair to pair.
#[derive(Debug, Default)]
pub(crate) struct SkipBuffers {
    /// Positions of each local number in the reference, and in the prediction.
    reference: Positions,
    prediction: Positions,
    /// How often each second token follows the current first one in the reference.
    followers: Vec<u32>,
}

/// Positions of tokens, grouped by token.
#[derive(Debug, Default)]
struct Positions {
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Positions {
    fn set(&mut self, tokens: &[u32], types: usize) {
        self.starts.clear();
        self.starts.resize(types + 1, 0);
        for token in tokens.iter().filter(|t| **t != ABSENT) {
            self.starts[*token as usize + 1] += 1;
        }
        for t in 0..types {
            self.starts[t + 1] += self.starts[t];
        }
        self.positions.clear();
        self.positions.resize(self.starts[types] as usize, 0);
        // Each start moves to the end of its group, which is the start of the next.
        for (i, token) in tokens.iter().enumerate().filter(|(_, t)| **t != ABSENT) {
            let next = &mut self.starts[*token as usize];
            self.positions[*next as usize] = i as u32;
            *next += 1;
        }
        self.starts.rotate_right(1);
        self.starts[0] = 0;
    }

    fn of(&self, token: usize) -> &[u32] {
        &self.positions[self.starts[token] as usize..self.starts[token + 1] as usize]
    }
}

/// The tokens that a first token at `i` may be paired with.
fn window(tokens: &[u32], i: u32, gap: Option<u16>) -> &[u32] {
    let start = i as usize + 1;
    let end = gap.map_or(tokens.len(), |gap| (start + usize::from(gap) + 1).min(tokens.len()));
    &tokens[start..end]
}

/// Returns how many pairs with at most `gap` tokens between prediction and reference share,
/// each counted as often as it is in both.
///
/// Takes time in length times gap and memory in the length.
pub(crate) fn overlap(pair: &Pair, gap: Option<u16>, buffers: &mut SkipBuffers) -> u64 {
    let types = pair.type_count();
    let SkipBuffers { reference, prediction, followers } = buffers;
    reference.set(&pair.reference, types);
    prediction.set(&pair.prediction, types);
    followers.clear();
    followers.resize(types, 0);
    let mut hits = 0;
    for first in (0..types).filter(|first| !prediction.of(*first).is_empty()) {
        for i in reference.of(first) {
            for second in window(&pair.reference, *i, gap) {
                followers[*second as usize] += 1;
            }
        }
        for i in prediction.of(first) {
            for second in window(&pair.prediction, *i, gap) {
                if let Some(count) = followers.get_mut(*second as usize)
                    && *count > 0
                {
                    *count -= 1;
                    hits += 1;
                }
            }
        }
        for i in reference.of(first) {
            for second in window(&pair.reference, *i, gap) {
                followers[*second as usize] = 0;
            }
        }
    }
    hits
}

/// Returns how many single tokens both texts share if the last of each is left out, which is what
/// ROUGE-1.5.5 counts for ROUGE-SU.
pub(crate) fn unigrams_but_last(pair: &Pair) -> u64 {
    let (Some((_, p)), Some((last, _))) =
        (pair.prediction.split_last(), pair.reference.split_last())
    else {
        return 0;
    };
    let mut left = pair.reference_counts.clone();
    left[*last as usize] -= 1;
    let mut hits = 0;
    for token in p {
        if let Some(count) = left.get_mut(*token as usize)
            && *count > 0
        {
            *count -= 1;
            hits += 1;
        }
    }
    hits
}

/// Returns how many pairs with at most `gap` tokens between a text of `len` tokens has.
pub(crate) fn total(len: usize, gap: Option<u16>) -> u64 {
    let n = len as u64;
    let Some(gap) = gap else { return n * n.saturating_sub(1) / 2 };
    let width = u64::from(gap) + 1;
    if n <= width {
        n * n.saturating_sub(1) / 2
    } else {
        // The last `width` tokens have fewer than `width` successors.
        (n - width) * width + width * (width - 1) / 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::tokenize::TokenSequence;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn pairs(tokens: &[u32], gap: Option<u16>) -> BTreeMap<(u32, u32), u64> {
        let mut counts = BTreeMap::new();
        for (i, a) in tokens.iter().enumerate() {
            for (j, b) in tokens.iter().enumerate().skip(i + 1) {
                if gap.is_none_or(|gap| j - i - 1 <= usize::from(gap)) {
                    *counts.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        counts
    }

    fn sequence(ids: &[u32]) -> TokenSequence {
        TokenSequence { ids: ids.to_vec(), sentence_ends: vec![ids.len() as u32] }
    }

    proptest! {
        #[test]
        fn overlap_and_total_agree_with_maps_of_pairs(
            reference in prop::collection::vec(0_u32..6, 0..30),
            prediction in prop::collection::vec(0_u32..8, 0..30),
            gap in prop::option::of(0_u16..6),
        ) {
            let mut pair = Pair::default();
            pair.set_reference(&sequence(&reference), 8);
            pair.set_prediction(&sequence(&prediction));
            let (r, p) = (pairs(&reference, gap), pairs(&prediction, gap));
            let expected: u64 = r.iter().map(|(k, n)| *n.min(p.get(k).unwrap_or(&0))).sum();
            prop_assert_eq!(overlap(&pair, gap, &mut SkipBuffers::default()), expected);
            prop_assert_eq!(total(reference.len(), gap), r.values().sum::<u64>());
        }
    }
}
