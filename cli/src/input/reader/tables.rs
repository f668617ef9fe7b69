//! Rows of CSV and TSV files with a header.

use std::io::{self, BufRead, Chain, Read};

use serde_json::Value;
use tomtat::text::encoding::Encoding;

use super::super::fields::Record;
use super::super::page::decoded;
use super::super::source::{Meter, Metered, count_of, peek, too_long};
use super::super::{Item, Problem, Reader};

/// The rows of a table, each a record of texts.
pub(super) struct Rows {
    name: String,
    reader: csv::Reader<Chain<Metered, &'static [u8]>>,
    header: Vec<String>,
    row: csv::ByteRecord,
    meter: Meter,
    longest: u64,
    encoding: Option<Encoding>,
    ended: bool,
}

/// Follows the last row: within a quote that is open it becomes a part of that row, else a row of
/// its own.
const END: &[u8] = b"\n\0\0";

impl Rows {
    /// Reads the header; without a `delimiter` the one that the header has most of is taken.
    pub(super) fn new(
        name: String,
        reader: Reader,
        longest: u64,
        encoding: Option<Encoding>,
        delimiter: Option<u8>,
    ) -> Result<Self, Problem> {
        let io_problem = |error: io::Error| Problem::new(&name, error.to_string());
        let (head, mut reader) = peek(reader, 1 << 12).map_err(io_problem)?;
        if head.starts_with(b"\xEF\xBB\xBF") {
            reader.consume(3);
        }
        let delimiter = delimiter.unwrap_or_else(|| {
            let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
            let count = |mark: &u8| count_of(*mark, line);
            // The first of the most frequent ones.
            [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
        });
        let meter = Meter::new(longest);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).from_reader(meter.on(reader).chain(END));
        let header =
            reader.byte_headers().map_err(|error| Problem::new(&name, error.to_string()))?;
        let ended = is_end(header);
        if !ended && is_open(header) {
            return Err(open_quote(format!("{name}:1")));
        }
        let cells = header.iter().filter(|_| !ended);
        let header = cells.map(|cell| cell_of(&name, cell, encoding)).collect::<Result<_, _>>()?;
        let row = csv::ByteRecord::new();
        Ok(Self { name, reader, header, row, meter, longest, encoding, ended })
    }

    fn record(&self, place: &str) -> Result<Record, Problem> {
        let cell = |(name, value): (&String, &[u8])| {
            Ok((name.clone(), Value::String(cell_of(place, value, self.encoding)?)))
        };
        self.header.iter().zip(&self.row).map(cell).collect()
    }
}

/// Tells whether a row is the mark of the end.
fn is_end(row: &csv::ByteRecord) -> bool {
    row.len() == 1 && &row[0] == END.trim_ascii_start()
}

/// Tells whether a quote in the row is open at the end of the file.
fn is_open(row: &csv::ByteRecord) -> bool {
    row.iter().next_back().is_some_and(|cell| cell.ends_with(END))
}

fn open_quote(place: String) -> Problem {
    Problem::new(place, "a quote that begins in this row is never closed")
        .hint("what follows it is taken for its text; write a quote inside of a text twice")
}

/// The text of a cell, in the encoding that was named or is certain.
fn cell_of(place: &str, cell: &[u8], encoding: Option<Encoding>) -> Result<String, Problem> {
    match simdutf8::basic::from_utf8(cell) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => decoded(place, cell.to_vec(), encoding).map(|(text, _)| text),
    }
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        self.meter.reset();
        let read = self.reader.read_byte_record(&mut self.row);
        let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        if is_end(&self.row) {
            self.ended = true;
            return None;
        }
        match read {
            Ok(false) => None,
            _ if is_open(&self.row) => {
                self.ended = true;
                Some(Item::Broken(open_quote(format!(
                    "{}:{}",
                    self.name,
                    line(self.row.position())
                ))))
            }
            Ok(true) => {
                let place = format!("{}:{}", self.name, line(self.row.position()));
                Some(match self.record(&place) {
                    Ok(record) => Item::Row { place, record },
                    Err(problem) => Item::Broken(problem),
                })
            }
            Err(error) => {
                let place = format!("{}:{}", self.name, line(error.position()));
                Some(Item::Broken(match error.into_kind() {
                    csv::ErrorKind::Io(error) => {
                        self.ended = true;
                        let line = self.reader.position().line();
                        let place = format!("{}:{line}", self.name);
                        if error.kind() == io::ErrorKind::FileTooLarge {
                            let problem = too_long(place, "a row", self.longest);
                            problem
                                .hint("--longest SIZE allows more; perhaps a quote is not closed")
                        } else {
                            Problem::new(place, error.to_string())
                        }
                    }
                    csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                        let found = format!("has {len} cells, the header has {expected_len}");
                        Problem::new(place, found)
                    }
                    _ => Problem::new(place, "not a row of a table"),
                }))
            }
        }
    }
}
