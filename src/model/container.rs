//! The container format of all model files.
//!
//! ```text
//! bytes 0..8    magic number 89 54 4F 4D 0D 0A 1A 0A ("\x89TOM\r\n\x1A\n")
//! bytes 8..12   format version, u32 little-endian
//! bytes 12..16  length of the header in bytes, u32 little-endian
//! header        JSON: kind, name, corpus, licence, command, normalization, scores, sections
//! sections      one after the other, each a zstd frame or raw, as the header says
//! last 4 bytes  CRC-32 (IEEE) of everything before, u32 little-endian
//! ```
//!
//! Raw sections begin at multiples of 64 bytes of the file: the header is filled up with spaces,
//! and sections without a name fill the gaps. Tables that are looked up where they lie then have
//! their records in one cache line each.
//!
//! The magic number follows PNG (ISO/IEC 15948, section 5.2): it is no text, and a transfer that
//! changes line ends breaks it at once. Readers accept the versions in
//! [`SUPPORTED_VERSIONS`]; files of every old version are kept as tests.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::RangeInclusive;

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde::{Deserialize, Serialize};

const MAGIC: [u8; 8] = *b"\x89TOM\r\n\x1A\n";
const PREAMBLE: usize = 16;
const CHECKSUM: usize = 4;

/// Alignment of raw sections in bytes: one cache line.
const ALIGNMENT: usize = 64;

/// The format version that is written.
pub(crate) const FORMAT_VERSION: u32 = 1;

/// The format versions that can be read.
pub(crate) const SUPPORTED_VERSIONS: RangeInclusive<u32> = 1..=FORMAT_VERSION;

/// No section may be larger than this when unpacked: a small file must not fill the memory.
const MAX_SECTION: u64 = 1 << 28;

/// A model that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ModelError(#[from] ModelErrorKind);

/// What is wrong with a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelErrorKind {
    /// The first bytes are not those of a model file.
    #[error("not a tomtat model: the file does not begin with the magic number")]
    NotAModel,
    /// The file is shorter than its header says.
    #[error("the model file is cut off: {expected} bytes expected, {found} found")]
    Truncated {
        /// Bytes that the header calls for.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The format is newer or older than what this version reads.
    #[error(
        "model format version {found} is not supported; this version of tomtat reads {} to {}",
        SUPPORTED_VERSIONS.start(),
        SUPPORTED_VERSIONS.end()
    )]
    UnsupportedVersion {
        /// Version in the file.
        found: u32,
    },
    /// The checksum does not match.
    #[error("the model file is damaged: its checksum does not match")]
    Checksum,
    /// The header is no valid JSON or lacks a field.
    #[error("the header of the model cannot be read")]
    Header(#[source] serde_json::Error),
    /// The model is of another kind than asked for.
    #[error("this is a model of kind `{found}`, but `{expected}` is needed")]
    Kind {
        /// Kind in the file.
        found: String,
        /// Kind that was asked for.
        expected: &'static str,
    },
    /// The keys of the model were folded by other rules.
    #[error("the model counts keys by normalization `{found}`, this version uses `{expected}`")]
    Normalization {
        /// Rules in the file.
        found: String,
        /// Rules of this version.
        expected: &'static str,
    },
    /// A section is missing.
    #[error("the model has no section `{0}`")]
    MissingSection(String),
    /// The content contradicts itself.
    #[error("the model is damaged: {0}")]
    Corrupt(String),
}

impl ModelError {
    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> &ModelErrorKind {
        &self.0
    }

    pub(crate) fn corrupt(problem: impl Into<String>) -> Self {
        Self(ModelErrorKind::Corrupt(problem.into()))
    }
}

/// What a model is and where it comes from: the header of its file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModelInfo {
    /// What the model is for: `lexicon`, `background`, …
    pub kind: String,
    /// Name of the model.
    pub name: String,
    /// Corpora it was learned from.
    pub corpus: Vec<String>,
    /// Licence of the corpora, as their publishers state it.
    pub licence: String,
    /// Command that rebuilds it.
    pub command: String,
    /// Rules by which its keys were folded, see [`NORMALIZATION`](crate::text::key::NORMALIZATION).
    pub normalization: String,
    /// Version of tomtat that wrote it.
    pub written_by: String,
    /// Figures about the model, by name.
    #[serde(default)]
    pub scores: BTreeMap<String, f64>,
    #[serde(default)]
    sections: Vec<SectionInfo>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SectionInfo {
    name: String,
    /// Bytes in the file.
    stored: u64,
    /// Bytes when unpacked.
    unpacked: u64,
    /// How the section is stored.
    #[serde(default)]
    codec: Codec,
}

/// How a section is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Codec {
    /// A zstd frame.
    #[default]
    Zstd,
    /// As it is.
    Raw,
}

