//! The Porter stemmer for English in the two forms that ROUGE programs use.
//!
//! It exists for compatibility only: on the ASCII debris that those programs make of Vietnamese
//! it cuts letters off at random.
//!
//! # References
//!
//! M. F. Porter (1980), *An algorithm for suffix stripping*, Program 14(3), 130–137.

mod nltk;
mod perl;

pub(crate) use nltk::stem as stem_nltk;
pub(crate) use perl::stem as stem_perl;
