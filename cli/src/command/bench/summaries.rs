//! `--task summaries`: methods on articles with reference summaries.

mod bench_run;
mod duplicates;
mod load;
mod method;
mod output;
mod page;
mod pairs;

use std::path::PathBuf;

use anyhow::{Result, bail};
use rayon::prelude::*;
use tomtat::Analyzer;
use tomtat::eval::{Fingerprint, Oracle, Random, Signature};
use tomtat::rank;
use tomtat::select::Budget;

use crate::command::bench::arguments::{Arguments, Format};
use crate::command::evaluate::{follow_script, range};
use crate::dataset::{Example, Fields};
use crate::models;
use crate::output::{Output, OutputFile, message};
use crate::run::progress;
use crate::run::status::Status;
use crate::scoring::comparison::{System, compare};
use crate::scoring::texts::print_problems;
use crate::scoring::threshold::all_met;
use bench_run::{Bench, BenchRun, Outcome, Worker};
use method::{Kind, Method, methods};

/// The same for the sample.
const SAMPLE: u64 = 0x7361_6D70_6C65_3031;

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let fields = Fields::parse(&arguments.field).map_err(anyhow::Error::msg)?;
    let files = Files::open(arguments)?;
    let budget = arguments.length.budget()?;
    let mut scorer = arguments.measures.scorer()?;
    let analyzer = analyzer(arguments)?;
    let pool = arguments.statistics.pool()?;
    // A wrong name is told before long files are read.
    let names: Vec<String> =
        arguments.pred.iter().map(|p| crate::scoring::texts::named_file(p).0).collect();
    let promised = names.iter().map(|n| Method { name: n.clone(), kind: Kind::Given(Vec::new()) });
    let rows = methods(&arguments.method, promised.collect(), budget, &analyzer, false)?;
    baseline(arguments, &rows, budget)?;
    if arguments.pairs.is_some() {
        pairs::check(&rows)?;
    }

    let data = load::data(arguments, &fields)?;
    print_problems(&data.problems);
    let given = load::given(arguments, &data)?;
    let Some(given) = given else { return Ok(Status::Fatal) };
    let (records, failed) = (data.records.len(), data.problems.len());
    let mut examples: Vec<(usize, Example)> =
        data.records.into_iter().enumerate().filter_map(|(i, e)| Some((i, e?))).collect();
    if let Some(count) = arguments.sample {
        let seed = arguments.statistics.seed ^ SAMPLE;
        let kept = Random::new(seed).sample(examples.len(), count);
        let mut is_kept = vec![false; examples.len()];
        kept.iter().for_each(|i| is_kept[*i] = true);
        let mut keep = is_kept.iter();
        examples.retain(|_| keep.next().copied().unwrap_or(false));
    }
    let mut search = None;
    let mut dropped = 0;
    if !arguments.train.is_empty() {
        let plain: Vec<Example> = examples.iter().map(|(_, e)| e.clone()).collect();
        let found =
            duplicates::search(&plain, &arguments.train, &fields, arguments.duplicate, &pool)?;
        print_problems(&found.problems);
        if arguments.drop_duplicates {
            dropped = found.found.len();
            let mut is_found = vec![false; examples.len()];
            found.found.iter().for_each(|f| is_found[f.record] = true);
            let mut drop = is_found.iter();
            examples.retain(|_| !drop.next().copied().unwrap_or(false));
        }
        search = Some((found, plain));
    }
    if examples.is_empty() {
        if failed == 0 {
            message("note", "no records to measure on");
        }
        return Ok(if failed == 0 { Status::Nothing } else { Status::Fatal });
    }

    let given = given.into_iter().map(|(name, texts)| Method { name, kind: Kind::Given(texts) });
    let has_clusters = examples.iter().any(|(_, example)| example.is_cluster());
    let methods = methods(&arguments.method, given.collect(), budget, &analyzer, has_clusters)?;
    scorer.look_at(texts_to_compare(&methods, &examples));
    let bench = Bench {
        arguments,
        oracle: Oracle::new(scorer.of_oracle()),
        analyzer,
        scorer,
        methods,
        examples,
        budget,
    };
    let warnings = warnings(&bench);
    for warning in &warnings {
        message("warning", warning);
    }

    let with_places = arguments.report.is_some() || arguments.format == Format::Html;
    let bar = progress::bar(bench.examples.len(), "measuring");
    let outcomes: Vec<Outcome> = pool.install(|| {
        let work = |worker: &mut Worker, at: usize| {
            bar.inc(1);
            bench.outcome(at, worker, with_places)
        };
        (0..bench.examples.len()).into_par_iter().map_init(|| bench.worker(), work).collect()
    });
    bar.finish_and_clear();

    let systems = systems(&bench, &outcomes);
    let baseline = baseline(arguments, &bench.methods, budget)?;
    let width = bench.scorer.names().len();
    let correction = arguments.correction.into();
    let mut comparison = compare(&systems, width, baseline, correction, &arguments.statistics);
    follow_script(&bench.scorer, &systems, &mut comparison);
    let signature = signature(&bench, baseline.map(|b| systems[b].name.as_str()));

    let finished = BenchRun {
        bench: &bench,
        outcomes: &outcomes,
        systems: &systems,
        comparison: &comparison,
        baseline,
        search: search.as_ref().map(|(search, _)| search),
        records,
        dropped,
        failed,
        warnings: &warnings,
        signature: &signature,
    };
    finished.write(search.as_ref().map(|(_, examples)| examples.as_slice()), files)?;
    let value = |system: &str, measure: &str| {
        let s = systems.iter().position(|known| known.name == system)?;
        let m = bench.scorer.names().iter().position(|n| n.eq_ignore_ascii_case(measure))?;
        Some(comparison.rows[s][m].f_measure.mean)
    };
    let met = all_met(&arguments.fail_under, rank::DEFAULT, value)?;
    let failed = failed + search.as_ref().map_or(0, |(search, _)| search.problems.len());
    Ok(match (met, failed) {
        (false, _) => Status::Nothing,
        (true, 0) => Status::Done,
        (true, _) => Status::Partial,
    })
}