impl ModelInfo {
    /// Describes a model of this kind and name, written by this version.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::model::ModelInfo;
    ///
    /// let info = ModelInfo::new("background", "sample");
    /// assert_eq!(info.kind, "background");
    /// assert_eq!(info.normalization, tomtat::text::key::NORMALIZATION);
    /// ```
    #[must_use]
    pub fn new(kind: &str, name: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            name: name.to_owned(),
            normalization: crate::text::key::NORMALIZATION.to_owned(),
            written_by: concat!("tomtat ", env!("CARGO_PKG_VERSION")).to_owned(),
            ..Self::default()
        }
    }
}

/// What is checked of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verify {
    Checksum,
    /// For files in the program itself: the sum would read every page of a file of which one text
    /// needs a few, and the tests have checked it.
    HeaderOnly,
}

/// A model file, read and checked; sections are unpacked when asked for.
#[derive(Clone, Debug)]
pub struct Container<'b> {
    info: ModelInfo,
    payload: &'b [u8],
}

impl<'b> Container<'b> {
    /// Reads a model file: magic number, version, checksum and header are checked.
    ///
    /// # Errors
    ///
    /// Returns a [`ModelError`] that says what is wrong; damaged data never panics.
    pub fn parse(bytes: &'b [u8]) -> Result<Self, ModelError> {
        Self::parse_with(bytes, Verify::Checksum)
    }

    pub(crate) fn parse_with(bytes: &'b [u8], verify: Verify) -> Result<Self, ModelError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelErrorKind::NotAModel.into());
        }
        let truncated = |expected: usize| ModelErrorKind::Truncated {
            expected: expected as u64,
            found: bytes.len() as u64,
        };
        let word = |at: usize| {
            let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_le_bytes(bytes))
        };
        let (Some(version), Some(header_length)) = (word(8), word(12)) else {
            return Err(truncated(PREAMBLE).into());
        };
        if !SUPPORTED_VERSIONS.contains(&version) {
            return Err(ModelErrorKind::UnsupportedVersion { found: version }.into());
        }
        let header_end = PREAMBLE + header_length as usize;
        if bytes.len() < header_end + CHECKSUM {
            return Err(truncated(header_end + CHECKSUM).into());
        }
        let (content, checksum) = bytes.split_at(bytes.len() - CHECKSUM);
        if verify == Verify::Checksum && crc32fast::hash(content).to_le_bytes() != checksum {
            return Err(ModelErrorKind::Checksum.into());
        }
        let info: ModelInfo = serde_json::from_slice(&content[PREAMBLE..header_end])
            .map_err(ModelErrorKind::Header)?;
        let payload = &content[header_end..];
        let stored: u64 = info.sections.iter().map(|s| s.stored).fold(0, u64::saturating_add);
        if stored != payload.len() as u64 {
            return Err(ModelError::corrupt("the sections do not fill the file"));
        }
        Ok(Self { info, payload })
    }

    /// Returns what the model is.
    #[must_use]
    pub const fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// Checks that the model is of this kind and counts the keys of this version.
    ///
    /// # Errors
    ///
    /// Returns an error that names what was found and what is needed.
    pub fn expect_kind(&self, kind: &'static str) -> Result<(), ModelError> {
        if self.info.kind != kind {
            let found = self.info.kind.clone();
            return Err(ModelErrorKind::Kind { found, expected: kind }.into());
        }
        let expected = crate::text::key::NORMALIZATION;
        if self.info.normalization != expected {
            let found = self.info.normalization.clone();
            return Err(ModelErrorKind::Normalization { found, expected }.into());
        }
        Ok(())
    }

    /// Returns the section `name`: borrowed from the file if it is raw, else unpacked.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such section or its data are damaged.
    pub fn section(&self, name: &str) -> Result<Cow<'b, [u8]>, ModelError> {
        let mut start = 0;
        for section in &self.info.sections {
            let end = start + section.stored as usize;
            if section.name == name {
                return unpack(&self.payload[start..end], section);
            }
            start = end;
        }
        Err(ModelErrorKind::MissingSection(name.to_owned()).into())
    }

    /// Returns true if there is a section of this name: later versions of a model have more.
    #[must_use]
    pub fn has_section(&self, name: &str) -> bool {
        self.info.sections.iter().any(|section| section.name == name)
    }
}

fn unpack<'b>(stored: &'b [u8], section: &SectionInfo) -> Result<Cow<'b, [u8]>, ModelError> {
    let damaged =
        |problem: &str| ModelError::corrupt(format!("section `{}`: {problem}", section.name));
    if section.unpacked > MAX_SECTION {
        return Err(damaged("it claims to be larger than 256 MiB"));
    }
    if section.codec == Codec::Raw {
        return if stored.len() as u64 == section.unpacked {
            Ok(Cow::Borrowed(stored))
        } else {
            Err(damaged("its length is not the stated one"))
        };
    }
    let mut unpacked = Vec::with_capacity(section.unpacked as usize);
    let decoder = StreamingDecoder::new(stored).map_err(|e| damaged(&e.to_string()))?;
    // One byte more than promised shows that the promise was wrong.
    decoder
        .take(section.unpacked + 1)
        .read_to_end(&mut unpacked)
        .map_err(|e| damaged(&e.to_string()))?;
    if unpacked.len() as u64 != section.unpacked {
        return Err(damaged("its length is not the stated one"));
    }
    Ok(Cow::Owned(unpacked))
}

