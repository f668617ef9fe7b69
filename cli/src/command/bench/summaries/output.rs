//! Tables and JSON of a run.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Map, Value, json};
use tomtat::select::Budget;

use super::bench_run::{BenchRun, Length};
use crate::command::evaluate::{marks_note, range, summary_json};
use crate::report::scores::{Cell, Table, TableFormat};
use crate::scoring::comparison::ALPHA;

/// The length as signatures and captions name it.
pub(super) fn length_of(budget: Budget) -> String {
    match budget {
        Budget::Auto => "auto".to_owned(),
        Budget::Ratio(share) => format!("{share} of sentences"),
        budget => format!("{} {}", budget.limit(0), budget.unit()),
    }
}

/// Near-duplicates that a table names.
const SHOWN_DUPLICATES: usize = 3;

impl BenchRun<'_> {
    /// What was measured on what, in one line.
    pub(super) fn caption(&self) -> String {
        let bench = self.bench;
        let names: Vec<String> = bench
            .arguments
            .data
            .iter()
            .map(|path| {
                path.file_name().map_or("-".to_owned(), |name| name.to_string_lossy().into())
            })
            .collect();
        let clusters = bench.examples.iter().filter(|kept| kept.example.is_cluster()).count();
        let what = if clusters == 0 { "articles" } else { "clusters of articles" };
        let of = match bench.arguments.sample {
            Some(_) => format!(" of {}", self.records),
            None => String::new(),
        };
        let counts: Vec<usize> =
            bench.examples.iter().map(|kept| kept.example.references.len()).collect();
        let title = if bench.arguments.no_title { "without the title" } else { "with the title" };
        let dropped = match self.dropped() {
            0 => String::new(),
            n => format!(", {n} near-duplicates left out"),
        };
        format!(
            "{}: {}{of} {what}, references of each: {}, length {}, methods {title}{dropped}",
            names.join(", "),
            bench.examples.len(),
            range(&counts),
            length_of(bench.budget)
        )
    }

    /// Near-duplicates that were left out.
    fn dropped(&self) -> usize {
        let search = self.search.filter(|_| self.bench.arguments.drop_duplicates);
        search.map_or(0, |search| search.found.len())
    }

    /// Mean number of sentences and syllables, and milliseconds, of a method's summaries.
    pub(super) fn lengths(&self, method: usize) -> (Option<f64>, f64, f64) {
        let n = self.outcomes.len().max(1) as f64;
        let each = || self.outcomes.iter().map(|outcome| &outcome.predictions[method]);
        let sum = |part: fn(&Length) -> f64| each().fold(0.0, |sum, length| sum + part(length));
        let counted = each().all(|length| length.sentences.is_some());
        let sentences = counted.then(|| sum(|l| l.sentences.unwrap_or(0) as f64) / n);
        let mut seconds = sum(|l| l.seconds);
        if self.bench.methods[method].kind_name() == "method" {
            seconds += self.outcomes.iter().fold(0.0, |sum, outcome| sum + outcome.analysis);
        }
        (sentences, sum(|l| l.syllables as f64) / n, 1e3 * seconds / n)
    }

    pub(super) fn table(&self) -> Table {
        let arguments = self.bench.arguments;
        let mut table = Table::default();
        table.caption = self.caption();
        table.text_column("method");
        self.bench.scorer.names().iter().for_each(|name| table.number_column(name));
        table.number_column("sentences");
        table.number_column("syllables");
        if arguments.time {
            table.number_column("ms");
        }
        for (m, (system, row)) in self.systems.iter().zip(&self.comparison.rows).enumerate() {
            let mut cells = vec![Cell::Text(system.name.clone())];
            cells.extend(row.iter().map(|summary| Cell::Score {
                value: summary.f_measure.mean,
                range: Some((summary.f_measure.low, summary.f_measure.high)),
                mark: summary.tests.map_or(0, |tests| tests.verdict(ALPHA)),
            }));
            let (sentences, syllables, milliseconds) = self.lengths(m);
            cells.push(sentences.map_or(Cell::Empty, |n| Cell::Number(n, 2)));
            cells.push(Cell::Number(syllables, 1));
            if arguments.time {
                let timed = self.bench.methods[m].kind_name() == "method";
                cells.push(if timed { Cell::Number(milliseconds, 3) } else { Cell::Empty });
            }
            table.rows.push(cells);
        }
        let statistics = &arguments.statistics;
        table.notes.push(format!(
            "F-measures {}; sentences and syllables: means of the summaries",
            self.bench.scorer.intervals_note(statistics)
        ));
        if let Some(baseline) = self.baseline {
            let name = &self.systems[baseline].name;
            table.notes.push(marks_note(name, self.comparison, arguments.correction.into()));
        }
        table.notes.extend(self.duplicates_note());
        table.signature = self.signature.to_string();
        table
    }

    fn duplicates_note(&self) -> Option<String> {
        let search = self.search?;
        let share = 100.0 * search.found.len() as f64 / search.compared.max(1) as f64;
        let mut note = format!(
            "near-duplicates (at least {} in common) of {} training records: {} of {} ({share:.1} %)",
            self.bench.arguments.duplicate,
            search.read,
            search.found.len(),
            search.compared,
        );
        for (i, found) in search.found.iter().take(SHOWN_DUPLICATES).enumerate() {
            let lead = if i == 0 { ": " } else { ", " };
            let _ = write!(note, "{lead}{} = {} ({:.2})", found.id, found.place, found.resemblance);
        }
        if search.found.len() > SHOWN_DUPLICATES {
            note.push_str(", …");
        }
        Some(note)
    }

    pub(super) fn json(&self) -> Result<String> {
        let bench = self.bench;
        let names = bench.scorer.names();
        let rows = self.systems.iter().zip(&self.comparison.rows).enumerate();
        let rows = rows.map(|(m, (system, row))| {
            let measures: Map<String, Value> =
                names.iter().zip(row).map(|(n, s)| (n.clone(), summary_json(s))).collect();
            let (sentences, syllables, milliseconds) = self.lengths(m);
            let mut object = json!({
                "name": system.name,
                "kind": bench.methods[m].kind_name(),
                "measures": measures,
                "sentences": sentences,
                "syllables": syllables,
            });
            if bench.arguments.time {
                object["milliseconds"] = json!(milliseconds);
            }
            object
        });
        let files: Vec<String> =
            bench.arguments.data.iter().map(|path| path.display().to_string()).collect();
        let mut object = json!({
            "schema": "tomtat.bench/1",
            "task": "summaries",
            "files": files,
            "records": self.records,
            "unreadable": self.failed,
            "measured": bench.examples.len(),
            "length": length_of(bench.budget),
            "baseline": self.baseline.map(|b| self.systems[b].name.clone()),
            "tests": self.comparison.tests,
            "test_resamples": self.comparison.test_resamples,
            "rows": rows.collect::<Vec<_>>(),
        });
        if let Some(search) = self.search {
            let found = search.found.iter().map(|found| {
                json!({
                    "id": found.id,
                    "train": found.place,
                    "resemblance": found.resemblance,
                })
            });
            object["near_duplicates"] = json!({
                "train_records": search.read,
                "least": bench.arguments.duplicate,
                "left_out": self.dropped() > 0,
                "found": found.collect::<Vec<_>>(),
            });
        }
        object["warnings"] = json!(self.warnings);
        object["signature"] = json!(self.signature.to_string());
        Ok(serde_json::to_string_pretty(&object)? + "\n")
    }

    /// The scores of each article, as CSV.
    pub(super) fn details(&self) -> String {
        let mut table = Table::default();
        ["id", "method"].iter().for_each(|name| table.text_column(name));
        table.number_column("syllables");
        self.bench.scorer.names().iter().for_each(|name| table.number_column(name));
        for (outcome, kept) in self.outcomes.iter().zip(&self.bench.examples) {
            for (m, system) in self.systems.iter().enumerate() {
                let mut cells = vec![
                    Cell::Text(kept.example.id.clone()),
                    Cell::Text(system.name.clone()),
                    Cell::Number(outcome.predictions[m].syllables as f64, 0),
                ];
                cells.extend(outcome.scores[m].iter().map(|score| Cell::Score {
                    value: score.f_measure,
                    range: None,
                    mark: 0,
                }));
                table.rows.push(cells);
            }
        }
        table.render(TableFormat::Csv)
    }
}
