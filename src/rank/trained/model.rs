//! The file of the trained ranker.

use super::forest::Forest;
use super::tables::LearnedTables;
use super::{features, subsets};
use crate::model::codec::Reader;
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};

/// Kind of the model in its header.
const KIND: &str = "ranker";

/// Everything that the trained ranker has learned.
///
/// Made by [`train::ranker`](crate::train::ranker), used by
/// [`Trained`](crate::rank::trained::Trained).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankerModel {
    pub(crate) tables: LearnedTables,
    /// Scores of sentences and of sets, for articles with a title.
    pub(crate) titled: Forests,
    /// The same for articles without.
    pub(crate) untitled: Forests,
}

/// A score of sentences and a score of sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forests {
    pub(crate) sentences: Forest,
    pub(crate) sets: Forest,
}

impl RankerModel {
    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        let mut builder = ContainerBuilder::new(info);
        let mut tables = Vec::new();
        self.tables.encode(&mut tables);
        builder.raw_section("tables", &tables);
        for (name, forests) in [("titled", &self.titled), ("untitled", &self.untitled)] {
            let mut section = Vec::new();
            forests.sentences.encode(&mut section);
            forests.sets.encode(&mut section);
            builder.raw_section(name, &section);
        }
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact ranker of this version's keys and features.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read_from(&Container::parse(bytes)?)
    }

    /// Reads the sections of a file.
    pub(crate) fn read_from(container: &Container<'_>) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let section = container.section("tables")?;
        let mut reader = Reader::new("tables", &section);
        let tables = LearnedTables::decode(&mut reader)?;
        reader.finish()?;
        let forests = |name: &'static str| -> Result<Forests, ModelError> {
            let section = container.section(name)?;
            let mut reader = Reader::new(name, &section);
            let sentences = Forest::decode(&mut reader, features::COUNT)?;
            let sets = Forest::decode(&mut reader, subsets::COUNT)?.into_cascade();
            reader.finish()?;
            Ok(Forests { sentences, sets })
        };
        Ok(Self { tables, titled: forests("titled")?, untitled: forests("untitled")? })
    }
}
