//! `tomtat bench`: how good methods are, on data with answers that people gave.

mod boundaries;
mod duplicates;
mod method;
mod page;
mod roles;
mod segmentation;
mod sentences;
mod summaries;
mod words;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use tomtat::eval::significance::Correction;

use crate::length::LengthArguments;
use crate::score_table::TableFormat;
use crate::scoring::{MeasureArguments, StatisticsArguments};
use crate::status::Status;
use crate::threshold::Threshold;

/// Arguments of `tomtat bench`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Rows of the task `summaries`, for --method:
  floor      the reference of another article: what a number is worth that says nothing
  random-N   N sentences by chance
  lead-N     the first N sentences of the text as it is, captions and all
  oracle-N   the best N sentences, chosen by looking at the reference (N = 1: the best one)
  oracle     as many sentences as raise the score
  digest     one summary of all articles of a cluster
  NAME       a method of `tomtat summarize`, used as it uses it; NAME-N with N sentences
Without -N, the length is that of --length, -n and their like.

Data: .jsonl, .ndjson, .csv, .tsv, VietNews .seg files, folders of these; .zst is unpacked. Records
with a list `documents` are clusters of articles. Gold files of --task words: underscores join the
syllables of a word, one sentence a line, or CoNLL-U (.conllu); of --task sentences: one sentence a
line; of --task roles: pages with a table NAME.roles.tsv beside NAME.txt.

Exit codes: 0 done; 1 nothing to measure or a threshold missed; 2 wrong usage or nothing readable;
3 some records could not be read, the others were measured.

Examples:
  tomtat bench news.jsonl -n 2 --sample 1000
  tomtat bench test/ --method lead-2,centroid --pred bart=out.txt --report report.html
  tomtat bench news.csv --field body=content reference=summary -w 60 -f latex
  tomtat bench test.jsonl --train train.jsonl --drop-duplicates
  tomtat bench --task words gold.txt --fail-under f1=95")]
pub(crate) struct Arguments {
    /// Data sets.
    #[arg(required = true, value_name = "DATA")]
    data: Vec<PathBuf>,
    /// What is measured.
    #[arg(long, value_enum, default_value = "summaries")]
    task: Task,

