//! Rows of texts: Python lists, Arrow arrays, chunked arrays, and lists of texts in either.

use std::borrow::Cow;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};
use pyo3_arrow::input::AnyArray;

use crate::errors;
use crate::library;

/// The longest text, in bytes: all that is found in it must fit into 32-bit offsets.
pub(crate) const ROW_LIMIT: usize = 1 << 30;
/// Bytes of text after which a block of rows ends.
const BLOCK_BYTES: usize = 1 << 16;
/// Rows after which a block ends.
const BLOCK_ROWS: usize = 1 << 10;

/// One value of a Python list.
#[derive(Debug)]
enum Cell {
    Null,
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
    /// What is wrong with it.
    Bad(String),
}

/// A run of texts.
#[derive(Debug)]
enum Chunk {
    Cells(Vec<Cell>),
    Binary(BinaryArray, bool),
    LargeBinary(LargeBinaryArray, bool),
    View(BinaryViewArray, bool),
    Nulls(usize),
}

impl Chunk {
    fn len(&self) -> usize {
        match self {
            Self::Cells(cells) => cells.len(),
            Self::Binary(array, _) => array.len(),
            Self::LargeBinary(array, _) => array.len(),
            Self::View(array, _) => array.len(),
            Self::Nulls(n) => *n,
        }
    }

    /// Returns the bytes of a row, and whether they are said to be UTF-8.
    fn bytes(&self, row: usize) -> Result<Option<(&[u8], bool)>, String> {
        Ok(match self {
            Self::Cells(cells) => match &cells[row] {
                Cell::Null => None,
                Cell::Text(text) => Some((text.as_bytes(), true)),
                Cell::Bytes(bytes) => Some((bytes, false)),
                Cell::Bad(problem) => return Err(problem.clone()),
            },
            Self::Binary(array, text) => array.is_valid(row).then(|| (array.value(row), *text)),
            Self::LargeBinary(array, text) => {
                array.is_valid(row).then(|| (array.value(row), *text))
            }
            Self::View(array, text) => array.is_valid(row).then(|| (array.value(row), *text)),
            Self::Nulls(_) => None,
        })
    }

    fn text(&self, row: usize) -> Result<Option<Cow<'_, str>>, String> {
        let Some((bytes, is_text)) = self.bytes(row)? else { return Ok(None) };
        if bytes.len() > ROW_LIMIT {
            return Err("is longer than 1 GiB; split it".to_owned());
        }
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => Ok(Some(Cow::Borrowed(text))),
            Err(_) if is_text => Err("is not valid UTF-8".to_owned()),
            Err(_) => library::decoded(bytes).map(|text| Some(Cow::Owned(text))),
        }
    }
}

/// What results are to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A Python list.
    List,
    /// One Arrow array.
    Array,
    /// A chunked Arrow array.
    Chunked,
}

/// A column of texts.
#[derive(Debug)]
pub(crate) struct Texts {
    chunks: Vec<Chunk>,
    /// The row that each chunk begins with.
    starts: Vec<usize>,
    pub(crate) shape: Shape,
    /// Offsets of 64 bits are needed, or common where the column comes from.
    pub(crate) large: bool,
}

