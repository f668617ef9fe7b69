//! The models that an analysis uses, handed in as one value.

use std::fmt;
use std::sync::Arc;

use crate::corpus::keywords::{KeywordModel, KeywordModels};
use crate::rank::trained::RankerModel;
use crate::token::sentence_starters::SentenceStarters;
use crate::weights::background::Background;
use crate::weights::standalone::StandaloneModel;
use crate::weights::stopwords::StopWords;
use crate::words::lexicon::Lexicon;
use crate::words::{WordSegmenter, longest_match::LongestMatch};

/// Everything learned that an [`Analyzer`](crate::Analyzer) and a
/// [`Summarizer`](crate::Summarizer) use: cheap to clone, shared by all threads.
///
/// `Models::default()`, with the feature `builtin-models`, are the models that ship with the
/// library; [`Models::untrained`] needs none of them.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
///
/// use tomtat::weights::Background;
/// use tomtat::{Analyzer, Models};
///
/// let words = [("lạm phát".to_string(), 4), ("và".to_string(), 98)];
/// let models = Models::default().with_background(Arc::new(Background::new(100, &words, &[])));
/// let analyzer = Analyzer::from_models(models);
/// assert_eq!(analyzer.background().documents(), 100);
/// ```
#[derive(Clone)]
pub struct Models {
    segmenter: Arc<dyn WordSegmenter>,
    starters: Arc<SentenceStarters>,
    background: Arc<Background>,
    stop_words: Arc<StopWords>,
    ranker: Option<Shared<RankerModel>>,
    standalone: Arc<StandaloneModel>,
    keywords: Shared<KeywordModel>,
}

/// A model that is there, or that is read when it is first used.
#[derive(Clone)]
enum Shared<T: 'static> {
    Read(Arc<T>),
    OnFirstUse(fn() -> &'static Arc<T>),
}

impl<T> Shared<T> {
    fn get(&self) -> &Arc<T> {
        match self {
            Self::Read(model) => model,
            Self::OnFirstUse(read) => read(),
        }
    }
}

impl Models {
    /// Returns models that have learned nothing: each syllable is a word, a capital tells nothing
    /// of sentences, all words are equally frequent, no word is a stop word, and there is no
    /// trained ranker.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::{Analyzer, Models};
    ///
    /// let document = Analyzer::from_models(Models::untrained()).analyze("Học sinh đi học.");
    /// let sentence = document.sentence(0).expect("there is one");
    /// assert_eq!(sentence.words().count(), 5);
    /// ```
    #[must_use]
    pub fn untrained() -> Self {
        Self {
            segmenter: Arc::new(LongestMatch::new(Lexicon::default())),
            starters: Arc::default(),
            background: Arc::default(),
            stop_words: Arc::default(),
            ranker: None,
            standalone: Arc::default(),
            keywords: Shared::Read(Arc::default()),
        }
    }

    /// Replaces the word segmenter.
    #[must_use]
    pub fn with_segmenter(mut self, segmenter: Arc<dyn WordSegmenter>) -> Self {
        self.segmenter = segmenter;
        self
    }

    /// Replaces the sentence starters.
    #[must_use]
    pub fn with_starters(mut self, starters: Arc<SentenceStarters>) -> Self {
        self.starters = starters;
        self
    }

    /// Replaces the background statistics.
    #[must_use]
    pub fn with_background(mut self, background: Arc<Background>) -> Self {
        self.background = background;
        self
    }

    /// Replaces the stop words.
    #[must_use]
    pub fn with_stop_words(mut self, stop_words: Arc<StopWords>) -> Self {
        self.stop_words = stop_words;
        self
    }

    /// Replaces the model of the trained ranker.
    #[must_use]
    pub fn with_ranker(mut self, ranker: Arc<RankerModel>) -> Self {
        self.ranker = Some(Shared::Read(ranker));
        self
    }

    /// Replaces the model of sentences that stand alone.
    #[must_use]
    pub fn with_standalone(mut self, standalone: Arc<StandaloneModel>) -> Self {
        self.standalone = standalone;
        self
    }

    /// Replaces the model of key terms.
    #[must_use]
    pub fn with_keywords(mut self, keywords: Arc<KeywordModel>) -> Self {
        self.keywords = Shared::Read(keywords);
        self
    }

    /// Sets the ranker and the model of key terms to such that are read when they are first used:
    /// few commands need them, and to read them costs as much as all other models.
    pub(crate) fn with_lazy(
        mut self,
        ranker: fn() -> &'static Arc<RankerModel>,
        keywords: fn() -> &'static Arc<KeywordModel>,
    ) -> Self {
        self.ranker = Some(Shared::OnFirstUse(ranker));
        self.keywords = Shared::OnFirstUse(keywords);
        self
    }

    /// Returns the word segmenter.
    #[must_use]
    pub fn segmenter(&self) -> &Arc<dyn WordSegmenter> {
        &self.segmenter
    }

    /// Returns the sentence starters.
    #[must_use]
    pub const fn starters(&self) -> &Arc<SentenceStarters> {
        &self.starters
    }

    /// Returns the background statistics.
    #[must_use]
    pub const fn background(&self) -> &Arc<Background> {
        &self.background
    }

    /// Returns the stop words.
    #[must_use]
    pub const fn stop_words(&self) -> &Arc<StopWords> {
        &self.stop_words
    }

    /// Returns the model of the trained ranker, if there is one.
    #[must_use]
    pub fn ranker(&self) -> Option<&Arc<RankerModel>> {
        self.ranker.as_ref().map(Shared::get)
    }

    /// Returns the model of sentences that stand alone.
    #[must_use]
    pub const fn standalone(&self) -> &Arc<StandaloneModel> {
        &self.standalone
    }

    /// Returns the model of key terms.
    #[must_use]
    pub fn keywords(&self) -> &Arc<KeywordModel> {
        self.keywords.get()
    }
}

/// What key terms are found with.
impl<'a> From<&'a Models> for KeywordModels<'a> {
    fn from(models: &'a Models) -> Self {
        Self::new(models.keywords(), &models.background, &models.stop_words)
    }
}

/// Names what is there and prints no weights: models have megabytes of them.
impl fmt::Debug for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Models")
            .field("documents", &self.background.documents())
            .field("stop_words", &self.stop_words.len())
            .field("ranker", &self.ranker.is_some())
            .finish_non_exhaustive()
    }
}
