//! The file of the trained ranker.

use std::fmt;

use super::forest::Forest;
use super::tables::LearnedTables;
use super::{LengthKind, features, subsets};
use crate::model::codec::Reader;
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};

/// Kind of the model in its header.
const KIND: &str = "ranker";

/// Sections of the heads, for a free and for a given length.
const TITLED: [&str; 2] = ["titled", "titled, given length"];
const UNTITLED: [&str; 2] = ["untitled", "untitled, given length"];

/// Sections of the trees learned from extracts, with and without a title.
const EXTRACTS: [&str; 2] = ["titled, extracts", "untitled, extracts"];

/// All that the trained ranker has learned.
///
/// Made by [`train::ranker`](crate::train::ranker), used by
/// [`Trained`](crate::rank::trained::Trained).
#[derive(Clone, Default, PartialEq)]
pub struct RankerModel {
    pub(crate) tables: LearnedTables,
    /// For articles with a title.
    pub(crate) titled: Heads,
    /// For articles without a title.
    pub(crate) untitled: Heads,
}

/// Forests for each kind of length.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heads {
    /// For a free length: learned from the F-measure of ROUGE.
    pub(crate) free: Forests,
    /// For a given length: learned from an F-measure that weighs recall more.
    pub(crate) given: Forests,
    /// Learned from extracts that readers made, if there were any: all that counts of a sentence for a
    /// number of sentences, and a part of it for other lengths.
    pub(crate) extracts: Option<Forest>,
}

impl Heads {
    /// Returns the forests for a kind of length.
    pub(crate) const fn of(&self, kind: LengthKind) -> &Forests {
        match kind {
            LengthKind::Free => &self.free,
            LengthKind::Given | LengthKind::Count => &self.given,
        }
    }

    /// Returns the trees for sentences, for a kind of length.
    pub(crate) fn sentences(&self, kind: LengthKind) -> &Forest {
        let extracts = self.extracts.as_ref().filter(|_| kind == LengthKind::Count);
        extracts.unwrap_or_else(|| &self.of(kind).sentences)
    }

    /// Returns the forests for a kind of length, to be set.
    pub(crate) const fn of_mut(&mut self, kind: LengthKind) -> &mut Forests {
        match kind {
            LengthKind::Free => &mut self.free,
            LengthKind::Given | LengthKind::Count => &mut self.given,
        }
    }
}

/// Trees for sentences and trees for sets.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Forests {
    pub(crate) sentences: Forest,
    pub(crate) sets: Forest,
}

/// Prints no weights: there are megabytes of them.
impl fmt::Debug for RankerModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RankerModel").finish_non_exhaustive()
    }
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
        for (name, forests) in [
            (TITLED[0], &self.titled.free),
            (UNTITLED[0], &self.untitled.free),
            (TITLED[1], &self.titled.given),
            (UNTITLED[1], &self.untitled.given),
        ] {
            let mut section = Vec::new();
            forests.sentences.encode(&mut section);
            forests.sets.encode(&mut section);
            builder.raw_section(name, &section);
        }
        for (name, heads) in EXTRACTS.into_iter().zip([&self.titled, &self.untitled]) {
            if let Some(forest) = &heads.extracts {
                let mut section = Vec::new();
                forest.encode(&mut section);
                builder.raw_section(name, &section);
            }
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
            let sets = Forest::decode(&mut reader, subsets::COUNT)?.into_cascade(&subsets::STAGES);
            reader.finish()?;
            Ok(Forests { sentences, sets })
        };
        let extracts = |name: &'static str| -> Result<Option<Forest>, ModelError> {
            if !container.has_section(name) {
                return Ok(None);
            }
            let section = container.section(name)?;
            let mut reader = Reader::new(name, &section);
            let forest = Forest::decode(&mut reader, features::COUNT)?;
            reader.finish()?;
            Ok(Some(forest))
        };
        // Files of version 1 have one head for all lengths.
        let heads = |[free, given]: [&'static str; 2], name| -> Result<Heads, ModelError> {
            let free = forests(free)?;
            let given = if container.has_section(given) { forests(given)? } else { free.clone() };
            Ok(Heads { free, given, extracts: extracts(name)? })
        };
        let [titled, untitled] = EXTRACTS;
        Ok(Self { tables, titled: heads(TITLED, titled)?, untitled: heads(UNTITLED, untitled)? })
    }
}
