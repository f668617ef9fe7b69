//! `--task words`: words that are found against words that people joined.

mod gold;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use anyhow::{Result, bail};
use rayon::prelude::*;
use tomtat::builtin;
use tomtat::eval::boundary::{BoundaryCounts, DEFAULT_WINDOW};
use tomtat::eval::extraction::ExtractionCounts;
use tomtat::eval::{Fingerprint, Random};
use tomtat::words::LongestMatch;
use tomtat::words::SegmenterModel;
use tomtat::words::{Lexicon, word_key};
use tomtat::words::{Unit, WordSegmenter};
use tomtat::{Analyzer, Document, TextOptions};

use super::arguments::Arguments;
use super::boundaries::{ends, ends_of_pieces, matches, same_text};
use super::segmentation::{Measured, Row, file_names};
use crate::output::message;
use crate::run::progress;
use crate::run::status::Status;
use crate::scoring::texts::{Layout, List, PREDICTIONS, named_file};

/// A segmenter that joins nothing: the least that any other has to beat.
#[derive(Debug)]
struct Syllables;

impl WordSegmenter for Syllables {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        joins.clear();
        joins.resize(units.len(), false);
    }
}

/// Name of the row of our segmenter.
const OURS: &str = "tomtat";

enum Kind {
    Segmenter(Box<Analyzer>),
    Given(Vec<String>),
}

/// What a method did on one line.
#[derive(Clone, Copy, Default)]
struct Line {
    counts: ExtractionCounts,
    boundaries: BoundaryCounts,
    /// Words of the gold that are known, and those of them that were found; the same of others.
    seen: [u64; 2],
    unseen: [u64; 2],
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    let mut lines = gold::lines(&arguments.data)?;
    if lines.is_empty() {
        message("note", "no lines to measure on");
        return Ok(Status::Nothing);
    }
    let records = lines.len();
    let mut kept: Vec<usize> = (0..records).collect();
    if let Some(count) = arguments.sample {
        kept = Random::new(arguments.statistics.seed).sample(records, count);
        lines = kept.iter().map(|i| lines[*i].clone()).collect();
    }
    if !lines.iter().any(|line| line.text.contains('_')) {
        bail!(
            "{}: no underscores found: gold words are written as học_sinh, or given as CoNLL-U",
            file_names(arguments)
        );
    }
    let (known, of_what) = known(arguments)?;
    let methods = methods(arguments, records, &kept, &lines)?;
    let pool = arguments.statistics.pool()?;
    let bar = progress::bar(lines.len() * methods.len(), "measuring");
    let rows: Vec<Row> = methods
        .iter()
        .map(|(name, kind)| {
            let work = |document: &mut Document, i: usize| {
                bar.inc(1);
                measure(&lines[i].text, kind, i, &known, arguments.detokenize, document)
            };
            let results: Vec<Line> = pool.install(|| {
                (0..lines.len()).into_par_iter().map_init(Document::default, work).collect()
            });
            row(name, &results)
        })
        .collect();
    bar.finish_and_clear();

    let mut data = Fingerprint::new();
    lines.iter().for_each(|line| data.add(&line.text));
    let sample = if arguments.sample.is_some() { format!(" of {records}") } else { String::new() };
    let input = if arguments.detokenize { "detokenized" } else { "tokens" };
    let always = match methods.iter().find(|(name, _)| name == OURS) {
        Some((_, Kind::Segmenter(analyzer))) => {
            always_wrong(&lines, analyzer, arguments.detokenize)
        }
        _ => Vec::new(),
    };
    let measured = Measured {
        arguments,
        task: "words",
        caption: format!("{}: {}{sample} sentences", file_names(arguments), lines.len()),
        row_name: "method",
        unit: "words",
        more: vec!["seen", "unseen", "boundary"],
        rows,
        notes: vec![
            format!(
                "a word is right if both ends are; seen, unseen: recall of the words that {of_what} and of the others"
            ),
            "boundary: boundary similarity (Fournier 2013)".to_owned(),
            listed(&always),
        ],
        usual: OURS,
        fields: vec![("known", known.len().to_string()), ("input", input.to_owned())],
        data,
        failed: 0,
    };
    measured.finish()
}