    /// Names of the fields: id=NAME title=NAME body=NAME reference=NAME; reference=NAME[] takes
    /// each item of a list as a reference of its own.
    #[arg(long, value_name = "PART=NAME", num_args = 1.., help_heading = "Data")]
    field: Vec<String>,
    /// Measure on so many records, drawn by chance.
    #[arg(long, value_name = "N", help_heading = "Data")]
    sample: Option<usize>,
    /// What was learned from: near-duplicates of it are reported (summaries), or its words count
    /// as seen (words).
    #[arg(long, value_name = "DATA", num_args = 1.., help_heading = "Data")]
    train: Vec<PathBuf>,
    /// Least share of common runs of five syllables that makes two texts near-duplicates.
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, help_heading = "Data")]
    duplicate: f64,
    /// Leave out what stands in --train, too.
    #[arg(long, requires = "train", help_heading = "Data")]
    drop_duplicates: bool,

    /// Rows of the table, separated by commas [default: all of them].
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', help_heading = "Methods")]
    method: Vec<String>,
    /// Results of another program: one text a line or JSON Lines, by id or in the order of the data.
    #[arg(long, value_name = "NAME=FILE", help_heading = "Methods")]
    pred: Vec<String>,
    /// Field of --pred in JSON Lines.
    #[arg(long, value_name = "NAME", help_heading = "Methods")]
    pred_field: Option<String>,
    /// The row that the others are tested against [default: lead-N].
    #[arg(long, value_name = "NAME", help_heading = "Methods")]
    baseline: Option<String>,
    /// Give the title to the methods (the default).
    #[arg(long, overrides_with = "no_title", help_heading = "Methods")]
    title: bool,
    /// Keep the title from the methods.
    #[arg(long, overrides_with = "title", help_heading = "Methods")]
    no_title: bool,
    /// Take every line as part of the article: no search for captions, bylines, related links.
    #[arg(long, help_heading = "Methods")]
    raw: bool,
    /// Undo the underscores of pre-segmented data: the methods find the words themselves.
    #[arg(long, help_heading = "Methods")]
    resegment: bool,
    /// Write the gold as people do, marks close to the words, before words are found (--task words).
    #[arg(long, help_heading = "Methods")]
    detokenize: bool,
    /// Word segmenter, made by `tomtat train segmenter` or `tomtat train lexicon`.
    #[arg(long, value_name = "FILE", help_heading = "Methods")]
    segmenter: Option<PathBuf>,
    /// Background statistics, made by `tomtat train idf`.
    #[arg(long, value_name = "FILE", help_heading = "Methods")]
    model: Option<PathBuf>,
    /// Sentences of a paragraph, in --task sentences.
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = "Methods")]
    paragraph: usize,
    /// The text that the sentences of DATA were cut from, in --task sentences.
    #[arg(long, value_name = "FILE", help_heading = "Methods")]
    source: Option<PathBuf>,

    #[command(flatten)]
    length: LengthArguments,
    #[command(flatten)]
    measures: MeasureArguments,
    #[command(flatten)]
    statistics: StatisticsArguments,
    /// Correction of the p-values for many tests.
    #[arg(long, value_enum, default_value = "holm", help_heading = "Statistics")]
    correction: CorrectionName,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
    /// Write a report with plots and articles to read to this HTML file, too.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    report: Option<PathBuf>,
    /// Write the scores of each article to this CSV file.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    details: Option<PathBuf>,
    /// Add a column with the time that an article takes; it differs from run to run.
    #[arg(long, help_heading = "Output")]
    time: bool,
    /// Print the signature line alone.
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,
    /// End with exit code 1 if a score (in percent) is lower; of our default method if none is
    /// named.
    #[arg(long, value_name = "[NAME:]MEASURE=VALUE", help_heading = "Output")]
    fail_under: Vec<Threshold>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Task {
    /// Summaries against reference summaries.
    Summaries,
    /// Words against words that people joined.
    Words,
    /// Sentence ends against those that people set.
    Sentences,
    /// Roles of the blocks of pages against roles that people gave.
    Roles,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned text.
    Table,
    /// One JSON object with everything that was computed.
    Json,
    /// A row a method, numbers unrounded.
    Csv,
    /// A Markdown table.
    Markdown,
    /// A LaTeX table (booktabs).
    Latex,
    /// A self-contained page with plots and articles to read (task summaries).
    Html,
}

impl Format {
    /// The format of the table; what is no table is plain text.
    const fn of_table(self) -> TableFormat {
        match self {
            Self::Csv => TableFormat::Csv,
            Self::Markdown => TableFormat::Markdown,
            Self::Latex => TableFormat::Latex,
            Self::Json => TableFormat::Json,
            Self::Table | Self::Html => TableFormat::Table,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CorrectionName {
    /// Holm's step-down procedure.
    Holm,
    /// Each p-value times the number of tests.
    Bonferroni,
    /// None: right for one test only.
    None,
}

impl From<CorrectionName> for Correction {
    fn from(name: CorrectionName) -> Self {
        match name {
            CorrectionName::Holm => Self::Holm,
            CorrectionName::Bonferroni => Self::Bonferroni,
            CorrectionName::None => Self::None,
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    arguments.statistics.check()?;
    if !(0.0..=1.0).contains(&arguments.duplicate) {
        bail!("--duplicate takes a share from 0 to 1, found {}", arguments.duplicate);
    }
    if arguments.task == Task::Summaries {
        if arguments.source.is_some() {
            bail!("--source belongs to --task sentences");
        }
        return summaries::run(arguments);
    }
    if arguments.format == Format::Html || arguments.report.is_some() {
        bail!("the HTML report is made for --task summaries only");
    }
    match arguments.task {
        Task::Words => words::run(arguments),
        Task::Sentences => sentences::run(arguments),
        Task::Roles => roles::run(arguments),
        Task::Summaries => summaries::run(arguments),
    }
}
