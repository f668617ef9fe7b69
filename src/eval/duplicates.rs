//! Near-duplicates: articles of the test that stand in the training data, too.
//!
//! News sites copy each other, and a crawled corpus holds the same article many times. A model
//! that was trained on an article is not tested by it. Two texts are compared by the runs of
//! five syllables that they share, with numbers, case and tone style folded as the
//! [syllable tokenizer](super::Tokenizer::syllables) does.
//!
//! # References
//!
//! A. Broder (1997), *On the resemblance and containment of documents*, SEQUENCES: resemblance of
//! sets of shingles, and its estimate from the smallest hashes of each set.

use rustc_hash::FxHashMap;

use super::signature::Fingerprint;
use super::tokenize::vocabulary::Vocabulary;
use super::tokenize::{TokenSequence, Tokenizer};

/// Syllables of a shingle.
const SHINGLE: usize = 5;

/// Smallest hashes that are kept of a text: an estimate of 0.8 has a standard error of 0.028.
const SKETCH: usize = 200;

/// Texts that share a shingle with more than so many others say nothing: it is a set phrase.
const MOST_POSTINGS: usize = 512;

/// The smallest hashes of the shingles of a text, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    hashes: Vec<u64>,
}

impl Sketch {
    /// Makes the sketch of a text, in linear time.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (mut vocabulary, mut tokens) = (Vocabulary::default(), TokenSequence::default());
        Tokenizer::syllables().tokenize(text, &mut vocabulary, &mut tokens);
        let hash = |id: &u32| {
            let mut print = Fingerprint::new();
            print.add(vocabulary.key(*id));
            print.to_u64()
        };
        let units: Vec<u64> = tokens.ids.iter().map(hash).collect();
        let mut hashes: Vec<u64> = if units.len() < SHINGLE {
            units.chunks(SHINGLE).map(shingle).collect()
        } else {
            units.windows(SHINGLE).map(shingle).collect()
        };
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(SKETCH);
        hashes.shrink_to_fit();
        Self { hashes }
    }

    /// Returns the estimated share of the shingles of both texts that both have, from 0 to 1.
    ///
    /// Texts of up to 200 shingles are compared exactly. A text without letters resembles none.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::eval::duplicates::Sketch;
    ///
    /// let a = Sketch::new("Sáng nay, cầu Cỏ May thông xe sớm một tháng.");
    /// let b = Sketch::new("SÁNG NAY: cầu Cỏ May thông xe sớm một tháng!");
    /// let c = Sketch::new("Sáng nay, cầu Cỏ May thông xe sớm một năm.");
    /// assert_eq!(a.resemblance(&b), 1.0);
    /// assert_eq!(a.resemblance(&c), 5.0 / 7.0);
    /// ```
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f64 {
        let (mut i, mut j, mut both, mut all) = (0, 0, 0_u32, 0_u32);
        while all < SKETCH as u32 {
            match (self.hashes.get(i), other.hashes.get(j)) {
                (Some(a), Some(b)) => {
                    both += u32::from(a == b);
                    i += usize::from(a <= b);
                    j += usize::from(b <= a);
                }
                (Some(_), None) => i += 1,
                (None, Some(_)) => j += 1,
                (None, None) => break,
            }
            all += 1;
        }
        if all == 0 { 0.0 } else { f64::from(both) / f64::from(all) }
    }
}

fn shingle(units: &[u64]) -> u64 {
    let hash = units.iter().fold(0xCBF2_9CE4_8422_2325, |hash: u64, unit| {
        (hash ^ unit).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(29)
    });
    // The lowest hashes are kept, so all bits must be mixed.
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9FB2_1C65_1E98_DF25);
    hash ^ (hash >> 28)
}

/// A text of the collection that resembles another.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Duplicate {
    /// Number of the text in the collection, in the order of adding.
    pub index: usize,
    /// Estimated resemblance, from 0 to 1.
    pub resemblance: f64,
}

