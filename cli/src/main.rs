//! Command line of tomtat, the Vietnamese text toolkit.
//!
//! The binary is thin: it reads files, calls the library and writes what it gives back.
//!
//! | module | what it holds |
//! |---|---|
//! | `command` | one file a subcommand |
//! | `corpus` | many documents, counted on several threads; long ones in pieces |
//! | `dataset` | articles with reference summaries, in the formats of data sets |
//! | `input` | files, folders, standard input; plain text and JSON Lines; what can be wrong with them |
//! | `length` | length of summaries as it is named on the command line |
//! | `locale` | help and messages in Vietnamese |
//! | `messages` | messages on inputs: the first ones of a kind, the others counted |
//! | `models` | models named on the command line |
//! | `output` | standard output, closed pipes, messages on standard error |
//! | `report` | tables and charts |
//! | `run` | the ordered pipeline over several threads, progress, exit codes |
//! | `scoring` | measures named on the command line, scoring on several threads, comparisons |

mod command;
mod corpus;
mod dataset;
mod input;
mod length;
mod locale;
mod messages;
mod models;
mod output;
mod report;
mod run;
mod scoring;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::command::Command;
use crate::output::OutputArguments;

/// Vietnamese text toolkit: summaries, words, terms.
#[derive(Debug, Parser)]
#[command(
    name = "tomtat",
    version,
    arg_required_else_help = true,
    // An alias of a shell may set an option that is given again.
    args_override_self = true,
    max_term_width = 100
)]
struct Arguments {
    #[command(flatten)]
    output: OutputArguments,
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let given = input::split_fields(std::env::args_os());
    locale::choose(&given);
    let arguments = match Arguments::try_parse_from(&given) {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&in_language(error, &given)).into(),
    };
    let Arguments { output, command } = arguments;
    let result = output::begin(&output, command.has_results())
        .and_then(|()| command.run(Arguments::command));
    input::faults::report();
    match result {
        Ok(status) => status.into(),
        Err(error) => output::fatal(&error).into(),
    }
}

/// What is wrong with the arguments, or their help, in the language that was chosen.
fn in_language(error: clap::Error, given: &[OsString]) -> clap::Error {
    if error.use_stderr() || !locale::is_vietnamese() {
        return error;
    }
    // Help is asked for again, of a command that can do nothing else.
    locale::command(Arguments::command()).try_get_matches_from(given).err().unwrap_or(error)
}

#[cfg(test)]
mod tests;
