//! What the trained ranker of key terms has learned from the tags of editors.
//!
//! | section | what it holds |
//! |---|---|
//! | `phrases` | for each string that was a tag: articles with it as a tag, articles that it occurs in |
//! | `words` | for each frequent word: articles with it; of these, articles with a tag that is the word, begins with it, ends with it |
//! | `trees` | boosted trees over the features of a candidate |
//!
//! Strings are kept as 40 bits of their hash: of 30,000 of them, one unknown string in 37 million is
//! taken for a known one.
//!
//! # References
//!
//! - E. Frank et al., "Domain-specific keyphrase extraction", IJCAI 1999, section 3.1:
//!   keyphrase frequency as a feature of KEA.
//! - O. Medelyan, E. Frank, I. Witten, "Human-competitive tagging using automatic keyphrase
//!   extraction", EMNLP 2009, section 3.2: keyphraseness, the share of the documents with a phrase
//!   in which it is a keyphrase (after Mihalcea and Csomai 2007).

use rustc_hash::FxHashSet;

use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::rank::trained::forest::Forest;
use crate::text::key::TermHash;

/// Number of features that the trees know.
pub(crate) const FEATURES: usize = 32;

/// Shares of the trees after which stages end.
pub(crate) const STAGES: [usize; 2] = [10, 5];

/// Kind of the model in its header.
const KIND: &str = "keywords";

/// Bits of a hash that are kept.
const BITS: u32 = 40;

/// Bits of a hash that number its bucket.
const BUCKET_BITS: u32 = 14;

/// Bits of a hash that number its bit in the filter.
const FILTER_BITS: u32 = 18;

/// The word of a filter that has the bit of a hash, and the bit.
const fn filter_bit(hash: u64) -> (usize, u64) {
    let number = hash & ((1 << FILTER_BITS) - 1);
    ((number / 64) as usize, 1 << (number % 64))
}

/// Returns the bits of a hash that a table keeps.
fn kept_bits(hash: TermHash) -> u64 {
    hash.to_u64() >> (u64::BITS - BITS)
}

/// Counts by the hash of a string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CountTable<const N: usize> {
    hashes: Vec<u64>,
    counts: Vec<[u32; N]>,
    /// For each value of the first bits of a hash, where its entries begin; and the end.
    starts: Vec<u32>,
    /// A bit for each value of the last bits of a hash: most strings that are not here are told from
    /// it, which is small enough for the nearest cache.
    filter: Vec<u64>,
}

impl<const N: usize> CountTable<N> {
    /// Makes a table; of two strings with one hash the first stays.
    pub(crate) fn new(entries: impl IntoIterator<Item = (TermHash, [u32; N])>) -> Self {
        let mut entries: Vec<(u64, [u32; N])> =
            entries.into_iter().map(|(hash, counts)| (kept_bits(hash), counts)).collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        entries.dedup_by_key(|entry| entry.0);
        let (hashes, counts) = entries.into_iter().unzip();
        Self::indexed(hashes, counts)
    }

    fn indexed(hashes: Vec<u64>, counts: Vec<[u32; N]>) -> Self {
        let mut starts = Vec::with_capacity((1 << BUCKET_BITS) + 1);
        for (at, hash) in hashes.iter().enumerate() {
            let bucket = (hash >> (BITS - BUCKET_BITS)) as usize;
            starts.resize(starts.len().max(bucket + 1), at as u32);
        }
        starts.resize((1 << BUCKET_BITS) + 1, hashes.len() as u32);
        let mut filter = vec![0; 1 << (FILTER_BITS - 6)];
        for (word, bit) in hashes.iter().map(|&hash| filter_bit(hash)) {
            filter[word] |= bit;
        }
        Self { hashes, counts, starts, filter }
    }

    /// Returns the counts of a string.
    #[inline]
    pub(crate) fn get(&self, hash: TermHash) -> Option<[u32; N]> {
        let hash = kept_bits(hash);
        let (word, bit) = filter_bit(hash);
        if self.filter.get(word)? & bit == 0 {
            return None;
        }
        let bucket = (hash >> (BITS - BUCKET_BITS)) as usize;
        let range = *self.starts.get(bucket)? as usize..*self.starts.get(bucket + 1)? as usize;
        let at = self.hashes[range.clone()].iter().position(|&other| other == hash)?;
        Some(self.counts[range.start + at])
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        write_varint(self.hashes.len() as u64, &mut out);
        let mut last = 0;
        for (&hash, counts) in self.hashes.iter().zip(&self.counts) {
            write_varint(hash - last, &mut out);
            counts.iter().for_each(|&count| write_varint(u64::from(count), &mut out));
            last = hash;
        }
        out
    }

