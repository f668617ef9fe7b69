//! Which terms are listed, and in what order.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs;

use anyhow::{Context, Result};
use clap::Args;
use regex::Regex;
use tomtat::builtin;
use tomtat::corpus::ngram::WORD_BREAK;
use tomtat::corpus::statistics::{Term, TermStatistics};
use tomtat::text::collate::collation_key;
use tomtat::text::key::fold;
use tomtat::text::language::language_of;

use crate::report::table::Cell;

/// Parses how many are wanted: none would be no result.
pub(crate) fn above_zero(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|&count| count > 0);
    count.ok_or_else(|| format!("takes a number above 0, found `{text}`"))
}

/// Which terms are listed.
#[derive(Clone, Debug, Args)]
pub(crate) struct ChoiceArguments {
    /// At most so many, after sorting.
    #[arg(long, value_name = "N", value_parser = above_zero, help_heading = "Choice")]
    pub(crate) top: Option<usize>,
    /// Terms that occur at least so often.
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Choice")]
    min_tf: u64,
    /// Terms of at least so many documents; a number with a point is a share of the documents.
    #[arg(long, value_name = "N", default_value = "0", value_parser = limit, help_heading = "Choice")]
    min_df: Limit,
    /// Terms of at most so many documents; a number with a point is a share of the documents.
    #[arg(long, value_name = "N", default_value = "1.0", value_parser = limit, help_heading = "Choice")]
    max_df: Limit,
    /// Terms that match this regular expression somewhere; ^ and $ tie it to their ends.
    #[arg(long, value_name = "REGEX", help_heading = "Choice")]
    matching: Option<Regex>,
    /// Terms of this language only, as column `lang` has it: vi, und-Latn, zxx, …
    #[arg(long, value_name = "TAG", help_heading = "Choice")]
    term_lang: Option<String>,
    /// Leave stop words out, and n-grams that begin or end with one: `vietnamese`, `none`, or a file
    /// with one word a line. They still count in the size of the corpus.
    #[arg(long, value_name = "LIST", default_value = "none", help_heading = "Choice")]
    stop: String,
}

/// A number of documents, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit {
    Count(u64),
    Share(f64),
}

fn limit(text: &str) -> Result<Limit, String> {
    let message =
        || format!("takes a number of documents or a share from 0.0 to 1.0, found `{text}`");
    if text.contains('.') {
        let share: f64 = text.parse().map_err(|_| message())?;
        return if (0.0..=1.0).contains(&share) { Ok(Limit::Share(share)) } else { Err(message()) };
    }
    text.parse().map(Limit::Count).map_err(|_| message())
}

impl Limit {
    fn documents(self, all: u64) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Share(share) => share * all as f64,
        }
    }
}

/// Chooses and sorts terms.
pub(crate) struct Chooser {
    arguments: ChoiceArguments,
    stop: HashSet<String>,
}

/// Reads stop words: a name, or a file with one a line.
fn stop_words(name: &str) -> Result<HashSet<String>> {
    match name {
        "none" => Ok(HashSet::new()),
        "vietnamese" => Ok(builtin::stop_words().keys().map(str::to_owned).collect()),
        path => {
            let text = fs::read_to_string(path).with_context(|| {
                format!("--stop takes `vietnamese`, `none` or a file; cannot read {path}")
            })?;
            let words =
                text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
            Ok(words.map(|word| fold(&word.replace('_', " "))).collect())
        }
    }
}

impl Chooser {
    pub(crate) fn new(arguments: &ChoiceArguments) -> Result<Self> {
        Ok(Self { arguments: arguments.clone(), stop: stop_words(&arguments.stop)? })
    }

    /// Returns true if the term has a stop word at one of its ends.
    fn is_stopped(&self, key: &str) -> bool {
        !self.stop.is_empty()
            && [key.split(WORD_BREAK).next(), key.rsplit(WORD_BREAK).next()]
                .into_iter()
                .flatten()
                .any(|word| self.stop.contains(word))
    }

    /// Returns true if the key alone lets a term through.
    pub(crate) fn matches(&self, key: &str) -> bool {
        let matches = |regex: &Regex| {
            if key.contains(WORD_BREAK) {
                regex.is_match(&tomtat::corpus::statistics::readable(key))
            } else {
                regex.is_match(key)
            }
        };
        let speaks =
            |tag: &String| language_of(&key.replace(WORD_BREAK, " ")).eq_ignore_ascii_case(tag);
        !self.is_stopped(key)
            && self.arguments.matching.as_ref().is_none_or(matches)
            && self.arguments.term_lang.as_ref().is_none_or(speaks)
    }

    /// Returns true if terms of one language are listed.
    pub(crate) fn has_language(&self) -> bool {
        self.arguments.term_lang.is_some()
    }

    /// Returns true if the counts let a term through.
    pub(crate) fn counts(&self, tf: u64, df: u64, documents: u64) -> bool {
        tf >= self.arguments.min_tf
            && df as f64 >= self.arguments.min_df.documents(documents)
            && df as f64 <= self.arguments.max_df.documents(documents)
    }

    /// Returns true if a term is listed.
    pub(crate) fn takes(&self, term: &Term<'_>, documents: u64) -> bool {
        self.counts(term.tf(), term.df(), documents) && self.matches(term.key())
    }

    /// The terms that are listed, sorted by key.
    pub(crate) fn choose<'s>(&self, statistics: &'s TermStatistics) -> Vec<Term<'s>> {
        let documents = statistics.documents();
        let chosen = statistics.iter();
        let mut terms: Vec<Term<'_>> = chosen.filter(|t| self.takes(t, documents)).collect();
        terms.sort_unstable_by(|a, b| a.key().cmp(b.key()));
        terms
    }
}

/// Sorts rows by a column, `None` by the terms; tied rows by the bytes of their keys, or by the
/// alphabet. The greatest number comes first, and what is undefined last.
pub(crate) fn sort_rows(
    rows: &mut [(Vec<Cell>, String)],
    by: Option<usize>,
    ascending: bool,
    collate: bool,
) {
    if collate {
        rows.sort_by_cached_key(|(_, key)| collation_key(key));
    } else {
        rows.sort_by(|a, b| a.1.cmp(&b.1));
    }
    // Stable: tied rows keep the order of their terms.
    if let Some(column) = by {
        rows.sort_by(|a, b| order(&a.0[column], &b.0[column], ascending));
    }
}

/// Numbers from the greatest, texts from the first; undefined values last either way.
fn order(a: &Cell, b: &Cell, ascending: bool) -> Ordering {
    let number = |cell: &Cell| match cell {
        Cell::Count(count) => Some(*count as f64),
        Cell::Number(number) => Some(*number),
        _ => None,
    };
    match (a, b) {
        (Cell::None, Cell::None) => Ordering::Equal,
        (Cell::None, _) => Ordering::Greater,
        (_, Cell::None) => Ordering::Less,
        (Cell::Count(a), Cell::Count(b)) if ascending => a.cmp(b),
        (Cell::Count(a), Cell::Count(b)) => b.cmp(a),
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        _ => {
            let (a, b) = (number(a).unwrap_or(0.0), number(b).unwrap_or(0.0));
            if ascending { a.total_cmp(&b) } else { b.total_cmp(&a) }
        }
    }
}
