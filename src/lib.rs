//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod eval;
pub mod text;
