//! Summaries as rows of Parquet.

use anyhow::Result;

use super::arguments::{Arguments, OutputFormat};
use super::json::{problem_of, status_of, summary_of};
use super::report::Report;
use crate::output::{ParquetRows, ParquetValue};

const COLUMNS: [&str; 9] =
    ["id", "status", "title", "method", "summary", "unit", "asked", "given", "warnings"];

/// Begins the rows, if they are asked for.
pub(super) fn rows(arguments: &Arguments) -> Result<Option<ParquetRows>> {
    if arguments.format != OutputFormat::Parquet {
        return Ok(None);
    }
    let names = COLUMNS.map(str::to_owned).into();
    ParquetRows::new("tomtat.summary/1", names).map(Some)
}

/// The row of an article; warnings are their codes with spaces between.
pub(super) fn row(report: &Report) -> Vec<ParquetValue> {
    let text = |text: &str| ParquetValue::Text(text.to_owned());
    let count = |count: Option<usize>| {
        count.and_then(|n| i64::try_from(n).ok()).map_or(ParquetValue::None, ParquetValue::Integer)
    };
    let status = status_of(report);
    let codes = problem_of(report).into_iter().map(|(code, _)| code);
    let codes = codes.chain(report.warnings.iter().map(tomtat::summary::Warning::code));
    vec![
        text(&report.id),
        text(status),
        report.title.as_deref().map_or(ParquetValue::None, text),
        text(&report.method),
        if status == "error" { ParquetValue::None } else { text(&summary_of(report)) },
        report.length.map_or(ParquetValue::None, |length| text(length.unit)),
        count(report.length.and_then(|length| length.asked)),
        count(report.length.map(|length| length.given)),
        text(&codes.collect::<Vec<_>>().join(" ")),
    ]
}
