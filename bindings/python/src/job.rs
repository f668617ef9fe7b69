//! What is done with every row of a batch, and how batches are run.

use arrow_array::{Array, ArrayRef, StringArray};
use arrow_schema::{DataType, Field};
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use pyo3_arrow::{PyArray, PyChunkedArray};

use crate::columns::{Column, to_python};
use crate::errors;
use crate::library::Scratch;
use crate::parallel;
use crate::source::{Block, Row, Rows, Shape, TextLists, Texts};

/// What is done with a row.
pub(crate) trait Job: Send + Sync {
    /// Where results go.
    type Out: Column;

    /// Appends one value, or returns what is wrong with the row and appends nothing.
    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String>;
}

/// A job whose results may be of any kind.
pub(crate) trait AnyJob: Send + Sync {
    /// Does the job for rows of one chunk.
    fn block(&self, rows: &Rows, block: &Block, scratch: &mut Scratch) -> Results;
    /// Does the job for one row.
    fn one(&self, row: &Row<'_>) -> Result<ArrayRef, String>;
    /// Returns an array of no rows.
    fn none(&self) -> ArrayRef;
}

/// The results of a block.
pub(crate) struct Results {
    values: ArrayRef,
    /// Rows that could not be used, and why.
    problems: Vec<(usize, String)>,
}

impl<J: Job> AnyJob for J {
    fn block(&self, rows: &Rows, block: &Block, scratch: &mut Scratch) -> Results {
        let mut out = J::Out::default();
        let mut problems = Vec::new();
        for number in block.rows.clone() {
            let result = rows.get(number).and_then(|row| {
                if let Some(row) = row {
                    return self.add(&row, scratch, &mut out);
                }
                out.push_null();
                Ok(())
            });
            if let Err(problem) = result {
                out.push_null();
                problems.push((number, problem));
            }
        }
        Results { values: out.finish(), problems }
    }

    fn one(&self, row: &Row<'_>) -> Result<ArrayRef, String> {
        let mut out = J::Out::default();
        self.add(row, &mut Scratch::default(), &mut out)?;
        Ok(out.finish())
    }

    fn none(&self) -> ArrayRef {
        J::Out::default().finish()
    }
}

/// A job, ready to be run: the options are checked, the models loaded.
#[pyclass(frozen, module = "tomtat._tomtat", name = "Job")]
pub(crate) struct PyJob(Box<dyn AnyJob>);

impl PyJob {
    pub(crate) fn new(job: impl AnyJob + 'static) -> Self {
        Self(Box::new(job))
    }
}

#[pymethods]
impl PyJob {
    /// Does the job for one text.
    #[pyo3(signature = (text, title=None))]
    fn one<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        title: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let row = Row { text: text.into(), title: title.map(Into::into), texts: Vec::new() };
        self.first(py, &row)
    }

    /// Does the job for one list of texts, with a text that they belong to, if any.
    #[pyo3(signature = (texts, text=""))]
    fn one_of_many<'py>(
        &self,
        py: Python<'py>,
        texts: Vec<String>,
        text: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let texts = texts.into_iter().map(Into::into).collect();
        self.first(py, &Row { text: text.into(), title: None, texts })
    }

    /// Does the job for many texts. Returns the results as they came, a list or Arrow data; and with
    /// `errors`, what was wrong with each row.
    #[pyo3(signature = (texts, titles=None, threads=0, errors=false))]
    fn many<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        titles: Option<&Bound<'py, PyAny>>,
        threads: usize,
        errors: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let titles = titles.map(|titles| Texts::new(titles, "titles")).transpose()?;
        let rows = Rows::of_texts(py, Texts::new(texts, "texts")?, titles)?;
        self.run(py, &rows, threads, errors)
    }

    /// Does the job for many lists of texts, as `many` does.
    #[pyo3(signature = (lists, texts=None, threads=0, errors=false))]
    fn many_lists<'py>(
        &self,
        py: Python<'py>,
        lists: &Bound<'py, PyAny>,
        texts: Option<&Bound<'py, PyAny>>,
        threads: usize,
        errors: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let name = if texts.is_some() { "references" } else { "texts" };
        let texts = texts.map(|texts| Texts::new(texts, "predictions")).transpose()?;
        let lists = TextLists::new(lists, name, texts.is_some())?;
        self.run(py, &Rows::of_lists(py, texts, lists)?, threads, errors)
    }
}

