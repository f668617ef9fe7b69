//! The subcommands, one file each.

mod check;
mod extract;
mod normalize;
mod summarize;
mod tokenize;
mod train;

use anyhow::Result;
use clap::Subcommand;

use crate::status::Status;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find what is wrong with texts, and the commands that mend it.
    Check(check::Arguments),
    /// Take the article out of a page, and say what was left out.
    Extract(extract::Arguments),
    /// Mend texts on request: NFC, tone style, look-alikes, encodings.
    Normalize(normalize::Arguments),
    /// Print the key sentences of articles.
    #[command(visible_alias = "sum")]
    Summarize(Box<summarize::Arguments>),
    /// Cut texts into sentences, syllables and words.
    Tokenize(tokenize::Arguments),
    /// Learn models from corpora.
    Train(train::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> Result<Status> {
        match self {
            Self::Check(arguments) => check::run(&arguments),
            Self::Extract(arguments) => extract::run(&arguments),
            Self::Normalize(arguments) => normalize::run(&arguments),
            Self::Summarize(arguments) => summarize::run(&arguments),
            Self::Tokenize(arguments) => tokenize::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
        }
    }
}
