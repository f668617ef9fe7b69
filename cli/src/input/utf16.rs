//! Streams in UTF-16, as Windows writes them, read as UTF-8.
//!
//! Line ends and marks of records are single bytes in the other encodings, so that a record can be
//! decoded when it was found. In UTF-16 the whole stream must be decoded first.

use std::io::{self, BufReader, Read};

use tomtat::text::encoding::Encoding;

use super::Reader;

/// Bytes that tell whether a byte order mark is one of UTF-16.
pub(super) const MARK: usize = 4;

/// Bytes that are decoded at once.
const BLOCK: usize = 1 << 16;

/// Returns the encoding if it is UTF-16: the one that was named, or that of a byte order mark.
pub(super) fn utf16_of(named: Option<Encoding>, head: &[u8]) -> Option<Encoding> {
    match (named, head) {
        (Some(Encoding::Utf16Le | Encoding::Utf16Be), _) => named,
        // These are the first bytes of UTF-32, which is refused.
        (None, [0xFF, 0xFE, 0, 0, ..]) => None,
        (None, [0xFF, 0xFE, ..]) => Some(Encoding::Utf16Le),
        (None, [0xFE, 0xFF, ..]) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Reads a stream in UTF-16 as UTF-8, without a byte order mark.
pub(super) fn as_utf8(reader: Reader, encoding: Encoding) -> Reader {
    let is_big_endian = encoding == Encoding::Utf16Be;
    let utf16 = Utf16 {
        reader,
        is_big_endian,
        passed: 0,
        rest: Vec::new(),
        text: Vec::new(),
        given: 0,
        ended: false,
        broken: None,
    };
    Box::new(BufReader::with_capacity(BLOCK, utf16))
}

/// Returns the first bytes of a stream as UTF-8, as far as they are text.
pub(super) fn head_as_utf8(head: &[u8], encoding: Encoding) -> Vec<u8> {
    let units = units(head, encoding == Encoding::Utf16Be);
    let text: String = char::decode_utf16(units).map_while(Result::ok).collect();
    text.trim_start_matches('\u{FEFF}').as_bytes().to_vec()
}

fn units(bytes: &[u8], is_big_endian: bool) -> impl Iterator<Item = u16> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let unit = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    pairs.iter().map(move |pair| unit(*pair))
}

struct Utf16 {
    reader: Reader,
    is_big_endian: bool,
    /// Bytes that were decoded.
    passed: usize,
    /// Bytes of a character whose others were not read yet.
    rest: Vec<u8>,
    /// What was decoded, and how much of it was given.
    text: Vec<u8>,
    given: usize,
    ended: bool,
    /// Where no character begins; the text before it is given first.
    broken: Option<usize>,
}

impl Utf16 {
    /// Decodes the next block, or what is sound of it.
    fn decode(&mut self) -> io::Result<()> {
        let mut bytes = std::mem::take(&mut self.rest);
        self.reader.by_ref().take(BLOCK as u64).read_to_end(&mut bytes)?;
        self.ended = bytes.len() < BLOCK;
        if !self.ended {
            // Half of a unit, or of a pair of units, waits for the next block.
            let whole = bytes.len() & !1;
            let last = units(&bytes[whole - 2..whole], self.is_big_endian).next();
            let is_half = last.is_some_and(|unit| (0xD800..0xDC00).contains(&unit));
            self.rest = bytes.split_off(if is_half { whole - 2 } else { whole });
        }
        let mut text = String::with_capacity(bytes.len() * 3 / 2);
        let end = self.passed + bytes.len();
        let sound = char::decode_utf16(units(&bytes, self.is_big_endian)).map_while(Result::ok);
        for character in sound {
            if self.passed > 0 || character != '\u{FEFF}' {
                text.push(character);
            }
            self.passed += 2 * character.len_utf16();
        }
        if self.passed < end {
            (self.broken, self.ended) = (Some(self.passed), true);
        }
        (self.text, self.given) = (text.into_bytes(), 0);
        Ok(())
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.decode()?;
        }
        let left = &self.text[self.given..];
        if left.is_empty()
            && let Some(at) = self.broken
        {
            let found = format!("byte {at} begins no character of UTF-16");
            return Err(io::Error::new(io::ErrorKind::InvalidData, found));
        }
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(bytes: &[u8], encoding: Encoding) -> io::Result<String> {
        let mut text = String::new();
        as_utf8(Box::new(Cursor::new(bytes.to_vec())), encoding).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn a_long_stream_comes_whole_in_both_orders() {
        // Characters of two bytes and of four, one of them across the end of a block.
        let text = "Ống Ċ ਊ 🌾\n".repeat(20_000);
        for (encoding, bytes) in [
            (Encoding::Utf16Le, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (Encoding::Utf16Be, text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            assert_eq!(utf16_of(None, &bytes), None);
            for before in 0..3 {
                let mut bytes = bytes.clone();
                let unit = if encoding == Encoding::Utf16Le { [b'x', 0] } else { [0, b'x'] };
                bytes.splice(..0, unit.repeat(before));
                let read = read(&bytes, encoding).expect("characters");
                assert!(read == "x".repeat(before) + &text, "{encoding} {before}");
            }
        }
    }

    #[test]
    fn marks_are_no_text_and_halves_are_errors() {
        let marked = [0xFF, 0xFE, b'a', 0, 0xFF, 0xFE];
        assert_eq!(utf16_of(None, &marked), Some(Encoding::Utf16Le));
        assert_eq!(read(&marked, Encoding::Utf16Le).expect("text"), "a\u{FEFF}");
        assert_eq!(head_as_utf8(&marked, Encoding::Utf16Le), "a\u{FEFF}".as_bytes());
        for (bytes, at) in [(&[b'a', 0, 0x01, 0xD8, b'b', 0][..], 2), (&[b'a', 0, b'b'][..], 2)] {
            let mut reader = as_utf8(Box::new(Cursor::new(bytes)), Encoding::Utf16Le);
            let mut text = String::new();
            let error = reader.read_to_string(&mut text).expect_err("half of a character");
            assert!(error.to_string().contains(&format!("byte {at} ")), "{error}");
            let mut first = [0];
            let mut reader = as_utf8(Box::new(Cursor::new(bytes)), Encoding::Utf16Le);
            reader.read_exact(&mut first).expect("what is sound");
            assert_eq!(first, *b"a");
        }
        assert_eq!(read(&[], Encoding::Utf16Be).expect("nothing"), "");
    }
}