impl PyJob {
    fn first<'py>(&self, py: Python<'py>, row: &Row<'_>) -> PyResult<Bound<'py, PyAny>> {
        let values = py.detach(|| self.0.one(row)).map_err(|p| errors::argument(py, "text", p))?;
        to_python(py, values.as_ref())?
            .into_iter()
            .next()
            .ok_or_else(|| errors::argument(py, "text", "gave no result"))
    }

    fn run<'py>(
        &self,
        py: Python<'py>,
        rows: &Rows,
        threads: usize,
        with_errors: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let blocks = rows.blocks();
        let work = |scratch: &mut Scratch, block: &Block| self.0.block(rows, block, scratch);
        let (results, _) = parallel::map(py, &blocks, threads, Scratch::default, work)?;
        let problem = results.iter().find_map(|results| results.problems.first());
        if let Some((row, problem)) = problem
            && !with_errors
        {
            return Err(errors::row(py, *row, problem));
        }
        let found = blocks.iter().zip(&results);
        let values = found.clone().map(|(block, results)| (block.chunk, results.values.clone()));
        let values = exported(py, rows, values.collect(), &self.0.none())?;
        if !with_errors {
            return Ok(values);
        }
        let problems = found.map(|(block, results)| (block.chunk, column_of(block, results)));
        let none: ArrayRef = std::sync::Arc::new(StringArray::from(Vec::<Option<&str>>::new()));
        let problems = exported(py, rows, problems.collect(), &none)?;
        Ok((values, problems).into_pyobject(py)?.into_any())
    }
}

/// What was wrong with each row of a block.
fn column_of(block: &Block, results: &Results) -> ArrayRef {
    let mut problems = results.problems.iter().peekable();
    let texts = block.rows.clone().map(|row| {
        let problem = problems.next_if(|(number, _)| *number == row);
        problem.map(|(_, problem)| problem.as_str())
    });
    std::sync::Arc::new(texts.collect::<StringArray>())
}

/// Puts the arrays of blocks together, and gives them the shape that the texts have.
fn exported<'py>(
    py: Python<'py>,
    rows: &Rows,
    parts: Vec<(usize, ArrayRef)>,
    none: &ArrayRef,
) -> PyResult<Bound<'py, PyAny>> {
    if rows.shape() == Shape::List {
        let mut values = Vec::new();
        for (_, part) in parts {
            values.extend(to_python(py, part.as_ref())?);
        }
        return Ok(PyList::new(py, values)?.into_any());
    }
    let kind = if rows.is_large() { large(none.data_type()) } else { none.data_type().clone() };
    let overflow = |error: arrow_schema::ArrowError| {
        PyOverflowError::new_err(format!(
            "{error}: the results of an array of 32-bit offsets are longer than 2 GiB; give the \
             texts in chunks, or as large_string"
        ))
    };
    let joined = py.detach(|| {
        let mut chunks: Vec<Vec<ArrayRef>> = vec![Vec::new(); rows.chunk_count().max(1)];
        for (chunk, part) in parts {
            chunks[chunk].push(part);
        }
        chunks
            .into_iter()
            .map(|parts| {
                let parts = if parts.is_empty() { vec![none.clone()] } else { parts };
                let parts: Result<Vec<ArrayRef>, _> =
                    parts.iter().map(|part| arrow_cast::cast(part, &kind)).collect();
                let parts = parts?;
                let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
                arrow_select::concat::concat(&parts)
            })
            .collect::<Result<Vec<ArrayRef>, _>>()
    });
    let mut arrays = joined.map_err(overflow)?;
    if rows.shape() == Shape::Array
        && let Some(array) = arrays.pop()
    {
        return Ok(PyArray::from_array_ref(array).into_pyobject(py)?.into_any());
    }
    let field = std::sync::Arc::new(Field::new("", kind, true));
    Ok(PyChunkedArray::try_new(arrays, field)?.into_pyobject(py)?.into_any())
}

/// The same type with offsets of 64 bits.
fn large(kind: &DataType) -> DataType {
    let inner =
        |field: &Field| std::sync::Arc::new(field.clone().with_data_type(large(field.data_type())));
    match kind {
        DataType::Utf8 => DataType::LargeUtf8,
        DataType::List(field) => DataType::LargeList(inner(field)),
        DataType::Struct(fields) => {
            DataType::Struct(fields.iter().map(|field| inner(field)).collect())
        }
        other => other.clone(),
    }
}
