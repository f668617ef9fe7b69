//! The features of YAKE: case, position, frequency, relatedness, spread over sentences.

use std::collections::BTreeSet;

use super::candidate::{BOUNDARY, Candidates, Text};

pub(super) fn scores(text: &Text, candidates: &Candidates) -> Vec<f64> {
    let words = word_scores(text);
    candidates
        .list
        .iter()
        .map(|candidate| {
            // Equation 8, where small is good; its inverse. A stop word inside weighs nothing.
            let content = || {
                let words = text.words_of(candidate).iter().map(|&w| w as usize);
                words.filter(|&w| text.words[w].is_content)
            };
            let product = content().fold(1.0, |product, w| product * words[w]);
            let sum = content().fold(0.0, |sum, w| sum + words[w]);
            f64::from(candidate.tf) * (1.0 + sum) / product
        })
        .collect()
}

/// Equations 1 to 7: small is good.
fn word_scores(text: &Text) -> Vec<f64> {
    let content = || text.words.iter().filter(|word| word.is_content).map(|w| f64::from(w.tf));
    let count = content().count().max(1) as f64;
    let mean = content().fold(0.0, |sum, tf| sum + tf) / count;
    let deviation =
        f64::sqrt(content().fold(0.0, |sum, tf| sum + (tf - mean) * (tf - mean)) / count);
    let most = text.words.iter().map(|word| f64::from(word.tf)).fold(1.0, f64::max);
    let relatedness = relatedness(text);
    text.words
        .iter()
        .zip(relatedness)
        .zip(sentences_of_words(text))
        .map(|((word, (left, right)), sentences)| {
            let tf = f64::from(word.tf);
            let case = f64::from(word.capitalized.max(word.acronyms)) / (1.0 + libm::log(tf));
            let position = libm::log(libm::log(3.0 + median(&sentences)));
            let frequency = tf / (mean + deviation);
            let related = 1.0 + (left + right) * tf / most;
            let spread = sentences.len() as f64 / text.ends.len() as f64;
            related * position / (case + frequency / related + spread / related)
        })
        .collect()
}

/// For each word, the numbers of the sentences that it occurs in, each once: equations 3 and 6 are
/// about sentences, not occurrences.
fn sentences_of_words(text: &Text) -> Vec<Vec<u32>> {
    let mut sentences = vec![Vec::new(); text.words.len()];
    for (number, ids) in (0..).zip(text.sentences()) {
        for &id in ids.iter().filter(|id| **id != BOUNDARY) {
            let list: &mut Vec<u32> = &mut sentences[id as usize];
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    sentences
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
    for sentence in text.sentences() {
        for pair in sentence.windows(2) {
            if let [a, b] = *pair
                && a != BOUNDARY
                && b != BOUNDARY
            {
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
    use super::super::candidate::Word;
    use super::*;

    #[test]
    fn features_by_hand() {
        let word = |tf, capitalized| Word { is_content: true, tf, capitalized, ..Word::default() };
        // Sentences: `a b`, `a c`. tf: a 2, b 1, c 1; mean 4/3, deviation √(2/9).
        let text = Text {
            words: vec![word(2, 2), word(1, 0), word(1, 0)],
            ids: vec![0, 1, 0, 2],
            ends: vec![2, 4],
            ..Text::default()
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

    #[test]
    fn the_median_is_over_sentences_not_occurrences() {
        let text = Text {
            words: vec![Word { is_content: true, tf: 4, ..Word::default() }],
            ids: vec![0, 0, 0, 0],
            ends: vec![3, 4],
            ..Text::default()
        };
        assert_eq!(sentences_of_words(&text), [[0, 1]]);
        assert!((median(&sentences_of_words(&text)[0]) - 0.5).abs() < 1e-12);
    }
}
