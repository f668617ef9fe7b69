//! `tomtat collocations`: words that go together.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, json};
use tomtat::corpus::association::{AssociationMeasure, association};
use tomtat::corpus::contingency::Table as Contingency;
use tomtat::corpus::ngram::{MAX_SKIP, NgramOptions, WORD_BREAK};
use tomtat::corpus::statistics::CountOptions;
use tomtat::text::key::fold;

use super::terms::{ChoiceArguments, Chooser, sort_rows, status};
use crate::corpus::{Corpus, CorpusArguments, UnitName};
use crate::output::{Output, message};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::status::Status;

/// Arguments of `tomtat collocations`.
#[derive(Debug, Args)]
#[command(after_help = "\
A pair is counted where its second word stands at most --window words after the first, in one
sentence and with no punctuation between. The counts o11 o12 o21 o22 are of pairs: both words in
their places; the first with another; another with the second; neither.

Examples:
  tomtat collocations corpus/*.txt --min-tf 5
  tomtat collocations -R corpus/ --window 4 --measures logdice,mi3,ll --sort logdice
  tomtat collocations articles.jsonl --node 'kinh tế' --stop vietnamese --top 30
  tomtat collocations --measures all --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// What a pair consists of.
    #[arg(short, long, value_enum, default_value = "word", help_heading = "Counting")]
    unit: UnitName,
    /// How many words apart the two may stand; 1 is next to each other.
    #[arg(short, long, value_name = "N", default_value_t = 1, help_heading = "Counting")]
    window: usize,
    /// Only pairs with this word, in either place.
    #[arg(long, value_name = "WORD", help_heading = "Choice")]
    node: Option<String>,
    #[command(flatten)]
    choice: ChoiceArguments,

    /// Measures: ll, mi, pmi, mi3, npmi, t, z, chi2, dice, logdice, logratio, ms; `all` takes all.
    #[arg(
        short,
        long,
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "ll,mi,logdice",
        help_heading = "Output"
    )]
    measures: Vec<String>,
    /// Sort by this measure, or by tf, instead of the first measure.
    #[arg(long, value_name = "COLUMN", help_heading = "Output")]
    sort: Option<String>,
    /// Put tied pairs in the order of the Vietnamese alphabet instead of that of bytes.
    #[arg(long, help_heading = "Output")]
    collate: bool,
    /// Print the formula and the source of each measure, and stop.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    table: TableArguments,
}

const SCHEMA: &str = "tomtat.collocations/1";

/// The columns of counts before the measures.
const COUNTS: [&str; 6] = ["o11", "df", "o12", "o21", "o22", "e11"];

fn measures(arguments: &Arguments) -> Result<Vec<AssociationMeasure>> {
    let sort = arguments.sort.iter().filter(|name| *name != "tf");
    let named = arguments.measures.iter().chain(sort);
    super::chosen_measures(named.map(String::as_str), AssociationMeasure::ALL)
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let measures = measures(arguments)?;
    if arguments.explain {
        let mut output = Output::new();
        for measure in AssociationMeasure::ALL.iter().filter(|m| measures.contains(m)) {
            output.write(&super::explained(measure.name(), measure.formula()))?;
        }
        output.finish()?;
        return Ok(Status::Done);
    }
    if !(1..=MAX_SKIP + 1).contains(&arguments.window) {
        bail!("--window takes 1 to {}, found {}", MAX_SKIP + 1, arguments.window);
    }
    let chooser = Chooser::new(&arguments.choice)?;
    let node = arguments.node.as_deref().map(|node| fold(&node.trim().replace('_', " ")));
    let ngrams = NgramOptions::new(arguments.unit.into(), 2..=2, arguments.window - 1)?;
    let options = CountOptions::default().with_ngrams(ngrams);
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    let (statistics, tally) = corpus.count(&arguments.corpus.files, options, None)?;

    let terms = statistics.terms();
    let (mut firsts, mut seconds) = (BTreeMap::new(), BTreeMap::new());
    let words = |key: &str| key.split_once(WORD_BREAK).map(|(a, b)| (a.to_owned(), b.to_owned()));
    for term in &terms {
        if let Some((first, second)) = words(term.key()) {
            *firsts.entry(first).or_insert(0) += term.tf();
            *seconds.entry(second).or_insert(0) += term.tf();
        }
    }
    let mut rows = Vec::new();
    for term in chooser.choose(&statistics) {
        let Some((first, second)) = words(term.key()) else { continue };
        if node.as_ref().is_some_and(|node| *node != first && *node != second) {
            continue;
        }
        let (r1, c1) = (firsts[&first], seconds[&second]);
        let Some(table) = Contingency::from_margins(term.tf(), r1, c1, statistics.total(2)) else {
            continue;
        };
        let mut cells = vec![
            Cell::Text(first),
            Cell::Text(second),
            Cell::Count(term.tf()),
            Cell::Count(term.df()),
        ];
        cells.extend(table.cells()[1..].iter().map(|&cell| Cell::Count(cell as u64)));
        cells.push(Cell::Number(table.expected()));
        cells.extend(measures.iter().map(|measure| Cell::number(association(*measure, &table))));
        rows.push((cells, term.key().to_owned()));
    }
    let by = match arguments.sort.as_deref() {
        Some("tf") => 2,
        Some(name) => 8 + measures.iter().position(|m| m.name() == name).unwrap_or(0),
        None => 8,
    };
    sort_rows(&mut rows, Some(by), false, arguments.collate);
    rows.truncate(arguments.choice.top.unwrap_or(usize::MAX));
    let columns = [Column::text("first"), Column::text("second")]
        .into_iter()
        .chain(COUNTS.into_iter().chain(measures.iter().map(|m| m.name())).map(Column::number));
    let mut table = Table::new(arguments.table, SCHEMA, columns.collect());
    let listed = rows.len();
    for (cells, _) in rows {
        table.row(cells)?;
    }
    let about = json!({
        "documents": statistics.documents(),
        "unit": ngrams.unit().name(),
        "items": statistics.items(),
        "window": arguments.window,
        "pairs": statistics.total(2),
        "distinct_pairs": statistics.len(),
    });
    let heading = format!(
        "{} documents, {} pairs within {} {}, {} different, {listed} listed",
        statistics.documents(),
        statistics.total(2),
        arguments.window,
        if arguments.window == 1 { "step" } else { "steps" },
        statistics.len(),
    );
    if listed == 0 {
        message("note", "no pairs to list");
    }
    table.finish(Map::from_iter([("corpus".to_owned(), about)]), &heading)?;
    Ok(status(tally, listed == 0))
}
