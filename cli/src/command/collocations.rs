//! `tomtat collocations`: words that go together.

use std::collections::HashMap;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use tomtat::corpus::association::{AssociationMeasure, association};
use tomtat::corpus::contingency::Table as Contingency;
use tomtat::corpus::ngram::{MAX_SKIP, NgramOptions, WORD_BREAK};
use tomtat::corpus::statistics::{CountOptions, Term, TermStatistics};
use tomtat::text::key::fold;

use super::terms::{ChoiceArguments, Chooser, order_of_terms, status};
use crate::corpus::{Corpus, CorpusArguments, UnitName};
use crate::output::{Output, message};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::status::Status;

/// Arguments of `tomtat collocations`.
#[derive(Debug, Args)]
#[command(after_help = "\
A pair is counted where its second word stands at most --window words after the first, in one
sentence and with no punctuation between. The counts o11 o12 o21 o22 are of pairs: both words in
their places; the first with another; another with the second; neither. With --margins tokens,
o12 and o21 are occurrences of one word without the other, and o22 all other words.

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
    /// What the margins of the contingency table count.
    #[arg(long, value_enum, default_value = "pairs", help_heading = "Counting")]
    margins: Margins,
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

/// What the margins of a contingency table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Margins {
    /// Pairs: those with the first word in first place, those with the second in second place, and
    /// all pairs.
    Pairs,
    /// Occurrences of the two words, and all words: as in Sketch Engine, so that logDice is 14 for
    /// words that occur together only, whatever the window.
    Tokens,
}

impl Margins {
    const fn name(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Tokens => "tokens",
        }
    }
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
        let mut output = Output::new()?;
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
    let least = if arguments.margins == Margins::Tokens { 1 } else { 2 };
    let ngrams = NgramOptions::new(arguments.unit.into(), least..=2, arguments.window - 1)?;
    let options = CountOptions::default().with_ngrams(ngrams);
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    let (statistics, tally) = corpus.count(&arguments.corpus.files, options, None)?;

    let frequencies = Frequencies::new(&statistics, arguments.margins);
    let mut terms = chooser.choose(&statistics);
    terms.retain(|term| {
        term.key().split_once(WORD_BREAK).is_some_and(|(first, second)| {
            node.as_ref().is_none_or(|node| node == first || node == second)
        }) && frequencies.table(term).is_some()
    });
    let distinct = statistics.iter().filter(|term| term.key().contains(WORD_BREAK)).count();
    let sort = arguments.sort.as_deref().unwrap_or(measures[0].name());
    let by = |term: &Term<'_>| match (sort.parse::<AssociationMeasure>(), frequencies.table(term)) {
        (Ok(measure), Some(table)) => Cell::number(association(measure, &table)),
        _ => Cell::Count(term.tf()),
    };
    let mut rows = order_of_terms(&terms, Some(&by), false, arguments.collate);
    rows.truncate(arguments.choice.top.unwrap_or(usize::MAX));
    let columns = [Column::text("first"), Column::text("second")]
        .into_iter()
        .chain(COUNTS.into_iter().chain(measures.iter().map(|m| m.name())).map(Column::number));
    let mut table = Table::new(arguments.table, SCHEMA, columns.collect())?;
    let listed = rows.len();
    for term in rows.into_iter().map(|at| &terms[at as usize]) {
        let (Some((first, second)), Some(counts)) =
            (term.key().split_once(WORD_BREAK), frequencies.table(term))
        else {
            continue;
        };
        let mut cells = vec![
            Cell::Text(first.to_owned()),
            Cell::Text(second.to_owned()),
            Cell::Count(term.tf()),
            Cell::Count(term.df()),
        ];
        cells.extend(counts.cells()[1..].iter().map(|&cell| Cell::Count(cell as u64)));
        cells.push(Cell::Number(counts.expected()));
        cells.extend(measures.iter().map(|measure| Cell::number(association(*measure, &counts))));
        table.row(cells)?;
    }
    let about = json!({
        "documents": statistics.documents(),
        "unit": ngrams.unit().name(),
        "items": statistics.items(),
        "window": arguments.window,
        "pairs": statistics.total(2),
        "distinct_pairs": distinct,
        "margins": arguments.margins.name(),
    });
    let heading = format!(
        "{} documents, {} pairs within {} {}, {} different, {listed} listed, margins of {}",
        statistics.documents(),
        statistics.total(2),
        arguments.window,
        if arguments.window == 1 { "step" } else { "steps" },
        distinct,
        arguments.margins.name(),
    );
    if listed == 0 {
        message("note", "no pairs to list");
    }
    table.finish(Map::from_iter([("corpus".to_owned(), about)]), &heading)?;
    Ok(status(tally, listed == 0))
}

/// How often words occur: in pairs, in first and in second place, or at all.
struct Frequencies<'s> {
    words: HashMap<&'s str, [u64; 2]>,
    sum: u64,
}

impl<'s> Frequencies<'s> {
    fn new(statistics: &'s TermStatistics, margins: Margins) -> Self {
        let mut words: HashMap<&str, [u64; 2]> = HashMap::default();
        for term in statistics.iter() {
            match (margins, term.key().split_once(WORD_BREAK)) {
                (Margins::Pairs, Some((first, second))) => {
                    words.entry(first).or_default()[0] += term.tf();
                    words.entry(second).or_default()[1] += term.tf();
                }
                (Margins::Tokens, None) => *words.entry(term.key()).or_default() = [term.tf(); 2],
                _ => {}
            }
        }
        let length = if margins == Margins::Tokens { 1 } else { 2 };
        Self { words, sum: statistics.total(length) }
    }

    /// The table of a pair. In a window a word can have more partners than occurrences; then they
    /// are its margin.
    fn table(&self, pair: &Term<'_>) -> Option<Contingency> {
        let (first, second) = pair.key().split_once(WORD_BREAK)?;
        let (r1, c1) = (self.words.get(first)?[0], self.words.get(second)?[1]);
        Contingency::from_margins(pair.tf(), r1.max(pair.tf()), c1.max(pair.tf()), self.sum)
    }
}
