//! `tomtat evaluate`: scores of given summaries.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, Value, json};
use tomtat::Analyzer;
use tomtat::eval::significance::Correction;
use tomtat::eval::{Fingerprint, Interval, Signature};

use crate::input::Problem;
use crate::output::{Output, OutputFile, message};
use crate::report::scores::{Cell, Table, TableFormat};
use crate::run::progress;
use crate::run::status::{Status, Tally};
use crate::scoring::comparison::{ALPHA, Comparison, Summary, System, compare};
use crate::scoring::texts::{
    Entry, Layout, List, PREDICTIONS, REFERENCES, named_file, print_problems,
};
use crate::scoring::threshold::{Threshold, all_met};
use crate::scoring::{MeasureArguments, Scorer, StatisticsArguments, joins_syllables};

/// Arguments of `tomtat evaluate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Texts come one a line, as JSON Lines, or as the files of a folder. They belong together by id where
all have ids (folders: by name without extension), else by order. Nothing is left out in silence: a
text without partner ends the run; an empty prediction is named and scores 0.

Exit codes: 0 done; 1 nothing to score or a threshold missed; 2 wrong usage, missing partners or
nothing readable; 3 some lines could not be read, the others were scored.

Examples:
  tomtat evaluate --pred out.txt --ref gold.txt
  tomtat evaluate --pred out/ --ref first/ --ref second/ --references jackknife
  tomtat evaluate --pred mine=a.jsonl --pred theirs=b.jsonl --ref gold.jsonl --ref-field abstract
  tomtat evaluate --pred out.txt --ref gold.txt --compat rouge-1.5.5 -f json")]
pub(crate) struct Arguments {
    /// Predictions: [NAME=]FILE or folder; several are compared with the first.
    #[arg(long, required = true, value_name = "[NAME=]FILE")]
    pred: Vec<String>,
    /// References: a file or folder; give it again for a second reference of each text.
    #[arg(long = "ref", required = true, value_name = "FILE")]
    reference: Vec<PathBuf>,
    /// Field of the predictions in JSON Lines [default: prediction, summary, … whichever is there].
    #[arg(long, value_name = "NAME")]
    pred_field: Option<String>,
    /// Field of the references; NAME[] takes each item of a list as a reference of its own
    /// [default: references, reference, abstract, summary, … whichever is there].
    #[arg(long, value_name = "NAME")]
    ref_field: Option<String>,
    /// Field with the id in JSON Lines.
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
    /// What stands for a line end inside of a line, such as <q>; rougeLsum needs the sentences.
    #[arg(long, value_name = "MARK")]
    line_break: Option<String>,

    #[command(flatten)]
    measures: MeasureArguments,
    #[command(flatten)]
    statistics: StatisticsArguments,

    /// Output format.
    #[arg(short, long, value_enum, default_value = "table", help_heading = "Output")]
    format: TableFormat,
    /// Print the signature line alone.
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,
    /// Write the scores of each text to this CSV file.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    details: Option<PathBuf>,
    /// End with exit code 1 if a score (in percent) is lower; of the first system if none is named.
    #[arg(long, value_name = "[NAME:]MEASURE=VALUE", help_heading = "Output")]
    fail_under: Vec<Threshold>,
}

/// Texts that are scored: predictions by system, references.
struct Pairs {
    ids: Vec<String>,
    /// By system, by text.
    predictions: Vec<Vec<String>>,
    references: Vec<Vec<String>>,
    failed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    arguments.statistics.check()?;
    let mut scorer = arguments.measures.scorer()?;
    let layout = |field: &Option<String>| Layout {
        field: field.clone(),
        id: Some(arguments.id_field.clone()),
        line_break: arguments.line_break.clone(),
    };
    let names: Vec<(String, PathBuf)> = arguments.pred.iter().map(|p| named_file(p)).collect();
    if let Some((name, _)) = names
        .iter()
        .enumerate()
        .find_map(|(i, name)| names[..i].iter().any(|before| before.0 == name.0).then_some(name))
    {
        bail!("two predictions are called `{name}`: name them, as in --pred other={name}.txt");
    }
    let file = arguments.details.as_deref().map(OutputFile::open).transpose()?;
    let read = |path: &PathBuf, field, usual| List::read(path, &layout(field), usual);
    let predictions: Vec<List> = names
        .iter()
        .map(|(_, path)| read(path, &arguments.pred_field, PREDICTIONS))
        .collect::<Result<_>>()?;
    let references: Vec<List> = arguments
        .reference
        .iter()
        .map(|path| read(path, &arguments.ref_field, REFERENCES))
        .collect::<Result<_>>()?;

