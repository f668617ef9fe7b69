//! The sentences that a summary may hold, and their vectors, computed once and on first use.

use std::cell::OnceCell;

use ndarray::Array1;

use crate::document::{Document, Sentence, TermId};
use crate::page::Role;
use crate::weights::background::Background;
use crate::weights::stopwords::StopWords;
use crate::weights::vector::SparseRows;

/// A document seen by rankers.
///
/// The *candidates* are the sentences that a summary may hold: those of the article itself, with
/// at least one term. Rankers number candidates from 0.
#[derive(Debug)]
pub struct RankContext<'d> {
    document: &'d Document,
    background: &'d Background,
    stop_words: &'d StopWords,
    /// Sentence number of each candidate.
    candidates: Vec<u32>,
    is_fallback: bool,
    idf: OnceCell<Array1<f64>>,
    vectors: OnceCell<SparseRows>,
}

impl<'d> RankContext<'d> {
    /// Prepares a document for ranking.
    #[must_use]
    pub fn new(
        document: &'d Document,
        background: &'d Background,
        stop_words: &'d StopWords,
    ) -> Self {
        let with_role = |keep: fn(Role) -> bool| -> Vec<u32> {
            let all = document.sentences();
            let mut kept = Vec::with_capacity(all.len());
            kept.extend(all.filter(|s| keep(s.role()) && s.has_terms()).map(|s| s.index() as u32));
            kept
        };
        let mut candidates = with_role(Role::is_text);
        // A page of captions or of headlines still has something to say.
        let no_text = candidates.is_empty();
        let fallbacks: [fn(Role) -> bool; 2] = [
            |role| matches!(role, Role::Caption | Role::PullQuote),
            |role| !matches!(role, Role::Boilerplate | Role::Url),
        ];
        for keep in fallbacks {
            if candidates.is_empty() {
                candidates = with_role(keep);
            }
        }
        let is_fallback = no_text && !candidates.is_empty();
        Self {
            document,
            background,
            stop_words,
            candidates,
            is_fallback,
            idf: OnceCell::new(),
            vectors: OnceCell::new(),
        }
    }

    /// Returns the document.
    #[must_use]
    pub const fn document(&self) -> &'d Document {
        self.document
    }

    /// Returns the background statistics.
    #[must_use]
    pub const fn background(&self) -> &'d Background {
        self.background
    }

    /// Returns the stop words.
    #[must_use]
    pub const fn stop_words(&self) -> &'d StopWords {
        self.stop_words
    }

    /// Returns the number of candidates.
    #[must_use]
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Returns true if there is no sentence to choose.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Returns true if no text of an article was found, so that captions or headlines are the
    /// candidates.
    #[must_use]
    pub const fn is_fallback(&self) -> bool {
        self.is_fallback
    }

    /// Returns the candidates in document order.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = Sentence<'d>> + '_ {
        (0..self.len()).map(|i| self.candidate(i))
    }

    /// Returns the candidate with this number.
    ///
    /// # Panics
    ///
    /// Panics if there are not so many candidates.
    #[must_use]
    pub fn candidate(&self, index: usize) -> Sentence<'d> {
        let sentence = self.document.sentence(self.candidates[index] as usize);
        sentence.expect("candidates are sentences of the document")
    }

    /// Returns the inverse document frequency of each term of the document, by term number.
    pub fn idf(&self) -> &Array1<f64> {
        self.idf.get_or_init(|| {
            let terms = self.document.term_count() as u32;
            Array1::from_iter(
                (0..terms)
                    .map(|term| self.background.word_idf(self.document.term_hash(TermId(term)))),
            )
        })
    }

    /// Returns the tf-idf vectors of the candidates: one row a candidate, one column a term.
    ///
    /// The weight of a term is its count in the sentence times its
    /// [smooth idf](Background::word_idf): `n` and `t` of the SMART notation (Manning, Raghavan &
    /// Schütze 2008, figure 6.15), with the smoothing of scikit-learn.
    pub fn vectors(&self) -> &SparseRows {
        self.vectors.get_or_init(|| {
            let idf = self.idf();
            let mut rows = SparseRows::with_columns(self.document.term_count());
            let mut row = Vec::new();
            for sentence in self.candidates() {
                row.clear();
                row.extend(sentence.terms().map(|t| (t.0, idf[t.index()])));
                rows.push_row(&mut row);
            }
            rows
        })
    }
}
