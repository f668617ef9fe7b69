//! `tomtat tokenize`: sentences, syllables and words.

mod arguments;
mod keys;
mod offsets;
mod render;
mod sink;

use anyhow::{Result, bail};
use tomtat::{Analyzer, Document, TextOptions};

use crate::input::{
    Article, Format, Item, MOST, PIECE, Problem, ReadOptions, Reading, Texts, faults,
};
use crate::messages::Messages;
use crate::models;
use crate::output::Output;
use crate::run::pipeline::fold;
use crate::run::status::{Status, Tally};
pub(crate) use arguments::Arguments;
use arguments::OutputFormat;
use render::{Before, Renderer};

/// What became of one input.
enum Report {
    /// Its tokens, ready to be printed.
    Tokens(String),
    /// A piece of a long text, whose sentences are numbered when those before it are known.
    Piece {
        /// The file.
        id: String,
        /// Number of the long text.
        text: u64,
        /// The piece.
        document: Box<Document>,
    },
    /// There is nothing in it.
    Empty(String),
    /// It cannot be used.
    Broken(Problem),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.print_lexicon {
        let mut output = Output::new()?;
        output.write(&models::words(arguments.models.segmenter.as_deref())?)?;
        output.finish()?;
        return Ok(Status::Done);
    }
    let analyzer = arguments.analyzer()?;
    if arguments.scores {
        if matches!(
            arguments.format,
            OutputFormat::Text | OutputFormat::Underscore | OutputFormat::Conllu
        ) {
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
    } else if !arguments.split_unmarked {
        // Whether ends without a mark are looked for depends on all blocks of a text.
        options.texts = Texts::Pieces(PIECE / 16);
    }
    let items = input.reading.items(&input.files, options)?;
    let renderer = Renderer::new(arguments, &analyzer);
    let mut output = sink::Sink::new(arguments, renderer.header())?;
    let mut tally = Tally::default();
    let mut messages = Messages::default();
    let mut before = (0, Before::default());
    let work = |document: &mut Document, item: Item| {
        tokenize(item, &reading, &analyzer, arguments, &renderer, document)
    };
    fold(items, arguments.threads, Document::default, work, |report| {
        match report {
            Report::Tokens(text) => {
                tally.done += 1;
                output.write(&text)?;
            }
            Report::Piece { id, text, document } => {
                if before.0 != text {
                    before = (text, Before::default());
                    tally.done += 1;
                }
                output.write(&renderer.render(&id, &document, before.1))?;
                before.1 = renderer.after(&document, before.1);
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
    Ok(Renderer::new(arguments, &analyzer).render(&article.id, document, Before::default()))
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
    let piece = match &item {
        Item::Piece(piece) => Some(piece.number),
        _ => None,
    };
    let article = match item.article(reading) {
        Ok(article) => article,
        Err(problem) => return Report::Broken(problem),
    };
    faults::look(&article.id, &article.text);
    analyzer.analyze_into(&article.text, text_options(arguments, &article), document);
    if let Some(text) = piece {
        let is_plain = matches!(arguments.format, OutputFormat::Text | OutputFormat::Underscore);
        return if !is_plain {
            let document = Box::new(std::mem::take(document));
            Report::Piece { id: article.id, text, document }
        } else if document.tokens().is_empty() {
            Report::Tokens(String::new())
        } else {
            Report::Tokens(renderer.render(&article.id, document, Before::default()))
        };
    }
    if !arguments.lines && document.tokens().is_empty() {
        return Report::Empty(article.id);
    }
    Report::Tokens(renderer.render(&article.id, document, Before::default()))
}
