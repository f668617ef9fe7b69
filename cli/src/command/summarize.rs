//! `tomtat summarize`: the key sentences of articles.

mod arguments;
mod explain;
mod highlight;
mod html;
mod json;
mod markdown;
mod multi;
mod report;
mod style;
mod text;
mod view;
mod work;
mod writer;

use std::io::{self, IsTerminal};

use anyhow::{Result, bail};

use crate::input::{Fields, Format, expand, waits_for_terminal};
use crate::output::{Output, message};
use crate::run::jobs::{Jobs, in_order};
use crate::run::status::{Status, Tally};
pub(crate) use arguments::Arguments;
use work::Work;
use writer::Writer;

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let fields = Fields::parse(&arguments.field).map_err(anyhow::Error::msg)?;
    arguments.check_view()?;
    let analyzer = arguments.analyzer()?;
    let (ranker, trained) = arguments.chosen_ranker()?;
    let explainer = arguments.explainer(&ranker, trained)?;
    let summarizer = arguments.summarizer(&analyzer, ranker)?;
    let (sources, problems) = expand(&arguments.files, arguments.recursive);
    if waits_for_terminal(&sources, !arguments.files.is_empty()) {
        bail!("no input: name a FILE, pipe text in, or name - to type an article (see --help)");
    }
    if sources.is_empty() && problems.is_empty() {
        message(
            "note",
            "no text files found (.txt, .text, .md, .jsonl, .ndjson, or these as .zst)",
        );
        return Ok(Status::Nothing);
    }
    let is_stream = sources.iter().any(|s| s.format(arguments.input) == Format::Jsonl);
    let several = is_stream || sources.len() + problems.len() > 1;

    let work = Work { arguments, fields, analyzer, summarizer, explainer };
    if arguments.multi || arguments.cluster {
        let jobs = Jobs::new(problems, sources, arguments.input);
        return multi::run(&work, jobs, io::stdout().is_terminal());
    }
    let mut writer = Writer {
        output: Output::new(),
        arguments,
        several,
        safe: io::stdout().is_terminal(),
        is_stream,
        printed: 0,
        warned: 0,
        tally: Tally::default(),
    };
    writer.begin()?;
    let jobs = Jobs::new(problems, sources, arguments.input);
    in_order(
        jobs,
        arguments.threads,
        |job, document| work.report(job, document),
        |report| writer.print(&report),
    )?;
    writer.finish()
}
