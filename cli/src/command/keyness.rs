//! `tomtat keyness`: what one corpus has more of than another.

use std::cmp::Ordering;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use tomtat::builtin;
use tomtat::corpus::keyness::{Counts, KeynessMeasure, keyness, p_value};
use tomtat::corpus::ngram::{NgramOptions, TermUnit, WORD_BREAK};
use tomtat::corpus::statistics::readable;
use tomtat::corpus::totals::Totals;
use tomtat::eval::significance::Correction;
use tomtat::text::key::TermHash;
use tomtat::weights::Background;

use super::terms::{ChoiceArguments, Chooser, sort_rows, status};
use crate::corpus::{Corpus, CorpusArguments, SortedCounts, UnitName, lengths};
use crate::output::{Output, message};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::spill::{Spill, SpillArguments};
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
    spill: SpillArguments,

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
    Corpus(Box<SortedCounts>),
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
    if arguments.reference.len() > 1
        && arguments.corpus.files.is_empty()
        && !arguments.corpus.reading.names_list()
    {
        bail!(
            "--reference takes all files after it: name the target before it (- is standard input)"
        );
    }
    let (least, greatest) = arguments.n;
    let ngrams = NgramOptions::new(arguments.unit.into(), least..=greatest, 0)?;
    let spill = arguments.spill.spill()?;
    let chooser = Chooser::new(&arguments.choice)?;
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    if arguments.reference.is_empty() && !arguments.rest && arguments.n != (1, 1) {
        bail!("the shipped statistics hold no n-grams: name a corpus with --reference");
    }
    let (mut reference, failed) = reference(arguments, &corpus, ngrams, &spill)?;
    let (mut target, mut tally) = corpus.count_sorted(&arguments.corpus.files, ngrams, &spill)?;
    let (documents, items) = (target.totals().documents(), target.totals().items());
    tally.failed += failed;
    if matches!(reference, Reference::Background(_)) && documents < 10 {
        message(
            "note",
            format_args!(
                "the target has {documents} documents: against the shipped statistics, documents are \
                 counted, which tells little here"
            ),
        );
    }
    // Only what the choice lets through is tested: p-values are corrected for these.
    let is_tested = |key: &str, counts: &Counts, df, documents| {
        chooser.counts(counts.a.max(counts.b), df, documents) && chooser.matches(key)
    };
    let tested = compare(&mut target, &mut reference, arguments, is_tested)?;
    let tests = tested.len();
    let rows = rows(arguments, &measures, tested);
    let mut table = Table::new(arguments.table, SCHEMA, columns(&measures))?;
    let listed = rows.len();
    for (cells, _) in rows {
        table.row(cells)?;
    }
    let (unit, size, other) = match &reference {
        Reference::Corpus(reference) => (ngrams.unit().name(), items, reference.totals().items()),
        Reference::Background(_) => ("document", documents, background_size()?),
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

/// Columns before the measures: the term, its sign, and these.
const COUNTS: [&str; 4] = ["target", "reference", "target_pm", "reference_pm"];

fn columns(measures: &[KeynessMeasure]) -> Vec<Column> {
    let numbers = COUNTS.into_iter().chain(measures.iter().map(|m| m.name()));
    let numbers = numbers.chain(["p", "p_corrected"]).map(Column::number);
    [Column::text("term"), Column::text("sign")].into_iter().chain(numbers).collect()
}

/// The rows of the terms that are listed, with their keys, in the order of the listing.
fn rows(
    arguments: &Arguments,
    measures: &[KeynessMeasure],
    tested: Vec<Key>,
) -> Vec<(Vec<Cell>, String)> {
    let p: Vec<f64> =
        tested.iter().map(|key| p_value(measures[0], key.counts).unwrap_or(1.0)).collect();
    let adjusted = Correction::from(arguments.correction).adjust(&p);
    let mut rows = Vec::new();
    for ((Key { term, counts }, p), adjusted) in tested.into_iter().zip(p).zip(adjusted) {
        let kept = (arguments.both || counts.is_positive())
            && arguments.alpha.is_none_or(|alpha| adjusted <= alpha);
        if !kept {
            continue;
        }
        let sign = if counts.is_positive() { "+" } else { "-" };
        let mut cells = vec![
            Cell::Text(readable(&term)),
            Cell::Text(sign.to_owned()),
            Cell::Count(counts.a),
            Cell::Count(counts.b),
            Cell::Number(1e6 * counts.a as f64 / counts.c as f64),
            Cell::Number(1e6 * counts.b as f64 / counts.d as f64),
        ];
        cells.extend(measures.iter().map(|measure| Cell::number(keyness(*measure, counts))));
        cells.extend([Cell::Number(p), Cell::Number(adjusted)]);
        rows.push((cells, term));
    }
    let sort = arguments.sort.as_deref().unwrap_or(measures[0].name());
    let by = 2 + COUNTS.len() + measures.iter().position(|m| m.name() == sort).unwrap_or(0);
    sort_rows(&mut rows, Some(by), sort == "fisher", arguments.collate);
    // Positive terms first, then the negative ones.
    rows.sort_by_key(|(cells, _)| cells[1] == Cell::Text("-".to_owned()));
    rows.truncate(arguments.choice.top.unwrap_or(usize::MAX));
    rows
}

/// Reads the reference; also says how many of its inputs failed.
fn reference(
    arguments: &Arguments,
    corpus: &Corpus,
    ngrams: NgramOptions,
    spill: &Spill,
) -> Result<(Reference, u64)> {
    if let Some(rest) = corpus.rest().filter(|_| arguments.rest) {
        let files = &arguments.corpus.files;
        if files.is_empty() || files.iter().any(|file| file.as_os_str() == "-") {
            bail!("--rest reads the records twice: name files");
        }
        let (counted, _) = rest.count_sorted(files, ngrams, spill)?;
        if counted.len() == 0 {
            bail!("--where chooses all records: none is left to compare with");
        }
        return Ok((Reference::Corpus(Box::new(counted)), 0));
    }
    if arguments.reference.is_empty() {
        return Ok((Reference::Background(arguments.unit.into()), 0));
    }
    let (saved, files): (Vec<PathBuf>, Vec<PathBuf>) = arguments
        .reference
        .iter()
        .cloned()
        .partition(|path| path.extension().is_some_and(|extension| extension == "stats"));
    let mut all = None;
    if !saved.is_empty() {
        let Some(counts) = SortedCounts::read(&saved, spill)? else {
            bail!("--reference takes exact counts: save them without --max-terms");
        };
        if counts.ngrams() != ngrams {
            bail!("{}: counts other units or n-grams than asked for", saved[0].display());
        }
        all = Some(counts);
    }
    let mut failed = 0;
    if !files.is_empty() {
        let (counted, tally) = corpus.count_sorted(&files, ngrams, spill)?;
        failed = tally.failed;
        all = Some(match all {
            None => counted,
            Some(all) => all.merge(counted, spill)?,
        });
    }
    match all {
        Some(all) if all.len() > 0 => Ok((Reference::Corpus(Box::new(all)), failed)),
        _ => bail!("the reference has no terms"),
    }
}

fn background_size() -> Result<u64> {
    Ok(u64::from(Background::read(builtin::BACKGROUND)?.documents()))
}

/// A term in both corpora.
struct Key {
    term: String,
    counts: Counts,
}

/// The counts of the terms of either corpus that `is_tested` takes, sorted by key.
///
/// It gets the key, the counts, and in how many of how many documents the term occurs: in the target,
/// or in the reference if the target lacks it.
fn compare(
    target: &mut SortedCounts,
    reference: &mut Reference,
    arguments: &Arguments,
    is_tested: impl Fn(&str, &Counts, u64, u64) -> bool,
) -> Result<Vec<Key>> {
    let mut tested = Vec::new();
    let totals = *target.totals();
    let mut push = |key: &[u8], counts: Option<Counts>, df, documents| -> Result<()> {
        let key = std::str::from_utf8(key)?;
        if let Some(counts) = counts
            && is_tested(key, &counts, df, documents)
        {
            tested.push(Key { term: key.to_owned(), counts });
        }
        Ok(())
    };
    match reference {
        Reference::Corpus(reference) => join(target, reference, push)?,
        Reference::Background(unit) => {
            let background = Background::read(builtin::BACKGROUND)?;
            let size = u64::from(background.documents());
            let documents = totals.documents();
            target.each(|term| {
                let hash = TermHash::of_key(term.key());
                let df = match unit {
                    TermUnit::Syllable => background.syllable_df(hash),
                    _ => background.word_df(hash),
                };
                let counts = Counts::new(term.df(), df.into(), documents, size);
                push(term.key().as_bytes(), counts, term.df(), documents)
            })?;
            if arguments.both {
                message(
                    "note",
                    "words that the target lacks are not listed against the shipped statistics",
                );
            }
        }
    }
    Ok(tested)
}

/// Calls `push` with the key of every term of either corpus, its counts, and in how many of how many
/// documents it occurs.
fn join(
    target: &mut SortedCounts,
    reference: &mut SortedCounts,
    mut push: impl FnMut(&[u8], Option<Counts>, u64, u64) -> Result<()>,
) -> Result<()> {
    let totals: [Totals; 2] = [*target.totals(), *reference.totals()];
    let (mut a, mut b) = (target.reader()?, reference.reader()?);
    let (mut in_a, mut in_b) = (a.advance()?, b.advance()?);
    while in_a || in_b {
        let order = match (in_a, in_b) {
            (true, true) => a.key().cmp(b.key()),
            (true, false) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let key = if order == Ordering::Greater { b.key() } else { a.key() };
        let length = 1 + memchr::memchr_iter(WORD_BREAK as u8, key).count();
        let tf_a = if order == Ordering::Greater { 0 } else { a.tf() };
        let tf_b = if order == Ordering::Less { 0 } else { b.tf() };
        let sizes = totals.map(|totals| totals.ngrams(length));
        let counts = Counts::new(tf_a, tf_b, sizes[0], sizes[1]);
        if order == Ordering::Greater {
            push(key, counts, b.df(), totals[1].documents())?;
        } else {
            push(key, counts, a.df(), totals[0].documents())?;
        }
        if order != Ordering::Greater {
            in_a = a.advance()?;
        }
        if order != Ordering::Less {
            in_b = b.advance()?;
        }
    }
    Ok(())
}
