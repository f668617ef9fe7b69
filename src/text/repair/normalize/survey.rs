//! What must be known of a whole text before a part of it is judged or fixed.
//!
//! A text that is too long to be held is gone through twice: a [`Survey`] sees all parts first, then
//! [`Checker`](crate::text::repair::check::Checker) and [`Normalizer`](super::Normalizer) take one part
//! after the other.

use super::Fix;
use super::signs::has_right_to_left;
use super::spelled::{has_elements, has_viqr};
use super::typed::{InputMethod, has_typed};
use super::words::is_only_vietnamese;
use crate::text::encoding::{misread, mojibake};
use crate::text::repair::damage::{Damage, judged};

/// Evidence from all parts of a text.
///
/// # Examples
///
/// ```
/// use tomtat::text::repair::normalize::{Normalizer, Survey};
///
/// let parts = ["\u{D0}HQG ", "tuyển sinh.\n"];
/// let mut survey = Survey::default();
/// parts.iter().for_each(|part| survey.add(part));
/// let normalizer = Normalizer::safe();
/// let fixed = parts.map(|part| normalizer.normalize_part(part, &survey).into_text().into_owned());
/// // That the text is Vietnamese stands in the second part alone.
/// assert_eq!(fixed.concat(), "ĐHQG tuyển sinh.\n");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Survey {
    pub(in crate::text::repair) known: Known,
    misread: misread::Evidence,
}

impl Survey {
    /// The survey of a text that is held whole.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut survey = Self::default();
        survey.add(text);
        survey
    }

    /// Adds the next part of the text. It ends where no word and no line is torn: at a line end, as
    /// far as lines are short enough.
    pub fn add(&mut self, part: &str) {
        self.misread.add(part);
        self.known.add(part);
    }

    /// Passes over markup between two parts.
    pub fn skip(&mut self, markup: &str) {
        self.misread.skip(markup.len());
        self.known.wrong_letters.skip(markup.len());
        self.known.has_elements = self.known.has_elements || has_elements(markup);
    }

    /// Damage that must be fixed before anything else; offsets count from the start of the text.
    #[must_use]
    pub fn damage(&self) -> Option<Damage> {
        judged(&self.known.wrong_letters, &self.misread)
    }
}

/// What fixes ask of the whole text. The default knows nothing, and a part speaks for itself.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a text")]
pub(in crate::text::repair) struct Known {
    /// Sequences of bytes of UTF-8 that were read in another encoding.
    pub(super) wrong_letters: mojibake::Evidence,
    /// Letters that only Vietnamese has.
    pub(super) is_vietnamese: bool,
    /// Fixes that bring such letters, if the text has none as it stands.
    vietnamese_after: Vec<Fix>,
    /// Letters that are written from right to left.
    pub(super) has_right_to_left: bool,
    /// Elements of HTML.
    pub(super) has_elements: bool,
    /// Words of VIQR that nothing else can be.
    pub(super) has_viqr: bool,
    /// Lines of keys of Telex or VNI that nothing else can be.
    pub(super) has_telex: bool,
    pub(super) has_vni: bool,
}

impl Known {
    fn add(&mut self, part: &str) {
        self.wrong_letters.add(part);
        self.is_vietnamese = self.is_vietnamese || part.chars().any(is_only_vietnamese);
        if !self.is_vietnamese {
            self.note_spelled(part);
        }
        self.has_right_to_left = self.has_right_to_left || has_right_to_left(part);
        self.has_elements = self.has_elements || has_elements(part);
        self.has_viqr = self.has_viqr || has_viqr(part);
        self.has_telex = self.has_telex || has_typed(part, InputMethod::Telex);
        self.has_vni = self.has_vni || has_typed(part, InputMethod::Vni);
    }

    /// Notes the fixes that put letters into a part that only Vietnamese has.
    fn note_spelled(&mut self, part: &str) {
        for fix in [
            Fix::Utf7,
            Fix::Mojibake,
            Fix::References,
            Fix::Viqr,
            Fix::Telex,
            Fix::Vni,
            Fix::Compose,
        ] {
            if !self.vietnamese_after.contains(&fix) {
                let edits = fix.edits(part, self);
                if edits.iter().any(|edit| edit.replacement.chars().any(is_only_vietnamese)) {
                    self.vietnamese_after.push(fix);
                }
            }
        }
    }

    /// What is known of a text to which these fixes are applied.
    pub(super) fn with_fixes(&self, fixes: &[Fix]) -> Self {
        let is_spelled = fixes.iter().any(|fix| self.vietnamese_after.contains(fix));
        Self { is_vietnamese: self.is_vietnamese || is_spelled, ..self.clone() }
    }

    /// What is still known when the fixes were applied once: spellings in ASCII and wrong letters are
    /// gone, what is left of them is judged anew.
    pub(super) fn after_first_round(&self) -> Self {
        Self {
            wrong_letters: mojibake::Evidence::default(),
            has_viqr: false,
            has_telex: false,
            has_vni: false,
            ..self.clone()
        }
    }
}