    fn decode(name: &'static str, section: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader::new(name, section);
        let count = reader.count()?;
        let (mut hashes, mut counts) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut last = 0u64;
        for at in 0..count {
            let gap = reader.varint()?;
            last = last
                .checked_add(gap)
                .filter(|hash| *hash < 1 << BITS && (gap > 0 || at == 0))
                .ok_or_else(|| reader.error("hashes are out of order"))?;
            hashes.push(last);
            let mut row = [0; N];
            for count in &mut row {
                *count = reader.varint_u32()?;
            }
            counts.push(row);
        }
        reader.finish()?;
        Ok(Self::indexed(hashes, counts))
    }
}

/// A trained ranker of key terms.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::keywords::KeywordModel;
///
/// let empty = KeywordModel::default();
/// assert!(!empty.is_known_term("kinh tế"));
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct KeywordModel {
    /// Articles with the tag, articles with the string.
    pub(crate) phrases: CountTable<2>,
    /// Articles with the word; with it as a tag, as the first and as the last word of a tag.
    pub(crate) words: CountTable<4>,
    pub(crate) trees: Forest,
}

impl std::fmt::Debug for KeywordModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeywordModel")
            .field("phrases", &self.phrases.hashes.len())
            .field("words", &self.words.hashes.len())
            .finish_non_exhaustive()
    }
}

impl KeywordModel {
    /// Returns true if an editor used the string as a tag in what the model was learned from.
    #[must_use]
    pub fn is_known_term(&self, term: &str) -> bool {
        self.phrases.get(TermHash::of_key(term)).is_some()
    }

    /// Returns the model without its memory of tags: it ranks by what terms look like alone.
    ///
    /// This shows how well terms are found that no editor has used yet.
    #[must_use]
    pub fn without_phrases(&self) -> Self {
        let mut model = Self { phrases: CountTable::default(), ..self.clone() };
        model.words.counts.iter_mut().for_each(|[_, alone, ..]| *alone = 0);
        model
    }

    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        info.scores.insert("phrases".into(), self.phrases.hashes.len() as f64);
        info.scores.insert("words".into(), self.words.hashes.len() as f64);
        let mut builder = ContainerBuilder::new(info);
        builder.raw_section("phrases", &self.phrases.encode());
        builder.raw_section("words", &self.words.encode());
        let mut trees = Vec::new();
        self.trees.encode(&mut trees);
        builder.raw_section("trees", &trees);
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact ranker of key terms.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read_from(&Container::parse(bytes)?)
    }

    pub(crate) fn read_from(container: &Container<'_>) -> Result<Self, ModelError> {
        container.expect_kind(KIND)?;
        let trees = container.section("trees")?;
        let mut reader = Reader::new("trees", &trees);
        let forest = Forest::decode(&mut reader, FEATURES)?;
        reader.finish()?;
        Ok(Self {
            phrases: CountTable::decode("phrases", &container.section("phrases")?)?,
            words: CountTable::decode("words", &container.section("words")?)?,
            trees: forest.into_cascade(&STAGES),
        })
    }
}

/// What an article added to the counts, to be taken out of them while the trees learn from it.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeftOut {
    /// Hashes of its tags, and of their first and last words.
    pub(crate) tags: FxHashSet<TermHash>,
    pub(crate) firsts: FxHashSet<TermHash>,
    pub(crate) lasts: FxHashSet<TermHash>,
    /// No tag is known: what an article looks like whose terms are all new.
    pub(crate) forgets: bool,
}

/// The counts of a model, those of one article left out if need be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory<'a> {
    model: &'a KeywordModel,
    left_out: Option<&'a LeftOut>,
}

/// Articles that a word must be in before it is taken for a function word.
const FUNCTION_WORD_ARTICLES: u32 = 100;

/// Tags are made with a function word in less than one of this many articles with it.
const FUNCTION_WORD_SHARE: u32 = 250;

impl<'a> Memory<'a> {
    pub(crate) const fn new(model: &'a KeywordModel) -> Self {
        Self { model, left_out: None }
    }

    pub(crate) const fn leaving_out(model: &'a KeywordModel, left_out: &'a LeftOut) -> Self {
        Self { model, left_out: Some(left_out) }
    }

