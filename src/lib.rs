//! Vietnamese text toolkit.
#![forbid(unsafe_code)]

pub mod text;
