//! Stop words: words that tell nothing of the topic.
//!
//! The list is not made by hand. It holds the words that 129,613 news articles use as if by chance:
//! their residual idf is low (K. Church and W. Gale, "Poisson mixtures", 1995; see
//! [`weighting`](crate::corpus::weighting)), while words of a topic come in bunches. A word is taken if it is in
//!
//! - at least 30 % of the articles, with a residual idf of at most 0.70 bits,
//! - at least 10 %, with at most 0.45, or
//! - at least 2 %, with at most 0.20.
//!
//! `models/rebuild.sh` has the command; `models/vi-news.stopwords` the words, with both figures.

use std::sync::LazyLock;

static WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../models/vi-news.stopwords").lines();
    let mut words: Vec<&str> = lines.filter_map(|line| line.split('\t').next()).collect();
    words.sort_unstable();
    words
});

/// Returns the keys of the Vietnamese stop words, sorted by bytes.
///
/// # Examples
///
/// ```
/// use tomtat::weights::stopwords::vietnamese;
///
/// assert!(vietnamese().contains(&"của") && vietnamese().contains(&"tuy nhiên"));
/// assert!(!vietnamese().contains(&"kinh tế"));
/// ```
#[must_use]
pub fn vietnamese() -> &'static [&'static str] {
    &WORDS
}

/// Returns true if the key is that of a Vietnamese stop word.
///
/// # Examples
///
/// ```
/// use tomtat::weights::stopwords::is_vietnamese;
///
/// assert!(is_vietnamese("những"));
/// assert!(!is_vietnamese("trường học"));
/// ```
#[must_use]
pub fn is_vietnamese(key: &str) -> bool {
    WORDS.binary_search(&key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::key::fold;

    #[test]
    fn every_stop_word_is_a_key() {
        assert!(vietnamese().len() > 200);
        assert!(vietnamese().iter().all(|word| fold(word) == *word && !word.is_empty()));
        assert!(vietnamese().windows(2).all(|pair| pair[0] < pair[1]));
    }
}
