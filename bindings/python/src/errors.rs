//! Exceptions: each names the argument or the row that is wrong.

use std::fmt::Display;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::library::ArgumentProblem;

create_exception!(
    tomtat,
    ArgumentError,
    PyValueError,
    "An argument has a value that it cannot have; `argument` names it."
);
create_exception!(
    tomtat,
    RowError,
    PyValueError,
    "A row of a batch cannot be used; `row` is its number, from 0."
);

/// Makes the exception for an argument.
pub(crate) fn argument(py: Python<'_>, name: &str, problem: impl Display) -> PyErr {
    with(py, ArgumentError::new_err(format!("{name}: {problem}")), "argument", name)
}

/// Makes exceptions of what the library says about arguments.
pub(crate) fn raised(py: Python<'_>) -> impl Fn(ArgumentProblem) -> PyErr + '_ {
    move |(name, problem)| argument(py, name, problem)
}

/// Makes the exception for a row.
pub(crate) fn row(py: Python<'_>, number: usize, problem: &str) -> PyErr {
    with(py, RowError::new_err(format!("row {number}: {problem}")), "row", number)
}

fn with<'py>(py: Python<'py>, error: PyErr, name: &str, value: impl IntoPyObject<'py>) -> PyErr {
    match error.value(py).setattr(name, value) {
        Ok(()) => error,
        Err(other) => other,
    }
}
