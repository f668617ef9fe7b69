//! The compiled part of the Python package `tomtat`.
//!
//! The calls that people make are in `python/tomtat`; this crate does the work. `library.rs` is the
//! thin layer over the library. Rows come in by `source.rs`, are worked on in blocks by `job.rs` on
//! the threads of `parallel.rs`, and go out as the columns of `columns.rs`.

mod analyzer;
mod collocations;
mod columns;
mod errors;
mod job;
mod jobs;
mod library;
mod parallel;
mod rouge;
mod source;
mod statistics;

use pyo3::prelude::*;

#[pymodule]
fn _tomtat(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ArgumentError", py.get_type::<errors::ArgumentError>())?;
    module.add("RowError", py.get_type::<errors::RowError>())?;
    module.add_class::<analyzer::Core>()?;
    module.add_class::<collocations::Pairs>()?;
    module.add_class::<job::PyJob>()?;
    module.add_class::<rouge::PyRouge>()?;
    module.add_class::<statistics::PyStatistics>()?;
    module.add_function(wrap_pyfunction!(analyzer::methods, module)?)
}
