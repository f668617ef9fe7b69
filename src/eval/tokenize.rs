//! Cutting a summary into the units that are compared.
//!
//! The scorer has a tokenization of its own, apart from the analysis of documents: what a score
//! means must not change when a segmenter gets better. The default unit is the Vietnamese
//! syllable, which needs no model at all.
//!
//! | constructor | a token is | folded |
//! |---|---|---|
//! | [`Tokenizer::syllables`] | a longest run of letters, marks and numbers | NFC, case, tone style |
//! | [`Tokenizer::words`] | what stands between white space, `_` joining syllables | the same |
//! | [`Tokenizer::rouge_score`] | a longest run of `a-z0-9` after lower-casing | optional Porter stem |
//! | [`Tokenizer::rouge_155`] | a longest run of ASCII letters and digits | optional Porter stem |
//!
//! The last two delete every Vietnamese letter, as the programs do that they reproduce;
//! [`Tokenizer::warning`] says so.

mod class;
mod fold;
mod porter;
mod rules;
pub(crate) mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rules::{Kind, Rules};
use vocabulary::{DROPPED, Vocabulary};

/// What the compatibility tokenizers do to English words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Stemming {
    /// Words stay as they are.
    #[default]
    Off,
    /// Words of more than three letters are reduced by the Porter stemmer of the program that
    /// the tokenizer reproduces.
    Porter,
}

/// What becomes of punctuation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Punctuation {
    /// It separates tokens and is not counted.
    #[default]
    Drop,
    /// Each character that is neither white space nor part of a token is a token of its own.
    Keep,
}

/// A rule for cutting text into comparable tokens; immutable and cheap to clone.
///
/// # Examples
///
/// ```
/// use tomtat::eval::Tokenizer;
///
/// let text = "Trường Đại_học Hoà Bình: 1.250 sinh viên.";
/// assert_eq!(
///     Tokenizer::syllables().tokens(text),
///     ["trường", "đại", "học", "hòa", "bình", "1", "250", "sinh", "viên"]
/// );
/// assert_eq!(
///     Tokenizer::words().tokens(text),
///     ["trường", "đại học", "hòa", "bình", "1.250", "sinh", "viên"]
/// );
/// // What the usual scorers see.
/// assert_eq!(
///     Tokenizer::rouge_155(Default::default()).tokens(text),
///     ["tr", "ng", "i", "h", "c", "ho", "b", "nh", "1", "250", "sinh", "vi", "n"]
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Tokenizer {
    rules: Arc<Rules>,
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::syllables()
    }
}

impl Tokenizer {
    fn new(kind: Kind, stemming: Stemming) -> Self {
        let unicode = matches!(kind, Kind::Syllables | Kind::Words);
        Self {
            rules: Arc::new(Rules {
                kind,
                lowercase: true,
                fold_tone: unicode,
                punctuation: Punctuation::Drop,
                stemming,
                stop_words: BTreeSet::new(),
                exceptions: BTreeMap::new(),
            }),
        }
    }

    /// Cuts into syllables: longest runs of letters, marks and numbers.
    ///
    /// A letter or number has the Unicode property Alphabetic or a general category N*, a mark a
    /// general category M*; a token does not begin with a mark. The underscore separates, so that
    /// pre-segmented text (`điện_đàm`) gives the same syllables as plain text. Numbers are cut at
    /// their separators (`1.250` is `1` and `250`), dates at theirs. Soft hyphens and zero-width
    /// characters inside a run belong to it and are not compared.
    #[must_use]
    pub fn syllables() -> Self {
        Self::new(Kind::Syllables, Stemming::Off)
    }

    /// Takes the words as the text has them, separated by white space, with `_` between the
    /// syllables of a word: the format that Vietnamese word segmenters print.
    ///
    /// Each syllable of a word is folded, and they are compared with one space between them. If
    /// punctuation is dropped, it is also cut from both ends of a word.
    #[must_use]
    pub fn words() -> Self {
        Self::new(Kind::Words, Stemming::Off)
    }

