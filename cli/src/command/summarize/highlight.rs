//! The whole article with the chosen sentences marked.

use std::fmt::Write;

use super::report::Report;
use super::style::{Style, shown};

const CHOSEN: &str = "\x1b[1;7m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

pub(super) fn render(report: &Report, style: Style, color: bool) -> String {
    // An article must not bring colours of its own among ours.
    let style = Style { safe: style.safe || color, ..style };
    let mut out = String::new();
    if style.heading {
        let gap = if style.first { "" } else { "\n" };
        let _ = writeln!(out, "{gap}==> {} <==", shown(&report.id, false, style));
    }
    let Some(view) = &report.view else { return out };
    for (place, block) in view.blocks.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        let chosen = block.parts.iter().any(|part| part.pick.is_some());
        let aside = block.role.is_left_out() && !chosen;
        match (aside, color) {
            (true, true) => out.push_str(DIM),
            (true, false) => {
                let _ = write!(out, "({}) ", block.role.name());
            }
            (false, _) => {}
        }
        for part in &block.parts {
            let text = shown(&part.text, report.presegmented, style);
            // Line ends between sentences are spaces on one line.
            let text = if part.text.trim().is_empty() { " ".to_owned() } else { text };
            let Some((rank, score)) = part.pick else {
                out.push_str(&text);
                continue;
            };
            let note = if style.scores { format!("{rank} {score:.4}| ") } else { String::new() };
            let (open, close) = if color { (CHOSEN, PLAIN) } else { ("[[", "]]") };
            let _ = write!(out, "{open}{note}{text}{close}");
        }
        if aside && color {
            out.push_str(PLAIN);
        }
        out.push('\n');
    }
    out
}