/// Occurrences from which on a word that is never found is told.
const OFTEN: u64 = 20;

/// Words of several syllables that the gold has at least [`OFTEN`] times and the segmenter never
/// finds, the most frequent first.
///
/// A word that is always wrong is no slip of the context: its record is missing or lost.
fn always_wrong(
    lines: &[gold::GoldLine],
    analyzer: &Analyzer,
    detokenize: bool,
) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    let mut document = Document::default();
    for line in lines {
        let (words, right) = found(&line.text, analyzer, detokenize, &mut document);
        for (word, right) in words.into_iter().zip(right) {
            if word.contains('_') {
                let count = counts.entry(word_key(&word.replace('_', " "))).or_default();
                count[0] += 1;
                count[1] += u64::from(right);
            }
        }
    }
    let mut never: Vec<(String, u64)> = counts
        .into_iter()
        .filter(|(_, [all, right])| *all >= OFTEN && *right == 0)
        .map(|(word, [all, _])| (word, all))
        .collect();
    never.sort_by_key(|(_, all)| std::cmp::Reverse(*all));
    never
}

/// Words that are named in the note on those that are always wrong.
const NAMED: usize = 20;

fn listed(always: &[(String, u64)]) -> String {
    let named: Vec<String> =
        always.iter().take(NAMED).map(|(word, count)| format!("{word} ({count})")).collect();
    let more = always.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
    format!(
        "words that {OURS} never finds although they occur {OFTEN} times or more: {named}{more}"
    )
}

/// The words that count as seen, and what they are.
fn known(arguments: &Arguments) -> Result<(HashSet<String>, &'static str)> {
    if arguments.train.is_empty() {
        let entries = SegmenterModel::read_lexicon(builtin::SEGMENTER)?;
        let known = entries.iter().map(|entry| word_key(entry.key())).collect();
        return Ok((known, "the shipped lexicon has (words of several syllables only)"));
    }
    let mut known = HashSet::new();
    for line in gold::lines(&arguments.train)? {
        known.extend(line.text.split_whitespace().map(|word| word_key(&word.replace('_', " "))));
    }
    Ok((known, "--train has"))
}

fn methods(
    arguments: &Arguments,
    records: usize,
    kept: &[usize],
    lines: &[gold::GoldLine],
) -> Result<Vec<(String, Kind)>> {
    let entries = SegmenterModel::read_lexicon(builtin::SEGMENTER)?;
    let lexicon = Lexicon::from_entries(entries.iter().map(|entry| (entry.key(), 1)));
    let models = arguments.models.models()?;
    let ours = Arc::clone(models.segmenter());
    let analyzer = |segmenter| Analyzer::from_models(models.clone().with_segmenter(segmenter));
    let all: [(&str, Arc<dyn WordSegmenter>); 3] = [
        ("syllables", Arc::new(Syllables)),
        ("longest-match", Arc::new(LongestMatch::new(lexicon))),
        (OURS, ours),
    ];
    let mut methods = Vec::new();
    if arguments.method.is_empty() {
        for (name, segmenter) in all {
            methods.push((name.to_owned(), Kind::Segmenter(Box::new(analyzer(segmenter)))));
        }
    } else {
        for wanted in &arguments.method {
            let Some((name, segmenter)) = all.iter().find(|(name, _)| name == wanted) else {
                let names = all.map(|(name, _)| name).join(", ");
                bail!("no row `{wanted}` in --task words; there are {names}");
            };
            let analyzer = analyzer(Arc::clone(segmenter));
            methods.push(((*name).to_owned(), Kind::Segmenter(Box::new(analyzer))));
        }
    }
    for argument in &arguments.pred {
        let (name, path) = named_file(argument);
        let layout = Layout { field: arguments.pred_field.clone(), ..Layout::default() };
        let list = List::read(&path, &layout, PREDICTIONS)?;
        let mut texts = Vec::new();
        for entry in &list.entries {
            let text = entry.texts.as_ref().map_err(|problem| anyhow::anyhow!("{problem}"))?;
            // Blank lines are left out of the gold, too.
            if !text.concat().trim().is_empty() {
                texts.push((entry.place.clone(), text.join(" ")));
            }
        }
        if texts.len() != records {
            bail!("{}: {} lines with text, the gold has {records}", list.name, texts.len());
        }
        let texts: Vec<(String, String)> = kept.iter().map(|i| texts[*i].clone()).collect();
        for ((place, text), line) in texts.iter().zip(lines) {
            if !same_text(text, &line.text) {
                bail!("{place}: not the text of {}", line.place);
            }
        }
        methods.push((name, Kind::Given(texts.into_iter().map(|(_, text)| text).collect())));
    }
    Ok(methods)
}

