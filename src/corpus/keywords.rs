//! Key terms of one article: words and phrases that say what it is about.
//!
//! Candidates are runs of one to four words without a boundary inside, that neither begin nor end with
//! a function word, a number or a single letter, and the tags that the model knows. A run must occur
//! twice, or once in the title, as a name, or as a known tag. A method scores them. Of the best,
//! none is given that is part of another or holds it, unless most of its occurrences are its own.
//!
//! # References
//!
//! - K. Frantzi, S. Ananiadou and H. Mima, "Automatic recognition of multi-word terms: the
//!   C-value/NC-value method", International Journal on Digital Libraries 3(2), 2000.
//! - E. Frank et al., "Domain-specific keyphrase extraction", IJCAI 1999.
//! - O. Medelyan, E. Frank and I. Witten, "Human-competitive tagging using automatic keyphrase
//!   extraction", EMNLP 2009.
//! - R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004.
//! - R. Campos et al., "YAKE! Keyword extraction from single documents using multiple local
//!   features", Information Sciences 509, 2020.

pub(crate) mod candidate;
mod choice;
pub(crate) mod features;
mod function_word;
pub(crate) mod model;
mod textrank;
mod tfidf;
mod yake;

use std::ops::Range;

use super::formula::named_statistics;
use crate::document::Document;
use crate::rank::trained::forest::{Columns, ComparisonMasks};
use crate::weights::background::Background;
use crate::weights::stopwords::StopWords;
use features::Features;
pub use model::KeywordModel;
use model::Memory;

named_statistics! {
    /// How candidates are scored.
    "method" KeywordMethod {
    Trained(
        "trained",
        "learned from the tags of editors",
        "sum of boosted trees over features of the candidate: tf, idf, first and last occurrence, spread, \
         title, lead, capitals, keyphraseness (articles with it as a tag / articles with it), and how \
         often its first and last word begin and end tags",
        "features of KEA (Frank et al. 1999) and Maui (Medelyan et al. 2009); trees after Friedman 2002",
    ),
    TfIdf(
        "tfidf",
        "C-value weighted by idf",
        "log2(n + 1) (f - mean f of the longer candidates around it) × mean (ln((1 + N) / (1 + df)) + 1) \
         of its words, idf from the background statistics",
        "Frantzi et al. 2000, equation 2, with n + 1 so that single words count (as in Barrón-Cedeño et \
         al. 2009)",
    ),
    TextRank(
        "textrank",
        "TextRank",
        "sum of the ranks of its words; R(v) = (1 - d) / V + d Σ w(u, v) / Σ w(u, ·) R(u), d = 0.85, over \
         words at most two apart",
        "Mihalcea and Tarau 2004, section 3; stop words in the place of parts of speech",
    ),
    Yake(
        "yake",
        "features of YAKE, the inverse of its score",
        "f (1 + Σ S(w)) / Π S(w), S(w) = rel pos / (case + tf' / rel + sent / rel)",
        "Campos et al. 2020, equations 1 to 8",
    ),
    }
}

/// The longest phrase, in words.
pub const MAX_WORDS: usize = 4;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeywordOptions {
    /// How candidates are scored.
    pub method: KeywordMethod,
    /// How many are given.
    pub top: usize,
    /// The longest phrase, at most [`MAX_WORDS`].
    pub max_words: usize,
}

impl Default for KeywordOptions {
    fn default() -> Self {
        Self { method: KeywordMethod::Trained, top: 10, max_words: MAX_WORDS }
    }
}

impl KeywordOptions {
    /// Chooses how candidates are scored.
    #[must_use]
    pub const fn with_method(mut self, method: KeywordMethod) -> Self {
        self.method = method;
        self
    }

    /// Sets how many are given.
    #[must_use]
    pub const fn with_top(mut self, top: usize) -> Self {
        self.top = top;
        self
    }

    /// Sets the longest phrase, at most [`MAX_WORDS`].
    #[must_use]
    pub const fn with_max_words(mut self, words: usize) -> Self {
        self.max_words = if words < MAX_WORDS { words } else { MAX_WORDS };
        self
    }
}

/// A key term with its score and positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    key: String,
    score: f64,
    positions: Vec<Range<usize>>,
    form: Range<usize>,
}

impl Keyword {
    /// Returns its key: folded syllables joined by single spaces.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns its score by the method; only comparable within one article.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Returns its positions in the text, in order.
    #[must_use]
    pub fn positions(&self) -> &[Range<usize>] {
        &self.positions
    }

