//! The output formats.

use std::fmt::Write;
use std::ops::Range;

use tomtat::document::{Sentence, Word};
use tomtat::token::Token;
use tomtat::words::Unit;
use tomtat::{Analyzer, Document};

use super::arguments::{Arguments, Level, OutputFormat};
use super::keys::Keys;
use super::offsets::Counter;

/// Writes documents in the format that was asked for.
pub(super) struct Renderer<'a> {
    arguments: &'a Arguments,
    analyzer: &'a Analyzer,
    keys: Keys,
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

impl<'a> Renderer<'a> {
    pub(super) const fn new(arguments: &'a Arguments, analyzer: &'a Analyzer) -> Self {
        Self { arguments, analyzer, keys: Keys::new() }
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
            if plain {
                self.plain(text, sentence, &mut out);
                continue;
            }
            let items = self.items(document, sentence.index());
            let number = before.sentences + sentence.index() + 1;
            match self.arguments.format {
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
                OutputFormat::Conllu => self.conllu(id, text, number, &items, &mut out),
                _ => self.table(id, text, number, &items, &mut counter, &mut out),
            }
        }
        if plain {
            // Also for a blank line: one line out for each line in.
            out.push('\n');
        }
        out
    }

    /// One sentence as text, without line ends.
    fn plain(&self, text: &str, sentence: Sentence<'_>, out: &mut String) {
        match self.arguments.level {
            Level::Sentence if self.arguments.format == OutputFormat::Text => {
                on_one_line(sentence.text(), out);
            }
            Level::Sentence => underscored(text, std::iter::once(sentence.tokens()), out),
            Level::Syllable => {
                underscored(text, sentence.tokens().iter().map(std::slice::from_ref), out);
            }
            Level::Word => underscored(text, sentence.words().map(Word::tokens), out),
        }
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
        out.push_str("{\"schema\":\"tomtat.tokens/1\",\"id\":");
        push_string(id, out);
        push_number(",\"sentence\":", number, out);
        push_number(",\"start\":", counter.offset(record.span().start), out);
        let shown = if self.arguments.level == Level::Sentence { &[] } else { items };
        let mut tokens = String::with_capacity(record.text().len() * 8);
        for item in shown {
            tokens.push_str(if tokens.is_empty() { "{\"text\":" } else { ",{\"text\":" });
            push_string(&text[item.span.clone()], &mut tokens);
            push_number(",\"start\":", counter.offset(item.span.start), &mut tokens);
            push_number(",\"end\":", counter.offset(item.span.end), &mut tokens);
            let _ = write!(tokens, ",\"kind\":\"{}\",\"key\":", self.kind(item));
            push_string(&self.keys.of(text, item.tokens), &mut tokens);
            if !item.margins.is_empty() {
                let scores: Vec<String> = item.margins.iter().map(ToString::to_string).collect();
                let _ = write!(tokens, ",\"scores\":[{}]", scores.join(","));
            }
            tokens.push('}');
        }
        push_number(",\"end\":", counter.offset(record.span().end), out);
        out.push_str(",\"text\":");
        push_string(record.text(), out);
        out.push_str(",\"tokens\":[");
        out.push_str(&tokens);
        out.push_str("]}\n");
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
            for number in [sentence, number + 1, start, end] {
                push_number("\t", number, out);
            }
            out.push('\t');
            out.push_str(kind);
            out.push('\t');
            on_one_line(&text[item.span.clone()], out);
            out.push('\t');
            out.push_str(&self.keys.of(text, item.tokens));
            if self.arguments.scores {
                let scores: Vec<String> = item.margins.iter().map(ToString::to_string).collect();
                let _ = write!(out, "\t{}", scores.join(" "));
            }
            out.push('\n');
        }
    }

    /// CoNLL-U (<https://universaldependencies.org/format.html>): form and key, nothing else is known.
    ///
    /// White space of any kind and length is one space in `# text` and in forms, and invisible
    /// characters between tokens are left out, so that the two agree.
    fn conllu(&self, id: &str, text: &str, sentence: usize, items: &[Item<'_>], out: &mut String) {
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
            let _ = write!(out, "\t{}\t_\t_\t_\t_\t_\t_\t", self.keys.of(text, item.tokens));
            let touches =
                items.get(i + 1).is_some_and(|next| !spaced(item.span.end, next.span.start));
            out.push_str(if touches { "SpaceAfter=No\n" } else { "_\n" });
        }
        out.push('\n');
    }
}

/// Tokens apart, the units of a word joined by underscores.
fn underscored<'d>(text: &str, words: impl Iterator<Item = &'d [Token]>, out: &mut String) {
    for (i, tokens) in words.enumerate() {
        if i > 0 {
            out.push(' ');
        }
        for (j, token) in tokens.iter().enumerate() {
            if j > 0 {
                out.push('_');
            }
            // All line ends are between tokens.
            out.push_str(&text[token.span()]);
        }
    }
}

/// Writes text with line ends and tabs as spaces: one record must stay one line.
fn on_one_line(text: &str, out: &mut String) {
    // All breaks are control characters, or U+0085 and two of U+2000 to U+203F.
    if !text.bytes().any(|byte| byte < b' ' || byte == 0xC2 || byte == 0xE2) {
        out.push_str(text);
        return;
    }
    let is_break = |c: char| {
        matches!(c, '\n' | '\r' | '\t' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    out.extend(text.chars().map(|c| if is_break(c) { ' ' } else { c }));
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

/// Writes a name or a mark, and a number.
fn push_number(before: &str, number: usize, out: &mut String) {
    out.push_str(before);
    let mut digits = [b'0'; 20];
    let (mut rest, mut at) = (number, digits.len());
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}

/// Writes a string of JSON.
fn push_string(text: &str, out: &mut String) {
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        // A string always has a JSON form.
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}