    let empty: Vec<Vec<String>> = predictions.iter().map(places_of_empty).collect();
    let Some(pairs) = match_up(predictions, references) else { return Ok(Status::Fatal) };
    if pairs.ids.is_empty() {
        if pairs.failed == 0 {
            message("note", "no texts to score: the files are empty");
        }
        return Ok(Tally { failed: pairs.failed, ..Tally::default() }.status());
    }
    let warnings = warnings(&scorer, &empty, &pairs);
    let references = std::iter::once_with(|| pairs.references.iter().flatten().any(has_words));
    scorer
        .look_at(pairs.predictions.iter().map(|list| list.iter().any(has_words)).chain(references));

    let systems = score(arguments, &scorer, &names, &pairs)?;
    let width = scorer.names().len();
    let baseline = (systems.len() > 1).then_some(0);
    let mut comparison =
        compare(&systems, width, baseline, Correction::default(), &arguments.statistics);
    follow_script(&scorer, &systems, &mut comparison);
    let signature = signature(arguments, &scorer, &pairs, systems.len() > 1);
    let run = Run { arguments, scorer: &scorer, systems: &systems, pairs: &pairs, comparison };
    let text = if arguments.quiet {
        format!("{signature}\n")
    } else if arguments.format == TableFormat::Json {
        run.json(&signature, &warnings)?
    } else {
        run.table(&signature).render(arguments.format)
    };
    let mut output = Output::new()?;
    output.write(&text)?;
    output.finish()?;
    if let Some(file) = file {
        file.commit(details(&scorer, run.systems, run.pairs))?;
    }

    let value = |system: &str, measure: &str| {
        let s = systems.iter().position(|known| known.name == system)?;
        let m = scorer.names().iter().position(|name| name.eq_ignore_ascii_case(measure))?;
        Some(run.comparison.rows[s][m].f_measure.mean)
    };
    let met = all_met(&arguments.fail_under, &systems[0].name, value)?;
    let silent = pairs.predictions.iter().all(|list| list.iter().all(|t| t.trim().is_empty()));
    Ok(match (pairs.failed, met && !silent) {
        (_, false) => Status::Nothing,
        (0, true) => Status::Done,
        (_, true) => Status::Partial,
    })
}

/// The places of the texts of a list that are empty.
fn places_of_empty(list: &List) -> Vec<String> {
    let is_empty = |entry: &&Entry| {
        entry.texts.as_ref().is_ok_and(|texts| texts.iter().all(|t| t.trim().is_empty()))
    };
    list.entries.iter().filter(is_empty).map(|entry| entry.place.clone()).collect()
}

