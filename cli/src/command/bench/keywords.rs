//! `--task keywords`: key terms that are found against those that people gave.

use std::sync::Arc;

use anyhow::{Result, bail};
use rayon::prelude::*;
use serde_json::{Map, json};
use tomtat::corpus::keywords::{KeywordMethod, KeywordOptions, keywords};
use tomtat::eval::keywords::{GoldKeywords, syllables};
use tomtat::eval::{Fingerprint, Interval, Random, Signature};
use tomtat::{Analyzer, Document, Models, TextOptions};

use super::arguments::{Arguments, Format};
use super::segmentation::file_names;
use crate::command::evaluate::interval_json;
use crate::dataset::Fields;
use crate::dataset::tagged::{Tagged, read};
use crate::models;
use crate::output::{Output, message};
use crate::report::scores::{Cell, Table};
use crate::run::status::Status;
use crate::scoring::texts::print_problems;
use crate::scoring::threshold::all_met;

/// The floor: candidates that can stand together, drawn by chance.
const RANDOM: &str = "random";

/// The trained ranker without its memory of tags: how well it finds terms that nobody gave before.
const UNKNOWN: &str = "trained-unknown";

/// Columns: the best so many, whose syllables must all agree.
const BEST: [usize; 3] = [5, 10, 15];

/// Names of the columns.
const MEASURES: [&str; 6] =
    ["F1@5", "F1@10", "F1@15", "all F1@10", "syllable F1@10", "single syllables"];

/// A row of the table.
struct Row {
    name: String,
    intervals: Vec<Interval>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    if !arguments.pred.is_empty() {
        bail!("--pred does not go with --task keywords yet");
    }
    let fields = Fields::parse(&arguments.field).map_err(|problem| anyhow::anyhow!(problem))?;
    let (mut articles, problems) = read(&arguments.data, &fields);
    print_problems(&problems);
    articles.retain(|a| !GoldKeywords::new(strs(&a.tags)).present_in(&a.text).is_empty());
    if let Some(count) = arguments.sample.filter(|count| *count < articles.len()) {
        let mut chosen = Random::new(arguments.statistics.seed).sample(articles.len(), count);
        chosen.sort_unstable();
        articles = chosen.into_iter().map(|at| articles[at].clone()).collect();
    }
    if articles.is_empty() {
        if problems.is_empty() {
            message("note", "no articles with key terms that occur in them");
            return Ok(Status::Nothing);
        }
        return Ok(Status::Fatal);
    }
    let names = KeywordMethod::ALL.iter().map(|method| method.name());
    let known: Vec<&str> = names.chain([UNKNOWN, RANDOM]).collect();
    if let Some(wrong) = arguments.method.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("no row `{wrong}` in --task keywords; there are {}", known.join(", "));
    }
    let mut models = arguments.models.models()?;
    if let Some(path) = &arguments.background {
        models = models.with_background(models::background(path)?);
    }
    if let Some(path) = &arguments.keyword_model {
        models = models.with_keywords(models::keyword_model(path)?);
    }
    let wanted = |name: &&&str| {
        arguments.method.is_empty() || arguments.method.iter().any(|method| method == *name)
    };
    let mut rows = Vec::new();
    for &name in known.iter().filter(wanted) {
        rows.push(row(name, &articles, &models, arguments)?);
    }
    report(arguments, &articles, &rows, problems.len())
}

fn strs(tags: &[String]) -> impl Iterator<Item = &str> {
    tags.iter().map(String::as_str)
}

/// Scores a method on all articles.
fn row(name: &str, articles: &[Tagged], models: &Models, arguments: &Arguments) -> Result<Row> {
    let mut models = models.clone();
    if name == UNKNOWN {
        let forgetful = models.keywords().without_phrases();
        models = models.with_keywords(Arc::new(forgetful));
    }
    let method = match name {
        UNKNOWN => KeywordMethod::Trained,
        RANDOM => KeywordMethod::TfIdf,
        name => name.parse()?,
    };
    let top = if name == RANDOM { usize::MAX } else { BEST[2] };
    let options = KeywordOptions::default().with_method(method).with_top(top);
    let analyzer = Analyzer::from_models(models);
    let seed = arguments.statistics.seed;
    let scored: Vec<[f64; MEASURES.len()]> = arguments.statistics.pool()?.install(|| {
        articles
            .par_iter()
            .enumerate()
            .map_init(Document::default, |document, (number, article)| {
                let options_of_text = TextOptions::default().with_raw(arguments.raw);
                analyzer.analyze_into(&article.text, options_of_text, document);
                let found = keywords(document, analyzer.models(), options);
                let mut found: Vec<&str> =
                    found.iter().map(|keyword| &document.text()[keyword.form()]).collect();
                if name == RANDOM {
                    shuffle(&mut found, &mut Random::stream(seed, number as u64));
                }
                scores(article, &found)
            })
            .collect()
    });
    let columns: Vec<Vec<f64>> = (0..MEASURES.len())
        .map(|measure| scored.iter().map(|scores| scores[measure]).collect())
        .collect();
    let statistics = &arguments.statistics;
    let intervals = statistics.bootstrap().mean_intervals(&columns, statistics.share());
    Ok(Row { name: name.to_owned(), intervals })
}

