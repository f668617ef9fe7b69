//! Long texts in pieces.

use std::io::{self, Read};

use tomtat::page::html::looks_like_html;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{decode, decode_detected};

use super::super::format::refused;
use super::super::item::Piece;
use super::super::source::read_rest;
use super::super::{Item, Problem, Reader, Source};

/// A text that is longer than this is read in pieces of at most this many bytes, where nothing else
/// is said.
pub(crate) const PIECE: usize = 1 << 20;

/// Reads the first bytes of a text; the reader comes back if the text is to be read in pieces.
///
/// HTML is read whole, because its parts mean nothing alone.
pub(super) fn start(
    source: &Source,
    mut reader: Reader,
    piece: usize,
    longest: u64,
) -> Result<(Vec<u8>, Option<Reader>), Problem> {
    let mut bytes = Vec::new();
    reader
        .by_ref()
        .take(piece as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| source.problem(&error))?;
    if bytes.len() <= piece {
        return Ok((bytes, None));
    }
    let head = String::from_utf8_lossy(&bytes[..1024]);
    if looks_like_html(&head) {
        let left = longest.saturating_sub(bytes.len() as u64);
        bytes.extend(read_rest(source, &mut reader, left)?);
        return Ok((bytes, None));
    }
    Ok((bytes, Some(reader)))
}

/// The pieces of a text, in one encoding: the one that was named, UTF-8, or what is certain from
/// the first piece.
pub(super) struct Pieces {
    name: String,
    number: u64,
    reader: Reader,
    /// Bytes of a piece, at most.
    longest: usize,
    encoding: Option<Encoding>,
    /// Bytes that were read and are in no piece yet.
    rest: Vec<u8>,
    /// Bytes of the source, and of the text as UTF-8, before the next piece.
    passed: u64,
    offset: u64,
    ended: bool,
}

impl Pieces {
    pub(super) fn new(
        name: String,
        number: u64,
        start: Vec<u8>,
        reader: Reader,
        longest: usize,
        encoding: Option<Encoding>,
    ) -> Self {
        Self {
            name,
            number,
            reader,
            longest,
            encoding,
            rest: start,
            passed: 0,
            offset: 0,
            ended: false,
        }
    }

    fn read(&mut self) -> Result<Item, Problem> {
        // One byte more shows whether anything follows.
        let piece = self.longest;
        let missing = (piece + 1).saturating_sub(self.rest.len()) as u64;
        let problem = |error: io::Error| Problem::new(self.name.clone(), error.to_string());
        self.reader.by_ref().take(missing).read_to_end(&mut self.rest).map_err(problem)?;
        self.ended = self.rest.len() <= piece;
        let is_first = self.passed == 0;
        let wide = is_wide(self.encoding, &self.rest);
        let end = match self.ended {
            true => self.rest.len(),
            false if wide => cut_wide(&self.rest[..piece]),
            false => cut(&self.rest[..piece]),
        };
        let after = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, after);
        let length = bytes.len() as u64;
        let text = if is_first { self.first(bytes)? } else { self.next_text(bytes)? };
        let piece = Piece {
            name: self.name.clone(),
            number: self.number,
            offset: self.offset,
            continues: !self.ended,
            encoding: self.encoding.filter(|encoding| *encoding != Encoding::Utf8),
            text,
        };
        self.passed += length;
        self.offset += piece.text.len() as u64;
        Ok(Item::Piece(piece))
    }

    /// Reads the first piece, which decides on the encoding.
    fn first(&mut self, bytes: Vec<u8>) -> Result<String, Problem> {
        if let Some(problem) = refused(&self.name, &bytes) {
            return Err(problem);
        }
        if self.encoding.is_some() {
            return self.next_text(bytes);
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                if let Some(at) = text.bytes().take(8192).position(|byte| byte == 0) {
                    let found = format!("is binary: byte {at} is zero");
                    return Err(Problem::new(&self.name, found).hint("only text can be read"));
                }
                self.encoding = Some(Encoding::Utf8);
                Ok(text)
            }
            Err(error) => {
                let decoded = decode_detected(error.as_bytes()).map_err(|error| {
                    let hint = "name its encoding with --encoding, `tomtat check` looks for it";
                    Problem::new(&self.name, error.to_string()).hint(hint)
                })?;
                self.encoding = Some(decoded.encoding());
                Ok(decoded.into_text())
            }
        }
    }

    fn next_text(&self, bytes: Vec<u8>) -> Result<String, Problem> {
        match self.encoding {
            Some(encoding) if encoding != Encoding::Utf8 => {
                let decoded = decode(&bytes, encoding).map_err(|error| {
                    let place = format!("{}, after byte {}", self.name, self.passed);
                    Problem::new(place, error.to_string())
                })?;
                Ok(decoded.into_text())
            }
            _ => String::from_utf8(bytes).map_err(|error| {
                let at = self.passed + error.utf8_error().valid_up_to() as u64;
                Problem::new(&self.name, format!("not valid UTF-8 at byte {at}"))
            }),
        }
    }
}

