//! What is counted: words or syllables, alone or as n-grams.
//!
//! An n-gram never crosses the boundary of a sentence, a punctuation mark or a symbol. Items that are
//! no punctuation are all counted, one-letter words and numbers too.

use std::ops::Range;

use super::stem::StemLanguage;
use crate::document::words::{Joiner, for_each_word};
use crate::document::{Document, Sentence};
use crate::text::key::{self, FNV_OFFSET, UnitId, fnv_step, mix};
use crate::token::{Token, TokenKind};

/// Parts the words of an n-gram in its key; within a word, syllables are parted by a space.
pub const WORD_BREAK: char = '\t';

/// The longest n-gram.
pub const MAX_N: usize = 5;

/// The most items that a skip-gram passes over.
pub const MAX_SKIP: usize = 9;

/// What counts as one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TermUnit {
    /// Words of one or more syllables.
    #[default]
    Word,
    /// Syllables, and whatever else stands between two spaces.
    Syllable,
}

impl TermUnit {
    /// Returns the name in machine formats.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Syllable => "syllable",
        }
    }
}

/// Which n-grams are counted.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::ngram::{NgramOptions, TermUnit};
///
/// let bigrams = NgramOptions::new(TermUnit::Word, 2..=2, 0)?;
/// assert_eq!(bigrams.lengths(), 2..=2);
/// assert!(NgramOptions::new(TermUnit::Word, 0..=2, 0).is_err());
/// # Ok::<(), tomtat::corpus::ngram::NgramError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NgramOptions {
    unit: TermUnit,
    min: u8,
    max: u8,
    skip: u8,
    stem: Option<StemLanguage>,
}

/// Lengths or gaps that cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NgramError {
    /// The lengths are out of range or upside down.
    #[error("n-grams of {min} to {max} items cannot be counted: lengths are 1 to {MAX_N}")]
    Length {
        /// The least length asked for.
        min: usize,
        /// The greatest.
        max: usize,
    },
    /// The gap is too wide.
    #[error("skip-grams pass over at most {MAX_SKIP} items, not {0}")]
    Skip(usize),
}

impl Default for NgramOptions {
    fn default() -> Self {
        Self { unit: TermUnit::Word, min: 1, max: 1, skip: 0, stem: None }
    }
}

impl NgramOptions {
    /// Chooses n-grams of these lengths that pass over at most `skip` items in all.
    ///
    /// # Errors
    ///
    /// Returns an error for lengths outside of 1 to [`MAX_N`] and a `skip` above [`MAX_SKIP`].
    pub fn new(
        unit: TermUnit,
        lengths: std::ops::RangeInclusive<usize>,
        skip: usize,
    ) -> Result<Self, NgramError> {
        let (min, max) = (*lengths.start(), *lengths.end());
        if min < 1 || max > MAX_N || min > max {
            return Err(NgramError::Length { min, max });
        }
        if skip > MAX_SKIP {
            return Err(NgramError::Skip(skip));
        }
        Ok(Self { unit, min: min as u8, max: max as u8, skip: skip as u8, stem: None })
    }

    /// Counts foreign words by their stems.
    #[must_use]
    pub const fn with_stem(mut self, stem: Option<StemLanguage>) -> Self {
        self.stem = stem;
        self
    }

    /// Returns what counts as one item.
    #[must_use]
    pub const fn unit(self) -> TermUnit {
        self.unit
    }

    /// Returns the language whose stems foreign words are counted by.
    #[must_use]
    pub const fn stem(self) -> Option<StemLanguage> {
        self.stem
    }

    /// Returns the lengths of the n-grams.
    #[must_use]
    pub const fn lengths(self) -> std::ops::RangeInclusive<usize> {
        self.min as usize..=self.max as usize
    }

    /// Returns how many items an n-gram may pass over.
    #[must_use]
    pub const fn skip(self) -> usize {
        self.skip as usize
    }
}

/// One item of a sentence, or a boundary that no n-gram crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    hash: u64,
    first: u32,
    tokens: u32,
    /// Its foreign words count by their stems.
    stem: Option<StemLanguage>,
}

impl Item {
    /// Returns true for punctuation and symbols.
    #[inline]
    #[must_use]
    pub const fn is_boundary(self) -> bool {
        self.tokens == 0
    }

    /// Returns the 64-bit identity of its key; 0 for a boundary.
    #[inline]
    #[must_use]
    pub const fn hash(self) -> u64 {
        self.hash
    }