/// Files that were asked for, opened before any work is done.
struct Files {
    details: Option<OutputFile>,
    report: Option<OutputFile>,
    pairs: Option<OutputFile>,
}

impl Files {
    fn open(arguments: &Arguments) -> Result<Self> {
        let open = |path: &Option<PathBuf>| path.as_deref().map(OutputFile::open).transpose();
        Ok(Self {
            details: open(&arguments.details)?,
            report: open(&arguments.report)?,
            pairs: open(&arguments.pairs)?,
        })
    }
}

impl BenchRun<'_> {
    /// Writes all that was asked for.
    fn write(&self, searched: Option<&[Example]>, files: Files) -> Result<()> {
        let arguments = self.bench.arguments;
        let html = |search| page::render(self, &self.table(search));
        let text = match arguments.format {
            _ if arguments.quiet => format!("{}\n", self.signature),
            Format::Json => self.json(searched)?,
            Format::Html => html(searched),
            format => self.table(searched).render(format.of_table()),
        };
        let mut output = Output::new()?;
        output.write(&text)?;
        output.finish()?;
        // What was measured is printed, whatever becomes of the files.
        if let Some(file) = files.details {
            file.commit(self.details())?;
        }
        if let Some(file) = files.report {
            file.commit(html(searched))?;
        }
        if let Some(file) = files.pairs {
            file.commit(pairs::render(self.bench)?)?;
        }
        if arguments.time && !arguments.quiet {
            let (analysis, scoring) = self.times();
            message("note", format_args!("analysis takes {analysis:.3} ms an article{scoring}"));
        }
        Ok(())
    }

    /// Milliseconds of analysis an article, and a remark.
    fn times(&self) -> (f64, &'static str) {
        let sum = self.outcomes.iter().fold(0.0, |sum, outcome| sum + outcome.analysis);
        (1e3 * sum / self.outcomes.len().max(1) as f64, ", included in the times of our methods")
    }
}

fn analyzer(arguments: &Arguments) -> Result<Analyzer> {
    let mut models = arguments.models.models()?;
    if let Some(path) = &arguments.background {
        models = models.with_background(models::background(path)?);
    }
    if let Some(path) = &arguments.ranker {
        models = models.with_ranker(models::ranker_model(path)?);
    }
    Ok(Analyzer::from_models(models))
}

