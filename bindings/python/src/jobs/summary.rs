//! Summaries.

use std::ops::Range;

use super::Characters;
use crate::columns::{Flags, Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{
    Analyzer, Article, Document, EmptyReason, Pick, Role, Scratch, Sentence, Summarizer, Summary,
    Title,
};
use crate::source::Row;

record! {
    /// A picked sentence; places are in characters, those of the whole sentence where this is a
    /// part of it.
    SentenceColumn {
        text: Strings,
        start: Integers,
        end: Integers,
        score: Floats,
        rank: Integers,
        whole_start: Integers,
        whole_end: Integers,
    }
}

record! {
    /// Something that the reader should know.
    WarningColumn { code: Strings, message: Strings, }
}

record! {
    /// The length that was asked for, and the length that was given.
    LengthColumn { unit: Strings, requested: Integers, given: Integers, }
}

record! {
    /// A summary.
    SummaryColumn {
        title: Strings,
        method: Strings,
        sentences: Lists<SentenceColumn>,
        length: LengthColumn,
        warnings: Lists<WarningColumn>,
        presegmented: Flags,
    }
}

/// Makes summaries.
pub(crate) struct Summaries {
    pub(crate) analyzer: Analyzer,
    pub(crate) summarizer: Summarizer,
    pub(crate) raw: bool,
    /// The lead paragraph instead of a summary.
    pub(crate) sapo: bool,
}

impl Summaries {
    pub(crate) fn of(&self, article: &Article<'_>, document: &mut Document) -> Summary {
        self.analyzer.analyze_into(article.text(), article.options(self.raw), document);
        let summary = if self.sapo {
            Summary::of_role(document, Role::Sapo)
        } else {
            self.summarizer.summarize(document)
        };
        let is_other = article.metadata().is_some() && document.other_purpose().is_some();
        if is_other && !self.raw { summary.without_sentences() } else { summary }
    }
}

impl Job for Summaries {
    type Out = SummaryColumn;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let article = Article::new(&row.text, row.title.as_deref());
        let summary = self.of(&article, &mut scratch.document);
        let document = &scratch.document;
        out.title.push_option(document.title().map(Title::text));
        out.method.push(summary.method());
        let picks = summary.picks();
        let spans: Vec<Range<usize>> = picks.iter().map(Pick::span).collect();
        let places = character_places(document.text(), &spans);
        // The sentences of which a part was picked; apart, so that each walk goes forward only.
        let whole = |pick: &Pick| {
            let sentence = document.sentence(pick.sentence()).map(Sentence::span);
            sentence.filter(|sentence| *sentence != pick.span())
        };
        let cut: Vec<Range<usize>> = picks.iter().filter_map(whole).collect();
        let mut whole_places = character_places(document.text(), &cut).into_iter();
        let sentences = &mut out.sentences;
        for (pick, (start, end)) in picks.iter().zip(places) {
            let whole = whole(pick).and_then(|_| whole_places.next());
            sentences.items.text.push(&document.text()[pick.span()]);
            sentences.items.start.push(start);
            sentences.items.end.push(end);
            sentences.items.score.push(pick.score());
            sentences.items.rank.push(pick.rank() as i64);
            sentences.items.whole_start.push_option(whole.map(|(start, _)| start));
            sentences.items.whole_end.push_option(whole.map(|(_, end)| end));
            sentences.items.close();
        }
        sentences.close();
        let length = summary.length();
        push_length(&mut out.length, length.unit, length.asked, length.given);
        if let Some(reason) = EmptyReason::of(&summary, document) {
            let raw = if reason.has_lines() { "; raw=True takes every line" } else { "" };
            out.warnings.items.code.push(reason.code());
            out.warnings.items.message.push(&format!("{reason}{raw}"));
            out.warnings.items.close();
        }
        for warning in summary.warnings() {
            out.warnings.items.code.push(warning.code());
            out.warnings.items.message.push(&warning.to_string());
            out.warnings.items.close();
        }
        out.warnings.close();
        out.presegmented.push(document.is_presegmented());
        out.close();
        Ok(())
    }
}

pub(crate) fn push_length(
    out: &mut LengthColumn,
    unit: &str,
    requested: Option<usize>,
    given: usize,
) {
    out.unit.push(unit);
    out.requested.push_option(requested.map(|n| n as i64));
    out.given.push(given as i64);
    out.close();
}

/// Returns the places of spans in characters; one walk over the text counts them all.
pub(crate) fn character_places(text: &str, spans: &[Range<usize>]) -> Vec<(i64, i64)> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&i| spans[i].start);
    let mut characters = Characters::new(text);
    let mut places = vec![(0, 0); spans.len()];
    for i in order {
        places[i] = (characters.at(spans[i].start), characters.at(spans[i].end));
    }
    places
}

/// Makes summaries as texts of one sentence a line.
pub(crate) struct SummaryTexts(pub(crate) Summaries);

impl Job for SummaryTexts {
    type Out = Strings;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let article = Article::new(&row.text, row.title.as_deref());
        let summary = self.0.of(&article, &mut scratch.document);
        let document = &scratch.document;
        let mut text = String::new();
        for pick in summary.picks() {
            if !text.is_empty() {
                text.push('\n');
            }
            shown(&document.text()[pick.span()], document.is_presegmented(), &mut text);
        }
        out.push(&text);
        Ok(())
    }
}

/// Appends a sentence as a person reads it: on one line, with spaces for underscores.
fn shown(text: &str, presegmented: bool, out: &mut String) {
    let start = out.len();
    let is_line_end =
        |c: char| matches!(c, '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut space = false;
    for c in text.chars() {
        if is_line_end(c) {
            space = true;
            continue;
        }
        if space && !c.is_whitespace() && !out[start..].ends_with(' ') {
            out.push(' ');
        }
        space = false;
        out.push(if presegmented && c == '_' { ' ' } else { c });
    }
}
