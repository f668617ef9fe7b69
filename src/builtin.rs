//! The models that ship with the library (feature `builtin-models`).
//!
//! They are read once in a process, on first use, and shared. `models/MANIFEST.md` says where they
//! come from and how to rebuild them. Nothing below this module knows of it: models are handed to
//! the code that uses them, as a [`Models`] value.

use std::sync::{Arc, LazyLock};

use crate::analyzer::Analyzer;
use crate::corpus::keywords::KeywordModel;
use crate::model::{Container, ModelError, Verify};
use crate::models::Models;
use crate::rank::trained::{RankerModel, Trained};
use crate::select::Budget;
use crate::summary::Summarizer;
use crate::token::sentence_starters::SentenceStarters;
use crate::weights::background::Background;
use crate::weights::standalone::StandaloneModel;
use crate::weights::stopwords::StopWords;
use crate::words::WordSegmenter;
use crate::words::crf::CrfSegmenter;
use crate::words::crf::model::SegmenterModel;

/// Aligns a file to a cache line, as its raw sections expect.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static SEGMENTER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.segmenter"));
static STARTERS_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.starters"));
static RANKER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.ranker"));
static STANDALONE_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.standalone"));
static KEYWORDS_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.keywords"));
static BACKGROUND_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../models/vi-news.background"));

/// The file of the word segmenter.
pub const SEGMENTER: &[u8] = &SEGMENTER_FILE.0;

/// The file of the background statistics.
pub const BACKGROUND: &[u8] = &BACKGROUND_FILE.0;

fn embedded(file: &'static [u8]) -> Result<Container<'static>, ModelError> {
    Container::parse_with(file, Verify::HeaderOnly)
}

/// The file of the sentence starters.
pub const STARTERS: &[u8] = &STARTERS_FILE.0;

/// The file of the ranker.
pub const RANKER: &[u8] = &RANKER_FILE.0;

/// Returns the word segmenter.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn segmenter() -> Arc<dyn WordSegmenter> {
    static SHARED: LazyLock<Arc<CrfSegmenter>> = LazyLock::new(|| {
        let model = embedded(SEGMENTER).and_then(|file| SegmenterModel::read_embedded(&file));
        Arc::new(model.expect("the embedded segmenter is intact").into_segmenter())
    });
    Arc::<CrfSegmenter>::clone(&SHARED)
}

/// Returns the background statistics of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn background() -> Arc<Background> {
    static SHARED: LazyLock<Arc<Background>> = LazyLock::new(|| {
        let background = embedded(BACKGROUND).and_then(|file| Background::read_embedded(&file));
        Arc::new(background.expect("the embedded background model is intact"))
    });
    Arc::clone(&SHARED)
}

/// Returns which capitalized syllables begin sentences.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn starters() -> Arc<SentenceStarters> {
    static SHARED: LazyLock<Arc<SentenceStarters>> = LazyLock::new(|| {
        let starters = embedded(STARTERS).and_then(|file| SentenceStarters::read_embedded(&file));
        Arc::new(starters.expect("the embedded sentence starters are intact"))
    });
    Arc::clone(&SHARED)
}

/// Returns the stop words of Vietnamese news.
#[must_use]
pub fn stop_words() -> Arc<StopWords> {
    static SHARED: LazyLock<Arc<StopWords>> =
        LazyLock::new(|| Arc::new(StopWords::parse(include_str!("../models/vi-news.stopwords"))));
    Arc::clone(&SHARED)
}

/// Returns the ranker of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn ranker() -> Arc<RankerModel> {
    Arc::clone(shared_ranker())
}

fn shared_ranker() -> &'static Arc<RankerModel> {
    static SHARED: LazyLock<Arc<RankerModel>> = LazyLock::new(|| {
        let ranker = embedded(RANKER).and_then(|file| RankerModel::read_from(&file));
        Arc::new(ranker.expect("the embedded ranker is intact"))
    });
    &SHARED
}

/// The file of the model of sentences that stand alone.
pub const STANDALONE: &[u8] = &STANDALONE_FILE.0;

/// Returns which sentences of Vietnamese news stand alone.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn standalone() -> Arc<StandaloneModel> {
    static SHARED: LazyLock<Arc<StandaloneModel>> = LazyLock::new(|| {
        let model = embedded(STANDALONE).and_then(|file| StandaloneModel::read_from(&file));
        Arc::new(model.expect("the embedded model of sentences that stand alone is intact"))
    });
    Arc::clone(&SHARED)
}

/// The file of the ranker of key terms.
pub const KEYWORDS: &[u8] = &KEYWORDS_FILE.0;

/// Returns the ranker of key terms of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn keywords() -> Arc<KeywordModel> {
    Arc::clone(shared_keywords())
}

fn shared_keywords() -> &'static Arc<KeywordModel> {
    static SHARED: LazyLock<Arc<KeywordModel>> = LazyLock::new(|| {
        let model = embedded(KEYWORDS).and_then(|file| KeywordModel::read_from(&file));
        Arc::new(model.expect("the embedded ranker of key terms is intact"))
    });
    &SHARED
}

/// Returns the key sentences of a text in the order of the text: `sentences` of them, or fewer if
/// the text has no more.
///
/// The call for one text. For many texts make one [`Analyzer`] and one [`Summarizer`] and use them
/// again; they also tell the title, the scores and the warnings.
///
/// # Examples
///
/// ```
/// let text = "Sáng 12/1, cầu Cỏ May nối hai bờ sông được thông xe sớm một tháng.\n\n\
///     Dòng xe đầu tiên qua cầu. Ảnh: Lê An\n\n\
///     Trời hôm ấy se lạnh. Cầu Cỏ May dài 900 m, vốn đầu tư 1.200 tỉ đồng.";
/// let summary = tomtat::summarize(text, 1);
/// assert_eq!(summary, ["Sáng 12/1, cầu Cỏ May nối hai bờ sông được thông xe sớm một tháng."]);
/// ```
#[must_use]
pub fn summarize(text: &str, sentences: usize) -> Vec<&str> {
    let Ok(budget) = Budget::sentences(sentences) else { return Vec::new() };
    let analyzer = Analyzer::new();
    let document = analyzer.analyze(text);
    let summary = Summarizer::new(&analyzer).with_budget(budget).summarize(&document);
    summary.picks().iter().map(|pick| &text[pick.span()]).collect()
}

/// Returns all models that ship with the library.
#[must_use]
pub fn models() -> Models {
    Models::untrained()
        .with_segmenter(segmenter())
        .with_starters(starters())
        .with_background(background())
        .with_stop_words(stop_words())
        .with_standalone(standalone())
        .with_lazy(shared_ranker, shared_keywords)
}

/// The models that ship with the library.
impl Default for Models {
    fn default() -> Self {
        models()
    }
}

impl Analyzer {
    /// Makes an analyzer with the models that ship with the library.
    #[must_use]
    pub fn new() -> Self {
        Self::from_models(models())
    }
}

/// An analyzer with the models that ship with the library.
impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

/// The ranker with the model that ships with the library.
impl Default for Trained {
    fn default() -> Self {
        Self::new(ranker())
    }
}
