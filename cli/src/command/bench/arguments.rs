//! Arguments of `tomtat bench`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tomtat::eval::significance::Correction;

use crate::length::LengthArguments;
use crate::models::TokenModelArguments;
use crate::report::scores::TableFormat;
use crate::scoring::threshold::Threshold;
use crate::scoring::{MeasureArguments, StatisticsArguments};

/// Arguments of `tomtat bench`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Rows of the task `summaries`, for --method:
  floor      the reference of another article: what a number is worth that says nothing
  random-N   N sentences by chance
  lead-N     the first N sentences of the text as it is, captions and all
  oracle-N   sentences chosen by looking at the reference: oracle-1 and oracle-2 the best of all
             choices; with more, added one by one (greedy), which is no bound
  oracle     as many sentences as raise the score, added one by one
  multi      one summary of all articles of a cluster
  NAME       a method of `tomtat summarize`, used as it uses it; NAME-N with N sentences
Without -N, the length is that of --length, -n and their like.

Data: .jsonl, .ndjson, .csv, .tsv, VietNews .seg files, folders of these; .zst is unpacked. Records
with a list `documents` are clusters of articles. Gold files of --task words: underscores join the
syllables of a word, one sentence a line, or CoNLL-U (.conllu); of --task sentences: one sentence a
line; of --task roles: pages with a table NAME.roles.tsv beside NAME.txt. --task keywords reads
records in JSON Lines with the key terms in `tags`, or in what --field reference=NAME names.

Exit codes: 0 done; 1 nothing to measure or a threshold missed; 2 wrong usage or nothing readable;
3 some records could not be read, the others were measured.

Examples:
  tomtat bench news.jsonl -n 2 --sample 1000
  tomtat bench test/ --method lead-2,centroid --pred bart=out.txt --report report.html
  tomtat bench test/ -n 3 --method trained,lead --sample 80 --pairs pairs.html
  tomtat bench news.csv --field body=content reference=summary -w 60 -f latex
  tomtat bench test.jsonl --train train.jsonl --drop-duplicates
  tomtat bench --task words gold.txt --fail-under f1=95
  tomtat bench --task keywords tagged.jsonl --sample 1000 --method trained,tfidf,random")]
pub(crate) struct Arguments {
    /// Data sets.
    #[arg(required = true, value_name = "DATA")]
    pub(super) data: Vec<PathBuf>,
    /// What is measured.
    #[arg(long, value_enum, default_value = "summaries")]
    pub(super) task: Task,

    /// Names of the fields: id=NAME title=NAME body=NAME reference=NAME; reference=NAME[] takes
    /// each item of a list as a reference of its own.
    #[arg(long, value_name = "PART=NAME", num_args = 1.., help_heading = "Data")]
    pub(super) field: Vec<String>,
    /// Measure on so many records, drawn by chance.
    #[arg(long, value_name = "N", help_heading = "Data")]
    pub(super) sample: Option<usize>,
    /// What was learned from: near-duplicates of it are reported (summaries), or its words count
    /// as seen (words).
    #[arg(long, value_name = "DATA", num_args = 1.., help_heading = "Data")]
    pub(super) train: Vec<PathBuf>,
    /// Least share of common runs of five syllables that makes two texts near-duplicates.
    #[arg(long, value_name = "SHARE", default_value_t = 0.8, help_heading = "Data")]
    pub(super) duplicate: f64,
    /// Leave out what stands in --train, too.
    #[arg(long, requires = "train", help_heading = "Data")]
    pub(super) drop_duplicates: bool,

    /// Rows of the table, separated by commas [default: all of them].
    #[arg(short, long, value_name = "NAME", value_delimiter = ',', help_heading = "Methods")]
    pub(super) method: Vec<String>,
    /// Results of another program: one text a line or JSON Lines, by id or in the order of the data.
    #[arg(long, value_name = "NAME=FILE", help_heading = "Methods")]
    pub(super) pred: Vec<String>,
    /// Field of --pred in JSON Lines.
    #[arg(long, value_name = "NAME", help_heading = "Methods")]
    pub(super) pred_field: Option<String>,
    /// The row that the others are tested against [default: lead-N].
    #[arg(long, value_name = "NAME", help_heading = "Methods")]
    pub(super) baseline: Option<String>,
    /// Give the title to the methods (the default).
    #[arg(long, overrides_with = "no_title", help_heading = "Methods")]
    pub(super) title: bool,
    /// Keep the title from the methods.
    #[arg(long, overrides_with = "title", help_heading = "Methods")]
    pub(super) no_title: bool,
    /// Take every line as part of the article: no search for captions, bylines, related links.
    #[arg(long, help_heading = "Methods")]
    pub(super) raw: bool,
    /// Undo the underscores of pre-segmented data: the methods find the words themselves.
    #[arg(long, help_heading = "Methods")]
    pub(super) resegment: bool,
    /// Write the gold as people do, marks close to the words, before words are found (--task words).
    #[arg(long, help_heading = "Methods")]
    pub(super) detokenize: bool,
    #[command(flatten)]
    pub(super) models: TokenModelArguments,
    /// Background statistics, made by `tomtat train background`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) background: Option<PathBuf>,
    /// Sentence ranker of the row trained, made by `tomtat train ranker`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) ranker: Option<PathBuf>,
    /// Key terms (--task keywords), made by `tomtat train keywords`.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) keyword_model: Option<PathBuf>,
    /// Sentences of a paragraph, in --task sentences.
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = "Methods")]
    pub(super) paragraph: usize,
    /// The text that the sentences of DATA were cut from, in --task sentences.
    #[arg(long, value_name = "FILE", help_heading = "Methods")]
    pub(super) source: Option<PathBuf>,

    #[command(flatten)]
    pub(super) length: LengthArguments,
    #[command(flatten)]
    pub(super) measures: MeasureArguments,
    #[command(flatten)]
    pub(super) statistics: StatisticsArguments,
    /// Correction of the p-values for many tests.
    #[arg(long, value_enum, default_value = "holm", help_heading = "Statistics")]
    pub(super) correction: CorrectionName,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "table", help_heading = "Output")]
    pub(super) format: Format,
    /// Write a report with plots and articles to read to this HTML file, too.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) report: Option<PathBuf>,
    /// Write a page for readers to this HTML file: the summaries of the two methods of --method side
    /// by side, in an order that chance decides, and what the reader prefers, counted.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) pairs: Option<PathBuf>,
    /// Write the scores of each article to this CSV file.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) details: Option<PathBuf>,
    /// Add a column with the time that an article takes; it differs from run to run.
    #[arg(long, help_heading = "Output")]
    pub(super) time: bool,
    /// Print the signature line alone.
    #[arg(short, long, help_heading = "Output")]
    pub(super) quiet: bool,
    /// End with exit code 1 if a score (in percent) is lower; of our default method if none is
    /// named.
    #[arg(long, value_name = "[NAME:]MEASURE=VALUE", help_heading = "Output")]
    pub(super) fail_under: Vec<Threshold>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Task {
    /// Summaries against reference summaries.
    Summaries,
    /// Words against words that people joined.
    Words,
    /// Sentence ends against those that people set.
    Sentences,
    /// Roles of the blocks of pages against roles that people gave.
    Roles,
    /// Key terms against those that people gave: the field `tags` of records in JSON Lines.
    Keywords,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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
    pub(super) const fn of_table(self) -> TableFormat {
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
pub(super) enum CorrectionName {
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
