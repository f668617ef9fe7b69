//! Command line of tomtat, the Vietnamese text toolkit.
//!
//! The binary is thin: it reads files, calls the library and writes what it gives back.
//!
//! | module | what it holds |
//! |---|---|
//! | `batch` | many articles on several threads, in input order |
//! | `chart` | charts as SVG |
//! | `command` | one file a subcommand |
//! | `comparison` | what the scores of several systems say: means, intervals, tests |
//! | `corpus` | many documents, counted on several threads; long ones in pieces |
//! | `dataset` | articles with reference summaries, in the formats of data sets |
//! | `input` | files, folders, standard input; plain text and JSON Lines; what can be wrong with them |
//! | `length` | length of summaries as it is named on the command line |
//! | `models` | models named on the command line |
//! | `output` | standard output, closed pipes, messages on standard error |
//! | `progress` | progress of long runs, on a terminal only |
//! | `score_table` | tables of scores with intervals, as text, CSV, Markdown, LaTeX |
//! | `scoring` | measures named on the command line, and scoring on several threads |
//! | `status` | exit codes |
//! | `table` | aligned columns, CSV, TSV, JSON |
//! | `texts` | lists of texts that belong together: predictions and references |
//! | `threshold` | scores that must be reached |

mod batch;
mod chart;
mod command;
mod comparison;
mod corpus;
mod dataset;
mod input;
mod length;
mod models;
mod output;
mod progress;
mod score_table;
mod scoring;
mod status;
mod table;
mod texts;
mod threshold;

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
