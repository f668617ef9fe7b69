//! Corpora as the commands on terms read them: many documents, counted on several threads.
//!
//! Long texts are cut into pieces, so that memory does not grow with them. Where a piece ends depends
//! on the text alone, and results come in input order, so the output is the same for any number of
//! threads.

mod count;
mod sorted;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use serde_json::Value;
use tomtat::corpus::ngram::{NgramOptions, TermUnit};
use tomtat::document::Sentence;
use tomtat::page::Role;
use tomtat::words::Dictionary;
use tomtat::{Analyzer, Document, TextOptions};

use crate::input::{self, Format, Item, Items, PIECE, Problem, ReadOptions, Reading, Texts};
use crate::messages::Messages;
use crate::models::TokenModelArguments;
use crate::output::{is_quiet, is_terminal, message};
pub(crate) use crate::run::pipeline::fold;
use crate::run::progress;
use crate::run::status::Tally;
pub(crate) use sorted::SortedCounts;

/// What is read, and how.
#[derive(Clone, Debug, Args)]
pub(crate) struct CorpusArguments {
    /// Texts: files (one document each), files of records (one document a record), also packed;
    /// - is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
}

/// How a corpus is read, whatever names its files.
#[derive(Clone, Debug, Args)]
// The options of all inputs, which are among these, have the name of the type already.
#[group(id = "CorpusReadingArguments")]
pub(crate) struct ReadingArguments {
    #[command(flatten)]
    input: input::ReadingArguments,
    /// Every line of a text file is a document.
    #[arg(long, conflicts_with = "input", help_heading = "Input")]
    lines: bool,
    /// Read only these parts of pages: title, sapo, body, heading, caption, …; by default
    /// everything is read.
    #[arg(long, value_name = "ROLE", value_delimiter = ',', value_parser = role, help_heading = "Input")]
    roles: Vec<Role>,
    /// Read only the records whose field has this value (or a list with it): section=kinh-te.
    #[arg(long = "where", value_name = "FIELD=VALUE", value_parser = condition, help_heading = "Input")]
    condition: Option<Condition>,
    /// Words that win over the model: one a line, with an optional weight after a tab.
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    dict: Option<PathBuf>,
    #[command(flatten)]
    models: TokenModelArguments,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Input")]
    threads: usize,
}

impl ReadingArguments {
    /// Returns true if a list of inputs is named.
    pub(crate) const fn names_list(&self) -> bool {
        self.input.files_from.is_some()
    }
}

/// Chooses records by the value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    field: String,
    value: String,
    /// The others are chosen.
    is_negated: bool,
}

impl Condition {
    fn holds(&self, record: &input::Record) -> bool {
        let is_value = |found: &Value| match found {
            Value::String(text) => *text == self.value,
            Value::Number(number) => number.to_string() == self.value,
            Value::Bool(truth) => truth.to_string() == self.value,
            _ => false,
        };
        let found = input::field(record, &self.field).is_some_and(|found| match found {
            Value::Array(items) => items.iter().any(is_value),
            found => is_value(found),
        });
        found != self.is_negated
    }
}

fn condition(text: &str) -> Result<Condition, String> {
    let (field, value) = text
        .split_once('=')
        .filter(|(field, _)| !field.is_empty())
        .ok_or_else(|| format!("takes FIELD=VALUE, found `{text}`"))?;
    Ok(Condition { field: field.to_owned(), value: value.to_owned(), is_negated: false })
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("no such part; parts are {}", names.join(", "))
    })
}

/// What is counted as one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnitName {
    /// Words of one or more syllables.
    Word,
    /// Syllables.
    Syllable,
}

impl From<UnitName> for TermUnit {
    fn from(name: UnitName) -> Self {
        match name {
            UnitName::Word => Self::Word,
            UnitName::Syllable => Self::Syllable,
        }
    }
}

/// Parses `2` or `1-3`.
pub(crate) fn lengths(text: &str) -> Result<(usize, usize), String> {
    let number = |part: &str| {
        part.trim().parse::<usize>().map_err(|_| format!("takes N or N-M, found `{text}`"))
    };
    let (least, greatest) = text.split_once('-').unwrap_or((text, text));
    let range = (number(least)?, number(greatest)?);
    NgramOptions::new(TermUnit::Word, range.0..=range.1, 0).map_err(|error| error.to_string())?;
    Ok(range)
}

