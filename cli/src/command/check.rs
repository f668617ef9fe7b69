//! `tomtat check`: what is wrong with a text, and the command that fixes it.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::detect::Content;
use tomtat::text::repair::check::{Finding, Report, Severity, check_bytes};

use crate::input::{Found, Problem, Search, find, read_bytes};
use crate::output::{Output, message};
use crate::run::status::Status;

/// Arguments of `tomtat check`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files to check, `-` for standard input; .zst is unpacked.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Check the files in folders.
    #[arg(short = 'R', long)]
    recursive: bool,
    /// How the report is written.
    #[arg(short, long, value_enum, default_value = "text")]
    format: ReportFormat,
    /// Read the files in this encoding instead of the one that is detected.
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people.
    Text,
    /// One object with all files.
    Json,
    /// One object a file and line.
    Jsonl,
}

/// Name and version of the JSON that is written.
const SCHEMA: &str = "tomtat.check/1";

/// Checks the files; exit code 1 if one has a problem.
pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let search = Search { recursive: arguments.recursive, ..Search::default() };
    let Found { sources, problems } = find(&arguments.files, &search)?;
    let mut output = Output::new()?;
    let mut records = Vec::new();
    let (mut checked, mut troubled, mut failed) = (0, false, problems.len());
    for problem in problems {
        message("error", problem);
    }
    for source in &sources {
        let name = source.name();
        let result = read_bytes(source).and_then(|bytes| report(&name, &bytes, arguments.encoding));
        let report = match result {
            Ok(report) => report,
            Err(problem) => {
                message("error", problem);
                failed += 1;
                continue;
            }
        };
        let record = || json!({ "schema": SCHEMA, "id": name, "report": report });
        match arguments.format {
            ReportFormat::Text => {
                let gap = if checked > 0 { "\n" } else { "" };
                output.write(&format!("{gap}{}", page(&name, &report)))?;
            }
            ReportFormat::Json => records.push(json!({ "id": name, "report": report })),
            ReportFormat::Jsonl => output.write(&format!("{}\n", record()))?,
        }
        checked += 1;
        troubled |= report.has_problems();
    }
    if arguments.format == ReportFormat::Json {
        let all = json!({ "schema": SCHEMA, "files": Value::Array(records) });
        output.write(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
    }
    output.finish()?;
    Ok(match (checked, failed) {
        (0, 1..) => Status::Fatal,
        (_, 1..) => Status::Partial,
        _ if troubled => Status::Nothing,
        _ => Status::Done,
    })
}

/// Checks one input; what is no text cannot be checked.
fn report(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Result<Report, Problem> {
    let report = check_bytes(bytes, encoding);
    match report.detection() {
        Some(found)
            if encoding.is_none() && !matches!(found.content(), Content::Text | Content::Empty) =>
        {
            Err(Problem::new(name, format!("is {}, not text", found.content())))
        }
        _ => Ok(report),
    }
}

/// The report of one file for people.
fn page(name: &str, report: &Report) -> String {
    let statistics = report.statistics();
    let mut page = format!("{name}: ");
    if let Some(found) = report.detection() {
        let detected = found.encoding().filter(|_| found.content() == Content::Text);
        let _ = match (report.encoding(), detected) {
            (Some(encoding), Some(detected)) if encoding == detected => {
                write!(page, "{encoding} (certainty {:.2})", found.confidence())
            }
            (Some(encoding), _) => write!(page, "read as {encoding}"),
            (None, _) => write!(page, "{}", found.content()),
        };
    }
    let _ = writeln!(
        page,
        ", {}, {}, {}",
        counted(statistics.lines, "line"),
        counted(statistics.words, "word"),
        counted(statistics.syllables, "syllable"),
    );
    if report.findings().is_empty() {
        page.push_str("  nothing to fix\n");
    }
    for finding in report.findings() {
        describe(&mut page, name, finding);
    }
    if let Some(found) = report.detection().filter(|found| !found.candidates().is_empty()) {
        for line in found.evidence() {
            let _ = writeln!(page, "  evidence: {line}");
        }
    }
    page
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn describe(page: &mut String, name: &str, finding: &Finding) {
    let level = match finding.severity() {
        Severity::Problem => "problem",
        Severity::Note => "note",
    };
    let _ = write!(page, "  {level}: {}: {}", finding.problem(), finding.count());
    if let Some(all) = finding.out_of() {
        let _ = write!(page, " of {all}");
    }
    if let Some(first) = finding.first() {
        let byte = finding.source_byte().unwrap_or(first.byte());
        let _ = write!(
            page,
            ", first at line {}, column {} (byte {byte})",
            first.line(),
            first.column()
        );
    } else if let Some(byte) = finding.source_byte() {
        let _ = write!(page, ", first at byte {byte}");
    }
    if !finding.samples().is_empty() {
        let _ = write!(page, ": {}", finding.samples().join(", "));
    }
    page.push('\n');
    if let Some(fix) = finding.fix() {
        let _ = writeln!(page, "    {fix} {}", quoted(name));
    }
}

/// A file name as a shell takes it.
fn quoted(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./+,:@%".contains(c);
    if name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}