/// Brings together what belongs together; prints what does not and returns nothing then.
///
/// The texts move: there is one copy of each.
fn match_up(predictions: Vec<List>, references: Vec<List>) -> Option<Pairs> {
    let (systems, of_each) = (predictions.len(), references.len());
    let mut lists: Vec<List> = references.into_iter().chain(predictions).collect();
    let mut problems = Vec::new();
    let mut partners = Vec::new();
    for list in &lists[1..] {
        match lists[0].partners(list) {
            Ok(found) => partners.push(found),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        print_problems(&problems);
        return None;
    }
    let mut unreadable: Vec<Problem> = Vec::new();
    for list in &lists {
        unreadable
            .extend(list.entries.iter().filter_map(|entry| entry.texts.as_ref().err().cloned()));
    }
    print_problems(&unreadable);

    let mut pairs = Pairs {
        ids: Vec::new(),
        predictions: vec![Vec::new(); systems],
        references: Vec::new(),
        failed: unreadable.len() as u64,
    };
    for at in 0..lists[0].entries.len() {
        let others = partners.iter().map(|partner| partner[at]);
        let Some(places) = std::iter::once(Some(at)).chain(others).collect::<Option<Vec<usize>>>()
        else {
            continue;
        };
        let mut entries = lists.iter().zip(&places).map(|(list, &place)| &list.entries[place]);
        if entries.any(|entry| entry.texts.is_err()) {
            continue;
        }
        let id = lists[0].entries[at].id.take();
        pairs.ids.push(id.unwrap_or_else(|| (at + 1).to_string()));
        let mut texts = lists.iter_mut().zip(places).map(|(list, place)| {
            std::mem::replace(&mut list.entries[place].texts, Ok(Vec::new())).unwrap_or_default()
        });
        pairs.references.push(texts.by_ref().take(of_each).flatten().collect());
        for (list, mut texts) in pairs.predictions.iter_mut().zip(texts) {
            let one = texts.len() == 1;
            list.push(if one { texts.remove(0) } else { texts.join("\n") });
        }
    }
    Some(pairs)
}

/// Says what the reader of the numbers should know.
fn warnings(scorer: &Scorer, empty: &[Vec<String>], pairs: &Pairs) -> Vec<String> {
    let mut warnings: Vec<String> = scorer.warning().map(str::to_owned).into_iter().collect();
    for (places, texts) in empty.iter().zip(&pairs.predictions) {
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        if !places.is_empty() {
            warnings.push(format!(
                "{} of {} predictions are empty and score 0: {}",
                places.len(),
                texts.len(),
                some_of(&places)
            ));
        }
    }
    let empty: Vec<&str> = pairs
        .ids
        .iter()
        .zip(&pairs.references)
        .filter(|(_, texts)| texts.iter().all(|text| text.trim().is_empty()))
        .map(|(id, _)| id.as_str())
        .collect();
    if !empty.is_empty() {
        warnings.push(format!(
            "{} texts have no reference that is not empty and score 0: {}",
            empty.len(),
            some_of(&empty)
        ));
    }
    for warning in &warnings {
        message("warning", warning);
    }
    warnings
}

/// The first few of a list, and that there are more.
fn some_of(places: &[&str]) -> String {
    let shown = places.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    if places.len() > 5 { format!("{shown}, …") } else { shown }
}

fn score(
    arguments: &Arguments,
    scorer: &Scorer,
    names: &[(String, PathBuf)],
    pairs: &Pairs,
) -> Result<Vec<System>> {
    let analyzer = Analyzer::new();
    let pool = arguments.statistics.pool()?;
    let bar = progress::bar(pairs.ids.len() * names.len(), "scoring");
    let systems = names
        .iter()
        .zip(&pairs.predictions)
        .map(|((name, _), texts)| {
            let list: Vec<(&str, &[String])> = texts
                .iter()
                .map(String::as_str)
                .zip(pairs.references.iter().map(Vec::as_slice))
                .collect();
            let scores = scorer.score_all(&list, &analyzer, &pool, &bar);
            System { name: name.clone(), scores, is_tested: true }
        })
        .collect();
    bar.finish_and_clear();
    Ok(systems)
}

/// ROUGE-1.5.5 prints the means and intervals of its own resampling.
pub(crate) fn follow_script(scorer: &Scorer, systems: &[System], comparison: &mut Comparison) {
    for (system, row) in systems.iter().zip(&mut comparison.rows) {
        let Some(report) = scorer.report(&system.scores) else { return };
        for (summary, of_script) in row.iter_mut().zip(report) {
            for (interval, estimate) in [
                (&mut summary.precision, of_script.precision),
                (&mut summary.recall, of_script.recall),
                (&mut summary.f_measure, of_script.f_measure),
            ] {
                interval.mean = estimate.mean;
                interval.low = estimate.low;
                interval.high = estimate.high;
            }
        }
    }
}

fn signature(
    arguments: &Arguments,
    scorer: &Scorer,
    pairs: &Pairs,
    is_comparison: bool,
) -> Signature {
    let mut data = Fingerprint::new();
    pairs.references.iter().flatten().for_each(|text| data.add(text));
    let counts: Vec<usize> = pairs.references.iter().map(Vec::len).collect();
    let statistics = &arguments.statistics;
    let mut signature = scorer.signature();
    signature = signature.with("refs", range(&counts)).with("n", pairs.ids.len());
    signature = scorer.with_statistics(signature, statistics);
    if is_comparison {
        signature = signature
            .with("test", "approximate-randomization+paired-bootstrap")
            .with("correction", Correction::default());
    }
    signature.with("data", data)
}

/// `2`, or `1-3` if the numbers differ.
pub(crate) fn range(counts: &[usize]) -> String {
    let (low, high) = (counts.iter().min().copied(), counts.iter().max().copied());
    match (low.unwrap_or(0), high.unwrap_or(0)) {
        (low, high) if low == high => low.to_string(),
        (low, high) => format!("{low}-{high}"),
    }
}

fn details(scorer: &Scorer, systems: &[System], pairs: &Pairs) -> String {
    let mut table = Table::default();
    ["id", "system", "measure"].iter().for_each(|name| table.text_column(name));
    ["precision", "recall", "f"].iter().for_each(|name| table.number_column(name));
    let width = scorer.names().len();
    for (at, id) in pairs.ids.iter().enumerate() {
        for system in systems {
            for (name, score) in scorer.names().iter().zip(&system.scores[at * width..]) {
                let number = |value| Cell::Score { value, range: None, mark: 0 };
                table.rows.push(vec![
                    Cell::Text(id.clone()),
                    Cell::Text(system.name.clone()),
                    Cell::Text(name.clone()),
                    number(score.precision),
                    number(score.recall),
                    number(score.f_measure),
                ]);
            }
        }
    }
    table.render(TableFormat::Csv)
}

struct Run<'a> {
    arguments: &'a Arguments,
    scorer: &'a Scorer,
    systems: &'a [System],
    pairs: &'a Pairs,
    comparison: Comparison,
}

