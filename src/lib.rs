//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod segment;
pub mod text;
