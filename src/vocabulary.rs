//! Word lists that rules read, one file a list, in `vocabulary/`. Most are Vietnamese.
//!
//! A file holds comments (lines that begin with `#`), and either one phrase a line or words between
//! white space. All are lower case, composed (NFC) and in the old tone style unless both stand
//! there.

/// A word list that is part of the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordList(&'static str);

impl WordList {
    /// The phrases of the list, one a line, in the order of the file.
    pub(crate) fn phrases(self) -> impl Iterator<Item = &'static str> {
        self.0.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    /// The words of the list, in the order of the file.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        self.phrases().flat_map(str::split_ascii_whitespace)
    }
}

/// Declares the lists and, for the tests, all of them with the names of their files.
macro_rules! word_lists {
    ($($name:ident = $file:literal;)*) => {
        $(pub(crate) const $name: WordList =
            WordList(include_str!(concat!("vocabulary/", $file, ".txt")));)*
        #[cfg(test)]
        const ALL: &[(&str, WordList)] = &[$(($file, $name)),*];
    };
}

word_lists! {
    AGENCIES = "agencies";
    AMBIGUOUS_GIVEN_NAMES = "ambiguous-given-names";
    AUTHOR_LABELS = "author-labels";
    AUTHOR_NOTES = "author-notes";
    AUTHOR_NOTE_PREFIXES = "author-note-prefixes";
    AUTHOR_PREFIXES = "author-prefixes";
    CALENDAR_WORDS = "calendar-words";
    CLASSIFIERS = "classifiers";
    COMMENT_PREFIXES = "comment-prefixes";
    COMMENT_WORDS = "comment-words";
    CONSENT_PHRASES = "consent-phrases";
    CONTACT_PREFIXES = "contact-prefixes";
    CREDIT_LABELS = "credit-labels";
    ERROR_PHRASES = "error-phrases";
    GIVEN_NAMES = "given-names";
    IMPRINT_PHRASES = "imprint-phrases";
    IMPRINT_PREFIXES = "imprint-prefixes";
    LOGIN_PHRASES = "login-phrases";
    NO_NAME_WORDS = "no-name-words";
    PAGE_PHRASES = "page-phrases";
    PAGE_WORDS = "page-words";
    PERSON_TITLES = "person-titles";
    PICTURE_PLACES = "picture-places";
    PICTURE_PREFIXES = "picture-prefixes";
    PRONOUNS = "pronouns";
    PUBLICATION_LABELS = "publication-labels";
    PUBLISHERS = "publishers";
    QUANTIFIERS = "quantifiers";
    READER_NOTICES = "reader-notices";
    REFERENCE_HEADINGS = "reference-headings";
    RELATED_PHRASES = "related-phrases";
    RELATED_PREFIXES = "related-prefixes";
    RELATED_WORDS = "related-words";
    SEARCH_PHRASES = "search-phrases";
    SECTION_NAMES = "section-names";
    SENTENCE_STARTERS = "sentence-starters";
    SOURCE_PREFIXES = "source-prefixes";
    SURNAMES = "surnames";
    TAG_PREFIXES = "tag-prefixes";
    TOPIC_NEUTRAL_WORDS = "topic-neutral-words";
    VERBS_OF_PERSONS = "verbs-of-persons";
    VERBS_OF_SPEECH = "verbs-of-speech";
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn lists_are_composed_lower_case_and_without_doubles() {
        for (file, list) in ALL {
            let mut phrases: Vec<&str> = list.phrases().collect();
            assert!(!phrases.is_empty(), "{file}");
            for phrase in &phrases {
                assert!(is_nfc(phrase) && *phrase == phrase.to_lowercase(), "{file}: {phrase}");
            }
            phrases.sort_unstable();
            phrases.dedup();
            assert_eq!(phrases.len(), list.phrases().count(), "{file} says a phrase twice");
        }
    }
}
