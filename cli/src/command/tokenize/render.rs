//! The output formats.

use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;
use tomtat::text::key::fold_into;
use tomtat::token::Token;
use tomtat::words::Unit;
use tomtat::{Analyzer, Document};

use super::arguments::{Arguments, Level, OutputFormat};
use super::offsets::Counter;

/// Writes documents in the format that was asked for.
pub(super) struct Renderer<'a> {
    arguments: &'a Arguments,
    analyzer: &'a Analyzer,
}

/// How much of a text came before the piece that is rendered.
#[derive(Clone, Copy, Default)]
pub(super) struct Before {
    /// Sentences.
    pub(super) sentences: usize,
    /// Units of [`Counter`].
    pub(super) units: usize,
}

/// What stands on one line of a table: a token, a word, or a whole sentence.
struct Item<'d> {
    span: Range<usize>,
    tokens: &'d [Token],
    /// How clearly the item joins the one before it, and its units each other.
    margins: Vec<i32>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    schema: &'static str,
    id: &'a str,
    #[serde(rename = "sentence")]
    number: usize,
    start: usize,
    end: usize,
    text: &'a str,
    tokens: Vec<TokenObject<'a>>,
}

#[derive(Serialize)]
struct TokenObject<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    kind: &'static str,
    key: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scores: Vec<i32>,
}

impl<'a> Renderer<'a> {
    pub(super) const fn new(arguments: &'a Arguments, analyzer: &'a Analyzer) -> Self {
        Self { arguments, analyzer }
    }

