//! Counts of problems while a text is being examined.

use super::{Damage, Finding, Fix, Problem, Statistics};
use crate::text::letter::Mark;
use crate::text::offsets::Cursor;

/// How many different samples a finding holds.
pub(super) const SAMPLES: usize = 5;

#[derive(Debug, Clone, Default)]
struct Tally {
    count: usize,
    first: Option<usize>,
    samples: Vec<String>,
}

/// Counts of problems while a text is being examined.
pub(super) struct Tallies<'t> {
    pub(super) text: &'t str,
    by_problem: [Tally; Problem::ALL.len()],
    /// What must be fixed before anything else.
    pub(super) damage: Option<Damage>,
}

impl<'t> Tallies<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, by_problem: Default::default(), damage: None }
    }

    pub(super) fn add(&mut self, problem: Problem, range: std::ops::Range<usize>) {
        self.add_many(problem, range, 1);
    }

    pub(super) fn add_many(
        &mut self,
        problem: Problem,
        range: std::ops::Range<usize>,
        count: usize,
    ) {
        let tally = &mut self.by_problem[problem as usize];
        tally.count += count;
        tally.first = Some(tally.first.map_or(range.start, |first| first.min(range.start)));
        if tally.samples.len() < SAMPLES {
            let sample = sample(self.text, range);
            if !tally.samples.contains(&sample) {
                tally.samples.push(sample);
            }
        }
    }

    pub(super) fn into_findings(mut self, statistics: &Statistics) -> Vec<Finding> {
        let mut cursor = Cursor::new(self.text);
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
                first: tally.first.map(|byte| cursor.at(byte)),
                source_byte: None,
                samples: tally.samples,
                fix: self.fix(problem, style),
            })
            .collect()
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

/// The word around a range, cut at forty characters, with shapeless signs spelled out.
fn sample(text: &str, range: std::ops::Range<usize>) -> String {
    const WIDEST: usize = 40;
    let is_edge = |c: char| c == ' ' || c == '\n' || c == '\t' || c == '\r';
    let mut before: Vec<char> =
        text[..range.start].chars().rev().take_while(|&c| !is_edge(c)).take(WIDEST / 2).collect();
    before.reverse();
    let middle = text[range.clone()].chars().take(WIDEST);
    let after = text[range.end..].chars().take_while(|&c| !is_edge(c)).take(WIDEST / 2);
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