    /// Returns the number of its first token in the document.
    #[must_use]
    pub(crate) const fn first_token(self) -> usize {
        self.first as usize
    }

    /// Returns its tokens in the document.
    #[must_use]
    pub const fn tokens(self) -> Range<usize> {
        self.first as usize..self.first as usize + self.tokens as usize
    }

    /// Returns its bytes in the text of `document`; for a boundary, those of the mark.
    #[must_use]
    pub fn span(self, document: &Document) -> Range<usize> {
        let tokens = document.tokens();
        let last = self.first + self.tokens.max(1) - 1;
        tokens[self.first as usize].span().start..tokens[last as usize].span().end
    }

    /// Appends its key to `out`: folded tokens joined by single spaces.
    pub(crate) fn key_into(self, document: &Document, out: &mut String) {
        for (i, token) in document.tokens()[self.tokens()].iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            match self.stem {
                Some(language) if is_foreign(token) => {
                    let folded = key::fold(&document.text()[token.span()]);
                    out.push_str(&language.stem_foreign(&folded));
                }
                _ => token.key_into(document.text(), out),
            }
        }
    }

    /// Returns its key.
    #[must_use]
    pub fn key(self, document: &Document) -> String {
        let mut out = String::new();
        self.key_into(document, &mut out);
        out
    }
}

/// Identity of a token: the number of a syllable, or 64 bits of its folded form.
///
/// [`UnitId`] keeps 31 bits of other forms, which is enough for weights; counts of a large
/// vocabulary need more.
#[inline]
fn token_hash(token: &Token, text: &str) -> u64 {
    if token.unit().is_syllable() {
        return u64::from(token.unit().to_u32()) + 1;
    }
    let word = &text[token.span()];
    let step = |hash, byte| fnv_step(hash, byte);
    let hash = if word.is_ascii() {
        word.bytes().fold(FNV_OFFSET, |hash, byte| step(hash, byte.to_ascii_lowercase()))
    } else {
        key::fold(word).bytes().fold(FNV_OFFSET, step)
    };
    hash | 1 << 63
}

/// Returns the identity of the key of one item, as [`Item::hash`] has it.
#[must_use]
pub fn hash_of_key(key: &str) -> u64 {
    key.split(' ').fold(0, |hash, part| combine(hash, hash_of_part(part)))
}

/// Identity of one token from its folded form.
fn hash_of_part(part: &str) -> u64 {
    let unit = UnitId::of(part);
    if unit.is_syllable() {
        u64::from(unit.to_u32()) + 1
    } else {
        key::fold(part).bytes().fold(FNV_OFFSET, fnv_step) | 1 << 63
    }
}

/// Identity of a token that counts by its stem, if it is foreign.
fn stemmed_hash(token: &Token, text: &str, language: StemLanguage) -> u64 {
    if is_foreign(token) {
        hash_of_part(&language.stem_foreign(&key::fold(&text[token.span()])))
    } else {
        token_hash(token, text)
    }
}

#[inline]
const fn combine(hash: u64, part: u64) -> u64 {
    mix(hash.rotate_left(23) ^ part)
}

/// Fills `items` with the items of a sentence and the boundaries between them.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::ngram::{TermUnit, items_of};
///
/// let document = Analyzer::new().analyze("Học sinh ở đây, y tá ở kia.");
/// let sentence = document.sentence(0).expect("a sentence");
/// let mut items = Vec::new();
/// items_of(&document, sentence, TermUnit::Word, &mut items);
/// assert_eq!(items[0].key(&document), "học sinh");
/// assert!(items[3].is_boundary());
/// ```
pub fn items_of(
    document: &Document,
    sentence: Sentence<'_>,
    unit: TermUnit,
    items: &mut Vec<Item>,
) {
    stemmed_items_of(document, sentence, unit, None, items);
}