impl Run<'_> {
    fn table(&self, signature: &Signature) -> Table {
        let mut table = Table::default();
        let statistics = &self.arguments.statistics;
        let counts: Vec<usize> = self.pairs.references.iter().map(Vec::len).collect();
        table.caption =
            format!("{} texts, references of each: {}", self.pairs.ids.len(), range(&counts));
        let cell = |interval: Interval, mark| Cell::Score {
            value: interval.mean,
            range: Some((interval.low, interval.high)),
            mark,
        };
        if let [row] = self.comparison.rows.as_slice() {
            table.text_column("measure");
            ["precision", "recall", "F"].iter().for_each(|name| table.number_column(name));
            for (name, summary) in self.scorer.names().iter().zip(row) {
                table.rows.push(vec![
                    Cell::Text(name.clone()),
                    cell(summary.precision, 0),
                    cell(summary.recall, 0),
                    cell(summary.f_measure, 0),
                ]);
            }
            table.notes.push(self.scorer.intervals_note(statistics));
        } else {
            table.text_column("system");
            self.scorer.names().iter().for_each(|name| table.number_column(name));
            for (system, row) in self.systems.iter().zip(&self.comparison.rows) {
                let mut cells = vec![Cell::Text(system.name.clone())];
                cells.extend(row.iter().map(|summary| {
                    let mark = summary.tests.map_or(0, |tests| tests.verdict(ALPHA));
                    cell(summary.f_measure, mark)
                }));
                table.rows.push(cells);
            }
            let first = &self.systems[0].name;
            table.notes.push(format!("F-measures {}", self.scorer.intervals_note(statistics)));
            table.notes.push(marks_note(first, &self.comparison, Correction::default()));
        }
        table.signature = signature.to_string();
        table
    }

    fn json(&self, signature: &Signature, warnings: &[String]) -> Result<String> {
        let systems = self.systems.iter().zip(&self.comparison.rows).map(|(system, row)| {
            let measures: Map<String, Value> = self
                .scorer
                .names()
                .iter()
                .zip(row)
                .map(|(name, summary)| (name.clone(), summary_json(summary)))
                .collect();
            json!({ "name": system.name, "measures": measures })
        });
        let object = json!({
            "schema": "tomtat.evaluation/1",
            "texts": self.pairs.ids.len(),
            "unreadable": self.pairs.failed,
            "systems": systems.collect::<Vec<_>>(),
            "baseline": self.comparison.baseline.map(|b| self.systems[b].name.clone()),
            "warnings": warnings,
            "signature": signature.to_string(),
        });
        Ok(serde_json::to_string_pretty(&object)? + "\n")
    }
}

/// Whether a text has words joined by underscores.
fn has_words(text: impl AsRef<str>) -> bool {
    joins_syllables(text.as_ref())
}

/// Explains the marks of a table.
pub(crate) fn marks_note(
    baseline: &str,
    comparison: &Comparison,
    correction: Correction,
) -> String {
    let Comparison { tests, test_resamples, .. } = comparison;
    format!(
        "+ better, - worse than {baseline}: approximate randomization of {test_resamples} resamples, \
         p < {ALPHA} after correction ({correction}) for {tests} tests"
    )
}

/// A summary as machine formats carry it.
pub(crate) fn summary_json(summary: &Summary) -> Value {
    let mut object = json!({
        "precision": interval_json(summary.precision),
        "recall": interval_json(summary.recall),
        "f": interval_json(summary.f_measure),
    });
    if let Some(tests) = &summary.tests {
        object["against_baseline"] = json!({
            "difference": interval_json(tests.difference),
            "approximate_randomization": {
                "p": tests.randomization[0], "p_corrected": tests.randomization[1],
            },
            "paired_bootstrap": { "p": tests.bootstrap[0], "p_corrected": tests.bootstrap[1] },
        });
    }
    object
}

/// An interval as machine formats carry it; nothing where a measure has no such part.
pub(crate) fn interval_json(interval: Interval) -> Value {
    if interval.mean.is_nan() {
        return Value::Null;
    }
    json!({ "mean": interval.mean, "low": interval.low, "high": interval.high })
}
