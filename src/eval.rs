//! Evaluation: scores of summaries and segmentations, and how far they can be trusted.
//!
//! The module stands beside the flow of analysis: it takes texts and references, and depends on
//! no model. Everything is deterministic: the same input and seed give the same bits on every
//! machine, for any number of threads.
//!
//! | module | what it measures |
//! |---|---|
//! | [`tokenize`] | – the units that are compared: syllables, words, or what other programs see |
//! | [`rouge`] | ROUGE-N, L, Lsum, S, SU, W of summaries |
//! | [`rouge155`] | the same on the scale of the Perl script ROUGE-1.5.5 |
//! | [`corpus`] | many pairs on several threads |
//! | [`oracle`] | the best summary that can be extracted |
//! | [`chrf`] | chrF and chrF++: character n-grams |
//! | [`extraction`] | chosen sentences against chosen sentences |
//! | [`boundary`] | boundary similarity of segmentations, and word segmentation by spans |
//! | [`bootstrap`] | confidence intervals |
//! | [`significance`] | paired tests and correction for many comparisons |
//! | [`duplicates`] | – texts of one collection that stand in another, too |
//! | [`signature`] | the line that says what was computed |
//!
//! # Examples
//!
//! A table row with a confidence interval:
//!
//! ```
//! use tomtat::eval::{Bootstrap, Rouge};
//!
//! let rouge = Rouge::default();
//! let pairs = [
//!     ("Giá xăng giảm từ chiều nay.", "Giá xăng giảm 500 đồng từ chiều nay."),
//!     ("Đội tuyển thắng trận đầu.", "Đội tuyển nữ thắng trận ra quân."),
//!     ("Cầu mới thông xe.", "Sáng nay cầu mới bắc qua sông Hậu thông xe."),
//! ];
//! let mut scratch = rouge.scratch();
//! let f: Vec<f64> =
//!     pairs.iter().map(|(p, r)| rouge.score(p, &[r], &mut scratch)[0].f_measure).collect();
//! let interval = Bootstrap::new(1000, 42).mean_interval(&f, 0.95);
//! assert!(interval.low <= interval.mean && interval.mean <= interval.high);
//! println!("R1 {:.3} [{:.3}, {:.3}]", interval.mean, interval.low, interval.high);
//! println!("{}", rouge.signature().with("refs", 1).with("bs", 1000).with("seed", 42));
//! ```

pub mod bootstrap;
pub mod boundary;
pub mod chrf;
pub mod corpus;
pub mod duplicates;
pub mod extraction;
pub mod keywords;
pub mod oracle;
mod random;
pub mod rouge;
mod score;
pub mod signature;
pub mod significance;
pub mod tokenize;

pub use bootstrap::{Bootstrap, Interval};
pub use chrf::Chrf;
pub use oracle::Oracle;
pub use random::Random;
pub use rouge::{
    Measure, ParseMeasureError, References, Rouge, RougeBuilder, RougeError, Scratch, rouge155,
};
pub use score::Score;
pub use signature::{Fingerprint, Signature};
pub use tokenize::{Punctuation, Stemming, Tokenizer};
