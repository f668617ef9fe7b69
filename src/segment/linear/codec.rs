//! The trained segmenter as bytes.
//!
//! All numbers are little-endian. In order: number of known units and the units (u32); their rows
//! of weights; the tables of pairs, triples and deep words; the five small tables (i16);
//! the weight of a joined gap (i16).

use super::cover::{COVERS, EDGES};
use super::form::FORMS;
use super::symbol::Symbols;
use super::table::Table;
use super::{LinearSegmenter, ROW};
use crate::model::ModelError;

pub(crate) const FORMS_LEN: usize = FORMS * FORMS * FORMS * FORMS;
pub(crate) const INNER_LEN: usize = COVERS * EDGES * EDGES;
pub(crate) const OUTER_LEN: usize = COVERS * EDGES;
pub(crate) const COVER_FORMS_LEN: usize = COVERS * FORMS * FORMS;

impl LinearSegmenter {
    /// Returns the segmenter as bytes, for a section of a model file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.symbols.write(&mut out);
        out.extend(self.rows.as_flattened().iter().map(|&w| w as u8));
        self.pairs.write(&mut out);
        self.triples.write(&mut out);
        self.deep.write(&mut out);
        let small =
            [&self.forms, &self.cover_inner, &self.cover_start, &self.cover_end, &self.cover_forms];
        for weight in small.into_iter().flatten().chain([&self.joined]) {
            out.extend_from_slice(&weight.to_le_bytes());
        }
        out
    }

    /// Reads a segmenter that [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are cut off, too many, or contradict themselves.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read(bytes)
            .ok_or_else(|| ModelError::corrupt("the weights of the segmenter cannot be read"))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (symbols, bytes) = Symbols::read(bytes)?;
        let (raw_rows, bytes) = bytes.split_at_checked(symbols.len() * ROW)?;
        let mut rows = vec![[0i8; ROW]; symbols.len()];
        for (weight, &raw) in rows.as_flattened_mut().iter_mut().zip(raw_rows) {
            *weight = raw as i8;
        }
        let (pairs, bytes) = Table::read(bytes)?;
        let (triples, bytes) = Table::read(bytes)?;
        let (deep, bytes) = Table::read(bytes)?;
        let (forms, bytes) = read_weights(bytes, FORMS_LEN)?;
        let (cover_inner, bytes) = read_weights(bytes, INNER_LEN)?;
        let (cover_start, bytes) = read_weights(bytes, OUTER_LEN)?;
        let (cover_end, bytes) = read_weights(bytes, OUTER_LEN)?;
        let (cover_forms, bytes) = read_weights(bytes, COVER_FORMS_LEN)?;
        let (joined, rest) = read_weights(bytes, 1)?;
        rest.is_empty().then_some(Self {
            symbols,
            rows,
            pairs,
            triples,
            deep,
            forms,
            cover_inner,
            cover_start,
            cover_end,
            cover_forms,
            joined: joined[0],
        })
    }
}

fn read_weights(bytes: &[u8], count: usize) -> Option<(Vec<i16>, &[u8])> {
    let (raw, rest) = bytes.split_at_checked(count * 2)?;
    Some((raw.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect(), rest))
}
