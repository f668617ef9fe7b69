//! `tomtat train ranker`: the sentence ranker, and how good it is.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};
use clap::Args;
use rayon::prelude::*;
use serde_json::Value;
use tomtat::eval::Rouge;
use tomtat::rank::{Lead, Ranker};
use tomtat::rank::{RankerModel, Trained};
use tomtat::select::{Budget, Mmr};
use tomtat::train::ranker::{RankerOptions, TrainingArticle, train};
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

use super::Provenance;
use crate::input::{Source, lines};
use crate::models::TokenModelArguments;
use crate::output::message;
use crate::run::status::Status;

/// Arguments of `tomtat train ranker`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every record holds title, abstract and body; abstract and body are texts or lists of sentences.
The date, section, tags and source of a crawled page are read as lines below its body.

Example:
  tomtat train ranker news.jsonl --every 2 --held-out dev.jsonl -o mine.ranker")]
pub(super) struct Arguments {
    #[command(flatten)]
    provenance: Provenance,
    #[command(flatten)]
    models: TokenModelArguments,
    /// Articles that are never learned from; the ranker is scored on them.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    held_out: Vec<PathBuf>,
    /// One article of so many is set aside, and the ranker is scored on it; 0 sets none aside.
    #[arg(long, value_name = "N", default_value_t = 100)]
    aside: usize,
    /// One article of so many is learned from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Trees for sentences, and as many for sets.
    #[arg(long, value_name = "N", default_value_t = RankerOptions::default().trees)]
    trees: usize,
    /// Threads; 0 takes one for each core. The model is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let (mut learned, mut aside) = (Vec::new(), Vec::new());
    for source in arguments.provenance.sources() {
        for (i, article) in read(&source)?.into_iter().enumerate() {
            if arguments.aside > 0 && i % arguments.aside == 0 {
                aside.push(article);
            } else if i % arguments.every.max(1) == 0 {
                learned.push(article);
            }
        }
    }
    let mut held_out = Vec::new();
    for path in &arguments.held_out {
        held_out.extend(read(&Source::File(path.clone()))?);
    }
    if learned.len() < 10 {
        bail!("{} articles with abstracts found, at least 10 are needed", learned.len());
    }
    message(
        "note",
        format_args!(
            "{} articles, {} set aside, {} held out",
            learned.len(),
            aside.len(),
            held_out.len()
        ),
    );
    let analyzer = Analyzer::from_models(arguments.models.models()?);
    let mut options = RankerOptions::default();
    options.trees = arguments.trees;
    options.threads = match arguments.threads {
        0 => available_parallelism().map_or(1, std::num::NonZero::get),
        n => n,
    };
    let model = train(&analyzer, &learned, &options, |step| message("note", step));
    let mut info = arguments.provenance.info("ranker");
    let model = Arc::new(model);
    for (name, articles) in [("aside", &aside), ("held out", &held_out)] {
        if articles.is_empty() {
            continue;
        }
        for (row, scores) in table(&analyzer, &model, articles)? {
            let [r1, r2, rl] = scores;
            message("note", format_args!("{name} {row:<32} {r1:6.2} {r2:6.2} {rl:6.2}"));
            if row.starts_with("trained auto") {
                for (measure, score) in ["R1", "R2", "RL"].into_iter().zip(scores) {
                    let key = format!("{name}, {row}, {measure}");
                    info.scores.insert(key, (score * 100.0).round() / 100.0);
                }
            }
        }
    }
    arguments.provenance.write(&model.write(info))?;
    Ok(Status::Done)
}

/// Reads the articles of a file that have an abstract.
pub(super) fn read(source: &Source) -> Result<Vec<TrainingArticle>> {
    let mut articles = Vec::new();
    each_record(source, |record| {
        let article = article_of(record);
        if !article.body.trim().is_empty() && !article.summary.trim().is_empty() {
            articles.push(article);
        }
    })?;
    Ok(articles)
}

