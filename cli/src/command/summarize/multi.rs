//! `--multi` and `--cluster`: one summary of several articles, each sentence with its source.

use std::fmt::Write;

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;
use tomtat::multidoc::cluster::clusters;
use tomtat::multidoc::{MultiSummarizer, MultiSummary};
use tomtat::select::Budget;
use tomtat::{Analyzer, Document};

use super::arguments::{Arguments, OutputFormat};
use super::style::{Style, shown};
use super::work::Work;
use crate::input::{Article, Item, Items, Problem, Record, article_of};
use crate::output::{Output, message};
use crate::run::status::{Status, Tally};

/// Syllables of a summary if no length is asked for: what people write about three articles.
const LENGTH: usize = 180;

/// Articles on one event.
struct Cluster {
    id: String,
    articles: Vec<Dated>,
    documents: Vec<Document>,
}

pub(super) fn run(work: &Work<'_>, items: Items, safe: bool) -> Result<Status> {
    let arguments = work.arguments;
    let mut tally = Tally::default();
    let (mut clusters, mut pile) = (Vec::new(), Vec::new());
    for item in items {
        match read(work, item) {
            Ok(Read::Cluster(id, articles)) => clusters.push((id, articles)),
            Ok(Read::Article(article)) => pile.push(*article),
            Err(problem) => {
                tally.failed += 1;
                message("error", problem);
            }
        }
    }
    let analyzer = &work.analyzer;
    let mut read: Vec<Cluster> = Vec::new();
    for (id, mut articles) in clusters {
        sort_by_time(&mut articles);
        let documents = articles.iter().map(|a| analyze(arguments, analyzer, a)).collect();
        read.push(Cluster { id, articles, documents });
    }
    if !pile.is_empty() {
        sort_by_time(&mut pile);
        let documents: Vec<Document> =
            pile.iter().map(|a| analyze(arguments, analyzer, a)).collect();
        read.extend(pile_clusters(arguments, analyzer, pile, documents));
    }
    let mut summarizer = MultiSummarizer::new(analyzer)
        .with_budget(arguments.length.chosen()?.unwrap_or(Budget::syllables(LENGTH)?));
    if let Some(path) = &arguments.ranker {
        summarizer = summarizer.with_model(crate::models::ranker_model(path)?);
    }
    let query = arguments.query(analyzer)?;
    if let Some(query) = &query {
        summarizer = summarizer.with_query(query.clone());
    }
    if let Some(known) = arguments.known(analyzer)? {
        summarizer = summarizer.with_seen(known);
    }
    let mut output = Output::new();
    let several = read.len() > 1;
    let array = arguments.format == OutputFormat::Json && several;
    if array {
        output.write("[\n")?;
    }
    for (place, cluster) in read.iter().enumerate() {
        let summary = summarizer.summarize(&cluster.documents);
        if let Some(query) = &query
            && !cluster.documents.iter().any(|d| d.sentences().any(|s| query.relevance(s) > 0.0))
        {
            message("note", format_args!("{}: no sentence has a word of the query", cluster.id));
        }
        if summary.picks().is_empty() {
            tally.empty += 1;
            message("note", format_args!("{}: no sentence fits, or no text found", cluster.id));
        } else {
            tally.done += 1;
        }
        let rendered = match arguments.format {
            OutputFormat::Json => {
                let text = serde_json::to_string_pretty(&object(cluster, &summary))?;
                let end = if array && place + 1 < read.len() { ",\n" } else { "\n" };
                format!("{text}{end}")
            }
            OutputFormat::Jsonl => {
                format!("{}\n", serde_json::to_string(&object(cluster, &summary))?)
            }
            OutputFormat::Text | OutputFormat::Markdown | OutputFormat::Html
                if summary.picks().is_empty() =>
            {
                continue;
            }
            OutputFormat::Text | OutputFormat::Markdown | OutputFormat::Html => {
                let style = Style {
                    heading: several,
                    first: place == 0,
                    title: arguments.title,
                    scores: arguments.scores,
                    safe,
                };
                let markdown = arguments.format == OutputFormat::Markdown;
                text(cluster, &summary, style, markdown)
            }
        };
        output.write(&rendered)?;
    }
    if array {
        output.write("]\n")?;
    }
    output.finish()?;
    Ok(tally.status())
}

enum Read {
    Article(Box<Dated>),
    Cluster(String, Vec<Dated>),
}

/// An article and when it was written, as sortable numbers.
struct Dated {
    article: Article,
    time: Option<Vec<u32>>,
}

/// Reads an article, or a record that holds several.
fn read(work: &Work<'_>, item: Item) -> Result<Read, Problem> {
    let (place, record) = match item.record() {
        Ok(record) => record,
        Err(item) => {
            let article = item.article(&work.reading)?;
            return Ok(Read::Article(Box::new(Dated { article, time: None })));
        }
    };
    let fields = &work.reading.fields;
    let Some(documents) = record.get("documents").and_then(Value::as_array) else {
        let time = time_of(&record);
        let article = article_of(&record, &place, fields)?;
        return Ok(Read::Article(Box::new(Dated { article, time })));
    };
    let id = fields.id_of(&record).unwrap_or_else(|| place.clone());
    let mut articles = Vec::new();
    for (i, document) in documents.iter().enumerate() {
        let place = format!("{place}, document {}", i + 1);
        let problem = |problem: Problem| problem.of_record(Some(id.clone()));
        let Value::Object(document) = document else {
            return Err(problem(Problem::new(place, "not a JSON object")));
        };
        let article = article_of(document, &place, fields).map_err(problem)?;
        articles.push(Dated { article, time: time_of(document) });
    }
    Ok(Read::Cluster(id, articles))
}

