//! Arguments of `tomtat summarize`, and what they ask for.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, ValueEnum};
use tomtat::rank::{self, Lead, Ranker, Trained};
use tomtat::select::Mmr;
use tomtat::select::{Query, ReadHistory};
use tomtat::summary::Order;
use tomtat::{Analyzer, Summarizer, TextOptions};

use super::view::ViewArguments;
use crate::input::{InputArguments, Source, page_of};
use crate::length::LengthArguments;
use crate::models::{self, TokenModelArguments};

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
    #[command(flatten)]
    pub(super) input: InputArguments,
    #[command(flatten)]
    pub(super) length: LengthArguments,

    /// How sentences are ranked.
    #[arg(short, long, value_name = "NAME", default_value = rank::DEFAULT, value_parser = methods(), help_heading = "Choice")]
    pub(super) method: String,
    /// Choose by score and repetition (maximal marginal relevance), with this weight of the score,
    /// 0 to 1; 1 allows any repetition [default: 0.5, and none for the trained ranker, which judges
    /// whole sets].
    #[arg(long, value_name = "LAMBDA", help_heading = "Choice")]
    pub(super) mmr: Option<f64>,
    /// Take sentences that open with "Tuy nhiên" or "Ông này" as any other, without the sentence
    /// before.
    #[arg(long, help_heading = "Choice")]
    pub(super) dangling: bool,
    /// Cut each sentence to the part that matters: still one slice of the text, cut at commas only.
    #[arg(long, conflicts_with_all = ["multi", "cluster", "sapo"], help_heading = "Choice")]
    pub(super) trim: bool,
    /// Order of the sentences.
    #[arg(long, value_enum, default_value = "document", help_heading = "Choice")]
    pub(super) order: OrderName,
    /// What the summary is to be about: a question, or some words.
    #[arg(long, value_name = "TEXT", help_heading = "Choice")]
    pub(super) query: Option<String>,
    /// Words of the query match with and without marks: `gia gao` finds `giá gạo`.
    #[arg(long, requires = "query", help_heading = "Choice")]
    pub(super) loose: bool,
    /// What the reader has read: sentences that repeat it are left out.
    #[arg(long, value_name = "FILE", help_heading = "Choice")]
    pub(super) seen: Vec<PathBuf>,
    /// One summary of all articles, each sentence with its source; copies of an article count once.
    /// A record of JSON Lines with a list `documents` is a summary of its own.
    #[arg(long, conflicts_with_all = ["method", "mmr", "order"], help_heading = "Choice")]
    pub(super) multi: bool,
    /// As --multi, but group the articles by event first: one summary an event.
    #[arg(long, conflicts_with_all = ["method", "mmr", "order"], help_heading = "Choice")]
    pub(super) cluster: bool,
    /// Take every line as part of the article: no search for captions, bylines, related links.
    #[arg(long, help_heading = "Choice")]
    pub(super) raw: bool,
    /// Give the lead paragraph (sapo) of each article instead of a summary.
    #[arg(
        long,
        conflicts_with_all = ["budget", "raw", "ranker", "background", "segmenter", "standalone"],
        help_heading = "Choice"
    )]
    pub(super) sapo: bool,

    /// Sentence ranker for the method trained, made by `tomtat train ranker`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) ranker: Option<PathBuf>,
    /// Which openings need the sentence before them, made by `tomtat train standalone`.
    #[arg(long, value_name = "FILE", conflicts_with = "dangling", help_heading = "Models")]
    pub(super) standalone: Option<PathBuf>,
    /// Background statistics, made by `tomtat train background`: weights of words for --query,
    /// --mmr and the methods that do not choose whole sets of sentences.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) background: Option<PathBuf>,
    #[command(flatten)]
    pub(super) models: TokenModelArguments,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    pub(super) format: OutputFormat,
    /// Print the title, where it is known.
    #[arg(long, help_heading = "Output")]
    pub(super) title: bool,
    /// Print rank and score of each sentence.
    #[arg(long, help_heading = "Output")]
    pub(super) scores: bool,
    /// Say on standard error what was left out of each article.
    #[arg(short, long, help_heading = "Output")]
    pub(super) verbose: bool,
    #[command(flatten)]
    pub(super) view: ViewArguments,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Output")]
    pub(super) threads: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum OrderName {
    /// As in the article.
    Document,
    /// The best first.
    Score,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// One sentence a line.
    Text,
    /// One JSON object an article; an array of them for several articles.
    Json,
    /// One JSON object an article, one a line.
    Jsonl,
    /// A list of sentences an article.
    Markdown,
    /// Parquet with one row an article: id, status, title, method, summary, unit, asked, given,
    /// warnings; not for --multi.
    #[cfg(feature = "parquet")]
    Parquet,
    /// One page with the articles, their key sentences marked and explained; not for --multi.
    Html,
}

