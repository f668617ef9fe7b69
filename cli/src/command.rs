//! The subcommands, one file each.

mod train;

use anyhow::Result;
use clap::Subcommand;

use crate::status::Status;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Learn models from corpora.
    Train(train::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> Result<Status> {
        match self {
            Self::Train(arguments) => train::run(&arguments),
        }
    }
}
