//! `tomtat check`: what is wrong with a text, and the command that fixes it.

use std::fmt::Write as _;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::detect::Content;
use tomtat::text::repair::check::{BytesChecker, Checker, Finding, Report, Severity};

use crate::input::{
    Format, Found, InputArguments, Items, Problem, ReadOptions, Reading, Source, Written, not_text,
};
use crate::locale::{self, translated};
use crate::messages::Messages;
use crate::output::{Output, message};
use crate::run::status::Status;

/// Arguments of `tomtat check`.
///
/// Of records, the texts are checked that the other commands read, and places are those in the text of
/// a record; of HTML pages, the text between the tags.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// How the report is written.
    #[arg(short, long, value_enum, default_value = "text")]
    format: ReportFormat,
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
    let reading = &arguments.input.reading;
    let articles = reading.reading()?;
    let Found { sources, problems } = reading.find(&arguments.input.files)?;
    let mut output = Output::new()?;
    let mut records = Vec::new();
    let mut messages = Messages::default();
    let (mut checked, mut troubled, mut failed) = (0, false, problems.len() as u64);
    for problem in problems {
        message("error", problem);
    }
    for source in sources {
        let name = source.name();
        let report = match report(source, arguments, &articles, &mut messages) {
            Ok((report, broken)) => {
                failed += broken;
                report
            }
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
    messages.finish();
    Ok(match (checked, failed) {
        (0, 1..) => Status::Fatal,
        (_, 1..) => Status::Partial,
        _ if troubled => Status::Nothing,
        _ => Status::Done,
    })
}

/// Checks one input, and counts its records that cannot be read; what is no text cannot be checked.
///
/// The input is gone through three times, so that no more than a block of it is held: for its encoding,
/// for what must be known of the whole text, and for what is wrong in each part.
fn report(
    source: Source,
    arguments: &Arguments,
    articles: &Reading,
    messages: &mut Messages,
) -> Result<(Report, u64), Problem> {
    let reading = &arguments.input.reading;
    let source = source.kept()?;
    let written = source.written(reading.input)?;
    if written == Written::Records(Format::Parquet) {
        let mut checker = Checker::default();
        let add = |id: &str, texts: &[&str]| checker.add_record(id, texts.iter().copied());
        let broken =
            each_record(source, Format::Parquet, None, (arguments, articles), messages, add);
        return Ok((checker.finish(), broken));
    }
    let detector = source.detected()?;
    let mut checker = BytesChecker::new(&detector, reading.encoding);
    let content = checker.detection().content();
    if reading.encoding.is_none() && !matches!(content, Content::Text | Content::Empty) {
        return Err(not_text(&source.name(), content));
    }
    drop(detector);
    let encoding = checker.encoding().unwrap_or(Encoding::Utf8);
    let mut broken = 0;
    match written {
        Written::Records(format) => {
            let add = |id: &str, texts: &[&str]| checker.add_record(id, texts.iter().copied());
            let options = (arguments, articles);
            broken = each_record(source, format, Some(encoding), options, messages, add);
        }
        Written::Page => {
            let page = source.whole(reading.longest)?;
            checker.survey_page(&page);
            checker.check_page(&page);
        }
        Written::Text => {
            source.for_blocks(encoding, |block| {
                checker.survey(block);
                Ok::<_, Problem>(())
            })?;
            source.for_blocks(encoding, |block| {
                checker.check(block);
                Ok::<_, Problem>(())
            })?;
        }
    }
    Ok((checker.finish(), broken))
}

/// Calls `add` with the id and the texts of each record; counts those that cannot be read.
fn each_record(
    source: Source,
    format: Format,
    encoding: Option<Encoding>,
    (arguments, articles): (&Arguments, &Reading),
    messages: &mut Messages,
    mut add: impl FnMut(&str, &[&str]),
) -> u64 {
    let options = ReadOptions { format, encoding, ..arguments.input.reading.options() };
    let mut broken = 0;
    for item in Items::new(Vec::new(), vec![source], options) {
        match item.article(articles) {
            Ok(article) => match article.title.as_deref() {
                // What was laid out shows its title.
                Some(title) if article.structure.is_none() => {
                    add(&article.id, &[title, &article.text]);
                }
                _ => add(&article.id, &[&article.text]),
            },
            Err(problem) => {
                messages.problem(&problem);
                broken += 1;
            }
        }
    }
    broken
}

/// The report of one file for people.
fn page(name: &str, report: &Report) -> String {
    let statistics = report.statistics();
    let mut page = format!("{name}: ");
    if let Some(found) = report.detection() {
        let detected = found.encoding().filter(|_| found.content() == Content::Text);
        page.push_str(&translated(&match (report.encoding(), detected) {
            (Some(encoding), Some(detected)) if encoding == detected => {
                let certainty = locale::number(format!("{:.2}", found.confidence()));
                format!("{encoding} (certainty {certainty})")
            }
            (Some(encoding), _) => format!("read as {encoding}"),
            (None, _) => found.content().to_string(),
        }));
    }
    if statistics.records > 0 {
        let gap = if report.detection().is_some() { ", " } else { "" };
        let _ = write!(page, "{gap}{}", counted(statistics.records, "record"));
    }
    let _ = writeln!(
        page,
        ", {}, {}, {}",
        counted(statistics.lines, "line"),
        counted(statistics.words, "word"),
        counted(statistics.syllables, "syllable"),
    );
    if report.findings().is_empty() {
        let _ = writeln!(page, "  {}", translated("nothing to fix"));
    }
    for finding in report.findings() {
        describe(&mut page, name, finding);
    }
    if let Some(found) = report.detection().filter(|found| !found.candidates().is_empty()) {
        for line in found.evidence() {
            let _ = writeln!(page, "  {}: {line}", translated("evidence"));
        }
    }
    page
}

fn counted(count: usize, noun: &str) -> String {
    let nouns = format!("{noun}{}", if count == 1 { "" } else { "s" });
    format!("{count} {}", locale::part(&nouns))
}

fn describe(page: &mut String, name: &str, finding: &Finding) {
    let level = match finding.severity() {
        Severity::Problem => "problem",
        Severity::Note => "note",
    };
    let problem = finding.problem().to_string();
    let _ = write!(page, "  {}: {}: {}", translated(level), translated(&problem), finding.count());
    let mut add = |part: String| page.push_str(&translated(&part));
    if let Some(all) = finding.out_of() {
        add(format!(" of {all}"));
    }
    if let Some(first) = finding.first() {
        let byte = finding.source_byte().unwrap_or(first.byte());
        add(match finding.record() {
            Some(record) => format!(", first in {record}"),
            None => ", first".to_owned(),
        });
        add(format!(" at line {}, column {} (byte {byte})", first.line(), first.column()));
    } else if let Some(byte) = finding.source_byte() {
        add(format!(", first at byte {byte}"));
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