/// A corpus that is ready to be read.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) analyzer: Analyzer,
    input: input::ReadingArguments,
    reading: Reading,
    options: ReadOptions,
    roles: Vec<Role>,
    condition: Option<Condition>,
    threads: usize,
    /// Parts of pages are told apart, though all may be read.
    pub(crate) structured: bool,
    quiet: bool,
}

/// A document, or a piece of a long one, as the work on it sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CorpusItem<'a> {
    pub(crate) id: &'a str,
    /// Bytes of the text before this piece.
    pub(crate) offset: u64,
    /// Bytes of a title that was put before the text.
    pub(crate) title: usize,
    /// The piece stands for no whole document.
    pub(crate) is_piece: bool,
    /// More pieces of the document follow.
    pub(crate) continues: bool,
    /// Number of the long document that this is a piece of.
    number: u64,
    pub(crate) document: &'a Document,
}

/// What became of one document or piece.
#[derive(Debug)]
pub(crate) enum Outcome<R> {
    /// It was read; what the work on it gave.
    Done(R),
    /// There is no text.
    Empty(String),
    /// It is no record that `--where` asks for.
    LeftOut,
    /// It cannot be used.
    Broken(Problem),
}

impl Corpus {
    /// Makes ready what the arguments ask for.
    pub(crate) fn new(arguments: &ReadingArguments) -> Result<Self> {
        let mut analyzer = Analyzer::from_models(arguments.models.models()?);
        if let Some(path) = &arguments.dict {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let dictionary =
                Dictionary::parse(&text).with_context(|| path.display().to_string())?;
            analyzer = analyzer.with_dictionary(dictionary);
        }
        let mut options = ReadOptions { texts: Texts::Pieces(PIECE), ..arguments.input.options() };
        if arguments.lines {
            options.format = Format::Lines;
        }
        Ok(Self {
            analyzer,
            input: arguments.input.clone(),
            reading: arguments.input.reading()?,
            options,
            roles: arguments.roles.clone(),
            condition: arguments.condition.clone(),
            threads: arguments.threads,
            structured: !arguments.roles.is_empty(),
            quiet: false,
        })
    }

    /// The same corpus, to be read without a word about problems: it will be read again.
    pub(crate) fn quiet(&self) -> Self {
        Self {
            analyzer: self.analyzer.clone(),
            input: self.input.clone(),
            reading: self.reading.clone(),
            roles: self.roles.clone(),
            condition: self.condition.clone(),
            quiet: true,
            ..*self
        }
    }

    /// The records of the same inputs that `--where` leaves out, read without a word about problems;
    /// `None` without that option.
    pub(crate) fn rest(&self) -> Option<Self> {
        let mut rest = self.quiet();
        let condition = rest.condition.as_mut()?;
        condition.is_negated = !condition.is_negated;
        Some(rest)
    }

