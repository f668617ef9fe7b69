//! What is wrong with a text, and fixing it.

use tomtat::text::repair::check::{self, Report};
use tomtat::text::repair::normalize::{Fix, Normalizer};
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

    /// Fixes a text.
    ///
    /// # Errors
    ///
    /// If a fix or tone style is not known.
    pub fn normalize(
        &self,
        text: &str,
        options: &NormalizeOptions,
    ) -> Result<Normalized, InputError> {
        let tone = match options.tone.as_deref() {
            None => None,
            Some("old") => Some(ToneStyle::Old),
            Some("new") => Some(ToneStyle::New),
            Some(found) => {
                let (found, known) = (found.to_owned(), "old, new".to_owned());
                return Err(InputError::Unknown { option: "tone", found, known });
            }
        };
        let mut normalizer = match &options.fixes {
            None if tone.is_none() => Normalizer::safe(),
            None => Normalizer::new(),
            Some(fixes) => fixes.iter().try_fold(Normalizer::new(), |normalizer, name| {
                Ok::<_, InputError>(normalizer.with(fix(name)?))
            })?,
        };
        if let Some(style) = tone {
            normalizer = normalizer.with(Fix::Tone(style));
        }
        let fixed = normalizer.normalize(text);
        let changes = fixed
            .changes()
            .iter()
            .map(|change| Change { fix: change.fix().name(), count: change.count() })
            .collect();
        Ok(Normalized { text: fixed.text().to_owned(), changes })
    }
}

fn fix(name: &str) -> Result<Fix, InputError> {
    let known = Fix::ALL.into_iter().filter(|fix| !matches!(fix, Fix::Tone(_)));
    known.clone().find(|fix| fix.name() == name).ok_or_else(|| InputError::Unknown {
        option: "fixes",
        found: name.to_owned(),
        known: names(known.map(Fix::name)),
    })
}
