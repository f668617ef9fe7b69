//! `--task sentences`: sentence ends that are found against those that people set.
//!
//! The sentences of the gold are joined to paragraphs by single spaces, or come with the text that
//! they were cut from. Ends are compared by the characters before them, white space apart; the end
//! of a paragraph is given and does not count.

use anyhow::{Result, bail};
use tomtat::eval::Fingerprint;
use tomtat::eval::boundary::{BoundaryCounts, DEFAULT_WINDOW};
use tomtat::eval::extraction::ExtractionCounts;
use tomtat::{Analyzer, Document, TextOptions};

use super::arguments::Arguments;
use super::boundaries::{ends, ends_of_pieces, length, same_text};
use super::segmentation::{Measured, Row, file_names};
use crate::input::{Source, read_text};
use crate::output::message;
use crate::run::status::Status;
use crate::scoring::texts::named_file;

const OURS: &str = "tomtat";
const RUN_ON: &str = "tomtat-split-unmarked";
const STOPS: &str = "stops";

/// A paragraph, and where its sentences end.
struct Paragraph {
    text: String,
    gold: Vec<usize>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Status> {
    if arguments.paragraph < 2 && arguments.source.is_none() {
        bail!("--paragraph takes a number of at least 2, found {}", arguments.paragraph);
    }
    let sentences = read(&arguments.data)?;
    if sentences.is_empty() {
        message("note", "no sentences to measure on");
        return Ok(Status::Nothing);
    }
    let paragraphs = match &arguments.source {
        Some(path) => {
            let text = read_text(&Source::File(path.clone()))
                .map_err(|problem| anyhow::anyhow!("{problem}"))?;
            from_source(&text, &sentences, &path.display().to_string(), &file_names(arguments))?
        }
        None => sentences.chunks(arguments.paragraph).map(joined).collect(),
    };
    let known = [OURS, RUN_ON, STOPS];
    if let Some(wrong) = arguments.method.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("no row `{wrong}` in --task sentences; there are {}", known.join(", "));
    }
    let is_wanted =
        |name: &str| arguments.method.is_empty() || arguments.method.iter().any(|m| m == name);
    let analyzer = Analyzer::from_models(arguments.models.models()?);
    let mut document = Document::default();
    let mut rows = Vec::new();
    if is_wanted(STOPS) {
        rows.push(row(STOPS, &paragraphs, |paragraph| stops(&paragraph.text)));
    }
    for (name, split_unmarked) in [(OURS, false), (RUN_ON, true)] {
        if !is_wanted(name) {
            continue;
        }
        rows.push(row(name, &paragraphs, |paragraph| {
            let options = TextOptions::default().with_raw(true).with_split_unmarked(split_unmarked);
            analyzer.analyze_into(&paragraph.text, options, &mut document);
            ends(&paragraph.text, document.sentences().map(tomtat::document::Sentence::span))
        }));
    }
    rows.extend(given_rows(arguments, &sentences, &paragraphs)?);
    let mut data = Fingerprint::new();
    sentences.iter().for_each(|sentence| data.add(sentence));
    let input = match arguments.source {
        Some(_) => "source".to_owned(),
        None => format!("{} sentences joined", arguments.paragraph),
    };
    let caption = format!(
        "{}: {} sentences in {} paragraphs ({input})",
        file_names(arguments),
        sentences.len(),
        paragraphs.len()
    );
    let measured = Measured {
        arguments,
        task: "sentences",
        caption,
        row_name: "method",
        unit: "boundaries",
        more: vec!["boundary"],
        rows,
        notes: vec![
            "boundaries inside of paragraphs, by character; boundary: boundary similarity \
             (Fournier 2013); stops: every . ! ? … before white space"
                .to_owned(),
        ],
        usual: OURS,
        fields: vec![("input", input)],
        data,
        failed: 0,
    };
    measured.finish()
}

/// The rows of sentences that other programs found.
fn given_rows(
    arguments: &Arguments,
    sentences: &[String],
    paragraphs: &[Paragraph],
) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for argument in &arguments.pred {
        let (name, path) = named_file(argument);
        let given = read(std::slice::from_ref(&path))?;
        if !same_text(&given.concat(), &sentences.concat()) {
            bail!(
                "{}: not the text of {} ({})",
                path.display(),
                file_names(arguments),
                first_difference(&given.concat(), &sentences.concat())
            );
        }
        let all = ends_of_pieces(given.iter().map(String::as_str));
        let mut start = 0;
        rows.push(row(&name, paragraphs, |paragraph| {
            let end = start + length(&paragraph.text);
            let inside = all.iter().filter(|at| **at > start && **at <= end);
            let found = inside.map(|at| at - start).collect();
            start = end;
            found
        }));
    }
    Ok(rows)
}

