//! Where sentences end.
//!
//! | module | what it holds |
//! |---|---|
//! | `splitter` | boundaries at marks, by rules |
//! | `choices` | answers to choose from on one line |
//! | `ender` | marks that can end a sentence |
//! | `labels`, `notes` | `Điều 12.` at the head of a line, `.[1]` behind a sentence |
//! | `lower_case` | texts without capitals |
//! | `speech` | who said what was quoted |
//! | `unmarked` | boundaries without a mark, where a text lost its line ends |

mod choices;
mod ender;
mod labels;
mod lower_case;
mod notes;
mod speech;
mod splitter;
mod unmarked;

pub use splitter::{SentenceOptions, split, split_with};
