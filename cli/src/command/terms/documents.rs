//! `tomtat terms --per-doc`: the terms of each document, weighted.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::{Map, json};
use tomtat::corpus::ngram::TermUnit;
use tomtat::corpus::statistics::{CountOptions, TermStatistics};
use tomtat::corpus::weighting::CorpusSize;
use tomtat::text::key::TermHash;
use tomtat::weights::Background;

use super::choice::{Chooser, sort_rows};
use super::matrix::Matrix;
use super::{Arguments, IdfSource, ngrams, status};
use crate::corpus::{Corpus, CorpusItem};
use crate::output::message;
use crate::report::table::{Cell, Column, Table};
use crate::run::status::{Status, Tally};

const SCHEMA: &str = "tomtat.terms.documents/1";

/// Where document frequencies come from.
enum Frequencies<'a> {
    Corpus(&'a TermStatistics),
    Background(&'a Background, TermUnit),
}

impl Frequencies<'_> {
    fn df(&self, key: &str) -> u64 {
        match self {
            Self::Corpus(statistics) => statistics.term(key).map_or(0, |term| term.df()),
            Self::Background(background, TermUnit::Syllable) => {
                u64::from(background.syllable_df(TermHash::of_key(key)))
            }
            Self::Background(background, _) => u64::from(background.word_df(TermHash::of_key(key))),
        }
    }

    fn size(&self) -> CorpusSize {
        match self {
            Self::Corpus(statistics) => {
                let documents = statistics.documents();
                let mean = |sum: u64| sum as f64 / documents.max(1) as f64;
                let distinct =
                    statistics.terms().iter().map(tomtat::corpus::statistics::Term::df).sum();
                CorpusSize::new(documents, mean(statistics.items()))
                    .with_mean_distinct(mean(distinct))
            }
            Self::Background(background, _) => {
                CorpusSize::new(u64::from(background.documents()), 0.0)
            }
        }
    }
}

/// The terms of a document, ready to be printed.
struct Listing {
    id: String,
    rows: Vec<Vec<Cell>>,
}

pub(super) fn run(arguments: &Arguments, chooser: &Chooser) -> Result<Status> {
    let options = CountOptions::default().with_ngrams(ngrams(arguments)?);
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    let files = &arguments.corpus.files;
    let background = corpus.analyzer.background().clone();
    let counted;
    let frequencies = match arguments.idf {
        IdfSource::Corpus => {
            if files.is_empty() || files.iter().any(|file| file.as_os_str() == "-") {
                bail!(
                    "--per-doc reads the corpus twice, once for document frequencies: name files, \
                     or take --idf background"
                );
            }
            // The second pass tells what is wrong with the inputs.
            counted = corpus.quiet().count(files, options, arguments.max_terms)?.0;
            Frequencies::Corpus(&counted)
        }
        IdfSource::Background => {
            if arguments.n != (1, 1) {
                bail!("the background statistics hold no n-grams: take --idf corpus");
            }
            if arguments.weight.needs_lengths() {
                bail!("{} needs the mean length of documents: take --idf corpus", arguments.weight);
            }
            Frequencies::Background(&background, arguments.unit.into())
        }
    };
    if let Some(path) = &arguments.matrix {
        return matrix(arguments, chooser, &corpus, &frequencies, path);
    }
    let columns = vec![
        Column::text("id"),
        Column::text("term"),
        Column::number("tf"),
        Column::number("df"),
        Column::number("weight"),
    ];
    let size = frequencies.size();
    let mut table = Table::new(arguments.table, SCHEMA, columns)?;
    let mut listed = 0;
    let tally = each_document(
        (&corpus, options, files),
        |id, own| list(id, own, (&frequencies, size), arguments, chooser),
        |listing| {
            for mut row in listing.rows {
                listed += 1;
                row.insert(0, Cell::Text(listing.id.clone()));
                table.row(row)?;
            }
            Ok(())
        },
    )?;
    if listed == 0 {
        message("note", "no terms were found");
    }
    let about = json!({
        "documents": size.documents,
        "weight": arguments.weight.to_string(),
        "formula": arguments.weight.explain(),
    });
    table.finish(Map::from_iter([("corpus".to_owned(), about)]), "")?;
    Ok(status(tally, listed == 0))
}

