//! The model file of the trained segmenter: weights, and the lexicon that they were trained with.

use super::LinearSegmenter;
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::UnitId;
use crate::train::lexicon::LexiconEntry;

/// Kind of the model in its header.
const KIND: &str = "segmenter";

/// A trained segmenter as it is read from a file.
///
/// The lexicon can be listed, edited and put back without training anew:
///
/// # Examples
///
/// ```
/// use tomtat::model::embedded;
/// use tomtat::segment::linear::model::SegmenterModel;
///
/// let model = SegmenterModel::read(embedded::SEGMENTER)?;
/// let mut words = SegmenterModel::read_lexicon(embedded::SEGMENTER)?;
/// words.retain(|entry| entry.key() != "bất động sản");
/// let segmenter = model.with_lexicon(&words).into_segmenter();
/// # Ok::<(), tomtat::model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SegmenterModel {
    segmenter: LinearSegmenter,
}

impl SegmenterModel {
    /// Writes a model file.
    #[must_use]
    pub fn write(
        mut info: ModelInfo,
        segmenter: &LinearSegmenter,
        lexicon: &[LexiconEntry],
    ) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        info.scores.insert("words".into(), lexicon.len() as f64);
        let mut builder = ContainerBuilder::new(info);
        builder.raw_section("weights", &segmenter.to_bytes());
        let lines: String = lexicon.iter().map(|entry| format!("{entry}\n")).collect();
        builder.section("lexicon", lines.as_bytes());
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact segmenter of this version's keys.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        Ok(Self { segmenter: LinearSegmenter::from_bytes(&container.section("weights")?)? })
    }

    /// Reads the lexicon of a model file.
    ///
    /// # Errors
    ///
    /// Returns an error as [`Self::read`] does.
    pub fn read_lexicon(bytes: &[u8]) -> Result<Vec<LexiconEntry>, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        let lines = String::from_utf8(container.section("lexicon")?)
            .map_err(|_| ModelError::corrupt("section `lexicon` is not UTF-8"))?;
        let entry = |line: &str| {
            line.parse().map_err(|_| ModelError::corrupt(format!("section `lexicon`: `{line}`")))
        };
        lines.lines().map(entry).collect()
    }

    /// Replaces the lexicon.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: &[LexiconEntry]) -> Self {
        let words: Vec<(Vec<UnitId>, u8)> =
            lexicon.iter().map(|entry| (entry.units(), entry.strength())).collect();
        self.segmenter.set_lexicon(words.iter().map(|(units, strength)| (&units[..], *strength)));
        self
    }

    /// Returns the segmenter.
    #[must_use]
    pub fn into_segmenter(self) -> LinearSegmenter {
        self.segmenter
    }
}
