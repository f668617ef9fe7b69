//! Weights of how units are written and of what the lexicon knows, without the units themselves.

use std::borrow::Cow;

use super::lexicon_features::{COVERS, EDGES};
use super::token_shape::FORMS;

const FORMS_LEN: usize = FORMS * FORMS * FORMS * FORMS;
const INNER_LEN: usize = COVERS * EDGES * EDGES;
const EDGE_LEN: usize = COVERS * EDGES;
const COVER_FORMS_LEN: usize = COVERS * FORMS * FORMS;

/// Where the tables of small weights begin, in weights.
pub(crate) struct DenseField;

impl DenseField {
    /// By the forms of the four units around the gap.
    pub(crate) const FORMS: usize = 0;
    /// By cover, end of a word on the left, start of a word on the right.
    pub(crate) const COVER_INNER: usize = Self::FORMS + FORMS_LEN;
    /// By cover and start of a word at the left unit.
    pub(crate) const COVER_START: usize = Self::COVER_INNER + INNER_LEN;
    /// By cover and end of a word at the right unit.
    pub(crate) const COVER_END: usize = Self::COVER_START + EDGE_LEN;
    /// By cover and the forms of the two units beside the gap.
    pub(crate) const COVER_FORMS: usize = Self::COVER_END + EDGE_LEN;
    /// Added if the gap before was joined.
    pub(crate) const JOINED: usize = Self::COVER_FORMS + COVER_FORMS_LEN;
    /// Number of weights.
    pub(crate) const END: usize = Self::JOINED + 1;
}

/// The small weights as they lie in a model file: 16 bits each, little-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DenseWeights {
    bytes: Cow<'static, [u8]>,
}

impl DenseWeights {
    /// Takes the weights in `bytes`; returns nothing if these are too few or too many.
    pub(crate) fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        (bytes.len() == 2 * DenseField::END).then_some(Self { bytes })
    }

    /// Takes each weight from its number, see [`DenseField`].
    pub(crate) fn from_fn(weight: impl Fn(usize) -> i16) -> Self {
        Self { bytes: (0..DenseField::END).flat_map(|i| weight(i).to_le_bytes()).collect() }
    }

    /// Returns the weights as they are written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Borrows the weights for many look-ups.
    #[inline]
    pub(crate) fn view(&self) -> DenseView<'_> {
        DenseView::new(self.bytes.as_chunks().0).expect("the length was checked")
    }
}

/// A weight as it is written.
type Raw = [u8; 2];

/// Borrowed [`DenseWeights`]: tables whose lengths are powers of two, so that an index that is
/// cut to the length needs no check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DenseView<'w> {
    forms: &'w [Raw; FORMS_LEN],
    cover_inner: &'w [Raw; INNER_LEN],
    cover_start: &'w [Raw; EDGE_LEN],
    cover_end: &'w [Raw; EDGE_LEN],
    cover_forms: &'w [Raw; COVER_FORMS_LEN],
    joined: i32,
}

macro_rules! look_ups {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[inline]
        pub(crate) fn $name(self, index: usize) -> i32 {
            weight(self.$name[index % self.$name.len()])
        }
    )+};
}

impl<'w> DenseView<'w> {
    #[inline]
    fn new(all: &'w [Raw]) -> Option<Self> {
        let (forms, rest) = all.split_first_chunk()?;
        let (cover_inner, rest) = rest.split_first_chunk()?;
        let (cover_start, rest) = rest.split_first_chunk()?;
        let (cover_end, rest) = rest.split_first_chunk()?;
        let (cover_forms, rest) = rest.split_first_chunk()?;
        let joined = weight(*rest.first()?);
        Some(Self { forms, cover_inner, cover_start, cover_end, cover_forms, joined })
    }

    look_ups! {
        /// Returns the weight of four forms.
        forms
        /// Returns the weight of a cover between the end and the start of words.
        cover_inner
        /// Returns the weight of a cover and the start of a word at the left unit.
        cover_start
        /// Returns the weight of a cover and the end of a word at the right unit.
        cover_end
        /// Returns the weight of a cover and two forms.
        cover_forms
    }

    /// Returns the weight of a joined gap before.
    #[inline]
    pub(crate) const fn joined(self) -> i32 {
        self.joined
    }
}

#[inline]
fn weight(raw: Raw) -> i32 {
    i32::from(i16::from_le_bytes(raw))
}
