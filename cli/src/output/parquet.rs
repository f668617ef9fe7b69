//! Rows written as Parquet: columns that programs read by name, packed with Snappy.

use std::mem;
use std::sync::Arc;

use anyhow::{Result, bail};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::{Output, is_terminal};

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParquetValue {
    Text(String),
    Integer(i64),
    Number(f64),
    None,
}

/// What a column holds; no column must have a value in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Number,
}

/// Bytes of texts, and rows, after which a row group is written.
const GROUP: (usize, usize) = (16 << 20, 1 << 16);

/// Rows on their way into a Parquet file. What a column holds is decided by its first row group.
pub(crate) struct ParquetRows {
    schema: &'static str,
    names: Vec<String>,
    columns: Vec<Vec<ParquetValue>>,
    rows: usize,
    size: usize,
    /// The file as far as it is made, and the kinds of its columns.
    writer: Option<(SerializedFileWriter<Vec<u8>>, Vec<Kind>)>,
}

impl ParquetRows {
    /// Begins a file of columns with these names; `schema` is noted in the file.
    pub(crate) fn new(schema: &'static str, names: Vec<String>) -> Result<Self> {
        if is_terminal() {
            bail!("Parquet is no text for a terminal: name a file with -o");
        }
        let columns = vec![Vec::new(); names.len()];
        Ok(Self { schema, names, columns, rows: 0, size: 0, writer: None })
    }

    /// Adds a row with one value a column.
    pub(crate) fn push(&mut self, row: Vec<ParquetValue>, output: &mut Output) -> Result<()> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.size += if let ParquetValue::Text(text) = &value { text.len() } else { 8 };
            column.push(value);
        }
        self.rows += 1;
        if self.size >= GROUP.0 || self.rows >= GROUP.1 { self.flush(output) } else { Ok(()) }
    }

    /// Writes what is left, and the end of the file.
    pub(crate) fn finish(mut self, output: &mut Output) -> Result<()> {
        if self.rows > 0 || self.writer.is_none() {
            self.flush(output)?;
        }
        if let Some((mut writer, _)) = self.writer {
            writer.finish()?;
            output.write_bytes(writer.inner())?;
        }
        Ok(())
    }

    fn flush(&mut self, output: &mut Output) -> Result<()> {
        let (mut writer, kinds) = match self.writer.take() {
            Some(writer) => writer,
            None => self.begin()?,
        };
        let mut group = writer.next_row_group()?;
        for (values, kind) in self.columns.iter_mut().zip(&kinds) {
            let Some(mut column) = group.next_column()? else { bail!("a column is missing") };
            write_column(&mut column, mem::take(values), *kind)?;
            column.close()?;
        }
        group.close()?;
        writer.flush()?;
        output.write_bytes(&mem::take(writer.inner_mut()))?;
        (self.rows, self.size) = (0, 0);
        self.writer = Some((writer, kinds));
        Ok(())
    }

    fn begin(&self) -> Result<(SerializedFileWriter<Vec<u8>>, Vec<Kind>)> {
        let kinds: Vec<Kind> = self.columns.iter().map(|values| kind_of(values)).collect();
        let columns = self.names.iter().zip(&kinds).map(|(name, kind)| {
            let kind = match kind {
                Kind::Text => ("BYTE_ARRAY", " (UTF8)"),
                Kind::Integer => ("INT64", ""),
                Kind::Number => ("DOUBLE", ""),
            };
            format!("OPTIONAL {} {name}{};", kind.0, kind.1)
        });
        let message = format!("message rows {{ {} }}", columns.collect::<Vec<_>>().join(" "));
        let schema = Arc::new(parse_message_type(&message)?);
        let note = KeyValue::new("tomtat.schema".to_owned(), self.schema.to_owned());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("tomtat {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(vec![note]));
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
        Ok((writer, kinds))
    }
}

fn kind_of(values: &[ParquetValue]) -> Kind {
    let has = |of: fn(&ParquetValue) -> bool| values.iter().any(of);
    if has(|value| matches!(value, ParquetValue::Text(_))) {
        Kind::Text
    } else if has(|value| matches!(value, ParquetValue::Number(_))) {
        Kind::Number
    } else if has(|value| matches!(value, ParquetValue::Integer(_))) {
        Kind::Integer
    } else {
        Kind::Text
    }
}

fn write_column(
    column: &mut SerializedColumnWriter<'_>,
    values: Vec<ParquetValue>,
    kind: Kind,
) -> Result<()> {
    let levels: Vec<i16> =
        values.iter().map(|value| i16::from(*value != ParquetValue::None)).collect();
    let present = values.into_iter().filter(|value| *value != ParquetValue::None);
    match kind {
        Kind::Text => {
            let texts = present.map(|value| match value {
                ParquetValue::Text(text) => text,
                ParquetValue::Integer(number) => number.to_string(),
                ParquetValue::Number(number) => number.to_string(),
                ParquetValue::None => String::new(),
            });
            let texts: Vec<ByteArray> = texts.map(|text| text.into_bytes().into()).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?;
        }
        Kind::Integer => {
            let numbers: Option<Vec<i64>> = present
                .map(|value| if let ParquetValue::Integer(n) = value { Some(n) } else { None })
                .collect();
            let Some(numbers) = numbers else { bail!("a column of integers has another value") };
            column.typed::<Int64Type>().write_batch(&numbers, Some(&levels), None)?;
        }
        Kind::Number => {
            let numbers: Option<Vec<f64>> = present
                .map(|value| match value {
                    ParquetValue::Number(number) => Some(number),
                    ParquetValue::Integer(number) => Some(number as f64),
                    ParquetValue::Text(_) | ParquetValue::None => None,
                })
                .collect();
            let Some(numbers) = numbers else { bail!("a column of numbers has another value") };
            column.typed::<DoubleType>().write_batch(&numbers, Some(&levels), None)?;
        }
    }
    Ok(())
}
