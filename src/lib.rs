//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod analyzer;
pub mod article;
pub mod document;
pub mod model;
pub mod segment;
pub mod terms;
pub mod text;
pub mod train;

pub use analyzer::{Analyzer, TextOptions};
pub use document::Document;
