//! ROUGE-N: shared n-grams.
//!
//! An n-gram of the reference gets a number from the number of its first n − 1 tokens and its
//! last token, so that each order costs one table look-up a position and the numbers of order n
//! serve for order n + 1.

use super::pair::ABSENT;

/// Numbers of pairs of numbers.
#[derive(Debug, Default)]
struct PairTable {
    slots: Vec<(u64, u32)>,
}

const FREE: u64 = u64::MAX;

impl PairTable {
    /// Empties the table and makes room for `len` pairs.
    fn reset(&mut self, len: usize) {
        let size = (len * 2).next_power_of_two().max(16);
        self.slots.clear();
        self.slots.resize(size, (FREE, 0));
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (mixed ^ (mixed >> 32)) as usize & mask;
        while self.slots[slot].0 != key && self.slots[slot].0 != FREE {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// The n-grams of one order in a reference.
#[derive(Debug, Default)]
struct Order {
    table: PairTable,
    /// Occurrences in the reference by number.
    counts: Vec<u32>,
    /// Number of the n-gram that begins at each position of the reference.
    at: Vec<u32>,
}

/// The n-grams of a reference up to some order, and buffers for a prediction.
#[derive(Debug, Default)]
pub(crate) struct NgramCounts {
    /// Orders 2, 3, …
    orders: Vec<Order>,
    used: usize,
    left: Vec<u32>,
    current: Vec<u32>,
}

impl NgramCounts {
    /// Counts the n-grams of `reference` (local numbers) up to `max_n`.
    pub(crate) fn set_reference(&mut self, reference: &[u32], max_n: usize) {
        self.used = max_n.saturating_sub(1);
        if self.orders.len() < self.used {
            self.orders.resize_with(self.used, Order::default);
        }
        for k in 0..self.used {
            let (done, rest) = self.orders.split_at_mut(k);
            let previous = done.last().map_or(reference, |order| &order.at);
            let order = &mut rest[0];
            order.counts.clear();
            order.at.clear();
            // The n-gram of order k + 2 at i ends at i + k + 1.
            let last = reference.get(k + 1..).unwrap_or_default();
            order.table.reset(last.len());
            for (prefix, token) in previous.iter().zip(last) {
                let key = u64::from(*prefix) << 32 | u64::from(*token);
                let slot = order.table.slot(key);
                let entry = &mut order.table.slots[slot];
                if entry.0 == FREE {
                    *entry = (key, order.counts.len() as u32);
                    order.counts.push(0);
                }
                let number = entry.1;
                order.counts[number as usize] += 1;
                order.at.push(number);
            }
        }
    }

    /// Writes to `hits[n - 1]` how many n-grams `prediction` shares with the reference, each
    /// counted as often as it is in both.
    pub(crate) fn overlaps(&mut self, prediction: &[u32], counts: &[u32], hits: &mut Vec<u64>) {
        hits.clear();
        hits.push(clipped(&mut self.left, counts, prediction));
        self.current.clear();
        self.current.extend_from_slice(prediction);
        for (k, order) in self.orders[..self.used].iter().enumerate() {
            let last = prediction.get(k + 1..).unwrap_or_default();
            self.current.truncate(last.len());
            for (prefix, token) in self.current.iter_mut().zip(last) {
                *prefix = if *prefix == ABSENT || *token == ABSENT {
                    ABSENT
                } else {
                    let key = u64::from(*prefix) << 32 | u64::from(*token);
                    let entry = order.table.slots[order.table.slot(key)];
                    if entry.0 == FREE { ABSENT } else { entry.1 }
                };
            }
            hits.push(clipped(&mut self.left, &order.counts, &self.current));
        }
    }
}

/// Counts the members of `prediction` that find an unused member of the reference.
#[inline]
fn clipped(left: &mut Vec<u32>, counts: &[u32], prediction: &[u32]) -> u64 {
    left.clear();
    left.extend_from_slice(counts);
    let mut hits = 0;
    for number in prediction {
        if let Some(count) = left.get_mut(*number as usize) {
            let hit = u32::from(*count > 0);
            *count -= hit;
            hits += u64::from(hit);
        }
    }
    hits
}

/// Returns how many n-grams a text of `len` tokens has.
pub(crate) fn ngram_total(len: usize, n: usize) -> u64 {
    (len + 1).saturating_sub(n) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn plain(reference: &[u32], prediction: &[u32], n: usize) -> u64 {
        let count = |tokens: &[u32]| {
            let mut counts = BTreeMap::<Vec<u32>, u64>::new();
            for gram in tokens.windows(n) {
                *counts.entry(gram.to_vec()).or_default() += 1;
            }
            counts
        };
        let (a, b) = (count(reference), count(prediction));
        a.iter().map(|(gram, n)| *n.min(b.get(gram).unwrap_or(&0))).sum()
    }

    proptest! {
        #[test]
        fn counts_agree_with_maps_of_ngrams(
            reference in prop::collection::vec(0_u32..6, 0..40),
            prediction in prop::collection::vec(0_u32..8, 0..40),
        ) {
            // Local numbers: everything the reference does not have is absent.
            let prediction: Vec<u32> = prediction
                .into_iter()
                .map(|t| if reference.contains(&t) { t } else { ABSENT })
                .collect();
            let mut counts = vec![0; 6];
            for t in &reference {
                counts[*t as usize] += 1;
            }
            let (mut ngrams, mut hits) = (NgramCounts::default(), Vec::new());
            ngrams.set_reference(&reference, 4);
            ngrams.overlaps(&prediction, &counts, &mut hits);
            for n in 1..=4 {
                prop_assert_eq!(hits[n - 1], plain(&reference, &prediction, n), "n = {}", n);
            }
        }
    }
}
