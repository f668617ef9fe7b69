//! Statistics of corpora, and key terms of articles.
//!
//! | module | what it holds |
//! |---|---|
//! | [`association`] | how strongly two words go together |
//! | [`collocation`] | contingency tables of the pairs of a corpus |
//! | [`concordance`] | every place where a pattern occurs |
//! | [`contingency`] | tables of two by two counts, and tests on them |
//! | [`dispersion`] | how evenly a term is spread over a corpus |
//! | [`diversity`] | how rich a vocabulary is |
//! | [`formula`] | the definition of a statistic, as `--explain` prints it |
//! | [`ngram`] | words, syllables and n-grams as they are counted |
//! | [`ngram_counter`] | counts of n-grams in little memory, in the order of their keys |
//! | [`keyness`] | which terms one corpus has more of than another |
//! | [`keywords`] | key terms of one article |
//! | [`runs`] | sorted counts as streams of bytes, which are merged |
//! | [`statistics`] | counts of a corpus that merge and can be saved |
//! | [`stem`] | stems of foreign words |
//! | [`totals`] | sizes of a corpus |
//! | [`weighting`] | tf, idf and normalization by their standard names |
//! | [`zipf_heaps`] | the laws of Zipf and Heaps |

pub mod association;
pub mod collocation;
pub mod concordance;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod formula;
pub mod keyness;
pub mod keywords;
pub mod ngram;
pub mod ngram_counter;
pub mod runs;
pub mod statistics;
pub mod stem;
mod term_index;
pub mod totals;
pub mod weighting;
pub mod zipf_heaps;
