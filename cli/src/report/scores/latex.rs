//! LaTeX with the package booktabs; Vietnamese letters need `XeLaTeX`, `LuaLaTeX` or the T5 encoding.

use std::fmt::Write as _;

use super::{Table, text_of};

pub(super) fn render(table: &Table) -> String {
    let mut out = String::from("\\begin{table}\n\\centering\n");
    let shape: String = table.columns.iter().map(|c| if c.is_text { 'l' } else { 'r' }).collect();
    let _ = write!(out, "\\begin{{tabular}}{{{shape}}}\n\\toprule\n");
    let line = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    out.push_str(&line(table.columns.iter().map(|column| escape(&column.name)).collect()));
    out.push_str("\\midrule\n");
    for row in &table.rows {
        let cell = |cell| escape(&text_of(cell, ["\u{1}", "\u{2}"]));
        out.push_str(&line(row.iter().map(cell).collect()));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    let below: Vec<String> =
        std::iter::once(&table.caption).chain(&table.notes).map(|text| escape(text)).collect();
    let _ = write!(out, "\\caption{{{}}}\n\\end{{table}}\n", below.join(". "));
    if !table.signature.is_empty() {
        let _ = writeln!(out, "% {}", table.signature);
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("$<$"),
            '>' => out.push_str("$>$"),
            '|' => out.push_str("$|$"),
            '\n' => out.push(' '),
            // Marks of the cells.
            '\u{1}' => out.push_str("$^{+}$"),
            '\u{2}' => out.push_str("$^{-}$"),
            c => out.push(c),
        }
    }
    out
}
