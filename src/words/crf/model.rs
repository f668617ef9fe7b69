//! The model file of the trained segmenter: weights, and the lexicon that they were trained with.

use std::borrow::Cow;

use super::CrfSegmenter;
use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::UnitId;
use crate::words::lexicon::LexiconEntry;

/// Kind of the model in its header.
const KIND: &str = "segmenter";

/// A trained segmenter as it is read from a file.
///
/// The lexicon can be listed, edited and put back without training anew:
///
/// # Examples
///
/// ```
/// use tomtat::builtin;
/// use tomtat::words::SegmenterModel;
///
/// let model = SegmenterModel::read(builtin::SEGMENTER)?;
/// let mut words = SegmenterModel::read_lexicon(builtin::SEGMENTER)?;
/// words.retain(|entry| entry.key() != "bất động sản");
/// let segmenter = model.with_lexicon(&words).into_segmenter();
/// # Ok::<(), tomtat::model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SegmenterModel {
    segmenter: CrfSegmenter,
}

impl SegmenterModel {
    /// Writes a model file. Of the lexicon, what the segmenter has is listed: a word whose bucket
    /// was full is not.
    #[must_use]
    pub fn write(
        mut info: ModelInfo,
        segmenter: &CrfSegmenter,
        lexicon: &[LexiconEntry],
    ) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        let lexicon: Vec<&LexiconEntry> = lexicon
            .iter()
            .filter(|entry| segmenter.strength_of(&entry.units()) >= entry.strength())
            .collect();
        info.scores.insert("words".into(), lexicon.len() as f64);
        let mut builder = ContainerBuilder::new(info);
        segmenter.write_sections(&mut builder);
        builder.section("lexicon", &encode(&lexicon));
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
        let section = |name| Ok(Cow::Owned(container.section(name)?.into_owned()));
        Ok(Self { segmenter: CrfSegmenter::from_sections(section)? })
    }

    /// Reads a file in the program itself, of which nothing is copied.
    pub(crate) fn read_embedded(container: &Container<'static>) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        Ok(Self { segmenter: CrfSegmenter::from_sections(|name| container.section(name))? })
    }

    /// Reads the lexicon of a model file.
    ///
    /// # Errors
    ///
    /// Returns an error as [`Self::read`] does.
    pub fn read_lexicon(bytes: &[u8]) -> Result<Vec<LexiconEntry>, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        decode(&container.section("lexicon")?)
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
    pub fn into_segmenter(self) -> CrfSegmenter {
        self.segmenter
    }
}

/// Writes words with front coding: how many bytes are those of the word before, and the rest.
fn encode(lexicon: &[&LexiconEntry]) -> Vec<u8> {
    let mut out = Vec::new();
    write_varint(lexicon.len() as u64, &mut out);
    let mut last: &[u8] = &[];
    for entry in lexicon {
        let key = entry.key().as_bytes();
        let shared = key.iter().zip(last).take_while(|(a, b)| a == b).count();
        write_varint(shared as u64, &mut out);
        write_varint((key.len() - shared) as u64, &mut out);
        out.extend_from_slice(&key[shared..]);
        write_varint(u64::from(entry.joined()), &mut out);
        write_varint(u64::from(entry.seen() - entry.joined()), &mut out);
        last = key;
    }
    out
}

fn decode(bytes: &[u8]) -> Result<Vec<LexiconEntry>, ModelError> {
    let mut reader = Reader::new("lexicon", bytes);
    let count = reader.count()?;
    let mut entries = Vec::with_capacity(count);
    let mut key: Vec<u8> = Vec::new();
    for _ in 0..count {
        let shared = reader.count()?;
        if shared > key.len() {
            return Err(reader.error("a word shares more than the word before has"));
        }
        let length = reader.count()?;
        key.truncate(shared);
        key.extend_from_slice(reader.bytes(length)?);
        let word = std::str::from_utf8(&key).map_err(|_| reader.error("a word is not UTF-8"))?;
        let joined = reader.varint_u32()?;
        let apart = reader.varint_u32()?;
        entries.push(LexiconEntry::new(word, joined, joined.saturating_add(apart)));
    }
    reader.finish()?;
    Ok(entries)
}
