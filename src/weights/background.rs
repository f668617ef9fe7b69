//! Background statistics: in how many documents of a corpus a term occurs.
//!
//! Words and syllables are counted apart: as a *word*, `nam` is the south or a man; as a
//! *syllable*, it is also part of `Việt Nam`.
//!
//! A model file holds the two tables as they are looked up, so that nothing is unpacked at start,
//! and the keys apart, compressed, for those who want to read them.

mod table;

use std::borrow::Cow;
use std::fmt;

use table::FrequencyTable;

use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::TermHash;

/// Kind of the model in its header.
const KIND: &str = "background";

/// Document frequencies of words and of syllables in a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::weights::Background;
/// use tomtat::text::key::TermHash;
///
/// let words = [("của".to_string(), 95), ("lạm phát".to_string(), 4)];
/// let background = Background::new(100, &words, &[]);
/// let idf = |word: &str| background.word_idf(TermHash::of_key(word));
/// assert!(idf("lạm phát") > idf("của"));
/// assert!(idf("chưa thấy bao giờ") > idf("lạm phát"));
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Background {
    documents: u32,
    words: FrequencyTable,
    syllables: FrequencyTable,
}

/// Prints sizes: the tables have hundreds of thousands of entries.
impl fmt::Debug for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Background")
            .field("documents", &self.documents)
            .field("words", &self.word_count())
            .field("syllables", &self.syllable_count())
            .finish()
    }
}

impl Background {
    /// Makes the statistics of a corpus of `documents` documents from keys and their document
    /// frequencies.
    #[must_use]
    pub fn new(documents: u32, words: &[(String, u32)], syllables: &[(String, u32)]) -> Self {
        Self {
            documents,
            words: FrequencyTable::new(documents, &ordered(words)),
            syllables: FrequencyTable::new(documents, &ordered(syllables)),
        }
    }

    /// Returns the number of documents of the corpus.
    #[must_use]
    pub const fn documents(&self) -> u32 {
        self.documents
    }

    /// Returns the number of documents in which the word occurs, 0 if it is not in the model.
    #[inline]
    #[must_use]
    pub fn word_df(&self, term: TermHash) -> u32 {
        self.words.frequency(term)
    }

    /// Returns the number of documents in which the syllable occurs, 0 if it is not in the model.
    #[inline]
    #[must_use]
    pub fn syllable_df(&self, term: TermHash) -> u32 {
        self.syllables.frequency(term)
    }

