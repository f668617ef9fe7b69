//! Concordances: every place where a pattern occurs, with what stands around it (KWIC).
//!
//! | in a pattern | matches |
//! |---|---|
//! | `kinh tế`, `kinh_tế` | these syllables in a row; space and underscore are alike |
//! | `ph*`, `c?` | `*` any letters, `?` one |
//! | `*` alone | any item: a syllable, or a word |
//! | `cà_phê\|trà` | either |
//! | `/t[aă]n\|.+ng/` | an item of which all matches the regular expression |
//!
//! With [`TermUnit::Word`] a hit is made of whole words, and an item is a word; otherwise it is a
//! syllable. Words are compared by their folded keys: case, tone style and composition do not
//! matter. [`PatternOptions`] makes case matter, or leaves the marks of letters and tones out, so that
//! `ca phe` finds `cà phê`.
//!
//! # References
//!
//! - H. P. Luhn, "Key Word-in-Context Index for Technical Literature", American Documentation 11(4),
//!   1960.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::ngram::{Item, TermUnit, items_of};
use crate::document::{Document, Sentence};
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
#[derive(Clone, Debug)]
pub struct Pattern {
    places: Vec<Vec<Alternative>>,
    options: PatternOptions,
}

/// How a pattern is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternOptions {
    unit: TermUnit,
    loose: bool,
    case_sensitive: bool,
}

impl PatternOptions {
    /// Matches items of this unit; marks count, case does not.
    #[must_use]
    pub const fn new(unit: TermUnit) -> Self {
        Self { unit, loose: false, case_sensitive: false }
    }

    /// Sets whether letters match with and without marks.
    #[must_use]
    pub const fn with_loose(mut self, loose: bool) -> Self {
        self.loose = loose;
        self
    }

    /// Sets whether case counts.
    #[must_use]
    pub const fn with_case_sensitive(mut self, case_sensitive: bool) -> Self {
        self.case_sensitive = case_sensitive;
        self
    }

    /// The form in which words are compared.
    fn comparable(self, text: &str) -> String {
        let folded = if self.loose { search_key(text) } else { key::fold(text) };
        if !self.case_sensitive {
            return folded;
        }
        // Folding moves and removes marks, but keeps letters in their places.
        let letters: Vec<char> = text.nfc().filter(|c| !key::is_ignorable(*c)).collect();
        let is_upper = |c: &char| c.is_uppercase();
        if letters.len() == folded.chars().count() {
            let cased = folded.chars().zip(&letters);
            return cased
                .flat_map(|(c, letter)| {
                    let upper = is_upper(letter).then(|| c.to_uppercase());
                    let lower = upper.is_none().then_some(c);
                    upper.into_iter().flatten().chain(lower)
                })
                .collect();
        }
        if letters.iter().any(is_upper) { folded.to_uppercase() } else { folded }
    }
}

