//! `--multi` and `--cluster`: one summary of several articles, each sentence with its source.

mod output;

use anyhow::Result;
use serde_json::Value;
use tomtat::Document;
use tomtat::multidoc::{
    CondensedArticle, MultiOptions, MultiSummarizer, MultiSummary, TopicVector, clusters_of,
};
use tomtat::page::html::Metadata;
use tomtat::select::{Budget, Query};

use super::arguments::{Arguments, OutputFormat};
use super::style::Style;
use super::work::Work;
use crate::input::{Article, Item, Items, Problem, Record, article_of};
use crate::messages::Messages;
use crate::output::Output;
use crate::run::pipeline::{Weighed, fold};
use crate::run::status::{Status, Tally};
use output::{Object, object, text};

/// Syllables of a summary if no length is asked for: what people write about three articles.
const LENGTH: usize = 180;

/// Articles on one event.
struct Cluster {
    id: String,
    articles: Vec<Dated>,
    /// What was learned of each article; empty if they have yet to be analyzed.
    analyzed: Vec<Analyzed>,
    /// Articles of the record that could not be read.
    problems: Vec<Problem>,
}

/// What is kept of an analyzed article: the document would take ten times as much.
struct Analyzed {
    condensed: CondensedArticle,
    facts: Facts,
}

/// What the output says of an article besides its sentences.
struct Facts {
    title: Option<String>,
    is_presegmented: bool,
    /// Some sentence has a word of the query.
    has_words: bool,
}

/// What is summarized, or why it is not: every record in gives a record out.
enum Entry {
    Cluster(Cluster),
    Failed(Problem),
}

/// The summary of an entry, ready to be printed.
struct Summarized {
    rendered: Option<String>,
    /// Of a cluster: its name, and whether there are sentences and words of the query.
    found: Option<(String, bool, bool)>,
}

pub(super) fn run(work: &Work<'_>, items: Items, safe: bool) -> Result<Status> {
    let arguments = work.arguments;
    let mut tally = Tally::default();
    let mut messages = Messages::default();
    let summarizer = Summarizer::new(work)?;
    let entries = entries(&summarizer, items, &mut tally, &mut messages)?;
    let clusters = entries.iter().filter(|entry| matches!(entry, Entry::Cluster(_))).count();
    let is_machine = matches!(arguments.format, OutputFormat::Json | OutputFormat::Jsonl);
    let printed = if is_machine { entries.len() } else { clusters };
    let style = Style {
        heading: printed > 1,
        first: true,
        title: arguments.title,
        scores: arguments.scores,
        safe,
    };
    let is_array = arguments.format == OutputFormat::Json && printed > 1;
    let mut output = Output::new()?;
    let mut is_first = true;
    fold(
        entries.into_iter(),
        arguments.threads,
        Document::default,
        |scratch, entry| summarizer.summarized(entry, style, scratch),
        |summarized| {
            let Summarized { rendered, found } = summarized?;
            if let Some((id, is_empty, has_words)) = found {
                if !has_words {
                    messages.say("note", &id, "no sentence has a word of the query");
                }
                if is_empty {
                    tally.empty += 1;
                    messages.say("note", &id, "no sentence fits, or no text found");
                } else {
                    tally.done += 1;
                }
            }
            let Some(rendered) = rendered else { return Ok(()) };
            let gap = match (is_array, is_first, is_machine) {
                (true, true, _) => "[\n",
                (true, false, _) => ",\n",
                (false, false, false) => "\n",
                (false, ..) => "",
            };
            is_first = false;
            output.write(gap)?;
            output.write(&rendered)
        },
    )?;
    if is_array {
        output.write("\n]\n")?;
    }
    output.finish()?;
    messages.finish();
    Ok(tally.status())
}

/// Reads all articles, on all threads, and puts together what belongs together.
fn entries(
    summarizer: &Summarizer<'_>,
    items: Items,
    tally: &mut Tally,
    messages: &mut Messages,
) -> Result<Vec<Entry>> {
    let arguments = summarizer.work.arguments;
    let (mut entries, mut pile) = (Vec::new(), Vec::new());
    fold(
        items,
        arguments.threads,
        Document::default,
        |scratch, item| summarizer.read(item, scratch),
        |read| {
            match read {
                Ok(Read::Cluster(cluster)) => {
                    // A cluster of which something could not be read has failed in part.
                    tally.failed += u64::from(!cluster.problems.is_empty());
                    cluster.problems.iter().for_each(|problem| messages.problem(problem));
                    entries.push(Entry::Cluster(cluster));
                }
                Ok(Read::Article(article, learned)) => pile.push((*article, learned)),
                Err(problem) => {
                    tally.failed += 1;
                    messages.problem(&problem);
                    entries.push(Entry::Failed(problem));
                }
            }
            Ok(())
        },
    )?;
    if !pile.is_empty() {
        sort_by_time(&mut pile, |(article, _)| article);
        entries.extend(pile_clusters(pile).into_iter().map(Entry::Cluster));
    }
    Ok(entries)
}