/// Puts terms in a random order (Durstenfeld 1964).
fn shuffle(terms: &mut [&str], random: &mut Random) {
    for last in (1..terms.len()).rev() {
        terms.swap(last, random.below(last as u64 + 1) as usize);
    }
}

/// Scores of one article, in the order of the columns.
fn scores(article: &Tagged, found: &[&str]) -> [f64; MEASURES.len()] {
    let all = GoldKeywords::new(strs(&article.tags));
    let present = all.present_in(&article.text);
    let [at_5, at_10, at_15] = BEST.map(|k| present.f1_at(found, k));
    let best = &found[..found.len().min(BEST[1])];
    let single = best.iter().filter(|term| syllables(term).len() == 1).count();
    let single = single as f64 / best.len().max(1) as f64;
    let of_syllables = present.syllable_f1_at(found, BEST[1]);
    [at_5, at_10, at_15, all.f1_at(found, BEST[1]), of_syllables, single]
}

fn report(
    arguments: &Arguments,
    articles: &[Tagged],
    rows: &[Row],
    unreadable: usize,
) -> Result<Status> {
    let statistics = &arguments.statistics;
    let mut data = Fingerprint::new();
    articles.iter().for_each(|article| data.add(&article.text));
    let signature = Signature::new("keywords")
        .with("unit", "syllables")
        .with("match", "exact")
        .with("avg", "macro")
        .with("n", articles.len())
        .with("ci", statistics.level)
        .with("bs", statistics.resamples)
        .with("seed", statistics.seed)
        .with("data", data);
    let text = match arguments.format {
        _ if arguments.quiet => format!("{signature}\n"),
        Format::Json => json_of(arguments, rows, unreadable, &signature)?,
        format => {
            let mut table = Table::default();
            table.caption = format!("{}: {} articles", file_names(arguments), articles.len());
            table.text_column("method");
            MEASURES.iter().for_each(|name| table.number_column(name));
            for row in rows {
                let cells = row.intervals.iter().map(|interval| Cell::Score {
                    value: interval.mean,
                    range: Some((interval.low, interval.high)),
                    mark: 0,
                });
                table
                    .rows
                    .push(std::iter::once(Cell::Text(row.name.clone())).chain(cells).collect());
            }
            table.notes.push(format!(
                "in percent with {} % intervals from {} resamples; of terms that occur in the text, \
                 but `all`: of those that do not, too",
                statistics.level, statistics.resamples
            ));
            table.notes.push(format!(
                "{UNKNOWN}: trained, its memory of tags taken out; {RANDOM}: candidates by chance; \
                 single syllables: share of the ten best"
            ));
            table.signature = signature.to_string();
            table.render(format.of_table())
        }
    };
    let mut output = Output::new()?;
    output.write(&text)?;
    output.finish()?;
    let value = |name: &str, measure: &str| {
        let row = rows.iter().find(|row| row.name == name)?;
        let at = MEASURES.iter().position(|m| m.eq_ignore_ascii_case(measure))?;
        Some(row.intervals[at].mean)
    };
    let met = all_met(&arguments.fail_under, KeywordMethod::Trained.name(), value)?;
    Ok(match (met, unreadable) {
        (false, _) => Status::Nothing,
        (true, 0) => Status::Done,
        (true, _) => Status::Partial,
    })
}

fn json_of(
    arguments: &Arguments,
    rows: &[Row],
    unreadable: usize,
    signature: &Signature,
) -> Result<String> {
    let rows = rows.iter().map(|row| {
        let mut object = Map::new();
        object.insert("name".into(), json!(row.name));
        for (name, interval) in MEASURES.iter().zip(&row.intervals) {
            object.insert(name.to_ascii_lowercase().replace(' ', "_"), interval_json(*interval));
        }
        object
    });
    let files: Vec<String> = arguments.data.iter().map(|path| path.display().to_string()).collect();
    let object = json!({
        "schema": "tomtat.bench/1",
        "task": "keywords",
        "files": files,
        "unreadable": unreadable,
        "rows": rows.collect::<Vec<_>>(),
        "signature": signature.to_string(),
    });
    Ok(serde_json::to_string_pretty(&object)? + "\n")
}
