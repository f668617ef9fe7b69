//! Counts of problems while the parts of a text are being examined.

use std::ops::Range;

use super::{Damage, Finding, Fix, Place, Problem, Statistics};
use crate::text::letter::Mark;
use crate::text::offsets::{Cursor, Position};

/// How many different samples a finding holds.
pub(super) const SAMPLES: usize = 5;

/// Line ends: LF, CR LF, CR, others.
pub(super) const LINE_ENDS: usize = 4;

/// Counts of one problem.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    count: usize,
    first: Option<Place>,
    /// The first place, as long as it is an offset in the part that is being examined.
    found: Option<usize>,
    /// Samples, with where they stood among all bytes that were checked.
    samples: Vec<(usize, String)>,
}

impl Tally {
    /// Joins tallies of one problem; samples come in the order of the tallies.
    fn joined(tallies: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for tally in tallies {
            all.count += tally.count;
            let order = |place: &Place| (place.order, place.position.byte());
            all.first = all.first.into_iter().chain(tally.first).min_by_key(order);
            for (at, sample) in tally.samples {
                if all.samples.len() < SAMPLES && all.samples.iter().all(|(_, s)| *s != sample) {
                    all.samples.push((at, sample));
                }
            }
        }
        all
    }
}

/// Counts of all problems of all parts so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    by_problem: [Tally; Problem::ALL.len()],
    /// Syllables that one tone style alone writes so; which of them stand out is known at the end.
    pub(super) old_style: Tally,
    pub(super) new_style: Tally,
    /// Digits in the place of letters, which come behind torn syllables.
    pub(super) digits: Tally,
    /// Line ends by kind; the commonest is no problem.
    pub(super) line_ends: [Tally; LINE_ENDS],
    /// What must be fixed before anything else.
    pub(super) damage: Option<Damage>,
}

impl Counts {
    fn tallies(&mut self) -> impl Iterator<Item = &mut Tally> {
        let others = [&mut self.old_style, &mut self.new_style, &mut self.digits];
        self.by_problem.iter_mut().chain(others).chain(&mut self.line_ends)
    }

    /// Places what was found first in a part: `place` gives the place of a position in it.
    pub(super) fn place(&mut self, part: &str, place: impl Fn(Position) -> Place) {
        let mut found: Vec<&mut Tally> =
            self.tallies().filter(|tally| tally.found.is_some()).collect();
        found.sort_by_key(|tally| tally.found);
        let mut cursor = Cursor::new(part);
        for tally in found {
            tally.first = tally.found.take().map(|byte| place(cursor.at(byte)));
        }
    }

    /// The findings, in the order of [`Problem::ALL`].
    pub(super) fn into_findings(mut self, statistics: &Statistics) -> Vec<Finding> {
        self.settle(statistics);
        let style = if statistics.old_style >= statistics.new_style { "old" } else { "new" };
        Problem::ALL
            .iter()
            .zip(std::mem::take(&mut self.by_problem))
            .filter(|(_, tally)| tally.count > 0)
            .map(|(&problem, tally)| Finding {
                problem,
                severity: problem.severity(),
                count: tally.count,
                out_of: match problem {
                    Problem::Decomposed => {
                        Some(statistics.composed_letters + statistics.decomposed_letters)
                            .filter(|&all| all >= tally.count)
                    }
                    Problem::MixedToneStyle => Some(statistics.old_style + statistics.new_style),
                    Problem::MisplacedTone => Some(statistics.syllables),
                    Problem::WithoutMarks | Problem::InvalidSyllable => Some(statistics.words),
                    _ => None,
                },
                first: tally.first.as_ref().map(|first| first.position),
                source_byte: tally.first.as_ref().and_then(|first| first.source_byte),
                record: tally.first.and_then(|first| first.record),
                samples: tally.samples.into_iter().map(|(_, sample)| sample).collect(),
                fix: self.fix(problem, style),
            })
            .collect()
    }

    /// Decides what only the whole text can decide.
    fn settle(&mut self, statistics: &Statistics) {
        let mut put = |problem: Problem, tally: Tally| self.by_problem[problem as usize] = tally;
        if statistics.old_style > 0 && statistics.new_style > 0 {
            // The rarer style is the one that stands out.
            let is_old_common = statistics.old_style >= statistics.new_style;
            let rare = if is_old_common { &mut self.new_style } else { &mut self.old_style };
            put(Problem::MixedToneStyle, std::mem::take(rare));
        }
        let most = self.line_ends[..3].iter().map(|tally| tally.count).max().unwrap_or(0);
        let common = self.line_ends[..3].iter().position(|tally| tally.count == most && most > 0);
        let rare = std::mem::take(&mut self.line_ends).into_iter().enumerate();
        let rare = rare.filter(|(kind, _)| Some(*kind) != common).map(|(_, tally)| tally);
        let mut rare: Vec<Tally> = rare.collect();
        // The samples of all kinds are wanted in the order of the text.
        let mut samples: Vec<(usize, String)> =
            rare.iter_mut().flat_map(|tally| std::mem::take(&mut tally.samples)).collect();
        samples.sort_unstable();
        let samples = Tally { samples, ..Tally::default() };
        put(Problem::LineEnds, Tally::joined(rare.into_iter().chain([samples])));
        let torn = std::mem::take(&mut self.by_problem[Problem::OcrLike as usize]);
        let digits = std::mem::take(&mut self.digits);
        self.by_problem[Problem::OcrLike as usize] = Tally::joined([torn, digits]);
        // Single words can be an example of something, or an accident.
        let viqr = &mut self.by_problem[Problem::Viqr as usize];
        if viqr.count < 3 || viqr.count * 5 < statistics.words.saturating_sub(2 * viqr.count) {
            *viqr = Tally::default();
        }
    }

