//! Markdown, as GitHub reads it.

use std::fmt::Write as _;

use super::{Table, text_of};

pub(super) fn render(table: &Table) -> String {
    let escape = |text: &str| text.replace('\\', "\\\\").replace('|', "\\|").replace('\n', " ");
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = String::new();
    if !table.caption.is_empty() {
        out.push_str(&escape(&table.caption));
        out.push_str("\n\n");
    }
    out.push_str(&line(table.columns.iter().map(|column| escape(&column.name)).collect()));
    let rule = |is_text: bool| if is_text { "---" } else { "---:" }.to_owned();
    out.push_str(&line(table.columns.iter().map(|column| rule(column.is_text)).collect()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell| escape(&text_of(cell, ["+", "-"]))).collect()));
    }
    out.push('\n');
    for note in &table.notes {
        out.push_str(note);
        out.push_str("\n\n");
    }
    if !table.signature.is_empty() {
        let _ = writeln!(out, "`{}`", table.signature);
    }
    out
}
