//! Scores of an extracted text against the gold text of its page.

use std::collections::HashMap;

use tomtat::page::Role;

use crate::page::Page;

/// How often each word occurs.
struct Bag(HashMap<String, usize>);

impl Bag {
    fn of(text: &str) -> Self {
        let mut counts = HashMap::new();
        for word in words(text) {
            *counts.entry(word).or_default() += 1;
        }
        Self(counts)
    }

    fn len(&self) -> usize {
        self.0.values().sum()
    }

    fn count(&self, word: &str) -> usize {
        self.0.get(word).copied().unwrap_or_default()
    }

    /// Words that both have, as often as both have them.
    fn shared(&self, other: &Self) -> usize {
        self.0.iter().map(|(word, &count)| count.min(other.count(word))).sum()
    }

    /// What is left after taking away the words of another.
    fn without(&self, other: &Self) -> Self {
        let rest = self.0.iter().filter_map(|(word, &count)| {
            let rest = count.saturating_sub(other.count(word));
            (rest > 0).then(|| (word.clone(), rest))
        });
        Self(rest.collect())
    }
}

/// The words of a text: runs of letters and digits. A capital after a small letter
/// begins a new word, for pieces that markup alone held apart (`An GiangSau`).
fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || was_lower && c.is_uppercase() {
            out.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if c.is_alphanumeric() {
            word.push(c);
        }
        was_lower = c.is_lowercase();
    }
    out.extend((!word.is_empty()).then_some(word));
    out
}

/// Precision, recall and F1 of words, counted as multisets.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    /// F1 where the other parts of the article (title, captions, bylines ...) are
    /// no noise: what an extractor that knows no roles could reach.
    pub mild_f1: f64,
}

/// Whether the words of a role are wanted.
pub fn is_gold(role: Role) -> bool {
    matches!(role, Role::Sapo | Role::Body | Role::Heading)
}

/// Whether the words of a role belong to the article, though they are not its text.
fn is_tolerated(role: Role) -> bool {
    matches!(
        role,
        Role::Title
            | Role::Dateline
            | Role::Caption
            | Role::PullQuote
            | Role::Byline
            | Role::Source
    )
}

impl Score {
    /// Scores a text that was extracted from a page.
    pub fn of(page: &Page, text: &str) -> Self {
        let gold = Bag::of(&page.text(is_gold));
        let tolerated = Bag::of(&page.text(is_tolerated));
        let found = Bag::of(text);
        let shared = found.shared(&gold);
        let noise = found.without(&gold);
        let tolerated = noise.shared(&tolerated);
        let precision = ratio(shared, found.len());
        let recall = ratio(shared, gold.len());
        let mild = ratio(shared, found.len() - tolerated);
        Self { precision, recall, f1: harmonic(precision, recall), mild_f1: harmonic(mild, recall) }
    }

    /// The mean of scores.
    pub fn mean(scores: &[Self]) -> Self {
        let mean = |part: fn(&Self) -> f64| {
            scores.iter().map(part).sum::<f64>() / scores.len().max(1) as f64
        };
        Self {
            precision: mean(|score| score.precision),
            recall: mean(|score| score.recall),
            f1: mean(|score| score.f1),
            mild_f1: mean(|score| score.mild_f1),
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// The words of a text in one line, to look a part up in it.
pub fn line(text: &str) -> String {
    format!(" {} ", words(text).join(" "))
}
