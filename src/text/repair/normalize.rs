//! Fixing a text, on request and never in silence.
//!
//! A [`Normalizer`] holds the fixes that were asked for and applies them in a fixed order.
//! What comes out says how often each fix was applied and where every part of the new text
//! lay in the old one. Normalizing twice changes nothing the second time.
//!
//! | fix | what it does |
//! |---|---|
//! | `utf-7` | reads UTF-7: `Vi+Hsc-t` to `Việt` |
//! | `mojibake` | undoes UTF-8 that was read as code page 1250, 1251, 1252, 1258, 437, 850 or Mac Roman: `Viá»‡t` |
//! | `references` | puts letters in the place of character references: `Vi&#7879;t` |
//! | `viqr` | puts letters in the place of VIQR: `Vie^.t` |
//! | `telex` | puts letters in the place of keys of Telex: `Vieejt` |
//! | `vni` | puts letters in the place of keys of VNI: `Vie6t5` |
//! | `invisible` | takes out zero-width characters, soft hyphens and direction marks |
//! | `controls` | takes out control characters other than tabs and line ends |
//! | `line-ends` | makes every line end a line feed |
//! | `spaces` | makes no-break and other odd spaces plain ones |
//! | `fullwidth` | makes fullwidth letters, digits and signs plain ones |
//! | `quotes` | makes typographic quotes straight |
//! | `nfc` | composes letters (NFC), also those whose marks are in reverse order |
//! | `d-stroke` | makes the look-alikes of Đ (U+00D0, U+0189) and đ (U+00F0, U+0256) the letter |
//! | `look-alikes` | puts Latin letters in the place of Cyrillic and Greek ones inside of words |
//! | `capitals` | makes small marked letters in words of capitals capital: `VIệT` to `VIỆT` |
//! | `tone` | puts tone marks where the old or the new style has them |
//! | `i-y` | writes `kĩ`, `lí`, `mĩ` with i or with y |
//!
//! `tone`, `i-y` and `d-stroke` leave addresses, paths, handles and hashtags alone.
//!
//! A text that was read in a wrong encoding is left as it is, unless the fix that undoes it is among
//! those that were asked for: its no-break spaces, control codes and look-alikes are bytes of
//! letters, which any other fix destroys for good. [`Normalized::refused`] says so.

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "serde")]
use serde::{Serialize, Serializer};

use super::alignment::{Alignment, Edit, apply};
use super::damage::{Damage, damage};
use crate::text::syllable::ToneStyle;

mod compose;
mod signs;
mod spelled;
mod survey;
mod typed;
pub(super) mod words;

pub(super) use survey::Known;
pub use survey::Survey;
use typed::InputMethod;

/// One kind of fixing; the [module](self) lists what each does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// Reads UTF-7.
    Utf7,
    /// Undoes UTF-8 that was read as code page 1250, 1251, 1252, 1258, 437, 850 or Mac Roman.
    Mojibake,
    /// Puts letters in the place of character references of HTML.
    References,
    /// Puts letters in the place of VIQR.
    Viqr,
    /// Puts letters in the place of keys of the input method Telex, in lines without a marked letter.
    Telex,
    /// Puts letters in the place of keys of the input method VNI, likewise.
    Vni,
    /// Takes out zero-width characters, soft hyphens and direction marks. Joiners stay between
    /// emoji and in scripts that need them, direction marks in text with right-to-left letters.
    Invisible,
    /// Takes out control characters other than tabs and line ends.
    Controls,
    /// Makes every line end a line feed: CR LF, CR, vertical tab, form feed, U+0085, U+2028 and
    /// U+2029.
    LineEnds,
    /// Makes no-break and other odd spaces plain ones, one for one.
    Spaces,
    /// Makes fullwidth letters, digits and signs plain ones.
    Fullwidth,
    /// Makes typographic quotes straight.
    Quotes,
    /// Composes letters (NFC), also those whose marks are in reverse order.
    Compose,
    /// Makes the look-alikes of Đ and đ the letter, in Vietnamese words.
    CrossedD,
    /// Puts Latin letters in the place of Cyrillic and Greek ones that look like them.
    LookAlikes,
    /// Makes small marked letters in words of capitals capital.
    Capitals,
    /// Puts tone marks where a style has them.
    Tone(ToneStyle),
    /// Writes the vowel of `kĩ`, `lí`, `mĩ` with i or with y.
    FinalVowel(FinalVowel),
}

/// How the vowel of open syllables that have both forms is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinalVowel {
    /// kĩ thuật, lí do.
    I,
    /// kỹ thuật, lý do.
    Y,
}

