//! The subcommands, one file each.

mod summarize;
mod train;

use anyhow::Result;
use clap::Subcommand;

use crate::status::Status;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the key sentences of articles.
    #[command(visible_alias = "sum")]
    Summarize(Box<summarize::Arguments>),
    /// Learn models from corpora.
    Train(train::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> Result<Status> {
        match self {
            Self::Summarize(arguments) => summarize::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
        }
    }
}
