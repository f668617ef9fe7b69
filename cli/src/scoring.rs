//! Measures of summaries as they are named on the command line, and scoring with them.

pub(crate) mod comparison;
mod scorer;
pub(crate) mod texts;
pub(crate) mod threshold;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use tomtat::eval::rouge155::Rouge155Options;
use tomtat::eval::{Bootstrap, Measure, Punctuation, References, Stemming, Tokenizer};

pub(crate) use scorer::{Memory, Scorer, joins_syllables};

/// What is measured, and how texts are compared.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Measures")]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
pub(crate) struct MeasureArguments {
    /// Measures, separated by commas: rouge1, rouge2, …, rougeL, rougeLsum, rougeSU4, rougeS4,
    /// rougeW-1.2, chrf, chrf++ [default: rouge1,rouge2,rougeL].
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    measure: Vec<String>,
    /// What is compared: Vietnamese syllables, or words.
    #[arg(long, value_enum, default_value = "syllable", value_name = "UNIT")]
    unit: Unit,
    /// What becomes of several references.
    #[arg(long, value_enum, default_value = "best", value_name = "HOW")]
    references: ManyReferences,
    /// Follow another program, with its faults: both delete every Vietnamese letter.
    #[arg(long, value_enum, value_name = "PROGRAM")]
    compat: Option<Program>,
    /// Options of ROUGE-1.5.5, for --compat rouge-1.5.5.
    #[arg(
        long,
        value_name = "OPTIONS",
        default_value = "-a -m -n 2 -w 1.2 -c 95",
        allow_hyphen_values = true
    )]
    rouge_options: String,
    /// Reduce English words by the Porter stemmer, for --compat rouge-score.
    #[arg(long)]
    stem: bool,
    /// Tell capital letters from small ones.
    #[arg(long)]
    keep_case: bool,
    /// Count punctuation marks as units.
    #[arg(long)]
    keep_punctuation: bool,
    /// Tell hòa from hoà.
    #[arg(long)]
    keep_tone_style: bool,
    /// Units that are not counted, one a line.
    #[arg(long, value_name = "FILE")]
    stop_words: Option<PathBuf>,
    /// Weight of recall against precision in the F-measure.
    #[arg(long, value_name = "NUMBER", default_value_t = 1.0)]
    beta: f64,
}

/// How sure the numbers are.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Statistics")]
pub(crate) struct StatisticsArguments {
    /// Resamples of the bootstrap and of the tests; tests take more where their correction needs
    /// them.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(crate) resamples: u32,
    /// Level of the intervals in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 95.0)]
    pub(crate) level: f64,
    /// Seed of everything that is drawn; the same seed gives the same bytes.
    #[arg(long, value_name = "N", default_value_t = 42)]
    pub(crate) seed: u64,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) threads: usize,
}

impl StatisticsArguments {
    /// Checks what the parser cannot.
    pub(crate) fn check(&self) -> Result<()> {
        if !(self.level > 0.0 && self.level < 100.0) {
            bail!("--level takes a number between 0 and 100, found {}", self.level);
        }
        if self.resamples == 0 {
            bail!("--resamples takes a number of at least 1, found 0");
        }
        Ok(())
    }

    /// Returns the level as a share.
    pub(crate) fn share(&self) -> f64 {
        self.level / 100.0
    }

