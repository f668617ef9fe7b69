//! Offsets in bytes, characters or UTF-16 units.

use clap::ValueEnum;

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Characters (Unicode scalar values), as Python counts.
    Chars,
    /// UTF-16 units, as Java and JavaScript count.
    Utf16,
}

/// Walks forward through a text and counts.
pub(super) struct Counter<'t> {
    text: &'t str,
    unit: Unit,
    at: usize,
    count: usize,
}

impl<'t> Counter<'t> {
    pub(super) const fn new(text: &'t str, unit: Unit) -> Self {
        Self { text, unit, at: 0, count: 0 }
    }

    /// Begins to count at a number, for a piece of a longer text.
    pub(super) const fn starting_at(self, count: usize) -> Self {
        Self { count, ..self }
    }

    /// Returns the offset of byte `at`, which must not lie before the last one asked for.
    pub(super) fn offset(&mut self, at: usize) -> usize {
        let passed = &self.text[self.at..at];
        self.count += match self.unit {
            Unit::Bytes => passed.len(),
            Unit::Chars => passed.chars().count(),
            Unit::Utf16 => passed.chars().map(char::len_utf16).sum(),
        };
        self.at = at;
        self.count
    }
}
