//! Tables as people and programs read them: aligned text, CSV, TSV, JSON, JSON Lines.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::locale;
use crate::output::Output;
#[cfg(feature = "parquet")]
use crate::output::{ParquetRows, ParquetValue};

/// How a table is written.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct TableArguments {
    /// Output format.
    #[arg(short, long, value_enum, default_value = "table", help_heading = "Output")]
    pub(crate) format: TableFormat,
    /// Begin CSV with a byte order mark, for spreadsheets.
    #[arg(long, help_heading = "Output")]
    bom: bool,
    /// Put an apostrophe before values of CSV that begin with = + - @: a spreadsheet would take them
    /// for formulas.
    #[arg(long, help_heading = "Output")]
    disarm: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Aligned columns for people.
    Table,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Tab-separated values; tabs and line ends inside of values become spaces.
    Tsv,
    /// One JSON object with all rows.
    Json,
    /// One JSON object a row.
    Jsonl,
    /// Parquet, packed with Snappy.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// The name of a column and how people want to see it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    align: Align,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

impl Column {
    /// A column of texts.
    pub(crate) fn text(name: &str) -> Self {
        Self { name: name.to_owned(), align: Align::Left }
    }

    /// A column of numbers, or of texts that end in the middle of the line.
    pub(crate) fn number(name: &str) -> Self {
        Self { name: name.to_owned(), align: Align::Right }
    }
}

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Count(u64),
    Number(f64),
    /// A value of its own in JSON.
    Json(Value),
    /// Not defined for this row.
    None,
}

impl Cell {
    /// A number that may be undefined.
    pub(crate) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::None, Self::Number)
    }

    fn for_people(&self) -> String {
        match self {
            Self::Text(text) => shown(text),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => locale::number(short(*number)),
            Self::Json(value) => value.to_string(),
            Self::None => "–".to_owned(),
        }
    }

    fn for_programs(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Json(value) => value.to_string(),
            Self::None => String::new(),
        }
    }

    #[cfg(feature = "parquet")]
    fn parquet(self) -> ParquetValue {
        match self {
            Self::Text(text) => ParquetValue::Text(text),
            Self::Count(count) => i64::try_from(count)
                .map_or(ParquetValue::Number(count as f64), ParquetValue::Integer),
            Self::Number(number) => ParquetValue::Number(number),
            Self::Json(value) => ParquetValue::Text(value.to_string()),
            Self::None => ParquetValue::None,
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Count(count) => json!(count),
            Self::Number(number) => json!(number),
            Self::Json(value) => value.clone(),
            Self::None => Value::Null,
        }
    }
}

/// Four significant digits or four decimals, whichever tells more.
fn short(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && size < 0.001 {
        format!("{number:.2e}")
    } else if size < 100.0 {
        format!("{number:.4}")
    } else {
        format!("{number:.2}")
    }
}

/// A text that no spreadsheet takes for a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn disarmed(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// Control characters must not reach a terminal.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Columns that a text takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Writes rows as they come; aligned columns need all of them.
pub(crate) struct Table {
    arguments: TableArguments,
    schema: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    output: Output,
    started: bool,
    #[cfg(feature = "parquet")]
    parquet: Option<ParquetRows>,
}

impl Table {
    /// Begins a table; `schema` names its JSON.
    pub(crate) fn new(
        arguments: TableArguments,
        schema: &'static str,
        columns: Vec<Column>,
    ) -> Result<Self> {
        #[cfg(feature = "parquet")]
        let parquet = (arguments.format == TableFormat::Parquet)
            .then(|| ParquetRows::new(schema, columns.iter().map(|c| c.name.clone()).collect()))
            .transpose()?;
        Ok(Self {
            arguments,
            schema,
            columns,
            rows: Vec::new(),
            output: Output::new()?,
            started: false,
            #[cfg(feature = "parquet")]
            parquet,
        })
    }