    /// Returns the number of threads that read.
    fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, Into::into),
            n => n,
        }
    }

    /// Returns true if the sentence is in a part of the page that is read.
    pub(crate) fn keeps(&self, sentence: Sentence<'_>) -> bool {
        self.roles.is_empty() || self.roles.contains(&sentence.role())
    }

    /// Reads all documents: `work` runs on every one, with the state of its thread; `write` gets what
    /// it gave, in input order. Returns the states and what became of the inputs.
    ///
    /// Problems are printed in input order, and do not end the run.
    pub(crate) fn read<S: Send, R: Send>(
        &self,
        files: &[PathBuf],
        state: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, CorpusItem<'_>) -> R + Sync,
        write: impl FnMut(R) -> Result<()>,
    ) -> Result<(Vec<S>, Tally)> {
        // A counter would run into results that are printed meanwhile.
        let bar = if is_terminal() || is_quiet() {
            ProgressBar::hidden()
        } else {
            progress::spinner("documents")
        };
        self.read_with(&bar, files, state, work, write)
    }

    /// Does what [`Corpus::read`] does, and counts the inputs on `bar`.
    fn read_with<S: Send, R: Send>(
        &self,
        bar: &ProgressBar,
        files: &[PathBuf],
        state: impl Fn() -> S + Sync,
        work: impl Fn(&mut S, CorpusItem<'_>) -> R + Sync,
        mut write: impl FnMut(R) -> Result<()>,
    ) -> Result<(Vec<S>, Tally)> {
        let found = self.input.find(files)?;
        let many = found.sources.len() > 20;
        let mut items = Items::new(found.problems, found.sources, self.options);
        let is_stream = items.is_stream() || many;
        let mut messages = Messages::default();
        let mut tally = Tally::default();
        let states = fold(
            items,
            self.threads,
            || (state(), Document::default()),
            |(state, document), item| self.work_on(item, document, |reading| work(state, reading)),
            |(outcome, counts)| {
                bar.inc(u64::from(counts));
                match outcome {
                    Outcome::Done(result) => {
                        tally.done += u64::from(counts);
                        write(result)?;
                    }
                    Outcome::Empty(place) => {
                        tally.empty += 1;
                        if !is_stream && !self.quiet {
                            messages.say("note", &place, "the text is empty");
                        }
                    }
                    Outcome::LeftOut => {}
                    Outcome::Broken(problem) => {
                        tally.failed += 1;
                        if !self.quiet {
                            messages.problem(&problem);
                        }
                    }
                }
                Ok(())
            },
        )?;
        bar.finish_and_clear();
        messages.finish();
        if self.quiet {
        } else if tally.failed > 0 && tally.done + tally.empty > 0 {
            let Tally { done, empty, failed } = tally;
            message(
                "note",
                format_args!("inputs that failed: {failed}, done: {done}, empty: {empty}"),
            );
        } else if tally.empty > 0 && is_stream {
            message("note", format_args!("empty inputs: {}", tally.empty));
        }
        Ok((states.into_iter().map(|(state, _)| state).collect(), tally))
    }

    /// Does what [`Corpus::read`] does, with one article that was read already; gives nothing if it
    /// has no text.
    #[cfg(feature = "serve")]
    pub(crate) fn one<R>(
        &self,
        article: input::Article,
        document: &mut Document,
        work: impl FnOnce(CorpusItem<'_>) -> R,
    ) -> Option<R> {
        let item = Item::Article { place: article.id.clone(), article: Box::new(article) };
        match self.work_on(item, document, work).0 {
            Outcome::Done(result) => Some(result),
            Outcome::Empty(_) | Outcome::LeftOut | Outcome::Broken(_) => None,
        }
    }

    /// Makes an article of an item, unless it is no record that is asked for.
    fn article(&self, item: Item) -> Result<Option<input::Article>, Problem> {
        let Some(condition) = &self.condition else { return item.article(&self.reading).map(Some) };
        match item.record() {
            Ok((place, record)) if condition.holds(&record) => {
                input::article_of(&record, &place, &self.reading.fields).map(Some)
            }
            Ok(_) => Ok(None),
            Err(item) => match *item {
                Item::Broken(problem) => Err(problem),
                // A text has no fields.
                _ => Ok(None),
            },
        }
    }

    /// Analyzes one item and runs `work` on it; also says whether it counts as an input that is done.
    fn work_on<R>(
        &self,
        item: Item,
        document: &mut Document,
        work: impl FnOnce(CorpusItem<'_>) -> R,
    ) -> (Outcome<R>, bool) {
        let piece = match &item {
            Item::Piece(piece) => Some((piece.offset, piece.number, piece.continues)),
            _ => None,
        };
        let article = match self.article(item) {
            Ok(Some(article)) => article,
            Ok(None) => return (Outcome::LeftOut, false),
            Err(problem) => return (Outcome::Broken(problem), false),
        };
        input::faults::look(&article.id, &article.text);
        let is_piece = piece.is_some();
        let (offset, number, continues) = piece.unwrap_or_default();
        let options = TextOptions::default()
            .with_raw(!self.structured)
            .with_structure(article.structure.as_ref().filter(|_| article.title.is_none()))
            .with_line_sentences(article.line_sentences);
        let mut before = 0;
        if let Some(title) = &article.title {
            let text = format!("{title}\n\n{}", article.text);
            before = text.len() - article.text.len();
            self.analyzer.analyze_into(&text, options, document);
        } else {
            self.analyzer.analyze_into(&article.text, options, document);
        }
        if document.tokens().is_empty() && !is_piece {
            return (Outcome::Empty(article.id), false);
        }
        let id = &article.id;
        let reading =
            CorpusItem { id, offset, title: before, is_piece, continues, number, document };
        (Outcome::Done(work(reading)), !continues)
    }
}
