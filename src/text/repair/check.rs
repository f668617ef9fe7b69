//! The text doctor: what is wrong with a text, how often, where first, and what fixes it.
//!
//! [`check_bytes`] looks at the encoding first, [`check`] begins with text. [`BytesChecker`] and
//! [`Checker`] do the same in parts, for what is too long to be held. Problems with signs
//! are found by the very fixes of [`normalize`](super::normalize), so that what is reported is
//! what the named command fixes. Problems with words are found by the syllable parser. A
//! [`Severity::Note`] is an observation that can well be as it should be (names, loan words, a
//! byte order mark); a [`Severity::Problem`] costs quality in everything that comes after.

#[cfg(feature = "serde")]
use serde::Serialize;

use super::damage::Damage;
use super::normalize::{Fix, Known};
use crate::text::encoding::Encoding;
use crate::text::encoding::detect::{Detection, Detector};
use crate::text::offsets::Position;

mod ascii;
mod bytes;
mod checker;
mod lines;
mod problem;
mod tallies;
mod words;

pub(super) use lines::count_unmarked;
pub use problem::{Problem, Severity};
#[cfg(test)]
use tallies::SAMPLES;
use tallies::{Counts, Tallies};

pub use bytes::BytesChecker;
pub use checker::Checker;
use checker::Place;

/// One kind of problem in a text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Finding {
    problem: Problem,
    severity: Severity,
    count: usize,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    out_of: Option<usize>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    first: Option<Position>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    source_byte: Option<usize>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    record: Option<String>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    samples: Vec<String>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    fix: Option<String>,
}

impl Finding {
    /// What was found.
    #[must_use]
    pub fn problem(&self) -> Problem {
        self.problem
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// In how many places.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Out of how many places where it could have been, if that says something.
    #[must_use]
    pub fn out_of(&self) -> Option<usize> {
        self.out_of
    }

    /// The first place, counted in the decoded text, or in the text of its record.
    #[must_use]
    pub fn first(&self) -> Option<Position> {
        self.first
    }

    /// Byte offset of the first place in the bytes that were checked, where it is another one
    /// than in the decoded text.
    #[must_use]
    pub fn source_byte(&self) -> Option<usize> {
        self.source_byte
    }

    /// The record that holds the first place, where records were checked.
    #[must_use]
    pub fn record(&self) -> Option<&str> {
        self.record.as_deref()
    }

    /// Up to five different words that have the problem, in order, signs without a shape as
    /// `\u{…}`.
    #[must_use]
    pub fn samples(&self) -> &[String] {
        &self.samples
    }

    /// The command that fixes it, if one can.
    #[must_use]
    pub fn fix(&self) -> Option<&str> {
        self.fix.as_deref()
    }
}

/// Counts of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[non_exhaustive]
pub struct Statistics {
    /// Records, where the texts of records were checked.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_zero"))]
    pub records: usize,
    /// Bytes of the text in UTF-8.
    pub bytes: usize,
    /// Characters (Unicode scalar values).
    pub characters: usize,
    /// Lines, an unfinished last one included.
    pub lines: usize,
    /// Runs of letters.
    pub words: usize,
    /// Runs of letters that are Vietnamese syllables.
    pub syllables: usize,
    /// Syllables with at least one mark or đ.
    pub marked_syllables: usize,
    /// Vietnamese letters with marks that are one character.
    pub composed_letters: usize,
    /// Vietnamese letters with marks that are several characters.
    pub decomposed_letters: usize,
    /// Syllables that only the old tone style writes so.
    pub old_style: usize,
    /// Syllables that only the new tone style writes so.
    pub new_style: usize,
}

/// What the doctor found.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Report {
    detection: Option<Detection>,
    #[cfg_attr(feature = "serde", serde(skip))]
    encoding: Option<Encoding>,
    statistics: Statistics,
    findings: Vec<Finding>,
}

impl Report {
    /// The encoding that the bytes were read in; `None` if text was checked, or no text was found.
    ///
    /// It differs from what was detected where that is not certain and the bytes are UTF-8 with a
    /// few that are broken.
    #[must_use]
    pub const fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// What the bytes looked like; `None` if text was checked.
    #[must_use]
    pub fn detection(&self) -> Option<&Detection> {
        self.detection.as_ref()
    }

    /// Counts of the decoded text.
    #[must_use]
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The findings in the order of [`Problem::ALL`].
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Tells whether there is anything worse than a note.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Problem)
    }

    /// The finding of one problem.
    #[must_use]
    pub fn finding(&self, problem: Problem) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.problem == problem)
    }
}

/// Checks a text.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::check::{Problem, check};
///
/// let report = check("Xin mời qúy khách.\nXin cảm ơn.");
/// let finding = report.finding(Problem::MisplacedTone).unwrap();
/// assert_eq!((finding.count(), finding.samples()), (1, ["qúy".to_owned()].as_slice()));
/// let first = finding.first().unwrap();
/// assert_eq!((first.byte(), first.line(), first.column()), (10, 1, 9));
/// assert_eq!(finding.fix(), Some("tomtat normalize --tone old"));
///
/// assert!(!check("Không có gì sai.").has_problems());
/// ```
#[must_use]
pub fn check(text: &str) -> Report {
    let mut checker = Checker::default();
    checker.add(text);
    checker.finish()
}

/// Checks bytes: their encoding, and the text in them.
///
/// Text in an older encoding is decoded in the likeliest one. Bytes that are no text give a
/// report without statistics, whose [`Detection`] says what they look like.
///
/// # Examples
///
/// ```
/// use tomtat::text::{encoding::Encoding, repair::check::{Problem, check_bytes}};
///
/// let report = check_bytes(b"Vi\xD6t Nam qu\xAA h\xAD\xACng, n\xAD\xEDc non", None);
/// let finding = report.finding(Problem::Encoding).unwrap();
/// assert!(finding.fix().unwrap().starts_with("tomtat normalize --encoding "));
/// ```
#[must_use]
pub fn check_bytes(bytes: &[u8], encoding: Option<Encoding>) -> Report {
    let mut detector = Detector::default();
    detector.add(bytes);
    let mut checker = BytesChecker::new(&detector, encoding);
    checker.survey(bytes);
    checker.check(bytes);
    checker.finish()
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests;
