//! A summary of several articles as JSON and as text.

use std::fmt::Write;

use serde::Serialize;
use tomtat::multidoc::MultiSummary;

use super::Told;
use crate::command::summarize::arguments::{Arguments, OutputFormat};
use crate::command::summarize::markdown;
use crate::command::summarize::style::{Style, shown};
use crate::input::Problem;

const SCHEMA: &str = "tomtat.multi/1";

/// The schema of an event. Fields are added, never changed.
#[derive(Serialize)]
pub(super) struct Object<'a> {
    schema: &'static str,
    id: &'a str,
    /// `ok`, `empty`, or `error` for a record that could not be read.
    status: &'static str,
    documents: Vec<Source<'a>>,
    /// The sentences, one a line; `null` where the record could not be read.
    summary: Option<String>,
    sentences: Vec<Sentence<'a>>,
    length: Option<Length>,
    /// What could not be read.
    warnings: Vec<Note>,
}

#[derive(Serialize)]
struct Note {
    code: &'static str,
    message: String,
}

impl From<&Problem> for Note {
    fn from(problem: &Problem) -> Self {
        Self { code: "unreadable", message: problem.to_string() }
    }
}

impl<'a> Object<'a> {
    pub(super) fn failed(problem: &'a Problem) -> Self {
        Self {
            schema: SCHEMA,
            id: problem.id.as_deref().unwrap_or(&problem.place),
            status: "error",
            documents: Vec::new(),
            summary: None,
            sentences: Vec::new(),
            length: None,
            warnings: vec![problem.into()],
        }
    }
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    title: Option<&'a str>,
    /// Number of the document that this one is a copy of.
    copy_of: Option<usize>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    /// Number of its document, from 0.
    document: usize,
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    score: f64,
    rank: usize,
}

#[derive(Serialize)]
struct Length {
    unit: &'static str,
    asked: Option<usize>,
    given: usize,
}

pub(super) fn object(told: &Told) -> Object<'_> {
    let documents = told.articles.iter().zip(&told.facts).enumerate();
    let documents = documents.map(|(d, (dated, facts))| Source {
        id: &dated.article.id,
        title: facts.title.as_deref(),
        copy_of: copy_of(&told.summary, d),
    });
    let sentences = told.summary.picks().iter().map(|pick| {
        let (document, span) = (&told.articles[pick.document()].article.text, pick.span());
        let text = &document[span.clone()];
        let char_start = document[..span.start].chars().count();
        Sentence {
            text,
            document: pick.document(),
            start: span.start,
            end: span.end,
            char_start,
            char_end: char_start + text.chars().count(),
            score: pick.score(),
            rank: pick.rank(),
        }
    });
    let length = told.summary.length();
    let sentences: Vec<Sentence<'_>> = sentences.collect();
    let texts: Vec<&str> = sentences.iter().map(|s| s.text).collect();
    Object {
        schema: SCHEMA,
        id: &told.id,
        status: if sentences.is_empty() { "empty" } else { "ok" },
        documents: documents.collect(),
        summary: Some(texts.join("\n")),
        sentences,
        length: Some(Length { unit: length.unit, asked: length.asked, given: length.given }),
        warnings: told.problems.iter().map(Note::from).collect(),
    }
}

/// The number of the article that this one is a copy of.
fn copy_of(summary: &MultiSummary, document: usize) -> Option<usize> {
    let at = summary.copies().binary_search_by_key(&document, |&(copy, _)| copy).ok()?;
    summary.copies().get(at).map(|&(_, original)| original)
}

/// One sentence a line with the number of its source, then the sources that are cited.
/// With `--cluster` all articles of the event are listed.
pub(super) fn text(arguments: &Arguments, told: &Told, style: Style) -> String {
    let markdown = arguments.format == OutputFormat::Markdown;
    let mut out = String::new();
    let bullet = if markdown { "- " } else { "" };
    if style.heading {
        let (open, close) = if markdown { ("## ", "\n") } else { ("==> ", " <==") };
        let _ = writeln!(out, "{open}{}{close}", shown(&told.id, false, style));
    }
    for pick in told.summary.picks() {
        let text = &told.articles[pick.document()].article.text[pick.span()];
        let text = shown(text, told.facts[pick.document()].is_presegmented, style);
        let text = if markdown { markdown::escaped(&text) } else { text };
        let _ = write!(out, "{bullet}");
        if style.scores && !markdown {
            let _ = write!(out, "{}\t{:.4}\t", pick.rank(), pick.score());
        }
        let _ = write!(out, "{text} [{}]", pick.document() + 1);
        for copy in pick.duplicates() {
            let _ = write!(out, "[{}]", copy + 1);
        }
        out.push('\n');
    }
    out.push('\n');
    // With --cluster the list says, too, which articles the event has.
    let mut is_cited = vec![arguments.cluster; told.articles.len()];
    for pick in told.summary.picks() {
        for d in pick.duplicates().iter().copied().chain([pick.document()]) {
            is_cited[d] = true;
        }
    }
    for (d, (dated, facts)) in told.articles.iter().zip(&told.facts).enumerate() {
        if !is_cited[d] {
            continue;
        }
        let _ = write!(out, "{bullet}[{}] {}", d + 1, shown(&dated.article.id, false, style));
        if let Some(title) = &facts.title {
            let title = shown(title, facts.is_presegmented, style);
            let title = if markdown { markdown::escaped(&title) } else { title };
            let _ = write!(out, ": {title}");
        }
        if let Some(of) = copy_of(&told.summary, d) {
            let _ = write!(out, " (a copy of [{}])", of + 1);
        }
        out.push('\n');
    }
    out
}