/// Tells whether the key of an item matches, for instance a compiled regular expression.
pub type ItemMatcher = Arc<dyn Fn(&str) -> bool + Send + Sync>;

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
    /// A regular expression that cannot be used.
    #[error("`/{expression}/` is no regular expression: {reason}")]
    Regex {
        /// What stands between the slashes.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The most places of a pattern.
pub const MAX_PLACES: usize = 32;

/// One of the things that a place may match.
#[derive(Clone)]
enum Alternative {
    /// Syllables in a row.
    Row(Vec<Glob>),
    /// One item, whatever its syllables.
    Item(Glob),
    /// One item that this accepts.
    Matching(ItemMatcher),
}

impl fmt::Debug for Alternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(globs) => f.debug_tuple("Row").field(globs).finish(),
            Self::Item(glob) => f.debug_tuple("Item").field(glob).finish(),
            Self::Matching(_) => f.write_str("Matching"),
        }
    }
}

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
    /// Reads a word with wildcards; an underscore stands for the space between syllables.
    fn new(text: &str, options: PatternOptions) -> Self {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let flush = |literal: &mut String, pieces: &mut Vec<Piece>| {
            let folded = options.comparable(literal);
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

    fn is_wild(&self) -> bool {
        self.0.iter().any(|piece| !matches!(piece, Piece::Letter(_)))
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
    /// Reads a pattern without regular expressions; see the [module](self) for what stands in it.
    ///
    /// # Errors
    ///
    /// Returns an error if the pattern has no word or would match everything.
    pub fn new(pattern: &str, unit: TermUnit, loose: bool) -> Result<Self, PatternError> {
        let options = PatternOptions::new(unit).with_loose(loose);
        Self::parse(pattern, options, |_| Err("none can be used here".to_owned()))
    }

    /// Reads a pattern; `compile` makes a matcher of what stands between two slashes.
    ///
    /// Items are handed to the matcher as they are compared: folded, and without marks if the options
    /// say so. The syllables of a word have a space between.
    ///
    /// # Errors
    ///
    /// Returns an error if the pattern has no word, would match everything, or holds an expression
    /// that `compile` refuses.
    pub fn parse(
        pattern: &str,
        options: PatternOptions,
        mut compile: impl FnMut(&str) -> Result<ItemMatcher, String>,
    ) -> Result<Self, PatternError> {
        let mut places = Vec::new();
        let mut is_everything = true;
        for place in split_places(pattern) {
            if let Some(expression) = expression_of(place) {
                let matcher = compile(expression).map_err(|reason| PatternError::Regex {
                    expression: expression.to_owned(),
                    reason,
                })?;
                is_everything = false;
                places.push(vec![Alternative::Matching(matcher)]);
                continue;
            }
            let mut alternatives = Vec::new();
            let mut is_any = false;
            for text in place.split('|') {
                let glob = Glob::new(text, options);
                is_any |= glob.is_everything();
                // In a word, wildcards reach over its syllables.
                if options.unit == TermUnit::Word && glob.is_wild() {
                    alternatives.push(Alternative::Item(glob));
                } else {
                    let syllables = text.split('_').filter(|text| !text.is_empty());
                    let row: Vec<Glob> = syllables.map(|text| Glob::new(text, options)).collect();
                    alternatives.push(Alternative::Row(row));
                }
            }
            is_everything &= is_any;
            places.push(alternatives);
        }
        if places.is_empty() {
            return Err(PatternError::Empty);
        }
        if places.len() > MAX_PLACES {
            return Err(PatternError::TooLong(places.len()));
        }
        if is_everything {
            return Err(PatternError::Everything(pattern.to_owned()));
        }
        Ok(Self { places, options })
    }

    /// Returns every hit in the sentences that `keep` chooses, in order; hits may overlap. Of several
    /// hits that begin at one place the longest is returned.
    ///
    /// A hit never crosses the boundary of a sentence and never holds a punctuation mark.
    #[must_use]
    pub fn hits(
        &self,
        document: &Document,
        mut keep: impl FnMut(Sentence<'_>) -> bool,
    ) -> Vec<Hit> {
        let (mut hits, mut items) = (Vec::new(), Vec::new());
        for sentence in document.sentences() {
            if !keep(sentence) {
                continue;
            }
            let searched = Searched::new(document, sentence, self.options, &mut items);
            for start in 0..items.len() {
                if let Some(end) = self.longest(&searched, start) {
                    let span = items[start].span(document).start..items[end - 1].span(document).end;
                    hits.push(Hit { span, sentence: sentence.index() });
                }
            }
        }
        hits
    }

    /// Returns the syllable behind the longest hit that begins at a syllable.
    fn longest(&self, searched: &Searched, start: usize) -> Option<usize> {
        let is_word = self.options.unit == TermUnit::Word;
        if is_word && searched.words[start].is_none() {
            return None;
        }
        let (mut ends, mut next) = (vec![start], Vec::new());
        for place in &self.places {
            for &at in &ends {
                next.extend(place.iter().filter_map(|alternative| searched.end(alternative, at)));
            }
            next.sort_unstable();
            next.dedup();
            std::mem::swap(&mut ends, &mut next);
            next.clear();
            if ends.is_empty() {
                return None;
            }
        }
        let is_whole = |&end: &usize| !is_word || searched.ends_word(end);
        ends.into_iter().rfind(|end| *end > start && is_whole(end))
    }
}

/// The syllables of a sentence as they are compared, and where its words are.
struct Searched {
    /// `None` for punctuation marks.
    syllables: Vec<Option<String>>,
    /// The words that begin at a syllable: the syllable behind the word, and how it is compared. Only
    /// where items are words.
    words: Vec<Option<(usize, String)>>,
    unit: TermUnit,
}

impl Searched {
    fn new(
        document: &Document,
        sentence: Sentence<'_>,
        options: PatternOptions,
        items: &mut Vec<Item>,
    ) -> Self {
        let compared = |item: &Item| {
            if options.case_sensitive {
                let text = &document.text()[item.span(document)];
                let parts = text.split(|c: char| c == '_' || c.is_whitespace());
                return options.comparable(&parts.collect::<Vec<_>>().join(" "));
            }
            let key = item.key(document);
            if options.loose { options.comparable(&key) } else { key }
        };
        let mut words = Vec::new();
        if options.unit == TermUnit::Word {
            let mut of_words = Vec::new();
            items_of(document, sentence, TermUnit::Word, &mut of_words);
            items_of(document, sentence, TermUnit::Syllable, items);
            words.resize(items.len(), None);
            for word in of_words.iter().filter(|word| !word.is_boundary()) {
                let place = |token| items.partition_point(|item| item.first_token() < token);
                let (start, end) = (place(word.first_token()), place(word.tokens().end));
                words[start] = Some((end, compared(word)));
            }
        } else {
            items_of(document, sentence, TermUnit::Syllable, items);
        }
        let syllables =
            items.iter().map(|item| (!item.is_boundary()).then(|| compared(item))).collect();
        Self { syllables, words, unit: options.unit }
    }

    /// Returns the syllable behind what an alternative matches at a place.
    fn end(&self, alternative: &Alternative, at: usize) -> Option<usize> {
        let globs = match alternative {
            Alternative::Row(globs) => globs,
            Alternative::Item(glob) => return self.item_end(at, |key| glob.matches(key)),
            Alternative::Matching(matches) => return self.item_end(at, |key| matches(key)),
        };
        let end = at + globs.len();
        let syllables = self.syllables.get(at..end)?;
        let mut pairs = globs.iter().zip(syllables);
        let is_match = pairs.all(|(glob, key)| key.as_deref().is_some_and(|key| glob.matches(key)));
        is_match.then_some(end)
    }

    fn item_end(&self, at: usize, matches: impl Fn(&str) -> bool) -> Option<usize> {
        let (end, key) = if self.unit == TermUnit::Word {
            self.words.get(at)?.as_ref().map(|(end, key)| (*end, key))?
        } else {
            (at + 1, self.syllables.get(at)?.as_ref()?)
        };
        matches(key).then_some(end)
    }

    /// Returns true if a word ends before this syllable.
    fn ends_word(&self, end: usize) -> bool {
        // Inside of a word no other one begins.
        self.words.get(end).is_none_or(Option::is_some)
            || self.syllables.get(end).is_some_and(Option::is_none)
    }
}

/// Parts a pattern at spaces; a regular expression keeps its own.
fn split_places(pattern: &str) -> Vec<&str> {
    let mut places = Vec::new();
    let mut rest = pattern.trim_start();
    while !rest.is_empty() {
        let closed = rest.strip_prefix('/').and_then(|inside| {
            let mut ends = inside.match_indices('/').map(|(at, _)| at + 2);
            ends.find(|&end| rest[end..].chars().next().is_none_or(char::is_whitespace))
        });
        let end = closed.unwrap_or_else(|| rest.find(char::is_whitespace).unwrap_or(rest.len()));
        places.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    places
}

/// What stands between the slashes of a regular expression.
fn expression_of(place: &str) -> Option<&str> {
    place.strip_prefix('/')?.strip_suffix('/').filter(|expression| !expression.is_empty())
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
    fn space_and_underscore_are_alike_in_both_units() {
        let text = "Kinh tế tăng. Kinh tế học khó. Học sinh đi học, giáo viên dạy.";
        for pattern in ["kinh tế", "kinh_tế"] {
            assert_eq!(hits(pattern, TermUnit::Syllable, false, text), ["Kinh tế", "Kinh tế"]);
            // Hits are whole words: "Kinh tế học" is another one, if it is one.
            let words = hits(pattern, TermUnit::Word, false, text);
            assert_eq!(words.first().map(String::as_str), Some("Kinh tế"), "{words:?}");
        }
        let either = hits("học_sinh|giáo_viên|dạy", TermUnit::Syllable, false, text);
        assert_eq!(either, ["Học sinh", "giáo viên", "dạy"]);
        // No hit begins or ends inside of a word.
        assert!(hits("sinh", TermUnit::Word, false, text).is_empty());
        assert_eq!(hits("sinh", TermUnit::Syllable, false, text), ["sinh"]);
    }

    #[test]
    fn case_counts_if_asked() {
        let options = PatternOptions::new(TermUnit::Syllable).with_case_sensitive(true);
        let document = Analyzer::new().analyze("Hòa bình. Anh Hòa đến. HÒA hoà.");
        let found = |pattern: &str, options: PatternOptions| {
            let pattern = Pattern::parse(pattern, options, |_| Err(String::new()));
            pattern.expect("a pattern").hits(&document, |_| true).len()
        };
        assert_eq!(found("Hoà", options), 2);
        assert_eq!(found("HOÀ", options), 1);
        assert_eq!(found("hòa", options), 1);
        assert_eq!(found("Hoa", options.with_loose(true)), 2);
    }

    #[test]
    fn regular_expressions_match_whole_items() {
        let compile = |expression: &str| -> Result<ItemMatcher, String> {
            let letters = expression.to_owned();
            Ok(Arc::new(move |key: &str| key.chars().all(|c| letters.contains(c))))
        };
        let document = Analyzer::new().analyze("Học sinh uống cà phê, học bài.");
        let found = |pattern: &str, unit| {
            let pattern = Pattern::parse(pattern, PatternOptions::new(unit), compile);
            let hits = pattern.expect("a pattern").hits(&document, |_| true);
            hits.iter().map(|hit| document.text()[hit.span()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("/họcsinh/ /uốngsih/", TermUnit::Syllable), ["Học sinh", "sinh uống"]);
        assert_eq!(found("/học sinh/", TermUnit::Word), ["Học sinh", "học"]);
        let refused = Pattern::new("/a/", TermUnit::Word, false);
        assert!(matches!(refused, Err(PatternError::Regex { .. })));
    }

    #[test]
    fn overlapping_hits_are_all_found() {
        assert_eq!(hits("la la", TermUnit::Syllable, false, "la la la la.").len(), 3);
    }

    #[test]
    fn globs_match_whole_words() {
        let options = PatternOptions::new(TermUnit::Syllable);
        let glob = |pattern: &str, word: &str| Glob::new(pattern, options).matches(word);
        assert!(glob("a*b*c", "axxbyyc") && !glob("a*b*c", "axxbyy"));
        assert!(glob("*", "") && glob("**a", "ba") && glob("?a", "ba") && !glob("?a", "a"));
        assert!(!glob("", "a"));
        // Many stars stay quick.
        assert!(!glob(&"*a".repeat(50), &format!("{}b", "a".repeat(5000))));
    }

    #[test]
    fn useless_patterns_are_errors() {
        assert_eq!(Pattern::new(" ", TermUnit::Word, false).err(), Some(PatternError::Empty));
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