fn cells(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Cell>> {
    let py = values.py();
    if values.is_instance_of::<PyString>() || values.is_instance_of::<PyBytes>() {
        let problem = format!("{name}: expected many texts, found one; put it into a list");
        return Err(PyTypeError::new_err(problem));
    }
    let iterator = values.try_iter().map_err(|_| {
        let found = values.get_type().name().map_or_else(|_| "?".to_owned(), |n| n.to_string());
        errors::argument(py, name, format!("expected texts or an Arrow array, found {found}"))
    })?;
    iterator
        .map(|value| {
            let value = value?;
            Ok(if value.is_none() {
                Cell::Null
            } else if let Ok(text) = value.cast::<PyString>() {
                PyBackedStr::try_from(text.clone())
                    .map_or_else(|_| Cell::Bad("has lone surrogates".to_owned()), Cell::Text)
            } else if let Ok(bytes) = value.cast::<PyBytes>() {
                Cell::Bytes(PyBackedBytes::from(bytes.clone()))
            } else {
                let found = value.get_type().name()?;
                Cell::Bad(format!("expected str, bytes or None, found {found}"))
            })
        })
        .collect()
}

/// Returns the chunks of an Arrow array; `None` if the value is of another kind.
fn arrow(values: &Bound<'_, PyAny>) -> PyResult<Option<(Vec<ArrayRef>, Shape, DataType)>> {
    let has = |name: &str| values.hasattr(name);
    if !has("__arrow_c_array__")? && !has("__arrow_c_stream__")? {
        return Ok(None);
    }
    Ok(Some(match values.extract::<AnyArray>()? {
        AnyArray::Array(array) => {
            let (array, field) = array.into_inner();
            (vec![array], Shape::Array, field.data_type().clone())
        }
        AnyArray::Stream(stream) => {
            let (chunks, field) = stream.into_chunked_array()?.into_inner();
            (chunks, Shape::Chunked, field.data_type().clone())
        }
    }))
}

fn chunk(array: &ArrayRef, name: &str, py: Python<'_>) -> PyResult<Chunk> {
    Ok(match array.data_type() {
        // As bytes: nobody has checked that what comes from elsewhere is UTF-8.
        DataType::Utf8 => Chunk::Binary(BinaryArray::from(array.as_string::<i32>().clone()), true),
        DataType::LargeUtf8 => {
            Chunk::LargeBinary(LargeBinaryArray::from(array.as_string::<i64>().clone()), true)
        }
        DataType::Utf8View => Chunk::View(array.as_string_view().clone().to_binary_view(), true),
        DataType::Binary => Chunk::Binary(array.as_binary::<i32>().clone(), false),
        DataType::LargeBinary => Chunk::LargeBinary(array.as_binary::<i64>().clone(), false),
        DataType::BinaryView => Chunk::View(array.as_binary_view().clone(), false),
        DataType::Null => Chunk::Nulls(array.len()),
        DataType::Dictionary(_, values) if values.is_string() => {
            let plain = arrow_cast::cast(array, &DataType::LargeUtf8)
                .map_err(|error| errors::argument(py, name, error))?;
            return chunk(&plain, name, py);
        }
        other => {
            let problem = format!("expected an Arrow array of strings or binary, found {other}");
            return Err(errors::argument(py, name, problem));
        }
    })
}

impl Texts {
    /// Takes the texts of a list or of an Arrow array.
    pub(crate) fn new(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let Some((arrays, shape, kind)) = arrow(values)? else {
            let chunks = vec![Chunk::Cells(cells(values, name)?)];
            return Ok(Self::of_chunks(chunks, Shape::List, false));
        };
        Self::of_arrays(&arrays, shape, &kind, name, values.py())
    }

    fn of_arrays(
        arrays: &[ArrayRef],
        shape: Shape,
        kind: &DataType,
        name: &str,
        py: Python<'_>,
    ) -> PyResult<Self> {
        // An array of no chunks has a type, too, which may be wrong.
        chunk(&arrow_array::new_empty_array(kind), name, py)?;
        let chunks = arrays.iter().map(|array| chunk(array, name, py)).collect::<PyResult<_>>()?;
        let large = matches!(
            kind,
            DataType::LargeUtf8 | DataType::Utf8View | DataType::LargeBinary | DataType::BinaryView
        );
        Ok(Self::of_chunks(chunks, shape, large))
    }

    fn of_chunks(chunks: Vec<Chunk>, shape: Shape, large: bool) -> Self {
        let sizes = chunks.iter().scan(0, |start, chunk| {
            let first = *start;
            *start += chunk.len();
            Some(first)
        });
        Self { starts: sizes.collect(), chunks, shape, large }
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> usize {
        self.chunks.iter().map(Chunk::len).sum()
    }

    /// Returns where a row of the whole column lies: its chunk, and its place there.
    fn place(&self, row: usize) -> (&Chunk, usize) {
        // Of chunks that begin at the same row, all but the last are empty.
        let chunk = self.starts.partition_point(|&start| start <= row) - 1;
        (&self.chunks[chunk], row - self.starts[chunk])
    }

    fn text(&self, row: usize) -> Result<Option<Cow<'_, str>>, String> {
        let (chunk, row) = self.place(row);
        chunk.text(row)
    }

    fn size(&self, row: usize) -> usize {
        let (chunk, row) = self.place(row);
        chunk.bytes(row).ok().flatten().map_or(0, |(bytes, _)| bytes.len())
    }
}

/// A row as jobs read it.
#[derive(Debug, Default)]
pub(crate) struct Row<'a> {
    /// The text.
    pub(crate) text: Cow<'a, str>,
    /// Its title, where that is kept apart.
    pub(crate) title: Option<Cow<'a, str>>,
    /// Texts that belong to it: the articles of a cluster, or references.
    pub(crate) texts: Vec<Cow<'a, str>>,
}

