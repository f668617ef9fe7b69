//! Tables of scores with intervals: one shape, several formats.

mod csv;
mod latex;
mod markdown;
mod plain;

use clap::ValueEnum;

/// Formats of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// Aligned text.
    Table,
    /// One JSON object with everything that was computed.
    Json,
    /// A row a system, numbers unrounded.
    Csv,
    /// A Markdown table.
    Markdown,
    /// A LaTeX table (booktabs).
    Latex,
}

/// A column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Name in the header.
    pub(crate) name: String,
    /// Texts stand to the left, numbers to the right.
    pub(crate) is_text: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// A name.
    Text(String),
    /// A number with so many decimals.
    Number(f64, usize),
    /// A score between 0 and 1, printed times 100, with its interval.
    Score {
        /// Mean.
        value: f64,
        /// Interval, if it is to be shown.
        range: Option<(f64, f64)>,
        /// 1 better than the baseline, -1 worse, 0 neither.
        mark: i8,
    },
}

/// A table with what has to be known of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// What was measured on what.
    pub(crate) caption: String,
    /// Columns.
    pub(crate) columns: Vec<Column>,
    /// Rows of as many cells.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Explanations below.
    pub(crate) notes: Vec<String>,
    /// The line that says what was computed.
    pub(crate) signature: String,
}

impl Table {
    /// Adds a column of names.
    pub(crate) fn text_column(&mut self, name: &str) {
        self.columns.push(Column { name: name.to_owned(), is_text: true });
    }

    /// Adds a column of numbers.
    pub(crate) fn number_column(&mut self, name: &str) {
        self.columns.push(Column { name: name.to_owned(), is_text: false });
    }

    /// Renders the table; JSON is not made from it.
    pub(crate) fn render(&self, format: TableFormat) -> String {
        match format {
            TableFormat::Csv => csv::render(self),
            TableFormat::Markdown => markdown::render(self),
            TableFormat::Latex => latex::render(self),
            TableFormat::Table | TableFormat::Json => plain::render(self),
        }
    }
}

/// A number between 0 and 1 as it is printed: times 100, two decimals.
pub(crate) fn percent(value: f64) -> String {
    if value.is_nan() { "–".to_owned() } else { format!("{:.2}", 100.0 * value) }
}

/// The text of a cell, with the sign of its mark.
fn text_of(cell: &Cell, marks: [&str; 2]) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Number(value, decimals) => format!("{value:.decimals$}"),
        Cell::Score { value, range, mark } => {
            let mark = match mark {
                1 => marks[0],
                -1 => marks[1],
                _ => "",
            };
            let range = match range {
                Some((low, high)) if !value.is_nan() => {
                    format!(" [{}, {}]", percent(*low), percent(*high))
                }
                _ => String::new(),
            };
            format!("{}{mark}{range}", percent(*value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::default();
        "Tin_tức: 2 articles".clone_into(&mut table.caption);
        table.text_column("method");
        table.number_column("rouge1");
        table.number_column("syllables");
        let score = |value, mark| Cell::Score { value, range: Some((0.1, 0.5)), mark };
        let text = |name: &str| Cell::Text(name.to_owned());
        table.rows.push(vec![text("lead|2"), score(0.25, 1), Cell::Number(41.25, 1)]);
        table.rows.push(vec![text("tóm_tắt"), score(f64::NAN, 0), Cell::Empty]);
        table.notes.push("100 % of it".to_owned());
        "tomtat-rouge|tok:syllables".clone_into(&mut table.signature);
        table
    }

    #[test]
    fn every_format_holds_the_numbers_and_the_signature() {
        for format in
            [TableFormat::Table, TableFormat::Csv, TableFormat::Markdown, TableFormat::Latex]
        {
            let text = table().render(format);
            assert!(text.contains("25.00") || text.contains("0.25"), "{text}");
            assert!(text.contains("tok:syllables"), "{text}");
        }
    }

    #[test]
    fn plain_tables_are_aligned() {
        assert_eq!(
            table().render(TableFormat::Table),
            "Tin_tức: 2 articles\n\n\
             method                  rouge1  syllables\n\
             lead|2   25.00+ [10.00, 50.00]       41.2\n\
             tóm_tắt                      –\n\n\
             100 % of it\n\
             signature: tomtat-rouge|tok:syllables\n"
        );
    }

    #[test]
    fn special_characters_are_escaped() {
        let markdown = table().render(TableFormat::Markdown);
        assert!(markdown.contains("| lead\\|2 | 25.00+ [10.00, 50.00] | 41.2 |"), "{markdown}");
        let latex = table().render(TableFormat::Latex);
        assert!(latex.contains("t\\'om") || latex.contains("tóm\\_tắt"), "{latex}");
        assert!(latex.contains("100 \\% of it"), "{latex}");
        let csv = table().render(TableFormat::Csv);
        assert!(
            csv.starts_with("method,rouge1,rouge1_low,rouge1_high,syllables,signature\n"),
            "{csv}"
        );
        assert!(csv.contains("lead|2,0.25,0.1,0.5,41.25,"), "{csv}");
    }
}
