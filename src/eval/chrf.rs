//! chrF and chrF++: F-measure over character n-grams.
//!
//! Characters forgive what syllables do not: chrF sees that "thành phố" and "TP Thành phố" share
//! most of their letters. The numbers are those of sacrebleu 2 (with its default, effective
//! order), divided by 100, on text in NFC.
//!
//! # References
//!
//! M. Popović (2015), *chrF: character n-gram F-score for automatic MT evaluation*, WMT, equation
//! 1; M. Popović (2017), *chrF++: words helping character n-grams*, WMT.

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Signature;
use super::rouge::ngram::{NgramCounts, ngram_total};
use super::rouge::pair::ABSENT;
use super::tokenize::vocabulary::ByteTable;

/// The chrF measure; immutable.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Chrf;
///
/// let chrf = Chrf::new();
/// let mut scratch = chrf.scratch();
/// assert_eq!(chrf.score("Hà Nội mưa to", &["Hà Nội mưa to"], &mut scratch), 1.0);
/// let score = chrf.score("Hà Nội mưa to", &["Hà Nội có mưa rất to"], &mut scratch);
/// // sacrebleu prints 31.14.
/// assert!((score - 0.3114).abs() < 1e-4);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chrf {
    char_order: usize,
    word_order: usize,
    beta: f64,
    lowercase: bool,
    whitespace: bool,
}

impl Default for Chrf {
    fn default() -> Self {
        Self::new()
    }
}

/// Counts of predicted, reference and shared n-grams of each order; they add up over a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChrfCounts {
    orders: Vec<[u64; 3]>,
}

impl ChrfCounts {
    /// Adds the counts of another text.
    pub fn merge(&mut self, other: &Self) {
        if self.orders.len() < other.orders.len() {
            self.orders.resize(other.orders.len(), [0; 3]);
        }
        for (sum, counts) in self.orders.iter_mut().zip(&other.orders) {
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
    }
}

/// The memory of one scoring thread, made by [`Chrf::scratch`].
#[derive(Debug, Default)]
pub struct ChrfScratch {
    chars: FxHashMap<char, u32>,
    words: ByteTable,
    reference: Vec<u32>,
    reference_counts: Vec<u32>,
    prediction: Vec<u32>,
    ngrams: NgramCounts,
    hits: Vec<u64>,
    current: ChrfCounts,
    best: ChrfCounts,
}

impl Chrf {
    /// Returns chrF with its standard settings: characters up to 6, no words, beta 2.
    #[must_use]
    pub fn new() -> Self {
        Self { char_order: 6, word_order: 0, beta: 2.0, lowercase: false, whitespace: false }
    }

    /// Returns chrF++: as [`new`](Self::new), with words up to 2.
    #[must_use]
    pub fn plus_plus() -> Self {
        Self { word_order: 2, ..Self::new() }
    }

    /// Sets whether case is folded (default false).
    #[must_use]
    pub fn lowercase(self, lowercase: bool) -> Self {
        Self { lowercase, ..self }
    }

    /// Sets whether white space counts as characters (default false).
    #[must_use]
    pub fn whitespace(self, whitespace: bool) -> Self {
        Self { whitespace, ..self }
    }

    /// Returns the memory that one thread needs.
    #[must_use]
    pub fn scratch(&self) -> ChrfScratch {
        ChrfScratch::default()
    }

    /// Starts the signature line of results of this measure.
    #[must_use]
    pub fn signature(&self) -> Signature {
        let yes_no = |b: bool| if b { "yes" } else { "no" };
        Signature::new("chrf")
            .with("norm", "nfc")
            .with("case", if self.lowercase { "lower" } else { "mixed" })
            .with("nc", self.char_order)
            .with("nw", self.word_order)
            .with("space", yes_no(self.whitespace))
            .with("beta", self.beta)
            .with("eff", "yes")
    }

