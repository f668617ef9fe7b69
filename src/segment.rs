//! From text to tokens, sentences and words.
//!
//! | module | what it holds |
//! |---|---|
//! | [`token`] | what a token is: kind, shape, unit |
//! | [`scan`] | the tokenizer: one pass over the bytes |
//! | [`sentence`] | sentence boundaries by rules for Vietnamese news |
//! | [`lexicon`] | words with counts, as a trie over unit ids |
//! | [`linear`] | the trained segmenter: a linear chain over unit n-grams |
//! | [`dictionary`] | a user's words, which win over the segmenter |
//! | [`word`] | the [`WordSegmenter`](word::WordSegmenter) interface and longest match |

mod abbreviation;
pub mod dictionary;
pub mod lexicon;
pub mod linear;
pub mod opening;
mod run_on;
pub mod scan;
pub mod sentence;
pub mod token;
pub mod word;
