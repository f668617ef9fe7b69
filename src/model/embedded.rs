//! The models that ship with the library.
//!
//! They are read once in a process, on first use, and shared. `models/MANIFEST.md` says where they
//! come from and how to rebuild them.

use std::sync::{Arc, LazyLock};

use crate::rank::trained::RankerModel;
use crate::segment::lexicon::Lexicon;
use crate::segment::linear::LinearSegmenter;
use crate::segment::linear::model::SegmenterModel;
use crate::segment::word::WordSegmenter;
use crate::terms::background::Background;

/// The file of the lexicon.
pub const LEXICON: &[u8] = include_bytes!("../../models/vi-news.lexicon");

/// The file of the word segmenter.
pub const SEGMENTER: &[u8] = include_bytes!("../../models/vi-news.segmenter");

/// The file of the background statistics.
pub const BACKGROUND: &[u8] = include_bytes!("../../models/vi-news.background");

/// The file of the ranker.
pub const RANKER: &[u8] = include_bytes!("../../models/vi-news.ranker");

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
    static SHARED: LazyLock<Arc<LinearSegmenter>> = LazyLock::new(|| {
        let model = SegmenterModel::read(SEGMENTER).expect("the embedded segmenter is intact");
        Arc::new(model.into_segmenter())
    });
    Arc::<LinearSegmenter>::clone(&SHARED)
}

/// Returns the background statistics of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn background() -> Arc<Background> {
    static SHARED: LazyLock<Arc<Background>> = LazyLock::new(|| {
        Arc::new(Background::read(BACKGROUND).expect("the embedded background model is intact"))
    });
    Arc::clone(&SHARED)
}

/// Returns the ranker of Vietnamese news.
///
/// # Panics
///
/// Never in a build that passed its tests: they read every embedded model.
#[must_use]
pub fn ranker() -> Arc<RankerModel> {
    static SHARED: LazyLock<Arc<RankerModel>> = LazyLock::new(|| {
        Arc::new(RankerModel::read(RANKER).expect("the embedded ranker is intact"))
    });
    Arc::clone(&SHARED)
}
