//! Counts of terms in a corpus, which can be merged, saved and pickled.

use std::sync::{Mutex, MutexGuard, PoisonError};

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::Schema;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3_arrow::PyRecordBatch;

use crate::analyzer::Core;
use crate::collocations::{Choice, Pairs};
use crate::columns::{Column, Integers, Strings};
use crate::errors::{self, raised};
use crate::library::{CountOptions, Scratch, TermStatistics, ngram_options, plain};
use crate::parallel;
use crate::source::{Block, Rows, Texts};

/// Counts of terms.
#[pyclass(frozen, module = "tomtat._tomtat", name = "Statistics")]
pub(crate) struct PyStatistics(Mutex<TermStatistics>);

impl PyStatistics {
    fn counts(&self) -> MutexGuard<'_, TermStatistics> {
        // Counts that a panic left are as they were before the call, or counted further.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl PyStatistics {
    #[new]
    #[pyo3(signature = (unit, ngrams, skip))]
    fn new(py: Python<'_>, unit: &str, ngrams: (usize, usize), skip: usize) -> PyResult<Self> {
        let ngrams = ngram_options(unit, ngrams, skip).map_err(raised(py))?;
        let options = CountOptions::default().with_ngrams(ngrams);
        Ok(Self(Mutex::new(TermStatistics::new(options))))
    }

    /// Reads what `to_bytes` wrote.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Self> {
        let statistics = py.detach(|| TermStatistics::read(data));
        let statistics = statistics.map_err(|error| errors::argument(py, "data", error))?;
        Ok(Self(Mutex::new(statistics)))
    }

    /// Writes the counts; equal counts give equal bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let bytes = py.detach(|| self.counts().write());
        PyBytes::new(py, &bytes)
    }

    /// Counts texts, each a document.
    fn add(
        &self,
        py: Python<'_>,
        core: &Core,
        texts: &Bound<'_, PyAny>,
        threads: usize,
    ) -> PyResult<()> {
        let rows = Rows::of_texts(py, Texts::new(texts, "texts")?, None)?;
        let blocks = rows.blocks();
        let options = self.counts().options();
        let analyzer = &core.engine.analyzer;
        let state = || (TermStatistics::new(options), Scratch::default());
        let work = |(counts, scratch): &mut (TermStatistics, Scratch), block: &Block| {
            for number in block.rows.clone() {
                let row = rows.get(number).map_err(|problem| (number, problem))?;
                let Some(row) = row else { continue };
                analyzer.analyze_into(&row.text, plain(false, false), &mut scratch.document);
                // As the program does: an empty text is no document.
                if !scratch.document.tokens().is_empty() {
                    counts.add(&scratch.document);
                }
            }
            Ok::<(), (usize, String)>(())
        };
        let (results, states) = parallel::map(py, &blocks, threads, state, work)?;
        if let Some((row, problem)) = results.into_iter().find_map(Result::err) {
            return Err(errors::row(py, row, &problem));
        }
        py.detach(|| {
            let mut counts = self.counts();
            states.into_iter().try_for_each(|(more, _)| counts.merge(more))
        })
        .map_err(|error| errors::argument(py, "texts", error))
    }

    /// Adds the counts of another part of the corpus.
    fn merge(&self, py: Python<'_>, other: &Self) -> PyResult<()> {
        py.detach(|| {
            let more = other.counts().clone();
            self.counts().merge(more)
        })
        .map_err(|error| errors::argument(py, "other", error))
    }

    fn documents(&self) -> u64 {
        self.counts().documents()
    }

    fn items(&self) -> u64 {
        self.counts().items()
    }

    fn total(&self, length: usize) -> u64 {
        self.counts().total(length)
    }

    fn __len__(&self) -> usize {
        self.counts().len()
    }

    /// Describes what is counted.
    fn options(&self) -> String {
        self.counts().options().to_string()
    }

    /// Returns tf and df of a term; `None` if it was not seen.
    fn get(&self, key: &str) -> Option<(u64, u64)> {
        self.counts().term(key).map(|term| (term.tf(), term.df()))
    }

    /// Lists the pairs that are counted, as `tomtat collocations` does.
    fn collocations(&self, py: Python<'_>, choice: Choice) -> PyResult<Pairs> {
        py.detach(|| choice.pairs(&self.counts())).map_err(raised(py))
    }

    /// Returns all terms in the order of their keys: term, tf, df.
    fn to_arrow(&self, py: Python<'_>) -> PyResult<PyRecordBatch> {
        let batch = py.detach(|| {
            let counts = self.counts();
            let (mut terms, mut tf, mut df) =
                (Strings::default(), Integers::default(), Integers::default());
            for term in counts.terms() {
                terms.push(&term.text());
                tf.push(term.tf() as i64);
                df.push(term.df() as i64);
            }
            let columns = [("term", terms.finish()), ("tf", tf.finish()), ("df", df.finish())];
            batch(columns.to_vec())
        });
        batch.map(PyRecordBatch::new).map_err(|error| errors::argument(py, "self", error))
    }
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let fields: Vec<_> = columns
        .iter()
        .map(|(name, column)| arrow_schema::Field::new(*name, column.data_type().clone(), false))
        .collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(std::sync::Arc::new(Schema::new(fields)), arrays)
}
