//! Folded keys: what is counted and compared.
