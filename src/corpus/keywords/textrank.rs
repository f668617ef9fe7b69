//! TextRank over words that stand close together.

use std::collections::BTreeMap;

use super::candidate::{BOUNDARY, Candidates, Text};

/// How far apart two words may stand to be linked, boundary to boundary in one sentence.
const WINDOW: usize = 2;
const DAMPING: f64 = 0.85;
const ROUNDS: usize = 100;
const PRECISION: f64 = 1e-9;

pub(super) fn scores(text: &Text, candidates: &Candidates) -> Vec<f64> {
    let ranks = ranks(text);
    let sum = |words: &[u32]| words.iter().fold(0.0, |sum, &w| sum + ranks[w as usize]);
    candidates.list.iter().map(|candidate| sum(text.words_of(candidate))).collect()
}

/// Ranks of all words; 0 for those that are no content.
fn ranks(text: &Text) -> Vec<f64> {
    let mut links: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    for sentence in text.sentences() {
        for (at, &a) in sentence.iter().enumerate().filter(|(_, id)| **id != BOUNDARY) {
            for &b in sentence.iter().skip(at + 1).take(WINDOW).take_while(|id| **id != BOUNDARY) {
                let content = |w: u32| text.words[w as usize].is_content;
                if a != b && content(a) && content(b) {
                    *links.entry((a.min(b), a.max(b))).or_insert(0.0) += 1.0;
                }
            }
        }
    }
    let size = text.words.iter().filter(|word| word.is_content).count().max(1) as f64;
    let mut strength = vec![0.0; text.words.len()];
    for (&(a, b), weight) in &links {
        strength[a as usize] += weight;
        strength[b as usize] += weight;
    }
    let start = |content: bool| if content { 1.0 / size } else { 0.0 };
    let mut ranks: Vec<f64> = text.words.iter().map(|w| start(w.is_content)).collect();
    for _ in 0..ROUNDS {
        // The rank of words without links is shared by all.
        let lost =
            ranks.iter().zip(&strength).filter(|(_, s)| **s == 0.0).fold(0.0, |l, (r, _)| l + r);
        let base = (1.0 - DAMPING + DAMPING * lost) / size;
        let mut next: Vec<f64> =
            text.words.iter().map(|w| if w.is_content { base } else { 0.0 }).collect();
        for (&(a, b), weight) in &links {
            let (a, b) = (a as usize, b as usize);
            next[a] += DAMPING * weight / strength[b] * ranks[b];
            next[b] += DAMPING * weight / strength[a] * ranks[a];
        }
        let change = ranks.iter().zip(&next).fold(0.0, |sum, (a, b)| sum + (a - b).abs());
        ranks = next;
        if change < PRECISION {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Word;
    use super::*;

    #[test]
    fn a_star_has_the_ranks_that_its_equations_give() {
        // Word 0 beside 1, 2 and 3, each alone: r0 = .15/4 + .85 · 3 r1, r1 = .15/4 + .85 r0 / 3.
        let text = Text {
            words: vec![Word { is_content: true, ..Word::default() }; 4],
            ids: vec![0, 1, 0, 2, BOUNDARY, 3, 3, 0],
            ends: vec![2, 6, 8],
            ..Text::default()
        };
        let ranks = ranks(&text);
        let r0 = (0.0375 + 0.85 * 3.0 * 0.0375) / (1.0 - 0.85 * 0.85);
        assert!((ranks[0] - r0).abs() < 1e-6, "{ranks:?}");
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    }
}
