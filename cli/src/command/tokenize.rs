//! `tomtat tokenize`: sentences, syllables and words.

mod arguments;
mod offsets;
mod render;

use anyhow::{Result, bail};
use tomtat::{Analyzer, Document, TextOptions};

use crate::input::{Format, Problem, decoded_text, expand, waits_for_terminal};
use crate::models;
use crate::output::{Output, message};
use crate::run::jobs::{Job, Jobs, in_order};
use crate::run::status::{Status, Tally};
pub(crate) use arguments::Arguments;
use arguments::OutputFormat;
use render::Renderer;

/// What became of one input.
enum Report {
    /// Its tokens, ready to be printed.
    Tokens(String),
    /// There is nothing in it.
    Empty(String),
    /// It cannot be used.
    Broken(Problem),
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.print_lexicon {
        let mut output = Output::new();
        output.write(&models::words(arguments.segmenter.as_deref())?)?;
        output.finish()?;
        return Ok(Status::Done);
    }
    let analyzer = arguments.analyzer()?;
    if arguments.scores {
        if !matches!(arguments.format, OutputFormat::Tsv | OutputFormat::Jsonl) {
            bail!("--scores needs -f tsv or -f jsonl");
        }
        if !analyzer.segmenter().margins(&[], &mut Vec::new()) {
            bail!("--scores needs the trained model: a lexicon has no scores");
        }
    }
    let (sources, problems) = expand(&arguments.files, arguments.recursive);
    if waits_for_terminal(&sources, !arguments.files.is_empty()) {
        bail!("no input: name a FILE, pipe text in, or name - to type a text (see --help)");
    }
    let format = if arguments.lines { Format::Lines } else { Format::Text };
    let renderer = Renderer::new(arguments, &analyzer);
    let mut output = Output::new();
    let mut tally = Tally::default();
    output.write(renderer.header())?;
    let jobs = Jobs::new(problems, sources, format);
    let work = |job: Job, document: &mut Document| {
        tokenize(job, &analyzer, arguments, &renderer, document)
    };
    in_order(jobs, arguments.threads, work, |report| {
        match report {
            Report::Tokens(text) => {
                tally.done += 1;
                output.write(&text)?;
            }
            Report::Empty(place) => {
                tally.empty += 1;
                message("note", format_args!("{place}: the text is empty"));
            }
            Report::Broken(problem) => {
                tally.failed += 1;
                message("error", problem);
            }
        }
        Ok(())
    })?;
    output.finish()?;
    Ok(tally.status())
}

fn tokenize(
    job: Job,
    analyzer: &Analyzer,
    arguments: &Arguments,
    renderer: &Renderer<'_>,
    document: &mut Document,
) -> Report {
    let place = job.place();
    let text = match job {
        Job::Broken(problem) => return Report::Broken(problem),
        Job::Line { text, .. } => text,
        Job::File(source) => match decoded_text(&source, arguments.encoding) {
            Ok((text, _)) if u32::try_from(text.len()).is_err() => {
                let problem = Problem::new(place, "is longer than 4 GiB");
                return Report::Broken(problem.hint("--lines reads a file line by line"));
            }
            Ok((text, _)) => text,
            Err(problem) => return Report::Broken(problem),
        },
    };
    let options = TextOptions::default()
        .with_raw(true)
        .with_split_unmarked(arguments.split_unmarked)
        .with_line_sentences(arguments.lines);
    analyzer.analyze_into(&text, options, document);
    if !arguments.lines && document.tokens().is_empty() {
        return Report::Empty(place);
    }
    Report::Tokens(renderer.render(&place, document))
}
