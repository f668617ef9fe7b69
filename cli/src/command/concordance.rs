//! `tomtat concordance`: every place where a pattern occurs, in its context.

use std::str::FromStr;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Map, json};
use tomtat::Document;
use tomtat::corpus::concordance::{Hit, ItemMatcher, Pattern, PatternOptions, neighbours};
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
and | parts alternatives; spaces and underscores between syllables are alike. /.../ is a regular
expression that all of a word matches, in lower case. With --unit word, hits are whole words, and *
and regular expressions stand for a word instead of a syllable. Tone style (hoà, hòa) and
composition never matter, case does with --case, and marks do unless --loose.

--sort takes text, left, right, match, or places from the hit outwards: L1 is the word before it,
R2 the second one after it; `--sort R1,R2,L1` compares them in this order, in the Vietnamese
alphabet.

Exit codes: 0 found; 1 not found; 2 wrong usage or nothing readable; 3 some inputs failed.

Examples:
  tomtat concordance 'kinh tế' corpus/*.txt
  tomtat concordance 'cà phê *' -R corpus/ --sort right
  tomtat concordance 'ca phe|tra' --loose articles.jsonl -f jsonl
  tomtat concordance --unit word 'học_sinh|nông_dân' corpus.txt --sort L1,R1 --top 100
  tomtat concordance '/(tăng|giảm)/ *' corpus.txt")]
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
    /// Capitals match capitals alone.
    #[arg(long, help_heading = "Search")]
    case: bool,

    /// Columns of context on each side (characters in machine formats).
    #[arg(short, long, value_name = "N", default_value_t = 40, help_heading = "Output")]
    width: usize,
    /// Order of the hits: text, left, right, match, or a list of places such as R1,R2,L1.
    #[arg(
        long,
        value_name = "KEYS",
        value_delimiter = ',',
        default_value = "text",
        help_heading = "Output"
    )]
    sort: Vec<Order>,
    /// Words of context that left and right compare.
    #[arg(long, value_name = "N", default_value_t = 4, help_heading = "Output")]
    sort_words: usize,
    /// At most so many hits, after sorting; all of them are counted.
    #[arg(long, value_name = "N", help_heading = "Output")]
    top: Option<usize>,
    #[command(flatten)]
    table: TableArguments,
}

/// What hits are sorted by; the first of several keys decides, then the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// As they stand in the texts.
    Text,
    /// The words before, the nearest first.
    Left,
    /// The words after.
    Right,
    /// What was found.
    Match,
    /// The word at this place before the hit, from 1.
    LeftAt(usize),
    /// The word at this place after the hit, from 1.
    RightAt(usize),
}

/// Words before and after a hit that can be sorted by.
const MOST_PLACES: usize = 20;

impl FromStr for Order {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let place = |rest: &str| {
            rest.parse().ok().filter(|place| (1..=MOST_PLACES).contains(place)).ok_or_else(|| {
                format!("takes L1 to L{MOST_PLACES} and R1 to R{MOST_PLACES}, found `{name}`")
            })
        };
        Ok(match name {
            "text" => Self::Text,
            "left" => Self::Left,
            "right" => Self::Right,
            "match" => Self::Match,
            _ => match (name.get(..1), name.get(1..)) {
                (Some("L" | "l"), Some(rest)) => Self::LeftAt(place(rest)?),
                (Some("R" | "r"), Some(rest)) => Self::RightAt(place(rest)?),
                _ => return Err("takes text, left, right, match, or places such as L1".to_owned()),
            },
        })
    }
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
    let options = PatternOptions::new(arguments.unit.into())
        .with_loose(arguments.loose)
        .with_case_sensitive(arguments.case);
    let pattern = Pattern::parse(&arguments.pattern, options, matcher)?;
    let is_sorted = arguments.sort.iter().any(|key| *key != Order::Text);
    // Of unsorted hits no more are made than are listed.
    let kept = if is_sorted { usize::MAX } else { arguments.top.unwrap_or(usize::MAX) };
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
            let lines = hits.iter().take(kept).map(|hit| line(arguments, reading, hit));
            (reading.id.to_owned(), hits.len(), lines.collect::<Vec<Line>>())
        },
        |(id, count, hits)| {
            found += count as u64;
            if count > 0 && (documents == 0 || last != id) {
                documents += 1;
                last = id;
            }
            for line in hits {
                if is_sorted {
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
    let key = sort_key(arguments, document, hit);
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

/// The words that a hit is sorted by.
fn sort_key(arguments: &Arguments, document: &Document, hit: &Hit) -> Vec<CollationKey> {
    let farthest = |key: &Order| match *key {
        Order::Left | Order::Right => arguments.sort_words,
        Order::LeftAt(place) | Order::RightAt(place) => place,
        Order::Text | Order::Match => 0,
    };
    let words = arguments.sort.iter().map(farthest).max().unwrap_or(0);
    let (left, right) = neighbours(document, hit, words);
    let mut key = Vec::new();
    let all = |words: &[String]| -> Vec<CollationKey> {
        // Padded, so that the keys behind stand at the same places.
        let words = words.iter().map(String::as_str).chain(std::iter::repeat(""));
        words.take(arguments.sort_words).map(collation_key).collect()
    };
    let one = |words: &[String], place: usize| {
        collation_key(words.get(place - 1).map_or("", String::as_str))
    };
    for order in &arguments.sort {
        match *order {
            Order::Text => {}
            Order::Match => {
                key.push(collation_key(&document.text()[hit.span()].to_lowercase()));
            }
            Order::Left => key.extend(all(&left)),
            Order::Right => key.extend(all(&right)),
            Order::LeftAt(place) => key.push(one(&left, place)),
            Order::RightAt(place) => key.push(one(&right, place)),
        }
    }
    key
}

/// Compiles a regular expression that all of an item matches.
fn matcher(expression: &str) -> Result<ItemMatcher, String> {
    let regex = regex::Regex::new(&format!("^(?:{expression})$")).map_err(|e| e.to_string())?;
    Ok(Arc::new(move |item| regex.is_match(item)))
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
