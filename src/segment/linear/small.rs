//! Weights of how units are written and of what the lexicon knows, without the units themselves.

use std::borrow::Cow;

use super::cover::{COVERS, EDGES};
use super::form::FORMS;

/// Where the tables of small weights begin, in weights.
pub(crate) struct SmallField;

impl SmallField {
    /// By the forms of the four units around the gap.
    pub(crate) const FORMS: usize = 0;
    /// By cover, end of a word on the left, start of a word on the right.
    pub(crate) const COVER_INNER: usize = Self::FORMS + FORMS * FORMS * FORMS * FORMS;
    /// By cover and start of a word at the left unit.
    pub(crate) const COVER_START: usize = Self::COVER_INNER + COVERS * EDGES * EDGES;
    /// By cover and end of a word at the right unit.
    pub(crate) const COVER_END: usize = Self::COVER_START + COVERS * EDGES;
    /// By cover and the forms of the two units beside the gap.
    pub(crate) const COVER_FORMS: usize = Self::COVER_END + COVERS * EDGES;
    /// Added if the gap before was joined.
    pub(crate) const JOINED: usize = Self::COVER_FORMS + COVERS * FORMS * FORMS;
    /// Number of weights.
    pub(crate) const END: usize = Self::JOINED + 1;
}

/// The small weights as they lie in a model file: 16 bits each, little-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SmallWeights {
    bytes: Cow<'static, [u8]>,
}

impl SmallWeights {
    /// Takes the weights in `bytes`; returns nothing if these are too few or too many.
    pub(crate) fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        (bytes.len() == 2 * SmallField::END).then_some(Self { bytes })
    }

    pub(crate) fn from_weights(weights: &[i16; SmallField::END]) -> Self {
        Self { bytes: weights.iter().flat_map(|weight| weight.to_le_bytes()).collect() }
    }

    /// Returns the weights as they are written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Borrows the weights for many look-ups.
    #[inline]
    pub(crate) fn view(&self) -> SmallView<'_> {
        SmallView { bytes: &self.bytes }
    }
}

/// Borrowed [`SmallWeights`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct SmallView<'w> {
    bytes: &'w [u8],
}

impl SmallView<'_> {
    /// Returns the weight with this number.
    #[inline]
    pub(crate) fn at(self, number: usize) -> i32 {
        match self.bytes[2 * number..] {
            [low, high, ..] => i32::from(i16::from_le_bytes([low, high])),
            _ => 0,
        }
    }
}