/// Counts each document on its own: `work` gets its id and counts, `write` what `work` gave, in
/// input order.
fn each_document<R: Send>(
    (corpus, options, files): (&Corpus, CountOptions, &[PathBuf]),
    work: impl Fn(&str, &TermStatistics) -> R + Sync,
    mut write: impl FnMut(R) -> Result<()>,
) -> Result<Tally> {
    let mut long = TermStatistics::new(options);
    let (_, tally) = corpus.read(
        files,
        || (),
        |(), reading: CorpusItem<'_>| {
            let mut own = TermStatistics::new(options);
            own.add_sentences(reading.document, |sentence| corpus.keeps(sentence));
            if reading.is_piece {
                let piece = (reading.id.to_owned(), own, reading.offset, reading.continues);
                (None, Some(Box::new(piece)))
            } else {
                (Some(work(reading.id, &own)), None)
            }
        },
        |done| {
            let (id, own, offset, continues) = match done {
                (Some(result), _) => return write(result),
                (None, Some(piece)) => *piece,
                (None, None) => return Ok(()),
            };
            if offset == 0 {
                long = TermStatistics::new(options);
            }
            long.merge(own)?;
            if continues {
                return Ok(());
            }
            write(work(&id, &std::mem::take(&mut long).into_one_document()))
        },
    )?;
    Ok(tally)
}

/// Writes the matrix of the chosen terms of the corpus.
fn matrix(
    arguments: &Arguments,
    chooser: &Chooser,
    corpus: &Corpus,
    frequencies: &Frequencies<'_>,
    path: &Path,
) -> Result<Status> {
    let Frequencies::Corpus(counted) = frequencies else {
        bail!("--matrix needs the terms of the corpus: take --idf corpus");
    };
    if counted.error_bound() > 0 {
        bail!("--matrix needs exact counts: leave --max-terms out");
    }
    let (terms, size) = (chooser.choose(counted), frequencies.size());
    let mut matrix = Matrix::new(path, counted, &terms)?;
    let tally = each_document(
        (corpus, counted.options(), &arguments.corpus.files),
        |id, own| {
            let terms = own.terms();
            let counts: Vec<(u64, u64)> =
                terms.iter().map(|t| (t.tf(), frequencies.df(t.key()))).collect();
            let weights = arguments.weight.weights(&counts, size);
            let keys = terms.iter().map(|term| term.key().to_owned());
            (id.to_owned(), keys.zip(weights).collect::<Vec<(String, f64)>>())
        },
        |(id, row)| matrix.push(&id, row.iter().map(|(key, weight)| (key.as_str(), *weight))),
    )?;
    matrix.finish()?;
    Ok(status(tally, terms.is_empty()))
}

fn list(
    id: &str,
    own: &TermStatistics,
    (frequencies, size): (&Frequencies<'_>, CorpusSize),
    arguments: &Arguments,
    chooser: &Chooser,
) -> Listing {
    let terms = own.terms();
    let counts: Vec<(u64, u64)> = terms.iter().map(|t| (t.tf(), frequencies.df(t.key()))).collect();
    let weights = arguments.weight.weights(&counts, size);
    let mut rows: Vec<(Vec<Cell>, String)> = terms
        .iter()
        .zip(&counts)
        .zip(weights)
        .filter(|((term, (tf, df)), _)| {
            chooser.matches(term.key()) && chooser.counts(*tf, *df, size.documents)
        })
        .map(|((term, &(tf, df)), weight)| {
            let cells = vec![
                Cell::Text(term.text()),
                Cell::Count(tf),
                Cell::Count(df),
                Cell::Number(weight),
            ];
            (cells, term.key().to_owned())
        })
        .collect();
    let by = (arguments.sort.as_deref() != Some("term")).then_some(3);
    sort_rows(&mut rows, by, arguments.ascending, arguments.collate);
    rows.truncate(arguments.choice.top.unwrap_or(usize::MAX));
    Listing { id: id.to_owned(), rows: rows.into_iter().map(|(cells, _)| cells).collect() }
}
