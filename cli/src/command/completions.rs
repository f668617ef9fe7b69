//! `tomtat completions`: scripts that complete commands and options in a shell.

use anyhow::Result;
use clap::Args;
use clap_complete::{Shell, generate};

use crate::output::Output;
use crate::run::status::Status;

/// Arguments of `tomtat completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 printed; 2 wrong usage.

Examples:
  tomtat completions bash > ~/.local/share/bash-completion/completions/tomtat
  tomtat completions zsh > ~/.zfunc/_tomtat
  tomtat completions fish > ~/.config/fish/completions/tomtat.fish")]
pub(crate) struct Arguments {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Prints the script.
pub(crate) fn run(arguments: &Arguments, mut program: clap::Command) -> Result<Status> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut program, "tomtat", &mut script);
    let mut output = Output::new()?;
    output.write_bytes(&script)?;
    output.finish()?;
    Ok(Status::Done)
}
