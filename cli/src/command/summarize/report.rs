//! What became of one article, ready to be printed.

use std::ops::Range;

use serde::Serialize;
use tomtat::summary::{EmptyReason, Explanation, Pick, Summary, Warning};
use tomtat::text::encoding::Encoding;
use tomtat::{Document, select::Length};

use super::view::View;
use crate::input::{Article, Problem};

/// The result for one article.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) method: String,
    pub(super) outcome: Outcome,
    pub(super) sentences: Vec<Picked>,
    pub(super) length: Option<Length>,
    pub(super) warnings: Vec<Warning>,
    /// Syllables are joined by underscores, which people do not want to read.
    pub(super) presegmented: bool,
    /// The encoding, where it was not UTF-8.
    pub(super) encoding: Option<Encoding>,
    /// Why these sentences, where that is asked for.
    pub(super) explanation: Option<Explanation>,
    /// The whole article, where it is shown.
    pub(super) view: Option<View>,
}

/// How it went.
#[derive(Debug)]
pub(super) enum Outcome {
    /// There is a summary.
    Summary,
    /// There is nothing to give, and why.
    Empty(String),
    /// The input cannot be used.
    Unreadable(Problem),
}

/// A picked sentence.
#[derive(Debug)]
pub(super) struct Picked {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) char_start: usize,
    pub(super) char_end: usize,
    pub(super) score: f64,
    pub(super) rank: usize,
    /// The sentence, if this is a part of it.
    pub(super) whole: Option<Whole>,
}

/// A sentence of which a part was picked.
#[derive(Debug, Serialize)]
pub(super) struct Whole {
    text: String,
    start: usize,
    end: usize,
}

impl Report {
    pub(super) fn new(article: Article, document: &Document, summary: &Summary) -> Self {
        let outcome = match EmptyReason::of(summary, document) {
            None => Outcome::Summary,
            Some(reason) if reason.has_lines() => {
                Outcome::Empty(format!("{reason}; --raw takes every line"))
            }
            Some(reason) => Outcome::Empty(reason.to_string()),
        };
        Self {
            id: article.id,
            title: document.title().map(|title| title.text().to_owned()),
            method: summary.method().to_owned(),
            outcome,
            sentences: picked(document, summary),
            length: Some(summary.length()),
            warnings: summary.warnings().to_vec(),
            presegmented: document.is_presegmented(),
            encoding: article.encoding,
            explanation: None,
            view: None,
        }
    }

    pub(super) fn unreadable(place: String, method: &str, problem: Problem) -> Self {
        Self {
            id: problem.id.clone().unwrap_or(place),
            title: None,
            method: method.to_owned(),
            outcome: Outcome::Unreadable(problem),
            sentences: Vec::new(),
            length: None,
            warnings: Vec::new(),
            presegmented: false,
            encoding: None,
            explanation: None,
            view: None,
        }
    }

    pub(super) const fn is_ok(&self) -> bool {
        matches!(self.outcome, Outcome::Summary)
    }
}

/// Returns the sentence of a pick that is a part of it.
fn whole_of(document: &Document, pick: &Pick) -> Option<Whole> {
    let sentence = document.sentence(pick.sentence())?;
    let Range { start, end } = sentence.span();
    let is_part = pick.span() != (start..end);
    is_part.then(|| Whole { text: sentence.text().to_owned(), start, end })
}

/// Takes the sentences out of the text, with offsets in bytes and in characters.
fn picked(document: &Document, summary: &Summary) -> Vec<Picked> {
    let text = document.text();
    let mut by_place: Vec<usize> = (0..summary.picks().len()).collect();
    by_place.sort_by_key(|&i| summary.picks()[i].span().start);
    // One walk over the text counts the characters for all sentences.
    let (mut bytes, mut characters) = (0, 0);
    let mut found: Vec<(usize, Picked)> = by_place
        .into_iter()
        .map(|i| {
            let pick = &summary.picks()[i];
            let span = pick.span();
            let sentence = &text[span.clone()];
            let char_start = characters + text[bytes..span.start].chars().count();
            let char_end = char_start + sentence.chars().count();
            (bytes, characters) = (span.end, char_end);
            let picked = Picked {
                text: sentence.to_owned(),
                start: span.start,
                end: span.end,
                char_start,
                char_end,
                score: pick.score(),
                rank: pick.rank(),
                whole: whole_of(document, pick),
            };
            (i, picked)
        })
        .collect();
    found.sort_by_key(|(i, _)| *i);
    found.into_iter().map(|(_, picked)| picked).collect()
}