    /// Adds the settings of this measure to the signature of other measures, each key behind the
    /// name of this one, for case and normal form are its own: `chrf.case:mixed`.
    ///
    /// The score of a corpus is taken for the mean of its texts.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::{Chrf, Signature};
    ///
    /// let signature = Chrf::plus_plus().add_to(Signature::new("rouge"));
    /// assert!(signature.to_string().contains("chrf++.nw:2"));
    /// ```
    #[must_use]
    pub fn add_to(&self, signature: Signature) -> Signature {
        let name = format!("chrf{}", "+".repeat(self.word_order));
        let own = self.signature().with("level", "mean-of-texts");
        own.fields().fold(signature, |signature, (key, value)| {
            signature.with(format!("{name}.{key}"), value)
        })
    }

    /// Scores one text against the best of its references, between 0 and 1; 0 without any.
    pub fn score(
        &self,
        prediction: &str,
        references: &[impl AsRef<str>],
        scratch: &mut ChrfScratch,
    ) -> f64 {
        self.count(prediction, references, scratch);
        self.score_of(&scratch.best)
    }

    /// Counts one text against the best of its references, to be added up over a corpus.
    pub fn counts(
        &self,
        prediction: &str,
        references: &[impl AsRef<str>],
        scratch: &mut ChrfScratch,
    ) -> ChrfCounts {
        self.count(prediction, references, scratch);
        scratch.best.clone()
    }

    /// Returns the score of counts: of a sum of counts, the corpus-level score.
    #[must_use]
    pub fn score_of(&self, counts: &ChrfCounts) -> f64 {
        let (mut precision, mut recall, mut orders) = (0.0, 0.0, 0.0);
        for [predicted, in_reference, shared] in &counts.orders {
            // An order counts only if both texts are long enough for it.
            if *predicted > 0 && *in_reference > 0 {
                precision += *shared as f64 / *predicted as f64;
                recall += *shared as f64 / *in_reference as f64;
                orders += 1.0;
            }
        }
        if precision + recall <= 0.0 {
            return 0.0;
        }
        let (precision, recall) = (precision / orders, recall / orders);
        let factor = self.beta * self.beta;
        ((1.0 + factor) * precision * recall / (factor * precision + recall)).min(1.0)
    }

    fn count(&self, prediction: &str, references: &[impl AsRef<str>], scratch: &mut ChrfScratch) {
        scratch.best.orders.clear();
        let mut best = -1.0;
        let prediction = self.normalize(prediction);
        for reference in references {
            self.count_pair(&prediction, &self.normalize(reference.as_ref()), scratch);
            let score = self.score_of(&scratch.current);
            if score > best {
                best = score;
                scratch.best.orders.clone_from(&scratch.current.orders);
            }
        }
    }

    fn normalize<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        match (is_nfc(text), self.lowercase) {
            (true, false) => text.into(),
            (true, true) => text.to_lowercase().into(),
            (false, false) => text.nfc().collect::<String>().into(),
            (false, true) => text.nfc().collect::<String>().to_lowercase().into(),
        }
    }

    fn count_pair(&self, prediction: &str, reference: &str, scratch: &mut ChrfScratch) {
        scratch.current.orders.clear();
        let kept = |c: &char| self.whitespace || !is_space(*c);
        scratch.chars.clear();
        scratch.reference.clear();
        for c in reference.chars().filter(kept) {
            let next = scratch.chars.len() as u32;
            scratch.reference.push(*scratch.chars.entry(c).or_insert(next));
        }
        scratch.prediction.clear();
        for c in prediction.chars().filter(kept) {
            scratch.prediction.push(scratch.chars.get(&c).copied().unwrap_or(ABSENT));
        }
        scratch.count_orders(self.char_order);
        if self.word_order == 0 {
            return;
        }
        scratch.words.clear();
        scratch.reference.clear();
        for word in words(reference) {
            scratch.reference.push(scratch.words.intern(word.as_bytes()).0);
        }
        let types = scratch.words.len() as u32;
        scratch.prediction.clear();
        for word in words(prediction) {
            let id = scratch.words.intern(word.as_bytes()).0;
            scratch.prediction.push(if id < types { id } else { ABSENT });
        }
        scratch.count_orders(self.word_order);
    }
}

