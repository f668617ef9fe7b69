//! Markdown: a heading and a list.

use std::fmt::Write;

use super::report::Report;
use super::style::{Style, shown};

pub(super) fn render(report: &Report, style: Style) -> String {
    let mut out = String::new();
    let title = report.title.as_deref().filter(|_| style.title);
    if style.heading || title.is_some() {
        let heading = title.unwrap_or(&report.id);
        let gap = if style.first { "" } else { "\n" };
        let _ = writeln!(out, "{gap}## {}\n", escaped(&shown(heading, report.presegmented, style)));
    }
    for sentence in &report.sentences {
        let text = escaped(&shown(&sentence.text, report.presegmented, style));
        if style.scores {
            let _ = writeln!(out, "- {text} *(#{}, {:.4})*", sentence.rank, sentence.score);
        } else {
            let _ = writeln!(out, "- {text}");
        }
    }
    out
}

/// Protects the characters that Markdown would take as markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