    /// Returns the place whose spelling stands for it: the most frequent one, of equally frequent ones
    /// the first in the text.
    #[must_use]
    pub fn form(&self) -> Range<usize> {
        self.form.clone()
    }
}

/// What key terms are found with; made of a [`Models`](crate::Models) value by `into`.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::keywords::{KeywordModel, KeywordModels};
/// use tomtat::weights::Background;
/// use tomtat::weights::StopWords;
///
/// let (model, background) = (KeywordModel::default(), Background::default());
/// let stop_words = StopWords::parse("của\nvà");
/// let models = KeywordModels::new(&model, &background, &stop_words);
/// # let _ = models;
/// ```
#[derive(Clone, Copy, Debug)]
pub struct KeywordModels<'a> {
    pub(crate) model: &'a KeywordModel,
    pub(crate) background: &'a Background,
    pub(crate) stop_words: &'a StopWords,
}

impl<'a> KeywordModels<'a> {
    /// Takes what was learned of key terms, the frequencies of words, and words that name nothing.
    #[must_use]
    pub const fn new(
        model: &'a KeywordModel,
        background: &'a Background,
        stop_words: &'a StopWords,
    ) -> Self {
        Self { model, background, stop_words }
    }
}

/// Finds the key terms of an article, the best first.
///
/// Reads the title, the lead, headings and the body; all blocks if the document was analyzed as raw
/// text. Candidates with equal scores come in the order of their keys. Linear time but for sorting.
///
/// All methods use the model to find candidates: its tags are candidates, and words that tags are
/// hardly ever made with do not stand at the ends of others.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::keywords::{KeywordOptions, keywords};
///
/// let analyzer = Analyzer::new();
/// let document = analyzer.analyze(
///     "Xuất khẩu gạo tăng mạnh\n\nXuất khẩu gạo của Việt Nam tăng 12% trong quý một. \
///      Giá gạo xuất khẩu cũng tăng. Nông dân trồng lúa phấn khởi vì giá lúa cao.",
/// );
/// let options = KeywordOptions::default().with_top(5);
/// let found = keywords(&document, analyzer.models(), options);
/// assert!(found.iter().any(|keyword| keyword.key().contains("xuất khẩu")));
/// ```
#[must_use]
pub fn keywords<'a>(
    document: &Document,
    models: impl Into<KeywordModels<'a>>,
    options: KeywordOptions,
) -> Vec<Keyword> {
    let KeywordModels { model, background, stop_words } = models.into();
    let memory = Memory::new(model);
    let (text, roles) = candidate::read_text(document, stop_words);
    let candidates = candidate::candidates(document, &text, &roles, memory, options.max_words);
    let choose = |scores| choice::choose(document, &text, &candidates, scores, options.top);
    let scores = match options.method {
        KeywordMethod::Trained => {
            let features = Features::new(document, &text, &candidates, background);
            let (mut columns, mut masks) = (Columns::default(), ComparisonMasks::new());
            let keep = options.top.saturating_mul(KEPT_FOR_EACH).max(KEPT_AT_LEAST);
            let first = features.first(keep.saturating_mul(2));
            features.of(first.iter().copied(), &mut columns);
            let best = model.trees.predict_best(&columns, keep, &mut masks);
            let mut scores = vec![f64::NEG_INFINITY; candidates.list.len()];
            first.iter().zip(&best).for_each(|(&at, &score)| scores[at] = f64::from(score));
            let found = choose(scores);
            let is_whole = found.len() == options.top || best.len() == candidates.list.len();
            if is_whole && found.iter().all(|keyword| keyword.score().is_finite()) {
                return found;
            }
            // Too many of the kept ones lay inside of each other.
            features.of(0..candidates.list.len(), &mut columns);
            model.trees.predict(&columns, &mut masks).into_iter().map(f64::from).collect()
        }
        KeywordMethod::TextRank => textrank::scores(&text, &candidates),
        KeywordMethod::Yake => yake::scores(&text, &candidates),
        KeywordMethod::TfIdf => tfidf::scores(&text, &candidates, background),
    };
    choose(scores)
}

/// Candidates that the last trees evaluate, for each key term that is asked for, and at least; twice
/// as many of the first ones by tf·idf and by keyphraseness have features at all.
const KEPT_FOR_EACH: usize = 3;
const KEPT_AT_LEAST: usize = 32;

#[cfg(test)]
mod tests;
