//! What the trained ranker knows of a candidate.
//!
//! The features are those of KEA (Frank et al. 1999) and Maui (Medelyan et al. 2009): tf, idf, first
//! occurrence, spread, keyphraseness, length; and others that news gives: title, lead, capitals, the
//! chance that a word begins or ends a tag, and how a candidate stands to longer and shorter ones.

use super::candidate::{BOUNDARY, Candidate, Candidates, Text};
use super::model::{FEATURES, Memory};
use crate::document::Document;
use crate::rank::trained::forest::Columns;
use crate::token::TokenKind;
use crate::weights::background::Background;

/// Added to a count of articles, so that a share of few is small.
const PRIOR: f32 = 2.0;

/// What candidates are compared by, each within its article.
#[derive(Debug, Default)]
struct Compared {
    /// Keyphraseness: articles with the tag by articles with the string.
    keyphraseness: Vec<f32>,
    /// The same times ln(1 + tf), half as much again in title or lead.
    weighted: Vec<f32>,
    tf_idf: Vec<f32>,
    /// Of the candidates with one word more: the highest tf, the highest keyphraseness.
    longer_tf: Vec<u32>,
    longer_keyphraseness: Vec<f32>,
}

/// Ranks of the values from 0 for the highest to 1; equal values have equal ranks.
fn ranks(values: &[f32]) -> Vec<f32> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let size = values.len().max(1) as f32;
    let above = |value: f32| sorted.len() - sorted.partition_point(|&other| other <= value);
    values.iter().map(|&value| above(value) as f32 / size).collect()
}

fn ln1p(count: u32) -> f32 {
    libm::log1pf(count as f32)
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / (whole as f32 + PRIOR)
}

fn compare(text: &Text, candidates: &[Candidate], idf: &[f32]) -> Compared {
    let mut compared = Compared {
        longer_tf: vec![0; candidates.len()],
        longer_keyphraseness: vec![0.0; candidates.len()],
        ..Compared::default()
    };
    for candidate in candidates {
        let keyphraseness = candidate.known.map_or(0.0, |[t, s]| share(t, s));
        let place = if candidate.in_title || candidate.in_lead { 1.5 } else { 1.0 };
        compared.keyphraseness.push(keyphraseness);
        compared.weighted.push(keyphraseness * ln1p(candidate.tf) * place);
        let words = text.words_of(candidate);
        let sum = words.iter().fold(0.0, |sum, &word| sum + idf_of(idf, word));
        compared.tf_idf.push(candidate.tf as f32 * sum * place);
        for part in candidate.parts.into_iter().filter(|part| *part != BOUNDARY) {
            let part = part as usize;
            compared.longer_tf[part] = compared.longer_tf[part].max(candidate.tf);
            compared.longer_keyphraseness[part] =
                compared.longer_keyphraseness[part].max(keyphraseness);
        }
    }
    compared
}

fn idf_of(idf: &[f32], word: u32) -> f32 {
    idf.get(word as usize).copied().unwrap_or(0.0)
}

/// Computes the features of all candidates.
pub(crate) fn features(
    document: &Document,
    text: &Text,
    candidates: &Candidates,
    memory: Memory<'_>,
    background: &Background,
    columns: &mut Columns,
) {
    let list = &candidates.list;
    columns.clear(list.len(), FEATURES);
    let idf: Vec<f32> = text.words.iter().map(|w| background.word_idf(w.hash) as f32).collect();
    let counts: Vec<[u32; 4]> = text.words.iter().map(|w| memory.word(w.hash)).collect();
    let compared = compare(text, list, &idf);
    let [weighted_ranks, tf_idf_ranks] = [&compared.weighted, &compared.tf_idf].map(|v| ranks(v));
    let most = list.iter().map(|c| c.tf).max().unwrap_or(1);
    let size = text.items.len().max(1) as f32;
    let mut rows = [[0.0; FEATURES]; 4];
    for (row, candidate) in list.iter().enumerate() {
        let place = places(candidate, size, most);
        let shape = shape(document, text, candidate);
        let words = words(text, candidate, &counts, &idf);
        let [tagged, seen] = candidate.known.unwrap_or_default();
        let part = |at: usize| list.get(candidate.parts[at] as usize);
        let part_tf = |at: usize| part(at).map_or(0.0, |p| candidate.tf as f32 / p.tf as f32);
        let part_keyphraseness = |at: usize| {
            compared.keyphraseness.get(candidate.parts[at] as usize).copied().unwrap_or(0.0)
        };
        let known = [
            compared.keyphraseness[row],
            ln1p(tagged),
            ln1p(seen),
            compared.weighted[row],
            weighted_ranks[row],
            tf_idf_ranks[row],
            background.word_idf(candidate.hash) as f32,
            compared.longer_tf[row] as f32 / candidate.tf as f32,
            compared.longer_keyphraseness[row],
            part_tf(0),
            part_tf(1),
            part_keyphraseness(0).max(part_keyphraseness(1)),
        ];
        let all = known.iter().chain(&place).chain(&shape).chain(&words);
        rows[row % 4].iter_mut().zip(all).for_each(|(feature, &value)| *feature = value);
        if row % 4 == 3 || row + 1 == list.len() {
            columns.set_rows(row - row % 4, &rows);
        }
    }
}

/// How often and where it occurs: 9 features.
fn places(candidate: &Candidate, size: f32, most: u32) -> [f32; 9] {
    [
        ln1p(candidate.tf),
        candidate.tf as f32 / most as f32,
        ln1p(candidate.first),
        candidate.first as f32 / size,
        (candidate.last - candidate.first) as f32 / size,
        ln1p(candidate.sentences),
        f32::from(u8::from(candidate.in_title)),
        f32::from(u8::from(candidate.in_lead)),
        libm::logf(size),
    ]
}

/// What it looks like: 5 features.
fn shape(document: &Document, text: &Text, candidate: &Candidate) -> [f32; 5] {
    let tf = candidate.tf as f32;
    let first = &document.tokens()[text.items[candidate.first as usize].first_token()];
    let foreign = matches!(first.kind(), TokenKind::Foreign | TokenKind::Alphanumeric);
    [
        candidate.capitalized as f32 / tf,
        candidate.acronyms as f32 / tf,
        candidate.initial as f32 / tf,
        f32::from(candidate.words) + f32::from(candidate.syllables) / 16.0,
        f32::from(u8::from(foreign)),
    ]
}

/// What its words are like: 6 features.
fn words(text: &Text, candidate: &Candidate, counts: &[[u32; 4]], idf: &[f32]) -> [f32; 6] {
    let words = text.words_of(candidate);
    let counts = |word: Option<&u32>| {
        word.and_then(|&word| counts.get(word as usize)).copied().unwrap_or_default()
    };
    let (first, last) = (counts(words.first()), counts(words.last()));
    let idfs = || words.iter().map(|&word| idf_of(idf, word));
    [
        share(first[1], first[0]),
        share(first[2], first[0]),
        share(last[3], last[0]),
        share(last[1], last[0]),
        idfs().fold(f32::MAX, f32::min),
        idfs().fold(0.0, |sum, idf| sum + idf) / words.len() as f32,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_go_from_the_highest_to_the_lowest() {
        assert_eq!(ranks(&[0.5, 2.0, 0.5, 1.0]), [0.5, 0.0, 0.5, 0.25]);
        assert_eq!(ranks(&[]), Vec::<f32>::new());
    }

    #[test]
    fn every_feature_is_set() {
        assert_eq!(12 + 9 + 5 + 6, FEATURES);
    }
}
