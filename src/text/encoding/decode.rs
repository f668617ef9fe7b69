//! From bytes to text, never lossy in silence.
//!
//! [`decode`] takes the encoding from the caller and stops at the first byte that the encoding
//! does not define. [`decode_detected`] asks [`detect`] first and refuses
//! when that is not sure enough. [`decode_lossy`] goes on after bad bytes, puts U+FFFD in their
//! place and lists where.
//!
//! Text from UTF-8 and UTF-16 stays as it was, down to decomposed letters. Text from the older
//! encodings, whose marks are bytes of their own, comes out with composed (NFC) letters.
//! Offsets into decoded text are mapped back to the bytes by [`Decoded::source_offset`].

use std::fmt;

use super::Encoding;
use super::detect::{Content, Detection, Detector, detect};
use super::legacy;

mod source_map;

use source_map::SourceMap;

/// Certainty from which [`decode_detected`] accepts what was detected.
pub const SURE: f64 = 0.9;

/// Text that came from bytes, and how it lay in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    text: String,
    encoding: Encoding,
    has_bom: bool,
    replaced: Vec<usize>,
    map: SourceMap,
}

impl Decoded {
    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the text away.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The encoding that the bytes were read in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Tells whether the bytes began with a byte order mark.
    #[must_use]
    pub fn has_bom(&self) -> bool {
        self.has_bom
    }

    /// Byte positions in the source where U+FFFD stands for undefined bytes, in order; empty
    /// except after [`decode_lossy`].
    #[must_use]
    pub fn replaced(&self) -> &[usize] {
        &self.replaced
    }

    /// Maps a byte offset in the text to the byte offset in the source where its character began.
    ///
    /// An offset within a character is taken to the start of the character, one past the end to
    /// the end. Costs a constant number of steps; the map takes about a byte for each character
    /// of text, and nothing for UTF-8.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::text::encoding::{Encoding, decode::decode};
    ///
    /// let decoded = decode(b"Vi\xD6t Nam", Encoding::Tcvn3)?;
    /// assert_eq!(decoded.text(), "Việt Nam");
    /// let nam = decoded.text().find("Nam").unwrap();
    /// assert_eq!((nam, decoded.source_offset(nam)), (7, 5));
    /// # Ok::<(), tomtat::text::encoding::decode::DecodeError>(())
    /// ```
    #[must_use]
    pub fn source_offset(&self, text_offset: usize) -> usize {
        self.map.source_offset(&self.text, text_offset)
    }
}

/// Bytes that do not make text in the encoding asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    position: usize,
    bytes: Vec<u8>,
    detection: Box<Detection>,
}

/// What went wrong in decoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The encoding defines no character for these bytes.
    Undefined(Encoding),
    /// The input ends within a character.
    Truncated(Encoding),
    /// The byte order mark speaks of another encoding than the one asked for.
    ContraryMark(Encoding),
    /// The bytes are no text at all; see [`DecodeError::detection`] for what they look like.
    NotText,
    /// No encoding was certain enough.
    Unsure,
}

impl DecodeError {
    fn new(kind: DecodeErrorKind, input: &[u8], position: usize, width: usize) -> Self {
        let detection = detect(input);
        Self { kind, position, bytes: excerpt(input, position, width), detection: detection.into() }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Byte position of the first bad byte.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The bad bytes, four at most.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the whole input looks like.
    #[must_use]
    pub fn detection(&self) -> &Detection {
        &self.detection
    }

    /// What to try instead, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let found = &self.detection;
        match (found.content(), found.encoding()) {
            (Content::Text, Some(encoding)) if self.asked() != Some(encoding) => Some(format!(
                "the bytes look like {encoding} (certainty {:.2})",
                found.confidence()
            )),
            (Content::Text, _) => None,
            (content, _) => Some(format!("the bytes look like {content}, not text")),
        }
    }

    fn asked(&self) -> Option<Encoding> {
        match self.kind {
            DecodeErrorKind::Undefined(asked)
            | DecodeErrorKind::Truncated(asked)
            | DecodeErrorKind::ContraryMark(asked) => Some(asked),
            DecodeErrorKind::NotText | DecodeErrorKind::Unsure => None,
        }
    }
}

