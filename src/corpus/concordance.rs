//! Concordances: every place where a pattern occurs, with what stands around it (KWIC).
//!
//! A pattern is a row of places: a word, a word with wildcards (`*` any letters, `?` one), or `*`
//! alone for any word. In a place several alternatives may stand, parted by `|`. Words are compared by
//! their folded keys; loose patterns also leave the marks of letters and tones out, so that `ca phe`
//! finds `cà phê`.
//!
//! # References
//!
//! - H. P. Luhn, "Key Word-in-Context Index for Technical Literature", American Documentation 11(4),
//!   1960.

use std::ops::Range;

use super::ngram::{Item, TermUnit, items_of};
use crate::document::Document;
use crate::text::key;
use crate::text::strip::search_key;

/// What is searched for.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::concordance::Pattern;
/// use tomtat::corpus::ngram::TermUnit;
///
/// let document = Analyzer::new().analyze("Trời mưa to. Hôm qua mưa nhỏ, mưa lâu.");
/// let pattern = Pattern::new("mưa *", TermUnit::Syllable, false)?;
/// let hits: Vec<&str> =
///     pattern.hits(&document, |_| true).iter().map(|hit| &document.text()[hit.span()]).collect();
/// assert_eq!(hits, ["mưa to", "mưa nhỏ", "mưa lâu"]);
/// # Ok::<(), tomtat::corpus::concordance::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    places: Vec<Vec<Glob>>,
    unit: TermUnit,
    loose: bool,
}

/// A pattern that cannot be searched for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// There is no word in it.
    #[error("the pattern is empty")]
    Empty,
    /// Every place takes any word.
    #[error("the pattern `{0}` matches every word; name at least one letter")]
    Everything(String),
    /// Too many places.
    #[error("a pattern has at most {MAX_PLACES} words, found {0}")]
    TooLong(usize),
}

/// The most places of a pattern.
pub const MAX_PLACES: usize = 32;

/// A word with wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Glob(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Any,
}

impl Glob {
    fn new(text: &str, loose: bool) -> Self {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let flush = |literal: &mut String, pieces: &mut Vec<Piece>| {
            let folded = comparable(literal, loose);
            pieces.extend(folded.chars().map(Piece::Letter));
            literal.clear();
        };
        for c in text.chars() {
            match c {
                '*' | '?' => {
                    flush(&mut literal, &mut pieces);
                    let piece = if c == '?' { Piece::One } else { Piece::Any };
                    if piece != Piece::Any || pieces.last() != Some(&Piece::Any) {
                        pieces.push(piece);
                    }
                }
                '_' => literal.push(' '),
                c => literal.push(c),
            }
        }
        flush(&mut literal, &mut pieces);
        Self(pieces)
    }

    fn is_everything(&self) -> bool {
        self.0.iter().all(|piece| !matches!(piece, Piece::Letter(_)))
    }

    /// Two pointers with one step back to the last `*`: at most |word| |pattern| steps.
    fn matches(&self, word: &str) -> bool {
        let word: Vec<char> = word.chars().collect();
        let (mut at, mut piece, mut back) = (0, 0, None);
        while at < word.len() {
            match self.0.get(piece) {
                Some(Piece::Any) => {
                    back = Some((piece, at));
                    piece += 1;
                }
                Some(Piece::One) => (at, piece) = (at + 1, piece + 1),
                Some(Piece::Letter(c)) if *c == word[at] => (at, piece) = (at + 1, piece + 1),
                _ => {
                    let Some((star, from)) = back else { return false };
                    back = Some((star, from + 1));
                    (at, piece) = (from + 1, star + 1);
                }
            }
        }
        self.0[piece..].iter().all(|piece| *piece == Piece::Any)
    }
}

/// The form in which words are compared.
fn comparable(text: &str, loose: bool) -> String {
    if loose { search_key(text) } else { key::fold(text) }
}

/// One place where the pattern occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    span: Range<usize>,
    sentence: usize,
}

impl Hit {
    /// Returns its bytes in the text.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the number of its sentence.
    #[must_use]
    pub const fn sentence(&self) -> usize {
        self.sentence
    }
}

impl Pattern {
    /// Reads a pattern: places are parted by spaces, alternatives by `|`; an underscore stands for the
    /// space inside a word of several syllables.
    ///
    /// With [`TermUnit::Syllable`], a place is one syllable, whatever word it is part of.
    ///
    /// # Errors
    ///
    /// Returns an error if the pattern has no word or would match everything.
    pub fn new(pattern: &str, unit: TermUnit, loose: bool) -> Result<Self, PatternError> {
        let places: Vec<Vec<Glob>> = pattern
            .split_whitespace()
            .map(|place| place.split('|').map(|word| Glob::new(word, loose)).collect())
            .collect();
        if places.is_empty() {
            return Err(PatternError::Empty);
        }
        if places.len() > MAX_PLACES {
            return Err(PatternError::TooLong(places.len()));
        }
        if places.iter().all(|place| place.iter().any(Glob::is_everything)) {
            return Err(PatternError::Everything(pattern.to_owned()));
        }
        Ok(Self { places, unit, loose })
    }

