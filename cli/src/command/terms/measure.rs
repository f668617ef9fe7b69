//! The columns of `tomtat terms`.

use std::str::FromStr;

use anyhow::{Result, bail};
use tomtat::corpus::dispersion::{self, Dispersion, average_reduced_frequency, dispersion};
use tomtat::corpus::formula::Formula;
use tomtat::corpus::statistics::{Parts, Term, TermStatistics, readable};
use tomtat::corpus::totals::Totals;
use tomtat::corpus::weighting::{self, idf};
use tomtat::text::language::language_of;

use crate::report::table::{Cell, Column};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// One of [`PLAIN`].
    Plain(&'static str),
    /// A variant of idf.
    Idf(&'static str),
    /// A measure of dispersion, or average reduced frequency.
    Spread(&'static str),
}

/// Columns that are defined here.
const PLAIN: [(&str, &str, &str); 7] = [
    ("tf", "term frequency", "occurrences of the term"),
    ("df", "document frequency", "documents with the term"),
    ("pm", "frequency per million", "1,000,000 tf / number of n-grams of this length"),
    ("share", "share of documents", "df / N"),
    ("form", "form", "the most frequent spelling; of equally frequent ones the first by bytes"),
    (
        "lang",
        "language",
        "vi for Vietnamese syllables, else what the script tells (BCP 47): und-Latn, ja, …; zxx none, \
         mul several",
    ),
    ("missed", "lost at most", "occurrences that --max-terms may have lost"),
];

fn plain(name: &str) -> Option<Formula> {
    let (name, title, formula) = PLAIN.into_iter().find(|(n, ..)| *n == name)?;
    Some(Formula::new(name, title, formula, ""))
}

impl Measure {
    /// One of each kind that `all` takes.
    pub(super) const ALL: [Self; 3] = [Self::Plain(""), Self::Idf(""), Self::Spread("")];

    /// All columns of the same kind.
    pub(super) fn variants(self) -> Vec<Self> {
        match self {
            Self::Plain(_) => PLAIN.iter().map(|(name, ..)| Self::Plain(name)).collect(),
            Self::Idf(_) => weighting::IDF[1..].iter().map(|f| Self::Idf(f.name)).collect(),
            Self::Spread(_) => dispersion::MEASURES.iter().map(|f| Self::Spread(f.name)).collect(),
        }
    }

    /// Its name on the command line and above the column.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Plain(name) | Self::Spread(name) => (*name).to_owned(),
            Self::Idf(name) => format!("idf-{name}"),
        }
    }

    pub(super) fn formula(&self) -> Formula {
        let found = match self {
            Self::Plain(name) => plain(name),
            Self::Idf(name) => weighting::IDF.iter().find(|f| f.name == *name).copied(),
            Self::Spread(name) => dispersion::MEASURES.iter().find(|f| f.name == *name).copied(),
        };
        found.unwrap_or(Formula::new("", "", "", ""))
    }

    pub(super) fn column(&self) -> Column {
        let name = self.name();
        if matches!(name.as_str(), "form" | "lang") {
            Column::text(&name)
        } else {
            Column::number(&name)
        }
    }

    pub(super) const fn needs_positions(&self) -> bool {
        matches!(self, Self::Spread(_))
    }

    pub(super) fn needs_spellings(&self) -> bool {
        matches!(self, Self::Plain("form"))
    }
}

impl FromStr for Measure {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        let idf = name.strip_prefix("idf-").or_else(|| (name == "idf").then_some("standard"));
        if let Some(variant) = idf {
            if let Some(found) = weighting::IDF.iter().find(|f| f.name == variant) {
                return Ok(Self::Idf(found.name));
            }
        } else if let Some((found, ..)) = PLAIN.iter().find(|(n, ..)| *n == name) {
            return Ok(Self::Plain(found));
        } else if let Some(found) = dispersion::MEASURES.iter().find(|f| f.name == name) {
            return Ok(Self::Spread(found.name));
        }
        let names: Vec<String> =
            Self::ALL.iter().flat_map(|m| m.clone().variants()).map(|m| m.name()).collect();
        bail!("no column `{name}`; columns are {}", names.join(", "))
    }
}

/// Computes the columns of a corpus.
pub(super) struct Measurer<'s> {
    totals: Totals,
    /// Counts with positions or spellings.
    held: Option<&'s TermStatistics>,
    spellings: Option<Vec<&'s str>>,
    parts: Option<Parts>,
}

impl<'s> Measurer<'s> {
    pub(super) fn new(
        totals: Totals,
        held: Option<&'s TermStatistics>,
        parts: Option<u64>,
    ) -> Self {
        let parts = held.and_then(TermStatistics::positions).map(|places| match parts {
            Some(count) => Parts::equal(totals.items(), count),
            None => Parts::of_sizes(places.lengths()),
        });
        Self { totals, held, spellings: held.and_then(TermStatistics::spellings), parts }
    }

    pub(super) fn cell(&self, measure: &Measure, term: &Term<'_>) -> Cell {
        let documents = self.totals.documents();
        match measure {
            Measure::Plain("tf") => Cell::Count(term.tf()),
            Measure::Plain("df") => Cell::Count(term.df()),
            Measure::Plain("pm") => {
                let total = self.totals.ngrams(term.length());
                Cell::Number(1e6 * term.tf() as f64 / total as f64)
            }
            Measure::Plain("share") => Cell::Number(term.df() as f64 / documents as f64),
            Measure::Plain("form") => {
                let spelling = self.spellings.as_ref().and_then(|s| s.get(term.id()));
                spelling.map_or(Cell::None, |s| Cell::Text((*s).to_owned()))
            }
            Measure::Plain("lang") => Cell::Text(language_of(&readable(term.key())).into_owned()),
            Measure::Plain(_) => Cell::Count(term.undercount()),
            Measure::Idf(name) => {
                let value = idf(name, documents, term.df(), term.tf());
                Cell::number(value.filter(|value| value.is_finite()))
            }
            Measure::Spread(name) => self.spread(name, term),
        }
    }

    fn spread(&self, name: &str, term: &Term<'_>) -> Cell {
        let (Some(places), Some(parts)) =
            (self.held.and_then(TermStatistics::positions), &self.parts)
        else {
            return Cell::None;
        };
        if name == "arf" {
            let places: Vec<u64> = places.of(term.id()).collect();
            return Cell::Number(average_reduced_frequency(
                self.totals.items(),
                places.into_iter(),
            ));
        }
        let Dispersion { range, d, d2, s, dp, dpnorm, .. } =
            dispersion(parts, &parts.counts(places.of(term.id())));
        match name {
            "range" => Cell::Count(range),
            "d" => Cell::number(d),
            "d2" => Cell::number(d2),
            "s" => Cell::number(s),
            "dp" => Cell::number(dp),
            _ => Cell::number(dpnorm),
        }
    }
}
