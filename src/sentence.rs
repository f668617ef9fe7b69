//! Where sentences end.
//!
//! | module | what it holds |
//! |---|---|
//! | [`splitter`] | boundaries at marks, by rules |
//! | `unmarked` | boundaries without a mark, where a text lost its line ends |

pub mod splitter;
mod unmarked;

pub use splitter::{SentenceOptions, split, split_with};