impl Fix {
    /// All fixes in the order in which they are applied, with the old tone style and with y.
    pub const ALL: [Self; 18] = [
        Self::Utf7,
        // Undone first, because what it is spelled with (no-break spaces, soft hyphens, control
        // characters) must still be there.
        Self::Mojibake,
        Self::References,
        Self::Viqr,
        Self::Telex,
        Self::Vni,
        Self::Invisible,
        Self::Controls,
        Self::LineEnds,
        Self::Spaces,
        Self::Fullwidth,
        Self::Quotes,
        Self::Compose,
        Self::CrossedD,
        Self::LookAlikes,
        Self::Capitals,
        Self::Tone(ToneStyle::Old),
        Self::FinalVowel(FinalVowel::Y),
    ];

    /// The fixes that lose nothing that a reader of Vietnamese text would miss: NFC, look-alikes
    /// of Đ, invisible and control characters, odd spaces.
    pub const SAFE: [Self; 5] =
        [Self::Invisible, Self::Controls, Self::Spaces, Self::Compose, Self::CrossedD];

    /// The name of the fix, which is the flag of the command too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf7 => "utf-7",
            Self::Mojibake => "mojibake",
            Self::References => "references",
            Self::Viqr => "viqr",
            Self::Telex => "telex",
            Self::Vni => "vni",
            Self::Invisible => "invisible",
            Self::Controls => "controls",
            Self::LineEnds => "line-ends",
            Self::Spaces => "spaces",
            Self::Fullwidth => "fullwidth",
            Self::Quotes => "quotes",
            Self::Compose => "nfc",
            Self::CrossedD => "d-stroke",
            Self::LookAlikes => "look-alikes",
            Self::Capitals => "capitals",
            Self::Tone(ToneStyle::Old) => "tone old",
            Self::Tone(ToneStyle::New) => "tone new",
            Self::FinalVowel(FinalVowel::I) => "i-y i",
            Self::FinalVowel(FinalVowel::Y) => "i-y y",
        }
    }

    /// The same kind of fix, whatever its setting.
    fn is_kind_of(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The edits that this fix makes in a text or a part of one, in order.
    pub(super) fn edits(self, text: &str, known: &Known) -> Vec<Edit> {
        match self {
            Self::Utf7 => spelled::utf_7(text),
            Self::Mojibake => signs::mojibake(text, &known.wrong_letters),
            Self::References => spelled::references(text, known.has_elements),
            Self::Viqr => spelled::viqr(text, known.has_viqr),
            Self::Telex => typed::typed(text, InputMethod::Telex, known.has_telex),
            Self::Vni => typed::typed(text, InputMethod::Vni, known.has_vni),
            Self::Invisible => signs::invisible(text, known.has_right_to_left),
            Self::Controls => signs::controls(text),
            Self::LineEnds => signs::line_ends(text),
            Self::Spaces => signs::replaced(text, signs::plain_space),
            Self::Fullwidth => signs::replaced(text, signs::plain_width),
            Self::Quotes => signs::replaced(text, signs::straight_quote),
            Self::Compose => compose::composed(text),
            Self::CrossedD => words::crossed_d(text, known.is_vietnamese),
            Self::LookAlikes => words::look_alikes(text),
            Self::Capitals => words::capitals(text),
            Self::Tone(style) => words::tone(text, style),
            Self::FinalVowel(written) => words::final_vowel(text, written),
        }
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(feature = "serde")]
impl Serialize for Fix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Applies chosen fixes to texts.
///
/// # Examples
///
/// ```
/// use tomtat::text::{repair::normalize::{Fix, Normalizer}, syllable::ToneStyle};
///
/// let normalizer = Normalizer::new().with(Fix::Spaces).with(Fix::Tone(ToneStyle::Old));
/// let normalized = normalizer.normalize("Hoà\u{A0}bình");
/// assert_eq!(normalized.text(), "Hòa bình");
/// assert_eq!(normalized.changes()[0].to_string(), "spaces: 1");
///
/// // What was not asked for stays.
/// assert_eq!(Normalizer::safe().normalize("Hoà bình").text(), "Hoà bình");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Normalizer {
    fixes: Vec<Fix>,
    force: bool,
}

