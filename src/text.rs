//! Text below the level of words: letters, syllables, keys.
//!
//! Nothing in this module changes a text. Normalization exists for *keys* only: what is
//! counted and compared is folded, what is printed is a slice of the input.
//!
//! | module | what it holds |
//! |---|---|
//! | [`letter`] | the 33 base letters, five tone marks and case of a character |
//! | [`syllable`] | the Vietnamese syllable: onset, glide, nucleus, coda, tone; identifiers |
//! | [`key`] | folded keys of words |
//! | [`encoding`], [`decode`], [`encode`], [`detect`] | UTF-8, UTF-16 and the older encodings |

pub mod decode;
pub mod detect;
pub mod encode;
pub mod encoding;
pub mod key;
pub(crate) mod legacy;
pub mod letter;
pub mod syllable;