    /// The command that fixes a problem. A damaged text has one, and no other is named: it would
    /// take signs for errors that are bytes of letters.
    fn fix(&self, problem: Problem, style: &str) -> Option<String> {
        let command = |flags: &str| Some(format!("tomtat normalize {flags}"));
        if let Some(damage) = &self.damage {
            let is_it = match damage {
                Damage::Mojibake { .. } => problem == Problem::Mojibake,
                Damage::Misread(_) => problem == Problem::Misread,
            };
            return is_it.then(|| command(&damage.flags())).flatten();
        }
        let fix = match problem {
            Problem::Utf7 => Fix::Utf7,
            Problem::References => Fix::References,
            Problem::Viqr => Fix::Viqr,
            Problem::Telex => Fix::Telex,
            Problem::Vni => Fix::Vni,
            Problem::Decomposed => Fix::Compose,
            Problem::CrossedD => Fix::CrossedD,
            Problem::LookAlikes => Fix::LookAlikes,
            Problem::Invisible => Fix::Invisible,
            Problem::Controls => Fix::Controls,
            Problem::Spaces => Fix::Spaces,
            Problem::Fullwidth => Fix::Fullwidth,
            Problem::LineEnds => Fix::LineEnds,
            Problem::Capitals => Fix::Capitals,
            Problem::MixedToneStyle | Problem::MisplacedTone => {
                return command(&format!("--tone {style}"));
            }
            _ => return None,
        };
        command(&format!("--{}", fix.name()))
    }
}

/// Counts of problems, with the part of the text that is being examined.
pub(super) struct Tallies<'t> {
    /// The part.
    pub(super) text: &'t str,
    /// What comes behind it, as far as samples need it.
    pub(super) ahead: &'t str,
    /// Bytes that were checked before.
    pub(super) checked: usize,
    pub(super) counts: &'t mut Counts,
}

impl Tallies<'_> {
    pub(super) fn add(&mut self, problem: Problem, range: Range<usize>) {
        self.add_many(problem, range, 1);
    }

    pub(super) fn add_many(&mut self, problem: Problem, range: Range<usize>, count: usize) {
        self.add_to(|counts| &mut counts.by_problem[problem as usize], range, count);
    }

    /// Adds to the tally that `tally` names.
    pub(super) fn add_to(
        &mut self,
        tally: impl FnOnce(&mut Counts) -> &mut Tally,
        range: Range<usize>,
        count: usize,
    ) {
        let tally = tally(self.counts);
        tally.count += count;
        if tally.first.is_none() {
            let first = tally.found.map_or(range.start, |first| first.min(range.start));
            tally.found = Some(first);
        }
        if tally.samples.len() < SAMPLES {
            let at = self.checked + range.start;
            let sample = sample(self.text, self.ahead, range);
            if tally.samples.iter().all(|(_, known)| *known != sample) {
                tally.samples.push((at, sample));
            }
        }
    }
}

/// Characters that a sample shows on either side, at most.
pub(super) const BESIDE: usize = 20;

/// The word around a range, cut at forty characters, with shapeless signs spelled out.
fn sample(text: &str, ahead: &str, range: Range<usize>) -> String {
    let is_edge = |c: char| c == ' ' || c == '\n' || c == '\t' || c == '\r';
    let mut before: Vec<char> =
        text[..range.start].chars().rev().take_while(|&c| !is_edge(c)).take(BESIDE).collect();
    before.reverse();
    let middle = text[range.clone()].chars().take(2 * BESIDE);
    let after = text[range.end..].chars().chain(ahead.chars());
    let after = after.take_while(|&c| !is_edge(c)).take(BESIDE);
    let mut out = String::new();
    for c in before.into_iter().chain(middle).chain(after) {
        let is_shapeless = c.is_control()
            || (c.is_whitespace() && c != ' ')
            || matches!(c, '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
        // Marks alone and look-alikes cannot be told from the right letters by eye.
        if is_shapeless || Mark::of(c).is_some() || matches!(c, '\u{D0}' | '\u{189}') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
