//! Learning models from corpora.
//!
//! Training is pure: a trainer is fed with texts, in order, and gives back entries or a model. The
//! same texts in the same order give the same bytes. The command `tomtat train` reads the files.

pub mod background;
mod boost;
pub mod keywords;
pub mod lexicon;
pub mod ranker;
pub mod segmenter;
pub mod sentence_starters;
