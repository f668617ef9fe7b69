//! `tomtat keywords`: the key terms of articles.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Map, json};
use tomtat::Models;
use tomtat::corpus::keywords::{KeywordMethod, KeywordOptions, MAX_WORDS, keywords};

use super::terms::{above_zero, status};
use crate::corpus::{Corpus, CorpusArguments, CorpusItem};
use crate::models::keyword_model;
use crate::output::{Output, message};
use crate::report::table::{Cell, Column, Table, TableArguments, TableFormat};
use crate::run::status::Status;

/// Arguments of `tomtat keywords`.
#[derive(Debug, Args)]
#[command(after_help = "\
The title, the lead, headings and the body are read; captions, related links and the like are left
out, unless --raw. Scores are comparable within one article only.

Examples:
  tomtat keywords article.txt
  tomtat keywords articles.jsonl --top 5 -f jsonl
  tomtat keywords --method textrank --max-words 2 news/*.txt
  tomtat keywords --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// Take every line as part of the article: no search for captions, bylines, related links.
    #[arg(long, help_heading = "Input")]
    raw: bool,

    /// How terms are scored.
    #[arg(short, long, value_name = "NAME", default_value = KeywordMethod::Trained.name(), value_parser = methods(), help_heading = "Choice")]
    method: KeywordMethod,
    /// Key terms, made by `tomtat train keywords`: all methods find their candidates with it.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    keyword_model: Option<PathBuf>,
    /// How many are listed of each article.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = above_zero, help_heading = "Choice")]
    top: usize,
    /// Longest phrase in words; 1 to 4.
    #[arg(long, value_name = "N", default_value_t = MAX_WORDS as u64, value_parser = clap::value_parser!(u64).range(1..=MAX_WORDS as u64), help_heading = "Choice")]
    max_words: u64,

    /// Print the formula and the source of each method, and stop.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    table: TableArguments,
}

fn methods() -> impl TypedValueParser<Value = KeywordMethod> {
    let named = KeywordMethod::ALL.iter().map(|m| m.formula());
    PossibleValuesParser::new(named.map(|f| PossibleValue::new(f.name).help(f.title)))
        .try_map(|name| name.parse())
}

const SCHEMA: &str = "tomtat.keywords/1";

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.explain {
        let mut output = Output::new()?;
        for method in KeywordMethod::ALL {
            output.write(&super::explained(method.name(), method.formula()))?;
        }
        output.finish()?;
        return Ok(Status::Done);
    }
    let mut corpus = Corpus::new(&arguments.corpus.reading)?;
    corpus.structured = !arguments.raw;
    let options = options(arguments);
    let models = models(arguments, &corpus)?;
    let format = arguments.table.format;
    let mut table = Table::new(arguments.table, SCHEMA, columns(format))?;
    let (mut listed, mut cut) = (0, 0);
    let (_, tally) = corpus.read(
        &arguments.corpus.files,
        || (),
        |(), reading| {
            let rows = rows(reading, &models, options, format);
            (rows, reading.is_piece && reading.offset == 0)
        },
        |(rows, is_long)| {
            cut += u32::from(is_long);
            for row in rows {
                listed += 1;
                table.row(row)?;
            }
            Ok(())
        },
    )?;
    if cut > 0 {
        message(
            "note",
            "a text of more than 1 MiB is no article: its pieces were taken one by one",
        );
    }
    if listed == 0 && tally.done > 0 {
        message("note", "no key terms found; --raw takes every line");
    }
    let about = json!({ "name": options.method.name() });
    table.finish(Map::from_iter([("method".to_owned(), about)]), "")?;
    Ok(status(tally, listed == 0))
}

fn models(arguments: &Arguments, corpus: &Corpus) -> Result<Models> {
    let models = corpus.analyzer.models().clone();
    Ok(match &arguments.keyword_model {
        Some(path) => models.with_keywords(keyword_model(path)?),
        None => models,
    })
}

fn options(arguments: &Arguments) -> KeywordOptions {
    KeywordOptions::default()
        .with_top(arguments.top)
        .with_max_words(arguments.max_words as usize)
        .with_method(arguments.method)
}

/// People want the terms; places are for programs.
fn columns(format: TableFormat) -> Vec<Column> {
    let mut columns = vec![
        Column::text("id"),
        Column::number("rank"),
        Column::text("term"),
        Column::number("score"),
        Column::number("tf"),
    ];
    if format != TableFormat::Table {
        columns.extend([Column::text("key"), Column::text("places")]);
    }
    columns
}

/// The key terms of one document.
fn rows(
    reading: CorpusItem<'_>,
    models: &Models,
    options: KeywordOptions,
    format: TableFormat,
) -> Vec<Vec<Cell>> {
    let CorpusItem { document, offset, title, .. } = reading;
    let found = keywords(document, models, options);
    let rows = found.iter().zip(1..).map(|(keyword, rank)| {
        let form = &document.text()[keyword.form()];
        let words: Vec<&str> =
            form.split([' ', '\n', '\t', '_']).filter(|w| !w.is_empty()).collect();
        let mut row = vec![
            Cell::Text(reading.id.to_owned()),
            Cell::Count(rank),
            Cell::Text(words.join(" ")),
            Cell::Number(keyword.score()),
            Cell::Count(keyword.positions().len() as u64),
        ];
        if format != TableFormat::Table {
            // Offsets count from the start of the body; a title of its own has none.
            let places = keyword.positions().iter().filter_map(|place| {
                let start = place.start.checked_sub(title)? as u64 + offset;
                Some((start, start + place.len() as u64))
            });
            row.push(Cell::Text(keyword.key().to_owned()));
            row.push(Cell::Places(places.collect()));
        }
        row
    });
    rows.collect()
}

/// The lines of JSON Lines for one article.
#[cfg(feature = "serve")]
pub(crate) fn one(
    arguments: &Arguments,
    article: crate::input::Article,
    document: &mut tomtat::Document,
) -> Result<String> {
    let mut corpus = Corpus::new(&arguments.corpus.reading)?;
    corpus.structured = !arguments.raw;
    let (options, columns) = (options(arguments), columns(TableFormat::Jsonl));
    let models = models(arguments, &corpus)?;
    let found = corpus
        .one(article, document, |reading| rows(reading, &models, options, TableFormat::Jsonl));
    let rows = found.unwrap_or_default();
    rows.iter().map(|row| crate::report::table::json_line(SCHEMA, &columns, row)).collect()
}
