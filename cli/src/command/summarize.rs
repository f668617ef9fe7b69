//! `tomtat summarize`: the key sentences of articles.

mod explain;
mod highlight;
mod html;
mod json;
mod markdown;
mod multi;
mod report;
mod text;
mod view;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use tomtat::article::Role;
use tomtat::rank::trained::Trained;
use tomtat::rank::{self, Ranker};
use tomtat::select::Mmr;
use tomtat::select::query::{Known, Query};
use tomtat::summary::{Order, Summary};
use tomtat::text::encoding::Encoding;
use tomtat::{Analyzer, Document, Summarizer, TextOptions};

use crate::batch::{Job, Jobs, in_order};
use crate::input::{
    Article, Fields, Format, Problem, Source, article_of, expand, page_of, waits_for_terminal,
};
use crate::length::LengthArguments;
use crate::models;
use crate::output::{Output, message};
use crate::status::{Status, Tally};
use explain::Explainer;
use report::{Outcome, Report};
use view::{View, ViewArguments};

/// Arguments of `tomtat summarize`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Exit codes: 0 done; 1 nothing to give; 2 wrong usage or nothing readable; 3 some inputs failed.

Examples:
  tomtat summarize article.txt
  tomtat summarize --length auto article.txt
  tomtat summarize --explain article.txt
  tomtat summarize -f html news/*.txt > page.html
  tomtat summarize -n 1 --title -f markdown news/*.txt
  tomtat summarize --multi -w 150 bao-*.txt
  tomtat summarize --query 'giá gạo' article.txt
  tomtat summarize -R corpus/ -f jsonl > summaries.jsonl
  tomtat summarize articles.jsonl --field id=url body=content -w 60")]
pub(crate) struct Arguments {
    /// Articles: text files, HTML pages, JSON Lines (.jsonl), also packed as .zst; - is standard
    /// input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Read the files in folders, too.
    #[arg(short = 'R', long)]
    recursive: bool,
    /// How the input is to be read.
    #[arg(long, value_enum, default_value = "auto", value_name = "FORMAT")]
    input: Format,
    /// Names of the fields in JSON Lines: id=NAME title=NAME body=NAME.
    #[arg(long, value_name = "PART=NAME", num_args = 1..)]
    field: Vec<String>,
    /// Encoding of the files; without it they are UTF-8, or what is certain from their bytes.
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,

    #[command(flatten)]
    length: LengthArguments,

    /// How sentences are ranked.
    #[arg(short, long, value_name = "NAME", default_value = rank::DEFAULT, value_parser = methods(), help_heading = "Choice")]
    method: String,
    /// Choose by score and repetition (maximal marginal relevance), with this weight of the score,
    /// 0 to 1; 1 allows any repetition [default: 0.5, and none for the trained ranker, which judges
    /// whole sets].
    #[arg(long, value_name = "LAMBDA", help_heading = "Choice")]
    mmr: Option<f64>,
    /// Take sentences that open with "Tuy nhiên" or "Ông này" as any other, without the sentence
    /// before.
    #[arg(long, help_heading = "Choice")]
    dangling: bool,
    /// Sentence ranker for the method trained, made by `tomtat train ranker`.
    #[arg(long, value_name = "FILE", help_heading = "Choice")]
    ranker: Option<PathBuf>,
    /// Order of the sentences.
    #[arg(long, value_enum, default_value = "document", help_heading = "Choice")]
    order: OrderName,
    /// What the summary is to be about: a question, or some words.
    #[arg(long, value_name = "TEXT", help_heading = "Choice")]
    query: Option<String>,
    /// What the reader has read: sentences that repeat it are left out.
    #[arg(long, value_name = "FILE", help_heading = "Choice")]
    seen: Vec<PathBuf>,
    /// One summary of all articles, each sentence with its source; copies of an article count once.
    /// A record of JSON Lines with a list `documents` is a summary of its own.
    #[arg(long, conflicts_with_all = ["method", "mmr", "order"], help_heading = "Choice")]
    multi: bool,
    /// As --multi, but group the articles by event first: one summary an event.
    #[arg(long, conflicts_with_all = ["method", "mmr", "order"], help_heading = "Choice")]
    cluster: bool,
    /// Take every line as part of the article: no search for captions, bylines, related links.
    #[arg(long, help_heading = "Choice")]
    raw: bool,
    /// Give the lead paragraph (sapo) of each article instead of a summary.
    #[arg(long, conflicts_with_all = ["budget", "raw"], help_heading = "Choice")]
    sapo: bool,
    /// Background statistics to weigh words with, made by `tomtat train idf`.
    #[arg(long, value_name = "FILE", help_heading = "Choice")]
    model: Option<PathBuf>,
    /// Word segmenter, made by `tomtat train segmenter` or `tomtat train lexicon`.
    #[arg(long, value_name = "FILE", help_heading = "Choice")]
    segmenter: Option<PathBuf>,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    format: OutputFormat,
    /// Print the title, where it is known.
    #[arg(long, help_heading = "Output")]
    title: bool,
    /// Print rank and score of each sentence.
    #[arg(long, help_heading = "Output")]
    scores: bool,
    /// Say on standard error what was left out of each article.
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,
    #[command(flatten)]
    view: ViewArguments,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Output")]
    threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OrderName {
    /// As in the article.
    Document,
    /// The best first.
    Score,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// One sentence a line.
    Text,
    /// One JSON object an article; an array of them for several articles.
    Json,
    /// One JSON object an article, one a line.
    Jsonl,
    /// A list of sentences an article.
    Markdown,
    /// One page with the articles, their key sentences marked and explained; not for --multi.
    Html,
}

fn methods() -> PossibleValuesParser {
    PossibleValuesParser::new(
        rank::REGISTRY.iter().map(|e| PossibleValue::new(e.info.name).help(e.info.summary)),
    )
}

impl Arguments {
    fn analyzer(&self) -> Result<Analyzer> {
        let mut analyzer = Analyzer::new();
        if let Some(path) = &self.model {
            analyzer = analyzer.with_background(models::background(path)?);
        }
        if let Some(path) = &self.segmenter {
            analyzer = analyzer.with_segmenter(models::segmenter(path)?);
        }
        Ok(analyzer)
    }

    /// The ranker, and once more with its own type if it is the trained one.
    fn chosen_ranker(&self) -> Result<(Arc<dyn Ranker>, Option<Trained>)> {
        let trained = match &self.ranker {
            Some(path) if self.method == rank::trained::INFO.name => {
                Trained::new(models::ranker_model(path)?)
            }
            Some(_) => bail!("--ranker is for the method trained, not for {}", self.method),
            None if self.method == rank::trained::INFO.name => Trained::default(),
            None => {
                return Ok((
                    Arc::from(rank::by_name(&self.method).context("no such method")?),
                    None,
                ));
            }
        };
        Ok((Arc::new(trained.clone()), Some(trained)))
    }

    /// Refuses formats that cannot show what is asked for.
    fn check_view(&self) -> Result<()> {
        let format = self.format;
        if format == OutputFormat::Html && (self.multi || self.cluster) {
            bail!("-f html shows single articles; it does not go with --multi or --cluster");
        }
        if self.view.highlight && (format != OutputFormat::Text || self.view.explain) {
            bail!("--highlight is a text format of its own; for a page use -f html");
        }
        if self.view.explain && format == OutputFormat::Markdown {
            bail!("--explain goes with -f text, json, jsonl and html, not with markdown");
        }
        Ok(())
    }

    /// Who explains the summaries, if that is asked for.
    fn explainer(
        &self,
        ranker: &Arc<dyn Ranker>,
        trained: Option<Trained>,
    ) -> Result<Option<Explainer>> {
        let wanted = self.view.explain || self.format == OutputFormat::Html;
        if !wanted || self.sapo {
            return Ok(None);
        }
        Ok(Some(Explainer {
            ranker: Arc::clone(ranker),
            trained,
            budget: self.length.budget()?,
            raw: self.raw,
            refined: self.query.is_some() || !self.seen.is_empty(),
        }))
    }

    fn summarizer(&self, analyzer: &Analyzer, ranker: Arc<dyn Ranker>) -> Result<Summarizer> {
        let mut summarizer = Summarizer::with_parts(analyzer, ranker);
        if let Some(lambda) = self.mmr {
            if !(0.0..=1.0).contains(&lambda) {
                bail!("--mmr takes a number from 0 to 1, found {lambda}");
            }
            summarizer = summarizer.with_selector(Mmr::new(lambda));
        }
        if let Some(query) = self.query(analyzer)? {
            summarizer = summarizer.with_query(query);
        }
        if let Some(known) = self.known(analyzer)? {
            summarizer = summarizer.with_known(known);
        }
        Ok(summarizer
            .with_budget(self.length.budget()?)
            .with_self_standing(!self.dangling)
            .with_order(match self.order {
                OrderName::Document => Order::Document,
                OrderName::Score => Order::Score,
            }))
    }
}

impl Arguments {
    /// Returns what the reader asks.
    fn query(&self, analyzer: &Analyzer) -> Result<Option<Query>> {
        let Some(query) = &self.query else { return Ok(None) };
        let query = Query::new(query, analyzer.background());
        if query.is_empty() {
            bail!("--query has no word to look for");
        }
        Ok(Some(query))
    }

    /// Reads what the reader has read.
    fn known(&self, analyzer: &Analyzer) -> Result<Option<Arc<Known>>> {
        let mut known = Known::default();
        for path in &self.seen {
            let source = Source::File(path.clone());
            let article = page_of(&source, self.encoding)
                .map_err(|problem| anyhow::anyhow!("--seen {problem}"))?;
            let options = TextOptions::default().with_raw(true);
            known.add(&analyzer.analyze_with(&article.text, options));
        }
        Ok((!self.seen.is_empty()).then(|| Arc::new(known)))
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let fields = Fields::parse(&arguments.field).map_err(anyhow::Error::msg)?;
    arguments.check_view()?;
    let analyzer = arguments.analyzer()?;
    let (ranker, trained) = arguments.chosen_ranker()?;
    let explainer = arguments.explainer(&ranker, trained)?;
    let summarizer = arguments.summarizer(&analyzer, ranker)?;
    let (sources, problems) = expand(&arguments.files, arguments.recursive);
    if waits_for_terminal(&sources, !arguments.files.is_empty()) {
        bail!("no input: name a FILE, pipe text in, or name - to type an article (see --help)");
    }
    if sources.is_empty() && problems.is_empty() {
        message(
            "note",
            "no text files found (.txt, .text, .md, .jsonl, .ndjson, or these as .zst)",
        );
        return Ok(Status::Nothing);
    }
    let is_stream = sources.iter().any(|s| s.format(arguments.input) == Format::Jsonl);
    let several = is_stream || sources.len() + problems.len() > 1;

    let work = Work { arguments, fields, analyzer, summarizer, explainer };
    if arguments.multi || arguments.cluster {
        let jobs = Jobs::new(problems, sources, arguments.input);
        return multi::run(&work, jobs, io::stdout().is_terminal());
    }
    let mut writer = Writer {
        output: Output::new(),
        arguments,
        several,
        safe: io::stdout().is_terminal(),
        is_stream,
        printed: 0,
        warned: 0,
        tally: Tally::default(),
    };
    writer.begin()?;
    let jobs = Jobs::new(problems, sources, arguments.input);
    in_order(
        jobs,
        arguments.threads,
        |job, document| work.report(job, document),
        |report| writer.print(&report),
    )?;
    writer.finish()
}

/// What every thread needs to turn a job into a report.
struct Work<'a> {
    arguments: &'a Arguments,
    fields: Fields,
    analyzer: Analyzer,
    summarizer: Summarizer,
    explainer: Option<Explainer>,
}

impl Work<'_> {
    fn report(&self, job: Job, document: &mut Document) -> Report {
        let place = job.place();
        match self.article(job) {
            Ok(article) => self.summarize(article, document),
            Err(problem) => Report::unreadable(place, &self.arguments.method, problem),
        }
    }

    fn article(&self, job: Job) -> Result<Article, Problem> {
        match job {
            Job::Broken(problem) => Err(problem),
            Job::File(source) => page_of(&source, self.arguments.encoding),
            Job::Line { place, text } => {
                article_of(&text, &place, &self.fields).map(Article::with_markup_read)
            }
        }
    }

    fn summarize(&self, article: Article, document: &mut Document) -> Report {
        let options = article.options(self.arguments.raw);
        self.analyzer.analyze_into(&article.text, options, document);
        let summary = if self.arguments.sapo {
            Summary::of_role(document, Role::Sapo)
        } else {
            self.summarizer.summarize(document)
        };
        let explanation = self
            .explainer
            .as_ref()
            .map(|explainer| explainer.explain(&self.analyzer, &article, document, &summary));
        let shown = self.arguments.view.highlight || self.arguments.format == OutputFormat::Html;
        let view = shown.then(|| View::new(document, &summary));
        Report { explanation, view, ..Report::new(article, document, &summary) }
    }
}

/// Prints reports in the order of the input and counts them.
struct Writer<'a> {
    output: Output,
    arguments: &'a Arguments,
    /// More than one article is to come, perhaps.
    several: bool,
    /// The output is a terminal: control characters must not reach it.
    safe: bool,
    /// Articles come as lines of a file: there may be very many.
    is_stream: bool,
    printed: u64,
    warned: u64,
    tally: Tally,
}

impl Writer<'_> {
    fn is_array(&self) -> bool {
        self.arguments.format == OutputFormat::Json && self.several
    }

    fn begin(&mut self) -> Result<()> {
        match self.arguments.format {
            OutputFormat::Html => self.output.write(&html::head()),
            _ if self.is_array() => self.output.write("["),
            _ => Ok(()),
        }
    }

    fn print(&mut self, report: &Report) -> Result<()> {
        self.count(report);
        let rendered = match self.arguments.format {
            OutputFormat::Json => {
                let separator = match (self.is_array(), self.printed) {
                    (false, _) => "",
                    (true, 0) => "\n",
                    (true, _) => ",\n",
                };
                format!("{separator}{}", json::object(report, self.is_array())?)
            }
            OutputFormat::Jsonl => json::line(report)?,
            OutputFormat::Html => html::article(report, self.printed),
            OutputFormat::Text if report.is_ok() && self.arguments.view.highlight => {
                let color = self.arguments.view.color.is_on(self.safe);
                highlight::render(report, self.style(), color)
            }
            OutputFormat::Text if report.is_ok() => {
                let explained = report.explanation.as_ref().map_or_else(String::new, |e| {
                    explain::text(e, report.presegmented, self.style())
                });
                text::render(report, self.style()) + &explained
            }
            OutputFormat::Markdown if report.is_ok() => markdown::render(report, self.style()),
            OutputFormat::Text | OutputFormat::Markdown => return Ok(()),
        };
        self.printed += 1;
        self.output.write(&rendered)
    }

    fn style(&self) -> text::Style {
        text::Style {
            heading: self.several,
            first: self.printed == 0,
            title: self.arguments.title,
            scores: self.arguments.scores,
            safe: self.safe,
        }
    }

    /// Counts a report, and says on standard error what should be known.
    ///
    /// Machine formats carry the warnings, and a long run would bury its errors under them: then
    /// they are only counted.
    fn count(&mut self, report: &Report) {
        let id = &report.id;
        let machine = matches!(self.arguments.format, OutputFormat::Json | OutputFormat::Jsonl);
        let quiet = !self.arguments.verbose && (machine || self.is_stream);
        match &report.outcome {
            Outcome::Unreadable(problem) => {
                self.tally.failed += 1;
                message("error", problem);
            }
            Outcome::Empty(reason) => {
                self.tally.empty += 1;
                if !quiet || !self.several {
                    message("note", format_args!("{id}: {reason}"));
                }
            }
            Outcome::Summary => self.tally.done += 1,
        }
        if let Some(encoding) = report.encoding
            && !machine
        {
            message("note", format_args!("{id}: read as {encoding}"));
        }
        for warning in &report.warnings {
            if self.arguments.verbose || (warning.is_notable() && !quiet) {
                message("note", format_args!("{id}: {warning}"));
            } else if warning.is_notable() {
                self.warned += 1;
            }
        }
    }

    fn finish(mut self) -> Result<Status> {
        if self.is_array() {
            self.output.write(if self.printed == 0 { "]\n" } else { "\n]\n" })?;
        }
        if self.arguments.format == OutputFormat::Html {
            self.output.write(html::foot())?;
        }
        self.output.finish()?;
        let Tally { done, empty, failed } = self.tally;
        if failed > 0 && done + empty > 0 {
            message("note", format_args!("{failed} inputs failed, {done} done, {empty} empty"));
        } else if empty > 0 && self.is_stream && !self.arguments.verbose {
            message("note", format_args!("{done} done, {empty} had nothing to give"));
        }
        if self.warned > 0 && self.is_stream {
            message("note", format_args!("{} warnings; -v shows them", self.warned));
        }
        Ok(self.tally.status())
    }
}