/// Writes a model file.
///
/// # Examples
///
/// ```
/// use tomtat::model::{Container, ContainerBuilder, ModelInfo};
///
/// let mut builder = ContainerBuilder::new(ModelInfo::new("example", "numbers"));
/// builder.section("data", &[1, 2, 3]);
/// let file = builder.finish();
///
/// let container = Container::parse(&file)?;
/// assert_eq!(*container.section("data")?, [1, 2, 3]);
/// # Ok::<(), tomtat::model::ModelError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ContainerBuilder {
    info: ModelInfo,
    payload: Vec<u8>,
}

impl ContainerBuilder {
    /// Begins a file with this header.
    #[must_use]
    pub fn new(mut info: ModelInfo) -> Self {
        info.sections.clear();
        Self { info, payload: Vec::new() }
    }

    /// Appends a section, compressed.
    pub fn section(&mut self, name: &str, data: &[u8]) {
        let stored = compress_to_vec(data, CompressionLevel::Fastest);
        self.push(name, data, &stored, Codec::Zstd);
    }

    /// Appends a section as it is: for what is read at every start, where unpacking would cost
    /// more than the bytes.
    pub fn raw_section(&mut self, name: &str, data: &[u8]) {
        let padding = self.payload.len().next_multiple_of(ALIGNMENT) - self.payload.len();
        if padding > 0 {
            let zeros = &[0; ALIGNMENT][..padding];
            self.push("", zeros, zeros, Codec::Raw);
        }
        self.push(name, data, data, Codec::Raw);
    }

    fn push(&mut self, name: &str, data: &[u8], stored: &[u8], codec: Codec) {
        self.info.sections.push(SectionInfo {
            name: name.to_owned(),
            stored: stored.len() as u64,
            unpacked: data.len() as u64,
            codec,
        });
        self.payload.extend_from_slice(stored);
    }

    /// Returns the bytes of the file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        // A header of strings and numbers always has a JSON form.
        let mut header = serde_json::to_vec(&self.info).unwrap_or_default();
        header.resize((PREAMBLE + header.len()).next_multiple_of(ALIGNMENT) - PREAMBLE, b' ');
        let mut file = Vec::with_capacity(PREAMBLE + header.len() + self.payload.len() + CHECKSUM);
        file.extend_from_slice(&MAGIC);
        file.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
        file.extend_from_slice(&(header.len() as u32).to_le_bytes());
        file.extend_from_slice(&header);
        file.extend_from_slice(&self.payload);
        let checksum = crc32fast::hash(&file);
        file.extend_from_slice(&checksum.to_le_bytes());
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let mut info = ModelInfo::new("example", "small");
        info.scores.insert("f1".into(), 0.5);
        let mut builder = ContainerBuilder::new(info);
        builder.section("numbers", &[7; 1000]);
        builder.section("empty", &[]);
        builder.raw_section("raw", &[1, 2, 3]);
        builder.finish()
    }

    #[test]
    fn what_was_written_is_read() {
        let file = file();
        let container = Container::parse(&file).expect("a valid file");
        assert_eq!(container.info().name, "small");
        assert_eq!(*container.section("numbers").expect("a section"), [7; 1000]);
        assert_eq!(*container.section("empty").expect("a section"), [0u8; 0]);
        let raw = container.section("raw").expect("a section");
        assert_eq!(*raw, [1, 2, 3]);
        let offset = raw.as_ptr() as usize - file.as_ptr() as usize;
        assert_eq!(offset % ALIGNMENT, 0, "raw sections are aligned");
        assert!(matches!(
            container.section("other").expect_err("no such section").kind(),
            ModelErrorKind::MissingSection(_)
        ));
        assert!(container.expect_kind("example").is_ok());
        assert!(matches!(
            container.expect_kind("lexicon").expect_err("another kind").kind(),
            ModelErrorKind::Kind { .. }
        ));
    }

    #[test]
    fn every_flipped_byte_is_an_error() {
        let good = file();
        for at in 0..good.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut bad = good.clone();
                bad[at] ^= flip;
                assert!(Container::parse(&bad).is_err(), "byte {at} flipped by {flip:#x}");
            }
        }
    }

    #[test]
    fn every_cut_is_an_error() {
        let good = file();
        for length in 0..good.len() {
            assert!(Container::parse(&good[..length]).is_err(), "cut to {length} bytes");
        }
    }

    #[test]
    fn a_newer_version_is_named() {
        let mut newer = file();
        newer[8..12].copy_from_slice(&9u32.to_le_bytes());
        let error = Container::parse(&newer).expect_err("a newer version");
        assert!(error.to_string().contains("version 9"), "{error}");
    }
}
