//! Long texts in pieces.

use std::io::{self, Read};

use tomtat::page::html::looks_like_html;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{decode, decode_detected};

use super::super::blocks::Blocks;
use super::super::format::refused;
use super::super::item::Piece;
use super::super::page::undetected;
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
    blocks: Blocks,
    encoding: Option<Encoding>,
    /// Bytes of the source, and of the text as UTF-8, before the next piece.
    passed: u64,
    offset: u64,
    broken: bool,
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
        let blocks = Blocks::after(start, reader, longest);
        Self { name, number, blocks, encoding, passed: 0, offset: 0, broken: false }
    }

    fn read(&mut self) -> Result<Option<Item>, Problem> {
        let problem = |error: io::Error| Problem::new(self.name.clone(), error.to_string());
        let is_first = self.passed == 0;
        let Some(bytes) = self.blocks.next(self.encoding).map_err(problem)? else {
            return Ok(None);
        };
        let length = bytes.len() as u64;
        let text = if is_first { self.first(bytes)? } else { self.next_text(bytes)? };
        let piece = Piece {
            name: self.name.clone(),
            number: self.number,
            offset: self.offset,
            continues: !self.blocks.is_ended(),
            encoding: self.encoding.filter(|encoding| *encoding != Encoding::Utf8),
            text,
        };
        self.passed += length;
        self.offset += piece.text.len() as u64;
        Ok(Some(Item::Piece(piece)))
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
                let decoded = decode_detected(error.as_bytes())
                    .map_err(|error| undetected(&self.name, &error))?;
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
        if self.broken {
            return None;
        }
        self.read().unwrap_or_else(|problem| {
            // What is broken cannot be trusted from there on.
            self.broken = true;
            Some(Item::Broken(problem))
        })
    }
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
