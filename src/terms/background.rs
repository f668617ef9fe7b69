//! Background statistics: in how many documents of a corpus a term occurs.
//!
//! Words and syllables are counted apart: as a *word*, `nam` is the south or a man; as a
//! *syllable*, it is also part of `Việt Nam`.

use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::TermHash;

/// Kind of the model in its header.
const KIND: &str = "background";

/// Bits of a [`TermHash`] that are kept: one unknown term in some eight million is taken for a
/// known one.
const HASH_BITS: u32 = 40;

/// Bits that choose a bucket of the table.
const BUCKET_BITS: u32 = 14;

/// Document frequencies of words and of syllables in a corpus.
///
/// # Examples
///
/// ```
/// use tomtat::terms::background::Background;
/// use tomtat::text::key::TermHash;
///
/// let words = [("của".to_string(), 95), ("lạm phát".to_string(), 4)];
/// let background = Background::new(100, &words, &[]);
/// let idf = |word: &str| background.word_idf(TermHash::of_key(word));
/// assert!(idf("lạm phát") > idf("của"));
/// assert!(idf("chưa thấy bao giờ") > idf("lạm phát"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Background {
    documents: u32,
    words: FrequencyTable,
    syllables: FrequencyTable,
}

impl Background {
    /// Makes the statistics of a corpus of `documents` documents from keys and their document
    /// frequencies.
    #[must_use]
    pub fn new(documents: u32, words: &[(String, u32)], syllables: &[(String, u32)]) -> Self {
        Self {
            documents,
            words: FrequencyTable::new(&ordered(words)),
            syllables: FrequencyTable::new(&ordered(syllables)),
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
        self.words.hashes.len()
    }

    /// Returns the number of syllables in the model.
    #[must_use]
    pub fn syllable_count(&self) -> usize {
        self.syllables.hashes.len()
    }

    /// Returns the smooth inverse document frequency of a word: ln((1 + N) / (1 + df)) + 1.
    ///
    /// This is the variant of scikit-learn (`smooth_idf=True`): as if one more document held every
    /// term once, so that unknown terms have a weight and none is zero.
    #[inline]
    #[must_use]
    pub fn word_idf(&self, term: TermHash) -> f64 {
        smooth_idf(self.documents, self.word_df(term))
    }

    /// Returns the smooth inverse document frequency of a syllable; see [`Self::word_idf`].
    #[inline]
    #[must_use]
    pub fn syllable_idf(&self, term: TermHash) -> f64 {
        smooth_idf(self.documents, self.syllable_df(term))
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
            builder.raw_section(name, &FrequencyTable::new(&entries).encode());
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
        container.expect_kind(KIND)?;
        let data = container.section("documents")?;
        let mut reader = Reader::new("documents", &data);
        let documents = reader.varint_u32()?;
        reader.finish()?;
        Ok(Self {
            documents,
            words: FrequencyTable::decode("words", &container.section("words")?)?,
            syllables: FrequencyTable::decode("syllables", &container.section("syllables")?)?,
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
        let table = FrequencyTable::decode("words", &container.section("words")?)?;
        let keys = String::from_utf8(container.section("words-keys")?)
            .map_err(|_| ModelError::corrupt("section `words-keys` is not UTF-8"))?;
        let keys: Vec<&str> = keys.lines().collect();
        if keys.len() != table.frequencies.len() {
            return Err(ModelError::corrupt("there are not as many keys as frequencies"));
        }
        let mut words: Vec<(String, u32)> =
            keys.into_iter().map(str::to_owned).zip(table.frequencies).collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(words)
    }
}

fn smooth_idf(documents: u32, df: u32) -> f64 {
    // libm: the logarithm of the platform may differ in the last bit.
    libm::log((1.0 + f64::from(documents)) / (1.0 + f64::from(df))) + 1.0
}

/// Sorts entries by hash; of two keys with one hash the more frequent stays.
fn ordered(entries: &[(String, u32)]) -> Vec<(u64, &str, u32)> {
    let mut ordered: Vec<(u64, &str, u32)> = entries
        .iter()
        .map(|(key, frequency)| {
            (TermHash::of_key(key).to_u64() >> (64 - HASH_BITS), key.as_str(), *frequency)
        })
        .collect();
    ordered.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then(a.1.cmp(b.1)));
    ordered.dedup_by_key(|entry| entry.0);
    ordered
}

/// Sorted hashes with frequencies, found through buckets of their upper bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct FrequencyTable {
    hashes: Vec<u64>,
    frequencies: Vec<u32>,
    /// Where the hashes of each bucket begin; one more than there are buckets.
    buckets: Vec<u32>,
}

impl FrequencyTable {
    fn new(entries: &[(u64, &str, u32)]) -> Self {
        let mut table = Self {
            hashes: entries.iter().map(|e| e.0).collect(),
            frequencies: entries.iter().map(|e| e.2).collect(),
            buckets: Vec::new(),
        };
        table.index();
        table
    }

    fn index(&mut self) {
        let bucket_count = 1usize << BUCKET_BITS;
        self.buckets = Vec::with_capacity(bucket_count + 1);
        let mut at = 0;
        for bucket in 0..=bucket_count as u64 {
            let bound = bucket << (HASH_BITS - BUCKET_BITS);
            while self.hashes.get(at).is_some_and(|&h| h < bound) {
                at += 1;
            }
            self.buckets.push(at as u32);
        }
    }

    #[inline]
    fn frequency(&self, term: TermHash) -> u32 {
        let hash = term.to_u64() >> (64 - HASH_BITS);
        let bucket = (hash >> (HASH_BITS - BUCKET_BITS)) as usize;
        let Some([start, end]) = self.buckets.get(bucket..bucket + 2) else { return 0 };
        let range = *start as usize..*end as usize;
        let Some(hashes) = self.hashes.get(range.clone()) else { return 0 };
        // Some eight entries a bucket: a scan beats a binary search.
        hashes.iter().position(|&h| h == hash).map_or(0, |i| self.frequencies[range.start + i])
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.hashes.len() * 5);
        write_varint(self.hashes.len() as u64, &mut out);
        let mut last = 0;
        for &hash in &self.hashes {
            write_varint(hash - last, &mut out);
            last = hash;
        }
        for &frequency in &self.frequencies {
            write_varint(u64::from(frequency), &mut out);
        }
        out
    }

    fn decode(name: &'static str, bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(name, bytes);
        let count = reader.count()?;
        let mut table = Self {
            hashes: Vec::with_capacity(count),
            frequencies: Vec::with_capacity(count),
            buckets: Vec::new(),
        };
        let mut last = 0u64;
        for _ in 0..count {
            last = last.saturating_add(reader.varint()?);
            if last >> HASH_BITS != 0 {
                return Err(reader.error("a hash is out of range"));
            }
            table.hashes.push(last);
        }
        for _ in 0..count {
            table.frequencies.push(reader.varint_u32()?);
        }
        reader.finish()?;
        table.index();
        Ok(table)
    }
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
