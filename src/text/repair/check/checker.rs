//! The text doctor at work on texts that come in parts.

use super::{Counts, Damage, Fix, Problem, Report, Statistics, Tallies, ascii, lines, words};
use crate::text::letter::{Letter, Mark};
use crate::text::offsets::{Cursor, Position};
use crate::text::repair::normalize::Survey;

/// Where a problem stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Number of the text among all texts.
    pub(super) order: usize,
    pub(super) position: Position,
    pub(super) source_byte: Option<usize>,
    pub(super) record: Option<String>,
}

/// Checks texts, or the parts of a long one, and adds up what it finds.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::check::{Checker, Problem, check};
/// use tomtat::text::repair::normalize::Survey;
///
/// let parts = ["Xin chào.\n", "Mời qúy khách.\n"];
/// let mut survey = Survey::default();
/// parts.iter().for_each(|part| survey.add(part));
/// let mut checker = Checker::default();
/// checker.add_part(parts[0], parts[1], &survey);
/// checker.add_part(parts[1], "", &survey);
/// checker.end_text();
/// assert_eq!(checker.finish(), check(&parts.concat()));
///
/// let mut records = Checker::default();
/// records.add_record("a", ["Xin chào."]);
/// records.add_record("b", ["Mời qúy khách."]);
/// let report = records.finish();
/// assert_eq!(report.finding(Problem::MisplacedTone).unwrap().record(), Some("b"));
/// ```
#[derive(Debug, Clone)]
pub struct Checker {
    statistics: Statistics,
    counts: Counts,
    /// The end of what was checked of this text.
    here: Position,
    /// Texts and bytes that were checked.
    texts: usize,
    checked: usize,
    /// The last line has no end.
    is_line_open: bool,
    letters: LetterState,
    record: Option<String>,
}

impl Default for Checker {
    fn default() -> Self {
        Self {
            statistics: Statistics::default(),
            counts: Counts::default(),
            here: Position::START,
            texts: 0,
            checked: 0,
            is_line_open: false,
            letters: LetterState::default(),
            record: None,
        }
    }
}

impl Checker {
    /// Checks a whole text.
    pub fn add(&mut self, text: &str) {
        self.add_part(text, "", &Survey::of(text));
        self.end_text();
    }

    /// Checks the texts of a record, whose id findings name.
    pub fn add_record<'t>(&mut self, id: &str, texts: impl IntoIterator<Item = &'t str>) {
        self.record = Some(id.to_owned());
        self.statistics.records += 1;
        texts.into_iter().for_each(|text| self.add(text));
        self.record = None;
    }

    /// Checks the next part of a text that was surveyed. Parts end as those of the survey do; `ahead`
    /// is what comes behind the part, of which samples show twenty characters.
    ///
    /// The parts give the report of the whole text.
    pub fn add_part(&mut self, part: &str, ahead: &str, survey: &Survey) {
        self.add_decoded(part, ahead, survey, |_| None);
    }

    /// Checks a part; `source` gives the place of an offset in bytes that the part was decoded from.
    pub(super) fn add_decoded(
        &mut self,
        part: &str,
        ahead: &str,
        survey: &Survey,
        source: impl Fn(usize) -> Option<usize>,
    ) {
        let checked = self.checked;
        let mut tallies = Tallies { text: part, ahead, checked, counts: &mut self.counts };
        signs(&mut tallies, survey, self.here.byte());
        words::examine(&mut tallies, &mut self.statistics);
        lines::examine(&mut tallies);
        ascii::examine(&mut tallies, &survey.known);
        self.letters.count(part, &mut self.statistics);
        let (here, order, record) = (self.here, self.texts, &self.record);
        self.counts.place(part, |found| Place {
            order,
            position: here.then(found),
            source_byte: source(found.byte()),
            record: record.clone(),
        });
        self.skip(part);
    }

    /// Passes over a part that is no text, such as markup: it counts for places, bytes, characters and
    /// lines.
    pub fn skip(&mut self, part: &str) {
        let passed = Cursor::new(part).at(part.len());
        self.here = self.here.then(passed);
        self.checked += part.len();
        self.statistics.bytes += part.len();
        self.statistics.characters += passed.chars();
        self.statistics.lines += part.matches('\n').count();
        if !part.is_empty() {
            self.is_line_open = !part.ends_with('\n');
        }
    }

    /// Bytes of the text that were checked.
    pub(super) const fn passed(&self) -> usize {
        self.here.byte()
    }

    /// Ends a text whose parts were added: places of the next text count anew.
    pub fn end_text(&mut self) {
        self.statistics.lines += usize::from(self.is_line_open);
        self.is_line_open = false;
        self.here = Position::START;
        self.texts += 1;
        self.letters = LetterState::default();
    }

    /// What was found in all texts.
    #[must_use]
    pub fn finish(self) -> Report {
        let findings = self.counts.into_findings(&self.statistics);
        Report { detection: None, encoding: None, statistics: self.statistics, findings }
    }
}

/// Whether the letter before is one character, for the count of composed letters.
#[derive(Debug, Clone, Default)]
struct LetterState {
    marks: u8,
}

impl LetterState {
    fn count(&mut self, part: &str, statistics: &mut Statistics) {
        for c in part.chars() {
            match Letter::of(c) {
                Some(_) => {
                    // đ has no decomposition.
                    let composed = !c.is_ascii() && !matches!(c, 'đ' | 'Đ' | '\u{D0}' | '\u{189}');
                    statistics.composed_letters += usize::from(composed);
                    self.marks = u8::from(composed);
                }
                None if Mark::of(c).is_some() => {
                    // A letter in between (ê + sắc) was counted as composed before its mark came.
                    if self.marks == 1 {
                        statistics.composed_letters -= 1;
                    }
                    statistics.decomposed_letters += usize::from(self.marks < 2);
                    self.marks = 2;
                }
                None => self.marks = 2,
            }
        }
    }
}

/// Problems that fixes of signs find, in a part that begins at `start` of its text.
fn signs(tallies: &mut Tallies<'_>, survey: &Survey, start: usize) {
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
        for edit in fix.edits(text, &survey.known) {
            tallies.add(problem, edit.range);
        }
    }
    for (at, lost) in text.match_indices(char::REPLACEMENT_CHARACTER) {
        tallies.add(Problem::LostLetters, at..at + lost.len());
    }
    let Some(damage) = survey.damage() else { return };
    if let Damage::Misread(found) = &damage
        && (start..start + text.len()).contains(&found.first())
    {
        let first = found.first() - start;
        let range = first..first + found.sample().len();
        tallies.add_many(Problem::Misread, range, found.words());
    }
    tallies.counts.damage.get_or_insert(damage);
}
