//! A user's dictionary: words that win over any segmenter.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::lexicon::Lexicon;
use super::{Unit, WordSegmenter};
use crate::text::key::UnitId;
use crate::token::sentence_starters::SentenceStarters;
use crate::token::tokenizer::tokenize;
use crate::token::{Gap, Token};

/// A line of a dictionary that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DictionaryError {
    /// The weight is not a whole number above 0.
    #[error("line {line}: the weight must be a whole number above 0, found `{found}`")]
    Weight {
        /// Line, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// The word has nothing that can be seen, or begins or ends inside of what is one token
    /// wherever it stands.
    #[error("line {line}: `{word}` can never be found in a text")]
    NeverFound {
        /// Line, from 1.
        line: usize,
        /// The word.
        word: String,
    },
    /// The word has too many units.
    #[error("line {line}: a word has at most {max} syllables and marks, found {found}", max = Lexicon::MAX_UNITS)]
    TooLong {
        /// Line, from 1.
        line: usize,
        /// Units of the word.
        found: usize,
    },
}

/// A unit of a word, and whether it touches the unit before.
type WordUnit = (UnitId, bool);

/// Words with weights.
///
/// A word is found wherever its characters stand, as long as it begins and ends where a token does:
/// `Node.js`, `H'Mông`, `C++`, `Q. 1`. Case, tone style and composition do not matter.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use tomtat::Analyzer;
/// use tomtat::words::Dictionary;
///
/// let dictionary = Dictionary::parse("bún chả cá\t5\nchả cá Nha Trang\n# a comment\n")?;
/// let analyzer = Analyzer::new().with_dictionary(dictionary);
/// let document = analyzer.analyze("Tôi ăn bún chả cá Nha Trang.");
/// let words: Vec<String> =
///     document.sentences().flat_map(|s| s.words().map(|w| w.key()).collect::<Vec<_>>()).collect();
/// assert!(words.contains(&"bún chả cá".to_owned()));
/// # Ok::<(), tomtat::words::DictionaryError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    words: BTreeMap<Vec<WordUnit>, u32>,
    /// Number of words as they were given, of which some have several sequences of units.
    count: usize,
    longest: usize,
}

/// Prints the number of words.
impl fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dictionary").field("words", &self.count).finish_non_exhaustive()
    }
}

impl Dictionary {
    /// Reads a dictionary: one word a line, with its weight after a tab.
    ///
    /// The syllables of a word are separated by spaces or underscores. Lines that begin with `#`
    /// are comments. Without a weight a word weighs 1 for each syllable, so that longer words win.
    ///
    /// # Errors
    ///
    /// Returns an error that names the line.
    pub fn parse(text: &str) -> Result<Self, DictionaryError> {
        let mut dictionary = Self::default();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{FEFF}');
            let (word, weight) = match line.split_once('\t') {
                Some((word, weight)) => (word, Some(weight.trim())),
                None => (line, None),
            };
            if word.trim().is_empty() || word.starts_with('#') {
                continue;
            }
            let line = number + 1;
            let weight = weight.filter(|weight| !weight.is_empty()).map(|found| {
                let weight = found.parse().ok().filter(|&weight| weight > 0);
                weight.ok_or_else(|| DictionaryError::Weight { line, found: found.to_owned() })
            });
            dictionary.add(word, weight.transpose()?, line)?;
        }
        Ok(dictionary)
    }

    /// Adds a word; without a weight it weighs 1 for each unit.
    ///
    /// # Errors
    ///
    /// Returns an error if the word has too many units, or can never be found; its line is 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::words::Dictionary;
    ///
    /// let mut dictionary = Dictionary::default();
    /// dictionary.insert("Node.js", None)?;
    /// dictionary.insert("bún chả cá", Some(5))?;
    /// assert_eq!(dictionary.len(), 2);
    /// assert!(dictionary.insert(" ", None).is_err());
    /// # Ok::<(), tomtat::words::DictionaryError>(())
    /// ```
    pub fn insert(&mut self, word: &str, weight: Option<u32>) -> Result<(), DictionaryError> {
        self.add(word, weight, 1)
    }

    fn add(&mut self, word: &str, weight: Option<u32>, line: usize) -> Result<(), DictionaryError> {
        let word = word.replace('_', " ");
        let word = word.trim();
        let sequences = unit_sequences(word);
        let Some(longest) = sequences.iter().map(Vec::len).max() else {
            return Err(DictionaryError::NeverFound { line, word: word.to_owned() });
        };
        if longest > Lexicon::MAX_UNITS {
            return Err(DictionaryError::TooLong { line, found: longest });
        }
        self.longest = self.longest.max(longest);
        let mut is_new = true;
        for units in sequences {
            let weight = weight.unwrap_or(units.len() as u32);
            is_new &= self.words.insert(units, weight).is_none();
        }
        self.count += usize::from(is_new);
        Ok(())
    }

    /// Returns the number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Returns true if there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Returns the units of a word as the tokenizer finds them in a text. What follows may decide who