fn words_of(line: &str) -> Vec<&str> {
    line.split_whitespace().filter(|word| word.chars().any(|c| c != '_')).collect()
}

/// Where the words end that a segmenter finds in a line of the gold.
fn ends_found(
    line: &str,
    analyzer: &Analyzer,
    detokenize: bool,
    document: &mut Document,
) -> Vec<usize> {
    let text = line.replace('_', " ");
    let text = if detokenize { gold::detokenized(&text) } else { text };
    let options = TextOptions::default().with_raw(true).with_line_sentences(true);
    analyzer.analyze_into(&text, options, document);
    let words = document.sentences().flat_map(tomtat::document::Sentence::words);
    ends(&text, words.map(tomtat::document::Word::span))
}

/// The words of a line of the gold, and which of them a segmenter finds.
fn found<'l>(
    line: &'l str,
    analyzer: &Analyzer,
    detokenize: bool,
    document: &mut Document,
) -> (Vec<&'l str>, Vec<bool>) {
    let words = words_of(line);
    let gold = ends_of_pieces(words.iter().copied());
    let right = matches(&gold, &ends_found(line, analyzer, detokenize, document));
    (words, right)
}

fn measure(
    line: &str,
    kind: &Kind,
    number: usize,
    known: &HashSet<String>,
    detokenize: bool,
    document: &mut Document,
) -> Line {
    let words = words_of(line);
    let gold = ends_of_pieces(words.iter().copied());
    let found = match kind {
        Kind::Given(lines) => {
            ends_of_pieces(lines.get(number).map_or("", String::as_str).split_whitespace())
        }
        Kind::Segmenter(analyzer) => ends_found(line, analyzer, detokenize, document),
    };
    let right = matches(&gold, &found);
    let correct = right.iter().filter(|right| **right).count() as u64;
    let inner = |ends: &[usize]| ends[..ends.len().saturating_sub(1)].to_vec();
    let mut result = Line {
        counts: ExtractionCounts::new(correct, found.len() as u64, gold.len() as u64),
        boundaries: BoundaryCounts::of(&inner(&found), &inner(&gold), DEFAULT_WINDOW),
        ..Line::default()
    };
    let single = |word: &str| !word.contains('_');
    // The lexicon holds words of several syllables alone; a list from training data holds all.
    let has_single = known.iter().any(|word| !word.contains(' '));
    for (word, right) in words.iter().zip(right) {
        if single(word) && !has_single {
            continue;
        }
        let is_known = known.contains(&word_key(&word.replace('_', " ")));
        let slot = if is_known { &mut result.seen } else { &mut result.unseen };
        slot[0] += 1;
        slot[1] += u64::from(right);
    }
    result
}

fn row(name: &str, lines: &[Line]) -> Row {
    let share = |part: fn(&Line) -> [u64; 2]| {
        let sum = lines.iter().map(part).fold([0, 0], |sum, p| [sum[0] + p[0], sum[1] + p[1]]);
        (sum[0] > 0).then(|| sum[1] as f64 / sum[0] as f64)
    };
    let boundaries =
        lines.iter().fold(BoundaryCounts::default(), |sum, line| sum.merge(line.boundaries));
    Row {
        name: name.to_owned(),
        parts: lines.iter().map(|line| line.counts).collect(),
        more: vec![share(|l| l.seen), share(|l| l.unseen), Some(boundaries.similarity())],
    }
}
