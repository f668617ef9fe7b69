//! `tomtat terms`: what a corpus consists of.

mod choice;
mod counts;
mod documents;
mod matrix;
mod measure;

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, Value, json};
use tomtat::corpus::ngram::NgramOptions;
use tomtat::corpus::statistics::Term;
use tomtat::corpus::stem::StemLanguage;
use tomtat::corpus::weighting::Scheme;
use tomtat::text::language::language_of;

use crate::corpus::{CorpusArguments, UnitName, lengths};
use crate::locale::Language;
use crate::output::{Output, OutputFile, message, named_language};
use crate::report::ranking::{Order, Ranking};
use crate::report::table::{Cell, Column, Table, TableArguments};
use crate::run::spill::{Spill, SpillArguments};
use crate::run::status::{Status, Tally};
pub(super) use choice::{ChoiceArguments, Chooser, above_zero, sort_rows};
use counts::{Counts, count};
use measure::{Measure, Measurer};

/// Arguments of `tomtat terms`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
#[command(after_help = "\
Exit codes: 0 done; 1 no terms; 2 wrong usage or nothing readable; 3 some inputs failed.

Examples:
  tomtat terms --top 50 corpus/*.txt
  tomtat terms -R corpus/ --stop vietnamese --columns tf,df,idf-smooth,dp,arf -f csv --bom
  tomtat terms articles.jsonl --per-doc --weight ltc --top 10 -f jsonl
  tomtat terms articles.jsonl --per-doc --weight nnn --min-df 2 --matrix counts.mtx
  tomtat terms articles.jsonl --where 'tags=hồ tiêu' --top 20
  tomtat terms -n 2-3 --min-tf 5 corpus.txt
  tomtat terms --stem english --term-lang und-Latn --columns tf,df,lang corpus/*.txt
  tomtat terms --save a.stats a.jsonl; tomtat terms --merge a.stats b.stats
  tomtat terms --columns idf-bm25,dp --per-doc --weight lnc --explain")]
pub(crate) struct Arguments {
    #[command(flatten)]
    corpus: CorpusArguments,

    /// What is one term.
    #[arg(short, long, value_enum, default_value = "word", help_heading = "Counting")]
    unit: UnitName,
    /// Length of n-grams, 1 to 5, or a range such as 1-3; they never cross punctuation.
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = lengths, help_heading = "Counting")]
    n: (usize, usize),
    /// Skip-grams: items that an n-gram may pass over in all.
    #[arg(long, value_name = "K", default_value_t = 0, help_heading = "Counting")]
    skip: usize,
    /// Count foreign words by their stems: english, french, german, russian, …
    #[arg(long, value_name = "LANGUAGE", help_heading = "Counting")]
    stem: Option<StemLanguage>,
    /// Keep at most so many terms in memory. Counts of frequent terms stay exact or nearly so; the
    /// column `missed` bounds what each may have lost.
    #[arg(long, value_name = "N", help_heading = "Counting")]
    max_terms: Option<usize>,
    #[command(flatten)]
    spill: SpillArguments,
    /// Write the counts to a file, which --merge reads.
    #[arg(long, value_name = "FILE", help_heading = "Counting")]
    save: Option<PathBuf>,
    /// The files are counts written by --save; the result is that of one run over everything.
    #[arg(long, help_heading = "Counting")]
    merge: bool,
    /// Parts for dispersion: so many pieces of equal size instead of documents.
    #[arg(long, value_name = "N", help_heading = "Counting")]
    parts: Option<u64>,

    #[command(flatten)]
    choice: ChoiceArguments,

    /// List the terms of each document, weighted.
    #[arg(long, help_heading = "Documents")]
    per_doc: bool,
    /// Write the documents and the chosen terms of the corpus as a sparse matrix (Matrix Market)
    /// instead of a list; FILE.rows and FILE.columns name documents and terms.
    #[arg(long, value_name = "FILE", requires = "per_doc", help_heading = "Documents")]
    matrix: Option<PathBuf>,
    /// Weight of a term in its document: SMART notation such as ltc, or sklearn, bm25, tfidf.
    #[arg(
        long,
        value_name = "SCHEME",
        default_value = "tfidf",
        requires = "per_doc",
        help_heading = "Documents"
    )]
    weight: Scheme,
    /// Where document frequencies come from with --per-doc.
    #[arg(
        long,
        value_enum,
        default_value = "corpus",
        requires = "per_doc",
        help_heading = "Documents"
    )]
    idf: IdfSource,

    /// Columns: tf, df, pm (per million), share (of documents), form (most frequent spelling),
    /// lang (language, as far as letters tell), missed, idf-VARIANT, range, d, d2, s, dp, dpnorm, arf; `all` takes all. Not with --per-doc.
    #[arg(
        short,
        long,
        value_name = "NAME",
        value_delimiter = ',',
        default_value = "tf,df,pm",
        help_heading = "Output"
    )]
    columns: Vec<String>,
    /// Sort by this column instead of the first, or by `term`.
    #[arg(long, value_name = "COLUMN", help_heading = "Output")]
    sort: Option<String>,
    /// The smallest first.
    #[arg(long, help_heading = "Output")]
    ascending: bool,
    /// Sort terms by the Vietnamese alphabet instead of by bytes, also where rows are tied.
    #[arg(long, help_heading = "Output")]
    collate: bool,
    /// Print the formula and the source of each column, and stop.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    #[command(flatten)]
    table: TableArguments,
}

/// Where document frequencies come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum IdfSource {
    /// The corpus itself, which is read twice.
    Corpus,
    /// The statistics of Vietnamese news that ship with the program.
    Background,
}

const SCHEMA: &str = "tomtat.terms/1";

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let measures = measures(arguments)?;
    if arguments.explain {
        return explain(arguments, &measures);
    }
    if arguments.max_terms == Some(0) {
        bail!("--max-terms takes a number above 0");
    }
    let chooser = Chooser::new(&arguments.choice)?;
    if arguments.per_doc {
        if arguments.merge || arguments.save.is_some() {
            bail!("--per-doc lists documents as they are read; it cannot --save or --merge");
        }
        return documents::run(arguments, &chooser);
    }
    let spill = arguments.spill.spill()?;
    let file = arguments.save.as_deref().map(OutputFile::open).transpose()?;
    let (mut counts, tally) = count(arguments, &measures, &spill)?;
    let saved = file.map_or(Ok(()), |file| file.commit(counts.write()?));
    // What was counted is printed, whatever became of the file.
    let listed = list(arguments, &measures, (&chooser, &spill), &mut counts)?;
    saved?;
    Ok(status(tally, listed == 0))
}

/// An empty corpus has nothing to give, though its files were read.
pub(super) fn status(tally: Tally, nothing: bool) -> Status {
    match tally.status() {
        Status::Done if nothing => Status::Nothing,
        status => status,
    }
}

fn measures(arguments: &Arguments) -> Result<Vec<Measure>> {
    let mut measures = Vec::new();
    for name in arguments.columns.iter().chain(&arguments.sort) {
        if name == "all" {
            measures.extend(Measure::ALL.iter().flat_map(|m| m.clone().variants()));
        } else if name != "term" {
            measures.push(name.parse()?);
        }
    }
    let mut seen: Vec<String> = Vec::new();
    measures.retain(|measure: &Measure| {
        let new = !seen.contains(&measure.name());
        seen.push(measure.name());
        new
    });
    Ok(measures)
}

fn ngrams(arguments: &Arguments) -> Result<NgramOptions> {
    let (least, greatest) = arguments.n;
    let options = NgramOptions::new(arguments.unit.into(), least..=greatest, arguments.skip)?;
    Ok(options.with_stem(arguments.stem))
}

/// Lists the chosen terms of a corpus; returns how many there are.
fn list(
    arguments: &Arguments,
    measures: &[Measure],
    (chooser, spill): (&Chooser, &Spill),
    counts: &mut Counts,
) -> Result<usize> {
    let totals = counts.totals();
    let by = match arguments.sort.as_deref() {
        Some("term") => None,
        Some(name) => measures.iter().find(|m| m.name() == name),
        None => measures.first(),
    };
    let order = Order {
        ascending: arguments.ascending,
        collate: arguments.collate,
        top: arguments.choice.top,
    };
    let mut ranking = Ranking::new(order, spill);
    let mut chosen = 0;
    // Who writes `--lang vi` may expect Vietnamese terms.
    let compares = named_language() == Some(Language::Vi) && !chooser.has_language();
    let (mut all, mut vietnamese) = (0, 0);
    let mut choose = |measurer: &Measurer<'_>, term: &Term<'_>| {
        if chooser.takes(term, totals.documents()) {
            chosen += 1;
            if compares {
                all += term.tf();
                vietnamese += term.tf() * u64::from(language_of(&term.text()) == "vi");
            }
            ranking.push(by.map(|measure| measurer.cell(measure, term)).as_ref(), term)?;
        }
        Ok(())
    };
    match counts {
        Counts::Held(held) => {
            let measurer = Measurer::new(totals, Some(held), arguments.parts);
            held.iter().try_for_each(|term| choose(&measurer, &term))?;
        }
        Counts::Sorted(sorted) => {
            let measurer = Measurer::new(totals, None, arguments.parts);
            sorted.each(|term| choose(&measurer, term))?;
        }
    }
    if vietnamese * 2 < all {
        message(
            "note",
            "--lang is the language of messages; --term-lang vi lists Vietnamese terms",
        );
    }
    if counts.error_bound() > 0 {
        message(
            "note",
            format_args!(
                "counts are estimates: at most {0} occurrences of a term were lost, and terms that \
                 are not listed occurred at most {0} times",
                counts.error_bound()
            ),
        );
    }
    print(arguments, measures, (ranking, by.is_some()), (counts, chosen), spill)
}

/// Prints the listing and what is told of the corpus; returns the number of rows.
fn print(
    arguments: &Arguments,
    measures: &[Measure],
    (ranking, by): (Ranking, bool),
    (counts, chosen): (&Counts, u64),
    spill: &Spill,
) -> Result<usize> {
    let (totals, ngrams) = (counts.totals(), counts.ngrams());
    let held = match counts {
        Counts::Held(held) => Some(&**held),
        Counts::Sorted(_) => None,
    };
    let measurer = Measurer::new(totals, held, arguments.parts);
    let mixed = ngrams.lengths().end() > &1;
    let mut columns = vec![Column::text("term")];
    if mixed {
        columns.push(Column::number("n"));
    }
    columns.extend(measures.iter().map(Measure::column));
    let mut table = Table::new(arguments.table, SCHEMA, columns)?.spilling(spill);
    let listed = ranking.list(by, |term| {
        // What is held knows more of the term than its counts.
        let term = held.and_then(|held| held.term(term.key())).unwrap_or(*term);
        let mut row = vec![Cell::Text(term.text())];
        if mixed {
            row.push(Cell::Count(term.length() as u64));
        }
        row.extend(measures.iter().map(|measure| measurer.cell(measure, &term)));
        table.row(row)
    })?;
    if listed == 0 {
        message("note", "no terms were found");
    }
    let heading = format!(
        "{} documents, {} {}s, {} terms, {} chosen",
        totals.documents(),
        totals.items(),
        ngrams.unit().name(),
        counts.len(),
        chosen
    );
    table.finish(about(counts, chosen), &heading)?;
    Ok(listed)
}

/// What the JSON says of the corpus.
fn about(counts: &Counts, chosen: u64) -> Map<String, Value> {
    let (totals, ngrams) = (counts.totals(), counts.ngrams());
    let corpus = json!({
        "documents": totals.documents(),
        "unit": ngrams.unit().name(),
        "items": totals.items(),
        "n": [ngrams.lengths().start(), ngrams.lengths().end()],
        "skip": ngrams.skip(),
        "stem": ngrams.stem().map(StemLanguage::name),
        "occurrences": ngrams.lengths().map(|n| totals.ngrams(n)).collect::<Vec<u64>>(),
        "terms": counts.len(),
        "chosen": chosen,
        "lost_at_most": counts.error_bound(),
    });
    Map::from_iter([("corpus".to_owned(), corpus)])
}

fn explain(arguments: &Arguments, measures: &[Measure]) -> Result<Status> {
    let mut text = String::from(
        "N is the number of documents (for arf and per million, of words or syllables), df that of \
         documents with the term, tf that of its occurrences; all logarithms ln are natural.\n\n",
    );
    for measure in measures {
        let formula = measure.formula();
        text.push_str(&super::explained(&measure.name(), &formula));
    }
    if arguments.per_doc {
        let weight = arguments.weight;
        text.extend(["weight ", &weight.to_string(), "\n  formula  ", &weight.explain(), "\n"]);
    }
    let mut output = Output::new()?;
    output.write(&text)?;
    output.finish()?;
    Ok(Status::Done)
}
