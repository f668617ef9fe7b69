//! Pages as text, Markdown and JSON.

use std::fmt::Write;

use anyhow::Result;
use serde::Serialize;
use tomtat::page::Role;
use tomtat::text::encoding::Encoding;

use super::report::{Block, Outcome, Report, code, explained};

/// How a page is shown to a reader.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Name each page.
    pub(super) heading: bool,
    /// Nothing was printed before.
    pub(super) first: bool,
    /// Replace control characters.
    pub(super) safe: bool,
}

/// The kept blocks, a blank line between them.
pub(super) fn text(report: &Report, style: Style) -> String {
    let mut out = String::new();
    let gap = if style.first { "" } else { "\n" };
    if style.heading {
        let _ = writeln!(out, "{gap}==> {} <==", shown(&report.id, style.safe));
    }
    for (place, block) in report.blocks.iter().filter(|block| block.kept).enumerate() {
        let gap = if place == 0 { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{}", shown(&block.text, style.safe));
    }
    out
}

/// The kept blocks, marked by their roles.
pub(super) fn markdown(report: &Report, style: Style) -> String {
    let mut out = String::new();
    for (place, block) in report.blocks.iter().filter(|block| block.kept).enumerate() {
        if place > 0 || !style.first {
            out.push('\n');
        }
        let text = escaped(&shown(&block.text, style.safe).replace(['\n', '\r'], " "));
        let _ = match block.role {
            Role::Title => writeln!(out, "# {text}"),
            Role::Heading => writeln!(out, "## {text}"),
            Role::Sapo => writeln!(out, "**{text}**"),
            Role::Caption => writeln!(out, "*{text}*"),
            Role::PullQuote => writeln!(out, "> {text}"),
            Role::Related => writeln!(out, "- {text}"),
            _ => writeln!(out, "{text}"),
        };
    }
    out
}

/// Protects the characters that Markdown would take as markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let opens_list = at == 0 && matches!(c, '-' | '+');
        if opens_list || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn shown(text: &str, safe: bool) -> String {
    let show =
        |c: char| if safe && c.is_control() && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c };
    text.chars().map(show).collect()
}

/// Where a dropped block stands, what it is, and why.
pub(super) fn explanation(block: &Block) -> String {
    const MOST: usize = 60;
    let mut opening: String =
        shown(&block.text, true).replace('\n', " ").chars().take(MOST).collect();
    if block.text.chars().nth(MOST).is_some() {
        opening.push('…');
    }
    let codes: Vec<&str> = block.evidence.iter().map(|evidence| evidence.code()).collect();
    format!(
        "line {}: {} ({:.2}; {}): {opening}",
        block.line,
        block.role.name(),
        block.confidence,
        codes.join(", ")
    )
}

#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    id: &'a str,
    /// `ok`, `empty` or `error`.
    status: &'static str,
    title: Option<&'a str>,
    metadata: Option<MetadataObject<'a>>,
    encoding: Option<&'static str>,
    /// The kept blocks, joined by blank lines.
    text: String,
    blocks: Vec<BlockObject<'a>>,
    warnings: Vec<Note>,
}

#[derive(Serialize)]
struct MetadataObject<'a> {
    author: Option<&'a str>,
    published: Option<&'a str>,
    modified: Option<&'a str>,
    site: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    description: Option<&'a str>,
    section: Option<&'a str>,
    tags: &'a [String],
}

#[derive(Serialize)]
struct BlockObject<'a> {
    role: &'static str,
    kept: bool,
    start: usize,
    end: usize,
    confidence: f64,
    evidence: Vec<&'static str>,
    text: &'a str,
}

#[derive(Serialize)]
struct Note {
    code: &'static str,
    message: String,
}

impl<'a> From<&'a Report> for Object<'a> {
    fn from(report: &'a Report) -> Self {
        let (status, problem) = match &report.outcome {
            Outcome::Article => ("ok", None),
            Outcome::Empty => {
                ("empty", Some(("empty", "no block has a role that is kept".to_owned())))
            }
            Outcome::Unreadable(problem) => ("error", Some(("unreadable", problem.to_string()))),
        };
        let kept: Vec<&str> = report
            .blocks
            .iter()
            .filter(|block| block.kept)
            .map(|block| block.text.as_str())
            .collect();
        let blocks = report.blocks.iter().map(|block| BlockObject {
            role: block.role.name(),
            kept: block.kept,
            start: block.start,
            end: block.end,
            // Three digits are more than the margin behind it can bear.
            confidence: (f64::from(block.confidence) * 1000.0).round() / 1000.0,
            evidence: block.evidence.iter().map(|evidence| evidence.code()).collect(),
            text: &block.text,
        });
        let warnings =
            report.warnings.iter().map(|&warning| (code(warning), explained(warning).to_owned()));
        let fault = report.fault.iter().map(|fault| (fault.code(), format!("the text {fault}")));
        Self {
            schema: "tomtat.article/1",
            id: &report.id,
            status,
            title: report.title.as_deref(),
            metadata: report.metadata.as_ref().map(|metadata| MetadataObject {
                author: metadata.author(),
                published: metadata.published(),
                modified: metadata.modified(),
                site: metadata.site(),
                url: metadata.url(),
                language: metadata.language(),
                description: metadata.description(),
                section: metadata.section(),
                tags: metadata.tags(),
            }),
            encoding: report.encoding.map(Encoding::name),
            text: kept.join("\n\n"),
            blocks: blocks.collect(),
            warnings: problem
                .into_iter()
                .chain(warnings)
                .chain(fault)
                .map(|(code, message)| Note { code, message })
                .collect(),
        }
    }
}

/// One object over several lines; an element of an array has no line end of its own.
pub(super) fn json(report: &Report, element: bool) -> Result<String> {
    let mut text = serde_json::to_string_pretty(&Object::from(report))?;
    if !element {
        text.push('\n');
    }
    Ok(text)
}

/// One object on one line.
pub(super) fn json_line(report: &Report) -> Result<String> {
    let mut text = serde_json::to_string(&Object::from(report))?;
    text.push('\n');
    Ok(text)
}
