//! Arguments of `tomtat tokenize`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use tomtat::Analyzer;
use tomtat::words::Dictionary;

use super::offsets::Unit as OffsetUnit;
use crate::input::InputArguments;
use crate::models::{self, TokenModelArguments};

/// Arguments of `tomtat tokenize`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Examples:
  tomtat tokenize page.txt                          # words, joined by underscores
  tomtat tokenize --level sentence page.txt         # one sentence a line
  tomtat tokenize --lines corpus.txt.zst            # one line out for each line in
  tomtat tokenize -f jsonl --offsets utf16 page.txt
  tomtat tokenize --dict words.txt --scores -f tsv page.txt")]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(super) input: InputArguments,
    /// Each line is a sentence of its own: one line out for each line in.
    #[arg(long, conflicts_with = "input")]
    pub(super) lines: bool,
    /// End sentences without a mark, too, where a heading or caption runs into the next sentence: in
    /// texts that lost their line ends, whose longest block is longer than all others together.
    #[arg(long, conflicts_with = "lines")]
    pub(super) split_unmarked: bool,

    /// What is cut out.
    #[arg(long, value_enum, default_value = "word")]
    pub(super) level: Level,
    /// Words that win over the model: one a line, with an optional weight after a tab.
    #[arg(long, value_name = "FILE")]
    pub(super) dict: Option<PathBuf>,
    #[command(flatten)]
    pub(super) models: TokenModelArguments,
    /// An edited list of words instead of those of the trained segmenter; see --print-lexicon.
    #[arg(long, value_name = "FILE", help_heading = "Models")]
    pub(super) lexicon: Option<PathBuf>,
    /// Print the words of the trained segmenter with their counts, and stop.
    #[arg(long, help_heading = "Models")]
    pub(super) print_lexicon: bool,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "text")]
    pub(super) format: OutputFormat,
    /// What offsets count.
    #[arg(long, value_enum, default_value = "bytes")]
    pub(super) offsets: OffsetUnit,
    /// Print how clearly each unit joins the one before it (tsv and jsonl).
    #[arg(long)]
    pub(super) scores: bool,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
}

/// What is cut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Sentences.
    Sentence,
    /// Syllables, numbers, marks.
    Syllable,
    /// Words.
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// One sentence a line, as it stands; at the other levels as `underscore`.
    Text,
    /// One sentence a line, tokens apart, the syllables of a word joined by underscores.
    Underscore,
    /// One JSON object a sentence.
    Jsonl,
    /// One token a line: id, sentence, token, start, end, kind, text, key.
    Tsv,
    /// CoNLL-U.
    Conllu,
    /// Parquet with the columns of tsv.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Arguments {
    pub(super) fn analyzer(&self) -> Result<Analyzer> {
        let has_words = self.models.segmenter.is_some() || self.lexicon.is_some();
        if has_words && self.level != Level::Word {
            bail!("--segmenter and --lexicon change words alone; they need --level word");
        }
        let mut models = self.models.models()?;
        if let Some(words) = &self.lexicon {
            let model = self.models.segmenter.as_deref();
            models = models.with_segmenter(models::segmenter_with_words(model, words)?);
        }
        let mut analyzer = Analyzer::from_models(models);
        if let Some(path) = &self.dict {
            let text = fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let dictionary =
                Dictionary::parse(&text).with_context(|| path.display().to_string())?;
            analyzer = analyzer.with_dictionary(dictionary);
        }
        Ok(analyzer)
    }
}
