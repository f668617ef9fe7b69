//! Summaries printed in the order of the input, and counted.

use anyhow::Result;

use super::arguments::{Arguments, OutputFormat};
use super::report::{Outcome, Report};
use super::style::Style;
use super::{explain, highlight, html, json, markdown, text};
use crate::messages::Messages;
use crate::output::{Output, message};
use crate::run::status::{Status, Tally};

/// Prints reports in the order of the input and counts them.
pub(super) struct Writer<'a> {
    pub(super) output: Output,
    #[cfg(feature = "parquet")]
    pub(super) parquet: Option<crate::output::ParquetRows>,
    pub(super) arguments: &'a Arguments,
    /// More than one article is to come, perhaps.
    pub(super) several: bool,
    /// The output is a terminal: control characters must not reach it.
    pub(super) safe: bool,
    /// Articles come as lines of a file: there may be very many.
    pub(super) is_stream: bool,
    pub(super) printed: u64,
    pub(super) warned: u64,
    pub(super) tally: Tally,
    pub(super) messages: Messages,
}

impl Writer<'_> {
    fn is_array(&self) -> bool {
        self.arguments.format == OutputFormat::Json && self.several
    }

    pub(super) fn begin(&mut self) -> Result<()> {
        match self.arguments.format {
            OutputFormat::Html => self.output.write(&html::head()),
            _ if self.is_array() => self.output.write("["),
            _ => Ok(()),
        }
    }

    pub(super) fn print(&mut self, report: &Report) -> Result<()> {
        self.count(report);
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &mut self.parquet {
            self.printed += 1;
            return parquet.push(super::parquet::row(report), &mut self.output);
        }
        let rendered = match self.arguments.format {
            OutputFormat::Json => {
                let separator = match (self.is_array(), self.printed) {
                    (false, _) => "",
                    (true, 0) => "\n",
                    (true, _) => ",\n",
                };
                format!("{separator}{}", json::object(report, self.is_array())?)
            }
            OutputFormat::Jsonl => json::line(report)?,
            OutputFormat::Html => html::article(report, self.printed),
            OutputFormat::Text if report.is_ok() && self.arguments.view.highlight => {
                let color = self.arguments.view.color.is_on(self.safe);
                highlight::render(report, self.style(), color)
            }
            OutputFormat::Text if report.is_ok() => {
                let explained = report.explanation.as_ref().map_or_else(String::new, |e| {
                    explain::text(e, report.presegmented, self.style())
                });
                text::render(report, self.style()) + &explained
            }
            OutputFormat::Markdown if report.is_ok() => markdown::render(report, self.style()),
            _ => return Ok(()),
        };
        self.printed += 1;
        if self.arguments.view.highlight {
            self.output.write_styled(&rendered)
        } else {
            self.output.write(&rendered)
        }
    }

    fn style(&self) -> Style {
        Style {
            heading: self.several,
            first: self.printed == 0,
            title: self.arguments.title,
            scores: self.arguments.scores,
            safe: self.safe,
        }
    }

    /// Counts a report, and says on standard error what should be known.
    ///
    /// Machine formats carry the warnings, and a long run would bury its errors under them: then
    /// they are only counted.
    fn count(&mut self, report: &Report) {
        let id = &report.id;
        let machine = self.arguments.format.is_machine();
        let quiet = !self.arguments.verbose && (machine || self.is_stream);
        match &report.outcome {
            Outcome::Unreadable(problem) => {
                self.tally.failed += 1;
                self.messages.problem(problem);
            }
            Outcome::Empty(reason) => {
                self.tally.empty += 1;
                if !quiet || !self.several {
                    self.messages.say("note", id, reason);
                }
            }
            Outcome::Summary => self.tally.done += 1,
        }
        if let Some(encoding) = report.encoding
            && !machine
        {
            self.messages.say("note", id, format_args!("read as {encoding}"));
        }
        for warning in &report.warnings {
            if self.arguments.verbose || (warning.is_notable() && !quiet) {
                self.messages.say("note", id, warning);
            } else if warning.is_notable() {
                self.warned += 1;
            }
        }
    }

    pub(super) fn finish(mut self) -> Result<Status> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = self.parquet.take() {
            parquet.finish(&mut self.output)?;
        }
        if self.is_array() {
            self.output.write(if self.printed == 0 { "]\n" } else { "\n]\n" })?;
        }
        if self.arguments.format == OutputFormat::Html {
            self.output.write(html::foot())?;
        }
        self.output.finish()?;
        self.messages.finish();
        let Tally { done, empty, failed } = self.tally;
        if failed > 0 && done + empty > 0 {
            message(
                "note",
                format_args!("inputs that failed: {failed}, done: {done}, empty: {empty}"),
            );
        } else if empty > 0 && self.is_stream && !self.arguments.verbose {
            message("note", format_args!("{done} done, {empty} had nothing to give"));
        }
        if self.warned > 0 && self.is_stream {
            message("note", format_args!("warnings: {} (-v shows them)", self.warned));
        }
        Ok(self.tally.status())
    }
}
