//! JSON: the schema `tomtat.summary/1`. Fields are added, never changed.

use anyhow::Result;
use serde::Serialize;
use tomtat::select::Length;
use tomtat::summary::Explanation;
use tomtat::text::encoding::Encoding;

use super::report::{Outcome, Report, Whole};

#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    id: &'a str,
    /// `ok`, `empty` or `error`.
    status: &'static str,
    title: Option<&'a str>,
    method: &'a str,
    /// The sentences, one a line; `null` where the input could not be read.
    summary: Option<String>,
    sentences: Vec<Sentence<'a>>,
    length: Option<Length>,
    /// Encoding of the file, if it was not UTF-8; offsets count in the text as UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    /// With `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<&'a Explanation>,
    warnings: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    score: f64,
    rank: usize,
    /// With `--trim`, the whole sentence that it is cut from.
    #[serde(rename = "sentence", skip_serializing_if = "Option::is_none")]
    whole: Option<&'a Whole>,
}

#[derive(Serialize)]
struct Note<'a> {
    code: &'a str,
    message: String,
}

impl<'a> From<&'a Report> for Object<'a> {
    fn from(report: &'a Report) -> Self {
        let (status, problem) = (status_of(report), problem_of(report));
        let sentences = report.sentences.iter().map(|s| Sentence {
            text: &s.text,
            start: s.start,
            end: s.end,
            char_start: s.char_start,
            char_end: s.char_end,
            score: s.score,
            rank: s.rank,
            whole: s.whole.as_ref(),
        });
        let warnings = report.warnings.iter().map(|w| (w.code(), w.to_string()));
        Self {
            schema: "tomtat.summary/1",
            id: &report.id,
            status,
            title: report.title.as_deref(),
            method: &report.method,
            summary: (status != "error").then(|| summary_of(report)),
            sentences: sentences.collect(),
            length: report.length,
            encoding: report.encoding.map(Encoding::name),
            explain: report.explanation.as_ref(),
            warnings: problem
                .into_iter()
                .chain(warnings)
                .map(|(code, message)| Note { code, message })
                .collect(),
        }
    }
}

/// How it went.
pub(super) const fn status_of(report: &Report) -> &'static str {
    match &report.outcome {
        Outcome::Summary => "ok",
        Outcome::Empty(_) => "empty",
        Outcome::Unreadable(_) => "error",
    }
}

/// Why there is no summary: a code, and the reason in words.
pub(super) fn problem_of(report: &Report) -> Option<(&'static str, String)> {
    match &report.outcome {
        Outcome::Summary => None,
        Outcome::Empty(reason) => Some(("empty", reason.clone())),
        Outcome::Unreadable(problem) => Some(("unreadable", problem.to_string())),
    }
}

/// The summary as one text, which `tomtat evaluate` reads.
pub(super) fn summary_of(report: &Report) -> String {
    report.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// One object over several lines; an element of an array has no line end of its own.
pub(super) fn object(report: &Report, element: bool) -> Result<String> {
    let mut text = serde_json::to_string_pretty(&Object::from(report))?;
    if !element {
        text.push('\n');
    }
    Ok(text)
}

/// One object on one line.
pub(super) fn line(report: &Report) -> Result<String> {
    let mut text = serde_json::to_string(&Object::from(report))?;
    text.push('\n');
    Ok(text)
}
