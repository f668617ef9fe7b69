//! Articles that are copies of each other: the same report on several sites.

use crate::document::Document;
use crate::text::key::TermHash;
use crate::token::Token;

/// Units of a shingle: long enough that probability does not repeat it.
const SHINGLE: usize = 5;

/// Shingles kept of an article: those with the smallest hashes.
const KEPT: usize = 512;

/// Share of the shingles of the shorter article from which on it is a copy.
const COPY: f64 = 0.6;

/// What an article says, in a few hundred numbers.
///
/// Runs of five units are hashed and the smallest hashes kept, so that equal passages leave equal
/// numbers wherever they stand (Broder 1997, *On the resemblance and containment of documents*,
/// section 3).
#[derive(Clone, Debug, Default)]
pub struct ShingleSketch {
    /// The upper halves of the smallest hashes, sorted: two different shingles of five million have
    /// the same with a chance of one in a thousand.
    hashes: Vec<u32>,
    /// All shingles were kept below this hash.
    bound: u32,
}

impl ShingleSketch {
    /// Makes the sketch of the text of an article: its sentences, without captions and links.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut units = Vec::new();
        for sentence in document.sentences().filter(|s| s.role().is_text()) {
            units.extend(sentence.tokens().iter().filter(|t| t.kind().is_term()).map(Token::unit));
        }
        let shingles = units.windows(SHINGLE);
        let mut hashes: Vec<u32> = shingles
            .map(|w| (TermHash::of_units(w.iter().copied()).to_u64() >> 32) as u32)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let bound = hashes.get(KEPT).copied().unwrap_or(u32::MAX);
        hashes.truncate(KEPT);
        hashes.shrink_to_fit();
        Self { hashes, bound }
    }

    /// The hashes that were kept, sorted.
    pub(super) fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Returns the estimated share of the shorter article's shingles that the other has, 0 to 1, from
    /// the number of hashes that both have kept.
    fn containment(&self, other: &Self, shared: usize) -> f64 {
        // Hashes below both bounds are a sample of both articles; all that are shared are below.
        let bound = self.bound.min(other.bound);
        let below = |sketch: &Self| sketch.hashes.partition_point(|&h| h < bound);
        let shorter = below(self).min(below(other));
        if shorter == 0 { 0.0 } else { shared as f64 / shorter as f64 }
    }

    /// Returns true if most of the shorter article stands in the other one; `shared` is the number of
    /// hashes that both have kept.
    pub(super) fn is_copy_of(&self, other: &Self, shared: usize) -> bool {
        self.containment(other, shared) >= COPY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn copies_are_told_from_articles_on_the_same_event() {
        let analyzer = Analyzer::new();
        let print = |text: &str| ShingleSketch::of(&analyzer.analyze(text));
        let report = "Bão số 5 đổ bộ vào Quảng Trị sáng nay, làm hai trăm ngôi nhà tốc mái. \
                      Chính quyền sơ tán bốn nghìn người dân ven biển đến nơi an toàn.";
        let copy = format!("Tin nhanh lúc 9 giờ. {report}");
        let other = "Sáng nay, bão số 5 vào đất liền ở Quảng Trị. Bốn nghìn người phải sơ tán, \
                     nhiều nhà cửa hư hỏng nặng.";
        let is_copy = |a: &str, b: &str| {
            let (a, b) = (print(a), print(b));
            let shared = a.hashes().iter().filter(|h| b.hashes().binary_search(h).is_ok()).count();
            a.is_copy_of(&b, shared)
        };
        assert!(is_copy(&copy, report));
        assert!(!is_copy(other, report));
        assert!(!is_copy("", ""));
    }
}
