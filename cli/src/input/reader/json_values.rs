//! JSON values one after the other, or the items of an array, cut out without being parsed.

use std::io;

use tomtat::text::encoding::Encoding;

use super::super::source::{count_of, too_long};
use super::super::{Problem, Reader};
use super::lines::decode_line;
use crate::input::Item;

/// The values of a JSON file: an object, objects with blanks between, or the items of an array.
pub(super) struct JsonValues {
    name: String,
    reader: Reader,
    longest: u64,
    encoding: Option<Encoding>,
    line: u64,
    places: Places,
    /// The values are the items of an array that is open.
    in_array: bool,
    ended: bool,
}

/// Names the places of JSON values, each by a name of its own: it stands for an id.
#[derive(Debug)]
pub(crate) struct Places {
    name: String,
    /// Line of the last value.
    line: u64,
    /// Values that have begun in this line.
    count: u64,
}

impl Places {
    pub(crate) const fn new(name: String) -> Self {
        Self { name, line: 0, count: 0 }
    }

    /// Names the next value by the line that it begins in.
    pub(crate) fn at(&mut self, line: u64) -> String {
        self.count = if line == self.line { self.count + 1 } else { 1 };
        self.line = line;
        let place = format!("{}:{line}", self.name);
        if self.count == 1 { place } else { format!("{place}, record {}", self.count) }
    }
}

impl JsonValues {
    pub(super) fn new(
        name: String,
        reader: Reader,
        longest: u64,
        encoding: Option<Encoding>,
    ) -> Self {
        let places = Places::new(name.clone());
        Self { name, reader, longest, encoding, line: 1, places, in_array: false, ended: false }
    }

    /// Goes to the next byte that is no blank and returns it, without taking it.
    fn skip_blanks(&mut self, marks: &[u8]) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let is_blank = |b: &u8| b.is_ascii_whitespace() || marks.contains(b);
            let found = buffer.iter().position(|b| !is_blank(b));
            let passed = found.unwrap_or(buffer.len());
            self.line += count_of(b'\n', &buffer[..passed]);
            let byte = found.map(|at| buffer[at]);
            self.reader.consume(passed);
            if byte.is_some() {
                return Ok(byte);
            }
        }
    }

    /// Takes the bytes of the value that begins here, up to the limit; what is longer is passed
    /// over to its end.
    fn value(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let (mut depth, mut in_string, mut escaped, mut too_long) = (0_u64, false, false, false);
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut end = None;
            for (at, byte) in buffer.iter().enumerate() {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    _ if in_string => {}
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' if depth > 0 => {
                        depth -= 1;
                        if depth == 0 {
                            end = Some(at + 1);
                            break;
                        }
                    }
                    // A value that is no object ends before what separates it from the next.
                    b']' | b'}' | b',' | b'\n' if depth == 0 => {
                        end = Some(at);
                        break;
                    }
                    _ => {}
                }
            }
            let taken = end.unwrap_or(buffer.len());
            self.line += count_of(b'\n', &buffer[..taken]);
            if (bytes.len() + taken) as u64 > self.longest {
                too_long = true;
                bytes = Vec::new();
            } else if !too_long {
                bytes.extend_from_slice(&buffer[..taken]);
            }
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        Ok((!too_long).then_some(bytes))
    }

    fn read(&mut self) -> io::Result<Option<Item>> {
        loop {
            let marks: &[u8] = if self.in_array { b"," } else { b"\xEF\xBB\xBF" };
            match self.skip_blanks(marks)? {
                None => return Ok(None),
                Some(b'[') if !self.in_array => self.in_array = true,
                Some(b']') if self.in_array => self.in_array = false,
                Some(_) => break,
            }
            self.reader.consume(1);
        }
        let place = self.places.at(self.line);
        let bytes = self.value()?;
        Ok(Some(match bytes {
            None => Item::Broken(too_long(place, "the record", self.longest)),
            Some(bytes) if bytes.is_empty() => {
                // A closing mark that nothing opened: what follows cannot be told apart.
                self.ended = true;
                Item::Broken(Problem::new(place, "not valid JSON: a closing mark too many"))
            }
            Some(bytes) => match decode_line(&place, bytes, self.encoding) {
                Ok(text) => Item::Json { place, text },
                Err(problem) => Item::Broken(problem),
            },
        }))
    }
}

impl Iterator for JsonValues {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            self.ended = true;
            let place = format!("{}:{}", self.name, self.line);
            Some(Item::Broken(Problem::new(place, error.to_string())))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    fn values(text: &str) -> Vec<String> {
        // A buffer of three bytes: marks fall on every boundary.
        let reader = Box::new(BufReader::with_capacity(3, Cursor::new(text.to_owned())));
        JsonValues::new("x".into(), reader, 40, None)
            .map(|item| match item {
                Item::Json { place, text } => format!("{place} {text}"),
                Item::Broken(problem) => format!("! {problem}"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn values_are_cut_at_their_ends() {
        assert_eq!(
            values("{\n \"a\": [1, {\"b\": \"}\\\"]\"}]\n}\n"),
            ["x:1 {\n \"a\": [1, {\"b\": \"}\\\"]\"}]\n}"]
        );
        assert_eq!(values("[{\"a\":1},\n {\"a\":2}]"), ["x:1 {\"a\":1}", "x:2 {\"a\":2}"]);
        assert_eq!(values("\u{FEFF}{} {}\n7"), ["x:1 {}", "x:1, record 2 {}", "x:2 7"]);
        assert_eq!(values("[]"), Vec::<String>::new());
        let long = format!("[{{\"a\":\"{}\"}},\n{{\"a\":2}}]", "x".repeat(80));
        let found = values(&long);
        assert!(found[0].starts_with("! x:1: the record is longer than"), "{found:?}");
        assert_eq!(found[1], "x:2 {\"a\":2}");
    }

    #[test]
    fn what_is_broken_ends() {
        assert_eq!(values("{\"a\": [1}"), ["x:1 {\"a\": [1}"]);
        assert!(values("}")[0].starts_with("! x:1: not valid JSON"));
    }
}
