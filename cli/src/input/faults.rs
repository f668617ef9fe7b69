//! Texts that cannot be read as they are: in a wrong encoding, or without their marks.
//!
//! The one warning that all commands have. It is collected where items become articles, by any thread,
//! and printed at the end of the run.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tomtat::text::repair::fault::{Fault, fault};

use crate::output::message;

/// Texts that are named.
const MOST: usize = 10;

/// The first texts in the order of their names, and how many there were of each fault. Like standard
/// error itself, there is one for the process.
static FOUND: Mutex<Faults> = Mutex::new(Faults { named: BTreeMap::new(), count: 0 });

struct Faults {
    named: BTreeMap<String, String>,
    count: u64,
}

/// Looks at a text, and remembers what makes it unfit to be read.
pub(crate) fn look(id: &str, text: &str) -> Option<Fault> {
    let found = fault(text)?;
    let mut faults = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    // A long text comes in pieces, which are one text.
    if faults.named.insert(id.to_owned(), found.to_string()).is_none() {
        faults.count += 1;
        if faults.named.len() > MOST {
            faults.named.pop_last();
        }
    }
    Some(found)
}

/// Prints the warnings.
pub(crate) fn report() {
    let faults = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    for (id, found) in &faults.named {
        message("warning", format_args!("{id}: the text {found}"));
    }
    let more = faults.count - faults.named.len() as u64;
    if more > 0 {
        message("warning", format_args!("{more} more texts like these"));
    }
}
