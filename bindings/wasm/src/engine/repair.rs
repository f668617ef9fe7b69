//! What is wrong with a text, and how it is fixed.

use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::misread::reread;
use tomtat::text::repair::check::{self, Report};
use tomtat::text::repair::normalize::{FinalVowel, Fix, Normalizer};
use tomtat::text::syllable::ToneStyle;

use super::{Engine, InputError, names};
use crate::objects::{Change, Normalized};
use crate::options::NormalizeOptions;

impl Engine {
    /// Looks for what is wrong with a text.
    #[must_use]
    pub fn check(&self, text: &str) -> Report {
        check::check(text)
    }

    /// Fixes a text; without any fix, by the safe ones.
    ///
    /// # Errors
    ///
    /// If an option is not known, or the text was read in a wrong encoding and the fixes would
    /// destroy its letters.
    pub fn normalize(
        &self,
        text: &str,
        options: &NormalizeOptions,
    ) -> Result<Normalized, InputError> {
        let misread = options.misread.as_deref().map(str::parse::<Encoding>).transpose();
        let misread = misread.map_err(|error| {
            let reason = error.to_string();
            InputError::Value { option: "misread", reason }
        })?;
        let style = chosen("tone", options.tone.as_deref(), TONES)?;
        let vowel = chosen("iY", options.i_y.as_deref(), VOWELS)?;
        let mut fixes = match &options.fixes {
            None => Vec::new(),
            Some(names) => names.iter().map(|name| fix(name)).collect::<Result<_, _>>()?,
        };
        fixes.extend(style.map(Fix::Tone).into_iter().chain(vowel.map(Fix::FinalVowel)));
        let named = options.fixes.is_some() || !fixes.is_empty() || misread.is_some();
        let base = if named { Normalizer::new() } else { Normalizer::safe() };
        let normalizer = fixes.into_iter().fold(base, Normalizer::with);
        let read_again = misread.map(|encoding| reread(text, encoding));
        let text = read_again.as_ref().map_or(text, |(text, _)| text);
        // What was read again has been undone.
        let normalizer = normalizer.with_force(options.force || misread.is_some());
        let result = normalizer.normalize(text);
        if let Some(damage) = result.refused() {
            return Err(InputError::Damaged(damage.clone()));
        }
        let letters =
            read_again.as_ref().map(|(_, count)| Change { fix: "misread", count: *count });
        let changes = result
            .changes()
            .iter()
            .map(|change| Change { fix: change.fix().name(), count: change.count() });
        Ok(Normalized {
            changes: letters.into_iter().chain(changes).collect(),
            text: result.text().to_owned(),
        })
    }
}

const TONES: [(&str, ToneStyle); 2] = [("old", ToneStyle::Old), ("new", ToneStyle::New)];
const VOWELS: [(&str, FinalVowel); 2] = [("i", FinalVowel::I), ("y", FinalVowel::Y)];

/// Returns the value that a name stands for.
fn chosen<T: Copy>(
    option: &'static str,
    found: Option<&str>,
    known: [(&str, T); 2],
) -> Result<Option<T>, InputError> {
    let Some(found) = found else { return Ok(None) };
    let value = known.iter().find(|(name, _)| *name == found).map(|(_, value)| *value);
    value.map(Some).ok_or_else(|| InputError::Unknown {
        option,
        found: found.to_owned(),
        known: names(known.into_iter().map(|(name, _)| name)),
    })
}

fn fix(name: &str) -> Result<Fix, InputError> {
    let known =
        Fix::ALL.into_iter().filter(|fix| !matches!(fix, Fix::Tone(_) | Fix::FinalVowel(_)));
    known.clone().find(|fix| fix.name() == name).ok_or_else(|| InputError::Unknown {
        option: "fixes",
        found: name.to_owned(),
        known: names(known.map(Fix::name)),
    })
}
