//! Weights of terms that rankers need.
//!
//! | module | what it holds |
//! |---|---|
//! | `background` | document frequencies learned from a corpus |
//! | `standalone` | which openings of sentences need no sentence before them |
//! | `stopwords` | words that tell nothing of the topic |
//! | `vector` | sparse sentence vectors (CSR) |

pub(crate) mod background;
pub(crate) mod standalone;
pub(crate) mod stopwords;
pub(crate) mod vector;

pub use background::Background;
pub use standalone::StandaloneModel;
pub use stopwords::StopWords;
pub use vector::SparseRows;
