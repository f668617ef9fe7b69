//! The text doctor: what is wrong with a text, how often, where first, and what fixes it.
//!
//! [`check_bytes`] looks at the encoding first, [`check`] begins with text. Problems with signs
//! are found by the very fixes of [`normalize`](super::normalize), so that what is reported is
//! what the named command fixes. Problems with words are found by the syllable parser. A
//! [`Severity::Note`] is an observation that can well be as it should be (names, loan words, a
//! byte order mark); a [`Severity::Problem`] costs quality in everything that comes after.

#[cfg(feature = "serde")]
use serde::Serialize;

use super::damage::{Damage, damage};
use super::normalize::Fix;
use crate::text::encoding::Encoding;
use crate::text::encoding::decode::{SURE, decode_lossy};
use crate::text::encoding::detect::{Content, Detection, detect};
use crate::text::letter::{Letter, Mark};
use crate::text::offsets::Position;

mod ascii;
mod lines;
mod problem;
mod tallies;
mod words;

pub(super) use lines::count_unmarked;
pub use problem::{Problem, Severity};
#[cfg(test)]
use tallies::SAMPLES;
use tallies::Tallies;

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

    /// The first place, counted in the decoded text.
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
    let mut statistics =
        Statistics { bytes: text.len(), lines: text.lines().count(), ..Statistics::default() };
    count_characters(text, &mut statistics);
    let mut tallies = Tallies::new(text);
    signs(&mut tallies);
    words::examine(&mut tallies, &mut statistics);
    lines::examine(&mut tallies);
    ascii::examine(&mut tallies, &statistics);
    let findings = tallies.into_findings(&statistics);
    Report { detection: None, encoding: None, statistics, findings }
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
    let detection = detect(bytes);
    let named = encoding;
    let is_sure = detection.confidence() >= SURE;
    let detected = detection.encoding().filter(|_| detection.content() == Content::Text);
    let damaged = (!is_sure && is_damaged_utf8(bytes)).then_some(Encoding::Utf8);
    let Some(encoding) = encoding.or(damaged).or(detected) else {
        return Report {
            detection: Some(detection),
            encoding: None,
            statistics: Statistics::default(),
            findings: Vec::new(),
        };
    };
    let decoded = decode_lossy(bytes, encoding);
    let mut report = check(decoded.text());
    for finding in &mut report.findings {
        finding.source_byte = finding
            .first
            .map(|first| decoded.source_offset(first.byte()))
            .filter(|&byte| finding.first.is_some_and(|first| first.byte() != byte));
    }
    let whole = |problem: Problem, fix: Option<String>| Finding {
        problem,
        severity: problem.severity(),
        count: 1,
        out_of: None,
        first: None,
        source_byte: None,
        samples: Vec::new(),
        fix,
    };
    let mut about_bytes = Vec::new();
    if encoding != Encoding::Utf8 {
        // A guess is named, and no command advised that would alter the text for good.
        let fix =
            (named.is_some() || is_sure).then(|| format!("tomtat normalize --encoding {encoding}"));
        let mut finding = whole(Problem::Encoding, fix);
        finding.samples = vec![encoding.to_string()];
        about_bytes.push(finding);
    }
    if let Some(&first) = decoded.replaced().first() {
        let mut finding = whole(Problem::UndefinedBytes, None);
        finding.count = decoded.replaced().len();
        finding.source_byte = Some(first);
        finding.samples = vec![format!("0x{:02X}", bytes[first])];
        about_bytes.push(finding);
        // The replacement characters come from these bytes, unless the text had more of them.
        report.findings.retain(|finding| {
            finding.problem != Problem::LostLetters || finding.count > decoded.replaced().len()
        });
    }
    if decoded.has_bom() && encoding == Encoding::Utf8 {
        let fix = Some("tomtat normalize --invisible".to_owned());
        about_bytes.push(whole(Problem::ByteOrderMark, fix));
    }
    about_bytes.append(&mut report.findings);
    report.findings = about_bytes;
    report.detection = Some(detection);
    report.encoding = Some(encoding);
    report
}

/// Returns true if most of the bytes above ASCII are valid UTF-8: a few broken bytes do not make it
/// another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    broken > 0 && valid > 2 * broken
}

fn count_characters(text: &str, statistics: &mut Statistics) {
    let mut marks = 0;
    for c in text.chars() {
        statistics.characters += 1;
        match Letter::of(c) {
            Some(_) => {
                marks = 0;
                // đ has no decomposition.
                let composed = !c.is_ascii() && !matches!(c, 'đ' | 'Đ' | '\u{D0}' | '\u{189}');
                statistics.composed_letters += usize::from(composed);
                if composed {
                    marks = 1;
                }
            }
            None if Mark::of(c).is_some() => {
                // A letter in between (ê + sắc) was counted as composed before its mark came.
                if marks == 1 {
                    statistics.composed_letters -= 1;
                }
                statistics.decomposed_letters += usize::from(marks < 2);
                marks = 2;
            }
            None => marks = 2,
        }
    }
}

/// Problems that fixes of signs find.
fn signs(tallies: &mut Tallies<'_>) {
    let text = tallies.text;
    for (problem, fix) in [
        (Problem::Mojibake, Fix::Mojibake),
        (Problem::Utf7, Fix::Utf7),
        (Problem::References, Fix::References),
        (Problem::Decomposed, Fix::Compose),
        (Problem::CrossedD, Fix::CrossedD),
        (Problem::LookAlikes, Fix::LookAlikes),
        (Problem::Invisible, Fix::Invisible),
        (Problem::Controls, Fix::Controls),
        (Problem::Spaces, Fix::Spaces),
        (Problem::Fullwidth, Fix::Fullwidth),
        (Problem::Capitals, Fix::Capitals),
    ] {
        for edit in fix.edits(text) {
            tallies.add(problem, edit.range);
        }
    }
    for (at, lost) in text.match_indices(char::REPLACEMENT_CHARACTER) {
        tallies.add(Problem::LostLetters, at..at + lost.len());
    }
    tallies.damage = damage(text);
    if let Some(Damage::Misread(found)) = &tallies.damage {
        let range = found.first()..found.first() + found.sample().len();
        tallies.add_many(Problem::Misread, range, found.words());
    }
}

#[cfg(test)]
mod tests;
