//! Tables as people and programs read them: aligned text, CSV, TSV, JSON, JSON Lines.

use std::io::{BufRead, BufReader, Write};

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::chart::escaped;
use crate::locale;
use crate::output::Output;
#[cfg(feature = "parquet")]
use crate::output::{ParquetRows, ParquetValue};
use crate::run::spill::{Spill, SpillFile};

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
    /// A page of its own.
    Html,
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
    /// A text of the program, for people in their language.
    Word(&'static str),
    Count(u64),
    Number(f64),
    /// Places in a text: pairs of numbers in JSON.
    Places(Vec<(u64, u64)>),
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
            Self::Word(text) => locale::part(text).into_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => locale::number(short(*number)),
            Self::Places(_) => self.for_programs(),
            Self::None => "–".to_owned(),
        }
    }

    fn for_programs(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Word(text) => (*text).to_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Places(places) => {
                let places: Vec<String> = places.iter().map(|(s, e)| format!("{s}-{e}")).collect();
                places.join(" ")
            }
            Self::None => String::new(),
        }
    }

    #[cfg(feature = "parquet")]
    fn parquet(self) -> ParquetValue {
        match self {
            Self::Text(text) => ParquetValue::Text(text),
            Self::Word(text) => ParquetValue::Text(text.to_owned()),
            Self::Count(count) => i64::try_from(count)
                .map_or(ParquetValue::Number(count as f64), ParquetValue::Integer),
            Self::Number(number) => ParquetValue::Number(number),
            Self::Places(_) => ParquetValue::Text(self.for_programs()),
            Self::None => ParquetValue::None,
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => json!(text),
            Self::Word(text) => json!(text),
            Self::Count(count) => json!(count),
            Self::Number(number) => json!(number),
            Self::Places(places) => json!(places),
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

/// Writes rows as they come. Aligned columns need all of them, and what JSON says before its rows
/// comes last: there rows wait as text, which goes to disk when it is long.
pub(crate) struct Table {
    arguments: TableArguments,
    schema: &'static str,
    columns: Vec<Column>,
    /// Cells parted by tabs, a row a line; or the rows of JSON.
    waiting: SpillFile,
    /// The widest cell of each column.
    widths: Vec<usize>,
    rows: u64,
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
            widths: columns.iter().map(|column| width(locale::column(&column.name))).collect(),
            columns,
            waiting: Spill::nothing().file(),
            rows: 0,
            output: Output::new()?,
            started: false,
            #[cfg(feature = "parquet")]
            parquet,
        })
    }

    /// Keeps no more than `spill` allows in memory.
    pub(crate) fn spilling(mut self, spill: &Spill) -> Self {
        self.waiting = spill.file();
        self
    }

    /// Adds a row, with one cell a column.
    pub(crate) fn row(&mut self, row: Vec<Cell>) -> Result<()> {
        match self.arguments.format {
            TableFormat::Table => {
                let cells: Vec<String> = row.iter().map(Cell::for_people).collect();
                for (wide, cell) in self.widths.iter_mut().zip(&cells) {
                    *wide = width(cell).max(*wide);
                }
                writeln!(self.waiting, "{}", cells.join("\t"))?;
            }
            TableFormat::Html => {
                let row = self.html_row("td", row.iter().map(Cell::for_people));
                self.waiting.write_all(row.as_bytes())?;
            }
            TableFormat::Json => {
                let row = serde_json::to_string_pretty(&Value::Object(self.object(&row)))?;
                let row = row.replace('\n', "\n    ");
                let comma = if self.rows > 0 { "," } else { "" };
                write!(self.waiting, "{comma}\n    {row}")?;
                self.rows += 1;
            }
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
                self.output.write(&json_line(self.schema, &self.columns, &row)?)?;
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
        let heading = locale::translated(heading);
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
                object.insert("rows".into(), json!([]));
                let text = serde_json::to_string_pretty(&Value::Object(object))? + "\n";
                // At this depth there is one field of this name.
                let (before, after) = text.split_once(EMPTY_ROWS).unwrap_or((&text, ""));
                self.output.write(before)?;
                self.output.write(EMPTY_ROWS)?;
                if self.rows > 0 {
                    self.write_waiting()?;
                    self.output.write("\n  ")?;
                }
                self.output.write(after)?;
            }
            TableFormat::Html => {
                let heading = escaped(&heading);
                self.output.write(&format!(
                    "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
                     <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
                     <title>{}</title><style>{STYLE}</style></head><body>\n<p>{heading}</p>\n<table>\n",
                    locale::code(),
                    self.schema
                ))?;
                let heads = self.html_row("th", self.heads().map(str::to_owned));
                self.output.write(&heads)?;
                self.write_waiting()?;
                self.output.write("</table></body></html>\n")?;
            }
            TableFormat::Table => {
                if !heading.is_empty() {
                    self.output.write(&format!("{heading}\n\n"))?;
                }
                self.write_aligned()?;
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

    /// A row of an HTML table.
    fn html_row(&self, tag: &str, cells: impl Iterator<Item = String>) -> String {
        let mut row = String::from("<tr>");
        for (cell, column) in cells.zip(&self.columns) {
            let class = if column.align == Align::Right { " class=\"n\"" } else { "" };
            row.extend(["<", tag, class, ">", &escaped(&cell), "</", tag, ">"]);
        }
        row + "</tr>\n"
    }

    /// The names of the columns for people.
    fn heads(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| locale::column(&column.name))
    }

    /// Writes the rows of JSON or HTML that wait.
    fn write_waiting(&mut self) -> Result<()> {
        self.waiting.rewind()?;
        let mut reader = BufReader::new(&mut self.waiting);
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            self.output.write(&line)?;
            line.clear();
        }
        Ok(())
    }

    fn write_aligned(&mut self) -> Result<()> {
        self.output.write(&self.aligned(self.heads()))?;
        self.waiting.rewind()?;
        let mut lines =
            BufReader::new(std::mem::replace(&mut self.waiting, Spill::nothing().file()));
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            self.output.write(&self.aligned(line.trim_end_matches('\n').split('\t')))?;
            line.clear();
        }
        Ok(())
    }

    /// A line of aligned cells.
    fn aligned<'c>(&self, cells: impl Iterator<Item = &'c str>) -> String {
        let mut line = String::new();
        for ((cell, column), &wide) in cells.zip(&self.columns).zip(&self.widths) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            let padding = " ".repeat(wide - width(cell).min(wide));
            match column.align {
                Align::Left => line.extend([cell, &padding]),
                Align::Right => line.extend([padding.as_str(), cell]),
            }
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    }
}

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:15px/1.45 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;margin:1.5rem;overflow-x:auto}\
table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #8886;text-align:left}\
.n{text-align:right;font-variant-numeric:tabular-nums}";

