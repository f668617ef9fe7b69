//! Text below the level of words: letters, syllables, keys.
//!
//! Nothing in this module changes a text unasked. Folding exists for *keys* only: what is
//! counted and compared is folded, what is printed is a slice of the input.
//!
//! | module | what it holds |
//! |---|---|
//! | [`letter`] | the 33 base letters, five tone marks and case of a character |
//! | [`syllable`] | the Vietnamese syllable: onset, glide, nucleus, coda, tone; identifiers |
//! | [`key`] | folded keys of words |
//! | [`encoding`] | UTF-8, UTF-16 and the older encodings: detect, decode, encode, mojibake |
//! | [`offsets`] | bytes as characters, UTF-16 units, lines and columns |
//! | [`tone`] | where tone marks stand, and the other style on request |
//! | [`strip`] | search keys without tones or marks |
//! | [`collate`] | alphabetical order |
//! | [`repair`] | the text doctor, and fixes on request with an account of every change |

pub(crate) mod chunk;
pub mod collate;
pub mod encoding;
pub(crate) mod glued;
pub mod key;
pub mod language;
pub mod letter;
pub mod offsets;
pub mod repair;
pub mod strip;
pub mod syllable;
pub mod tone;
pub(crate) mod word_runs;