/// What jobs run over.
#[derive(Debug)]
pub(crate) struct Rows {
    texts: Option<Texts>,
    titles: Option<Texts>,
    lists: Option<TextLists>,
}

/// A column of lists of texts.
#[derive(Debug)]
pub(crate) struct TextLists {
    texts: Texts,
    /// The texts of each row; `None` is a null.
    rows: Vec<Option<Range<usize>>>,
    /// Rows of each chunk.
    chunks: Vec<usize>,
    shape: Shape,
}

impl TextLists {
    /// Takes lists of texts; where `one` is set, a plain text is a list of one.
    pub(crate) fn new(values: &Bound<'_, PyAny>, name: &str, one: bool) -> PyResult<Self> {
        let py = values.py();
        if let Some((arrays, shape, kind)) = arrow(values)? {
            let (DataType::List(_) | DataType::LargeList(_) | DataType::ListView(_)) = kind else {
                if one {
                    return Ok(Self::of_texts(Texts::of_arrays(&arrays, shape, &kind, name, py)?));
                }
                let problem = format!("expected an Arrow array of lists of strings, found {kind}");
                return Err(errors::argument(py, name, problem));
            };
            return Self::of_arrow(&arrays, shape, name, py);
        }
        let (mut all, mut rows) = (Vec::new(), Vec::new());
        for value in values.try_iter()? {
            let value = value?;
            let start = all.len();
            if value.is_none() {
                rows.push(None);
                continue;
            } else if one && value.is_instance_of::<PyString>() {
                all.extend(cells(pyo3::types::PyList::new(py, [value])?.as_any(), name)?);
            } else {
                all.extend(cells(&value, name)?);
            }
            rows.push(Some(start..all.len()));
        }
        let texts = Texts::of_chunks(vec![Chunk::Cells(all)], Shape::List, false);
        Ok(Self { texts, chunks: vec![rows.len()], rows, shape: Shape::List })
    }

    fn of_texts(texts: Texts) -> Self {
        let rows = (0..texts.len()).map(|row| Some(row..row + 1)).collect();
        let chunks = texts.chunks.iter().map(Chunk::len).collect();
        let shape = texts.shape;
        Self { texts, rows, chunks, shape }
    }

    fn of_arrow(arrays: &[ArrayRef], shape: Shape, name: &str, py: Python<'_>) -> PyResult<Self> {
        let (mut values, mut rows, mut before) = (Vec::new(), Vec::new(), 0);
        let mut kind = DataType::Null;
        for array in arrays {
            let wide = DataType::LargeList(std::sync::Arc::new(arrow_schema::Field::new(
                "item",
                DataType::LargeUtf8,
                true,
            )));
            let array = arrow_cast::cast(array, &wide)
                .map_err(|error| errors::argument(py, name, error))?;
            let lists = array.as_list::<i64>();
            for (row, bounds) in lists.offsets().windows(2).enumerate() {
                let range = before + bounds[0] as usize..before + bounds[1] as usize;
                rows.push(lists.is_valid(row).then_some(range));
            }
            before += lists.values().len();
            kind = DataType::LargeUtf8;
            values.push(lists.values().clone());
        }
        let texts = Texts::of_arrays(&values, shape, &kind, name, py)?;
        Ok(Self { texts, rows, chunks: arrays.iter().map(Array::len).collect(), shape })
    }
}