/// Does what [`items_of`] does; foreign words count by their stems, if a language is given.
///
/// # Examples
///
/// ```
/// use tomtat::Analyzer;
/// use tomtat::corpus::ngram::{TermUnit, stemmed_items_of};
/// use tomtat::corpus::stem::StemLanguage;
///
/// let document = Analyzer::new().analyze("Cô mê meetings và swimming.");
/// let sentence = document.sentence(0).expect("a sentence");
/// let mut items = Vec::new();
/// let english = Some(StemLanguage::English);
/// stemmed_items_of(&document, sentence, TermUnit::Syllable, english, &mut items);
/// let keys: Vec<String> = items.iter().map(|item| item.key(&document)).collect();
/// assert_eq!(keys[..5], ["cô", "mê", "meet", "và", "swim"]);
/// ```
pub fn stemmed_items_of(
    document: &Document,
    sentence: Sentence<'_>,
    unit: TermUnit,
    stem: Option<StemLanguage>,
    items: &mut Vec<Item>,
) {
    items.clear();
    match unit {
        TermUnit::Word => {
            items.extend(
                sentence
                    .words()
                    .map(|word| item(document, word.first_token(), word.tokens(), stem)),
            );
        }
        TermUnit::Syllable => syllables(document, sentence, stem, items),
    }
}

/// Fills `items` with the syllables of a sentence and the boundaries between them.
fn syllables(
    document: &Document,
    sentence: Sentence<'_>,
    stem: Option<StemLanguage>,
    items: &mut Vec<Item>,
) {
    let first = document.sentences[sentence.index()].tokens.0;
    let tokens = sentence.tokens().chunks(1).zip(first..);
    items.extend(tokens.map(|(token, at)| item(document, at, token, stem)));
}

/// Makes an item of the tokens from `first` on.
#[inline]
fn item(document: &Document, first: u32, tokens: &[Token], stem: Option<StemLanguage>) -> Item {
    if tokens.len() == 1 && !tokens[0].kind().is_term() {
        return Item { hash: 0, first, tokens: 0, stem: None };
    }
    let text = document.text();
    let hash = match stem {
        None => tokens.iter().fold(0, |h, t| combine(h, token_hash(t, text))),
        Some(language) => tokens.iter().fold(0, |h, t| combine(h, stemmed_hash(t, text, language))),
    };
    Item { hash, first, tokens: tokens.len() as u32, stem }
}

/// Finds the items of one sentence after the other, as [`stemmed_items_of`] does, without keeping
/// the words of the document.
pub(super) struct ItemFinder<'d> {
    document: &'d Document,
    joiner: Joiner<'d>,
    unit: TermUnit,
    stem: Option<StemLanguage>,
}

impl<'d> ItemFinder<'d> {
    pub(super) fn new(document: &'d Document, options: NgramOptions) -> Self {
        let (unit, stem) = (options.unit(), options.stem());
        Self { document, joiner: Joiner::new(document), unit, stem }
    }

    /// Fills `items` with those of a sentence of the document.
    pub(super) fn find(&mut self, sentence: Sentence<'_>, items: &mut Vec<Item>) {
        items.clear();
        let (document, stem) = (self.document, self.stem);
        match self.unit {
            TermUnit::Word => {
                let first = document.sentences[sentence.index()].tokens.0;
                let tokens = sentence.tokens();
                for_each_word(self.joiner.joins(tokens), |word| {
                    let at = first + word.start as u32;
                    items.push(item(document, at, &tokens[word], stem));
                });
            }
            TermUnit::Syllable => syllables(document, sentence, stem, items),
        }
    }
}

/// Calls `ngram` with the identity and the positions (indices into `items`) of every n-gram.
///
/// n-grams come in the order of their first item; those of one first item by length, then by
/// place. Identities of different lengths differ, so that the word `học sinh` is not the n-gram of
/// `học` and `sinh`.
#[inline]
pub(crate) fn for_each_ngram(
    items: &[Item],
    options: NgramOptions,
    mut ngram: impl FnMut(u64, &[usize]),
) {
    for start in 0..items.len() {
        if items[start].is_boundary() {
            continue;
        }
        if options.min == 1 {
            ngram(items[start].hash, &[start]);
        }
        if options.max < 2 {
            continue;
        }
        if options.skip == 0 {
            let (mut hash, mut positions) = (items[start].hash, [start; MAX_N]);
            for length in 2..=options.max as usize {
                let at = start + length - 1;
                let Some(item) = items.get(at).filter(|item| !item.is_boundary()) else { break };
                hash = chain(hash, item.hash);
                positions[length - 1] = at;
                if length >= options.min as usize {
                    ngram(hash, &positions[..length]);
                }
            }
        } else {
            for length in 2.max(options.min as usize)..=options.max as usize {
                let mut positions = [start; MAX_N];
                skip_ngrams(
                    items,
                    options,
                    length,
                    1,
                    items[start].hash,
                    &mut positions,
                    &mut ngram,
                );
            }
        }
    }
}

