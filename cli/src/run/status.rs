//! Exit codes.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// Everything was done: 0.
    Done,
    /// There was nothing to give: 1.
    Nothing,
    /// Wrong usage, or nothing could be read at all: 2.
    Fatal,
    /// Some inputs failed, the others were done: 3.
    Partial,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Nothing => 1,
            Status::Fatal => 2,
            Status::Partial => 3,
        })
    }
}

/// Counts what became of the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    /// Inputs that gave a result.
    pub(crate) done: u64,
    /// Inputs that had nothing to give.
    pub(crate) empty: u64,
    /// Inputs that could not be read.
    pub(crate) failed: u64,
}

impl Tally {
    /// Returns how the run ended.
    pub(crate) const fn status(self) -> Status {
        match (self.done, self.empty, self.failed) {
            (0, 0, failed) if failed > 0 => Status::Fatal,
            (_, _, failed) if failed > 0 => Status::Partial,
            (0, _, _) => Status::Nothing,
            _ => Status::Done,
        }
    }
}
