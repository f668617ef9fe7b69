//! Multi-document summaries: one summary of several articles on one event.
//!
//! What one article says, the others repeat. A multi-document summary counts how likely each pair
//! of syllables is taken up by the abstract of each article (as the [trained
//! ranker](crate::rank::Trained) has learned it), adds this up over the articles, and covers as
//! much of it as its length allows. Copies of an article count once.
//!
//! # References
//!
//! D. Gillick, B. Favre (2009), *A scalable global model for summarization*, ILP for NLP, section
//! 3: the value of a summary is the sum of the weights of the bigrams it covers, each once; H. Lin,
//! J. Bilmes (2010), *Multi-document summarization via budgeted maximization of submodular
//! functions*, NAACL, algorithm 1: greedy choice by gain over cost to a power.

pub(crate) mod cluster;
mod condensed;
mod copies;
mod cover;
pub(crate) mod sketch;

use std::ops::Range;
use std::sync::Arc;

use crate::analyzer::Analyzer;
use crate::document::Document;
use crate::models::Models;
use crate::rank::trained::RankerModel;
use crate::select::query::{Query, ReadHistory};
use crate::select::{Budget, Length};
pub use cluster::{TopicVector, clusters, clusters_of};
pub use condensed::CondensedArticle;
use condensed::Condenser;
use copies::copies;
use cover::Cover;
pub use sketch::ShingleSketch;

/// A picked sentence and the article that it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourcedPick {
    document: usize,
    sentence: usize,
    span: Range<usize>,
    score: f64,
    rank: usize,
    duplicates: Vec<usize>,
}

impl SourcedPick {
    /// Returns the number of the article among those given.
    #[must_use]
    pub const fn document(&self) -> usize {
        self.document
    }

    /// Returns the number of the sentence in its article.
    #[must_use]
    pub const fn sentence(&self) -> usize {
        self.sentence
    }

    /// Returns the bytes of the sentence in the text of its article.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns what the sentence added when it was picked, for its length.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Returns its place in the order of picking, from 1.
    #[must_use]
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// Returns the articles left out as copies of this one.
    #[must_use]
    pub fn duplicates(&self) -> &[usize] {
        &self.duplicates
    }
}

/// A summary of several articles.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiSummary {
    picks: Vec<SourcedPick>,
    length: Length,
    copies: Vec<(usize, usize)>,
}

impl MultiSummary {
    /// Returns the picked sentences: by article in the order given, inside of an article as they
    /// stand.
    #[must_use]
    pub fn picks(&self) -> &[SourcedPick] {
        &self.picks
    }

    /// Returns the length that was asked for and the length that was given.
    #[must_use]
    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns the articles left out because they are copies of an earlier one: copy, original.
    #[must_use]
    pub fn copies(&self) -> &[(usize, usize)] {
        &self.copies
    }
}

/// Weights of a summary.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct MultiOptions {
    /// Weight of a syllable against a pair of syllables.
    pub syllables: f32,
    /// Weight of the score that the sentence has in its article.
    pub score: f32,
    /// What the first sentence of an article is worth more, as a share; the second half of it, the
    /// third a third.
    pub position: f32,
    /// Exponent of the number of articles that say the same: 0 counts each thing once, 1 as often
    /// as articles say it.
    pub agreement: f32,
    /// Exponent of the length that a gain is divided by.
    pub cost: f32,
    /// What is left of the gain of a dangling sentence if the one before it is not picked.
    pub dangling: f32,
}

impl Default for MultiOptions {
    fn default() -> Self {
        Self {
            syllables: 0.3,
            score: 10.0,
            position: 1.0,
            agreement: 1.5,
            cost: 0.4,
            dangling: 0.8,
        }
    }
}

/// Makes summaries of several articles.
///
/// # Examples
///
/// ```
/// use tomtat::multidoc::MultiSummarizer;
/// use tomtat::select::Budget;
/// use tomtat::Analyzer;
///
/// let analyzer = Analyzer::new();
/// let documents = [
///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
///     analyzer.analyze("Sáng nay bão số 5 đổ bộ vào Quảng Trị. Hai trăm nhà tốc mái."),
/// ];
/// let summary = MultiSummarizer::new(&analyzer).with_budget(Budget::Sentences(2)).summarize(&documents);
/// assert_eq!(summary.picks().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct MultiSummarizer {
    models: Models,
    model: Arc<RankerModel>,
    budget: Budget,
    options: MultiOptions,
    query: Option<Query>,
    seen: Option<Arc<ReadHistory>>,
}

impl MultiSummarizer {
    /// Makes a summarizer of 180 syllables with the shipped ranker.
    #[must_use]
    pub fn new(analyzer: &Analyzer) -> Self {
        Self {
            models: analyzer.models().clone(),
            model: analyzer.models().ranker().cloned().unwrap_or_default(),
            budget: Budget::Syllables(180),
            options: MultiOptions::default(),
            query: None,
            seen: None,
        }
    }

