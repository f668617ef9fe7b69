//! Which articles of a pile tell of the same event.

use rustc_hash::FxHashMap;

use crate::document::{Document, TermId};
use crate::weights::background::Background;

/// Terms that an article is known by.
const TERMS: usize = 80;

/// Mean cosine with the articles of a group from which on an article belongs to it.
const SAME_EVENT: f64 = 0.25;

/// Groups articles by event; groups and their members are in the order of the articles.
///
/// Each article joins the group whose members are nearest to it on average, if near enough, and
/// begins a group otherwise (single-pass clustering: Allan, Papka & Lavrenko 1998, *On-line new
/// event detection and tracking*, SIGIR, section 4, with the mean instead of the query). Articles
/// are compared by their eighty heaviest terms, (1 + ln tf) · idf, which leaves names and topics.
///
/// # Examples
///
/// ```
/// use tomtat::{Analyzer, multidoc::cluster::clusters};
///
/// let analyzer = Analyzer::new();
/// let pile = [
///     "Bão số 5 đổ bộ vào Quảng Trị, gió giật mạnh.",
///     "Giá gạo xuất khẩu của Việt Nam tăng tuần thứ tư.",
///     "Quảng Trị sơ tán dân trước khi bão số 5 đổ bộ.",
/// ];
/// let documents = pile.map(|text| analyzer.analyze(text));
/// assert_eq!(clusters(&documents, analyzer.background()), [vec![0, 2], vec![1]]);
/// ```
#[must_use]
pub fn clusters(documents: &[Document], background: &Background) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<usize> = Vec::new();
    // Articles by term, so that only articles with a term in common are compared.
    let mut holders: FxHashMap<u64, Vec<(usize, f64)>> = FxHashMap::default();
    for (d, document) in documents.iter().enumerate() {
        let vector = heaviest_terms(document, background);
        let mut cosines = vec![0.0f64; groups.len()];
        for (term, weight) in &vector {
            for &(other, other_weight) in holders.get(term).into_iter().flatten() {
                cosines[group_of[other]] += weight * other_weight;
            }
        }
        let mut best: Option<(usize, f64)> = None;
        for (g, (cosine, group)) in cosines.iter().zip(&groups).enumerate() {
            let mean = cosine / group.len() as f64;
            if mean >= SAME_EVENT && best.is_none_or(|(_, b)| mean > b) {
                best = Some((g, mean));
            }
        }
        let group = best.map_or(groups.len(), |(g, _)| g);
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(d);
        group_of.push(group);
        for (term, weight) in vector {
            holders.entry(term).or_default().push((d, weight));
        }
    }
    groups
}

/// The heaviest terms of an article as a vector of length 1.
fn heaviest_terms(document: &Document, background: &Background) -> Vec<(u64, f64)> {
    let mut counts = vec![0u32; document.term_count()];
    for sentence in document.sentences().filter(|s| !s.role().is_left_out()) {
        sentence.terms().for_each(|term| counts[term.index()] += 1);
    }
    let mut terms: Vec<(u64, f64)> = (0u32..)
        .zip(&counts)
        .filter(|(_, count)| **count > 0)
        .map(|(term, &count)| {
            let hash = document.term_hash(TermId(term));
            // The smooth idf of a word that every article has is 1: nothing is left of it.
            let idf = background.word_idf(hash) - 1.0;
            (hash.to_u64(), (1.0 + libm::log(f64::from(count))) * idf)
        })
        .collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    terms.truncate(TERMS);
    let norm = terms.iter().fold(0.0, |sum, (_, w)| sum + w * w).sqrt();
    terms.iter_mut().for_each(|(_, weight)| *weight /= norm.max(f64::MIN_POSITIVE));
    terms
}
