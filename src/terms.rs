//! Terms and their weights.
//!
//! | module | what it holds |
//! |---|---|
//! | [`association`] | how strongly two words go together |
//! | [`background`] | document frequencies learned from a corpus |
//! | [`concordance`] | every place where a pattern occurs |
//! | [`contingency`] | tables of two by two counts, and tests on them |
//! | [`dispersion`] | how evenly a term is spread over a corpus |
//! | [`diversity`] | how rich a vocabulary is |
//! | [`formula`] | the definition of a statistic, as `--explain` prints it |
//! | [`gram`] | words, syllables and n-grams as they are counted |
//! | [`growth`] | the laws of Zipf and Heaps |
//! | [`keyness`] | which terms one corpus has more of than another |
//! | [`keywords`] | key terms of one article |
//! | [`statistics`] | counts of a corpus that merge and can be saved |
//! | [`stopwords`] | words that tell nothing of the topic |
//! | [`vector`] | sparse sentence vectors (CSR) |
//! | [`weighting`] | tf, idf and normalization by their standard names |

pub mod association;
pub mod background;
pub mod concordance;
pub mod contingency;
pub mod dispersion;
pub mod diversity;
pub mod formula;
pub mod gram;
pub mod growth;
pub mod keyness;
pub mod keywords;
pub mod statistics;
pub mod stem;
pub mod stopwords;
pub mod vector;
pub mod weighting;
