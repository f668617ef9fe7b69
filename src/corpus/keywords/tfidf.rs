//! C-value of a candidate times the mean idf of its words.

use rustc_hash::FxHashMap;

use super::candidate::{Candidates, Text};
use crate::weights::background::Background;

pub(super) fn scores(text: &Text, candidates: &Candidates, background: &Background) -> Vec<f64> {
    let idf: Vec<f64> = text.words.iter().map(|w| background.word_idf(w.hash)).collect();
    let runs: Vec<(&[u32], u32)> =
        candidates.list.iter().map(|c| (text.words_of(c), c.tf)).collect();
    c_values(&runs)
        .iter()
        .zip(&runs)
        .map(|(c_value, (words, _))| {
            let sum = words.iter().fold(0.0, |sum, &w| sum + idf[w as usize]);
            c_value * sum / words.len() as f64
        })
        .collect()
}

/// Frantzi et al. 2000, equation 2, of runs of words with their frequencies.
fn c_values(candidates: &[(&[u32], u32)]) -> Vec<f64> {
    let ids: FxHashMap<&[u32], usize> =
        candidates.iter().enumerate().map(|(i, c)| (c.0, i)).collect();
    // For each candidate: the frequencies of the longer ones around it, and how many these are.
    let mut around = vec![(0u32, 0u32); candidates.len()];
    for &(words, tf) in candidates {
        let mut inside: Vec<usize> = (1..words.len())
            .flat_map(|length| words.windows(length))
            .filter_map(|part| ids.get(part).copied())
            .collect();
        inside.sort_unstable();
        inside.dedup();
        for id in inside {
            around[id].0 += tf;
            around[id].1 += 1;
        }
    }
    candidates
        .iter()
        .zip(around)
        .map(|(&(words, tf), (sum, count))| {
            let nested = if count > 0 { f64::from(sum) / f64::from(count) } else { 0.0 };
            libm::log2(words.len() as f64 + 1.0) * (f64::from(tf) - nested)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_value_by_hand() {
        // `a b` six times, of these three within `a b c` and two within `d a b`.
        let found = c_values(&[(&[1, 2], 6), (&[1, 2, 3], 3), (&[4, 1, 2], 2)]);
        assert!((found[0] - 3f64.log2() * (6.0 - 2.5)).abs() < 1e-12);
        assert!((found[1] - 2.0 * 3.0).abs() < 1e-12);
    }
}
