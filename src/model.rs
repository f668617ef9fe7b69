//! Model files: what was learned from corpora, with its provenance.
//!
//! All models share one container ([`container`]): a magic number, an integer format version, a
//! header in JSON that says what the model is and where it comes from, named sections of
//! compressed little-endian data, and a checksum over everything. The models that ship with the
//! library are embedded ([`embedded`]), so that it works offline from one file.

pub mod codec;
pub mod container;
pub mod embedded;

pub use container::{Container, ContainerBuilder, ModelError, ModelInfo};