    /// What stands above everything.
    pub(super) const fn header(&self) -> &'static str {
        match (self.is_table(), self.arguments.scores) {
            (true, false) => "id\tsentence\ttoken\tstart\tend\tkind\ttext\tkey\n",
            (true, true) => "id\tsentence\ttoken\tstart\tend\tkind\ttext\tkey\tscores\n",
            (false, _) => "",
        }
    }

    /// Returns true if tokens are rows: Parquet is made of the lines of tsv.
    const fn is_table(&self) -> bool {
        #[cfg(feature = "parquet")]
        if matches!(self.arguments.format, OutputFormat::Parquet) {
            return true;
        }
        matches!(self.arguments.format, OutputFormat::Tsv)
    }

    /// Returns how much of a text lies before what comes after this piece.
    pub(super) fn after(&self, document: &Document, before: Before) -> Before {
        let text = document.text();
        let mut counter = Counter::new(text, self.arguments.offsets).starting_at(before.units);
        let sentences = before.sentences + document.sentences().len();
        Before { sentences, units: counter.offset(text.len()) }
    }

    /// Renders a document, or the next piece of one.
    pub(super) fn render(&self, id: &str, document: &Document, before: Before) -> String {
        let text = document.text();
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        let mut counter = Counter::new(text, self.arguments.offsets).starting_at(before.units);
        let plain = matches!(self.arguments.format, OutputFormat::Text | OutputFormat::Underscore);
        for sentence in document.sentences() {
            if plain && sentence.index() > 0 {
                // A line stays one line, even with line ends of other kinds inside.
                out.push(if self.arguments.lines { ' ' } else { '\n' });
            }
            let items = self.items(document, sentence.index());
            let number = before.sentences + sentence.index() + 1;
            match self.arguments.format {
                OutputFormat::Text if self.arguments.level == Level::Sentence => {
                    on_one_line(sentence.text(), &mut out);
                }
                OutputFormat::Text | OutputFormat::Underscore => underscore(text, &items, &mut out),
                OutputFormat::Jsonl => {
                    self.json(
                        id,
                        (document, sentence.index()),
                        number,
                        &items,
                        &mut counter,
                        &mut out,
                    );
                }
                OutputFormat::Conllu => conllu(id, text, number, &items, &mut out),
                _ => self.table(id, text, number, &items, &mut counter, &mut out),
            }
        }
        if plain {
            // Also for a blank line: one line out for each line in.
            out.push('\n');
        }
        out
    }

    fn items<'d>(&self, document: &'d Document, sentence: usize) -> Vec<Item<'d>> {
        let Some(sentence) = document.sentence(sentence) else { return Vec::new() };
        let tokens = sentence.tokens();
        let mut margins = Vec::new();
        if self.arguments.scores {
            let units: Vec<Unit> = tokens.iter().map(Unit::from).collect();
            self.analyzer.segmenter().margins(&units, &mut margins);
        }
        let of = |range: Range<usize>| margins.get(range).map(<[i32]>::to_vec).unwrap_or_default();
        match self.arguments.level {
            Level::Sentence => {
                vec![Item { span: sentence.span(), tokens, margins: of(0..tokens.len()) }]
            }
            Level::Syllable => tokens
                .iter()
                .enumerate()
                .map(|(i, t)| Item {
                    span: t.span(),
                    tokens: std::slice::from_ref(t),
                    margins: of(i..i + 1),
                })
                .collect(),
            Level::Word => {
                let mut at = 0;
                sentence
                    .words()
                    .map(|word| {
                        let length = word.tokens().len();
                        at += length;
                        Item {
                            span: word.span(),
                            tokens: word.tokens(),
                            margins: of(at - length..at),
                        }
                    })
                    .collect()
            }
        }
    }

    fn kind(&self, item: &Item<'_>) -> &'static str {
        match item.tokens {
            [token] => token.kind().name(),
            _ if self.arguments.level == Level::Sentence => "sentence",
            _ => "word",
        }
    }

    fn json(
        &self,
        id: &str,
        (document, sentence): (&Document, usize),
        number: usize,
        items: &[Item<'_>],
        counter: &mut Counter<'_>,
        out: &mut String,
    ) {
        let text = document.text();
        let Some(record) = document.sentence(sentence) else { return };
        let start = counter.offset(record.span().start);
        let shown = if self.arguments.level == Level::Sentence { &[] } else { items };
        let tokens: Vec<TokenObject<'_>> = shown
            .iter()
            .map(|item| TokenObject {
                text: &text[item.span.clone()],
                start: counter.offset(item.span.start),
                end: counter.offset(item.span.end),
                kind: self.kind(item),
                key: key(text, item),
                scores: item.margins.clone(),
            })
            .collect();
        let end = counter.offset(record.span().end);
        let object = Sentence {
            schema: "tomtat.tokens/1",
            id,
            number,
            start,
            end,
            text: record.text(),
            tokens,
        };
        // Strings and numbers always have a JSON form.
        out.push_str(&serde_json::to_string(&object).unwrap_or_default());
        out.push('\n');
    }

    fn table(
        &self,
        id: &str,
        text: &str,
        sentence: usize,
        items: &[Item<'_>],
        counter: &mut Counter<'_>,
        out: &mut String,
    ) {
        for (number, item) in items.iter().enumerate() {
            let start = counter.offset(item.span.start);
            let end = counter.offset(item.span.end);
            let kind = self.kind(item);
            on_one_line(id, out);
            let _ = write!(out, "\t{sentence}\t{}\t{start}\t{end}\t{kind}\t", number + 1);
            on_one_line(&text[item.span.clone()], out);
            let _ = write!(out, "\t{}", key(text, item));
            if self.arguments.scores {
                let scores: Vec<String> = item.margins.iter().map(ToString::to_string).collect();
                let _ = write!(out, "\t{}", scores.join(" "));
            }
            out.push('\n');
        }
    }
}

/// The folded units of an item, joined by spaces.
fn key(text: &str, item: &Item<'_>) -> String {
    let mut out = String::new();
    for token in item.tokens {
        if !out.is_empty() {
            out.push(' ');
        }
        fold_into(&text[token.span()], &mut out);
    }
    out
}

/// Tokens apart, the units of a word joined by underscores.
fn underscore(text: &str, items: &[Item<'_>], out: &mut String) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        for (j, token) in item.tokens.iter().enumerate() {
            if j > 0 {
                out.push('_');
            }
            on_one_line(&text[token.span()], out);
        }
    }
}

/// Writes text with line ends and tabs as spaces: one record must stay one line.
fn on_one_line(text: &str, out: &mut String) {
    let is_break = |c: char| {
        matches!(c, '\n' | '\r' | '\t' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    out.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
}

/// CoNLL-U (<https://universaldependencies.org/format.html>): form and key, nothing else is known.
///
/// White space of any kind and length is one space in `# text` and in forms, and invisible
/// characters between tokens are left out, so that the two agree.
fn conllu(id: &str, text: &str, sentence: usize, items: &[Item<'_>], out: &mut String) {
    if sentence == 1 {
        out.push_str("# newdoc id = ");
        on_one_line(id, out);
        out.push('\n');
    }
    out.push_str("# sent_id = ");
    on_one_line(id, out);
    let _ = write!(out, "-{sentence}\n# text = ");
    let spaced = |a: usize, b: usize| text[a..b].contains(char::is_whitespace);
    for (i, item) in items.iter().enumerate() {
        if i > 0 && spaced(items[i - 1].span.end, item.span.start) {
            out.push(' ');
        }
        form(text, item, out);
    }
    out.push('\n');
    for (i, item) in items.iter().enumerate() {
        let _ = write!(out, "{}\t", i + 1);
        form(text, item, out);
        let _ = write!(out, "\t{}\t_\t_\t_\t_\t_\t_\t", key(text, item));
        let touches = items.get(i + 1).is_some_and(|next| !spaced(item.span.end, next.span.start));
        out.push_str(if touches { "SpaceAfter=No\n" } else { "_\n" });
    }
    out.push('\n');
}

/// The tokens of an item with what stands between them, white space as one space.
fn form(text: &str, item: &Item<'_>, out: &mut String) {
    for (i, token) in item.tokens.iter().enumerate() {
        if i > 0 {
            let gap = &text[item.tokens[i - 1].span().end..token.span().start];
            match gap {
                "_" => out.push('_'),
                gap if gap.contains(char::is_whitespace) => out.push(' '),
                _ => {}
            }
        }
        on_one_line(&text[token.span()], out);
    }
}
