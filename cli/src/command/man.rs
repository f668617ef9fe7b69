//! `tomtat man`: manual pages, made of the help texts.

use anyhow::{Context, Result};
use clap::Args;
use clap_mangen::Man;

use crate::output::Output;
use crate::run::status::Status;

/// Arguments of `tomtat man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 printed; 2 wrong usage.

Examples:
  tomtat man | man -l -
  tomtat man summarize -o ~/.local/share/man/man1/tomtat-summarize.1")]
pub(crate) struct Arguments {
    /// The command that the page is about; without it, the program.
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the page in the language of `man` (roff).
pub(crate) fn run(arguments: &Arguments, mut program: clap::Command) -> Result<Status> {
    program.build();
    let page = match &arguments.command {
        None => Man::new(program),
        Some(name) => {
            let command = program.find_subcommand(name).cloned();
            Man::new(
                command
                    .with_context(|| format!("no command `{name}`; `tomtat --help` lists them"))?,
            )
        }
    };
    let mut text = Vec::new();
    page.render(&mut text)?;
    let mut output = Output::new()?;
    output.write_bytes(&text)?;
    output.finish()?;
    Ok(Status::Done)
}