    /// Returns in how many articles the string was a tag, at least one, and in how many it occurs.
    #[inline]
    pub(crate) fn phrase(&self, hash: TermHash) -> Option<[u32; 2]> {
        let [tagged, seen] = self.model.phrases.get(hash)?;
        let Some(left_out) = self.left_out else { return Some([tagged, seen]) };
        let tagged = tagged.saturating_sub(u32::from(left_out.tags.contains(&hash)));
        (tagged > 0 && !left_out.forgets).then_some([tagged, seen.saturating_sub(1)])
    }

    /// Returns the counts of a word; zeros if it is rare.
    #[inline]
    pub(crate) fn word(&self, hash: TermHash) -> [u32; 4] {
        let Some(counts) = self.model.words.get(hash) else { return [0; 4] };
        let Some(left_out) = self.left_out else { return counts };
        let own =
            [&left_out.tags, &left_out.firsts, &left_out.lasts].map(|set| set.contains(&hash));
        let [seen, alone, first, last] = counts;
        let alone = if left_out.forgets { 0 } else { alone };
        [
            seen.saturating_sub(1),
            alone.saturating_sub(u32::from(own[0])),
            first.saturating_sub(u32::from(own[1])),
            last.saturating_sub(u32::from(own[2])),
        ]
    }

    /// Returns true for the counts of frequent words that tags are hardly ever made with: pronouns,
    /// classifiers, verbs of speech.
    pub(crate) fn are_of_function_word([seen, alone, first, last]: [u32; 4]) -> bool {
        seen >= FUNCTION_WORD_ARTICLES
            && u64::from(alone + first + last) * u64::from(FUNCTION_WORD_SHARE) < u64::from(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(key: &str) -> TermHash {
        TermHash::of_key(key)
    }

    fn model() -> KeywordModel {
        KeywordModel {
            phrases: CountTable::new([(hash("kinh tế"), [3, 9]), (hash("lạm phát"), [1, 2])]),
            words: CountTable::new([
                (hash("ông"), [900, 0, 1, 0]),
                (hash("thuế"), [200, 9, 30, 2]),
            ]),
            trees: Forest::default(),
        }
    }

    #[test]
    fn a_model_file_comes_back_and_damage_is_an_error() {
        let bytes = model().write(ModelInfo::new("", "test"));
        let read = KeywordModel::read(&bytes).expect("a model");
        assert_eq!(read.write(ModelInfo::new("", "test")), bytes);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x40;
            assert!(KeywordModel::read(&damaged).is_err(), "byte {at}");
            assert!(KeywordModel::read(&bytes[..at]).is_err(), "cut to {at} bytes");
        }
    }

    #[test]
    fn sections_are_checked() {
        let table = CountTable::<2>::new([(hash("a"), [1, 1]), (hash("b"), [1, 1])]);
        let bytes = table.encode();
        assert_eq!(CountTable::<2>::decode("phrases", &bytes).expect("a table"), table);
        for length in 0..bytes.len() {
            assert!(CountTable::<2>::decode("phrases", &bytes[..length]).is_err());
        }
        // The same hash twice, and one of more bits than are kept.
        assert!(CountTable::<1>::decode("words", &[2, 5, 1, 0, 1]).is_err());
        let mut wide = vec![1];
        write_varint(1 << BITS, &mut wide);
        wide.push(1);
        assert!(CountTable::<1>::decode("words", &wide).is_err());
    }

    #[test]
    fn what_an_article_added_is_left_out() {
        let model = model();
        let mut left_out = LeftOut::default();
        left_out.tags.extend([hash("kinh tế"), hash("lạm phát"), hash("thuế")]);
        let memory = Memory::leaving_out(&model, &left_out);
        assert_eq!(Memory::new(&model).phrase(hash("lạm phát")), Some([1, 2]));
        assert_eq!(memory.phrase(hash("lạm phát")), None, "no other article has the tag");
        assert_eq!(memory.phrase(hash("kinh tế")), Some([2, 8]));
        assert_eq!(memory.word(hash("thuế")), [199, 8, 30, 2]);
        left_out.forgets = true;
        assert_eq!(Memory::leaving_out(&model, &left_out).phrase(hash("kinh tế")), None);
        assert!(!model.without_phrases().is_known_term("kinh tế"));
    }

    #[test]
    fn function_words_are_frequent_and_in_no_tags() {
        let model = model();
        let memory = Memory::new(&model);
        let is_function_word = |word| Memory::are_of_function_word(memory.word(hash(word)));
        assert!(is_function_word("ông"));
        assert!(!is_function_word("thuế"));
        assert!(!is_function_word("chưa thấy bao giờ"));
    }
}
