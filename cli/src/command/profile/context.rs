//! Key words in their context, from a second reading of the corpus.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::Result;
use tomtat::corpus::ngram::{Item, TermUnit, hash_of_key, items_of};

use crate::corpus::Corpus;

/// Lines of one term, at most.
pub(super) const LINES: usize = 20;

/// Lines that one document gives of one term.
const OF_DOCUMENT: usize = 2;

/// Characters to either side.
const SIDE: usize = 60;

/// One place of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) left: String,
    pub(super) hit: String,
    pub(super) right: String,
}

/// Lines from all over the corpus, however many there are.
///
/// Every `step`-th line is kept; when there are too many, every other one goes and the step is twice
/// as long.
#[derive(Clone, Debug)]
struct Sample {
    lines: Vec<Line>,
    seen: usize,
    step: usize,
}

impl Sample {
    const fn new() -> Self {
        Self { lines: Vec::new(), seen: 0, step: 1 }
    }

    fn push(&mut self, line: Line) {
        if self.seen.is_multiple_of(self.step) {
            if self.lines.len() == 2 * LINES {
                let mut at = 0;
                self.lines.retain(|_| {
                    at += 1;
                    at % 2 == 1
                });
                self.step *= 2;
            }
            if self.seen.is_multiple_of(self.step) {
                self.lines.push(line);
            }
        }
        self.seen += 1;
    }

    fn finish(mut self) -> Vec<Line> {
        let count = self.lines.len();
        if count > LINES {
            let mut at = 0;
            self.lines.retain(|_| {
                at += 1;
                // As even as can be.
                at * LINES / count > (at - 1) * LINES / count
            });
        }
        self.lines
    }
}

/// Reads the corpus again; gives some lines of each term.
pub(super) fn lines(
    corpus: &Corpus,
    files: &[PathBuf],
    unit: TermUnit,
    terms: &[&str],
) -> Result<Vec<Vec<Line>>> {
    let wanted: HashMap<u64, usize> = terms.iter().map(|key| hash_of_key(key)).zip(0..).collect();
    let mut samples = vec![Sample::new(); terms.len()];
    let corpus = corpus.quiet();
    corpus.read(
        files,
        || (),
        |(), reading| {
            let document = reading.document;
            let (mut found, mut counts) = (Vec::new(), vec![0; terms.len()]);
            let mut items: Vec<Item> = Vec::new();
            for sentence in document.sentences().filter(|s| corpus.keeps(*s)) {
                items_of(document, sentence, unit, &mut items);
                for item in items.iter().filter(|item| !item.is_boundary()) {
                    let Some(&term) = wanted.get(&item.hash()) else { continue };
                    if counts[term] < OF_DOCUMENT {
                        counts[term] += 1;
                        let (hit, all) = (item.span(document), sentence.span());
                        let text = document.text();
                        let left = clipped(&text[all.start..hit.start], true);
                        let right = clipped(&text[hit.end..all.end], false);
                        found.push((term, Line { left, hit: text[hit].to_owned(), right }));
                    }
                }
            }
            found
        },
        |found| {
            found.into_iter().for_each(|(term, line)| samples[term].push(line));
            Ok(())
        },
    )?;
    Ok(samples.into_iter().map(Sample::finish).collect())
}

/// The words of a side that are nearest to the hit.
fn clipped(side: &str, is_left: bool) -> String {
    let words: Vec<&str> = side.split_whitespace().collect();
    let mut length = 0;
    let mut fits = |word: &&str| {
        length += word.chars().count() + 1;
        length <= SIDE
    };
    let taken = if is_left {
        let count = words.iter().rev().take_while(|word| fits(word)).count();
        &words[words.len() - count..]
    } else {
        let count = words.iter().take_while(|word| fits(word)).count();
        &words[..count]
    };
    taken.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_from_all_over() {
        for count in [0, 7, 20, 21, 40, 41, 1000] {
            let mut sample = Sample::new();
            for i in 0..count {
                let hit = i.to_string();
                sample.push(Line { left: String::new(), hit, right: String::new() });
            }
            let lines: Vec<usize> =
                sample.finish().iter().map(|line| line.hit.parse().expect("a number")).collect();
            assert!(lines.len() >= count.min(LINES) && lines.len() <= LINES, "{count}");
            assert!(lines.is_sorted());
            if count > 100 {
                assert!(lines[0] < count / 10 && lines[lines.len() - 1] > count * 8 / 10);
            }
        }
    }

    #[test]
    fn sides_end_between_words() {
        let text = "nước sông Hương dâng cao ".repeat(9);
        assert!(text.trim_end().ends_with(&clipped(&text, true)));
        assert!(text.starts_with(&clipped(&text, false)));
        assert!(clipped(&text, true).chars().count() <= SIDE);
        assert_eq!(clipped("", true), "");
    }
}