    /// Adds a row, with one cell a column.
    pub(crate) fn row(&mut self, row: Vec<Cell>) -> Result<()> {
        match self.arguments.format {
            TableFormat::Table | TableFormat::Json => self.rows.push(row),
            TableFormat::Csv | TableFormat::Tsv => {
                self.begin()?;
                let disarms = self.arguments.disarm && self.arguments.format == TableFormat::Csv;
                let cell = |cell: &Cell| match cell {
                    Cell::Text(text) if disarms => disarmed(text),
                    cell => cell.for_programs(),
                };
                let line = self.line(row.iter().map(cell))?;
                self.output.write(&line)?;
            }
            TableFormat::Jsonl => {
                self.output.write(&json_line(self.schema, &self.columns, &row))?;
            }
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => {
                if let Some(parquet) = &mut self.parquet {
                    let row = row.into_iter().map(Cell::parquet).collect();
                    parquet.push(row, &mut self.output)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the table; `about` stands before the rows in JSON, `heading` above them for people.
    pub(crate) fn finish(mut self, about: Map<String, Value>, heading: &str) -> Result<()> {
        match self.arguments.format {
            TableFormat::Csv | TableFormat::Tsv => self.begin()?,
            TableFormat::Jsonl => {}
            #[cfg(feature = "parquet")]
            TableFormat::Parquet => {
                if let Some(parquet) = self.parquet.take() {
                    parquet.finish(&mut self.output)?;
                }
            }
            TableFormat::Json => {
                let mut object = Map::new();
                object.insert("schema".into(), json!(self.schema));
                object.extend(about);
                let rows = self.rows.iter().map(|row| Value::Object(self.object(row)));
                object.insert("rows".into(), rows.collect());
                let text = serde_json::to_string_pretty(&Value::Object(object))?;
                self.output.write(&format!("{text}\n"))?;
            }
            TableFormat::Table => {
                let text = self.aligned();
                if !heading.is_empty() {
                    self.output.write(&format!("{heading}\n\n"))?;
                }
                self.output.write(&text)?;
            }
        }
        self.output.finish()
    }

    fn object(&self, row: &[Cell]) -> Map<String, Value> {
        object(&self.columns, row)
    }

    fn begin(&mut self) -> Result<()> {
        if !self.started {
            self.started = true;
            if self.arguments.bom && self.arguments.format == TableFormat::Csv {
                self.output.write("\u{FEFF}")?;
            }
            let line = self.line(self.columns.iter().map(|column| column.name.clone()))?;
            self.output.write(&line)?;
        }
        Ok(())
    }

    fn line(&self, cells: impl Iterator<Item = String>) -> Result<String> {
        if self.arguments.format == TableFormat::Tsv {
            let cells: Vec<String> =
                cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
            return Ok(cells.join("\t") + "\n");
        }
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        writer.write_record(cells.map(String::into_bytes))?;
        let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(String::from_utf8(bytes)?)
    }

    fn aligned(&self) -> String {
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(Cell::for_people).collect()).collect();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| {
                rows.iter().map(|row| width(&row[i])).fold(width(&column.name), usize::max)
            })
            .collect();
        let mut text = String::new();
        let heading: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        for row in std::iter::once(&heading).chain(&rows) {
            let mut line = String::new();
            for ((cell, column), &wide) in row.iter().zip(&self.columns).zip(&widths) {
                if !line.is_empty() {
                    line.push_str("  ");
                }
                let padding = " ".repeat(wide - width(cell).min(wide));
                match column.align {
                    Align::Left => line.extend([cell.as_str(), &padding]),
                    Align::Right => line.extend([padding.as_str(), cell]),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn object(columns: &[Column], row: &[Cell]) -> Map<String, Value> {
    columns.iter().zip(row).map(|(c, cell)| (c.name.clone(), cell.json())).collect()
}

/// A row as one line of JSON.
pub(crate) fn json_line(schema: &str, columns: &[Column], row: &[Cell]) -> String {
    let mut line = Map::new();
    line.insert("schema".into(), json!(schema));
    line.extend(object(columns, row));
    format!("{}\n", Value::Object(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_a_terminal_shows() {
        let arguments = TableArguments { format: TableFormat::Table, bom: false, disarm: false };
        let columns = vec![Column::text("term"), Column::number("tf")];
        let mut table = Table::new(arguments, "x/1", columns).expect("standard output");
        for (term, tf) in [("o\u{302}\u{301}", 7), ("東京", 12), ("nước", 100)] {
            table.row(vec![Cell::Text(term.into()), Cell::Count(tf)]).expect("a row");
        }
        assert_eq!(table.aligned(), "term   tf\no\u{302}\u{301}       7\n東京   12\nnước  100\n");
    }

    #[test]
    fn formulas_are_disarmed() {
        assert_eq!(disarmed("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(disarmed("-40 độ"), "'-40 độ");
        assert_eq!(disarmed("giá = 5"), "giá = 5");
    }

    #[test]
    fn numbers_are_short_for_people() {
        let cases = [(0.0, "0.0000"), (1.5, "1.5000"), (12_345.678, "12345.68"), (1e-9, "1.00e-9")];
        for (number, text) in cases {
            assert_eq!(short(number), text);
        }
    }
}
