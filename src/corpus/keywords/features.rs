//! What the trained ranker knows of a candidate.
//!
//! The features are those of KEA (Frank et al. 1999) and Maui (Medelyan et al. 2009): tf, idf, first
//! occurrence, spread, keyphraseness, length; and others that news gives: title, lead, capitals, the
//! chance that a word begins or ends a tag, and how a candidate stands to longer and shorter ones.

use super::candidate::{BOUNDARY, Candidate, Candidates, Text};
use super::model::FEATURES;
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
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]));
    let size = values.len().max(1) as f32;
    let mut ranks = vec![0.0; values.len()];
    let mut above = 0;
    for equal in order.chunk_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]).is_eq())
    {
        equal.iter().for_each(|&at| ranks[at as usize] = above as f32 / size);
        above += equal.len();
    }
    ranks
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

/// The candidates of an article side by side, and the features of each.
pub(crate) struct Features<'a> {
    document: &'a Document,
    text: &'a Text,
    candidates: &'a Candidates,
    background: &'a Background,
    /// By word.
    idf: Vec<f32>,
    compared: Compared,
    weighted_ranks: Vec<f32>,
    tf_idf_ranks: Vec<f32>,
    most: u32,
}

impl<'a> Features<'a> {
    /// Compares the candidates with each other.
    pub(crate) fn new(
        document: &'a Document,
        text: &'a Text,
        candidates: &'a Candidates,
        background: &'a Background,
    ) -> Self {
        let list = &candidates.list;
        let idf: Vec<f32> = text.words.iter().map(|w| background.word_idf(w.hash) as f32).collect();
        let compared = compare(text, list, &idf);
        let [weighted_ranks, tf_idf_ranks] =
            [&compared.weighted, &compared.tf_idf].map(|v| ranks(v));
        let most = list.iter().map(|c| c.tf).max().unwrap_or(1);
        Self {
            document,
            text,
            candidates,
            background,
            idf,
            compared,
            weighted_ranks,
            tf_idf_ranks,
            most,
        }
    }

    /// Returns the candidates that are among the first so many by tf·idf or by weighted
    /// keyphraseness: no others are among the best of the trees.
    pub(crate) fn first(&self, count: usize) -> Vec<usize> {
        let limit = count as f32 / self.candidates.list.len().max(1) as f32;
        let is_first = |at: &usize| {
            let is_known = self.compared.weighted[*at] > 0.0;
            self.tf_idf_ranks[*at] < limit || is_known && self.weighted_ranks[*at] < limit
        };
        (0..self.candidates.list.len()).filter(is_first).collect()
    }

    /// Computes the features of some candidates: a row for each.
    pub(crate) fn of(&self, chosen: impl ExactSizeIterator<Item = usize>, columns: &mut Columns) {
        let count = chosen.len();
        columns.clear(count, FEATURES);
        let mut rows = [[0.0; FEATURES]; 4];
        for (row, candidate) in chosen.enumerate() {
            rows[row % 4] = self.row(candidate);
            if row % 4 == 3 || row + 1 == count {
                columns.set_rows(row - row % 4, &rows);
            }
        }
    }

    fn row(&self, number: usize) -> [f32; FEATURES] {
        let Self { compared, text, .. } = self;
        let list = &self.candidates.list;
        let candidate = &list[number];
        let size = text.items.len().max(1) as f32;
        let place = places(candidate, size, self.most);
        let shape = shape(self.document, text, candidate);
        let words = words(text, candidate, &self.candidates.counts, &self.idf);
        let [tagged, seen] = candidate.known.unwrap_or_default();
        let part = |at: usize| list.get(candidate.parts[at] as usize);
        let part_tf = |at: usize| part(at).map_or(0.0, |p| candidate.tf as f32 / p.tf as f32);
        let part_keyphraseness = |at: usize| {
            compared.keyphraseness.get(candidate.parts[at] as usize).copied().unwrap_or(0.0)
        };
        let known = [
            compared.keyphraseness[number],
            ln1p(tagged),
            ln1p(seen),
            compared.weighted[number],
            self.weighted_ranks[number],
            self.tf_idf_ranks[number],
            self.background.word_idf(candidate.hash) as f32,
            compared.longer_tf[number] as f32 / candidate.tf as f32,
            compared.longer_keyphraseness[number],
            part_tf(0),
            part_tf(1),
            part_keyphraseness(0).max(part_keyphraseness(1)),
        ];
        let mut row = [0.0; FEATURES];
        row[..12].copy_from_slice(&known);
        row[12..21].copy_from_slice(&place);
        row[21..26].copy_from_slice(&shape);
        row[26..].copy_from_slice(&words);
        row
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
}