/// owns a full stop at the end, so the word is read before several things. No model decides here,
/// so that a dictionary holds the same words beside any models.
fn unit_sequences(word: &str) -> Vec<Vec<WordUnit>> {
    let starters = SentenceStarters::default();
    let mut sequences: Vec<Vec<WordUnit>> = Vec::new();
    for after in ["", " a", " A", " 1", ".", ","] {
        let text = format!("{word}{after}");
        let mut tokens: Vec<Token> = Vec::new();
        tokenize(&text, 0..text.len(), &starters, &mut tokens);
        let inside = tokens.iter().take_while(|token| token.span().end <= word.len()).count();
        let is_cut = tokens.get(inside).is_some_and(|token| token.span().start < word.len());
        if inside == 0 || is_cut {
            continue;
        }
        let touches =
            |(at, token): (usize, &Token)| (token.unit(), at > 0 && token.gap() == Gap::None);
        let units: Vec<WordUnit> = tokens[..inside].iter().enumerate().map(touches).collect();
        if !sequences.contains(&units) {
            sequences.push(units);
        }
    }
    sequences
}

/// A segmenter whose words give way to those of a [`Dictionary`].
///
/// Where words of the dictionary overlap, the choice with the largest sum of weights wins; of equal
/// choices the one that begins earlier.
#[derive(Clone, Debug)]
pub struct WithDictionary {
    inner: Arc<dyn WordSegmenter>,
    dictionary: Dictionary,
}

impl WithDictionary {
    /// Puts a dictionary over a segmenter.
    #[must_use]
    pub const fn new(inner: Arc<dyn WordSegmenter>, dictionary: Dictionary) -> Self {
        Self { inner, dictionary }
    }

    /// Finds the words of the dictionary, as (start, length), by weighted interval scheduling.
    fn matches(&self, units: &[Unit]) -> Vec<(usize, usize)> {
        // best[i]: largest sum of weights from unit i on, and the length of the word that begins
        // there.
        let mut best = vec![(0u64, 0usize); units.len() + 1];
        let mut key = Vec::with_capacity(self.dictionary.longest);
        for start in (0..units.len()).rev() {
            best[start] = (best[start + 1].0, 0);
            key.clear();
            for length in 1..=self.dictionary.longest.min(units.len() - start) {
                let unit = &units[start + length - 1];
                key.push((unit.id, length > 1 && unit.touches));
                if let Some(&weight) = self.dictionary.words.get(&key) {
                    let sum = best[start + length].0 + u64::from(weight);
                    if sum >= best[start].0 {
                        best[start] = (sum, length);
                    }
                }
            }
        }
        let (mut found, mut at) = (Vec::new(), 0);
        while at < units.len() {
            let length = best[at].1;
            if length > 0 {
                found.push((at, length));
            }
            at += length.max(1);
        }
        found
    }
}

