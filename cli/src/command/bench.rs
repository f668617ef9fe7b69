//! `tomtat bench`: how good methods are, on data with answers that people gave.

mod arguments;
mod boundaries;
mod roles;
mod segmentation;
mod sentences;
mod summaries;
mod words;

use anyhow::{Result, bail};

use crate::run::status::Status;
pub(crate) use arguments::Arguments;
use arguments::{Format, Task};

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    arguments.statistics.check()?;
    if !(0.0..=1.0).contains(&arguments.duplicate) {
        bail!("--duplicate takes a share from 0 to 1, found {}", arguments.duplicate);
    }
    if arguments.task == Task::Summaries {
        if arguments.source.is_some() {
            bail!("--source belongs to --task sentences");
        }
        return summaries::run(arguments);
    }
    if arguments.format == Format::Html || arguments.report.is_some() {
        bail!("the HTML report is made for --task summaries only");
    }
    check_models(arguments)?;
    match arguments.task {
        Task::Words => words::run(arguments),
        Task::Sentences => sentences::run(arguments),
        Task::Roles => roles::run(arguments),
        Task::Summaries => summaries::run(arguments),
    }
}

/// Refuses models that the task does not read.
fn check_models(arguments: &Arguments) -> Result<()> {
    let (name, reads_segmenter, reads_starters) = match arguments.task {
        Task::Summaries => return Ok(()),
        Task::Words => ("words", true, true),
        Task::Sentences => ("sentences", false, true),
        Task::Roles => ("roles", false, false),
    };
    let given = [
        ("--segmenter", arguments.models.segmenter.is_some() && !reads_segmenter),
        ("--starters", arguments.models.starters.is_some() && !reads_starters),
        ("--background", arguments.background.is_some()),
        ("--ranker", arguments.ranker.is_some()),
    ];
    match given.iter().find(|(_, refused)| *refused) {
        Some((option, _)) => bail!("{option} changes nothing in --task {name}"),
        None => Ok(()),
    }
}
