//! Stop words: words that tell nothing of the topic.
//!
//! The list that ships with the library is not made by hand. It holds the words that 129,613 news
//! articles use as if by chance: their residual idf is low (K. Church and W. Gale, "Poisson
//! mixtures", 1995; see [`weighting`](crate::corpus::weighting)), while words of a topic come in
//! bunches. A word is taken if it is in
//!
//! - at least 30 % of the articles, with a residual idf of at most 0.70 bits,
//! - at least 10 %, with at most 0.45, or
//! - at least 2 %, with at most 0.20.
//!
//! `models/rebuild.sh` has the command; `models/vi-news.stopwords` the words, with both figures.

use std::fmt;

use rustc_hash::FxHashSet;

use crate::text::key::{TermHash, fold};

/// A set of words that are left out where the topic counts.
///
/// # Examples
///
/// ```
/// use tomtat::weights::StopWords;
///
/// let words = StopWords::parse("của\n# a comment\nTuy nhiên\t0.12\n");
/// assert!(words.contains("của") && words.contains("tuy nhiên"));
/// assert!(!words.contains("kinh tế"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StopWords {
    /// Keys, sorted by bytes.
    keys: Vec<String>,
    hashes: FxHashSet<TermHash>,
}

/// Prints the number of words.
impl fmt::Debug for StopWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StopWords").field("words", &self.keys.len()).finish_non_exhaustive()
    }
}

impl StopWords {
    /// Reads one word a line; what follows a tab, lines that begin with `#` and empty lines are
    /// passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split('\t').next()).collect()
    }

    /// Returns true if the word with this key is in the set.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.keys.binary_search_by(|word| word.as_str().cmp(key)).is_ok()
    }

    /// Returns true if the word with this hash is in the set.
    #[inline]
    #[must_use]
    pub(crate) fn contains_hash(&self, word: TermHash) -> bool {
        self.hashes.contains(&word)
    }

    /// Returns the keys, sorted by bytes.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// Returns the number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns true if there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// Folds the words to their keys; a word given twice is one.
impl<W: AsRef<str>> FromIterator<W> for StopWords {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        let folded = words.into_iter().map(|word| fold(word.as_ref().trim()));
        let mut keys: Vec<String> = folded.filter(|key| !key.is_empty()).collect();
        keys.sort_unstable();
        keys.dedup();
        let hashes = keys.iter().map(|key| TermHash::of_key(key)).collect();
        Self { keys, hashes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn every_stop_word_is_a_key() {
        let words = builtin::stop_words();
        assert!(words.len() > 200);
        assert!(words.keys().all(|word| fold(word) == *word && !word.is_empty()));
        assert!(words.contains("những") && !words.contains("trường học"));
        assert!(words.contains_hash(TermHash::of_key("những")));
    }

    #[test]
    fn words_of_a_list_are_folded() {
        let words = StopWords::parse("HÒA\n\n# Huế\nvà\t1\t2\nvà\n");
        assert_eq!(words.keys().collect::<Vec<_>>(), ["hoà", "và"].map(fold));
    }
}
