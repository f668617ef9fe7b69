//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod analyzer;
pub mod article;
pub mod document;
pub mod model;
pub mod rank;
pub mod segment;
pub mod select;
pub mod summary;
pub mod terms;
pub mod text;
pub mod train;

pub use analyzer::{Analyzer, TextOptions};
pub use document::Document;
pub use summary::{Summarizer, Summary};
