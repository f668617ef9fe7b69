//! `tomtat tokenize`: sentences, syllables and words.

mod arguments;
mod offsets;
mod render;

use anyhow::{Result, bail};
use tomtat::{Analyzer, Document, TextOptions};

use crate::input::{Article, Format, Item, MOST, Problem, ReadOptions, Reading};
use crate::messages::Messages;
use crate::models;
use crate::output::Output;
use crate::run::pipeline::fold;
use crate::run::status::{Status, Tally};
pub(crate) use arguments::Arguments;
use arguments::OutputFormat;
use render::Renderer;

/// What became of one input.
enum Report {
    /// Its tokens, ready to be printed.
    Tokens(String),
    /// There is nothing in it.
    Empty(String),
    /// It cannot be used.
    Broken(Problem),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.print_lexicon {
        let mut output = Output::new();
        output.write(&models::words(arguments.models.segmenter.as_deref())?)?;
        output.finish()?;
        return Ok(Status::Done);
    }
    let analyzer = arguments.analyzer()?;
    if arguments.scores {
        if !matches!(arguments.format, OutputFormat::Tsv | OutputFormat::Jsonl) {
            bail!("--scores needs -f tsv or -f jsonl");
        }
        if !analyzer.segmenter().margins(&[], &mut Vec::new()) {
            bail!("--scores needs the trained model: a lexicon has no scores");
        }
    }
    let input = &arguments.input;
    let reading = input.reading.reading()?;
    let mut options = ReadOptions { longest_text: MOST, ..input.reading.options() };
    if arguments.lines {
        options.format = Format::Lines;
    }
    let items = input.reading.items(&input.files, options)?;
    let renderer = Renderer::new(arguments, &analyzer);
    let mut output = Output::new();
    let mut tally = Tally::default();
    output.write(renderer.header())?;
    let mut messages = Messages::default();
    let work = |document: &mut Document, item: Item| {
        tokenize(item, &reading, &analyzer, arguments, &renderer, document)
    };
    fold(items, arguments.threads, Document::default, work, |report| {
        match report {
            Report::Tokens(text) => {
                tally.done += 1;
                output.write(&text)?;
            }
            Report::Empty(place) => {
                tally.empty += 1;
                messages.say("note", &place, "the text is empty");
            }
            Report::Broken(problem) => {
                tally.failed += 1;
                messages.problem(&problem);
            }
        }
        Ok(())
    })?;
    output.finish()?;
    messages.finish();
    Ok(tally.status())
}

/// The lines of JSON Lines for one text.
#[cfg(feature = "serve")]
#[expect(clippy::needless_pass_by_value, reason = "the form that all commands have")]
pub(crate) fn one(
    arguments: &Arguments,
    article: Article,
    document: &mut Document,
) -> Result<String> {
    let analyzer = arguments.analyzer()?;
    analyzer.analyze_into(&article.text, text_options(arguments, &article), document);
    Ok(Renderer::new(arguments, &analyzer).render(&article.id, document))
}

fn text_options(arguments: &Arguments, article: &Article) -> TextOptions<'static> {
    TextOptions::default()
        .with_raw(true)
        .with_split_unmarked(arguments.split_unmarked)
        .with_line_sentences(arguments.lines || article.line_sentences)
}

fn tokenize(
    item: Item,
    reading: &Reading,
    analyzer: &Analyzer,
    arguments: &Arguments,
    renderer: &Renderer<'_>,
    document: &mut Document,
) -> Report {
    let article = match item.article(reading) {
        Ok(article) => article,
        Err(problem) => return Report::Broken(problem),
    };
    analyzer.analyze_into(&article.text, text_options(arguments, &article), document);
    if !arguments.lines && document.tokens().is_empty() {
        return Report::Empty(article.id);
    }
    Report::Tokens(renderer.render(&article.id, document))
}
