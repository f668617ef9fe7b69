//! What can be wrong with an input.

use std::fmt;

use crate::locale::translated;

/// An input that cannot be used: where, what was found, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// File, and line of a record.
    pub(crate) place: String,
    /// Id of the record, where it could be read.
    pub(crate) id: Option<String>,
    /// What was found.
    pub(crate) found: String,
    /// What the user can do about it.
    pub(crate) hint: Option<String>,
}

impl Problem {
    pub(crate) fn new(place: impl Into<String>, found: impl Into<String>) -> Self {
        Self { place: place.into(), id: None, found: found.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the record that has the problem.
    pub(crate) fn of_record(mut self, id: Option<String>) -> Self {
        self.id = id;
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, translated(&self.found))?;
        match &self.hint {
            Some(hint) => write!(f, " ({})", translated(hint)),
            None => Ok(()),
        }
    }
}
