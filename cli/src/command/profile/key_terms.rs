//! The terms that a corpus is about, with the words that they go with.

use std::collections::BTreeMap;

use tomtat::builtin;
use tomtat::corpus::association::{AssociationMeasure, association};
use tomtat::corpus::contingency::Table;
use tomtat::corpus::keyness::{Counts, KeynessMeasure, keyness};
use tomtat::corpus::ngram::TermUnit;
use tomtat::text::key::TermHash;
use tomtat::weights::Background;

use super::count::Counted;

/// Key terms that are listed.
const TERMS: usize = 20;

/// Words to either side that count as going with a term.
pub(super) const WINDOW: usize = 4;

/// Words that go with one term, at most.
const COLLOCATES: usize = 8;

/// Documents from which on their number tells what a term is worth; below, a text is compared as a
/// whole.
const MANY: usize = 10;

/// A key term.
#[derive(Debug)]
pub(super) struct KeyTerm {
    /// Number of its type.
    pub(super) id: u32,
    pub(super) tf: u64,
    pub(super) df: u64,
    pub(super) score: f64,
    /// The words that go with it, best first.
    pub(super) collocates: Vec<Collocate>,
}

/// A word that goes with a key term.
#[derive(Debug)]
pub(super) struct Collocate {
    pub(super) id: u32,
    /// How often it stands near the term.
    pub(super) count: u64,
    pub(super) log_dice: f64,
}

/// Key terms with the name of the score that they were chosen by.
#[derive(Debug, Default)]
pub(super) struct KeyTerms {
    pub(super) terms: Vec<KeyTerm>,
    pub(super) measure: &'static str,
}

/// Finds the key terms of a corpus.
///
/// They are the terms that more of its documents hold than of news in general, by log-likelihood times
/// ln(tf / df): what a document is about it says more than once, a byline or a source once (S. Katz,
/// "Distribution of content words and phrases in text and language modelling", 1996). In fewer than
/// ten documents this tells little: there tf·idf with the idf of news ranks them.
pub(super) fn key_terms(counted: &Counted, unit: TermUnit, background: &Background) -> KeyTerms {
    let types = counted.keys.len();
    let mut tf = vec![0_u64; types];
    let (mut df, mut seen) = (vec![0_u64; types], vec![0; types]);
    let mut start = 0;
    for (document, &end) in counted.ends.iter().enumerate() {
        for &word in &counted.sequence[start..end] {
            let word = word as usize;
            tf[word] += 1;
            df[word] += u64::from(seen[word] <= document);
            seen[word] = document + 1;
        }
        start = end;
    }
    let many = counted.ends.len() >= MANY;
    let stop_words = builtin::stop_words();
    let is_content = |key: &str| {
        !stop_words.contains(key)
            && key.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !key.chars().any(char::is_numeric)
    };
    let score = |id: usize| {
        let hash = TermHash::of_key(&counted.keys[id]);
        let known = u64::from(match unit {
            TermUnit::Syllable => background.syllable_df(hash),
            _ => background.word_df(hash),
        });
        let news = u64::from(background.documents());
        if many {
            let counts = Counts::new(df[id], known, counted.documents, news)?;
            let score = keyness(KeynessMeasure::LogLikelihood, counts)?;
            let again = libm::log(tf[id] as f64 / df[id] as f64);
            (counts.is_positive() && again > 0.0).then_some(score * again)
        } else {
            Some(tf[id] as f64 * libm::log((news + 1) as f64 / (known + 1) as f64))
        }
    };
    let mut terms: Vec<KeyTerm> = (0..types)
        .filter(|&id| tf[id] > 1 && is_content(&counted.keys[id]))
        .filter_map(|id| {
            let (tf, df, score) = (tf[id], df[id], score(id)?);
            Some(KeyTerm { id: id as u32, tf, df, score, collocates: Vec::new() })
        })
        .collect();
    terms.sort_by(|a, b| {
        let key = |term: &KeyTerm| &counted.keys[term.id as usize];
        b.score.total_cmp(&a.score).then_with(|| key(a).cmp(key(b)))
    });
    terms.truncate(TERMS);
    add_collocates(&mut terms, counted, &tf, is_content);
    KeyTerms {
        terms,
        measure: if many {
            "keyness (log-likelihood of documents, times ln tf/df)"
        } else {
            "tf·idf"
        },
    }
}

/// Finds the words that go with the terms.
fn add_collocates(
    terms: &mut [KeyTerm],
    counted: &Counted,
    tf: &[u64],
    is_content: impl Fn(&str) -> bool,
) {
    let mut term_of = vec![usize::MAX; counted.keys.len()];
    terms.iter().enumerate().for_each(|(at, term)| term_of[term.id as usize] = at);
    let mut near: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); terms.len()];
    let text = &counted.sequence;
    for (at, &word) in text.iter().enumerate() {
        let term = term_of[word as usize];
        if term == usize::MAX {
            continue;
        }
        // Nothing reaches over the end of a sentence or a mark.
        let before = (0..WINDOW)
            .take_while(|back| at > *back && !counted.starts[at - back])
            .map(|back| text[at - back - 1]);
        let after = (at + 1..text.len())
            .take(WINDOW)
            .take_while(|&next| !counted.starts[next])
            .map(|next| text[next]);
        for other in before.chain(after).filter(|other| *other != word) {
            *near[term].entry(other).or_insert(0) += 1;
        }
    }
    let words = text.len() as u64;
    let least = if words < 20_000 { 2 } else { 5 };
    for (term, near) in terms.iter_mut().zip(near) {
        let log_dice = |id: u32, count: u64| {
            let (r1, c1) = (term.tf.max(count), tf[id as usize].max(count));
            association(AssociationMeasure::LogDice, &Table::from_margins(count, r1, c1, words)?)
        };
        let mut found: Vec<Collocate> = near
            .into_iter()
            .filter(|(id, count)| *count >= least && is_content(&counted.keys[*id as usize]))
            .filter_map(|(id, count)| Some(Collocate { id, count, log_dice: log_dice(id, count)? }))
            .collect();
        found.sort_by(|a, b| {
            let key = |word: &Collocate| &counted.keys[word.id as usize];
            b.log_dice.total_cmp(&a.log_dice).then_with(|| key(a).cmp(key(b)))
        });
        found.truncate(COLLOCATES);
        term.collocates = found;
    }
}