impl Normalizer {
    /// A normalizer that changes nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { fixes: Vec::new(), force: false }
    }

    /// A normalizer with the fixes of [`Fix::SAFE`].
    #[must_use]
    pub fn safe() -> Self {
        Fix::SAFE.into_iter().fold(Self::new(), Self::with)
    }

    /// Adds a fix; one of the same kind is replaced.
    #[must_use]
    pub fn with(mut self, fix: Fix) -> Self {
        self.fixes.retain(|&other| !other.is_kind_of(fix));
        self.fixes.push(fix);
        self.fixes.sort_by_key(|fix| Fix::ALL.iter().position(|all| all.is_kind_of(*fix)));
        self
    }

    /// Sets whether a text that was read in a wrong encoding is fixed, too, which destroys the
    /// letters that the damage could have given back.
    #[must_use]
    pub const fn with_force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// The fixes in the order in which they are applied.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// The damage for which a text must not be fixed yet.
    #[must_use]
    pub fn refuses(&self, survey: &Survey) -> Option<Damage> {
        self.refuses_for(|| survey.damage())
    }

    fn refuses_for(&self, damage: impl FnOnce() -> Option<Damage>) -> Option<Damage> {
        if self.force || self.fixes.is_empty() {
            return None;
        }
        damage().filter(|damage| match damage {
            Damage::Mojibake { .. } => !self.fixes.contains(&Fix::Mojibake),
            Damage::Misread(_) => true,
        })
    }

    /// Fixes a text. Time and memory are linear in its length.
    ///
    /// A text that was read in a wrong encoding comes back as it is, see
    /// [`refused`](Normalized::refused).
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::text::repair::normalize::{Fix, Normalizer};
    ///
    /// // The no-break space is the second byte of the letter à.
    /// let text = "NhÃ\u{A0} trÆ°á»ng";
    /// let normalized = Normalizer::safe().normalize(text);
    /// assert_eq!(normalized.text(), text);
    /// assert_eq!(normalized.refused().unwrap().flags(), "--mojibake");
    ///
    /// let normalized = Normalizer::safe().with(Fix::Mojibake).normalize(text);
    /// assert!(normalized.text().starts_with("Nhà trư"));
    /// ```
    #[must_use]
    pub fn normalize<'t>(&self, text: &'t str) -> Normalized<'t> {
        if let Some(damage) = self.refuses_for(|| damage(text)) {
            return Normalized {
                text: Cow::Borrowed(text),
                changes: Vec::new(),
                alignment: Alignment::default(),
                refused: Some(damage),
            };
        }
        self.fixed(text, &Known::default())
    }

    /// Fixes a part of a text that was surveyed, whether [`refuses`](Self::refuses) speaks against it
    /// or not. Parts end as those of the survey do.
    ///
    /// The parts come out as the whole text would.
    #[must_use]
    pub fn normalize_part<'t>(&self, part: &'t str, survey: &Survey) -> Normalized<'t> {
        self.fixed(part, &survey.known.with_fixes(&self.fixes))
    }

    fn fixed<'t>(&self, text: &'t str, known: &Known) -> Normalized<'t> {
        let mut current = Cow::Borrowed(text);
        let mut alignment = Alignment::default();
        let mut counts = vec![0; self.fixes.len()];
        let later = known.after_first_round();
        // One fix can make work for another one that comes before it: taking out an invisible
        // character may bring two halves of a wrongly decoded letter together.
        for round in 0..ROUNDS {
            let known = if round == 0 { known } else { &later };
            let mut changed = false;
            for (fix, count) in self.fixes.iter().zip(&mut counts) {
                let edits = fix.edits(&current, known);
                if edits.is_empty() {
                    continue;
                }
                changed = true;
                *count += edits.len();
                let (next, step) = apply(&current, &edits);
                alignment = alignment.then(&step);
                current = Cow::Owned(next);
            }
            if !changed {
                break;
            }
        }
        let changes = self
            .fixes
            .iter()
            .zip(counts)
            .filter(|&(_, count)| count > 0)
            .map(|(&fix, count)| Change { fix, count })
            .collect();
        Normalized { text: current, changes, alignment, refused: None }
    }
}

/// How often the fixes are gone through at most; two rounds settle almost every text.
const ROUNDS: usize = 32;

/// How often one fix was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Change {
    fix: Fix,
    count: usize,
}

impl Change {
    /// The fix.
    #[must_use]
    pub fn fix(self) -> Fix {
        self.fix
    }

    /// The number of places that it changed.
    #[must_use]
    pub fn count(self) -> usize {
        self.count
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.fix, self.count)
    }
}

/// A fixed text with an account of what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalized<'t> {
    text: Cow<'t, str>,
    changes: Vec<Change>,
    alignment: Alignment,
    refused: Option<Damage>,
}

impl<'t> Normalized<'t> {
    /// The fixed text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the text away, borrowed if nothing was changed.
    #[must_use]
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// The damage for which nothing was fixed: the text was read in a wrong encoding, and that must
    /// be undone first.
    #[must_use]
    pub const fn refused(&self) -> Option<&Damage> {
        self.refused.as_ref()
    }

    /// The fixes that changed something, in the order in which they were applied.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Where the parts of the fixed text lay in the original.
    #[must_use]
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }
}

#[cfg(test)]
mod tests;