impl Rows {
    /// Texts, with titles where these are kept apart.
    pub(crate) fn of_texts(py: Python<'_>, texts: Texts, titles: Option<Texts>) -> PyResult<Self> {
        if let Some(titles) = &titles
            && titles.len() != texts.len()
        {
            let problem = format!("{} titles for {} texts", titles.len(), texts.len());
            return Err(errors::argument(py, "titles", problem));
        }
        Ok(Self { texts: Some(texts), titles, lists: None })
    }

    /// Lists of texts, with a text for each where there is one.
    pub(crate) fn of_lists(
        py: Python<'_>,
        texts: Option<Texts>,
        lists: TextLists,
    ) -> PyResult<Self> {
        if let Some(texts) = &texts
            && texts.len() != lists.rows.len()
        {
            let problem = format!("{} for {} predictions", lists.rows.len(), texts.len());
            return Err(errors::argument(py, "references", problem));
        }
        Ok(Self { texts, titles: None, lists: Some(lists) })
    }

    /// Returns what results are to look like.
    pub(crate) fn shape(&self) -> Shape {
        match (&self.texts, &self.lists) {
            (Some(texts), _) => texts.shape,
            (None, Some(lists)) => lists.shape,
            (None, None) => Shape::List,
        }
    }

    /// Returns true if results need offsets of 64 bits.
    pub(crate) fn is_large(&self) -> bool {
        self.texts.as_ref().is_some_and(|texts| texts.large)
    }

    fn chunk_sizes(&self) -> Vec<usize> {
        match (&self.texts, &self.lists) {
            (Some(texts), _) => texts.chunks.iter().map(Chunk::len).collect(),
            (None, Some(lists)) => lists.chunks.clone(),
            (None, None) => Vec::new(),
        }
    }

    /// Returns the row; `None` for a null.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the row.
    pub(crate) fn get(&self, row: usize) -> Result<Option<Row<'_>>, String> {
        let mut found = Row::default();
        if let Some(texts) = &self.texts {
            let Some(text) = texts.text(row)? else { return Ok(None) };
            found.text = text;
        }
        if let Some(titles) = &self.titles {
            found.title = titles.text(row).map_err(|problem| format!("its title {problem}"))?;
        }
        if let Some(lists) = &self.lists {
            let Some(range) = lists.rows.get(row).cloned().flatten() else { return Ok(None) };
            let mut all = 0;
            for place in range {
                found.texts.extend(lists.texts.text(place)?);
                all += found.texts.last().map_or(0, |text| text.len());
            }
            if all > ROW_LIMIT {
                return Err("has more than 1 GiB of text; split it".to_owned());
            }
        }
        Ok(Some(found))
    }

    fn size(&self, row: usize) -> usize {
        let text = self.texts.as_ref().map_or(0, |texts| texts.size(row));
        let range = self.lists.as_ref().and_then(|lists| Some((lists, lists.rows[row].clone()?)));
        text + range.map_or(0, |(lists, range)| range.map(|place| lists.texts.size(place)).sum())
    }

    /// Cuts the rows into blocks, each of one chunk; where they are cut depends on the rows alone.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let (mut blocks, mut start) = (Vec::new(), 0);
        for (chunk, len) in self.chunk_sizes().into_iter().enumerate() {
            let end = start + len;
            let mut bytes = 0;
            let mut first = start;
            for row in start..end {
                let size = self.size(row);
                let full = bytes + size > BLOCK_BYTES || row - first >= BLOCK_ROWS;
                if full && row > first {
                    blocks.push(Block { chunk, rows: first..row });
                    (first, bytes) = (row, 0);
                }
                bytes += size;
            }
            if first < end {
                blocks.push(Block { chunk, rows: first..end });
            }
            start = end;
        }
        blocks
    }

    /// Returns the number of chunks.
    pub(crate) fn chunk_count(&self) -> usize {
        self.chunk_sizes().len()
    }
}

/// Rows that one thread works on at a time.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Number of the chunk that they are in.
    pub(crate) chunk: usize,
    /// Their numbers in the column.
    pub(crate) rows: Range<usize>,
}
