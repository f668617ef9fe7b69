//! `tomtat keyness`: what one corpus has more of than another.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use tomtat::builtin;
use tomtat::corpus::keyness::{Counts, KeynessMeasure, keyness, p_value};
use tomtat::corpus::ngram::{NgramOptions, TermUnit};
use tomtat::corpus::statistics::{CountOptions, Term, TermStatistics, readable};
use tomtat::eval::significance::Correction;
use tomtat::text::key::TermHash;
use tomtat::weights::Background;

use super::terms::{ChoiceArguments, Chooser, sort_rows, status};
use crate::corpus::{Corpus, CorpusArguments, UnitName, lengths};
use crate::output::{Output, message};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::status::Status;

/// Arguments of `tomtat keyness`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
FILE… is the target. The reference is named with --reference, or is the news that the shipped
background statistics were counted in; these know in how many documents a word occurs, so then
documents are counted on both sides (text dispersion keyness), and a target of a few documents
tells little.

Positive terms are relatively more frequent in the target, negative ones in the reference.

Examples:
  tomtat keyness economy/*.txt --reference sports/*.txt --top 40
  tomtat keyness a.jsonl --reference b.jsonl --measures ll,logratio --both -f csv --bom
  tomtat keyness articles.jsonl --where 'tags=hồ tiêu' --rest
  tomtat keyness mine.jsonl                       # against the shipped statistics of news
  tomtat keyness --measures all --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,
    /// Reference corpus: files, folders with -R, or counts that `tomtat terms --save` wrote.
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Input")]
    reference: Vec<PathBuf>,
    /// Compare the records that --where chooses with the others of the same files.
    #[arg(long, requires = "condition", conflicts_with = "reference", help_heading = "Input")]
    rest: bool,

    /// What is one term.
    #[arg(short, long, value_enum, default_value = "word", help_heading = "Counting")]
    unit: UnitName,
    /// Length of n-grams, 1 to 5, or a range such as 1-3.
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = lengths, help_heading = "Counting")]
    n: (usize, usize),

    #[command(flatten)]
    choice: ChoiceArguments,
    /// List negative terms, too.
    #[arg(long, help_heading = "Choice")]
    both: bool,
    /// Only terms whose corrected p-value is at most this.
    #[arg(long, value_name = "P", help_heading = "Choice")]
    alpha: Option<f64>,

    /// Measures: ll, g2, chi2, fisher, bic, diff, logratio, oddsratio; `all` takes all.
    #[arg(
        short,
        long,
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "ll,logratio,diff",
        help_heading = "Output"
    )]
    measures: Vec<String>,
    /// Sort by this measure instead of the first.
    #[arg(long, value_name = "MEASURE", help_heading = "Output")]
    sort: Option<String>,
    /// How p-values are corrected for the number of terms that were tested.
    #[arg(long, value_enum, default_value = "bh", help_heading = "Output")]
    correction: CorrectionName,
    /// Put tied terms in the order of the Vietnamese alphabet instead of that of bytes.
    #[arg(long, help_heading = "Output")]
    collate: bool,
    /// Print the formula and the source of each measure, and stop.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    table: TableArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CorrectionName {
    /// Not at all.
    None,
    /// Times the number of terms.
    Bonferroni,
    /// Holm's procedure.
    Holm,
    /// False discovery rate of Benjamini and Hochberg.
    Bh,
}

impl From<CorrectionName> for Correction {
    fn from(name: CorrectionName) -> Self {
        match name {
            CorrectionName::None => Self::None,
            CorrectionName::Bonferroni => Self::Bonferroni,
            CorrectionName::Holm => Self::Holm,
            CorrectionName::Bh => Self::BenjaminiHochberg,
        }
    }
}

const SCHEMA: &str = "tomtat.keyness/1";

/// What the target is compared with.
enum Reference {
    Corpus(Box<TermStatistics>),
    Background(TermUnit),
}

fn measures(arguments: &Arguments) -> Result<Vec<KeynessMeasure>> {
    let named = arguments.measures.iter().chain(&arguments.sort);
    super::chosen_measures(named.map(String::as_str), KeynessMeasure::ALL)
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let measures = measures(arguments)?;
    if arguments.explain {
        let mut output = Output::new()?;
        for measure in KeynessMeasure::ALL.iter().filter(|m| measures.contains(m)) {
            output.write(&super::explained(measure.name(), measure.formula()))?;
        }
        output.finish()?;
        return Ok(Status::Done);
    }
    let (least, greatest) = arguments.n;
    let ngrams = NgramOptions::new(arguments.unit.into(), least..=greatest, 0)?;
    let options = CountOptions::default().with_ngrams(ngrams);
    let chooser = Chooser::new(&arguments.choice)?;
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    if arguments.reference.is_empty() && !arguments.rest && arguments.n != (1, 1) {
        bail!("the shipped statistics hold no n-grams: name a corpus with --reference");
    }
    let reference = reference(arguments, &corpus, options)?;
    let (target, mut tally) = corpus.count(&arguments.corpus.files, options, None)?;
    let (reference, failed) = reference;
    tally.failed += failed;
    if matches!(reference, Reference::Background(_)) && target.documents() < 10 {
        message(
            "note",
            format_args!(
                "the target has {} documents: against the shipped statistics, documents are \
                 counted, which tells little here",
                target.documents()
            ),
        );
    }
    let counted = compare(&target, &reference, arguments)?;
    // Only what the choice lets through is tested: p-values are corrected for these.
    let is_tested = |key: &&Key| {
        chooser.counts(key.counts.a.max(key.counts.b), key.df, key.documents)
            && chooser.matches(&key.term)
    };
    let tested: Vec<&Key> = counted.iter().filter(is_tested).collect();
    let tests = tested.len();
    let p: Vec<f64> =
        tested.iter().map(|key| p_value(measures[0], key.counts).unwrap_or(1.0)).collect();
    let adjusted = Correction::from(arguments.correction).adjust(&p);
    let mut rows = Vec::new();
    for ((Key { term, counts, .. }, p), adjusted) in tested.into_iter().zip(p).zip(adjusted) {
        let kept = (arguments.both || counts.is_positive())
            && arguments.alpha.is_none_or(|alpha| adjusted <= alpha);
        if !kept {
            continue;
        }
        let sign = if counts.is_positive() { "+" } else { "-" };
        let mut cells = vec![
            Cell::Text(readable(term)),
            Cell::Text(sign.to_owned()),
            Cell::Count(counts.a),
            Cell::Count(counts.b),
            Cell::Number(1e6 * counts.a as f64 / counts.c as f64),
            Cell::Number(1e6 * counts.b as f64 / counts.d as f64),
        ];
        cells.extend(measures.iter().map(|measure| Cell::number(keyness(*measure, *counts))));
        cells.extend([Cell::Number(p), Cell::Number(adjusted)]);
        rows.push((cells, term.clone()));
    }
    let sort = arguments.sort.as_deref().unwrap_or(measures[0].name());
    let by = 6 + measures.iter().position(|m| m.name() == sort).unwrap_or(0);
    sort_rows(&mut rows, Some(by), sort == "fisher", arguments.collate);
    // Positive terms first, then the negative ones.
    rows.sort_by_key(|(cells, _)| cells[1] == Cell::Text("-".to_owned()));
    rows.truncate(arguments.choice.top.unwrap_or(usize::MAX));
    let mut columns = vec![Column::text("term"), Column::text("sign")];
    let numbers = ["target", "reference", "target_pm", "reference_pm"];
    let p_values = ["p", "p_corrected"];
    columns.extend(
        numbers
            .into_iter()
            .chain(measures.iter().map(|m| m.name()))
            .chain(p_values)
            .map(Column::number),
    );
    let mut table = Table::new(arguments.table, SCHEMA, columns)?;
    let listed = rows.len();
    for (cells, _) in rows {
        table.row(cells)?;
    }
    let (unit, size, other) = match &reference {
        Reference::Corpus(reference) => (ngrams.unit().name(), target.items(), reference.items()),
        Reference::Background(_) => ("document", target.documents(), background_size()?),
    };
    let about = json!({
        "counted": unit,
        "target": size,
        "reference": other,
        "tests": tests,
        "correction": Correction::from(arguments.correction).to_string(),
    });
    let heading =
        format!("target {size} {unit}s, reference {other} {unit}s, {listed} terms listed");
    if listed == 0 {
        message("note", "no key terms");
    }
    table.finish(Map::from_iter([("comparison".to_owned(), about)]), &heading)?;
    Ok(status(tally, listed == 0))
}

/// Reads the reference; also says how many of its inputs failed.
fn reference(
    arguments: &Arguments,
    corpus: &Corpus,
    options: CountOptions,
) -> Result<(Reference, u64)> {
    if let Some(rest) = corpus.rest().filter(|_| arguments.rest) {
        let files = &arguments.corpus.files;
        if files.is_empty() || files.iter().any(|file| file.as_os_str() == "-") {
            bail!("--rest reads the records twice: name files");
        }
        let (counted, _) = rest.count(files, options, None)?;
        if counted.is_empty() {
            bail!("--where chooses all records: none is left to compare with");
        }
        return Ok((Reference::Corpus(Box::new(counted)), 0));
    }
    if arguments.reference.is_empty() {
        return Ok((Reference::Background(arguments.unit.into()), 0));
    }
    let mut saved: Option<TermStatistics> = None;
    let mut files = Vec::new();
    for path in &arguments.reference {
        if path.extension().is_none_or(|extension| extension != "stats") {
            files.push(path.clone());
            continue;
        }
        let file = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let statistics = TermStatistics::read(&file).with_context(|| path.display().to_string())?;
        if statistics.options().ngrams != options.ngrams {
            bail!("{}: counts other units or n-grams than asked for", path.display());
        }
        match &mut saved {
            None => saved = Some(statistics),
            Some(all) => all.merge(statistics).with_context(|| path.display().to_string())?,
        }
    }
    let mut failed = 0;
    if !files.is_empty() {
        let (counted, tally) = corpus.count(&files, options, None)?;
        failed = tally.failed;
        match &mut saved {
            None => saved = Some(counted),
            Some(all) => all.merge(counted)?,
        }
    }
    let all = saved.unwrap_or_default();
    if all.is_empty() {
        bail!("the reference has no terms");
    }
    Ok((Reference::Corpus(Box::new(all)), failed))
}

fn background_size() -> Result<u64> {
    Ok(u64::from(Background::read(builtin::BACKGROUND)?.documents()))
}

/// A term in both corpora.
struct Key {
    term: String,
    counts: Counts,
    /// In how many of `documents` documents it occurs: in the target, or in the reference if the
    /// target lacks it.
    df: u64,
    documents: u64,
}

/// The counts of every term of either corpus, sorted by key.
fn compare(
    target: &TermStatistics,
    reference: &Reference,
    arguments: &Arguments,
) -> Result<Vec<Key>> {
    let mut counted = Vec::new();
    let mut push = |term: &Term<'_>, documents, counts: Option<Counts>| {
        if let Some(counts) = counts {
            let (df, term) = (term.df(), term.key().to_owned());
            counted.push(Key { term, counts, df, documents });
        }
    };
    match reference {
        Reference::Corpus(reference) => {
            for term in target.terms() {
                let b = reference.term(term.key()).map_or(0, |other| other.tf());
                let n = term.length();
                let sizes = (target.total(n), reference.total(n));
                push(&term, target.documents(), Counts::new(term.tf(), b, sizes.0, sizes.1));
            }
            for term in reference.terms() {
                if target.term(term.key()).is_none() {
                    let n = term.length();
                    let sizes = (target.total(n), reference.total(n));
                    push(&term, reference.documents(), Counts::new(0, term.tf(), sizes.0, sizes.1));
                }
            }
            counted.sort_by(|a, b| a.term.cmp(&b.term));
        }
        Reference::Background(unit) => {
            let background = Background::read(builtin::BACKGROUND)?;
            let size = u64::from(background.documents());
            for term in target.terms() {
                let hash = TermHash::of_key(term.key());
                let df = match unit {
                    TermUnit::Syllable => background.syllable_df(hash),
                    _ => background.word_df(hash),
                };
                let documents = target.documents();
                push(&term, documents, Counts::new(term.df(), df.into(), documents, size));
            }
            if arguments.both {
                message(
                    "note",
                    "words that the target lacks are not listed against the shipped statistics",
                );
            }
        }
    }
    Ok(counted)
}