    /// Returns the number of words in the model.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.words.len()
    }

    /// Returns the number of syllables in the model.
    #[must_use]
    pub fn syllable_count(&self) -> usize {
        self.syllables.len()
    }

    /// Returns the smooth inverse document frequency of a word: ln((1 + N) / (1 + df)) + 1.
    ///
    /// This is the variant of scikit-learn (`smooth_idf=True`): as if one more document held every
    /// term once, so that unknown terms have a weight and none is zero.
    #[inline]
    #[must_use]
    pub fn word_idf(&self, term: TermHash) -> f64 {
        self.words.idf(term)
    }

    /// Returns the smooth inverse document frequency of a syllable; see [`Self::word_idf`].
    #[inline]
    #[must_use]
    pub fn syllable_idf(&self, term: TermHash) -> f64 {
        self.syllables.idf(term)
    }

    /// Writes a model file; `words` and `syllables` are keys with document frequencies.
    #[must_use]
    pub fn write(
        mut info: ModelInfo,
        documents: u32,
        words: &[(String, u32)],
        syllables: &[(String, u32)],
    ) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        info.scores.insert("documents".into(), f64::from(documents));
        info.scores.insert("words".into(), words.len() as f64);
        info.scores.insert("syllables".into(), syllables.len() as f64);
        let mut builder = ContainerBuilder::new(info);
        let mut data = Vec::new();
        write_varint(u64::from(documents), &mut data);
        builder.raw_section("documents", &data);
        for (name, entries) in [("words", words), ("syllables", syllables)] {
            let entries = ordered(entries);
            FrequencyTable::new(documents, &entries).write(name, &mut builder);
            let keys: Vec<&str> = entries.iter().map(|(_, key, _)| *key).collect();
            builder.section(&format!("{name}-keys"), keys.join("\n").as_bytes());
        }
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact background model of this version's keys.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        Self::from_sections(&container, |name| {
            Ok(Cow::Owned(container.section(name)?.into_owned()))
        })
    }

    /// Reads a file in the program itself, of which nothing is copied.
    pub(crate) fn read_embedded(container: &Container<'static>) -> Result<Self, ModelError> {
        Self::from_sections(container, |name| container.section(name))
    }

    fn from_sections(
        container: &Container<'_>,
        section: impl Fn(&str) -> Result<Cow<'static, [u8]>, ModelError>,
    ) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let data = container.section("documents")?;
        let mut reader = Reader::new("documents", &data);
        let documents = reader.varint_u32()?;
        reader.finish()?;
        Ok(Self {
            documents,
            words: FrequencyTable::read(documents, "words", &section)?,
            syllables: FrequencyTable::read(documents, "syllables", &section)?,
        })
    }

    /// Reads the words of a model file with their document frequencies, most frequent first, then
    /// by key.
    ///
    /// # Errors
    ///
    /// Returns an error as [`Self::read`] does.
    pub fn read_words(bytes: &[u8]) -> Result<Vec<(String, u32)>, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        let background = Self::read(bytes)?;
        let keys = String::from_utf8(container.section("words-keys")?.into_owned())
            .map_err(|_| ModelError::corrupt("section `words-keys` is not UTF-8"))?;
        if keys.lines().count() != background.word_count() {
            return Err(ModelError::corrupt("there are not as many keys as frequencies"));
        }
        let mut words: Vec<(String, u32)> =
            keys.lines().map(str::to_owned).zip(background.words.frequencies()).collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(words)
    }
}

/// Sorts entries by hash; of two keys with one hash the more frequent stays.
fn ordered(entries: &[(String, u32)]) -> Vec<(u64, &str, u32)> {
    let mut ordered: Vec<(u64, &str, u32)> = entries
        .iter()
        .map(|(key, frequency)| (table::kept_bits(TermHash::of_key(key)), key.as_str(), *frequency))
        .collect();
    ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(a.1.cmp(b.1)));
    ordered.dedup_by_key(|entry| entry.0);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> (Vec<(String, u32)>, Vec<(String, u32)>) {
        let words = ["của", "kinh tế", "covid-19", "thủ tướng"];
        let words = words.iter().enumerate().map(|(i, w)| ((*w).to_owned(), 90 - 20 * i as u32));
        (words.collect(), vec![("kinh".to_owned(), 60)])
    }

    #[test]
    fn a_model_file_comes_back() {
        let (words, syllables) = entries();
        let file = Background::write(ModelInfo::new("", "test"), 100, &words, &syllables);
        let background = Background::read(&file).expect("a valid model");
        assert_eq!(background, Background::new(100, &words, &syllables));
        assert_eq!(background.word_df(TermHash::of_key("kinh tế")), 70);
        assert_eq!(background.word_df(TermHash::of_key("kinh")), 0);
        assert_eq!(background.syllable_df(TermHash::of_key("kinh")), 60);
        assert_eq!(Background::read_words(&file).expect("keys"), words);
    }

    #[test]
    fn idf_is_the_smooth_variant() {
        let (words, syllables) = entries();
        let background = Background::new(99, &words, &syllables);
        // ln(100 / 71) + 1
        let idf = background.word_idf(TermHash::of_key("kinh tế"));
        assert!((idf - 1.342_490_308_946_776).abs() < 1e-12, "{idf}");
    }

    #[test]
    fn an_empty_model_knows_nothing() {
        let background = Background::default();
        assert_eq!(background.word_df(TermHash::of_key("a")), 0);
        assert!((background.word_idf(TermHash::of_key("a")) - 1.0).abs() < 1e-12);
    }
}
