//! `tomtat terms --per-doc --matrix`: documents and terms as a sparse matrix.
//!
//! The coordinate format of Matrix Market (Boisvert, Pozo & Remington 1996, *The Matrix Market
//! exchange formats*, NISTIR 5935): row, column and value of each entry, numbered from 1. Rows are
//! documents in input order, columns are terms in the order of their keys. Their names stand in two
//! files beside it, one a line.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tomtat::corpus::statistics::{Term, TermStatistics};

use crate::output::{OutputFile, OutputStream};

/// A matrix on its way into its files.
pub(super) struct Matrix<'s> {
    /// Numbers of the terms, from 1.
    columns: HashMap<&'s str, usize>,
    /// Documents that the header promises.
    documents: u64,
    entries: OutputStream,
    rows: OutputStream,
    written: u64,
    path: PathBuf,
}

impl<'s> Matrix<'s> {
    /// Begins the files; `terms` are the columns, sorted by key.
    pub(super) fn new(
        path: &Path,
        statistics: &TermStatistics,
        terms: &'s [Term<'s>],
    ) -> Result<Self> {
        let open = |path: &Path| -> Result<OutputStream> {
            let failure = || format!("cannot write {}", path.display());
            OutputFile::open(path)?.stream().with_context(failure)
        };
        let mut names = open(&beside(path, "columns"))?;
        for term in terms {
            writeln!(names, "{}", one_line(&term.text()))?;
        }
        names.finish()?;
        let rows = open(&beside(path, "rows"))?;
        let mut entries = open(path)?;
        let count: u64 = terms.iter().map(Term::df).sum();
        let documents = statistics.documents();
        writeln!(entries, "%%MatrixMarket matrix coordinate real general")?;
        writeln!(entries, "{documents} {} {count}", terms.len())?;
        let columns = terms.iter().map(Term::key).zip(1..).collect();
        Ok(Self { columns, documents, entries, rows, written: 0, path: path.to_owned() })
    }

    /// Writes the row of a document: its terms and their weights.
    pub(super) fn push<'t>(
        &mut self,
        id: &str,
        terms: impl Iterator<Item = (&'t str, f64)>,
    ) -> Result<()> {
        self.written += 1;
        let row = self.written;
        let mut entries: Vec<(usize, f64)> =
            terms.filter_map(|(key, weight)| Some((*self.columns.get(key)?, weight))).collect();
        entries.sort_unstable_by_key(|entry| entry.0);
        let mut lines = String::new();
        for (column, weight) in entries {
            let _ = writeln!(lines, "{row} {column} {weight}");
        }
        let written = writeln!(self.rows, "{}", one_line(id))
            .and_then(|()| self.entries.write_all(lines.as_bytes()));
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }

    /// Puts the files in place.
    pub(super) fn finish(self) -> Result<()> {
        if self.written != self.documents {
            let (counted, found) = (self.documents, self.written);
            bail!("the inputs changed between two readings: {counted} documents, then {found}");
        }
        let finish = || self.rows.finish().and_then(|()| self.entries.finish());
        finish().with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// The file beside the matrix that names its rows or columns.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(what);
    name.into()
}

fn one_line(name: &str) -> String {
    name.replace(['\n', '\r'], " ")
}
