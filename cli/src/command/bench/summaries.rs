//! `--task summaries`: methods on articles with reference summaries.

mod bench_run;
mod duplicates;
mod examples;
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
use crate::dataset::Fields;
use crate::models;
use crate::output::{Output, OutputFile, message};
use crate::run::progress;
use crate::run::status::Status;
use crate::scoring::comparison::{System, compare};
use crate::scoring::joins_syllables;
use crate::scoring::texts::print_problems;
use crate::scoring::threshold::all_met;
use bench_run::{Bench, BenchRun, Outcome, Worker};
use duplicates::Search;
use examples::{Kept, Texts};
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
    check_names(arguments, budget, &analyzer)?;

    let data = load::data(arguments, &fields)?;
    print_problems(&data.problems);
    let Some(given) = load::given(arguments, &data)? else { return Ok(Status::Fatal) };
    let failed = data.problems.len();
    let load::Data { mut examples, texts, records, .. } = data;
    if let Some(count) = arguments.sample {
        sample(&mut examples, count, arguments.statistics.seed);
    }
    let search = search(arguments, &fields, (&mut examples, &texts), &pool)?;
    if examples.is_empty() {
        if failed == 0 {
            message("note", "no records to measure on");
        }
        return Ok(if failed == 0 { Status::Nothing } else { Status::Fatal });
    }

    let given = given.into_iter().map(|(name, texts)| Method { name, kind: Kind::Given(texts) });
    let has_clusters = examples.iter().any(|kept| kept.example.is_cluster());
    let methods = methods(&arguments.method, given.collect(), budget, &analyzer, has_clusters)?;
    scorer.look_at(have_words(&methods, &examples));
    let bench = Bench {
        arguments,
        oracle: Oracle::new(scorer.of_oracle()),
        analyzer,
        scorer,
        methods,
        examples,
        texts,
        budget,
    };
    let warnings = warnings(&bench);
    for warning in &warnings {
        message("warning", warning);
    }
    let outcomes = outcomes(&bench, &pool)?;
    let systems = systems(&bench, &outcomes);
    let baseline = baseline(arguments, &bench.methods, budget)?;
    let width = bench.scorer.names().len();
    let correction = arguments.correction.into();
    let mut comparison = compare(&systems, width, baseline, correction, &arguments.statistics);
    follow_script(&bench.scorer, &systems, &mut comparison);
    let signature = signature(&bench, baseline.map(|b| systems[b].name.as_str()))?;

    let finished = BenchRun {
        bench: &bench,
        outcomes: &outcomes,
        systems: &systems,
        comparison: &comparison,
        baseline,
        search: search.as_ref(),
        records,
        failed,
        warnings: &warnings,
        signature: &signature,
    };
    finished.write(files)?;
    finished.status()
}

/// A wrong name is told before long files are read.
fn check_names(arguments: &Arguments, budget: Budget, analyzer: &Analyzer) -> Result<()> {
    let names = arguments.pred.iter().map(|p| crate::scoring::texts::named_file(p).0);
    let promised = names.map(|name| Method { name, kind: Kind::Given(Vec::new()) });
    let rows = methods(&arguments.method, promised.collect(), budget, analyzer, false)?;
    baseline(arguments, &rows, budget)?;
    if arguments.pairs.is_some() {
        pairs::check(&rows)?;
    }
    Ok(())
}

/// Keeps so many examples, chosen by chance, in their order.
fn sample(examples: &mut Vec<Kept>, count: usize, seed: u64) {
    let kept = Random::new(seed ^ SAMPLE).sample(examples.len(), count);
    let mut is_kept = vec![false; examples.len()];
    kept.iter().for_each(|i| is_kept[*i] = true);
    let mut keep = is_kept.iter();
    examples.retain(|_| keep.next().copied().unwrap_or(false));
}

/// Searches the training data for near-duplicates, where it is named, and drops them if asked to.
fn search(
    arguments: &Arguments,
    fields: &Fields,
    (examples, texts): (&mut Vec<Kept>, &Texts),
    pool: &rayon::ThreadPool,
) -> Result<Option<Search>> {
    if arguments.train.is_empty() {
        return Ok(None);
    }
    let threshold = arguments.duplicate;
    let found = duplicates::search((examples, texts), &arguments.train, fields, threshold, pool)?;
    print_problems(&found.problems);
    if arguments.drop_duplicates {
        let mut is_found = vec![false; examples.len()];
        found.found.iter().for_each(|f| is_found[f.record] = true);
        let mut drop = is_found.iter();
        examples.retain(|_| !drop.next().copied().unwrap_or(false));
    }
    Ok(Some(found))
}

