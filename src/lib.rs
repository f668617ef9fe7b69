//! Vietnamese text toolkit: sentences, words, terms, extractive summaries and their evaluation.
//!
//! tomtat ("tóm tắt", to summarize) reads Vietnamese as it really is: pages full of captions and
//! related links, sentences glued together, decomposed letters, both styles of tone marks. It never
//! changes the text: everything it finds is a byte range of the input.
//!
//! # Examples
//!
//! The key sentence of an article:
//!
//! ```
//! use tomtat::select::Budget;
//! use tomtat::{Analyzer, Summarizer};
//!
//! let text = "Cầu Cỏ May thông xe trước Tết\n\n\
//!     Sáng 12/1, cầu Cỏ May nối hai bờ sông được thông xe sớm một tháng.\n\n\
//!     Dòng xe đầu tiên qua cầu. Ảnh: Lê An\n\n\
//!     Trời hôm ấy se lạnh. Cầu Cỏ May dài 900 m, vốn đầu tư 1.200 tỉ đồng.\n\n\
//!     Có thể bạn quan tâm\n\nGiá vàng lập đỉnh mới";
//!
//! let analyzer = Analyzer::new(); // the models are embedded; share it between threads
//! let document = analyzer.analyze(text); // cannot fail
//! let summarizer = Summarizer::new(&analyzer).with_budget(Budget::sentences(1)?);
//! let summary = summarizer.summarize(&document);
//!
//! let pick = &summary.picks()[0];
//! assert!(text[pick.span()].starts_with("Sáng 12/1, cầu Cỏ May"));
//! # Ok::<(), tomtat::select::BudgetError>(())
//! ```
//!
//! # Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | [`text`] | letters, syllables, keys; encodings, tone styles, normalization, the text doctor |
//! | [`page`] | the blocks of a page and their roles |
//! | [`token`] | the tokenizer and what a token is |
//! | [`sentence`] | where sentences end |
//! | [`words`] | which syllables are one word |
//! | [`multidoc`] | one summary of several articles |
//! | [`document`] | the result of analysis: flat arrays of blocks, sentences, tokens, words |
//! | [`weights`] | background statistics, stop words, sentence vectors |
//! | [`corpus`] | counts of corpora, n-grams, association, keyness, key terms, concordance |
//! | [`rank`] | one file a sentence ranker, behind one trait |
//! | [`select`] | length budgets and redundancy |
//! | [`summary`] | summaries and their warnings |
//! | [`eval`] | ROUGE and other measures, confidence intervals, significance |
//! | [`model`] | the container of model files |
//! | [`Models`] | the models that an analysis uses, handed in as one value |
//! | [`builtin`] | the models that ship with the library (feature `builtin-models`) |
//! | [`train`] | learning models from corpora |
#![forbid(unsafe_code)]
// A build with all features is checked for dead code; without them their helpers are unused.
#![cfg_attr(
    not(all(feature = "builtin-models", feature = "html", feature = "train")),
    allow(dead_code, unused_imports)
)]

mod analyzer;
#[cfg(feature = "builtin-models")]
pub mod builtin;
mod candidates;
pub mod corpus;
pub mod document;
#[cfg(feature = "eval")]
pub mod eval;
pub mod model;
mod models;
pub mod multidoc;
pub mod page;
pub mod rank;
pub mod select;
pub mod sentence;
#[cfg(feature = "serde")]
mod serialize;
pub mod summary;
pub mod text;
pub mod token;
#[cfg(feature = "train")]
pub mod train;
mod vocabulary;
pub mod weights;
pub mod words;

pub use analyzer::{Analyzer, TextOptions};
#[cfg(feature = "builtin-models")]
pub use builtin::summarize;
pub use document::{Document, Sentence, Word};
pub use model::{ModelError, ModelInfo};
pub use models::Models;
pub use multidoc::{MultiSummarizer, MultiSummary};
pub use page::Role;
pub use rank::{RankContext, Ranker, RankerInfo};
pub use select::{Budget, BudgetError, Length, Mmr};
pub use summary::{Order, Pick, Summarizer, Summary, Warning};
pub use token::{Token, TokenKind};
pub use words::WordSegmenter;
pub use words::dictionary::Dictionary;