/// Identity of a longer n-gram from that of its beginning and of the next item.
#[inline]
pub(crate) const fn chain(hash: u64, next: u64) -> u64 {
    mix(hash.rotate_left(41) ^ next ^ 0x5851_F42D_4C95_7F2D)
}

/// Chooses the item at `depth` of a skip-gram; at most `MAX_N` deep.
fn skip_ngrams(
    items: &[Item],
    options: NgramOptions,
    length: usize,
    depth: usize,
    hash: u64,
    positions: &mut [usize; MAX_N],
    ngram: &mut impl FnMut(u64, &[usize]),
) {
    if depth == length {
        ngram(hash, &positions[..length]);
        return;
    }
    let skipped = positions[depth - 1] - positions[0] - (depth - 1);
    for at in positions[depth - 1] + 1..=positions[depth - 1] + 1 + options.skip as usize - skipped
    {
        let Some(item) = items.get(at).filter(|item| !item.is_boundary()) else { return };
        positions[depth] = at;
        skip_ngrams(items, options, length, depth + 1, chain(hash, item.hash), positions, ngram);
    }
}

/// Returns true if the token is a word of another language, which a stemmer may shorten.
#[must_use]
const fn is_foreign(token: &Token) -> bool {
    matches!(token.kind(), TokenKind::Foreign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use crate::words::{Unit, WordSegmenter};

    /// Joins nothing, so that tests do not depend on a model.
    #[derive(Debug)]
    struct Syllables;
    impl WordSegmenter for Syllables {
        fn join(&self, units: &[Unit], joins: &mut Vec<bool>) {
            joins.clear();
            joins.resize(units.len(), false);
        }
    }

    fn ngrams(text: &str, options: NgramOptions) -> Vec<String> {
        let analyzer = Analyzer::new().with_segmenter(std::sync::Arc::new(Syllables));
        let document = analyzer.analyze(text);
        let (mut items, mut found) = (Vec::new(), Vec::new());
        for sentence in document.sentences() {
            items_of(&document, sentence, options.unit(), &mut items);
            for_each_ngram(&items, options, |_, positions| {
                let keys: Vec<String> =
                    positions.iter().map(|&i| items[i].key(&document)).collect();
                found.push(keys.join("+"));
            });
        }
        found
    }

    #[test]
    fn ngrams_stay_within_sentences_and_punctuation() {
        let options = NgramOptions::new(TermUnit::Syllable, 1..=3, 0).expect("lengths");
        assert_eq!(
            ngrams("Mưa to, gió lớn. Trời tối", options),
            ["mưa", "mưa+to", "to", "gió", "gió+lớn", "lớn", "trời", "trời+tối", "tối"]
        );
    }

    #[test]
    fn skip_grams_are_those_of_guthrie() {
        // Guthrie et al. 2006, section 2: 2-skip-bigrams of a sentence of five words.
        let options = NgramOptions::new(TermUnit::Word, 2..=2, 2).expect("lengths");
        let text = "quân nổi dậy bị giết";
        assert_eq!(
            ngrams(text, options),
            [
                "quân+nổi",
                "quân+dậy",
                "quân+bị",
                "nổi+dậy",
                "nổi+bị",
                "nổi+giết",
                "dậy+bị",
                "dậy+giết",
                "bị+giết"
            ]
        );
        // The same section counts ten 2-skip-trigrams of such a sentence.
        let options = NgramOptions::new(TermUnit::Word, 3..=3, 2).expect("lengths");
        assert_eq!(ngrams(text, options).len(), 10);
    }

    #[test]
    fn identities_follow_keys_and_lengths() {
        let analyzer = Analyzer::new();
        let document = analyzer.analyze("Hoà bình! HÒA BÌNH, iPhone IPHONE Citroën");
        let mut items = Vec::new();
        items_of(
            &document,
            document.sentences().last().expect("one"),
            TermUnit::Syllable,
            &mut items,
        );
        for item in items.iter().filter(|item| !item.is_boundary()) {
            assert_eq!(item.hash(), hash_of_key(&item.key(&document)));
        }
        assert_ne!(hash_of_key("học sinh"), chain(hash_of_key("học"), hash_of_key("sinh")));
        assert_eq!(hash_of_key("Hoà Bình"), hash_of_key("hòa bình"));
    }
}
