//! `tomtat extract`: the article of a page, and what was left out of it.

mod render;
mod report;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tomtat::page::Role;

use crate::input::InputArguments;
use crate::messages::Messages;
use crate::output::{Output, is_terminal, message};
use crate::run::pipeline::fold;
use crate::run::status::{Status, Tally};
use report::{Outcome, Report};

/// Arguments of `tomtat extract`.
#[derive(Debug, Args)]
#[command(after_help = "\
Roles: title, dateline, sapo (the lead), body, heading, caption, pullquote, byline, source, related,
boilerplate, url, tags, section, table, code, references, author_note.

Exit codes: 0 done; 1 nothing to give; 2 wrong usage or nothing readable; 3 some inputs failed.

Examples:
  tomtat extract page.html                         # lead and body as plain text
  tomtat extract --keep title,sapo,body,heading -f markdown page.txt
  tomtat extract --explain page.txt                # name the evidence for what is dropped
  tomtat extract -R pages/ -f jsonl > articles.jsonl")]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    /// Roles of the blocks that are printed.
    #[arg(long, value_name = "ROLE,…", value_delimiter = ',', default_value = "sapo,body", value_parser = role)]
    keep: Vec<Role>,
    /// Name each block that is dropped, with the evidence for it.
    #[arg(long)]
    explain: bool,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "text")]
    format: OutputFormat,
    /// Threads; 0 takes one for each core. The output is the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// The kept blocks, a blank line between them.
    Text,
    /// Title and section headings as headings, captions and quotes marked.
    Markdown,
    /// Every block with its role, offsets and evidence; an array for several pages.
    Json,
    /// The same, one page a line.
    Jsonl,
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
        format!("no such role; known are {}", names.join(", "))
    })
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let input = &arguments.input;
    let reading = input.reading.reading()?;
    let mut items = input.reading.items(&input.files, input.reading.options())?;
    let mut writer = Writer {
        output: Output::new()?,
        arguments,
        several: items.are_several(),
        is_stream: items.is_stream(),
        safe: is_terminal(),
        printed: 0,
        warned: 0,
        tally: Tally::default(),
        messages: Messages::default(),
    };
    writer.begin()?;
    fold(
        items,
        arguments.threads,
        || (),
        |(), item| Report::new(item, &reading, &arguments.keep),
        |report| writer.print(&report),
    )?;
    writer.finish()
}

/// The line of JSON Lines for one page.
#[cfg(feature = "serve")]
pub(crate) fn one(
    arguments: &Arguments,
    article: crate::input::Article,
    _: &mut tomtat::Document,
) -> Result<String> {
    render::json_line(&Report::of(article, &arguments.keep))
}

/// Prints reports in the order of the input and counts them.
struct Writer<'a> {
    output: Output,
    arguments: &'a Arguments,
    several: bool,
    /// Articles come as records of a file: there may be very many.
    is_stream: bool,
    /// The output is a terminal: control characters must not reach it.
    safe: bool,
    printed: u64,
    /// Warnings that were not printed.
    warned: u64,
    tally: Tally,
    messages: Messages,
}

impl Writer<'_> {
    fn is_array(&self) -> bool {
        self.arguments.format == OutputFormat::Json && self.several
    }

    fn is_machine(&self) -> bool {
        matches!(self.arguments.format, OutputFormat::Json | OutputFormat::Jsonl)
    }

    fn begin(&mut self) -> Result<()> {
        if self.is_array() { self.output.write("[") } else { Ok(()) }
    }

    fn print(&mut self, report: &Report) -> Result<()> {
        self.count(report);
        let style =
            render::Style { heading: self.several, first: self.printed == 0, safe: self.safe };
        let rendered = match self.arguments.format {
            OutputFormat::Json => {
                let separator = match (self.is_array(), self.printed) {
                    (false, _) => "",
                    (true, 0) => "\n",
                    (true, _) => ",\n",
                };
                format!("{separator}{}", render::json(report, self.is_array())?)
            }
            OutputFormat::Jsonl => render::json_line(report)?,
            OutputFormat::Text if report.is_ok() => render::text(report, style),
            OutputFormat::Markdown if report.is_ok() => render::markdown(report, style),
            OutputFormat::Text | OutputFormat::Markdown => return Ok(()),
        };
        self.printed += 1;
        self.output.write(&rendered)
    }

    /// Counts a report, and says on standard error what should be known.
    fn count(&mut self, report: &Report) {
        match &report.outcome {
            Outcome::Unreadable(problem) => {
                self.tally.failed += 1;
                self.messages.problem(problem);
                return;
            }
            Outcome::Empty => {
                self.tally.empty += 1;
                self.messages.say("note", &report.id, "no block has a role that is kept");
            }
            Outcome::Article => self.tally.done += 1,
        }
        if self.is_machine() {
            return;
        }
        for warning in &report.warnings {
            if self.is_stream {
                // Records are no pages: most of them lack what a page has.
                self.warned += 1;
            } else {
                self.messages.say("warning", &report.id, report::explained(*warning));
            }
        }
        if let Some(encoding) = &report.encoding {
            self.messages.say("note", &report.id, format_args!("read as {encoding}"));
        }
        if self.arguments.explain {
            for block in report.blocks.iter().filter(|block| !block.kept) {
                message("dropped", format_args!("{}: {}", report.id, render::explanation(block)));
            }
        }
    }

    fn finish(mut self) -> Result<Status> {
        if self.is_array() {
            self.output.write(if self.printed == 0 { "]\n" } else { "\n]\n" })?;
        }
        self.output.finish()?;
        self.messages.finish();
        if self.warned > 0 {
            let text = format_args!("warnings: {} (-f jsonl carries them)", self.warned);
            message("note", text);
        }
        Ok(self.tally.status())
    }
}