/// Rows of JSON that are not there yet, at the depth of the outermost object.
const EMPTY_ROWS: &str = "\n  \"rows\": [";

fn object(columns: &[Column], row: &[Cell]) -> Map<String, Value> {
    columns.iter().zip(row).map(|(c, cell)| (c.name.clone(), cell.json())).collect()
}

/// A row as one line of JSON.
pub(crate) fn json_line(schema: &str, columns: &[Column], row: &[Cell]) -> Result<String> {
    Ok(serde_json::to_string(&Line { schema, columns, row })? + "\n")
}

/// A row as an object, which is written without being made.
struct Line<'a> {
    schema: &'a str,
    columns: &'a [Column],
    row: &'a [Cell],
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.row.len()))?;
        map.serialize_entry("schema", self.schema)?;
        for (column, cell) in self.columns.iter().zip(self.row) {
            match cell {
                Cell::Text(text) => map.serialize_entry(&column.name, text)?,
                Cell::Word(text) => map.serialize_entry(&column.name, text)?,
                Cell::Count(count) => map.serialize_entry(&column.name, count)?,
                Cell::Number(number) => map.serialize_entry(&column.name, number)?,
                Cell::Places(value) => map.serialize_entry(&column.name, value)?,
                Cell::None => map.serialize_entry(&column.name, &())?,
            }
        }
        map.end()
    }
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
        assert_eq!(table.aligned(["term", "tf"].into_iter()), "term   tf\n");
        assert_eq!(
            table.aligned(["o\u{302}\u{301}", "7"].into_iter()),
            "o\u{302}\u{301}       7\n"
        );
        assert_eq!(table.aligned(["東京", "12"].into_iter()), "東京   12\n");
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
