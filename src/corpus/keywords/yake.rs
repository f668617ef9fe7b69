//! The features of YAKE: case, position, frequency, relatedness, spread over sentences.

use std::collections::BTreeSet;

use super::{Candidate, Text, Word};

pub(super) fn scores(text: &Text, candidates: &[Candidate]) -> Vec<f64> {
    let words = word_scores(text);
    candidates
        .iter()
        .map(|candidate| {
            // Equation 8, where small is good; its inverse. A stop word inside weighs nothing.
            let content = || {
                candidate.words.iter().map(|&w| w as usize).filter(|&w| text.words[w].is_content)
            };
            let product = content().fold(1.0, |product, w| product * words[w]);
            let sum = content().fold(0.0, |sum, w| sum + words[w]);
            candidate.positions.len() as f64 * (1.0 + sum) / product
        })
        .collect()
}

/// Equations 1 to 7: small is good.
fn word_scores(text: &Text) -> Vec<f64> {
    let content = || text.words.iter().filter(|word| word.is_content).map(Word::tf);
    let count = content().count().max(1) as f64;
    let mean = content().fold(0.0, |sum, tf| sum + tf) / count;
    let deviation =
        f64::sqrt(content().fold(0.0, |sum, tf| sum + (tf - mean) * (tf - mean)) / count);
    let most = text.words.iter().map(Word::tf).fold(1.0, f64::max);
    let relatedness = relatedness(text);
    text.words
        .iter()
        .zip(relatedness)
        .map(|(word, (left, right))| {
            let tf = word.tf();
            let case = f64::from(word.capitalized.max(word.acronyms)) / (1.0 + libm::log(tf));
            let position = libm::log(libm::log(3.0 + median(&word.sentences)));
            let frequency = tf / (mean + deviation);
            let related = 1.0 + (left + right) * tf / most;
            let mut distinct = word.sentences.clone();
            distinct.dedup();
            let spread = distinct.len() as f64 / text.sentences.len() as f64;
            related * position / (case + frequency / related + spread / related)
        })
        .collect()
}

/// The median of sorted numbers.
fn median(sorted: &[u32]) -> f64 {
    let half = sorted.len() / 2;
    match sorted {
        [] => 0.0,
        _ if sorted.len() % 2 == 1 => f64::from(sorted[half]),
        _ => f64::midpoint(f64::from(sorted[half - 1]), f64::from(sorted[half])),
    }
}

/// For each word, the share of different words among those just before it and just after it.
fn relatedness(text: &Text) -> Vec<(f64, f64)> {
    let mut seen = [BTreeSet::new(), BTreeSet::new()];
    let mut counts = vec![[0u32; 2]; text.words.len()];
    for sentence in &text.sentences {
        for pair in sentence.windows(2) {
            if let [Some(a), Some(b)] = *pair {
                seen[0].insert((b, a));
                seen[1].insert((a, b));
                counts[b as usize][0] += 1;
                counts[a as usize][1] += 1;
            }
        }
    }
    let mut distinct = vec![[0u32; 2]; text.words.len()];
    for (side, seen) in seen.iter().enumerate() {
        seen.iter().for_each(|&(word, _)| distinct[word as usize][side] += 1);
    }
    let share = |distinct: u32, all: u32| f64::from(distinct) / f64::from(all.max(1));
    distinct.iter().zip(counts).map(|(d, c)| (share(d[0], c[0]), share(d[1], c[1]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_by_hand() {
        let word = |key: &str, sentences: &[u32], capitalized| Word {
            key: key.into(),
            is_content: true,
            sentences: sentences.to_vec(),
            capitalized,
            acronyms: 0,
        };
        // Sentences: `a b`, `a c`. tf: a 2, b 1, c 1; mean 4/3, deviation √(2/9).
        let text = Text {
            words: vec![word("a", &[0, 1], 2), word("b", &[0], 0), word("c", &[1], 0)],
            sentences: vec![vec![Some(0), Some(1)], vec![Some(0), Some(2)]],
        };
        let scores = word_scores(&text);
        let (mean, deviation) = (4.0 / 3.0, (2.0f64 / 9.0).sqrt());
        // a: two different words of two to the right; median sentence 0.5.
        let related = 2.0;
        let position = 3.5f64.ln().ln();
        let case = 2.0 / (1.0 + 2f64.ln());
        let expected =
            related * position / (case + 2.0 / (mean + deviation) / related + 1.0 / related);
        assert!((scores[0] - expected).abs() < 1e-12, "{scores:?}");
        // b: one of one to the left, tf / most = 1/2.
        let related = 1.5;
        let expected =
            related * 3f64.ln().ln() / (1.0 / (mean + deviation) / related + 0.5 / related);
        assert!((scores[1] - expected).abs() < 1e-12, "{scores:?}");
    }
}