/// Calls `record` with each record of JSON Lines.
pub(super) fn each_record(source: &Source, mut record: impl FnMut(&Value)) -> Result<()> {
    lines(source, |number, text| {
        let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        if !text.trim().is_empty() {
            record(
                &serde_json::from_str(text)
                    .with_context(|| format!("{}:{number}: not valid JSON", source.name()))?,
            );
        }
        Ok(true)
    })?
    .map_err(|problem| anyhow::anyhow!("{problem}"))
}

/// The article of a record. A crawled page has date, section, tags and source below its body, and so
/// the ranker will meet them.
pub(super) fn article_of(record: &Value) -> TrainingArticle {
    let mut article = TrainingArticle::default();
    article.title = joined(&record["title"]);
    article.body = joined(&record["body"]);
    article.summary = joined(&record["abstract"]);
    for field in ["date", "section", "tags", "source"] {
        let below = match &record[field] {
            Value::Array(items) => items.iter().map(joined).collect::<Vec<_>>().join(","),
            other => joined(other),
        };
        if !below.is_empty() {
            article.body.push('\n');
            article.body.push_str(&below);
        }
    }
    article.line_sentences = record["body"].is_array();
    article
}

fn joined(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(joined).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// ROUGE-1, ROUGE-2 and ROUGE-L of the ranker and of the lead, for several lengths.
fn table(
    analyzer: &Analyzer,
    model: &Arc<RankerModel>,
    articles: &[TrainingArticle],
) -> Result<Vec<(String, [f64; 3])>> {
    let budgets = [
        ("auto", Budget::Auto),
        ("1 sentence", Budget::sentences(1)?),
        ("2 sentences", Budget::sentences(2)?),
        ("3 sentences", Budget::sentences(3)?),
        ("5 sentences", Budget::sentences(5)?),
        ("20 %", Budget::ratio(0.2)?),
        ("60 words", Budget::words(60)?),
    ];
    let trained: Arc<dyn Ranker> = Arc::new(Trained::new(Arc::clone(model)));
    let rouge = Rouge::default();
    let mut rows = Vec::new();
    let mut systems = Vec::new();
    for (titled, title) in [(true, "with title"), (false, "without title")] {
        for (length, budget) in budgets {
            let summarizer = |r: &Arc<dyn Ranker>| {
                Summarizer::from_ranker(analyzer, Arc::clone(r)).with_budget(budget)
            };
            systems.push((titled, format!("trained {length}, {title}"), summarizer(&trained)));
            let lead: Arc<dyn Ranker> = Arc::new(Lead);
            let lead = summarizer(&lead).with_selector(Mmr::new(1.0));
            systems.push((titled, format!("lead {length}, {title}"), lead));
        }
    }
    let scored: Vec<Vec<[f64; 3]>> = articles
        .par_iter()
        .map_init(
            || (Document::default(), rouge.scratch()),
            |(document, scratch), article| {
                let mut scores = vec![[0.0; 3]; systems.len()];
                for titled in [true, false] {
                    let options = TextOptions::default()
                        .with_title(Some(article.title.as_str()).filter(|_| titled))
                        .with_line_sentences(article.line_sentences);
                    analyzer.analyze_into(&article.body, options, document);
                    for ((_, _, summarizer), scores) in
                        systems.iter().zip(&mut scores).filter(|(s, _)| s.0 == titled)
                    {
                        let summary = summarizer.summarize(document);
                        let picks: Vec<&str> =
                            summary.picks().iter().map(|p| &article.body[p.span()]).collect();
                        let found = rouge.score(&picks.join("\n"), &[&article.summary], scratch);
                        for (score, found) in scores.iter_mut().zip(found) {
                            *score = 100.0 * found.f_measure;
                        }
                    }
                }
                scores
            },
        )
        .collect();
    for (s, (_, name, _)) in systems.iter().enumerate() {
        let mut sums = [0.0; 3];
        for article in &scored {
            for (sum, score) in sums.iter_mut().zip(article[s]) {
                *sum += score;
            }
        }
        rows.push((name.clone(), sums.map(|sum| sum / articles.len() as f64)));
    }
    Ok(rows)
}