    /// Returns the number of threads, at least 1.
    pub(crate) fn thread_count(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        }
    }

    /// Returns how to resample.
    pub(crate) fn bootstrap(&self) -> Bootstrap {
        self.bootstrap_of(self.resamples)
    }

    /// Returns how to resample so many times.
    pub(crate) fn bootstrap_of(&self, resamples: u32) -> Bootstrap {
        Bootstrap::new(resamples, self.seed).threads(self.thread_count())
    }

    /// Starts the threads that score.
    pub(crate) fn pool(&self) -> Result<rayon::ThreadPool> {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(self.thread_count());
        builder.build().context("cannot start threads")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Runs of letters, marks and digits.
    Syllable,
    /// Words: those that underscores show, or those that our segmenter finds.
    Word,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ManyReferences {
    /// The reference with the highest F-measure.
    Best,
    /// The mean over the references.
    Average,
    /// The mean of the best of all references but one.
    Jackknife,
    /// Counts summed over the references.
    Pooled,
}

impl From<ManyReferences> for References {
    fn from(how: ManyReferences) -> Self {
        match how {
            ManyReferences::Best => Self::Best,
            ManyReferences::Average => Self::Average,
            ManyReferences::Jackknife => Self::Jackknife,
            ManyReferences::Pooled => Self::Pooled,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Program {
    /// The Python package `rouge_score` 0.1.2.
    #[value(name = "rouge-score")]
    RougeScore,
    /// The Perl script ROUGE-1.5.5.
    #[value(name = "rouge-1.5.5")]
    Rouge155,
}

/// A measure by its name.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Named {
    Rouge(Measure),
    Chrf { words: bool },
}

impl MeasureArguments {
    /// Builds the scorer.
    pub(crate) fn scorer(&self) -> Result<Scorer> {
        let names = self.names()?;
        if self.stem && self.compat != Some(Program::RougeScore) {
            bail!("--stem belongs to --compat rouge-score; ROUGE-1.5.5 has -m in --rouge-options");
        }
        let own = self.keep_case
            || self.keep_punctuation
            || self.keep_tone_style
            || self.unit == Unit::Word;
        if self.compat.is_some() && own {
            bail!(
                "--compat fixes how texts are cut: leave out --unit word, --keep-case, \
                 --keep-punctuation, --keep-tone-style"
            );
        }
        let stop_words = self.stop_words()?;
        if self.compat == Some(Program::Rouge155) {
            if !self.measure.is_empty() {
                bail!("with --compat rouge-1.5.5, --rouge-options says what is measured");
            }
            let options: Rouge155Options = self
                .rouge_options
                .parse()
                .with_context(|| format!("--rouge-options {}", self.rouge_options))?;
            return Ok(Scorer::rouge_155(options, &stop_words));
        }
        let tokenizer = match (self.compat, self.unit) {
            (Some(_), _) => {
                Tokenizer::rouge_score(if self.stem { Stemming::Porter } else { Stemming::Off })
            }
            (None, Unit::Syllable) => Tokenizer::syllables(),
            (None, Unit::Word) => Tokenizer::words(),
        };
        let tokenizer = tokenizer
            .lowercase(!self.keep_case)
            .fold_tone(!self.keep_tone_style)
            .punctuation(if self.keep_punctuation { Punctuation::Keep } else { Punctuation::Drop })
            .stop_words(&stop_words);
        Scorer::new(&names, tokenizer, self.beta, self.references.into(), self.unit)
    }

    fn names(&self) -> Result<Vec<Named>> {
        if self.measure.is_empty() {
            return Ok([Measure::ROUGE_1, Measure::ROUGE_2, Measure::ROUGE_L]
                .map(Named::Rouge)
                .to_vec());
        }
        let mut names = Vec::new();
        for name in &self.measure {
            let measure = match name.trim().to_ascii_lowercase().as_str() {
                "chrf" => Named::Chrf { words: false },
                "chrf++" => Named::Chrf { words: true },
                _ => Named::Rouge(
                    name.parse().with_context(|| format!("--measure {name} (or chrf, chrf++)"))?,
                ),
            };
            if !names.contains(&measure) {
                names.push(measure);
            }
        }
        Ok(names)
    }

    fn stop_words(&self) -> Result<Vec<String>> {
        let Some(path) = &self.stop_words else { return Ok(Vec::new()) };
        let text = fs::read_to_string(path)
            .with_context(|| format!("cannot read the stop words {}", path.display()))?;
        Ok(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect())
    }
}