/// Reads sentences, one a line; the underscores of pre-segmented lines are undone.
fn read(paths: &[std::path::PathBuf]) -> Result<Vec<String>> {
    let mut sentences = Vec::new();
    for path in paths {
        let text = read_text(&Source::File(path.clone()));
        let text = text.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        let lines = text.trim_start_matches('\u{FEFF}').split('\n').map(str::trim);
        let lines = lines.filter(|line| length(line) > 0);
        sentences.extend(lines.map(|line| line.replace('_', " ")));
    }
    Ok(sentences)
}

fn joined(sentences: &[String]) -> Paragraph {
    Paragraph {
        text: sentences.join(" "),
        gold: ends_of_pieces(sentences.iter().map(String::as_str)),
    }
}

/// Cuts the source into its lines and finds the sentence ends of each.
fn from_source(
    text: &str,
    sentences: &[String],
    source: &str,
    gold: &str,
) -> Result<Vec<Paragraph>> {
    if !same_text(text, &sentences.concat()) {
        bail!("{source}: not the text of {gold}: {}", first_difference(text, &sentences.concat()));
    }
    let all = ends_of_pieces(sentences.iter().map(String::as_str));
    let (mut start, mut next) = (0, 0);
    let mut paragraphs = Vec::new();
    for line in text.split('\n').filter(|line| length(line) > 0) {
        let end = start + length(line);
        let first = next;
        while all.get(next).is_some_and(|at| *at <= end) {
            next += 1;
        }
        let gold = all[first..next].iter().map(|at| at - start).collect();
        paragraphs.push(Paragraph { text: line.to_owned(), gold });
        start = end;
    }
    Ok(paragraphs)
}

/// Says where two texts part.
fn first_difference(a: &str, b: &str) -> String {
    let counted = |text: &str| -> Vec<char> {
        text.chars().filter(|c| !c.is_whitespace() && *c != '_').collect()
    };
    let (a, b) = (counted(a), counted(b));
    let at = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let around = |text: &[char]| -> String {
        text[at.saturating_sub(12).min(text.len())..(at + 8).min(text.len())].iter().collect()
    };
    format!("they part at `{}` against `{}`", around(&a), around(&b))
}

/// Ends after every stop that white space follows.
fn stops(text: &str) -> Vec<usize> {
    let mut seen = 0;
    let mut ends = Vec::new();
    let mut ended = false;
    for c in text.chars() {
        if c.is_whitespace() {
            if ended {
                ends.push(seen);
            }
            ended = false;
        } else {
            seen += length(c.encode_utf8(&mut [0; 4]));
            ended = matches!(c, '.' | '!' | '?' | '…')
                || (ended && matches!(c, '”' | '"' | '’' | '\'' | ')' | '»'));
        }
    }
    ends
}

fn row(
    name: &str,
    paragraphs: &[Paragraph],
    mut found: impl FnMut(&Paragraph) -> Vec<usize>,
) -> Row {
    let mut boundaries = BoundaryCounts::default();
    let parts = paragraphs.iter().map(|paragraph| {
        let end = length(&paragraph.text);
        let inner = |mut ends: Vec<usize>| {
            ends.retain(|at| *at < end);
            ends
        };
        let (found, gold) = (inner(found(paragraph)), inner(paragraph.gold.clone()));
        boundaries = boundaries.merge(BoundaryCounts::of(&found, &gold, DEFAULT_WINDOW));
        ExtractionCounts::of(&found, &gold)
    });
    let parts = parts.collect();
    Row { name: name.to_owned(), parts, more: vec![Some(boundaries.similarity())] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_cut_at_their_lines() {
        let sentences = ["Mưa to.", "Nước dâng.", "Trời tạnh."].map(str::to_owned);
        let paragraphs = from_source("Mưa to. Nước  dâng.\nTrời tạnh.\n", &sentences, "a", "b");
        let paragraphs = paragraphs.expect("the same text");
        assert_eq!(paragraphs.len(), 2);
        assert_eq!(paragraphs[0].gold, [6, 15]);
        assert_eq!(paragraphs[1].gold, [9]);
        assert!(from_source("Mưa to.", &sentences, "a", "b").is_err());
    }

    #[test]
    fn stops_end_sentences_before_white_space_only() {
        assert_eq!(stops("Giá 1.250 đồng. “Rẻ!” Ông nói."), [13, 18]);
    }
}
