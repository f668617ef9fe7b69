//! Weights of terms that rankers need.
//!
//! | module | what it holds |
//! |---|---|
//! | [`background`] | document frequencies learned from a corpus |
//! | [`stopwords`] | words that tell nothing of the topic |
//! | [`vector`] | sparse sentence vectors (CSR) |

pub mod background;
pub mod stopwords;
pub mod vector;
