//! Terms and their weights.
//!
//! | module | what it holds |
//! |---|---|
//! | [`background`] | document frequencies learned from a corpus |
//! | [`vector`] | sparse sentence vectors (CSR) |

pub mod background;
pub mod vector;
