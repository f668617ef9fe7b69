//! Documents as they are read; long texts in pieces.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, Read};

use crate::input::{Format, Problem, Source, decode, decode_line};
use crate::run::pipeline::Weighed;

/// A text that is longer than this is read in pieces of at most this many bytes.
const PIECE: usize = 1 << 20;

/// Something to count.
#[derive(Debug)]
pub(crate) enum Part {
    /// An input that cannot be used.
    Broken(Problem),
    /// A file that is one document, and not long.
    File(Source),
    /// A record in JSON that is one document.
    Record {
        /// File and line number.
        place: String,
        /// The line.
        text: String,
    },
    /// A line of text that is one document.
    Line {
        /// File and line number.
        place: String,
        /// The line.
        text: String,
    },
    /// A piece of a long document, or of one whose length is not known.
    Piece {
        /// The file.
        place: String,
        /// Number of the long document.
        number: u64,
        /// Bytes before it.
        offset: u64,
        /// The piece.
        text: String,
        /// More pieces follow.
        continues: bool,
    },
}

impl Weighed for Part {
    fn weight(&self) -> usize {
        match self {
            Self::Broken(_) => 0,
            // Nobody has looked into the file yet.
            Self::File(_) => 1 << 14,
            Self::Record { text, .. } | Self::Line { text, .. } | Self::Piece { text, .. } => {
                text.len()
            }
        }
    }
}

enum Open {
    Lines { name: String, reader: Box<dyn BufRead + Send>, number: u64, format: Format },
    Text(Text),
}

/// The parts of a corpus, read as they are needed.
pub(crate) struct Parts {
    problems: VecDeque<Problem>,
    sources: VecDeque<Source>,
    format: Format,
    open: Option<Open>,
    /// Long documents so far.
    long: u64,
}

impl Parts {
    pub(crate) fn new(problems: Vec<Problem>, sources: Vec<Source>, format: Format) -> Self {
        Self { problems: problems.into(), sources: sources.into(), format, open: None, long: 0 }
    }
}

impl Iterator for Parts {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if let Some(problem) = self.problems.pop_front() {
            return Some(Part::Broken(problem));
        }
        loop {
            let found = match &mut self.open {
                Some(Open::Lines { name, reader, number, format }) => {
                    next_line(name, reader.as_mut(), number, *format)
                }
                Some(Open::Text(text)) => text.next(),
                None => None,
            };
            if let Some(part) = found {
                if matches!(part, Part::Broken(_)) && matches!(self.open, Some(Open::Text(_))) {
                    self.open = None;
                }
                return Some(part);
            }
            let source = self.sources.pop_front()?;
            let format = source.format(self.format);
            if format == Format::Text && is_short(&source) {
                self.open = None;
                return Some(Part::File(source));
            }
            let name = source.name();
            self.open = match source.open() {
                Ok(reader) if format == Format::Text => {
                    self.long += 1;
                    Some(Open::Text(Text::new(name, self.long, reader)))
                }
                Ok(reader) => Some(Open::Lines { name, reader, number: 0, format }),
                Err(problem) => {
                    self.open = None;
                    return Some(Part::Broken(problem));
                }
            };
        }
    }
}

/// Returns true for a file that can be read at once.
fn is_short(source: &Source) -> bool {
    match source {
        Source::Stdin => false,
        Source::File(path) => {
            let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zst"));
            // What cannot be read is found out, and told, when it is opened.
            !packed && fs::metadata(path).map_or(true, |m| m.len() <= PIECE as u64 && m.is_file())
        }
    }
}

