//! Stems of foreign words: `meeting` and `meetings` count as `meet`.
//!
//! Vietnamese words do not change their form; what English or French words stand among them can be
//! counted by their stems. The stemmers are those of Snowball in the crate `rust-stemmers`. Its Greek
//! one stays off: it panics on some words.
//!
//! # References
//!
//! M. Porter, "Snowball: A language for stemming algorithms", 2001,
//! <https://snowballstem.org/texts/introduction.html>.

use std::fmt;
use std::str::FromStr;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::syllable::Syllable;

/// A language whose words can be cut to their stems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum StemLanguage {
    Arabic,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Hungarian,
    Italian,
    Norwegian,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
}

/// There is no stemmer of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no stemmer for `{0}`; there are {names}", names = names())]
pub struct StemError(String);

fn names() -> String {
    StemLanguage::ALL.map(StemLanguage::name).join(", ")
}

impl StemLanguage {
    /// All languages, by the alphabet. The order is that of saved files: new ones come last.
    pub const ALL: [Self; 17] = [
        Self::Arabic,
        Self::Danish,
        Self::Dutch,
        Self::English,
        Self::Finnish,
        Self::French,
        Self::German,
        Self::Hungarian,
        Self::Italian,
        Self::Norwegian,
        Self::Portuguese,
        Self::Romanian,
        Self::Russian,
        Self::Spanish,
        Self::Swedish,
        Self::Tamil,
        Self::Turkish,
    ];

    /// Returns the English name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arabic => "arabic",
            Self::Danish => "danish",
            Self::Dutch => "dutch",
            Self::English => "english",
            Self::Finnish => "finnish",
            Self::French => "french",
            Self::German => "german",
            Self::Hungarian => "hungarian",
            Self::Italian => "italian",
            Self::Norwegian => "norwegian",
            Self::Portuguese => "portuguese",
            Self::Romanian => "romanian",
            Self::Russian => "russian",
            Self::Spanish => "spanish",
            Self::Swedish => "swedish",
            Self::Tamil => "tamil",
            Self::Turkish => "turkish",
        }
    }

    /// Returns the stem of a foreign word in lower case that stands in Vietnamese text: the word
    /// itself where the stem is a Vietnamese syllable, with which it must not be counted.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::corpus::stem::StemLanguage;
    ///
    /// assert_eq!(StemLanguage::English.stem_foreign("meetings"), "meet");
    /// // `run` means to tremble.
    /// assert_eq!(StemLanguage::English.stem_foreign("running"), "running");
    /// ```
    #[must_use]
    pub fn stem_foreign(self, word: &str) -> String {
        let stem = self.stem(word);
        if Syllable::parse(&stem).is_some() { word.to_owned() } else { stem }
    }

    /// Returns the stem of a word in lower case.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::corpus::stem::StemLanguage;
    ///
    /// assert_eq!(StemLanguage::English.stem("summaries"), "summari");
    /// assert_eq!("french".parse::<StemLanguage>()?.stem("nationales"), "national");
    /// # Ok::<(), tomtat::corpus::stem::StemError>(())
    /// ```
    #[must_use]
    pub fn stem(self, word: &str) -> String {
        let algorithm = match self {
            Self::Arabic => Algorithm::Arabic,
            Self::Danish => Algorithm::Danish,
            Self::Dutch => Algorithm::Dutch,
            Self::English => Algorithm::English,
            Self::Finnish => Algorithm::Finnish,
            Self::French => Algorithm::French,
            Self::German => Algorithm::German,
            Self::Hungarian => Algorithm::Hungarian,
            Self::Italian => Algorithm::Italian,
            Self::Norwegian => Algorithm::Norwegian,
            Self::Portuguese => Algorithm::Portuguese,
            Self::Romanian => Algorithm::Romanian,
            Self::Russian => Algorithm::Russian,
            Self::Spanish => Algorithm::Spanish,
            Self::Swedish => Algorithm::Swedish,
            Self::Tamil => Algorithm::Tamil,
            Self::Turkish => Algorithm::Turkish,
        };
        // Numbers, addresses and names with digits have no stem.
        if !word.chars().all(char::is_alphabetic) {
            return word.to_owned();
        }
        let stem = Stemmer::create(algorithm).stem(word);
        if stem.is_empty() { word.to_owned() } else { stem.into_owned() }
    }
}

impl fmt::Display for StemLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for StemLanguage {
    type Err = StemError;

    fn from_str(name: &str) -> Result<Self, StemError> {
        let found = Self::ALL.into_iter().find(|language| language.name() == name);
        found.ok_or_else(|| StemError(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_lose_their_endings() {
        // The vocabulary files of Snowball: sample words and their stems.
        assert_eq!(StemLanguage::English.stem("consistently"), "consist");
        assert_eq!(StemLanguage::French.stem("continuellement"), "continuel");
        assert_eq!(StemLanguage::German.stem("aufeinanderfolgenden"), "aufeinanderfolg");
        assert_eq!(StemLanguage::English.stem("covid-19"), "covid-19");
        assert!("greek".parse::<StemLanguage>().is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_word_makes_a_stemmer_panic(word in "\\p{L}{0,24}", latin in "[a-zà-ỹœßø]{0,24}") {
            for language in StemLanguage::ALL {
                for word in [&word, &latin] {
                    prop_assert!(word.is_empty() || !language.stem(word).is_empty());
                }
            }
        }
    }
}