/// A collection that is searched for near-duplicates.
///
/// # Examples
///
/// ```
/// use tomtat::eval::duplicates::{Collection, Sketch};
///
/// let mut test = Collection::default();
/// test.add(Sketch::new("Giá gạo tăng nhẹ ở các tỉnh miền Tây trong tuần qua."));
/// test.add(Sketch::new("Đội tuyển nữ thắng trận ra quân trên sân khách."));
/// let found = test.find(&Sketch::new("Đội tuyển nữ thắng trận ra quân trên sân khách!"), 0.8);
/// assert_eq!((found[0].index, found[0].resemblance), (1, 1.0));
/// assert_eq!(found.len(), 1);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Collection {
    sketches: Vec<Sketch>,
    /// Texts by hash; looked up only, never iterated over.
    postings: FxHashMap<u64, Vec<u32>>,
}

impl Collection {
    /// Adds a text.
    pub fn add(&mut self, sketch: Sketch) {
        let index = self.sketches.len() as u32;
        for hash in &sketch.hashes {
            self.postings.entry(*hash).or_default().push(index);
        }
        self.sketches.push(sketch);
    }

    /// Returns the number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Returns true if there are no texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Returns the texts whose resemblance with `sketch` is `threshold` or more, in the order of
    /// adding.
    ///
    /// Texts that share nothing but shingles that more than 512 texts have are not found.
    #[must_use]
    pub fn find(&self, sketch: &Sketch, threshold: f64) -> Vec<Duplicate> {
        let lists = sketch.hashes.iter().filter_map(|hash| self.postings.get(hash));
        let mut candidates: Vec<u32> =
            lists.filter(|list| list.len() <= MOST_POSTINGS).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .map(|index| {
                let index = index as usize;
                Duplicate { index, resemblance: self.sketches[index].resemblance(sketch) }
            })
            .filter(|duplicate| duplicate.resemblance >= threshold)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::Random;

    /// A text of `len` made-up tokens.
    fn text(random: &mut Random, len: usize) -> Vec<String> {
        (0..len).map(|_| format!("t{}", random.below(5000))).collect()
    }

    #[test]
    fn the_estimate_is_near_the_true_share() {
        let mut random = Random::new(3);
        for kept in [0.95, 0.8, 0.4] {
            let whole = text(&mut random, 2000);
            let part = &whole[..(2000.0 * kept) as usize];
            // All shingles of the part are in the whole.
            let truth = (part.len() - 4) as f64 / (whole.len() - 4) as f64;
            let estimate = Sketch::new(&whole.join(" ")).resemblance(&Sketch::new(&part.join(" ")));
            assert!((estimate - truth).abs() < 0.12, "{estimate} for {truth}");
        }
    }

    #[test]
    fn copies_are_found_and_others_are_not() {
        let mut random = Random::new(4);
        let texts: Vec<Vec<String>> = (0..50).map(|_| text(&mut random, 300)).collect();
        let mut collection = Collection::default();
        for text in &texts {
            collection.add(Sketch::new(&text.join(" ")));
        }
        let mut copy = texts[17].clone();
        copy[40] = "khác".to_owned();
        copy.truncate(290);
        let found = collection.find(&Sketch::new(&copy.join(" ")), 0.7);
        assert_eq!(found.iter().map(|d| d.index).collect::<Vec<_>>(), [17]);
        let stranger = text(&mut random, 300).join(" ");
        assert!(collection.find(&Sketch::new(&stranger), 0.2).is_empty());
    }

    #[test]
    fn empty_and_tiny_texts_are_harmless() {
        let empty = Sketch::new(" … ");
        assert!(empty.resemblance(&empty).abs() < f64::EPSILON);
        let tiny = Sketch::new("Mưa to");
        assert!((tiny.resemblance(&tiny) - 1.0).abs() < f64::EPSILON);
        assert!(Collection::default().find(&tiny, 0.0).is_empty());
    }
}
