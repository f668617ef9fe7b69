//! Counts of a corpus: of texts, or of files that were saved.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use tomtat::corpus::ngram::NgramOptions;
use tomtat::corpus::statistics::{CountOptions, StatisticsFile, TermStatistics};
use tomtat::corpus::totals::Totals;

use super::measure::Measure;
use super::{Arguments, ngrams};
use crate::corpus::{Corpus, SortedCounts};
use crate::run::spill::Spill;
use crate::run::status::Tally;

/// Counts of a corpus.
pub(super) enum Counts {
    /// With positions or spellings, or without terms that were forgotten: in memory.
    Held(Box<TermStatistics>),
    Sorted(SortedCounts),
}

impl Counts {
    pub(super) fn totals(&self) -> Totals {
        match self {
            Self::Held(held) => held.totals(),
            Self::Sorted(sorted) => *sorted.totals(),
        }
    }

    pub(super) fn ngrams(&self) -> NgramOptions {
        match self {
            Self::Held(held) => held.options().ngrams,
            Self::Sorted(sorted) => sorted.ngrams(),
        }
    }

    /// Returns the number of different terms.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Held(held) => held.len() as u64,
            Self::Sorted(sorted) => sorted.len(),
        }
    }

    pub(super) fn error_bound(&self) -> u64 {
        match self {
            Self::Held(held) => held.error_bound(),
            Self::Sorted(_) => 0,
        }
    }

    pub(super) fn write(&mut self) -> Result<Vec<u8>> {
        match self {
            Self::Held(held) => Ok(held.write()),
            Self::Sorted(sorted) => sorted.write(),
        }
    }
}

pub(super) fn count(
    arguments: &Arguments,
    measures: &[Measure],
    spill: &Spill,
) -> Result<(Counts, Tally)> {
    let ngrams = ngrams(arguments)?;
    let options = CountOptions::default()
        .with_ngrams(ngrams)
        .with_positions(measures.iter().any(Measure::needs_positions))
        .with_spellings(measures.iter().any(Measure::needs_spellings));
    let is_held = options.positions || options.spellings || arguments.max_terms.is_some();
    let files = &arguments.corpus.files;
    if !arguments.merge {
        let corpus = Corpus::new(&arguments.corpus.reading)?;
        return Ok(if is_held {
            let (held, tally) = corpus.count(files, options, arguments.max_terms)?;
            (Counts::Held(Box::new(held)), tally)
        } else {
            let (sorted, tally) = corpus.count_sorted(files, ngrams, spill)?;
            (Counts::Sorted(sorted), tally)
        });
    }
    if files.is_empty() {
        bail!("--merge needs files that --save wrote");
    }
    let counts = if is_held || arguments.save.is_some() && holds_more(files)? {
        Counts::Held(Box::new(merged(arguments, measures)?))
    } else {
        match SortedCounts::read(files, spill)? {
            Some(sorted) => Counts::Sorted(sorted),
            None => Counts::Held(Box::new(merged(arguments, measures)?)),
        }
    };
    let tally = Tally { done: counts.totals().documents().max(1), ..Tally::default() };
    Ok((counts, tally))
}

/// Returns true if one of the files holds positions or spellings, which a file of all keeps.
fn holds_more(files: &[PathBuf]) -> Result<bool> {
    for path in files {
        let file = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let file = StatisticsFile::open(&file).with_context(|| path.display().to_string())?;
        if file.options().positions || file.options().spellings {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Adds up files of statistics in memory.
fn merged(arguments: &Arguments, measures: &[Measure]) -> Result<TermStatistics> {
    let mut all: Option<TermStatistics> = None;
    for path in &arguments.corpus.files {
        let file = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let statistics = TermStatistics::read(&file).with_context(|| path.display().to_string())?;
        match &mut all {
            None => all = Some(statistics),
            Some(all) => all.merge(statistics).with_context(|| path.display().to_string())?,
        }
    }
    let mut all = all.unwrap_or_default();
    if let Some(most) = arguments.max_terms {
        all.limit(most);
    }
    for measure in measures {
        let kept = (measure.needs_positions(), all.options().positions);
        let spelled = (measure.needs_spellings(), all.options().spellings);
        if kept == (true, false) || spelled == (true, false) {
            bail!(
                "the counts do not hold what column `{0}` needs: name it with --columns {0} when \
                 you --save",
                measure.name()
            );
        }
    }
    Ok(all)
}
