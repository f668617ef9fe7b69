//! Aligned text.

use super::{Cell, Table, text_of};
use crate::locale;
use crate::report::table::width;

/// The text of a cell, its numbers in the language of the reader.
fn for_people(cell: &Cell) -> String {
    let text = text_of(cell, ["+", "-"]);
    match cell {
        // Where the decimal mark is a comma, a semicolon parts the bounds of an interval.
        Cell::Number(..) | Cell::Score { .. } if locale::is_vietnamese() => {
            locale::number(text.replace(", ", "; "))
        }
        Cell::Empty | Cell::Text(_) | Cell::Number(..) | Cell::Score { .. } => text,
    }
}

pub(super) fn render(table: &Table) -> String {
    let cells: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(for_people).collect()).collect();
    let names: Vec<String> =
        table.columns.iter().map(|column| locale::column(&column.name).to_owned()).collect();
    let widths: Vec<usize> = (0..names.len())
        .map(|c| {
            let of_rows = cells.iter().filter_map(|row| row.get(c)).map(|text| width(text));
            of_rows.chain([width(&names[c])]).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    if !table.caption.is_empty() {
        out.push_str(&locale::translated(&table.caption));
        out.push_str("\n\n");
    }
    for row in std::iter::once(&names).chain(&cells) {
        let mut line = String::new();
        for ((text, column), size) in row.iter().zip(&table.columns).zip(&widths) {
            if !line.is_empty() {
                line.push_str("  ");
            }
            let fill = " ".repeat(size.saturating_sub(width(text)));
            if column.is_text {
                line.push_str(text);
                line.push_str(&fill);
            } else {
                line.push_str(&fill);
                line.push_str(text);
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push('\n');
    for note in &table.notes {
        out.push_str(&locale::translated(note));
        out.push('\n');
    }
    if !table.signature.is_empty() {
        out.push_str(&locale::part("signature"));
        out.push_str(": ");
        out.push_str(&table.signature);
        out.push('\n');
    }
    out
}
