//! The sentences that a summary may hold, and their vectors, computed once and on first use.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::document::statement::{Statement, Statements, statements};
use crate::document::{Document, Sentence, TermId};
use crate::page::{Role, is_name_list};
use crate::text::key::{TermHash, UnitId};
use crate::weights::background::Background;
use crate::weights::standalone::StandaloneModel;
use crate::weights::stopwords::StopWords;
use crate::weights::vector::SparseRows;

/// A document seen by rankers.
///
/// The *candidates* are the sentences that a summary may hold: whole sentences of the article
/// itself and complete [quotations](Self::quotation), no fragments. Only a short text, or one of
/// which little else is left, has these for candidates, too. Rankers number candidates from 0.
#[derive(Debug)]
pub struct RankContext<'d> {
    document: &'d Document,
    background: &'d Background,
    stop_words: &'d StopWords,
    standalone: &'d StandaloneModel,
    /// Sentence number of each candidate.
    candidates: Vec<u32>,
    /// What each candidate is.
    kinds: Vec<Statement>,
    /// The candidates of each quotation of more than one sentence, in their order.
    quotations: Vec<Range<usize>>,
    is_fallback: bool,
    has_fragments: bool,
    idf: OnceCell<Vec<f64>>,
    vectors: OnceCell<SparseRows>,
    syllable_vectors: OnceCell<SparseRows>,
}

impl<'d> RankContext<'d> {
    /// Prepares a document for ranking.
    #[must_use]
    pub fn new(
        document: &'d Document,
        background: &'d Background,
        stop_words: &'d StopWords,
    ) -> Self {
        Self::of(document, background, stop_words, false)
    }

    /// Prepares a document for ranking by a question: parts of quotations and lists of names are
    /// candidates, too, and short sentences are as good as others, because each may be the answer.
    #[must_use]
    pub(crate) fn for_query(
        document: &'d Document,
        background: &'d Background,
        stop_words: &'d StopWords,
    ) -> Self {
        Self::of(document, background, stop_words, true)
    }

    fn of(
        document: &'d Document,
        background: &'d Background,
        stop_words: &'d StopWords,
        is_asked: bool,
    ) -> Self {
        let with_role = |keep: fn(Role) -> bool| -> Vec<u32> {
            let all = document.sentences();
            let mut kept = Vec::with_capacity(all.len());
            kept.extend(all.filter(|s| keep(s.role()) && s.has_terms()).map(|s| s.index() as u32));
            kept
        };
        let mut candidates = with_role(Role::is_text);
        let is_prose =
            |&c: &u32| !document.sentence(c as usize).is_some_and(|s| is_name_list(s.text()));
        if !is_asked && candidates.iter().any(is_prose) {
            candidates.retain(is_prose);
        }
        // A page of captions or of headlines still has something to say.
        let no_text = candidates.is_empty();
        let fallbacks: [fn(Role) -> bool; 2] = [
            |role| matches!(role, Role::Caption | Role::PullQuote),
            |role| matches!(role, Role::Title | Role::Heading | Role::Related | Role::Table),
        ];
        for keep in fallbacks {
            if candidates.is_empty() {
                candidates = with_role(keep);
            }
        }
        let is_fallback = no_text && !candidates.is_empty();
        let statements = statements(document);
        let best = if is_asked { Kept::Parts } else { Kept::Quotations };
        let kept = keep_whole(document, &statements, &mut candidates, best);
        let quotations = match kept {
            Kept::Quotations | Kept::Parts if !is_asked => quotations_of(&candidates, &statements),
            _ => Vec::new(),
        };
        let kind_of = |&c: &u32| match statements.kinds[c as usize] {
            Statement::Part | Statement::Short if is_asked => Statement::Whole,
            kind => kind,
        };
        let mut kinds: Vec<Statement> = candidates.iter().map(kind_of).collect();
        quotations.iter().for_each(|quotation| kinds[quotation.clone()].fill(Statement::Whole));
        // Where all are weak, none is weaker.
        if kinds.iter().all(|&kind| kind < Statement::Whole) {
            kinds.fill(Statement::Whole);
        }
        Self {
            document,
            background,
            stop_words,
            standalone: StandaloneModel::untrained(),
            candidates,
            kinds,
            quotations,
            is_fallback,
            has_fragments: kept == Kept::All,
            idf: OnceCell::new(),
            vectors: OnceCell::new(),
            syllable_vectors: OnceCell::new(),
        }
    }

