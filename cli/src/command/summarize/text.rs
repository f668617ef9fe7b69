//! Plain text: one sentence a line.

use std::fmt::Write;

use super::report::Report;
use super::style::{Style, shown};

pub(super) fn render(report: &Report, style: Style) -> String {
    let mut out = String::new();
    if style.heading {
        let gap = if style.first { "" } else { "\n" };
        let _ = writeln!(out, "{gap}==> {} <==", shown(&report.id, false, style));
    }
    if style.title
        && let Some(title) = &report.title
    {
        let _ = writeln!(out, "{}\n", shown(title, report.presegmented, style));
    }
    for sentence in &report.sentences {
        if style.scores {
            let _ = write!(out, "{}\t{:.4}\t", sentence.rank, sentence.score);
        }
        out.push_str(&shown(&sentence.text, report.presegmented, style));
        out.push('\n');
    }
    out
}