/// The bad bytes of an error, four at most.
fn excerpt(input: &[u8], position: usize, width: usize) -> Vec<u8> {
    let end = input.len().min(position + width.min(4));
    input[position.min(end)..end].to_vec()
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}", self.position)?;
        if !self.bytes.is_empty() {
            f.write_str(" (")?;
            for (i, byte) in self.bytes.iter().enumerate() {
                write!(f, "{}0x{byte:02X}", if i == 0 { "" } else { " " })?;
            }
            f.write_str(")")?;
        }
        match self.kind {
            DecodeErrorKind::Undefined(encoding) => write!(f, " is not valid {encoding}")?,
            DecodeErrorKind::Truncated(encoding) => {
                write!(f, ": the input ends within a character of {encoding}")?;
            }
            DecodeErrorKind::ContraryMark(encoding) => {
                write!(f, " is a byte order mark that contradicts {encoding}")?;
            }
            DecodeErrorKind::NotText => f.write_str(": the input is not text")?,
            DecodeErrorKind::Unsure => f.write_str(": the encoding is not certain")?,
        }
        self.hint().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

impl std::error::Error for DecodeError {}

/// Reads bytes as text in a given encoding.
///
/// A byte order mark of that encoding is taken off. Time and memory are linear.
///
/// # Errors
///
/// Fails at the first bytes that the encoding does not define, at a character cut off by the end
/// of the input, and at a byte order mark of another encoding; the error says where, and what
/// the bytes look like instead.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, decode::decode};
///
/// // VNI: a base letter and a byte for its marks.
/// let decoded = decode(b"Vie\xE4t Nam", Encoding::Vni)?;
/// assert_eq!(decoded.text(), "Việt Nam");
///
/// let error = decode(b"Vi\xD6t Nam", Encoding::Utf8).unwrap_err();
/// assert_eq!((error.position(), error.bytes()), (2, [0xD6].as_slice()));
/// # Ok::<(), tomtat::text::encoding::decode::DecodeError>(())
/// ```
pub fn decode(bytes: &[u8], encoding: Encoding) -> Result<Decoded, DecodeError> {
    let mut fault = None;
    let decoded = run(bytes, encoding, true, &mut |kind, position, width| {
        fault = Some((kind, position, width));
        false
    });
    match fault {
        None => Ok(decoded),
        Some((kind, position, width)) => Err(DecodeError::new(kind, bytes, position, width)),
    }
}

/// Reads bytes as text and puts U+FFFD in the place of each run of bytes that the encoding does
/// not define; [`Decoded::replaced`] lists the places.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, decode::decode_lossy};
///
/// let decoded = decode_lossy(b"ch\xE0o", Encoding::Utf8);
/// assert_eq!(decoded.text(), "ch\u{FFFD}o");
/// assert_eq!(decoded.replaced(), [2]);
/// ```
#[must_use]
pub fn decode_lossy(bytes: &[u8], encoding: Encoding) -> Decoded {
    run_lossy(bytes, encoding, true)
}

fn run_lossy(bytes: &[u8], encoding: Encoding, is_first: bool) -> Decoded {
    let mut replaced = Vec::new();
    let mut decoded = run(bytes, encoding, is_first, &mut |_, position, _| {
        replaced.push(position);
        true
    });
    decoded.replaced = replaced;
    decoded
}

/// Reads bytes as text in parts, each of which ends between two characters.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{decode::Decoder, detect::Detector};
///
/// let parts = ["\u{FEFF}Xin ".as_bytes(), b"ch\xC3\xA0o"];
/// let mut detector = Detector::default();
/// parts.iter().for_each(|part| detector.add(part));
/// let mut decoder = Decoder::detected(&detector)?;
/// assert_eq!(decoder.decode(parts[0])?.text(), "Xin ");
/// assert_eq!(decoder.decode(parts[1])?.text(), "chào");
/// # Ok::<(), tomtat::text::encoding::decode::DecodeError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder {
    encoding: Encoding,
    detection: Box<Detection>,
    passed: usize,
}