/// What all threads share.
struct Summarizer<'w> {
    work: &'w Work<'w>,
    multi: MultiSummarizer,
    query: Option<Query>,
}

impl<'w> Summarizer<'w> {
    fn new(work: &'w Work<'w>) -> Result<Self> {
        let (arguments, analyzer) = (work.arguments, &work.analyzer);
        let mut summarizer = MultiSummarizer::new(analyzer)
            .with_budget(arguments.length.chosen()?.unwrap_or(Budget::syllables(LENGTH)?));
        if arguments.dangling {
            let mut options = MultiOptions::default();
            options.dangling = 1.0;
            summarizer = summarizer.with_options(options);
        }
        let query = arguments.query(analyzer)?;
        if let Some(query) = &query {
            summarizer = summarizer.with_query(query.clone());
        }
        if let Some(known) = arguments.known(analyzer)? {
            summarizer = summarizer.with_seen(known);
        }
        Ok(Self { work, multi: summarizer, query })
    }

    /// Reads an article, or a record that holds several.
    fn read(&self, item: Item, scratch: &mut Document) -> Result<Read, Problem> {
        let reading = &self.work.reading;
        let (place, record) = match item.record() {
            Ok(record) => record,
            Err(item) => {
                let article = item.article(reading)?;
                return Ok(self.article(Dated::new(article, None), scratch));
            }
        };
        let fields = &reading.fields;
        let Some(documents) = record.get("documents").and_then(Value::as_array) else {
            let article = article_of(&record, &place, fields)?;
            return Ok(self.article(Dated::new(article, Some(&record)), scratch));
        };
        let id = fields.id_of(&record).unwrap_or_else(|| place.clone());
        let (mut articles, mut problems) = (Vec::new(), Vec::new());
        for (i, document) in documents.iter().enumerate() {
            let place = format!("{place}, document {}", i + 1);
            let article = match document {
                Value::Object(document) => article_of(document, &place, fields)
                    .map(|article| Dated::new(article, Some(document))),
                _ => Err(Problem::new(place, "not a JSON object")),
            };
            match article {
                Ok(article) => articles.push(article),
                Err(problem) => problems.push(problem),
            }
        }
        sort_by_time(&mut articles, |article| article);
        Ok(Read::Cluster(Cluster { id, articles, analyzed: Vec::new(), problems }))
    }

    /// Keeps of an article of the pile what is needed: to find the event that it belongs to, or to
    /// summarize all of the pile.
    fn article(&self, article: Dated, scratch: &mut Document) -> Read {
        let learned = if self.work.arguments.cluster {
            self.analyze(&article.article, scratch);
            Learned::Topic(TopicVector::new(scratch, self.work.analyzer.background()))
        } else {
            Learned::All(Box::new(self.analyzed(&article.article, scratch)))
        };
        Read::Article(Box::new(article), learned)
    }

    fn analyze(&self, article: &Article, scratch: &mut Document) {
        let options = article.options(self.work.arguments.raw);
        self.work.analyzer.analyze_into(&article.text, options, scratch);
    }

    fn analyzed(&self, article: &Article, scratch: &mut Document) -> Analyzed {
        self.analyze(article, scratch);
        let document = &*scratch;
        let facts = Facts {
            title: document.title().map(|title| title.text().to_owned()),
            is_presegmented: document.is_presegmented(),
            has_words: self
                .query
                .as_ref()
                .is_none_or(|query| document.sentences().any(|s| query.fit(s) > 0.0)),
        };
        Analyzed { condensed: self.multi.condense(document), facts }
    }

