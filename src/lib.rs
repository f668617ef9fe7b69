//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod model;
pub mod segment;
pub mod text;
