//! Command line of tomtat, the Vietnamese text toolkit.
//!
//! The binary is thin: it reads files, calls the library and writes what it gives back.
//!
//! | module | what it holds |
//! |---|---|
//! | `batch` | many articles on several threads, in input order |
//! | `command` | one file a subcommand |
//! | `corpus` | many documents, counted on several threads; long ones in pieces |
//! | `input` | files, folders, standard input; plain text and JSON Lines; what can be wrong with them |
//! | `models` | models named on the command line |
//! | `output` | standard output, closed pipes, messages on standard error |
//! | `status` | exit codes |
//! | `table` | aligned columns, CSV, TSV, JSON |

mod batch;
mod command;
mod corpus;
mod input;
mod models;
mod output;
mod status;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::command::Command;

/// Vietnamese text toolkit: summaries, words, terms.
#[derive(Debug, Parser)]
#[command(name = "tomtat", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command.run() {
        Ok(status) => status.into(),
        Err(error) => output::fatal(&error).into(),
    }
}