    /// Summarizes an entry and writes it in the format that was asked for.
    fn summarized(&self, entry: Entry, style: Style, scratch: &mut Document) -> Result<Summarized> {
        let arguments = self.work.arguments;
        let format = arguments.format;
        let is_element = format == OutputFormat::Json && style.heading;
        let json = |object: &Object<'_>| {
            Ok::<_, anyhow::Error>(match format {
                OutputFormat::Json if is_element => Some(serde_json::to_string_pretty(object)?),
                OutputFormat::Json => Some(serde_json::to_string_pretty(object)? + "\n"),
                OutputFormat::Jsonl => Some(serde_json::to_string(object)? + "\n"),
                _ => None,
            })
        };
        let cluster = match entry {
            Entry::Cluster(cluster) => cluster,
            Entry::Failed(problem) => {
                return Ok(Summarized { rendered: json(&Object::failed(&problem))?, found: None });
            }
        };
        let told = self.told(cluster, scratch);
        let has_words = told.facts.iter().any(|facts| facts.has_words) || self.query.is_none();
        let is_empty = told.summary.picks().is_empty();
        let rendered = match json(&object(&told))? {
            Some(text) => Some(text),
            None if is_empty => None,
            None => Some(text(arguments, &told, style)),
        };
        Ok(Summarized { rendered, found: Some((told.id, is_empty, has_words)) })
    }

    fn told(&self, cluster: Cluster, scratch: &mut Document) -> Told {
        let Cluster { id, articles, mut analyzed, problems } = cluster;
        if analyzed.is_empty() {
            analyzed.extend(articles.iter().map(|dated| self.analyzed(&dated.article, scratch)));
        }
        let (condensed, facts) =
            analyzed.into_iter().map(|article| (article.condensed, article.facts)).unzip();
        let summary = self.multi.summarize_condensed(condensed);
        Told { id, articles, facts, problems, summary }
    }
}

/// A cluster with its summary.
struct Told {
    id: String,
    articles: Vec<Dated>,
    facts: Vec<Facts>,
    problems: Vec<Problem>,
    summary: MultiSummary,
}

impl Weighed for Entry {
    fn weight(&self) -> usize {
        match self {
            // A cluster is work enough for a thread.
            Self::Cluster(cluster) => cluster.articles.len() << 16,
            Self::Failed(_) => 0,
        }
    }
}

/// The line of JSON Lines for one record that holds several articles.
#[cfg(feature = "serve")]
pub(crate) fn one(arguments: &Arguments, place: &str, record: &str) -> Result<String> {
    let work = super::work(arguments)?;
    let summarizer = Summarizer::new(&work)?;
    let mut scratch = Document::default();
    let item = Item::Json { place: place.to_owned(), text: record.to_owned() };
    let problem = |problem: Problem| anyhow::anyhow!("{problem}");
    let Read::Cluster(cluster) = summarizer.read(item, &mut scratch).map_err(problem)? else {
        anyhow::bail!("{place}: the record has no list `documents`");
    };
    let told = summarizer.told(cluster, &mut scratch);
    Ok(serde_json::to_string(&object(&told))? + "\n")
}

enum Read {
    Article(Box<Dated>, Learned),
    Cluster(Cluster),
}

/// What is kept of an article of the pile.
enum Learned {
    /// All that a summary needs.
    All(Box<Analyzed>),
    /// What it is about; it is analyzed again when its event is summarized.
    Topic(TopicVector),
}

/// An article and when it was written, as sortable numbers.
struct Dated {
    article: Article,
    time: Option<Vec<u32>>,
}

impl Dated {
    /// Dates an article by its record, else by what its page says of itself.
    fn new(article: Article, record: Option<&Record>) -> Self {
        let field = |name| record.and_then(|record| record.get(name)).and_then(Value::as_str);
        let of_page = || article.metadata.as_ref().and_then(Metadata::published);
        let text = ["time", "date", "published"].into_iter().find_map(field).or_else(of_page);
        let time = text.and_then(time_of);
        Self { article, time }
    }
}

/// Reads a date: 23/10/2013 11:39 or 2013-10-23T11:39.
fn time_of(text: &str) -> Option<Vec<u32>> {
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
fn sort_by_time<T>(articles: &mut [T], dated: impl Fn(&T) -> &Dated) {
    if articles.iter().all(|article| dated(article).time.is_some()) {
        articles.sort_by(|a, b| dated(a).time.cmp(&dated(b).time));
    }
}

/// One cluster of all articles, or with `--cluster` one an event.
fn pile_clusters(pile: Vec<(Dated, Learned)>) -> Vec<Cluster> {
    let (mut articles, mut analyzed, mut topics) = (Vec::new(), Vec::new(), Vec::new());
    for (article, learned) in pile {
        articles.push(article);
        match learned {
            Learned::All(learned) => analyzed.push(*learned),
            Learned::Topic(topic) => topics.push(topic),
        }
    }
    if topics.is_empty() {
        return vec![Cluster { id: "all".to_owned(), articles, analyzed, problems: Vec::new() }];
    }
    let groups = clusters_of(&topics);
    let mut clusters: Vec<Cluster> = (1..=groups.len())
        .map(|n| Cluster {
            id: format!("event {n}"),
            articles: Vec::new(),
            analyzed: Vec::new(),
            problems: Vec::new(),
        })
        .collect();
    let mut group_of = vec![0; articles.len()];
    for (g, group) in groups.iter().enumerate() {
        group.iter().for_each(|&d| group_of[d] = g);
    }
    for (article, g) in articles.into_iter().zip(group_of) {
        clusters[g].articles.push(article);
    }
    clusters
}
