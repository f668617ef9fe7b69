//! Statistics of corpora, and key terms of articles.
//!
//! | module | what it holds |
//! |---|---|
//! | [`association`] | how strongly two words go together |
//! | [`concordance`] | every place where a pattern occurs |
//! | [`contingency`] | tables of two by two counts, and tests on them |
//! | [`dispersion`] | how evenly a term is spread over a corpus |
//! | [`diversity`] | how rich a vocabulary is |
//! | [`formula`] | the definition of a statistic, as `--explain` prints it |
//! | [`ngram`] | words, syllables and n-grams as they are counted |
//! | [`keyness`] | which terms one corpus has more of than another |
//! | [`keywords`] | key terms of one article |
//! | [`statistics`] | counts of a corpus that merge and can be saved |
//! | [`stem`] | stems of foreign words |
//! | [`weighting`] | tf, idf and normalization by their standard names |
//! | [`zipf_heaps`] | the laws of Zipf and Heaps |

pub mod association;
pub mod concordance;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod formula;
pub mod keyness;
pub mod keywords;
pub mod ngram;
pub mod statistics;
pub mod stem;
pub mod weighting;
pub mod zipf_heaps;