/// Measures all examples, on the threads of the pool.
fn outcomes(bench: &Bench<'_>, pool: &rayon::ThreadPool) -> Result<Vec<Outcome>> {
    let arguments = bench.arguments;
    let with_places = arguments.report.is_some() || arguments.format == Format::Html;
    let bar = progress::bar(bench.examples.len(), "measuring");
    let outcomes = pool.install(|| {
        let work = |worker: &mut Worker, at: usize| {
            bar.inc(1);
            bench.outcome(at, worker, with_places)
        };
        (0..bench.examples.len()).into_par_iter().map_init(|| bench.worker(), work).collect()
    });
    bar.finish_and_clear();
    outcomes
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
    fn write(&self, files: Files) -> Result<()> {
        let arguments = self.bench.arguments;
        let text = match arguments.format {
            _ if arguments.quiet => format!("{}\n", self.signature),
            Format::Json => self.json()?,
            Format::Html => page::render(self, &self.table())?,
            format => self.table().render(format.of_table()),
        };
        let mut output = Output::new()?;
        output.write(&text)?;
        output.finish()?;
        // What was measured is printed, whatever becomes of the files.
        if let Some(file) = files.details {
            file.commit(self.details())?;
        }
        if let Some(file) = files.report {
            file.commit(page::render(self, &self.table())?)?;
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

    /// How the run ends: whether thresholds were met, and whether all records could be read.
    fn status(&self) -> Result<Status> {
        let names = self.bench.scorer.names();
        let value = |system: &str, measure: &str| {
            let s = self.systems.iter().position(|known| known.name == system)?;
            let m = names.iter().position(|n| n.eq_ignore_ascii_case(measure))?;
            Some(self.comparison.rows[s][m].f_measure.mean)
        };
        let met = all_met(&self.bench.arguments.fail_under, rank::DEFAULT, value)?;
        let failed = self.failed + self.search.map_or(0, |search| search.problems.len());
        Ok(match (met, failed) {
            (false, _) => Status::Nothing,
            (true, 0) => Status::Done,
            (true, _) => Status::Partial,
        })
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

/// Whether the texts of each side have words: references, articles, and those of each method.
fn have_words<'a>(
    methods: &'a [Method],
    examples: &'a [Kept],
) -> impl Iterator<Item = bool> + use<'a> {
    let references = || examples.iter().flat_map(|kept| &kept.example.references);
    let own = [
        references().any(|text| joins_syllables(text)),
        examples.iter().any(|kept| kept.has_words),
    ];
    let given = methods.iter().filter_map(|method| match &method.kind {
        Kind::Given(texts) => Some(texts),
        _ => None,
    });
    let of_given = move |texts: &Vec<String>| {
        let texts = examples.iter().filter_map(|kept| texts.get(kept.record));
        texts.into_iter().any(|text| joins_syllables(text))
    };
    own.into_iter().chain(given.map(of_given))
}

/// Says what the reader of the numbers should know.
fn warnings(bench: &Bench<'_>) -> Vec<String> {
    let mut warnings: Vec<String> = bench.scorer.warning().map(str::to_owned).into_iter().collect();
    for method in &bench.methods {
        let Kind::Given(texts) = &method.kind else { continue };
        let is_empty =
            |kept: &&Kept| texts.get(kept.record).is_none_or(|text| text.trim().is_empty());
        let empty = bench.examples.iter().filter(is_empty);
        let empty: Vec<&str> = empty.map(|kept| kept.example.id.as_str()).collect();
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

fn signature(bench: &Bench<'_>, baseline: Option<&str>) -> Result<Signature> {
    let arguments = bench.arguments;
    let yes_no = |b: bool| if b { "yes" } else { "no" };
    let mut data = Fingerprint::new();
    for kept in &bench.examples {
        let example = bench.texts.whole(kept)?;
        example.documents.iter().for_each(|document| data.add(&document.text));
        example.references.iter().for_each(|reference| data.add(reference));
    }
    let counts: Vec<usize> =
        bench.examples.iter().map(|kept| kept.example.references.len()).collect();
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
    Ok(signature.with("data", data))
}
