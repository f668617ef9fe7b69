//! Which articles are copies of an earlier one.
//!
//! An inverted index of the shingles finds the articles that have any in common, as
//! [`clusters`](super::clusters) does with words: no article is compared with all others. Shingles that
//! one article alone has are not in it. The index is a few arrays, because a list of its own for each
//! shingle takes four times as much memory.

use std::ops::Range;

use super::sketch::ShingleSketch;

/// Finds articles that are copies of an earlier one; sorted by the number of the copy.
pub(super) fn copies(sketches: &[ShingleSketch]) -> Vec<(usize, usize)> {
    let mut index = ShingleIndex::new(sketches);
    let mut copies: Vec<(usize, usize)> = Vec::new();
    // How many shingles each original has in common with the article at hand.
    let mut shared = vec![0usize; sketches.len()];
    for (d, sketch) in sketches.iter().enumerate() {
        let mut met = Vec::new();
        for &original in sketch.hashes().iter().flat_map(|&hash| index.originals(hash)) {
            let original = original as usize;
            if shared[original] == 0 {
                met.push(original);
            }
            shared[original] += 1;
        }
        let is_copy = |&&e: &&usize| sketch.is_copy_of(&sketches[e], shared[e]);
        let original = met.iter().filter(is_copy).min().copied();
        met.into_iter().for_each(|e| shared[e] = 0);
        match original {
            Some(original) => copies.push((d, original)),
            None => index.add(d as u32, sketch),
        }
    }
    copies
}

/// The originals that have each shingle.
struct ShingleIndex {
    /// Shingles of several articles, sorted.
    hashes: Vec<u32>,
    /// For each value of the first bits of a hash, where its shingles begin; and the end.
    buckets: Vec<usize>,
    /// For each shingle, where its originals begin; and the end.
    starts: Vec<usize>,
    /// The originals of one shingle after the other, with room for all articles that have it.
    originals: Vec<u32>,
}

/// Bits of a hash that number its bucket.
const BUCKET_BITS: u32 = 16;

/// Room that no original has taken yet.
const FREE: u32 = u32::MAX;

impl ShingleIndex {
    /// Makes room for the shingles that several articles have.
    fn new(sketches: &[ShingleSketch]) -> Self {
        let mut all: Vec<u32> = sketches.iter().flat_map(ShingleSketch::hashes).copied().collect();
        all.sort_unstable();
        let repeated = || all.chunk_by(|a, b| a == b).filter(|equal| equal.len() > 1);
        let count = repeated().count();
        let (mut hashes, mut starts) = (Vec::with_capacity(count), Vec::with_capacity(count + 1));
        let mut end = 0;
        for equal in repeated() {
            hashes.push(equal[0]);
            starts.push(end);
            end += equal.len();
        }
        starts.push(end);
        drop(all);
        let shift = u32::BITS - BUCKET_BITS;
        let first_of =
            |bucket: u64| hashes.partition_point(|&hash| u64::from(hash) < bucket << shift);
        let buckets = (0..=1u64 << BUCKET_BITS).map(first_of).collect();
        Self { hashes, buckets, starts, originals: vec![FREE; end] }
    }

    /// Returns the room of a shingle; none if one article alone has it.
    fn room(&self, hash: u32) -> Range<usize> {
        let bucket = (hash >> (u32::BITS - BUCKET_BITS)) as usize;
        let (from, to) = (self.buckets[bucket], self.buckets[bucket + 1]);
        match self.hashes[from..to].binary_search(&hash) {
            Ok(at) => self.starts[from + at]..self.starts[from + at + 1],
            Err(_) => 0..0,
        }
    }

    /// Returns the originals that have a shingle.
    fn originals(&self, hash: u32) -> &[u32] {
        let room = &self.originals[self.room(hash)];
        &room[..room.partition_point(|&original| original != FREE)]
    }

    fn add(&mut self, original: u32, sketch: &ShingleSketch) {
        for &hash in sketch.hashes() {
            let taken = self.originals(hash).len();
            let room = self.room(hash);
            if let Some(free) = self.originals[room].get_mut(taken) {
                *free = original;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;

    #[test]
    fn copies_are_those_that_comparing_all_articles_finds() {
        let analyzer = Analyzer::new();
        let sentences = [
            "Bão số 5 đổ bộ vào Quảng Trị sáng nay, làm hai trăm ngôi nhà tốc mái.",
            "Chính quyền sơ tán bốn nghìn người dân ven biển đến nơi an toàn.",
            "Giá gạo xuất khẩu tăng tuần thứ tư liên tiếp nhờ nhu cầu của châu Phi.",
            "Nông dân Đồng Tháp bán lúa tươi ngay tại ruộng với giá cao hơn năm ngoái.",
            "Đội tuyển nữ thắng ba bàn không gỡ trong trận mở màn ở sân Cẩm Phả.",
        ];
        // Every choice of the sentences: many hold each other, in both orders.
        let sketches: Vec<ShingleSketch> = (0..64_usize)
            .map(|choice| {
                let mut chosen: Vec<&str> = (0..sentences.len())
                    .filter(|at| choice >> at & 1 == 1)
                    .map(|at| sentences[at])
                    .collect();
                if choice >= 32 {
                    chosen.reverse();
                }
                ShingleSketch::of(&analyzer.analyze(&chosen.join(" ")))
            })
            .collect();
        let mut expected: Vec<(usize, usize)> = Vec::new();
        for (d, sketch) in sketches.iter().enumerate() {
            let is_copy = |e: &usize| {
                let other = &sketches[*e];
                let in_both = |h: &&u32| other.hashes().binary_search(h).is_ok();
                let shared = sketch.hashes().iter().filter(in_both).count();
                expected.iter().all(|(copy, _)| copy != e)
                    && shared > 0
                    && sketch.is_copy_of(other, shared)
            };
            if let Some(original) = (0..d).find(is_copy) {
                expected.push((d, original));
            }
        }
        assert!(expected.len() > 20, "{expected:?}");
        assert_eq!(copies(&sketches), expected);
        assert_eq!(copies(&[]), []);
    }
}
