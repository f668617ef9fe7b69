//! C-value of a candidate times the mean idf of its words.

use rustc_hash::FxHashMap;

use super::{Candidate, Text};
use crate::text::key::TermHash;
use crate::weights::background::Background;

pub(super) fn scores(text: &Text, candidates: &[Candidate], background: &Background) -> Vec<f64> {
    let idf: Vec<f64> =
        text.words.iter().map(|w| background.word_idf(TermHash::of_key(&w.key))).collect();
    c_values(candidates)
        .iter()
        .zip(candidates)
        .map(|(c_value, candidate)| {
            let sum = candidate.words.iter().fold(0.0, |sum, &w| sum + idf[w as usize]);
            c_value * sum / candidate.words.len() as f64
        })
        .collect()
}

/// Frantzi et al. 2000, equation 2.
fn c_values(candidates: &[Candidate]) -> Vec<f64> {
    let ids: FxHashMap<&[u32], usize> =
        candidates.iter().enumerate().map(|(i, c)| (&c.words[..], i)).collect();
    // For each candidate: the frequencies of the longer ones around it, and how many these are.
    let mut around = vec![(0usize, 0usize); candidates.len()];
    for candidate in candidates {
        let words = &candidate.words;
        let mut inside: Vec<usize> = (1..words.len())
            .flat_map(|length| words.windows(length))
            .filter_map(|part| ids.get(part).copied())
            .collect();
        inside.sort_unstable();
        inside.dedup();
        for id in inside {
            around[id].0 += candidate.positions.len();
            around[id].1 += 1;
        }
    }
    candidates
        .iter()
        .zip(around)
        .map(|(candidate, (sum, count))| {
            let nested = if count > 0 { sum as f64 / count as f64 } else { 0.0 };
            let f = candidate.positions.len() as f64;
            libm::log2(candidate.words.len() as f64 + 1.0) * (f - nested)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_value_by_hand() {
        let candidate = |words: &[u32], f: usize| Candidate {
            words: words.to_vec(),
            positions: vec![0..0; f],
            items: Vec::new(),
            in_title: false,
            is_name: false,
        };
        // `a b` six times, of these three within `a b c` and two within `d a b`.
        let found =
            c_values(&[candidate(&[1, 2], 6), candidate(&[1, 2, 3], 3), candidate(&[4, 1, 2], 2)]);
        assert!((found[0] - 3f64.log2() * (6.0 - 2.5)).abs() < 1e-12);
        assert!((found[1] - 2.0 * 3.0).abs() < 1e-12);
    }
}
