//! Rows of Parquet files, a row group after the other.

use std::fs::File;

use parquet::file::reader::SerializedFileReader;
use parquet::record::reader::RowIter;
use parquet::record::{Field, List, Row};
use serde_json::{Number, Value};

use super::super::fields::Record;
use super::super::{Item, Problem, Source};

/// The rows of a file, each a record with the names of the columns.
pub(super) struct Rows {
    name: String,
    iter: RowIter<'static>,
    number: u64,
    ended: bool,
}

impl Rows {
    pub(super) fn new(source: &Source) -> Result<Self, Problem> {
        let name = source.name();
        let Some(path) = source.path() else {
            let problem = Problem::new(name, "is Parquet, whose end is read first");
            return Err(problem.hint("name the file instead of a pipe"));
        };
        let file = File::open(path).map_err(|error| source.problem(&error))?;
        let reader = SerializedFileReader::new(file).map_err(|error| {
            let problem = Problem::new(&name, format!("cannot be read as Parquet: {error}"));
            problem.hint("it may be cut off, or packed once more; Parquet is packed inside")
        })?;
        Ok(Self { name, iter: reader.into_iter(), number: 0, ended: false })
    }
}

impl Iterator for Rows {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ended {
            return None;
        }
        let row = self.iter.next()?;
        self.number += 1;
        let place = format!("{}:{}", self.name, self.number);
        Some(match row {
            Ok(row) => Item::Row { place, record: record_of(&row) },
            Err(error) => {
                // What follows cannot be found any more.
                self.ended = true;
                let problem = Problem::new(place, format!("the row cannot be read: {error}"));
                Item::Broken(problem.hint(
                    "columns may be packed with Snappy, LZ4 or gzip, not with Zstandard or Brotli",
                ))
            }
        })
    }
}

fn record_of(row: &Row) -> Record {
    row.get_column_iter().map(|(name, field)| (name.clone(), value_of(field))).collect()
}

fn value_of(field: &Field) -> Value {
    match field {
        Field::Str(text) => Value::String(text.clone()),
        // Older writers do not say that bytes are text.
        Field::Bytes(bytes) => match simdutf8::basic::from_utf8(bytes.data()) {
            Ok(text) => Value::String(text.to_owned()),
            Err(_) => Value::Null,
        },
        Field::Null => Value::Null,
        Field::Bool(truth) => Value::Bool(*truth),
        Field::Byte(n) => Value::from(*n),
        Field::Short(n) => Value::from(*n),
        Field::Int(n) => Value::from(*n),
        Field::Long(n) => Value::from(*n),
        Field::UByte(n) => Value::from(*n),
        Field::UShort(n) => Value::from(*n),
        Field::UInt(n) => Value::from(*n),
        Field::ULong(n) => Value::from(*n),
        Field::Float(n) => Number::from_f64(f64::from(*n)).map_or(Value::Null, Value::Number),
        Field::Double(n) => Number::from_f64(*n).map_or(Value::Null, Value::Number),
        Field::Group(row) => Value::Object(record_of(row)),
        Field::ListInternal(list) => list_of(list),
        other => Value::String(other.to_string()),
    }
}

fn list_of(list: &List) -> Value {
    Value::Array(list.elements().iter().map(value_of).collect())
}
