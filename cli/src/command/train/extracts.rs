//! `tomtat train extracts`: which sentences readers pick, beside what the ranker has learned from
//! abstracts.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use tomtat::model::{Container, ModelInfo};
use tomtat::rank::{RankerModel, Trained};
use tomtat::select::Budget;
use tomtat::train::extracts::{Extract, ExtractOptions, Judgement, train};
use tomtat::{Analyzer, Summarizer};

use super::{NOT_STATED, Provenance, UNNAMED, ranker};
use crate::input::{Source, lines};
use crate::output::message;
use crate::run::status::Status;

/// Arguments of `tomtat train extracts`.
#[derive(Debug, Args)]
#[command(after_help = "\
The files are JSON Lines with the pages: id, title and body, and date, section, tags and source where there
are any. The list of extracts has a line for each page, with tabs: its id, then the bytes at which the
sentences begin that a reader picked, called alternates, and called traps, with commas or - for none; title
and body are lines of the page. The ranker is taught twice: without the pages that are set aside, to score it
on them, and by all, to write it.

Example:
  tomtat train extracts pages.jsonl --extracts picks.tsv --ranker mine.ranker -o taught.ranker")]
pub(super) struct Arguments {
    #[command(flatten)]
    provenance: Provenance,
    /// The list of extracts.
    #[arg(long, value_name = "FILE")]
    extracts: PathBuf,
    /// The ranker that is taught.
    #[arg(long, value_name = "FILE")]
    ranker: PathBuf,
    /// One page of so many is set aside to score the ranker on; 0 sets none aside.
    #[arg(long, value_name = "N", default_value_t = 5)]
    aside: usize,
    /// Trees.
    #[arg(long, value_name = "N", default_value_t = ExtractOptions::default().trees)]
    trees: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let path = arguments.ranker.display();
    let bytes = std::fs::read(&arguments.ranker).with_context(|| path.to_string())?;
    let mut model = RankerModel::read(&bytes).with_context(|| path.to_string())?;
    let judgements = read_judgements(&arguments.extracts)?;
    let extracts = read_pages(&arguments.provenance, &judgements)?;
    if extracts.is_empty() {
        bail!("{}: no page has an id of the list", arguments.extracts.display());
    }
    let analyzer = Analyzer::new();
    let mut options = ExtractOptions::default();
    options.trees = arguments.trees;
    let mut info = taught_info(Container::parse(&bytes)?.info(), arguments);
    if arguments.aside > 0 {
        let part = |aside: bool| -> Vec<Extract> {
            let is_aside = |place: usize| place.is_multiple_of(arguments.aside) == aside;
            let places = extracts.iter().enumerate();
            places.filter(|(place, _)| is_aside(*place)).map(|(_, page)| page.clone()).collect()
        };
        let mut taught = model.clone();
        train(&mut taught, &analyzer, &part(false), &options);
        for (name, shares) in [
            ("before", shares(&analyzer, model.clone(), &part(true))?),
            ("aside", shares(&analyzer, taught, &part(true))?),
        ] {
            let [picked, alternates, traps] = shares;
            message(
                "note",
                format_args!(
                    "{name}: picked {picked:.1} %, alternates {alternates:.1} %, traps {traps:.1} %"
                ),
            );
            for (what, share) in [("picked", picked), ("traps", traps)] {
                info.scores.insert(format!("{name}, {what}, %"), (share * 10.0).round() / 10.0);
            }
        }
    }
    let found = train(&mut model, &analyzer, &extracts, &options);
    message("note", format_args!("{} pages, {found} judged sentences found", extracts.len()));
    arguments.provenance.write(&model.write(info))?;
    Ok(Status::Done)
}

/// The header of the ranker, with what it is taught by. Name and licence stay unless others are given.
fn taught_info(ranker: &ModelInfo, arguments: &Arguments) -> ModelInfo {
    let mut info = ranker.clone();
    let own = arguments.provenance.info("extracts");
    if own.name != UNNAMED {
        info.name = own.name;
    }
    if own.licence != NOT_STATED {
        info.licence = own.licence;
    }
    let list = arguments.extracts.file_name().unwrap_or_default().to_string_lossy();
    info.command = format!("{}; {} --extracts {list}", info.command, own.command);
    for corpus in own.corpus.into_iter().chain([list.into_owned()]) {
        if !info.corpus.contains(&corpus) {
            info.corpus.push(corpus);
        }
    }
    info
}

/// The judgements of each page, by its id.
type Judgements = HashMap<String, Vec<(usize, Judgement)>>;

/// Reads a list of extracts.
fn read_judgements(path: &Path) -> Result<Judgements> {
    let mut judgements = Judgements::new();
    lines(&Source::File(path.to_owned()), |number, text| {
        let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        if text.starts_with('#') || text.starts_with("id\t") || text.trim().is_empty() {
            return Ok(true);
        }
        let place = || format!("{}:{number}", path.display());
        let columns: Vec<&str> = text.split('\t').collect();
        let [id, picked, alternates, traps] = columns[..] else {
            bail!(
                "{}: {} columns, four are needed: id, picks, alternates, traps",
                place(),
                columns.len()
            );
        };
        let mut judged = Vec::new();
        for (column, judgement) in [
            (picked, Judgement::Picked),
            (alternates, Judgement::Alternate),
            (traps, Judgement::Trap),
        ] {
            for start in column.split(',').filter(|start| *start != "-") {
                let start = start.trim().parse().with_context(|| {
                    format!("{}: {start:?} is not the number of a byte", place())
                })?;
                judged.push((start, judgement));
            }
        }
        judgements.insert(id.to_owned(), judged);
        Ok(true)
    })?
    .map_err(|problem| anyhow::anyhow!("{problem}"))?;
    Ok(judgements)
}

/// Reads the pages that a list of extracts names.
fn read_pages(provenance: &Provenance, judgements: &Judgements) -> Result<Vec<Extract>> {
    let mut extracts = Vec::new();
    for source in provenance.sources() {
        ranker::each_record(&source, |record| {
            let id = match &record["id"] {
                Value::String(id) => id.clone(),
                other => other.to_string(),
            };
            if let Some(judgements) = judgements.get(&id) {
                let article = ranker::article_of(record);
                let text = format!("{}\n{}\n", article.title, article.body);
                extracts.push(Extract { text, judgements: judgements.clone() });
            }
        })?;
    }
    Ok(extracts)
}

/// The shares of picked sentences, alternates and traps in summaries of three sentences, in percent.
fn shares(analyzer: &Analyzer, model: RankerModel, extracts: &[Extract]) -> Result<[f64; 3]> {
    let ranker = Arc::new(Trained::new(Arc::new(model)));
    let summarizer = Summarizer::from_ranker(analyzer, ranker).with_budget(Budget::sentences(3)?);
    let (mut counts, mut all) = ([0.0; 3], 0.0);
    for extract in extracts {
        let document = analyzer.analyze(&extract.text);
        for pick in summarizer.summarize(&document).picks() {
            all += 1.0;
            let judged = extract.judgements.iter().find(|judged| judged.0 == pick.span().start);
            if let Some((_, judgement)) = judged {
                counts[*judgement as usize] += 1.0;
            }
        }
    }
    Ok(counts.map(|count| 100.0 * count / f64::max(all, 1.0)))
}
