//! `tomtat bench`: how good methods are, on data with answers that people gave.

mod arguments;
mod boundaries;
mod keywords;
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
        check_models(arguments)?;
        return summaries::run(arguments);
    }
    if arguments.format == Format::Html || arguments.report.is_some() {
        bail!("the HTML report is made for --task summaries only");
    }
    if arguments.pairs.is_some() {
        bail!("--pairs is made for --task summaries only");
    }
    check_models(arguments)?;
    match arguments.task {
        Task::Words => words::run(arguments),
        Task::Sentences => sentences::run(arguments),
        Task::Roles => roles::run(arguments),
        Task::Keywords => keywords::run(arguments),
        Task::Summaries => summaries::run(arguments),
    }
}

/// Refuses models that the task does not read.
fn check_models(arguments: &Arguments) -> Result<()> {
    // Segmenter, sentence starters, background statistics.
    let (name, [segmenter, starters, background]) = match arguments.task {
        Task::Summaries => ("summaries", [true; 3]),
        Task::Keywords => ("keywords", [true; 3]),
        Task::Words => ("words", [true, true, false]),
        Task::Sentences => ("sentences", [false, true, false]),
        Task::Roles => ("roles", [false; 3]),
    };
    let given = [
        ("--segmenter", arguments.models.segmenter.is_some() && !segmenter),
        ("--starters", arguments.models.starters.is_some() && !starters),
        ("--background", arguments.background.is_some() && !background),
        ("--ranker", arguments.ranker.is_some() && arguments.task != Task::Summaries),
        ("--keyword-model", arguments.keyword_model.is_some() && arguments.task != Task::Keywords),
    ];
    match given.iter().find(|(_, refused)| *refused) {
        Some((option, _)) => bail!("{option} changes nothing in --task {name}"),
        None => Ok(()),
    }
}
