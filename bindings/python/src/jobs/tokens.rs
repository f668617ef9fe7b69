//! Words, syllables and sentences: as texts, as one text, as places; and terms.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::{Characters, on_one_line};
use crate::columns::{Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{Analyzer, Document, NgramOptions, Scratch, TermUnit, Word, key, plain};
use crate::source::Row;

/// What is cut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Sentence,
    Syllable,
    Word,
}

impl Level {
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "sentence" => Self::Sentence,
            "syllable" => Self::Syllable,
            "word" => Self::Word,
            _ => return None,
        })
    }
}

/// How texts are cut.
#[derive(Clone, Debug)]
pub(crate) struct Cutter {
    pub(crate) analyzer: Analyzer,
    pub(crate) level: Level,
    /// Every line is a sentence.
    pub(crate) lines: bool,
    /// Sentences end where headings run into them, too.
    pub(crate) split_unmarked: bool,
}

impl Cutter {
    fn read(&self, text: &str, document: &mut Document) {
        let options = plain(self.lines, self.split_unmarked);
        self.analyzer.analyze_into(text, options, document);
    }

    /// Calls `found` with the bytes of each piece.
    fn each(&self, document: &Document, mut found: impl FnMut(std::ops::Range<usize>)) {
        match self.level {
            Level::Sentence => document.sentences().for_each(|s| found(s.span())),
            Level::Syllable => document.tokens().iter().for_each(|t| found(t.span())),
            Level::Word => document.sentences().for_each(|sentence| {
                sentence.words().for_each(|word| found(word.span()));
            }),
        }
    }

    /// Cuts one text into a Python list.
    pub(crate) fn list<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyList>> {
        let mut document = Document::default();
        self.read(text, &mut document);
        let pieces = PyList::empty(py);
        let mut result = Ok(());
        self.each(&document, |span| {
            if result.is_ok() {
                result = pieces.append(PyString::new(py, &text[span]));
            }
        });
        result.map(|()| pieces)
    }

    /// Cuts one text: the pieces apart, the syllables of a word joined by underscores.
    pub(crate) fn joined(&self, text: &str, document: &mut Document) -> String {
        self.read(text, document);
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        for sentence in document.sentences() {
            match self.level {
                Level::Sentence => {
                    if !out.is_empty() {
                        out.push('\n');
                    }
                    on_one_line(sentence.text(), &mut out);
                }
                Level::Syllable => {
                    for token in sentence.tokens() {
                        separate(&mut out);
                        on_one_line(&text[token.span()], &mut out);
                    }
                }
                Level::Word => {
                    for word in sentence.words() {
                        separate(&mut out);
                        for (i, token) in word.tokens().iter().enumerate() {
                            if i > 0 {
                                out.push('_');
                            }
                            on_one_line(&text[token.span()], &mut out);
                        }
                    }
                }
            }
        }
        out
    }

    /// Returns the places of the pieces of one text, in characters.
    pub(crate) fn places(&self, text: &str, document: &mut Document) -> Vec<(i64, i64)> {
        self.read(text, document);
        let mut places = Vec::new();
        let mut characters = Characters::new(text);
        self.each(document, |span| {
            places.push((characters.at(span.start), characters.at(span.end)));
        });
        places
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
}

/// Pieces as lists of texts.
pub(crate) struct Pieces(pub(crate) Cutter);

impl Job for Pieces {
    type Out = Lists<Strings>;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        self.0.read(&row.text, &mut scratch.document);
        self.0.each(&scratch.document, |span| out.items.push(&row.text[span]));
        out.close();
        Ok(())
    }
}

/// Pieces as one text.
pub(crate) struct Joined(pub(crate) Cutter);

impl Job for Joined {
    type Out = Strings;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        out.push(&self.0.joined(&row.text, &mut scratch.document));
        Ok(())
    }
}

record! {
    /// A place in a text, in characters.
    Span { start: Integers, end: Integers, }
}

/// Pieces as their places.
pub(crate) struct Spans(pub(crate) Cutter);

impl Job for Spans {
    type Out = Lists<Span>;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        for (start, end) in self.0.places(&row.text, &mut scratch.document) {
            out.items.start.push(start);
            out.items.end.push(end);
            out.items.close();
        }
        out.close();
        Ok(())
    }
}

/// Terms: words or syllables without punctuation, folded, and n-grams of them.
pub(crate) struct Terms {
    pub(crate) analyzer: Analyzer,
    pub(crate) ngrams: NgramOptions,
    /// Terms that are left out, folded.
    pub(crate) stop_words: Vec<String>,
}

impl Terms {
    fn of(&self, text: &str, document: &mut Document) -> Vec<String> {
        self.analyzer.analyze_into(text, plain(false, false), document);
        let mut found = Vec::new();
        for sentence in document.sentences() {
            let keys = self.keys(document, sentence.index());
            let lengths = self.ngrams.lengths();
            for start in 0..keys.len() {
                let last = (*lengths.end()).min(keys.len() - start);
                for length in *lengths.start()..=last {
                    found.push(keys[start..start + length].join(" "));
                }
            }
        }
        found
    }

    fn keys(&self, document: &Document, sentence: usize) -> Vec<String> {
        let Some(sentence) = document.sentence(sentence) else { return Vec::new() };
        let mut keys: Vec<String> = if self.ngrams.unit() == TermUnit::Word {
            sentence.words().filter(|word| word.term().is_some()).map(Word::key).collect()
        } else {
            let tokens = sentence.tokens().iter().filter(|token| token.kind().is_term());
            tokens.map(|token| key(&document.text()[token.span()])).collect()
        };
        keys.retain(|key| self.stop_words.binary_search(key).is_err());
        keys
    }
}

impl Job for Terms {
    type Out = Lists<Strings>;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        for key in self.of(&row.text, &mut scratch.document) {
            out.items.push(&key);
        }
        out.close();
        Ok(())
    }
}
