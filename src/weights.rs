//! Weights of terms that rankers need.
//!
//! | module | what it holds |
//! |---|---|
//! | `background` | document frequencies learned from a corpus |
//! | `stopwords` | words that tell nothing of the topic |
//! | `vector` | sparse sentence vectors (CSR) |

pub(crate) mod background;
pub(crate) mod stopwords;
pub(crate) mod vector;

pub use background::Background;
pub use stopwords::StopWords;
pub use vector::SparseRows;