impl OutputFormat {
    /// Returns true if programs read it, and find the warnings in it.
    pub(super) const fn is_machine(self) -> bool {
        !matches!(self, Self::Text | Self::Markdown | Self::Html)
    }
}

fn methods() -> PossibleValuesParser {
    PossibleValuesParser::new(
        rank::REGISTRY.iter().map(|e| PossibleValue::new(e.info.name).help(e.info.summary)),
    )
}

impl Arguments {
    pub(super) fn analyzer(&self) -> Result<Analyzer> {
        let mut models = self.models.models()?;
        if let Some(path) = &self.background {
            models = models.with_background(models::background(path)?);
        }
        if let Some(path) = &self.ranker {
            models = models.with_ranker(models::ranker_model(path)?);
        }
        if let Some(path) = &self.standalone {
            models = models.with_standalone(models::standalone(path)?);
        }
        Ok(Analyzer::from_models(models))
    }

    pub(super) fn chosen_ranker(&self, analyzer: &Analyzer) -> Result<Arc<dyn Ranker>> {
        let model = analyzer.models().ranker();
        if self.method == rank::DEFAULT {
            let model = model.context("there is no trained ranker")?;
            return Ok(Arc::new(Trained::new(Arc::clone(model))));
        }
        if self.ranker.is_some() {
            bail!("--ranker is for the method trained, not for {}", self.method);
        }
        let ranker = rank::by_name(&self.method, model).context("no such method")?;
        Ok(Arc::from(ranker))
    }

    /// Refuses background statistics that would change nothing.
    fn check_background(&self, uses_background: bool) -> Result<()> {
        if self.background.is_some() && !uses_background {
            let method = if self.multi || self.cluster { "--multi" } else { &self.method };
            bail!(
                "--background changes nothing here: {method} weighs words by a model of its own; \
                 the statistics are read for --query, --mmr and other methods"
            );
        }
        Ok(())
    }

    /// Refuses formats that cannot show what is asked for.
    pub(super) fn check_view(&self) -> Result<()> {
        let format = self.format;
        #[cfg(feature = "parquet")]
        if format == OutputFormat::Parquet && (self.multi || self.cluster) {
            bail!("-f parquet has a row an article; --multi and --cluster take -f jsonl");
        }
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

    /// Returns true if summaries are explained.
    pub(super) fn explains(&self) -> bool {
        let is_asked = self.view.explain || self.format == OutputFormat::Html;
        is_asked && !self.sapo
    }

    pub(super) fn summarizer(
        &self,
        analyzer: &Analyzer,
        ranker: Arc<dyn Ranker>,
    ) -> Result<Summarizer> {
        if self.trim && self.method != rank::DEFAULT {
            bail!("--trim is for the method trained, not for {}", self.method);
        }
        if self.standalone.is_some() && self.method == Lead.info().name {
            bail!("--standalone changes nothing here: lead takes sentences in their order");
        }
        let asks = self.query.is_some() && !self.multi && !self.cluster;
        if asks && self.standalone.is_some() {
            bail!("--standalone changes nothing here: with --query an answer is taken as it opens");
        }
        let mut summarizer = Summarizer::from_ranker(analyzer, ranker);
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
            summarizer = summarizer.with_seen(known);
        }
        let is_multi = self.multi || self.cluster;
        let uses_background =
            if is_multi { self.query.is_some() } else { summarizer.uses_background() };
        self.check_background(uses_background)?;
        Ok(summarizer
            .with_budget(self.length.budget()?)
            .with_avoid_dangling(!self.dangling)
            .with_trim(self.trim)
            .with_order(match self.order {
                OrderName::Document => Order::Document,
                OrderName::Score => Order::Score,
            }))
    }
}

impl Arguments {
    /// Returns what the reader asks.
    pub(super) fn query(&self, analyzer: &Analyzer) -> Result<Option<Query>> {
        let Some(query) = &self.query else { return Ok(None) };
        let query = if self.loose { analyzer.loose_query(query) } else { analyzer.query(query) };
        if query.is_empty() {
            bail!("--query has no word to look for");
        }
        Ok(Some(query))
    }

    /// Reads what the reader has read.
    pub(super) fn known(&self, analyzer: &Analyzer) -> Result<Option<Arc<ReadHistory>>> {
        let mut known = ReadHistory::default();
        for path in &self.seen {
            let source = Source::File(path.clone());
            let article = page_of(&source, self.input.reading.encoding)
                .map_err(|problem| anyhow::anyhow!("--seen {problem}"))?;
            let options = TextOptions::default().with_raw(true);
            known.add(&analyzer.analyze_with(&article.text, options));
        }
        Ok((!self.seen.is_empty()).then(|| Arc::new(known)))
    }
}
