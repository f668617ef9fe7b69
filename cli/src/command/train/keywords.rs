//! `tomtat train keywords`: the ranker of key terms, and how good it is.

use std::sync::Arc;
use std::thread::available_parallelism;

use anyhow::{Result, bail};
use clap::Args;
use tomtat::corpus::keywords::{KeywordOptions, keywords};
use tomtat::eval::keywords::GoldKeywords;
use tomtat::train::keywords::{KeywordTrainingOptions, TaggedArticle, train};
use tomtat::{Analyzer, Document, Models, TextOptions};

use super::Provenance;
use crate::dataset::Fields;
use crate::dataset::tagged::{Tagged, read};
use crate::output::message;
use crate::run::status::Status;
use crate::scoring::texts::print_problems;

/// Arguments of `tomtat train keywords`.
#[derive(Debug, Args)]
#[command(after_help = "\
Every record holds title, abstract, body and tags, the list of key terms. The ranker is learned twice:
from the articles that are not set aside, to score it, and from all, to write it.

Example:
  tomtat train keywords tagged.jsonl -o mine.keywords")]
pub(super) struct Arguments {
    #[command(flatten)]
    provenance: Provenance,
    /// Names of the fields: id=NAME title=NAME body=NAME reference=NAME.
    #[arg(long, value_name = "PART=NAME", num_args = 1..)]
    field: Vec<String>,
    /// One article of so many is set aside to score the ranker on; 0 sets none aside.
    #[arg(long, value_name = "N", default_value_t = 8)]
    aside: usize,
    /// Trees.
    #[arg(long, value_name = "N", default_value_t = KeywordTrainingOptions::default().trees)]
    trees: usize,
    /// Threads; 0 takes one for each core. The model is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let fields = Fields::parse(&arguments.field).map_err(|problem| anyhow::anyhow!(problem))?;
    let (articles, problems) = read(&arguments.provenance.files, &fields);
    print_problems(&problems);
    if articles.len() < 10 {
        bail!("{} articles with key terms found, at least 10 are needed", articles.len());
    }
    let analyzer = Analyzer::new();
    let mut options = KeywordTrainingOptions::default();
    options.trees = arguments.trees;
    options.threads = match arguments.threads {
        0 => available_parallelism().map_or(1, std::num::NonZero::get),
        n => n,
    };
    let mut info = arguments.provenance.info("keywords");
    let of = |articles: &[&Tagged]| -> Vec<TaggedArticle> {
        articles.iter().map(|a| TaggedArticle::new(a.text.clone(), a.tags.clone())).collect()
    };
    let (mut aside, mut learned) = (Vec::new(), Vec::new());
    for (at, article) in articles.iter().enumerate() {
        let is_aside = arguments.aside > 0 && at % arguments.aside == 0;
        if is_aside { aside.push(article) } else { learned.push(article) }
    }
    let mut model = train(&analyzer, &of(&learned), options);
    if !aside.is_empty() {
        message("note", format_args!("{} articles, {} set aside", learned.len(), aside.len()));
        for (name, model) in [("aside", &model), ("aside, tags unknown", &model.without_phrases())]
        {
            for k in [5, 10] {
                let models = analyzer.models().clone().with_keywords(Arc::new(model.clone()));
                let score = 100.0 * f1_at(&analyzer, &models, &aside, k);
                message("note", format_args!("{name}: F1@{k} {score:.2}"));
                info.scores.insert(format!("{name}, F1@{k}"), (score * 100.0).round() / 100.0);
            }
        }
        model = train(&analyzer, &of(&articles.iter().collect::<Vec<_>>()), options);
    }
    arguments.provenance.write(&model.write(info))?;
    Ok(if problems.is_empty() { Status::Done } else { Status::Partial })
}

/// Mean F1 of the best `k`, over the articles with key terms that occur in them.
fn f1_at(analyzer: &Analyzer, models: &Models, articles: &[&Tagged], k: usize) -> f64 {
    let mut document = Document::default();
    let (mut sum, mut count) = (0.0, 0);
    for article in articles {
        let gold = GoldKeywords::new(article.tags.iter().map(String::as_str));
        let gold = gold.present_in(&article.text);
        if gold.is_empty() {
            continue;
        }
        analyzer.analyze_into(&article.text, TextOptions::default(), &mut document);
        let options = KeywordOptions::default().with_top(k);
        let found = keywords(&document, models, options);
        let found: Vec<&str> = found.iter().map(|f| &document.text()[f.form()]).collect();
        sum += gold.f1_at(&found, k);
        count += 1;
    }
    sum / f64::from(count.max(1))
}
