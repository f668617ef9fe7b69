//! Learning models from corpora.
//!
//! Training does no input or output: a trainer takes texts in order and returns entries or a model.
//! The same texts in the same order give the same bytes. The command `tomtat train` reads the
//! files.

pub mod background;
mod boost;
pub mod extracts;
pub mod keywords;
pub mod lexicon;
pub mod ranker;
pub mod segmenter;
pub mod sentence_starters;
pub mod standalone;
