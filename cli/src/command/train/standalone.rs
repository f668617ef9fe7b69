//! `tomtat train standalone`: which openings of sentences need no sentence before them.

use anyhow::{Result, bail};
use clap::Args;
use tomtat::train::standalone::StandaloneCounts;
use tomtat::{Analyzer, Document, TextOptions};

use super::Provenance;
use super::ranker::read;
use crate::models::TokenModelArguments;
use crate::output::message;
use crate::run::status::Status;

/// Arguments of `tomtat train standalone`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every record holds abstract and body, texts or lists of sentences. The first sentences of both stand
alone; those of the body from the third on are counted against them.

Example:
  tomtat train standalone news.jsonl -o mine.standalone")]
pub(super) struct Arguments {
    #[command(flatten)]
    provenance: Provenance,
    #[command(flatten)]
    models: TokenModelArguments,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let analyzer = Analyzer::from_models(arguments.models.models()?);
    let mut counts = StandaloneCounts::default();
    let mut document = Document::default();
    for source in arguments.provenance.sources() {
        for article in read(&source)? {
            let options = TextOptions::default().with_line_sentences(article.line_sentences);
            analyzer.analyze_into(&article.summary, options.with_raw(true), &mut document);
            counts.add_first(&document);
            analyzer.analyze_into(&article.body, options, &mut document);
            counts.add_body(&document);
        }
    }
    let (first, later) = counts.totals();
    let model = counts.model();
    if model.is_empty() {
        bail!(
            "too few sentences: {first} begin a text, {later} do not, and no opening is frequent"
        );
    }
    let openings = model.len();
    message(
        "note",
        format_args!("{first} sentences begin a text, {later} do not; {openings} openings"),
    );
    let mut info = arguments.provenance.info("standalone");
    info.scores.insert("first".into(), f64::from(first));
    info.scores.insert("later".into(), f64::from(later));
    arguments.provenance.write(&model.write(info))?;
    Ok(Status::Done)
}