impl WordSegmenter for WithDictionary {
    fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
        self.inner.join(units, joins);
        for (start, length) in self.matches(units) {
            joins[start..start + length].fill(true);
            joins[start] = false;
            if let Some(after) = joins.get_mut(start + length) {
                *after = false;
            }
        }
    }

    fn margins(&self, units: &[Unit], margins: &mut Vec<i32>) -> bool {
        self.inner.margins(units, margins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{Shape, TokenKind};
    use crate::words::longest_match::LongestMatch;

    fn words(dictionary: &str, text: &str) -> Vec<String> {
        let lexicon = Lexicon::from_entries([("bánh mì", 5), ("mì gói", 5), ("sinh viên", 5)]);
        let dictionary = Dictionary::parse(dictionary).expect("a dictionary");
        let segmenter = WithDictionary::new(Arc::new(LongestMatch::new(lexicon)), dictionary);
        let syllables: Vec<&str> = text.split(' ').collect();
        let units: Vec<Unit> = syllables
            .iter()
            .map(|s| Unit {
                id: UnitId::of(s),
                kind: TokenKind::Syllable,
                shape: Shape::Lower,
                touches: false,
            })
            .collect();
        let mut joins = Vec::new();
        segmenter.join(&units, &mut joins);
        let mut out: Vec<String> = Vec::new();
        for (syllable, join) in syllables.iter().zip(joins) {
            match out.last_mut() {
                Some(last) if join => {
                    last.push('_');
                    last.push_str(syllable);
                }
                _ => out.push((*syllable).to_owned()),
            }
        }
        out
    }

    #[test]
    fn the_dictionary_wins_over_the_segmenter() {
        assert_eq!(words("", "bánh mì gói"), ["bánh_mì", "gói"]);
        assert_eq!(words("mì gói", "bánh mì gói"), ["bánh", "mì_gói"]);
        assert_eq!(words("bánh\n", "bánh mì gói"), ["bánh", "mì", "gói"]);
        assert_eq!(words("Việt_Nam", "sinh viên việt nam"), ["sinh_viên", "việt_nam"]);
    }

    #[test]
    fn weights_decide_between_overlapping_words() {
        assert_eq!(words("a b\nb c", "a b c"), ["a_b", "c"]);
        assert_eq!(words("a b\t1\nb c\t9", "a b c"), ["a", "b_c"]);
        assert_eq!(words("a b\nb c\na b c", "a b c"), ["a_b_c"]);
    }

    #[test]
    fn bad_lines_are_named() {
        let error = Dictionary::parse("a b\t1\nc d\tx").expect_err("no number");
        assert_eq!(error, DictionaryError::Weight { line: 2, found: "x".into() });
        let error = Dictionary::parse(&"a ".repeat(20)).expect_err("too long");
        assert_eq!(error, DictionaryError::TooLong { line: 1, found: 20 });
        let error = Dictionary::parse("a b\n\u{200B}\tx").expect_err("no number");
        assert_eq!(
            error.to_string(),
            "line 2: the weight must be a whole number above 0, found `x`"
        );
        let error = Dictionary::parse("_\n").expect_err("nothing to find");
        assert_eq!(error, DictionaryError::NeverFound { line: 1, word: String::new() });
    }

    #[test]
    fn words_are_found_by_their_characters() {
        let mut dictionary = Dictionary::default();
        for word in ["Vue.js", "Yahoo! Mail", "M'Nông", "Q. 7", "ông T.", "24/7"] {
            dictionary.insert(word, None).expect(word);
        }
        let lexicon = Lexicon::from_entries([("sinh viên", 5)]);
        let segmenter = WithDictionary::new(Arc::new(LongestMatch::new(lexicon)), dictionary);
        let joined = |text: &str| {
            let (mut tokens, mut joins) = (Vec::new(), Vec::new());
            tokenize(text, 0..text.len(), &SentenceStarters::default(), &mut tokens);
            segmenter.join(&tokens.iter().map(Unit::from).collect::<Vec<_>>(), &mut joins);
            let mut words: Vec<std::ops::Range<usize>> = Vec::new();
            for (token, join) in tokens.iter().zip(joins) {
                match words.last_mut() {
                    Some(last) if join => last.end = token.span().end,
                    _ => words.push(token.span()),
                }
            }
            words.into_iter().map(|word| text[word].to_owned()).collect::<Vec<String>>()
        };
        assert_eq!(joined("Học Vue.js đi"), ["Học", "Vue.js", "đi"]);
        assert_eq!(joined("Học Vue. js đi"), ["Học", "Vue", ".", "js", "đi"]);
        assert_eq!(joined("mở yahoo! mail nhé"), ["mở", "yahoo! mail", "nhé"]);
        assert_eq!(joined("ở Q. 7, ông T. kể"), ["ở", "Q. 7", ",", "ông T.", "kể"]);
    }
}