    /// Sets the length.
    #[must_use]
    pub const fn with_budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// Sets the ranker.
    #[must_use]
    pub fn with_model(mut self, model: Arc<RankerModel>) -> Self {
        self.model = model;
        self
    }

    /// Asks a split: only sentences that have a word of it are picked, the nearer the rather. If
    /// there is none, the summary is made as if nobody had asked.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::multidoc::MultiSummarizer;
    /// use tomtat::Analyzer;
    ///
    /// let analyzer = Analyzer::new();
    /// let documents = [
    ///     analyzer.analyze("Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12."),
    ///     analyzer.analyze("Sáng nay bão đổ bộ. Hai trăm nhà ở xã Gio Linh bị tốc mái."),
    /// ];
    /// let query = analyzer.query("nhà tốc mái");
    /// let summary = MultiSummarizer::new(&analyzer).with_query(query).summarize(&documents);
    /// assert_eq!(summary.picks().len(), 1);
    /// assert_eq!((summary.picks()[0].document(), summary.picks()[0].sentence()), (1, 1));
    /// ```
    #[must_use]
    pub fn with_query(mut self, query: Query) -> Self {
        self.query = Some(query);
        self
    }

    /// Leaves out what the reader knows.
    #[must_use]
    pub fn with_seen(mut self, seen: Arc<ReadHistory>) -> Self {
        self.seen = Some(seen);
        self
    }

    /// Sets the weights.
    #[must_use]
    pub const fn with_options(mut self, options: MultiOptions) -> Self {
        self.options = options;
        self
    }

    /// Makes a summary of articles, given in the order in which they are to be told (by time).
    #[must_use]
    pub fn summarize(&self, documents: &[Document]) -> MultiSummary {
        self.summarize_condensed(documents.iter().map(|document| self.condense(document)).collect())
    }

    /// Keeps of an article what [`summarize_condensed`](Self::summarize_condensed) needs, so that
    /// the document can be dropped.
    #[must_use]
    pub fn condense(&self, document: &Document) -> CondensedArticle {
        let condenser = Condenser {
            models: &self.models,
            model: &self.model,
            budget: &self.budget,
            query: self.query.as_ref(),
            seen: self.seen.as_deref(),
        };
        condenser.condense(document)
    }

    /// Makes the summary that [`summarize`](Self::summarize) makes, of articles that this summarizer
    /// has condensed: with less memory, and condensed on several threads.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::Analyzer;
    /// use tomtat::multidoc::MultiSummarizer;
    ///
    /// let analyzer = Analyzer::new();
    /// let summarizer = MultiSummarizer::new(&analyzer);
    /// let texts = [
    ///     "Bão số 5 đổ bộ vào Quảng Trị sáng nay. Gió giật cấp 12 trong nhiều giờ.",
    ///     "Sáng nay bão số 5 đổ bộ vào Quảng Trị. Hai trăm ngôi nhà ở Gio Linh bị tốc mái.",
    /// ];
    /// let articles = texts.map(|text| summarizer.condense(&analyzer.analyze(text)));
    /// let summary = summarizer.summarize_condensed(articles.into());
    /// for pick in summary.picks() {
    ///     println!("{}", &texts[pick.document()][pick.span()]);
    /// }
    /// # assert_eq!(summary, summarizer.summarize(&texts.map(|text| analyzer.analyze(text))));
    /// ```
    #[must_use]
    pub fn summarize_condensed(&self, mut articles: Vec<CondensedArticle>) -> MultiSummary {
        let sketches = articles.iter_mut().map(|article| std::mem::take(&mut article.sketch));
        let copies = copies(&sketches.collect::<Vec<_>>());
        let is_copy = |d: usize| copies.binary_search_by_key(&d, |&(copy, _)| copy).is_ok();
        let kept = articles.into_iter().enumerate();
        let kept = kept.filter(|(d, article)| !is_copy(*d) && !article.sentences.is_empty());
        let mut cover = Cover::new(kept, &self.options);
        if let Some(query) = &self.query {
            cover.weigh(query);
        }
        let total = cover.candidates.len();
        let (mut picks, given) = cover.pick(&self.budget);
        for pick in &mut picks {
            pick.duplicates =
                copies.iter().filter(|(_, of)| *of == pick.document).map(|(c, _)| *c).collect();
        }
        picks.sort_by_key(|pick| (pick.document, pick.sentence));
        let separators = picks.len().saturating_sub(1) * self.budget.separator_cost();
        let length = Length {
            unit: self.budget.unit(),
            asked: (self.budget != Budget::Auto).then(|| self.budget.limit(total)),
            given: given + separators,
        };
        MultiSummary { picks, length, copies }
    }
}