fn next_line(
    name: &str,
    reader: &mut (dyn BufRead + Send),
    number: &mut u64,
    format: Format,
) -> Option<Part> {
    loop {
        let mut bytes = Vec::new();
        *number += 1;
        // Only \n ends a line: U+2028 and U+0085 stand inside of JSON strings.
        let read = reader.read_until(b'\n', &mut bytes);
        let place = format!("{name}:{number}");
        match read {
            Ok(0) => return None,
            Ok(_) if bytes.trim_ascii().is_empty() => {}
            Ok(_) => {
                return Some(match decode_line(&place, bytes) {
                    Ok(text) if format == Format::Lines => Part::Line { place, text },
                    Ok(text) => Part::Record { place, text },
                    Err(problem) => Part::Broken(problem),
                });
            }
            Err(error) => return Some(Part::Broken(Problem::new(place, error.to_string()))),
        }
    }
}

/// A text that is read piece by piece.
struct Text {
    name: String,
    number: u64,
    reader: Box<dyn BufRead + Send>,
    rest: Vec<u8>,
    offset: u64,
    ended: bool,
}

impl Text {
    fn new(name: String, number: u64, reader: Box<dyn BufRead + Send>) -> Self {
        Self { name, number, reader, rest: Vec::new(), offset: 0, ended: false }
    }

    fn next(&mut self) -> Option<Part> {
        if self.ended && self.rest.is_empty() {
            return None;
        }
        // One byte more shows whether anything follows.
        let missing = (PIECE + 1).saturating_sub(self.rest.len()) as u64;
        let read = self.reader.by_ref().take(missing).read_to_end(&mut self.rest);
        if let Err(error) = read {
            return Some(Part::Broken(Problem::new(self.name.clone(), error.to_string())));
        }
        self.ended = self.rest.len() <= PIECE;
        let end = if self.ended { self.rest.len() } else { cut(&self.rest[..PIECE]) };
        let after = self.rest.split_off(end);
        let bytes = std::mem::replace(&mut self.rest, after);
        let (place, offset) = (self.name.clone(), self.offset);
        self.offset += bytes.len() as u64;
        let text = if offset == 0 {
            decode(place.clone(), bytes)
        } else {
            String::from_utf8(bytes).map_err(|error| {
                let at = offset + error.utf8_error().valid_up_to() as u64;
                Problem::new(place.clone(), format!("not valid UTF-8 at byte {at}"))
            })
        };
        let continues = !self.ended;
        Some(match text {
            Ok(text) if offset == 0 && !continues => {
                // It was not long after all; what it is called decides nothing any more.
                Part::Line { place, text }
            }
            Ok(text) => Part::Piece { place, number: self.number, offset, text, continues },
            Err(problem) => Part::Broken(problem),
        })
    }
}

/// Where a piece should end: after a blank line, a line, a sentence, a word, a character.
fn cut(bytes: &[u8]) -> usize {
    let half = bytes.len() / 2;
    let last = |mark: &[u8]| {
        bytes[half..].windows(mark.len()).rposition(|w| w == mark).map(|at| half + at + mark.len())
    };
    last(b"\n\n")
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
    use super::*;

    #[test]
    fn pieces_are_the_text_and_end_between_lines() {
        let line = "Trời mưa to ở miền Trung, nước sông dâng cao.\n";
        let text = line.repeat(60_000);
        let mut reading = Text::new("x".into(), 1, Box::new(std::io::Cursor::new(text.clone())));
        let (mut whole, mut pieces) = (String::new(), 0);
        while let Some(Part::Piece { offset, text, continues, .. }) = reading.next() {
            assert_eq!(offset, whole.len() as u64);
            assert!(text.ends_with('\n') && text.len() <= PIECE);
            whole.push_str(&text);
            pieces += 1;
            assert_eq!(continues, whole.len() < 60_000 * line.len());
        }
        assert!(whole == text && pieces > 2);
    }

    #[test]
    fn a_text_without_any_space_is_cut_between_characters() {
        let text = "ầ".repeat(PIECE);
        let mut reading = Text::new("x".into(), 1, Box::new(std::io::Cursor::new(text.clone())));
        let mut whole = String::new();
        while let Some(Part::Piece { text, .. }) = reading.next() {
            whole.push_str(&text);
        }
        assert!(whole == text);
    }
}
