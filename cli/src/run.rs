//! How a run is done: in order, on several threads, with progress shown and its inputs counted.

pub(crate) mod pipeline;
pub(crate) mod progress;
pub(crate) mod size;
pub(crate) mod spill;
pub(crate) mod status;
