//! How far the words of a block are from the words of the article.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::word_hash;
use crate::vocabulary;

const BITS: usize = 1 << 14;
type Bits = [u64; BITS / 64];

static TOPIC_NEUTRAL: LazyLock<Box<Bits>> = LazyLock::new(|| {
    let mut bits = Box::new([0; BITS / 64]);
    for word in vocabulary::TOPIC_NEUTRAL_WORDS.words() {
        let decomposed: String = word.nfd().collect();
        for hash in word_hash::words(word).into_iter().chain(word_hash::words(&decomposed)) {
            set(&mut bits, hash);
        }
    }
    bits
});

/// The words of the beginning of an article, as a set of hash bits.
///
/// The set has a fixed size, so its cost does not grow with the page. With the
/// few hundred words it takes in, one word in fifty is taken for another.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    bits: Box<Bits>,
    words: u32,
}

impl Reference {
    pub(super) fn new() -> Self {
        Self { bits: Box::new([0; BITS / 64]), words: 0 }
    }

    /// Takes the words of a block of the article in.
    pub(super) fn add(&mut self, words: &[u32]) {
        self.words += words.len() as u32;
        for &word in words {
            set(&mut self.bits, word);
        }
    }

    /// How much a block's words speak for another subject: above 0 far, below
    /// 0 near, at most 1.5 either way.
    ///
    /// The share of a block's own words that the article's beginning has grows
    /// with the root of the beginning's length: counted on news, paragraphs of
    /// the same and of other articles part at 0.0122 times the root.
    pub(super) fn distance(&self, words: &[u32]) -> f32 {
        let neutral: &Bits = &TOPIC_NEUTRAL;
        let (mut total, mut known) = (0, 0);
        for &word in words {
            let own = !get(neutral, word) & 1;
            total += own;
            // Branch-free, because both outcomes are unpredictable.
            known += own & get(&self.bits, word);
        }
        if self.words < 50 || total < 4 {
            return 0.0;
        }
        let share = known as f32 / total as f32;
        let parting = 0.0122 * (self.words.min(1200) as f32).sqrt();
        let trust = (total as f32 / 12.0).min(1.0);
        ((parting - share) * 10.0).clamp(-1.5, 1.5) * trust
    }
}

fn place(word: u32) -> (usize, u64) {
    let bit = word as usize % BITS;
    (bit / 64, 1 << (bit % 64))
}

fn set(bits: &mut Bits, word: u32) {
    let (at, mask) = place(word);
    bits[at] |= mask;
}

/// The bit of a word, in the lowest place; others above it.
fn get(bits: &Bits, word: u32) -> u32 {
    let bit = word as usize % BITS;
    (bits[bit / 64] >> (bit % 64)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::word_hash::words;

    #[test]
    fn another_subject_is_far() {
        let mut reference = Reference::new();
        let article = "Mực nước sông Hồng tại Hà Nội dâng cao sau khi các hồ thủy điện Hòa Bình và Sơn La xả lũ. \
            Ban chỉ huy phòng chống thiên tai yêu cầu các địa phương ven sông sơ tán người dân ở vùng trũng, \
            kiểm tra đê điều và chuẩn bị phương tiện ứng cứu. Nhiều bãi giữa sông đã ngập sâu, hoa màu hư hại.";
        reference.add(&words(article));
        let near =
            "Đến chiều nay, lũ trên sông Hồng đang xuống chậm, các hồ thủy điện đóng bớt cửa xả.";
        let far = "Đội tuyển bóng đá nữ giành quyền vào chung kết giải vô địch châu lục sau loạt sút luân lưu.";
        assert!(reference.distance(&words(near)) < -0.5);
        assert!(reference.distance(&words(far)) > 0.5);
    }

    #[test]
    fn a_short_article_says_nothing() {
        let mut reference = Reference::new();
        reference.add(&words("Mực nước sông Hồng dâng cao."));
        assert!(
            reference.distance(&words("Đội tuyển bóng đá nữ giành quyền vào chung kết.")).abs()
                < f32::EPSILON
        );
    }
}