impl Iterator for Pieces {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended && self.rest.is_empty() {
            return None;
        }
        Some(self.read().unwrap_or_else(|problem| {
            // What is broken cannot be trusted from there on.
            self.ended = true;
            self.rest.clear();
            Item::Broken(problem)
        }))
    }
}

/// Tells whether the bytes are in units of two.
fn is_wide(encoding: Option<Encoding>, bytes: &[u8]) -> bool {
    match encoding {
        None => matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]),
        Some(encoding) => encoding.name().to_ascii_lowercase().starts_with("utf-16"),
    }
}

/// Where a piece of UTF-16 should end: after a line or a space, at least between characters.
fn cut_wide(bytes: &[u8]) -> usize {
    let bytes = &bytes[..bytes.len() & !1];
    let unit = |mark: u8| move |w: &[u8]| w == [mark, 0] || w == [0, mark];
    let last = |mark: u8| bytes.chunks_exact(2).rposition(unit(mark)).map(|at| 2 * (at + 1));
    last(b'\n').or_else(|| last(b' ')).unwrap_or(bytes.len())
}

/// Where a piece should end: after a blank line, a line with a stop, a line, a sentence, a word, a
/// character.
fn cut(bytes: &[u8]) -> usize {
    let half = bytes.len() / 2;
    let last = |mark: &[u8]| {
        bytes[half..].windows(mark.len()).rposition(|w| w == mark).map(|at| half + at + mark.len())
    };
    last(b"\n\n")
        .or_else(|| last(b"\n\r\n"))
        .or_else(|| last(b".\n"))
        .or_else(|| last(b".\r\n"))
        .or_else(|| last(b"\n"))
        .or_else(|| last(b". "))
        .or_else(|| last(b" "))
        .unwrap_or_else(|| {
            // Behind the last byte that begins a character lies at most one character.
            let start = bytes.iter().rposition(|byte| byte & 0xC0 != 0x80);
            start.filter(|&at| at > 0).unwrap_or(bytes.len())
        })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use tomtat::text::encoding::encode::encode;

    use super::*;

    fn pieces(bytes: &[u8]) -> Vec<Piece> {
        let mut reader: Reader = Box::new(Cursor::new(bytes.to_vec()));
        let mut start = Vec::new();
        reader.by_ref().take(PIECE as u64 + 1).read_to_end(&mut start).expect("memory");
        Pieces::new("x".into(), 1, start, reader, PIECE, None)
            .map(|item| match item {
                Item::Piece(piece) => piece,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn pieces_are_the_text_and_end_between_lines() {
        let line = "Trời mưa to ở miền Trung, nước sông dâng cao.\n";
        let text = line.repeat(60_000);
        let (mut whole, mut count) = (String::new(), 0);
        for Piece { offset, text, continues, .. } in pieces(text.as_bytes()) {
            assert_eq!(offset, whole.len() as u64);
            assert!(text.ends_with('\n') && text.len() <= PIECE);
            whole.push_str(&text);
            count += 1;
            assert_eq!(continues, whole.len() < 60_000 * line.len());
        }
        assert!(whole == text && count > 2);
    }

    #[test]
    fn a_text_without_any_space_is_cut_between_characters() {
        let text = "ầ".repeat(PIECE);
        let whole: String = pieces(text.as_bytes()).into_iter().map(|piece| piece.text).collect();
        assert!(whole == text);
    }

    #[test]
    fn the_first_piece_decides_on_the_encoding() {
        let text =
            "Nước sông Hồng dâng cao trong đêm, người dân ven bãi phải sơ tán.\n".repeat(30_000);
        for encoding in [Encoding::Tcvn3, Encoding::Utf16Le] {
            let mut bytes =
                if encoding == Encoding::Utf16Le { vec![0xFF, 0xFE] } else { Vec::new() };
            bytes.extend(encode(&text, encoding).expect("letters of Vietnamese"));
            let found = pieces(&bytes);
            assert!(found.len() > 1 && found.iter().all(|p| p.encoding == Some(encoding)));
            let whole: String = found.into_iter().map(|piece| piece.text).collect();
            assert!(whole == text, "{encoding:?}");
        }
    }
}