impl ChrfScratch {
    /// Appends the counts of the current sequences up to order `max_n`.
    fn count_orders(&mut self, max_n: usize) {
        self.reference_counts.clear();
        for id in &self.reference {
            // Numbers come in order, so a new one is the length.
            if *id as usize == self.reference_counts.len() {
                self.reference_counts.push(0);
            }
            self.reference_counts[*id as usize] += 1;
        }
        self.ngrams.set_reference(&self.reference, max_n);
        self.ngrams.overlaps(&self.prediction, &self.reference_counts, &mut self.hits);
        for n in 1..=max_n {
            let in_reference = ngram_total(self.reference.len(), n);
            let predicted = ngram_total(self.prediction.len(), n);
            // sacrebleu counts no prediction where the reference has no n-gram.
            let predicted = if in_reference > 0 { predicted } else { 0 };
            self.current.orders.push([predicted, in_reference, self.hits[n - 1]]);
        }
    }
}

/// White space as Python has it: Unicode `White_Space` and four ASCII separators.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1C'..='\x1F')
}

/// The words of a text, one ASCII punctuation mark cut from the end of each, or else from its
/// start.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty()).flat_map(|word| {
        let is_mark = |c: char| c.is_ascii_punctuation();
        let first = word.chars().next().map_or(0, char::len_utf8);
        let (left, right) = if first == word.len() {
            ("", word)
        } else if word.ends_with(is_mark) {
            word.split_at(word.len() - 1)
        } else if word.starts_with(is_mark) {
            word.split_at(1)
        } else {
            ("", word)
        };
        [left, right].into_iter().filter(|word| !word.is_empty())
    })
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the expected numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn words_lose_one_mark() {
        let cut: Vec<&str> = words("(hi) , “nhà” a... -1\u{1F}x").collect();
        assert_eq!(cut, ["(hi", ")", ",", "“nhà”", "a..", ".", "-", "1", "x"]);
    }

    #[test]
    fn hand_worked_score_of_two_characters() {
        // Unigrams 1 of 2 and 1 of 2, bigrams 0 of 1; higher orders do not exist.
        let chrf = Chrf::new();
        let score = chrf.score("ab", &["a c"], &mut chrf.scratch());
        assert!((score - 0.25).abs() < 1e-15);
    }

    #[test]
    fn empty_texts_score_zero() {
        let chrf = Chrf::plus_plus();
        let mut scratch = chrf.scratch();
        assert_eq!(chrf.score("", &["a"], &mut scratch), 0.0);
        assert_eq!(chrf.score("a", &[""], &mut scratch), 0.0);
        assert_eq!(chrf.score("a", &[] as &[&str], &mut scratch), 0.0);
    }

    #[test]
    fn decomposed_text_is_the_same_text() {
        let chrf = Chrf::plus_plus();
        let text = "Đường phố ngập nước";
        let decomposed: String = text.nfd().collect();
        assert_eq!(chrf.score(text, &[decomposed], &mut chrf.scratch()), 1.0);
    }

    #[test]
    fn corpus_counts_add_up() {
        let chrf = Chrf::new();
        let mut scratch = chrf.scratch();
        let mut sum = chrf.counts("mưa to", &["mưa rất to"], &mut scratch);
        sum.merge(&chrf.counts("nắng", &["trời nắng"], &mut scratch));
        let score = chrf.score_of(&sum);
        assert!(0.0 < score && score < 1.0);
        let mut other = chrf.counts("nắng", &["trời nắng"], &mut scratch);
        other.merge(&chrf.counts("mưa to", &["mưa rất to"], &mut scratch));
        assert_eq!(sum, other);
    }
}
