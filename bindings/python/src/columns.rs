//! Columns of results: Arrow arrays that grow row by row, and Python lists made of them.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString, PyTuple};

/// A column that grows row by row.
pub(crate) trait Column: Default + Send {
    /// Appends a null.
    fn push_null(&mut self);
    /// Returns the number of rows.
    fn len(&self) -> usize;
    /// Takes what was appended.
    fn finish(&mut self) -> ArrayRef;
}

macro_rules! leaf {
    ($(#[$doc:meta])* $name:ident, $builder:ty, $value:ty) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name($builder);

        impl $name {
            /// Appends a value.
            pub(crate) fn push(&mut self, value: $value) {
                self.0.append_value(value);
            }

            /// Appends a value, or a null.
            #[allow(dead_code, reason = "not every kind of column has nulls in records")]
            pub(crate) fn push_option(&mut self, value: Option<$value>) {
                self.0.append_option(value);
            }
        }

        impl Column for $name {
            fn push_null(&mut self) {
                self.0.append_null();
            }

            fn len(&self) -> usize {
                use arrow_array::builder::ArrayBuilder;
                self.0.len()
            }

            fn finish(&mut self) -> ArrayRef {
                Arc::new(self.0.finish())
            }
        }
    };
}

leaf!(/** Texts. */ Strings, StringBuilder, &str);
leaf!(/** Whole numbers. */ Integers, Int64Builder, i64);
leaf!(/** Numbers. */ Floats, Float64Builder, f64);
leaf!(/** Yes or no. */ Flags, BooleanBuilder, bool);

/// Which rows are no nulls.
#[derive(Debug)]
pub(crate) struct Validity(pub(crate) NullBufferBuilder);

impl Default for Validity {
    fn default() -> Self {
        Self(NullBufferBuilder::new(0))
    }
}

/// Lists: what was appended to `items` since the last list is the next one.
#[derive(Debug, Default)]
pub(crate) struct Lists<C> {
    /// The items of all lists.
    pub(crate) items: C,
    ends: Vec<i32>,
    validity: Validity,
}

impl<C: Column> Lists<C> {
    fn end(&mut self) {
        // A block holds at most one text of `source::ROW_LIMIT` bytes, and a text has fewer items.
        self.ends.push(i32::try_from(self.items.len()).unwrap_or(i32::MAX));
    }

    /// Ends a list.
    pub(crate) fn close(&mut self) {
        self.end();
        self.validity.0.append_non_null();
    }
}

impl<C: Column> Column for Lists<C> {
    fn push_null(&mut self) {
        self.end();
        self.validity.0.append_null();
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn finish(&mut self) -> ArrayRef {
        let mut offsets = vec![0];
        offsets.append(&mut self.ends);
        let items = self.items.finish();
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        Arc::new(ListArray::new(field, offsets, items, self.validity.0.finish()))
    }
}

/// Defines a column of records; every field is a column.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $column:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            $(pub(crate) $field: $column,)+
            pub(crate) validity: $crate::columns::Validity,
        }

        impl $name {
            /// Ends a record: a value was appended to each field.
            pub(crate) fn close(&mut self) {
                self.validity.0.append_non_null();
            }
        }

        impl $crate::columns::Column for $name {
            fn push_null(&mut self) {
                $(self.$field.push_null();)+
                self.validity.0.append_null();
            }

            fn len(&self) -> usize {
                self.validity.0.len()
            }

            fn finish(&mut self) -> arrow_array::ArrayRef {
                let arrays = vec![$((stringify!($field), self.$field.finish()),)+];
                $crate::columns::structs(arrays, self.validity.0.finish())
            }
        }
    };
}
pub(crate) use record;

/// Makes an array of records of the arrays of their fields.
pub(crate) fn structs(
    arrays: Vec<(&str, ArrayRef)>,
    nulls: Option<arrow_buffer::NullBuffer>,
) -> ArrayRef {
    let fields = arrays.iter().map(|(name, a)| Field::new(*name, a.data_type().clone(), true));
    let fields = fields.collect();
    let arrays = arrays.into_iter().map(|(_, array)| array).collect();
    Arc::new(StructArray::new(fields, arrays, nulls))
}

/// Makes Python values of the rows of an array: records are tuples, lists are lists.
pub(crate) fn to_python<'py>(
    py: Python<'py>,
    array: &dyn Array,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let none = || py.None().into_bound(py);
    let mut found = Vec::with_capacity(array.len());
    match array.data_type() {
        DataType::Utf8 => {
            let texts = array.as_string::<i32>();
            let values = texts.iter();
            found.extend(values.map(|v| v.map_or_else(none, |v| PyString::new(py, v).into_any())));
        }
        DataType::Int64 => {
            let values = array.as_primitive::<Int64Type>().iter();
            found.extend(values.map(|v| v.map_or_else(none, |v| PyInt::new(py, v).into_any())));
        }
        DataType::Float64 => {
            let values = array.as_primitive::<Float64Type>().iter();
            found.extend(values.map(|v| v.map_or_else(none, |v| PyFloat::new(py, v).into_any())));
        }
        DataType::Boolean => {
            let values = array.as_boolean().iter();
            let value = |v| PyBool::new(py, v).to_owned().into_any();
            found.extend(values.map(|v| v.map_or_else(none, value)));
        }
        DataType::List(_) => {
            let lists = array.as_list::<i32>();
            let mut items = to_python(py, lists.values().as_ref())?.into_iter();
            for (row, bounds) in lists.offsets().windows(2).enumerate() {
                let list = PyList::new(
                    py,
                    items.by_ref().take((bounds[1] - bounds[0]) as usize).collect::<Vec<_>>(),
                )?;
                found.push(if lists.is_null(row) { none() } else { list.into_any() });
            }
        }
        DataType::Struct(_) => {
            let records = array.as_struct();
            let mut columns = Vec::with_capacity(records.num_columns());
            for column in records.columns() {
                columns.push(to_python(py, column.as_ref())?.into_iter());
            }
            for row in 0..records.len() {
                let fields: Vec<_> = columns.iter_mut().filter_map(Iterator::next).collect();
                let record = PyTuple::new(py, fields)?;
                found.push(if records.is_null(row) { none() } else { record.into_any() });
            }
        }
        other => return Err(PyTypeError::new_err(format!("no Python value for {other}"))),
    }
    Ok(found)
}
