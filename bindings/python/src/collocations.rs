//! Pairs of words that go together, of counts that hold pairs.

use std::cmp::Ordering;
use std::collections::HashSet;

use arrow_array::{RecordBatch, StructArray};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;

use crate::columns::{Column, Floats, Integers, Strings, structs, to_python};
use crate::library::{
    ArgumentProblem, AssociationMeasure, Margins, PairTables, Table, Term, TermStatistics,
    WORD_BREAK, association, key,
};

/// Pairs with their counts and measures, in their order.
#[pyclass(frozen, module = "tomtat._tomtat")]
pub(crate) struct Pairs(StructArray);

#[pymethods]
impl Pairs {
    fn __len__(&self) -> usize {
        use arrow_array::Array;
        self.0.len()
    }

    /// Returns all pairs: first, second, counts, one column a measure.
    fn to_arrow(&self) -> PyRecordBatch {
        PyRecordBatch::new(RecordBatch::from(&self.0))
    }

    /// Returns the same as tuples.
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        to_python(py, &self.0)
    }

    /// Returns the names of the columns.
    fn names(&self) -> Vec<String> {
        self.0.column_names().into_iter().map(str::to_owned).collect()
    }
}

/// Which pairs are listed, and how.
#[derive(Debug, FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Choice {
    measures: Vec<String>,
    margins: String,
    min_tf: u64,
    min_df: u64,
    node: Option<String>,
    stop_words: Vec<String>,
    sort: Option<String>,
    top: Option<usize>,
}

fn measure(argument: &'static str, name: &str) -> Result<AssociationMeasure, ArgumentProblem> {
    name.parse().map_err(|_| {
        let names: Vec<&str> = AssociationMeasure::ALL.iter().map(|m| m.name()).collect();
        (argument, format!("no `{name}`; there are {}", names.join(", ")))
    })
}

impl Choice {
    fn margins(&self) -> Result<Margins, ArgumentProblem> {
        [Margins::Pairs, Margins::Tokens]
            .into_iter()
            .find(|m| m.name() == self.margins)
            .ok_or_else(|| ("margins", format!("no `{}`; there are pairs, tokens", self.margins)))
    }

    /// Returns true for a pair that is listed.
    fn takes(&self, term: &Term<'_>, node: Option<&str>, stop: &HashSet<String>) -> bool {
        let Some((first, second)) = term.key().split_once(WORD_BREAK) else { return false };
        term.tf() >= self.min_tf
            && term.df() >= self.min_df
            && node.is_none_or(|node| node == first || node == second)
            && !stop.contains(first)
            && !stop.contains(second)
    }

    /// Lists the pairs of counts, as `tomtat collocations` does.
    pub(crate) fn pairs(&self, counts: &TermStatistics) -> Result<Pairs, ArgumentProblem> {
        let margins = self.margins()?;
        let named = |name: &String| measure("measures", name);
        let measures = self.measures.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        let sort = match self.sort.as_deref().or(self.measures.first().map(String::as_str)) {
            None | Some("tf") => None,
            Some(name) => Some(measure("sort", name)?),
        };
        let saved = counts.options().ngrams.lengths();
        if !saved.contains(&2) || !saved.contains(margins.lengths().start()) {
            let needs = if margins == Margins::Tokens { "(1, 2)" } else { "(2, 2) or (1, 2)" };
            let problem = format!("needs counts of TermStatistics(…, ngrams={needs})");
            return Err(("margins", problem));
        }
        let node = self.node.as_deref().map(|node| key(&node.trim().replace('_', " ")));
        let stop = self.stop_words.iter().map(|word| key(word)).collect();

        let totals = counts.totals();
        let mut tables = PairTables::new(margins);
        let terms = counts.terms();
        for term in &terms {
            tables.add(term.key(), term.tf());
        }
        let mut rows: Vec<(Option<f64>, &Term<'_>, Table)> = terms
            .iter()
            .filter(|term| self.takes(term, node.as_deref(), &stop))
            .filter_map(|term| {
                let table = tables.table(term.key(), term.tf(), &totals)?;
                let by = sort.map_or(Some(term.tf() as f64), |m| association(m, &table));
                Some((by, term, table))
            })
            .collect();
        // The terms are in the order of their keys, and sorting is stable.
        rows.sort_by(|(a, ..), (b, ..)| match (a, b) {
            (Some(a), Some(b)) => b.total_cmp(a),
            (a, b) => b.is_some().cmp(&a.is_some()).then(Ordering::Equal),
        });
        rows.truncate(self.top.unwrap_or(usize::MAX));
        Ok(Pairs(columns(&rows, &measures)))
    }
}

fn columns(
    rows: &[(Option<f64>, &Term<'_>, Table)],
    measures: &[AssociationMeasure],
) -> StructArray {
    let (mut first, mut second) = (Strings::default(), Strings::default());
    let mut counts: [Integers; 5] = std::array::from_fn(|_| Integers::default());
    let mut expected = Floats::default();
    let mut values: Vec<Floats> = measures.iter().map(|_| Floats::default()).collect();
    for (_, term, table) in rows {
        let (one, other) = term.key().split_once(WORD_BREAK).unwrap_or_default();
        first.push(one);
        second.push(other);
        let [_, o12, o21, o22] = table.cells();
        let row = [term.tf() as i64, term.df() as i64, o12 as i64, o21 as i64, o22 as i64];
        for (column, value) in counts.iter_mut().zip(row) {
            column.push(value);
        }
        expected.push(table.expected());
        for (column, &measure) in values.iter_mut().zip(measures) {
            column.push_option(association(measure, table));
        }
    }
    let mut arrays = vec![("first", first.finish()), ("second", second.finish())];
    let names = ["o11", "df", "o12", "o21", "o22"];
    arrays.extend(names.into_iter().zip(counts.iter_mut().map(Column::finish)));
    arrays.push(("e11", expected.finish()));
    arrays.extend(measures.iter().map(|m| m.name()).zip(values.iter_mut().map(Column::finish)));
    let array = structs(arrays, None);
    arrow_array::cast::AsArray::as_struct(&array).clone()
}
