//! Terms and their weights.
//!
//! | module | what it holds |
//! |---|---|
//! | [`background`] | document frequencies learned from a corpus |
//! | [`formula`] | the definition of a statistic, as `--explain` prints it |
//! | [`gram`] | words, syllables and n-grams as they are counted |
//! | [`statistics`] | counts of a corpus that merge and can be saved |
//! | [`vector`] | sparse sentence vectors (CSR) |

pub mod background;
pub mod formula;
pub mod gram;
pub mod statistics;
pub mod vector;
