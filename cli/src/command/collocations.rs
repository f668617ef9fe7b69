//! `tomtat collocations`: words that go together.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use tomtat::corpus::association::{AssociationMeasure, association};
use tomtat::corpus::collocation::{self, PairTables};
use tomtat::corpus::ngram::{MAX_SKIP, NgramOptions, WORD_BREAK};
use tomtat::corpus::statistics::Term;
use tomtat::corpus::totals::Totals;
use tomtat::text::key::fold;

use super::terms::{ChoiceArguments, Chooser, status};
use crate::corpus::{Corpus, CorpusArguments, SortedCounts, UnitName};
use crate::output::{Output, OutputFile, message};
use crate::report::ranking::{Order, Ranking};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::spill::{Spill, SpillArguments};
use crate::run::status::{Status, Tally};

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
  tomtat collocations --save pairs.stats a.jsonl; tomtat collocations --merge pairs.stats -m all
  tomtat collocations --measures all --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// What a pair consists of.
    #[arg(
        short,
        long,
        value_enum,
        default_value = "word",
        conflicts_with = "merge",
        help_heading = "Counting"
    )]
    unit: UnitName,
    /// How many words apart the two may stand; 1 is next to each other.
    #[arg(
        short,
        long,
        value_name = "N",
        default_value_t = 1,
        conflicts_with = "merge",
        help_heading = "Counting"
    )]
    window: usize,
    /// What the margins of the contingency table count.
    #[arg(long, value_enum, default_value = "pairs", help_heading = "Counting")]
    margins: Margins,
    #[command(flatten)]
    spill: SpillArguments,
    /// Write the counts to a file, which --merge and `tomtat terms --merge` read.
    #[arg(long, value_name = "FILE", help_heading = "Counting")]
    save: Option<PathBuf>,
    /// The files are counts of pairs that --save or `tomtat terms --save` wrote; the result is that of
    /// one run over everything.
    #[arg(long, help_heading = "Counting")]
    merge: bool,
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

impl From<Margins> for collocation::Margins {
    fn from(margins: Margins) -> Self {
        match margins {
            Margins::Pairs => Self::Pairs,
            Margins::Tokens => Self::Tokens,
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
    let spill = arguments.spill.spill()?;
    let file = arguments.save.as_deref().map(OutputFile::open).transpose()?;
    let (mut counts, tally) = count(arguments, &spill)?;
    let saved = file.map_or(Ok(()), |file| file.commit(counts.write()?));

    let (totals, window) = (*counts.totals(), counts.ngrams().skip() + 1);
    let mut tables = PairTables::new(arguments.margins.into());
    counts.each_key(|key, tf| tables.add(key, tf))?;
    let ranking = ranking(arguments, (&measures, &chooser), (&mut counts, &mut tables), &spill)?;
    let columns = [Column::text("first"), Column::text("second")]
        .into_iter()
        .chain(COUNTS.into_iter().chain(measures.iter().map(|m| m.name())).map(Column::number));
    let mut table = Table::new(arguments.table, SCHEMA, columns.collect())?.spilling(&spill);
    let listed = ranking.list(true, |term| match row(term, &mut tables, &totals, &measures) {
        Some(cells) => table.row(cells),
        None => Ok(()),
    })?;
    let distinct = tables.pairs();
    let margins = collocation::Margins::from(arguments.margins).name();
    let about = json!({
        "documents": totals.documents(),
        "unit": counts.ngrams().unit().name(),
        "items": totals.items(),
        "window": window,
        "pairs": totals.ngrams(2),
        "distinct_pairs": distinct,
        "margins": margins,
    });
    let heading = format!(
        "{} documents, {} pairs within {window} {}, {distinct} different, {listed} listed, margins of \
         {margins}",
        totals.documents(),
        totals.ngrams(2),
        if window == 1 { "step" } else { "steps" },
    );
    if listed == 0 {
        message("note", "no pairs to list");
    }
    table.finish(Map::from_iter([("corpus".to_owned(), about)]), &heading)?;
    saved?;
    Ok(status(tally, listed == 0))
}

/// Sorts the pairs that are chosen.
fn ranking(
    arguments: &Arguments,
    (measures, chooser): (&[AssociationMeasure], &Chooser),
    (counts, tables): (&mut SortedCounts, &mut PairTables),
    spill: &Spill,
) -> Result<Ranking> {
    let node = arguments.node.as_deref().map(|node| fold(&node.trim().replace('_', " ")));
    let sort = arguments.sort.as_deref().unwrap_or(measures[0].name());
    let sort = sort.parse::<AssociationMeasure>().ok();
    let order = Order { collate: arguments.collate, top: arguments.choice.top, ..Order::default() };
    let mut ranking = Ranking::new(order, spill);
    let totals = *counts.totals();
    counts.each(|term| {
        let has_node =
            |node: &String| term.key().split(WORD_BREAK).take(2).any(|word| word == node);
        if !node.as_ref().is_none_or(has_node) || !chooser.takes(term, totals.documents()) {
            return Ok(());
        }
        let Some(table) = tables.table(term.key(), term.tf(), &totals) else { return Ok(()) };
        let by = sort
            .map_or(Cell::Count(term.tf()), |measure| Cell::number(association(measure, &table)));
        ranking.push(Some(&by), term)
    })?;
    Ok(ranking)
}

/// The cells of a pair; `None` for what is no pair.
fn row(
    term: &Term<'_>,
    tables: &mut PairTables,
    totals: &Totals,
    measures: &[AssociationMeasure],
) -> Option<Vec<Cell>> {
    let (first, second) = term.key().split_once(WORD_BREAK)?;
    let counts = tables.table(term.key(), term.tf(), totals)?;
    let mut cells = vec![
        Cell::Text(first.to_owned()),
        Cell::Text(second.to_owned()),
        Cell::Count(term.tf()),
        Cell::Count(term.df()),
    ];
    cells.extend(counts.cells()[1..].iter().map(|&cell| Cell::Count(cell as u64)));
    cells.push(Cell::Number(counts.expected()));
    cells.extend(measures.iter().map(|measure| Cell::number(association(*measure, &counts))));
    Some(cells)
}

/// Counts the pairs, and the words if the margins need them.
fn count(arguments: &Arguments, spill: &Spill) -> Result<(SortedCounts, Tally)> {
    let lengths = collocation::Margins::from(arguments.margins).lengths();
    let files = &arguments.corpus.files;
    if !arguments.merge {
        let ngrams = NgramOptions::new(arguments.unit.into(), lengths, arguments.window - 1)?;
        return Corpus::new(&arguments.corpus.reading)?.count_sorted(files, ngrams, spill);
    }
    if files.is_empty() {
        bail!("--merge needs files that --save wrote");
    }
    let Some(counts) = SortedCounts::read(files, spill)? else {
        bail!("--merge takes exact counts: save them without --max-terms");
    };
    let saved = counts.ngrams().lengths();
    if !saved.contains(&2) {
        bail!(
            "the counts hold no pairs: save them with `tomtat collocations --save`, or with -n 2"
        );
    }
    if !saved.contains(lengths.start()) {
        bail!("the counts hold no single words: save them with --margins tokens, or with -n 1-2");
    }
    let tally = Tally { done: counts.totals().documents().max(1), ..Tally::default() };
    Ok((counts, tally))
}