/// Finds the row that the others are tested against.
fn baseline(arguments: &Arguments, methods: &[Method], budget: Budget) -> Result<Option<usize>> {
    if let Some(name) = &arguments.baseline {
        let found = methods.iter().position(|method| method.name == *name);
        let names: Vec<&str> = methods.iter().map(|method| method.name.as_str()).collect();
        return match found {
            Some(found) => Ok(Some(found)),
            None => bail!("--baseline {name}: no such row; there are {}", names.join(", ")),
        };
    }
    let is_lead = |method: &Method| matches!(method.kind, Kind::Lead(_));
    let same_length =
        |method: &Method| matches!(method.kind, Kind::Lead(of_row) if of_row == budget);
    let found = methods.iter().position(same_length);
    let found = found
        .or_else(|| methods.iter().position(|m| m.name == rank::Ranker::info(&rank::Lead).name));
    let found = found.or_else(|| methods.iter().position(is_lead));
    let found = found.or_else(|| methods.iter().position(Method::is_tested));
    Ok(found.filter(|base| {
        methods.iter().enumerate().any(|(i, method)| i != *base && method.is_tested())
    }))
}

/// Texts of each side, to see whether all have words.
fn texts_to_compare<'a>(
    methods: &'a [Method],
    examples: &'a [(usize, Example)],
) -> Vec<Vec<&'a str>> {
    let mut lists: Vec<Vec<&str>> = vec![
        examples.iter().flat_map(|(_, e)| e.references.iter().map(String::as_str)).collect(),
        examples.iter().flat_map(|(_, e)| e.documents.iter().map(|d| d.text.as_str())).collect(),
    ];
    for method in methods {
        if let Kind::Given(texts) = &method.kind {
            lists
                .push(examples.iter().filter_map(|(i, _)| Some(texts.get(*i)?.as_str())).collect());
        }
    }
    lists
}

/// Says what the reader of the numbers should know.
fn warnings(bench: &Bench<'_>) -> Vec<String> {
    let mut warnings: Vec<String> = bench.scorer.warning().map(str::to_owned).into_iter().collect();
    for method in &bench.methods {
        let Kind::Given(texts) = &method.kind else { continue };
        let is_empty = |i: &usize| texts.get(*i).is_none_or(|text| text.trim().is_empty());
        let empty: Vec<&str> = bench
            .examples
            .iter()
            .filter(|(i, _)| is_empty(i))
            .map(|(_, example)| example.id.as_str())
            .collect();
        if !empty.is_empty() {
            warnings.push(format!(
                "{}: {} of {} summaries are empty and score 0: {}{}",
                method.name,
                empty.len(),
                bench.examples.len(),
                empty[..empty.len().min(5)].join(", "),
                if empty.len() > 5 { ", …" } else { "" }
            ));
        }
    }
    if bench.examples.len() == 1
        && bench.methods.iter().any(|m| matches!(m.kind, Kind::MismatchedReference))
    {
        warnings.push("one article has no other for the row floor".to_owned());
    }
    warnings
}

fn systems(bench: &Bench<'_>, outcomes: &[Outcome]) -> Vec<System> {
    let system = |(m, method): (usize, &Method)| System {
        name: method.name.clone(),
        scores: outcomes.iter().flat_map(|outcome| outcome.scores[m].iter().copied()).collect(),
        is_tested: method.is_tested(),
    };
    bench.methods.iter().enumerate().map(system).collect()
}

fn signature(bench: &Bench<'_>, baseline: Option<&str>) -> Signature {
    let arguments = bench.arguments;
    let yes_no = |b: bool| if b { "yes" } else { "no" };
    let mut data = Fingerprint::new();
    for (_, example) in &bench.examples {
        example.documents.iter().for_each(|document| data.add(&document.text));
        example.references.iter().for_each(|reference| data.add(reference));
    }
    let counts: Vec<usize> = bench.examples.iter().map(|(_, e)| e.references.len()).collect();
    let statistics = &arguments.statistics;
    let mut signature = bench
        .scorer
        .signature()
        .with("refs", range(&counts))
        .with("n", bench.examples.len())
        .with("len", output::length_of(bench.budget))
        .with("title", yes_no(!arguments.no_title))
        .with("roles", yes_no(!arguments.raw));
    if arguments.resegment {
        signature = signature.with("resegmented", "yes");
    }
    signature = bench.scorer.with_statistics(signature, statistics);
    if let Some(baseline) = baseline {
        let correction: tomtat::eval::significance::Correction = arguments.correction.into();
        signature = signature
            .with("baseline", baseline)
            .with("test", "approximate-randomization+paired-bootstrap")
            .with("correction", correction);
    }
    signature.with("data", data)
}