impl Decoder {
    /// Reads bytes in a given encoding; errors say what the detector found instead.
    #[must_use]
    pub fn new(encoding: Encoding, detector: &Detector) -> Self {
        Self { encoding, detection: Box::new(detector.detection()), passed: 0 }
    }

    /// Reads bytes in the encoding that was detected.
    ///
    /// # Errors
    ///
    /// Fails where [`decode_detected`] refuses the bytes of all parts.
    pub fn detected(detector: &Detector) -> Result<Self, DecodeError> {
        let odd = detector.first_odd_byte();
        let head = detector.head();
        let found = Box::new(detector.detection());
        let is_utf8 = odd.is_none() && !detector.has_zero() && !head.starts_with(b"%PDF-");
        match (found.content(), found.encoding()) {
            _ if is_utf8 => Ok(Self { encoding: Encoding::Utf8, detection: found, passed: 0 }),
            (Content::Text, Some(encoding)) if found.confidence() >= SURE => {
                Ok(Self { encoding, detection: found, passed: 0 })
            }
            (Content::Text, _) => {
                let (position, byte) = odd.unwrap_or((0, head.first().copied().unwrap_or(0)));
                let kind = DecodeErrorKind::Unsure;
                Err(DecodeError { kind, position, bytes: vec![byte], detection: found })
            }
            _ => Err(DecodeError {
                kind: DecodeErrorKind::NotText,
                position: 0,
                bytes: excerpt(head, 0, 4),
                detection: found,
            }),
        }
    }

    /// The encoding that is read.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Bytes that were read.
    #[must_use]
    pub const fn passed(&self) -> usize {
        self.passed
    }

    /// Reads the next part. Offsets of the result count from the start of the part.
    ///
    /// # Errors
    ///
    /// Fails as [`decode`] does; the position counts from the first byte of the first part.
    pub fn decode(&mut self, part: &[u8]) -> Result<Decoded, DecodeError> {
        let mut fault = None;
        let decoded = run(part, self.encoding, self.passed == 0, &mut |kind, position, width| {
            fault = Some((kind, position, width));
            false
        });
        if let Some((kind, position, width)) = fault {
            return Err(DecodeError {
                kind,
                position: self.passed + position,
                bytes: excerpt(part, position, width),
                detection: self.detection.clone(),
            });
        }
        self.passed += part.len();
        Ok(decoded)
    }

    /// Reads the next part, with U+FFFD in the place of bytes that the encoding does not define.
    pub fn decode_lossy(&mut self, part: &[u8]) -> Decoded {
        let decoded = run_lossy(part, self.encoding, self.passed == 0);
        self.passed += part.len();
        decoded
    }
}

/// Detects the encoding and reads the bytes in it if the certainty is at least [`SURE`].
///
/// # Errors
///
/// Fails on binary files, on bytes whose encoding is not certain, and where [`decode`] does.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::decode::decode_detected;
///
/// let utf16: Vec<u8> =
///     "\u{FEFF}Xin chào".encode_utf16().flat_map(u16::to_le_bytes).collect();
/// assert_eq!(decode_detected(&utf16)?.text(), "Xin chào");
/// assert!(decode_detected(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3").is_err());
/// # Ok::<(), tomtat::text::encoding::decode::DecodeError>(())
/// ```
pub fn decode_detected(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    // Almost all input is UTF-8: the proof of it is cheaper than the detector.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.starts_with(b"%PDF-")
        && memchr::memchr(0, bytes).is_none()
    {
        return Ok(utf8(text, true));
    }
    let found = detect(bytes);
    match (found.content(), found.encoding()) {
        (Content::Text, Some(encoding)) if found.confidence() >= SURE => decode(bytes, encoding),
        (Content::Text, _) => {
            let position = first_odd_byte(bytes);
            Err(DecodeError::new(DecodeErrorKind::Unsure, bytes, position, 1))
        }
        _ => Err(DecodeError::new(DecodeErrorKind::NotText, bytes, 0, 4)),
    }
}

fn first_odd_byte(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to())
}

/// Is told of bad bytes (kind, position, width); false stops the decoder.
type OnFault<'a> = &'a mut dyn FnMut(DecodeErrorKind, usize, usize) -> bool;

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";
const UTF16_LE_BOM: &[u8] = b"\xFF\xFE";
const UTF16_BE_BOM: &[u8] = b"\xFE\xFF";

