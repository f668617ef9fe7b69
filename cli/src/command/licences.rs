//! `tomtat licences`: the crates inside of the program and their licences.

use anyhow::Result;

use crate::output::Output;
use crate::run::status::Status;

/// Made by `docs/licences.sh`, checked by `.ci/run`.
const PAGE: &str = include_str!("../licences.md");

/// Prints the page.
pub(crate) fn run() -> Result<Status> {
    let mut output = Output::new()?;
    output.write(PAGE)?;
    output.finish()?;
    Ok(Status::Done)
}
