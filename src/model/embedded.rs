//! The models that ship with the library.
//!
//! They are read once in a process, on first use, and shared. `models/MANIFEST.md` says where they
//! come from and how to rebuild them.

use std::sync::{Arc, LazyLock};

use super::container::{Container, ModelError, Verify};
use crate::rank::trained::RankerModel;
use crate::token::sentence_starters::SentenceStarters;
use crate::weights::background::Background;
use crate::words::WordSegmenter;
use crate::words::crf::CrfSegmenter;
use crate::words::crf::model::SegmenterModel;
use crate::words::lexicon::Lexicon;

/// Puts a file at the beginning of a line of the cache, where its raw sections expect to be.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static LEXICON_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../models/vi-news.lexicon"));
static SEGMENTER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../models/vi-news.segmenter"));
static STARTERS_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../models/vi-news.openings"));
static RANKER_FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../models/vi-news.ranker"));
static BACKGROUND_FILE: &Aligned<[u8]> =
    &Aligned(*include_bytes!("../../models/vi-news.background"));

/// The file of the lexicon.
pub const LEXICON: &[u8] = &LEXICON_FILE.0;

/// The file of the word segmenter.
pub const SEGMENTER: &[u8] = &SEGMENTER_FILE.0;

/// The file of the background statistics.
pub const BACKGROUND: &[u8] = &BACKGROUND_FILE.0;

fn embedded(file: &'static [u8]) -> Result<Container<'static>, ModelError> {
    Container::parse_with(file, Verify::HeaderOnly)
}

/// The file of the sentence starters.
pub const OPENINGS: &[u8] = &STARTERS_FILE.0;

/// The file of the ranker.
pub const RANKER: &[u8] = &RANKER_FILE.0;

/// Returns the lexicon.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn lexicon() -> Arc<Lexicon> {
    static SHARED: LazyLock<Arc<Lexicon>> =
        LazyLock::new(|| Arc::new(Lexicon::read(LEXICON).expect("the embedded lexicon is intact")));
    Arc::clone(&SHARED)
}

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

/// Returns which capitalized syllables open sentences.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn sentence_starters() -> &'static SentenceStarters {
    static SHARED: LazyLock<SentenceStarters> = LazyLock::new(|| {
        let starters = embedded(OPENINGS).and_then(|file| SentenceStarters::read_embedded(&file));
        starters.expect("the embedded sentence starters are intact")
    });
    &SHARED
}

/// Returns the ranker of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn ranker() -> Arc<RankerModel> {
    static SHARED: LazyLock<Arc<RankerModel>> = LazyLock::new(|| {
        let ranker = embedded(RANKER).and_then(|file| RankerModel::read_from(&file));
        Arc::new(ranker.expect("the embedded ranker is intact"))
    });
    Arc::clone(&SHARED)
}
