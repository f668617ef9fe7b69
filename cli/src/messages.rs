//! Messages on inputs: the first ones of a kind in full, the others counted.

use std::collections::BTreeMap;
use std::fmt::Display;

use crate::input::Problem;
use crate::locale::translated;
use crate::output::message;

/// Messages of one level on one file, or of one kind, that are printed.
const MOST: u64 = 10;
/// Kinds that are counted each.
const KINDS: usize = 1000;

/// Prints messages, and counts those that are too many.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    /// By level and by the file, or by what was found.
    counts: BTreeMap<(&'static str, String), u64>,
}

impl Messages {
    /// Prints that an input cannot be used.
    pub(crate) fn problem(&mut self, problem: &Problem) {
        // Records of a file are of one kind, and so are files with the same fault.
        let kind = match problem.place.rsplit_once([':', ',']) {
            Some((file, number)) if number.ends_with(|c: char| c.is_ascii_digit()) => {
                file.to_owned()
            }
            _ => problem.found.clone(),
        };
        self.print("error", kind, problem);
    }

    /// Prints a message on an input of this name.
    pub(crate) fn say(&mut self, level: &'static str, name: &str, text: impl Display) {
        let text = text.to_string();
        self.print(level, text.clone(), format_args!("{name}: {}", translated(&text)));
    }

    fn print(&mut self, level: &'static str, kind: String, text: impl Display) {
        let key = (level, kind);
        let is_new = !self.counts.contains_key(&key);
        let key =
            if is_new && self.counts.len() >= KINDS { (level, "others".to_owned()) } else { key };
        let count = self.counts.entry(key).or_default();
        *count += 1;
        if *count <= MOST {
            message(level, text);
        }
    }

    /// Says how many messages were not printed.
    pub(crate) fn finish(&self) {
        for ((level, kind), count) in &self.counts {
            if *count > MOST {
                message(level, format_args!("{kind}: {} more like these", count - MOST));
            }
        }
    }
}
