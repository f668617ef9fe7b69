//! The trained segmenter as sections of a model file, which are looked up where they lie.
//!
//! All numbers are little-endian:
//!
//! ```text
//! units    known units, u32, ascending
//! rows     weights of each symbol, 64 signed bytes each
//! pairs    table of adjacent units: buckets of 64 bytes
//! triples  table of three units: buckets of 32 bytes
//! deep     table of longer words of the lexicon: buckets of 24 bytes
//! small    weights without units, i16
//! ```

use std::borrow::Cow;

use super::dense::DenseWeights;
use super::symbol::Symbols;
use super::table::Table;
use super::{CrfSegmenter, ROW};
use crate::model::{ContainerBuilder, ModelError};

impl CrfSegmenter {
    /// Writes the sections.
    pub(crate) fn write_sections(&self, builder: &mut ContainerBuilder) {
        builder.raw_section("units", &self.symbols.to_bytes());
        builder.raw_section("rows", &self.rows);
        builder.raw_section("pairs", self.pairs.as_bytes());
        builder.raw_section("triples", self.triples.as_bytes());
        builder.raw_section("deep", self.lexicon_trie.as_bytes());
        builder.raw_section("small", self.dense.as_bytes());
    }

    /// Reads the sections that [`Self::write_sections`] wrote.
    ///
    /// # Errors
    ///
    /// Returns an error if `section` does, or what it returns has the wrong length or order.
    pub(crate) fn from_sections(
        mut section: impl FnMut(&'static str) -> Result<Cow<'static, [u8]>, ModelError>,
    ) -> Result<Self, ModelError> {
        let damaged = |name: &str| {
            ModelError::corrupt(format!("section `{name}` of the segmenter cannot be read"))
        };
        let symbols = Symbols::from_bytes(&section("units")?).ok_or_else(|| damaged("units"))?;
        let rows = section("rows")?;
        if rows.len() != symbols.len() * ROW {
            return Err(damaged("rows"));
        }
        Ok(Self {
            symbols,
            rows,
            pairs: Table::from_bytes(section("pairs")?).ok_or_else(|| damaged("pairs"))?,
            triples: Table::from_bytes(section("triples")?).ok_or_else(|| damaged("triples"))?,
            lexicon_trie: Table::from_bytes(section("deep")?)
                .ok_or_else(|| damaged("lexicon_trie"))?,
            dense: DenseWeights::from_bytes(section("small")?).ok_or_else(|| damaged("small"))?,
        })
    }
}
