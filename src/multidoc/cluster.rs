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
/// use tomtat::{Analyzer, multidoc::clusters};
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
    let vectors = documents.iter().map(|document| TopicVector::new(document, background));
    clusters_of(&vectors.collect::<Vec<_>>())
}

/// Groups articles by event, as [`clusters`] does, from their vectors alone.
#[must_use]
pub fn clusters_of(vectors: &[TopicVector]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<usize> = Vec::new();
    // Articles by term, so that only articles with a term in common are compared.
    let mut holders: FxHashMap<u64, Vec<(u32, f64)>> = FxHashMap::default();
    // Sums of cosines with the members of each group; those of groups that were met are not 0.
    let mut cosines: Vec<f64> = Vec::new();
    for (d, TopicVector(vector)) in vectors.iter().enumerate() {
        let mut met = Vec::new();
        for (term, weight) in vector {
            for &(other, other_weight) in holders.get(term).into_iter().flatten() {
                let group = group_of[other as usize];
                if cosines[group] <= 0.0 {
                    met.push(group);
                }
                cosines[group] += weight * other_weight;
            }
        }
        // Of equal groups the first is the nearest.
        met.sort_unstable();
        met.dedup();
        let mut best: Option<(usize, f64)> = None;
        for group in met {
            let mean = std::mem::take(&mut cosines[group]) / groups[group].len() as f64;
            if mean >= SAME_EVENT && best.is_none_or(|(_, b)| mean > b) {
                best = Some((group, mean));
            }
        }
        let group = best.map_or(groups.len(), |(group, _)| group);
        if group == groups.len() {
            groups.push(Vec::new());
            cosines.push(0.0);
        }
        groups[group].push(d);
        group_of.push(group);
        for &(term, weight) in vector {
            holders.entry(term).or_default().push((d as u32, weight));
        }
    }
    groups
}

/// The heaviest terms of an article, which say what it is about: a vector of length 1.
#[derive(Clone, Debug, Default)]
pub struct TopicVector(Vec<(u64, f64)>);

impl TopicVector {
    /// Makes the vector of an article.
    #[must_use]
    pub fn new(document: &Document, background: &Background) -> Self {
        Self(heaviest_terms(document, background))
    }
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
    terms.shrink_to_fit();
    let norm = terms.iter().fold(0.0, |sum, (_, w)| sum + w * w).sqrt();
    terms.iter_mut().for_each(|(_, weight)| *weight /= norm.max(f64::MIN_POSITIVE));
    terms
}