fn utf8(text: &str, is_first: bool) -> Decoded {
    let stripped = text.strip_prefix('\u{FEFF}').filter(|_| is_first);
    Decoded {
        text: stripped.unwrap_or(text).to_owned(),
        encoding: Encoding::Utf8,
        has_bom: stripped.is_some(),
        replaced: Vec::new(),
        map: SourceMap::shifted(text.len() - stripped.unwrap_or(text).len()),
    }
}

/// Reads the first or a later part of some bytes; only the first has a byte order mark.
fn run(bytes: &[u8], encoding: Encoding, is_first: bool, on_fault: OnFault<'_>) -> Decoded {
    use DecodeErrorKind::{ContraryMark, Truncated, Undefined};

    if encoding == Encoding::Utf8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return utf8(text, is_first);
    }
    let (own, contrary): (&[u8], &[&[u8]]) = match encoding {
        _ if !is_first => (&[], &[]),
        Encoding::Utf8 => (UTF8_BOM, &[UTF16_LE_BOM, UTF16_BE_BOM]),
        Encoding::Utf16Le => (UTF16_LE_BOM, &[UTF16_BE_BOM]),
        Encoding::Utf16Be => (UTF16_BE_BOM, &[UTF16_LE_BOM]),
        // Bytes of a mark can be letters in the others.
        _ => (&[], &[]),
    };
    let has_bom = !own.is_empty() && bytes.starts_with(own);
    let mut at = if has_bom { own.len() } else { 0 };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    let mut map = SourceMap::measured(at);
    let finish = |text, map| Decoded { text, encoding, has_bom, replaced: Vec::new(), map };

    if let Some(mark) = contrary.iter().find(|mark| bytes.starts_with(mark))
        && !on_fault(ContraryMark(encoding), 0, mark.len())
    {
        return finish(text, map);
    }
    let big_endian = encoding == Encoding::Utf16Be;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let step = match encoding {
            Encoding::Utf8 => read_utf8(rest),
            Encoding::Utf16Le | Encoding::Utf16Be => read_utf16(rest, big_endian),
            _ => match legacy::reader(encoding).and_then(|read| read(rest)) {
                Some((letter, width)) => Step::Char(letter, width),
                None => Step::Undefined(1),
            },
        };
        let (letter, width) = match step {
            Step::Char(letter, width) => (letter, width),
            Step::Undefined(width) | Step::Truncated(width) => {
                let truncated = matches!(step, Step::Truncated(_));
                let kind = if truncated { Truncated(encoding) } else { Undefined(encoding) };
                if !on_fault(kind, at, width) {
                    break;
                }
                (char::REPLACEMENT_CHARACTER, width)
            }
        };
        map.push(text.len(), at, width);
        text.push(letter);
        at += width;
    }
    map.finish(at);
    finish(text, map)
}

enum Step {
    Char(char, usize),
    Undefined(usize),
    Truncated(usize),
}

fn read_utf8(rest: &[u8]) -> Step {
    let head = &rest[..rest.len().min(4)];
    let (valid, error) = match std::str::from_utf8(head) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default();
            (valid, Some(error.error_len()))
        }
    };
    match (valid.chars().next(), error) {
        (Some(letter), _) => Step::Char(letter, letter.len_utf8()),
        (None, Some(Some(width))) => Step::Undefined(width),
        (None, _) => Step::Truncated(head.len()),
    }
}

fn read_utf16(rest: &[u8], big_endian: bool) -> Step {
    let unit = |at: usize| {
        let pair = [*rest.get(at)?, *rest.get(at + 1)?];
        Some(if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let Some(first) = unit(0) else { return Step::Truncated(rest.len()) };
    match char::decode_utf16([first].into_iter().chain(unit(2))).next() {
        Some(Ok(letter)) => Step::Char(letter, letter.len_utf16() * 2),
        // A high surrogate at the very end.
        _ if rest.len() < 4 && (0xD800..0xDC00).contains(&first) => Step::Truncated(rest.len()),
        _ => Step::Undefined(2),
    }
}

#[cfg(test)]
mod tests;
