//! `tomtat concordance`: every place where a pattern occurs, in its context.

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, json};
use tomtat::Document;
use tomtat::corpus::concordance::{Hit, Pattern, neighbours};
use tomtat::text::collate::{CollationKey, collation_key};

use super::terms::status;
use crate::corpus::{Corpus, CorpusArguments, CorpusItem, UnitName};
use crate::output::message;
use crate::report::table::{Cell, Column, Table, TableArguments, TableFormat, width};
use crate::run::status::Status;

/// Arguments of `tomtat concordance`.
#[derive(Debug, Args)]
#[command(after_help = "\
A pattern is one or more words. In it, * stands for any letters, ? for one, a lone * for any word,
and | parts alternatives. With --unit word, an underscore joins the syllables of a word. Case, tone
style (hoà, hòa) and composition never matter; marks do, unless --loose.

Exit codes: 0 found; 1 not found; 2 wrong usage or nothing readable; 3 some inputs failed.

Examples:
  tomtat concordance 'kinh tế' corpus/*.txt
  tomtat concordance 'cà phê *' -R corpus/ --sort right
  tomtat concordance 'ca phe|tra' --loose articles.jsonl -f jsonl
  tomtat concordance --unit word 'học_sinh' corpus.txt --sort left --top 100")]
pub(crate) struct Arguments {
    /// What is searched for.
    #[arg(value_name = "PATTERN")]
    pattern: String,
    #[command(flatten)]
    corpus: CorpusArguments,

    /// What one place of the pattern matches.
    #[arg(short, long, value_enum, default_value = "syllable", help_heading = "Search")]
    unit: UnitName,
    /// Letters match with and without marks: `ca phe` finds `cà phê`.
    #[arg(long, help_heading = "Search")]
    loose: bool,

    /// Columns of context on each side (characters in machine formats).
    #[arg(short, long, value_name = "N", default_value_t = 40, help_heading = "Output")]
    width: usize,
    /// Order of the hits.
    #[arg(long, value_enum, default_value = "text", help_heading = "Output")]
    sort: Order,
    /// Words of context that are compared when sorting.
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = "Output")]
    sort_words: usize,
    /// At most so many hits, after sorting; all of them are counted.
    #[arg(long, value_name = "N", help_heading = "Output")]
    top: Option<usize>,
    #[command(flatten)]
    table: TableArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// As they stand in the texts.
    Text,
    /// By the words before, the nearest first, in the Vietnamese alphabet.
    Left,
    /// By the words after, in the Vietnamese alphabet.
    Right,
    /// By what was found.
    Match,
}

const SCHEMA: &str = "tomtat.concordance/1";

/// A hit, ready to be printed.
struct Line {
    row: Vec<Cell>,
    key: Vec<CollationKey>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.width > 10_000 {
        bail!("--width takes at most 10000, found {}", arguments.width);
    }
    let pattern = Pattern::new(&arguments.pattern, arguments.unit.into(), arguments.loose)?;
    let corpus = Corpus::new(&arguments.corpus.reading)?;
    let columns = vec![
        Column::text("id"),
        Column::number("start"),
        Column::number("end"),
        Column::number("left"),
        Column::text("match"),
        Column::text("right"),
    ];
    let mut table = Table::new(arguments.table, SCHEMA, columns)?;
    let most = arguments.top.unwrap_or(usize::MAX);
    let (mut found, mut documents, mut listed) = (0u64, 0u64, 0usize);
    let mut last = String::new();
    let mut lines: Vec<Line> = Vec::new();
    let (_, tally) = corpus.read(
        &arguments.corpus.files,
        || (),
        |(), reading| {
            let hits = pattern.hits(reading.document, |sentence| corpus.keeps(sentence));
            let lines: Vec<Line> = hits.iter().map(|hit| line(arguments, reading, hit)).collect();
            (reading.id.to_owned(), lines)
        },
        |(id, hits)| {
            found += hits.len() as u64;
            if !hits.is_empty() && (documents == 0 || last != id) {
                documents += 1;
                last = id;
            }
            for line in hits {
                if arguments.sort != Order::Text {
                    lines.push(line);
                } else if listed < most {
                    listed += 1;
                    table.row(line.row)?;
                }
            }
            Ok(())
        },
    )?;
    // Stable: hits with the same context stay in the order of the texts.
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    for line in lines.into_iter().take(most) {
        listed += 1;
        table.row(line.row)?;
    }
    if found == 0 {
        message("note", format_args!("`{}` was not found", arguments.pattern));
    }
    let about = json!({ "pattern": arguments.pattern, "hits": found, "documents": documents });
    let heading = format!("{found} hits in {documents} documents, {listed} listed");
    table.finish(Map::from_iter([("search".to_owned(), about)]), &heading)?;
    Ok(status(tally, found == 0))
}

fn line(arguments: &Arguments, reading: CorpusItem<'_>, hit: &Hit) -> Line {
    let CorpusItem { document, offset, title, .. } = reading;
    let span = hit.span();
    let key = match arguments.sort {
        Order::Text => Vec::new(),
        Order::Match => vec![collation_key(&document.text()[span.clone()].to_lowercase())],
        side => {
            let (left, right) = neighbours(document, hit, arguments.sort_words);
            let words = if side == Order::Left { left } else { right };
            words.iter().map(|word| collation_key(word)).collect()
        }
    };
    let for_people = arguments.table.format == TableFormat::Table;
    let (left, right) = context(document, hit, arguments.width, for_people);
    // Offsets count from the start of the body; a hit in a title of its own has none.
    let place = |at: usize| match at.checked_sub(title) {
        Some(at) => Cell::Count(offset + at as u64),
        None => Cell::None,
    };
    let row = vec![
        Cell::Text(reading.id.to_owned()),
        place(span.start),
        place(span.end),
        Cell::Text(left),
        Cell::Text(one_line(&document.text()[span], for_people)),
        Cell::Text(right),
    ];
    Line { row, key }
}

/// What stands before and after the hit, cut at characters; for people, by columns and on one line.
fn context(document: &Document, hit: &Hit, most: usize, for_people: bool) -> (String, String) {
    let (before, after) =
        (&document.text()[..hit.span().start], &document.text()[hit.span().end..]);
    // A character has at most a few bytes and columns: no need to look at all of a long text.
    let (mut start, mut taken) = (before.len(), 0);
    let size = |c: char| if for_people { width(c.encode_utf8(&mut [0; 4])) } else { 1 };
    for (at, c) in before.char_indices().rev() {
        taken += size(c);
        if taken > most {
            break;
        }
        start = at;
    }
    let (mut end, mut taken) = (0, 0);
    for (at, c) in after.char_indices() {
        taken += size(c);
        if taken > most {
            break;
        }
        end = at + c.len_utf8();
    }
    (one_line(&before[start..], for_people), one_line(&after[..end], for_people))
}

fn one_line(text: &str, for_people: bool) -> String {
    if for_people { text.replace(['\n', '\r', '\t'], " ") } else { text.to_owned() }
}