    /// Sets the model of sentences that stand alone; without one, a list of openings decides.
    #[must_use]
    pub const fn with_standalone(mut self, standalone: &'d StandaloneModel) -> Self {
        self.standalone = standalone;
        self
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

    /// Returns true if fragments are candidates, because little of the text is whole sentences.
    #[must_use]
    pub const fn has_fragments(&self) -> bool {
        self.has_fragments
    }

    /// Returns true if the candidate is a whole sentence that says little alone: very short, or a
    /// question. It is taken where nothing else is left.
    ///
    /// # Panics
    ///
    /// Panics if there are not so many candidates.
    #[must_use]
    pub fn is_weak(&self, index: usize) -> bool {
        self.kinds[index] < Statement::Whole
    }

    /// Returns true if the candidate is a whole statement that needs no other sentence of its
    /// quotation.
    pub(crate) fn stands_alone(&self, index: usize) -> bool {
        !self.is_weak(index) && self.quotation(index).is_none()
    }

    /// Returns true if the candidate is a question or less.
    pub(crate) fn is_question(&self, index: usize) -> bool {
        self.kinds[index] < Statement::Short
    }

    /// Returns the candidates of the quotation that the candidate is a part of, if it has more than
    /// one sentence: a summary holds all of them or none.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::Analyzer;
    /// use tomtat::rank::RankContext;
    ///
    /// let analyzer = Analyzer::new();
    /// let document = analyzer.analyze(
    ///     "Bà Sáu kể: “Nước lên nhanh lắm trong đêm hôm ấy. Cả nhà phải trèo lên mái tôn ngồi chờ.” \
    ///      Sáng hôm sau, bộ đội đưa xuồng đến đón gia đình bà vào trường học ở đầu làng tránh lũ. \
    ///      Đến trưa, hơn ba trăm hộ dân của xã đã được đưa đến nơi an toàn.",
    /// );
    /// let context = RankContext::new(&document, analyzer.background(), analyzer.stop_words());
    /// assert_eq!(context.quotation(1), Some(0..2));
    /// assert_eq!(context.quotation(2), None);
    /// ```
    #[must_use]
    pub fn quotation(&self, index: usize) -> Option<Range<usize>> {
        let after = self.quotations.partition_point(|quotation| quotation.end <= index);
        self.quotations.get(after).filter(|quotation| quotation.contains(&index)).cloned()
    }

    /// Returns the sentences of the article that are no candidates: fragments, and parts of quotations.
    pub fn fragments(&self) -> impl Iterator<Item = Sentence<'d>> + '_ {
        let is_candidate =
            |s: &Sentence<'_>| self.candidates.binary_search(&(s.index() as u32)).is_ok();
        let sentences = self.document.sentences().filter(|s| s.role().is_text() && s.has_terms());
        sentences.filter(move |sentence| !is_candidate(sentence))
    }

    /// Returns the log-odds that a candidate stands alone, by its opening.
    pub(crate) fn standalone(&self, index: usize) -> f64 {
        self.standalone.score(self.document.text(), self.candidate(index).tokens())
    }

    /// Returns true if the candidate stands directly after the candidate before it.
    pub(crate) fn follows(&self, index: usize) -> bool {
        index > 0 && self.candidates[index] == self.candidates[index - 1] + 1
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
    pub fn idf(&self) -> &[f64] {
        self.idf.get_or_init(|| {
            let terms = 0..self.document.term_count() as u32;
            let hashes = terms.map(|term| self.document.term_hash(TermId(term)));
            hashes.map(|hash| self.background.word_idf(hash)).collect()
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

    /// Returns the tf-idf vectors of the candidates over syllables: one row a candidate, one column
    /// a distinct syllable, number or foreign word. No words are looked for.
    ///
    /// Weights are counts times [smooth idf](Background::syllable_idf).
    pub(crate) fn syllable_vectors(&self) -> &SparseRows {
        self.syllable_vectors.get_or_init(|| {
            let mut columns: FxHashMap<UnitId, (u32, f64)> = FxHashMap::default();
            let mut ends = Vec::with_capacity(self.len());
            let mut entries = Vec::new();
            for sentence in self.candidates() {
                for token in sentence.tokens().iter().filter(|token| token.kind().is_term()) {
                    let next = columns.len() as u32;
                    let idf = || self.background.syllable_idf(TermHash::of_units([token.unit()]));
                    entries.push(*columns.entry(token.unit()).or_insert_with(|| (next, idf())));
                }
                ends.push(entries.len());
            }
            let mut rows = SparseRows::with_columns(columns.len());
            let mut start = 0;
            for end in ends {
                rows.push_row(&mut entries[start..end]);
                start = end;
            }
            rows
        })
    }
}

/// Whole sentences have at least this share of the syllables of an article; below it, fragments
/// are candidates, too.
const LEAST_WHOLE: f64 = 0.5;

/// A text of fewer syllables has no room for what a page leaves behind: all its sentences are
/// candidates.
const FEW_SYLLABLES: usize = 40;

/// What is left of the candidates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    /// Whole statements and complete quotations.
    Quotations,
    /// Parts of quotations, too.
    Parts,
    /// Fragments, too.
    All,
}

/// Leaves out of the candidates fragments and parts of quotations that are not complete, or
/// fragments alone where little else is left or more is not asked for (`best`); none if these are
/// most of the text.
fn keep_whole(
    document: &Document,
    statements: &Statements,
    candidates: &mut Vec<u32>,
    best: Kept,
) -> Kept {
    let Statements { kinds, quotations } = statements;
    // What announces a list says nothing without it.
    let announces = |c: u32| kinds[c as usize] == Statement::Announcement;
    if !candidates.iter().all(|&c| announces(c)) {
        candidates.retain(|&c| !announces(c));
    }
    let syllables = |c: u32| document.sentence(c as usize).map_or(0, Sentence::syllable_count);
    let all: usize = candidates.iter().map(|&c| syllables(c)).sum();
    if all < FEW_SYLLABLES {
        return Kept::Parts;
    }
    let levels = [(Statement::Part, Kept::Quotations), (Statement::Fragment, Kept::Parts)];
    for (worst, kept) in levels.into_iter().skip(usize::from(best == Kept::Parts)) {
        let is_better = |c: &u32| kinds[*c as usize] > worst;
        let better: usize = candidates.iter().filter(|c| is_better(c)).map(|&c| syllables(c)).sum();
        if better > 0 && better as f64 >= LEAST_WHOLE * all as f64 {
            let mut is_kept: Vec<bool> = kinds.iter().map(|&kind| kind > worst).collect();
            if kept == Kept::Quotations {
                let is_sentence = |c: usize| {
                    kinds[c] >= Statement::Part && candidates.binary_search(&(c as u32)).is_ok()
                };
                for quotation in quotations {
                    if quotation.clone().all(is_sentence) {
                        is_kept[quotation.clone()].fill(true);
                    }
                }
            }
            candidates.retain(|&c| is_kept[c as usize]);
            return kept;
        }
    }
    Kept::All
}

/// Returns the candidates of each quotation that is kept.
fn quotations_of(candidates: &[u32], statements: &Statements) -> Vec<Range<usize>> {
    let kept = statements.quotations.iter().filter_map(|quotation| {
        let is_sentence = |c: usize| {
            statements.kinds[c] >= Statement::Part && candidates.binary_search(&(c as u32)).is_ok()
        };
        let first = candidates.binary_search(&(quotation.start as u32)).ok()?;
        let is_complete = quotation.clone().all(is_sentence);
        is_complete.then(|| first..first + quotation.len())
    });
    kept.collect()
}
