//! What language a word is of, as far as its letters tell.
//!
//! Foreign words stand among Vietnamese ones: names, brands, English terms. A Vietnamese word is one
//! whose syllables the orthography allows; of any other, letters show the script, and a few scripts
//! the language. More cannot be known of a single word without guessing, so nothing more is said.
//!
//! # References
//!
//! - A. Phillips and M. Davis, BCP 47, *Tags for Identifying Languages*, RFC 5646, 2009: the tags;
//!   `und` is a language that is not known, `zxx` what is no language, `mul` more than one.
//! - Unicode Standard Annex #24, *Unicode Script Property*.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript};

use super::syllable::Syllable;

/// Vietnamese.
pub const VIETNAMESE: &str = "vi";

/// Numbers, addresses and signs: no language.
pub const NONE: &str = "zxx";

/// More than one language.
pub const SEVERAL: &str = "mul";

/// Returns the BCP 47 tag of a word; its syllables are apart by white space.
///
/// # Examples
///
/// ```
/// use tomtat::text::language::language_of;
///
/// assert_eq!(language_of("học sinh"), "vi");
/// assert_eq!(language_of("marketing"), "und-Latn");
/// assert_eq!(language_of("Москва"), "und-Cyrl");
/// assert_eq!(language_of("12/6"), "zxx");
/// assert_eq!(language_of("tour du lịch"), "mul");
/// ```
#[must_use]
pub fn language_of(word: &str) -> Cow<'static, str> {
    let mut found: Option<Cow<'static, str>> = None;
    for part in word.split_whitespace() {
        let language = language_of_part(part);
        match &found {
            _ if language == NONE => {}
            Some(other) if *other != language => return Cow::Borrowed(SEVERAL),
            _ => found = Some(language),
        }
    }
    found.unwrap_or(Cow::Borrowed(NONE))
}

fn language_of_part(part: &str) -> Cow<'static, str> {
    if Syllable::parse(part).is_some() {
        return Cow::Borrowed(VIETNAMESE);
    }
    let mut letters = part.chars().filter(|c| c.is_alphabetic()).map(|c| c.script());
    let Some(script) = letters.next() else { return Cow::Borrowed(NONE) };
    // Japanese mixes three scripts.
    if letters.any(|other| other != script) && !matches!(script, Script::Han | Script::Hiragana) {
        return Cow::Borrowed("und");
    }
    match script {
        Script::Hiragana | Script::Katakana => Cow::Borrowed("ja"),
        Script::Hangul => Cow::Borrowed("ko"),
        Script::Thai => Cow::Borrowed("th"),
        Script::Lao => Cow::Borrowed("lo"),
        Script::Khmer => Cow::Borrowed("km"),
        Script::Greek => Cow::Borrowed("el"),
        script => Cow::Owned(format!("und-{}", script.short_name())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_the_script() {
        for (word, tag) in [
            ("", "zxx"),
            ("2.000", "zxx"),
            ("🙂", "zxx"),
            ("hoà", "vi"),
            ("HO\u{C0}", "vi"),
            ("covid-19", "und-Latn"),
            ("u23", "und-Latn"),
            ("中文", "und-Hani"),
            ("ひらがな", "ja"),
            ("한국", "ko"),
            ("ไทย", "th"),
            ("aя", "und"),
            ("quận 1", "vi"),
            ("3 km", "und-Latn"),
        ] {
            assert_eq!(language_of(word), tag, "{word}");
        }
    }
}
