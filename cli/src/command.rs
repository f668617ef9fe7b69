//! The subcommands, one file each.

mod bench;
mod check;
mod collocations;
mod completions;
mod concordance;
mod evaluate;
mod extract;
mod keyness;
mod keywords;
mod licences;
mod man;
mod normalize;
mod profile;
#[cfg(feature = "serve")]
mod serve;
mod summarize;
mod terms;
mod tokenize;
mod train;

use std::str::FromStr;

use anyhow::Result;
use clap::Subcommand;
use tomtat::corpus::formula::{Formula, UnknownName};

use crate::run::status::Status;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Measure how good methods are on data sets, with confidence intervals and tests.
    Bench(Box<bench::Arguments>),
    /// Find what is wrong with texts, and the commands that fix it.
    Check(check::Arguments),
    /// List words that go together, with measures of association.
    Collocations(Box<collocations::Arguments>),
    /// Print a script that completes commands and options in a shell.
    Completions(completions::Arguments),
    /// Show every place where a pattern occurs, in its context.
    #[command(visible_alias = "kwic")]
    Concordance(concordance::Arguments),
    /// Score given summaries against references: ROUGE that is right for Vietnamese.
    #[command(visible_alias = "eval")]
    Evaluate(Box<evaluate::Arguments>),
    /// Take the article out of a page, and say what was left out.
    Extract(extract::Arguments),
    /// List what one corpus has more of than another.
    Keyness(Box<keyness::Arguments>),
    /// Find the key terms of articles.
    Keywords(keywords::Arguments),
    /// Print the licences of the crates inside of the program.
    #[command(visible_alias = "licenses")]
    Licences,
    /// Print a manual page.
    Man(man::Arguments),
    /// Fix texts on request: NFC, tone style, look-alikes, encodings.
    Normalize(normalize::Arguments),
    /// Measure vocabulary, sentences and words of a corpus; report with charts.
    Profile(profile::Arguments),
    /// Answer over HTTP what the other commands do.
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Print the key sentences of articles.
    #[command(visible_alias = "sum")]
    Summarize(Box<summarize::Arguments>),
    /// Count the terms of a corpus: frequencies, dispersion, weights.
    Terms(Box<terms::Arguments>),
    /// Cut texts into sentences, syllables and words.
    Tokenize(tokenize::Arguments),
    /// Learn models from corpora.
    Train(train::Arguments),
}

impl Command {
    /// Returns false for commands that write no results: `train` writes models.
    pub(crate) const fn has_results(&self) -> bool {
        !matches!(self, Self::Train(_))
    }

    /// Runs the command; `program` describes the program and all its commands.
    pub(crate) fn run(self, program: fn() -> clap::Command) -> Result<Status> {
        match self {
            Self::Bench(arguments) => bench::run(&arguments),
            Self::Check(arguments) => check::run(&arguments),
            Self::Collocations(arguments) => collocations::run(&arguments),
            Self::Completions(arguments) => completions::run(&arguments, program()),
            Self::Concordance(arguments) => concordance::run(&arguments),
            Self::Evaluate(arguments) => evaluate::run(&arguments),
            Self::Extract(arguments) => extract::run(&arguments),
            Self::Keyness(arguments) => keyness::run(&arguments),
            Self::Keywords(arguments) => keywords::run(&arguments),
            Self::Licences => licences::run(),
            Self::Man(arguments) => man::run(&arguments, program()),
            Self::Normalize(arguments) => normalize::run(&arguments),
            Self::Profile(arguments) => profile::run(&arguments),
            #[cfg(feature = "serve")]
            Self::Serve(arguments) => serve::run(&arguments),
            Self::Summarize(arguments) => summarize::run(&arguments),
            Self::Terms(arguments) => terms::run(&arguments),
            Self::Tokenize(arguments) => tokenize::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
        }
    }
}

/// A formula as `--explain` prints it.
fn explained(name: &str, formula: &Formula) -> String {
    let Formula { title, formula, source, .. } = formula;
    let mut text = format!("{name}: {title}\n  formula  {formula}\n");
    if !source.is_empty() {
        text.extend(["  source   ", source, "\n"]);
    }
    text
}

/// Reads names of measures, each once; `all` stands for all of them.
fn chosen_measures<'a, M>(names: impl Iterator<Item = &'a str>, all: &[M]) -> Result<Vec<M>>
where
    M: Copy + PartialEq + FromStr<Err = UnknownName>,
{
    let mut chosen = Vec::new();
    for name in names {
        let found = if name == "all" { all.to_vec() } else { vec![name.parse::<M>()?] };
        for measure in found {
            if !chosen.contains(&measure) {
                chosen.push(measure);
            }
        }
    }
    Ok(chosen)
}
