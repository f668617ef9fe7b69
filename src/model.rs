//! Model files: what was learned from corpora, with its provenance.
//!
//! All models share one container ([`Container`]): a magic number, an integer format version, a
//! header in JSON that says what the model is and where it comes from, named sections of
//! compressed little-endian data, and a checksum over everything. Nothing here knows what a model
//! holds: the code that uses a model reads it. The models that ship with the library are in
//! [`builtin`](crate::builtin), on top of that code.

pub(crate) mod codec;
mod container;

pub(crate) use container::Verify;
pub use container::{Container, ContainerBuilder, ModelError, ModelInfo};