    /// Cuts like the Python package `rouge_score` (0.1.2): lower case, then runs of `a-z0-9`.
    ///
    /// Stemming, its `use_stemmer`, reduces tokens of more than three letters by the Porter
    /// stemmer of NLTK. This deletes every Vietnamese letter; see [`warning`](Self::warning).
    #[must_use]
    pub fn rouge_score(stemming: Stemming) -> Self {
        Self::new(Kind::RougeScore, stemming)
    }

    /// Cuts like ROUGE-1.5.5: bytes that are not ASCII letters or digits separate tokens.
    ///
    /// Stemming is its option `-m`, without the list of irregular English forms that its data
    /// folder holds; see [`stem_exceptions`](Self::stem_exceptions). This deletes every
    /// Vietnamese letter; see [`warning`](Self::warning).
    #[must_use]
    pub fn rouge_155(stemming: Stemming) -> Self {
        Self::new(Kind::Rouge155, stemming)
    }

    fn with(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(&mut self.rules));
        self
    }

    fn is_unicode(&self) -> bool {
        matches!(self.rules.kind, Kind::Syllables | Kind::Words)
    }

    /// Sets whether case is folded (default true); the compatibility tokenizers always fold it.
    #[must_use]
    pub fn lowercase(self, lowercase: bool) -> Self {
        let unicode = self.is_unicode();
        self.with(|rules| rules.lowercase = lowercase || !unicode)
    }

    /// Sets whether hòa and hoà are one syllable (default true); the compatibility tokenizers
    /// never fold the place of the tone mark.
    #[must_use]
    pub fn fold_tone(self, fold_tone: bool) -> Self {
        let unicode = self.is_unicode();
        self.with(|rules| rules.fold_tone = fold_tone && unicode)
    }

    /// Sets what becomes of punctuation; the compatibility tokenizers always drop it.
    #[must_use]
    pub fn punctuation(self, punctuation: Punctuation) -> Self {
        let unicode = self.is_unicode();
        self.with(|rules| {
            rules.punctuation = if unicode { punctuation } else { Punctuation::Drop };
        })
    }

    /// Sets the tokens that are not counted.
    ///
    /// Each is folded as a token of a text is, so that case, form and tone style of the list do
    /// not matter; with [`words`](Self::words) a stop word of several syllables may be written
    /// with spaces or underscores. The compatibility tokenizers compare before they stem.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::Tokenizer;
    ///
    /// let tokenizer = Tokenizer::syllables().stop_words(["LÀ", "của"]);
    /// assert_eq!(tokenizer.tokens("Sách là của em"), ["sách", "em"]);
    /// ```
    #[must_use]
    pub fn stop_words<S: AsRef<str>>(self, words: impl IntoIterator<Item = S>) -> Self {
        let rules = Arc::clone(&self.rules);
        let fold = |word: S| {
            let mut key = String::new();
            let word = word.as_ref().trim().replace(char::is_whitespace, "_");
            rules.fold_unstopped(&word, &mut key);
            key
        };
        let stop_words: BTreeSet<String> =
            words.into_iter().map(fold).filter(|w| !w.is_empty()).collect();
        self.with(|rules| rules.stop_words = stop_words)
    }

    /// Sets irregular English forms and their stems, for [`rouge_155`](Self::rouge_155) with
    /// stemming: the entries of the script's `WordNet-2.0.exc.db`.
    #[must_use]
    pub fn stem_exceptions(
        self,
        forms: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        let forms = forms.into_iter().map(|(form, stem)| (form.into(), stem.into())).collect();
        self.with(|rules| rules.exceptions = forms)
    }

    /// Returns the compared forms of the tokens of `text`, in order: what the scorer sees.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Vec<String> {
        let (mut vocabulary, mut tokens) = (Vocabulary::default(), TokenSequence::default());
        self.tokenize(text, &mut vocabulary, &mut tokens);
        tokens.ids.iter().map(|id| vocabulary.key(*id).to_owned()).collect()
    }

    /// Says what the tokenizer does to Vietnamese, if that makes its scores wrong.
    #[must_use]
    pub fn warning(&self) -> Option<&'static str> {
        (!self.is_unicode()).then_some(
            "this tokenizer deletes every letter outside a-z: \"Người dân Việt Nam\" is compared \
             as \"ng i d n vi t nam\", and unrelated Vietnamese texts score high; use it only to \
             compare with published numbers of the same kind",
        )
    }

    /// Returns the name and the settings for a signature line, in fixed order.
    pub(crate) fn signature_fields(&self) -> Vec<(&'static str, String)> {
        let rules = &self.rules;
        let yes_no = |b: bool| if b { "yes" } else { "no" }.to_owned();
        let (tok, norm, stem) = match rules.kind {
            Kind::Syllables => ("syllables", "nfc", "no"),
            Kind::Words => ("words", "nfc", "no"),
            Kind::RougeScore => ("rouge_score", "ascii", "porter-nltk"),
            Kind::Rouge155 => ("rouge-1.5.5", "ascii", "porter-1.5.5"),
        };
        let norm = if rules.fold_tone { format!("{norm}+tone") } else { norm.to_owned() };
        let stem = match (rules.stemming, rules.exceptions.is_empty()) {
            (Stemming::Off, _) => "no".to_owned(),
            (Stemming::Porter, true) => stem.to_owned(),
            (Stemming::Porter, false) => format!("{stem}+{}", rules.exceptions.len()),
        };
        let stop = match rules.stop_words.len() {
            0 => "no".to_owned(),
            n => {
                let mut print = super::signature::Fingerprint::new();
                rules.stop_words.iter().for_each(|word| print.add(word));
                format!("{n}-{print}")
            }
        };
        vec![
            ("tok", tok.to_owned()),
            ("norm", norm),
            ("case", if rules.lowercase { "lower" } else { "mixed" }.to_owned()),
            ("punct", yes_no(rules.punctuation == Punctuation::Keep)),
            ("stem", stem),
            ("stop", stop),
        ]
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rules, &other.rules) || self.rules == other.rules
    }

    /// Appends the tokens of `text` to `out`; each line feed ends a sentence.
    pub(crate) fn tokenize(
        &self,
        text: &str,
        vocabulary: &mut Vocabulary,
        out: &mut TokenSequence,
    ) {
        match self.rules.kind {
            Kind::Syllables => self.rules.cut_syllables(text, vocabulary, out),
            Kind::Words => self.rules.cut_words(text, vocabulary, out),
            Kind::RougeScore | Kind::Rouge155 => self.rules.cut_ascii(text, vocabulary, out),
        }
        out.end_sentence();
    }
}