    /// Returns every hit in the sentences that `keep` chooses, in order; hits may overlap.
    ///
    /// A hit never crosses the boundary of a sentence and never holds a punctuation mark.
    #[must_use]
    pub fn hits(
        &self,
        document: &Document,
        mut keep: impl FnMut(crate::document::Sentence<'_>) -> bool,
    ) -> Vec<Hit> {
        let (mut items, mut hits, mut word) = (Vec::<Item>::new(), Vec::new(), String::new());
        let mut matching: Vec<u32> = Vec::new();
        for sentence in document.sentences() {
            if !keep(sentence) {
                continue;
            }
            items_of(document, sentence, self.unit, &mut items);
            // One bit a place: does the item match it?
            matching.clear();
            for item in &items {
                let mut bits = 0u32;
                if !item.is_boundary() {
                    word.clear();
                    item.key_into(document, &mut word);
                    if self.loose {
                        word = comparable(&word, true);
                    }
                    for (i, place) in self.places.iter().enumerate() {
                        bits |= u32::from(place.iter().any(|glob| glob.matches(&word))) << i;
                    }
                }
                matching.push(bits);
            }
            // Shift-and (Baeza-Yates and Gonnet 1992): all starts at once.
            let last = self.places.len() - 1;
            let mut state = 0u32;
            for (at, bits) in matching.iter().enumerate() {
                state = (state << 1 | 1) & bits;
                if state >> last & 1 == 1 {
                    let span = items[at - last].span(document).start..items[at].span(document).end;
                    hits.push(Hit { span, sentence: sentence.index() });
                }
            }
        }
        hits
    }
}

/// Returns the words before a place, the nearest first, and those after it, as keys to sort by.
#[must_use]
pub fn neighbours(document: &Document, hit: &Hit, words: usize) -> (Vec<String>, Vec<String>) {
    let tokens = document.tokens();
    let start = tokens.partition_point(|t| t.span().start < hit.span.start);
    let end = tokens.partition_point(|t| t.span().start < hit.span.end);
    let key_of = |t: &crate::token::Token| key::fold(&document.text()[t.span()]);
    let is_term = |t: &&crate::token::Token| t.kind().is_term();
    (
        tokens[..start].iter().rev().filter(is_term).take(words).map(key_of).collect(),
        tokens[end..].iter().filter(is_term).take(words).map(key_of).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    fn hits(pattern: &str, unit: TermUnit, loose: bool, text: &str) -> Vec<String> {
        let document = Analyzer::new().analyze(text);
        let pattern = Pattern::new(pattern, unit, loose).expect("a pattern");
        let hits = pattern.hits(&document, |_| true);
        hits.iter().map(|hit| text[hit.span()].to_owned()).collect()
    }

    const TEXT: &str = "Học sinh uống cà phê. Cà phê sữa, CA PHE đen và cá. Nhà hoà giải ở phố.";

    #[test]
    fn marks_count_unless_the_pattern_is_loose() {
        let strict = hits("cà phê", TermUnit::Syllable, false, TEXT);
        assert_eq!(strict, ["cà phê", "Cà phê"]);
        let loose = hits("ca phe", TermUnit::Syllable, true, TEXT);
        assert_eq!(loose, ["cà phê", "Cà phê", "CA PHE"]);
        assert_eq!(hits("hòa", TermUnit::Syllable, false, TEXT), ["hoà"]);
    }

    #[test]
    fn wildcards_and_alternatives() {
        assert_eq!(hits("ph*", TermUnit::Syllable, false, TEXT), ["phê", "phê", "PHE", "phố"]);
        assert_eq!(hits("c? phê|phe", TermUnit::Syllable, true, TEXT).len(), 3);
        assert_eq!(hits("học_sinh *", TermUnit::Word, false, TEXT), ["Học sinh uống"]);
        assert!(hits("sữa ca", TermUnit::Syllable, true, TEXT).is_empty());
    }

    #[test]
    fn overlapping_hits_are_all_found() {
        assert_eq!(hits("la la", TermUnit::Syllable, false, "la la la la.").len(), 3);
    }

    #[test]
    fn globs_match_whole_words() {
        let glob = |pattern: &str, word: &str| Glob::new(pattern, false).matches(word);
        assert!(glob("a*b*c", "axxbyyc") && !glob("a*b*c", "axxbyy"));
        assert!(glob("*", "") && glob("**a", "ba") && glob("?a", "ba") && !glob("?a", "a"));
        assert!(!glob("", "a"));
        // Many stars stay quick.
        assert!(!glob(&"*a".repeat(50), &format!("{}b", "a".repeat(5000))));
    }

    #[test]
    fn useless_patterns_are_errors() {
        assert_eq!(Pattern::new(" ", TermUnit::Word, false), Err(PatternError::Empty));
        assert!(Pattern::new("* ?", TermUnit::Word, false).is_err());
        assert!(Pattern::new(&"a ".repeat(40), TermUnit::Word, false).is_err());
    }

    #[test]
    fn neighbours_are_keys_from_the_hit_outwards() {
        let text = "Sáng nay, học sinh uống CÀ PHÊ sữa.";
        let document = Analyzer::new().analyze(text);
        let pattern = Pattern::new("uống", TermUnit::Syllable, false).expect("a pattern");
        let hit = &pattern.hits(&document, |_| true)[0];
        let (left, right) = neighbours(&document, hit, 2);
        assert_eq!(
            (left, right),
            (vec!["sinh".into(), "học".into()], vec!["cà".into(), "phê".into()])
        );
    }
}
