//! Tables of precision, recall and F1 of what was cut or labelled.

use anyhow::Result;
use serde_json::{Map, Value, json};
use tomtat::eval::extraction::ExtractionCounts;
use tomtat::eval::{Fingerprint, Interval, Signature};

use super::arguments::{Arguments, Format};
use crate::command::evaluate::interval_json;
use crate::output::Output;
use crate::report::scores::{Cell, Table};
use crate::run::status::Status;
use crate::scoring::threshold::all_met;

/// A row: what was counted in each part of the data.
pub(super) struct Row {
    pub(super) name: String,
    /// By sentence, paragraph or page: what is resampled.
    pub(super) parts: Vec<ExtractionCounts>,
    /// Further scores between 0 and 1, by the names of the columns.
    pub(super) more: Vec<Option<f64>>,
}

/// A task that was measured.
pub(super) struct Measured<'a> {
    pub(super) arguments: &'a Arguments,
    /// Name of the task in machine formats.
    pub(super) task: &'static str,
    /// What was measured on what.
    pub(super) caption: String,
    /// What a row is.
    pub(super) row_name: &'static str,
    /// What is counted.
    pub(super) unit: &'static str,
    /// Names of the further columns.
    pub(super) more: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
    pub(super) notes: Vec<String>,
    /// The row that thresholds mean without a name.
    pub(super) usual: &'static str,
    /// Fields of the signature that belong to the task.
    pub(super) fields: Vec<(&'static str, String)>,
    pub(super) data: Fingerprint,
    /// Records that could not be read.
    pub(super) failed: u64,
}

impl Measured<'_> {
    /// Writes the table and says how the run ended.
    pub(super) fn finish(self) -> Result<Status> {
        let arguments = self.arguments;
        let statistics = &arguments.statistics;
        let draws = statistics.bootstrap();
        let scores: Vec<[Interval; 3]> = self
            .rows
            .iter()
            .map(|row| draws.score_intervals(&row.parts, 1.0, statistics.share()))
            .collect();
        let parts = self.rows.iter().map(|row| row.parts.len()).max().unwrap_or(0);
        let mut signature = Signature::new(self.task).with("unit", self.unit);
        for (key, value) in &self.fields {
            signature = signature.with(*key, value);
        }
        let signature = signature
            .with("avg", "micro")
            .with("n", parts)
            .with("ci", statistics.level)
            .with("bs", statistics.resamples)
            .with("seed", statistics.seed)
            .with("data", self.data);
        let text = match arguments.format {
            _ if arguments.quiet => format!("{signature}\n"),
            Format::Json => self.json(&scores, &signature)?,
            format => self.table(&scores, &signature).render(format.of_table()),
        };
        let mut output = Output::new()?;
        output.write(&text)?;
        output.finish()?;
        let value = |name: &str, measure: &str| {
            let row = self.rows.iter().position(|row| row.name == name)?;
            match measure.to_ascii_lowercase().as_str() {
                "precision" => Some(scores[row][0].mean),
                "recall" => Some(scores[row][1].mean),
                "f1" => Some(scores[row][2].mean),
                other => self.rows[row].more[self.more.iter().position(|n| *n == other)?],
            }
        };
        let met = all_met(&arguments.fail_under, self.usual, value)?;
        Ok(match (met, self.failed) {
            (false, _) => Status::Nothing,
            (true, 0) => Status::Done,
            (true, _) => Status::Partial,
        })
    }

    fn table(&self, scores: &[[Interval; 3]], signature: &Signature) -> Table {
        let mut table = Table::default();
        table.caption.clone_from(&self.caption);
        table.text_column(self.row_name);
        ["precision", "recall", "F1"].iter().for_each(|name| table.number_column(name));
        self.more.iter().for_each(|name| table.number_column(name));
        table.number_column(self.unit);
        for (row, intervals) in self.rows.iter().zip(scores) {
            let mut cells = vec![Cell::Text(row.name.clone())];
            cells.extend(intervals.iter().map(|interval| Cell::Score {
                value: interval.mean,
                range: Some((interval.low, interval.high)),
                mark: 0,
            }));
            cells.extend(row.more.iter().map(|value| match value {
                Some(value) => Cell::Score { value: *value, range: None, mark: 0 },
                None => Cell::Empty,
            }));
            cells.push(Cell::Number(total(row).gold() as f64, 0));
            table.rows.push(cells);
        }
        let statistics = &self.arguments.statistics;
        table.notes.push(format!(
            "in percent with {} % intervals from {} resamples; {}: how many there are to find",
            statistics.level, statistics.resamples, self.unit
        ));
        table.notes.extend(self.notes.iter().cloned());
        table.signature = signature.to_string();
        table
    }

    fn json(&self, scores: &[[Interval; 3]], signature: &Signature) -> Result<String> {
        let rows = self.rows.iter().zip(scores).map(|(row, [precision, recall, f])| {
            let counts = total(row);
            let mut object = Map::new();
            object.insert("name".into(), json!(row.name));
            object.insert("precision".into(), interval_json(*precision));
            object.insert("recall".into(), interval_json(*recall));
            object.insert("f1".into(), interval_json(*f));
            object.insert("correct".into(), json!(counts.correct()));
            object.insert("predicted".into(), json!(counts.predicted()));
            object.insert("gold".into(), json!(counts.gold()));
            for (name, value) in self.more.iter().zip(&row.more) {
                object.insert((*name).into(), json!(value));
            }
            Value::Object(object)
        });
        let files: Vec<String> =
            self.arguments.data.iter().map(|path| path.display().to_string()).collect();
        let object = json!({
            "schema": "tomtat.bench/1",
            "task": self.task,
            "files": files,
            "unreadable": self.failed,
            "unit": self.unit,
            "rows": rows.collect::<Vec<_>>(),
            "notes": self.notes,
            "signature": signature.to_string(),
        });
        Ok(serde_json::to_string_pretty(&object)? + "\n")
    }
}

fn total(row: &Row) -> ExtractionCounts {
    row.parts.iter().fold(ExtractionCounts::default(), |sum, part| sum.merge(*part))
}

/// The names of the files, for captions.
pub(super) fn file_names(arguments: &Arguments) -> String {
    let names = arguments.data.iter().map(|path| {
        path.file_name().map_or_else(|| "-".to_owned(), |name| name.to_string_lossy().into())
    });
    names.collect::<Vec<String>>().join(", ")
}