/// Numbers of the tokens of a text, and where its sentences end.
#[derive(Debug, Default, Clone)]
pub(crate) struct TokenSequence {
    pub(crate) ids: Vec<u32>,
    /// End of each sentence that has tokens, as an index into `ids`.
    pub(crate) sentence_ends: Vec<u32>,
}

impl TokenSequence {
    pub(crate) fn clear(&mut self) {
        self.ids.clear();
        self.sentence_ends.clear();
    }

    #[inline]
    fn push(&mut self, id: u32) {
        if id != DROPPED {
            self.ids.push(id);
        }
    }

    pub(crate) fn end_sentence(&mut self) {
        let end = self.ids.len() as u32;
        if end > self.sentence_ends.last().copied().unwrap_or(0) {
            self.sentence_ends.push(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::class::{class_at, class_of};
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn syllables_are_the_same_in_every_encoding_of_the_text() {
        let tokenizer = Tokenizer::syllables();
        let composed = "Thủ_tướng thăm TP.HCM, hoà giải “êm đẹp” – ngày 2/9.";
        let expected =
            ["thủ", "tướng", "thăm", "tp", "hcm", "hòa", "giải", "êm", "đẹp", "ngày", "2", "9"];
        assert_eq!(tokenizer.tokens(composed), expected);
        let decomposed: String = composed.nfd().collect();
        assert_eq!(tokenizer.tokens(&decomposed), expected);
    }

    #[test]
    fn punctuation_is_one_token_a_character_if_kept() {
        let tokenizer = Tokenizer::syllables().punctuation(Punctuation::Keep);
        assert_eq!(
            tokenizer.tokens("Đi đâu?..  (nhà)_"),
            ["đi", "đâu", "?", ".", ".", "(", "nhà", ")"]
        );
        let tokenizer = Tokenizer::words().punctuation(Punctuation::Keep);
        assert_eq!(tokenizer.tokens("Đi đâu ? TP. HCM"), ["đi", "đâu", "?", "tp.", "hcm"]);
    }

    #[test]
    fn words_join_syllables_and_lose_outer_punctuation() {
        let tokenizer = Tokenizer::words();
        assert_eq!(tokenizer.tokens("“Khởi_tố , bị_can\nTr ."), ["khởi tố", "bị can", "tr"]);
        assert!(tokenizer.tokens(" , . _ ").is_empty());
    }

    #[test]
    fn compatibility_tokenizers_delete_letters() {
        let text = "Người dân Việt Nam chạy 100km";
        let expected = ["ng", "i", "d", "n", "vi", "t", "nam", "ch", "y", "100km"];
        assert_eq!(Tokenizer::rouge_score(Stemming::Off).tokens(text), expected);
        assert_eq!(Tokenizer::rouge_155(Stemming::Off).tokens(text), expected);
        assert!(Tokenizer::rouge_155(Stemming::Off).warning().is_some());
        assert!(Tokenizer::syllables().warning().is_none());
    }

    #[test]
    fn python_lower_case_of_two_letters_is_followed() {
        let tokenizer = Tokenizer::rouge_score(Stemming::Off);
        assert_eq!(tokenizer.tokens("\u{130}stanbul 5\u{212A}B"), ["i", "stanbul", "5kb"]);
        let tokenizer = Tokenizer::rouge_155(Stemming::Off);
        assert_eq!(tokenizer.tokens("\u{130}stanbul 5\u{212A}B"), ["stanbul", "5", "b"]);
    }

    #[test]
    fn sentences_end_at_line_feeds_and_empty_ones_do_not_count() {
        let (mut vocabulary, mut out) = (Vocabulary::default(), TokenSequence::default());
        Tokenizer::syllables().tokenize("một hai\n\n...\nba\n", &mut vocabulary, &mut out);
        assert_eq!(out.sentence_ends, [2, 3]);
    }

    #[test]
    fn stop_words_of_several_syllables_are_words() {
        let tokenizer = Tokenizer::words().stop_words(["tuy nhiên", "VÀ"]);
        assert_eq!(tokenizer.tokens("Tuy_nhiên trời và đất"), ["trời", "đất"]);
    }

    proptest! {
        #[test]
        fn byte_classes_agree_with_character_classes(c in any::<char>()) {
            let text = c.to_string();
            prop_assert_eq!(class_at(&text, 0), (class_of(c), text.len()));
        }

        #[test]
        fn composition_does_not_change_the_tokens(
            text in "[a-zA-ZăâđêôơưĂÂĐÊÔƠƯàảãáạệỡựỵÝ0-9_ .,\n]{0,80}"
        ) {
            for tokenizer in [Tokenizer::syllables(), Tokenizer::words()] {
                let decomposed: String = text.nfd().collect();
                prop_assert_eq!(tokenizer.tokens(&text), tokenizer.tokens(&decomposed));
            }
        }

        #[test]
        fn any_text_is_cut_without_a_panic(text in any::<String>()) {
            for tokenizer in [
                Tokenizer::syllables(),
                Tokenizer::words(),
                Tokenizer::rouge_score(Stemming::Porter),
                Tokenizer::rouge_155(Stemming::Porter),
            ] {
                for token in tokenizer.tokens(&text) {
                    prop_assert!(!token.is_empty());
                }
            }
        }
    }
}
