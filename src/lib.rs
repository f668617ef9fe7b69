//! Vietnamese text toolkit.
#![forbid(unsafe_code)]
