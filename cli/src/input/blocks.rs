//! A stream of bytes in blocks that end between lines, or at least between words.

use std::io::{self, Read};

use tomtat::text::encoding::Encoding;

use super::Reader;

/// The blocks of a stream.
pub(crate) struct Blocks {
    reader: Reader,
    /// Bytes of a block, at most.
    longest: usize,
    /// Bytes that were read and are in no block yet.
    rest: Vec<u8>,
    ended: bool,
}

impl Blocks {
    /// The blocks of what was read already and of what follows.
    pub(super) const fn after(start: Vec<u8>, reader: Reader, longest: usize) -> Self {
        Self { reader, longest, rest: start, ended: false }
    }

    /// The blocks of a stream.
    pub(crate) const fn new(reader: Reader, longest: usize) -> Self {
        Self::after(Vec::new(), reader, longest)
    }

    /// Returns true if the last block was given.
    pub(super) const fn is_ended(&self) -> bool {
        self.ended
    }

    /// The next block of bytes in an encoding; without one, a byte order mark says whether units have
    /// two bytes.
    pub(crate) fn next(&mut self, encoding: Option<Encoding>) -> io::Result<Option<Vec<u8>>> {
        if self.ended {
            return Ok(None);
        }
        // One byte more shows whether anything follows.
        let longest = self.longest;
        let missing = (longest + 1).saturating_sub(self.rest.len()) as u64;
        self.reader.by_ref().take(missing).read_to_end(&mut self.rest)?;
        self.ended = self.rest.len() <= longest;
        let end = match self.ended {
            true => self.rest.len(),
            false if is_wide(encoding, &self.rest) => cut_wide(&self.rest[..longest]),
            false => cut(&self.rest[..longest]),
        };
        let after = self.rest.split_off(end);
        let block = std::mem::replace(&mut self.rest, after);
        Ok(Some(block).filter(|block| !block.is_empty()))
    }
}

/// Tells whether the bytes are in units of two.
fn is_wide(encoding: Option<Encoding>, bytes: &[u8]) -> bool {
    match encoding {
        None => matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]),
        Some(encoding) => encoding.name().to_ascii_lowercase().starts_with("utf-16"),
    }
}

/// Where a block of UTF-16 should end: after a line or a space, at least between characters.
fn cut_wide(bytes: &[u8]) -> usize {
    let bytes = &bytes[..bytes.len() & !1];
    let unit = |mark: u8| move |w: &[u8]| w == [mark, 0] || w == [0, mark];
    let last = |mark: u8| bytes.chunks_exact(2).rposition(unit(mark)).map(|at| 2 * (at + 1));
    last(b'\n').or_else(|| last(b' ')).unwrap_or(bytes.len())
}

/// Where a block should end: after a blank line, a line with a stop, a line, a sentence, a word, a
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
        .or_else(|| memchr::memrchr(b'\n', bytes).map(|at| at + 1))
        .or_else(|| last(b". "))
        .or_else(|| last(b" "))
        .unwrap_or_else(|| {
            // Behind the last byte that begins a character lies at most one character.
            let start = bytes.iter().rposition(|byte| byte & 0xC0 != 0x80);
            start.filter(|&at| at > 0).unwrap_or(bytes.len())
        })
}
