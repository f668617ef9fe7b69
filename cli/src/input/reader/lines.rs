//! Lines of a file, each an item.

use std::io::{self, BufRead, Read};

use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::decode::{Decoded, decode};

use super::super::source::{peek, too_long};
use super::super::utf16::{MARK, as_utf8, utf16_of};
use super::super::{Problem, Reader};
use crate::input::{Item, Source};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A JSON text; blank lines are nothing.
    Json,
    /// A text of its own, blank lines too.
    Text,
}

/// The lines of a file.
pub(super) struct Lines {
    name: String,
    reader: Reader,
    kind: Kind,
    longest: u64,
    encoding: Option<Encoding>,
    number: u64,
    ended: bool,
}

impl Lines {
    pub(super) fn new(
        name: String,
        reader: Reader,
        kind: Kind,
        longest: u64,
        encoding: Option<Encoding>,
    ) -> Self {
        Self { name, reader, kind, longest, encoding, number: 0, ended: false }
    }
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.ended {
            self.number += 1;
            let place = || format!("{}:{}", self.name, self.number);
            let bytes = match next_line(&mut self.reader, self.longest) {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) => bytes,
                Ok(Some(Err(TooLong))) => {
                    return Some(Item::Broken(too_long(place(), "the line", self.longest)));
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Item::Broken(Problem::new(place(), error.to_string())));
                }
            };
            if self.kind == Kind::Json && bytes.trim_ascii().is_empty() {
                continue;
            }
            let place = place();
            return Some(match (self.kind, decode_line(&place, bytes, self.encoding)) {
                (Kind::Json, Ok(text)) => Item::Json { place, text },
                (Kind::Text, Ok(text)) => Item::Line { place, text },
                (_, Err(problem)) => Item::Broken(problem),
            });
        }
        None
    }
}

/// A line is longer than what is allowed.
pub(super) struct TooLong;

/// Reads a line with its end; none at the end of the file. Of a line that is too long, the rest is
/// skipped.
///
/// Only \n ends a line: U+2028 and U+0085 stand inside of JSON strings.
pub(super) fn next_line(
    reader: &mut Reader,
    longest: u64,
) -> io::Result<Option<Result<Vec<u8>, TooLong>>> {
    let mut bytes = Vec::new();
    let read = reader.by_ref().take(longest.saturating_add(1)).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 > longest && bytes.last() != Some(&b'\n') {
        drop(bytes);
        reader.skip_until(b'\n')?;
        return Ok(Some(Err(TooLong)));
    }
    Ok(Some(Ok(bytes)))
}

/// Takes one line as text, without its line end and a byte order mark.
///
/// It is UTF-8, or in the `encoding` that was named.
pub(super) fn decode_line(
    place: &str,
    mut bytes: Vec<u8>,
    encoding: Option<Encoding>,
) -> Result<String, Problem> {
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    // The standard check takes ten instructions a byte of Vietnamese, more than a copy and this one.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return Ok(text.to_owned());
    }
    if let Some(encoding) = encoding.filter(|encoding| *encoding != Encoding::Utf8) {
        return decode(&bytes, encoding)
            .map(Decoded::into_text)
            .map_err(|error| Problem::new(place, error.to_string()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::new(place, format!("not valid UTF-8 at byte {at} of the line, skipped"))
            .hint("name its encoding with --encoding, `tomtat check` looks for it")
    })
}

/// Calls `line` with each line of the source (split at \n only) and its number from 1, until it
/// returns false.
pub(crate) fn lines(
    source: &Source,
    mut line: impl FnMut(u64, Result<&str, Problem>) -> anyhow::Result<bool>,
) -> anyhow::Result<Result<(), Problem>> {
    let reader = match source.open() {
        Ok(reader) => reader,
        Err(problem) => return Ok(Err(problem)),
    };
    let (head, mut reader) = match peek(reader, MARK) {
        Ok(found) => found,
        Err(error) => return Ok(Err(source.problem(&error))),
    };
    if let Some(encoding) = utf16_of(None, &head) {
        reader = as_utf8(reader, encoding);
    }
    let lines = Lines::new(source.name(), reader, Kind::Text, super::LONGEST, None);
    for (item, number) in lines.zip(1..) {
        let goes_on = match item {
            Item::Line { text, .. } => line(number, Ok(&text))?,
            Item::Broken(problem) => line(number, Err(problem))?,
            _ => true,
        };
        if !goes_on {
            break;
        }
    }
    Ok(Ok(()))
}