/// Reads `time` or `date`: 23/10/2013 11:39 or 2013-10-23T11:39.
fn time_of(record: &Record) -> Option<Vec<u32>> {
    let text = record.get("time").or_else(|| record.get("date"))?.as_str()?;
    let mut numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    if numbers.len() < 3 {
        return None;
    }
    if numbers[0] <= 31 && numbers[2] > 31 {
        numbers.swap(0, 2);
    }
    Some(numbers)
}

/// Older articles first, if all have a time; otherwise the order of the input stays.
fn sort_by_time(articles: &mut [Dated]) {
    if articles.iter().all(|a| a.time.is_some()) {
        articles.sort_by(|a, b| a.time.cmp(&b.time));
    }
}

fn analyze(arguments: &Arguments, analyzer: &Analyzer, dated: &Dated) -> Document {
    let article = &dated.article;
    analyzer.analyze_with(&article.text, article.options(arguments.raw))
}

/// One cluster of all articles, or with `--cluster` one an event.
fn pile_clusters(
    arguments: &Arguments,
    analyzer: &Analyzer,
    articles: Vec<Dated>,
    documents: Vec<Document>,
) -> Vec<Cluster> {
    if !arguments.cluster {
        return vec![Cluster { id: "all".to_owned(), articles, documents }];
    }
    let groups = clusters(&documents, analyzer.background());
    let mut clusters: Vec<Cluster> = (1..=groups.len())
        .map(|n| Cluster { id: format!("event {n}"), articles: Vec::new(), documents: Vec::new() })
        .collect();
    let mut group_of = vec![0; documents.len()];
    for (g, group) in groups.iter().enumerate() {
        group.iter().for_each(|&d| group_of[d] = g);
    }
    for ((article, document), g) in articles.into_iter().zip(documents).zip(group_of) {
        clusters[g].articles.push(article);
        clusters[g].documents.push(document);
    }
    clusters
}

/// The schema `tomtat.digest/1`. Fields are added, never changed.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    id: &'a str,
    /// `ok` or `empty`.
    status: &'static str,
    documents: Vec<Source<'a>>,
    sentences: Vec<Sentence<'a>>,
    length: Length,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    title: Option<&'a str>,
    /// Number of the document that this one is a copy of.
    copy_of: Option<usize>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    /// Number of its document, from 0.
    document: usize,
    start: usize,
    end: usize,
    char_start: usize,
    char_end: usize,
    score: f64,
    rank: usize,
}

#[derive(Serialize)]
struct Length {
    unit: &'static str,
    asked: Option<usize>,
    given: usize,
}

fn object<'a>(cluster: &'a Cluster, summary: &MultiSummary) -> Object<'a> {
    let copy_of = |d: usize| summary.copies().iter().find(|(c, _)| *c == d).map(|(_, of)| *of);
    let documents = cluster.articles.iter().zip(&cluster.documents).enumerate();
    let documents = documents.map(|(d, (dated, document))| Source {
        id: &dated.article.id,
        title: document.title().map(tomtat::document::Title::text),
        copy_of: copy_of(d),
    });
    let sentences = summary.picks().iter().filter_map(|pick| {
        let document = &cluster.documents[pick.document()];
        let sentence = document.sentence(pick.sentence())?;
        let span = sentence.span();
        let char_start = document.text()[..span.start].chars().count();
        Some(Sentence {
            text: sentence.text(),
            document: pick.document(),
            start: span.start,
            end: span.end,
            char_start,
            char_end: char_start + sentence.text().chars().count(),
            score: pick.score(),
            rank: pick.rank(),
        })
    });
    let length = summary.length();
    Object {
        schema: "tomtat.digest/1",
        id: &cluster.id,
        status: if summary.picks().is_empty() { "empty" } else { "ok" },
        documents: documents.collect(),
        sentences: sentences.collect(),
        length: Length { unit: length.unit, asked: length.asked, given: length.given },
    }
}

/// One sentence a line with the number of its source, then the sources.
fn text(cluster: &Cluster, summary: &MultiSummary, style: Style, markdown: bool) -> String {
    let mut out = String::new();
    let bullet = if markdown { "- " } else { "" };
    if style.heading {
        let gap = if style.first { "" } else { "\n" };
        let (open, close) = if markdown { ("## ", "\n") } else { ("==> ", " <==") };
        let _ = writeln!(out, "{gap}{open}{}{close}", shown(&cluster.id, false, style));
    }
    for pick in summary.picks() {
        let document = &cluster.documents[pick.document()];
        let Some(sentence) = document.sentence(pick.sentence()) else { continue };
        let text = shown(sentence.text(), document.is_presegmented(), style);
        let text = if markdown { super::markdown::escaped(&text) } else { text };
        let _ = write!(out, "{bullet}");
        if style.scores && !markdown {
            let _ = write!(out, "{}\t{:.4}\t", pick.rank(), pick.score());
        }
        let _ = write!(out, "{text} [{}]", pick.document() + 1);
        for copy in pick.duplicates() {
            let _ = write!(out, "[{}]", copy + 1);
        }
        out.push('\n');
    }
    out.push('\n');
    for (d, (dated, document)) in cluster.articles.iter().zip(&cluster.documents).enumerate() {
        let _ = write!(out, "{bullet}[{}] {}", d + 1, shown(&dated.article.id, false, style));
        if let Some(title) = document.title() {
            let title = shown(title.text(), document.is_presegmented(), style);
            let title = if markdown { super::markdown::escaped(&title) } else { title };
            let _ = write!(out, ": {title}");
        }
        if let Some((_, of)) = summary.copies().iter().find(|(copy, _)| *copy == d) {
            let _ = write!(out, " (a copy of [{}])", of + 1);
        }
        out.push('\n');
    }
    out
}
