//! ROUGE-1, ROUGE-2 and ROUGE-L of 22,000 pairs of 40 against 60 syllables, on one core.
//!
//! Beside it stands the plain way: strings in hash maps and a quadratic table. Both must give the
//! same sum of scores, or the bench fails. `cargo bench --bench rouge`; `-- --test` runs it once.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::HashMap;

mod common;

use common::{Contender, compare};
use tomtat::eval::{Random, Rouge, Score, Tokenizer};

const PAIRS: usize = 22_000;

/// Syllables with falling frequency, as in a text: number k is drawn about 1 / k as often.
fn text(random: &mut Random, syllables: &[String], len: usize) -> String {
    let mut words = Vec::with_capacity(len);
    for _ in 0..len {
        let exponent = random.unit();
        let k = (syllables.len() as f64).powf(exponent) as usize - 1;
        words.push(syllables[k.min(syllables.len() - 1)].as_str());
    }
    words.join(" ")
}

fn corpus() -> Vec<(String, String)> {
    let mut syllables: Vec<String> = tomtat::text::syllable::all()
        .map(|syllable| syllable.spell(tomtat::text::syllable::ToneStyle::Old))
        .collect();
    let mut random = Random::new(1);
    for i in (1..syllables.len()).rev() {
        syllables.swap(i, random.below(i as u64 + 1) as usize);
    }
    // About as many as are in use in news.
    syllables.truncate(6500);
    (0..PAIRS)
        .map(|_| (text(&mut random, &syllables, 60), text(&mut random, &syllables, 40)))
        .collect()
}

mod plain {
    use super::{HashMap, Score};

    fn ngrams(tokens: &[String], n: usize) -> HashMap<&[String], u64> {
        let mut counts = HashMap::new();
        for gram in tokens.windows(n) {
            *counts.entry(gram).or_default() += 1;
        }
        counts
    }

    fn rouge_n(p: &[String], r: &[String], n: usize) -> Score {
        let (p_counts, r_counts) = (ngrams(p, n), ngrams(r, n));
        let overlap: u64 =
            p_counts.iter().map(|(gram, count)| *count.min(r_counts.get(gram).unwrap_or(&0))).sum();
        let total = |len: usize| (len + 1).saturating_sub(n) as u64;
        Score::from_counts(overlap, total(p.len()), total(r.len()), 1.0)
    }

    fn rouge_l(p: &[String], r: &[String]) -> Score {
        let mut table = vec![vec![0_u64; r.len() + 1]; p.len() + 1];
        for i in 1..=p.len() {
            for j in 1..=r.len() {
                table[i][j] = if p[i - 1] == r[j - 1] {
                    table[i - 1][j - 1] + 1
                } else {
                    table[i - 1][j].max(table[i][j - 1])
                };
            }
        }
        Score::from_counts(table[p.len()][r.len()], p.len() as u64, r.len() as u64, 1.0)
    }

    pub(crate) fn score(p: &[String], r: &[String]) -> [Score; 3] {
        [rouge_n(p, r, 1), rouge_n(p, r, 2), rouge_l(p, r)]
    }
}

fn sum<'a>(scores: impl IntoIterator<Item = &'a Score>) -> f64 {
    scores.into_iter().fold(0.0, |sum, score| sum + score.f_measure)
}

fn main() {
    let corpus = corpus();
    let tokenizer = Tokenizer::syllables();
    let tokens: Vec<(Vec<String>, Vec<String>)> =
        corpus.iter().map(|(p, r)| (tokenizer.tokens(p), tokenizer.tokens(r))).collect();
    let plain = || tokens.iter().fold(0.0, |total, (p, r)| total + sum(&plain::score(p, r)));
    let expected = plain();
    let rouge = Rouge::default();
    let mut scratch = rouge.scratch();
    let ours = || {
        let total = corpus
            .iter()
            .fold(0.0, |total, (p, r)| total + sum(rouge.score(p, &[r], &mut scratch)));
        assert!((total - expected).abs() < 1e-6, "{total} is not {expected}");
        total as u64
    };
    let mut contenders = [
        Contender::new("plain maps and table, cut beforehand", || plain() as u64),
        Contender::new("tomtat from text", ours),
    ];
    compare("ROUGE-1, -2 and -L, 60 against 40 syllables", "pairs", PAIRS as f64, &mut contenders);
}
