//! Which record counts a term: a table that can be asked for many terms at once.

use prefetch_index::prefetch_index;

/// A record of a term.
pub(super) trait Identified {
    /// Returns the 64-bit identity of the term.
    fn identity(&self) -> u64;
}

impl Identified for u64 {
    fn identity(&self) -> u64 {
        *self
    }
}

/// Open addressing with linear probing from the identity of a term to the number of its record.
///
/// A place holds the upper half of the identity and the number of the record plus one, 0 if it is
/// free; which place comes first is decided by the lower half. At most half of the positions are
/// taken. The records hold the whole identities.
///
/// A corpus has more terms than a cache has room for, so nearly every look-up waits for memory.
/// With [`TermIndex::seek`] and [`TermIndex::guess`] many wait together.
#[derive(Clone, Debug)]
pub(super) struct TermIndex {
    positions: Vec<u64>,
    taken: usize,
}

const UPPER: u64 = !0 << 32;

impl TermIndex {
    pub(super) fn new() -> Self {
        Self { positions: vec![0; 16], taken: 0 }
    }

    /// Makes room for so many terms, if there are none yet.
    pub(super) fn reserve(&mut self, terms: usize) {
        if self.taken == 0 {
            let positions = (2 * terms).next_power_of_two();
            self.positions.resize(positions.max(self.positions.len()), 0);
        }
    }

    #[inline]
    fn first(&self, hash: u64) -> usize {
        hash as usize & (self.positions.len() - 1)
    }

    /// Asks for the line of memory that look-ups of this term begin in.
    #[inline]
    pub(super) fn seek(&self, hash: u64) {
        prefetch_index(&self.positions, self.first(hash));
    }

    /// Returns the first record whose identity has the same upper half.
    #[inline]
    pub(super) fn guess(&self, hash: u64) -> Option<u32> {
        self.candidates(hash).next()
    }

    /// Returns the number of the record of a term.
    #[inline]
    pub(super) fn get(&self, hash: u64, records: &[impl Identified]) -> Option<u32> {
        self.candidates(hash).find(|&id| records[id as usize].identity() == hash)
    }

    #[inline]
    fn candidates(&self, hash: u64) -> impl Iterator<Item = u32> {
        let mask = self.positions.len() - 1;
        (self.first(hash)..)
            .map(move |at| self.positions[at & mask])
            .take_while(|&place| place != 0)
            .filter(move |place| (place ^ hash) & UPPER == 0)
            .map(|place| place as u32 - 1)
    }

    /// Notes that a new term has the last of the `records`.
    pub(super) fn insert_last(&mut self, records: &[impl Identified]) {
        if (self.taken + 1) * 2 > self.positions.len() {
            let positions = self.positions.len() * 2;
            self.positions.clear();
            self.positions.resize(positions, 0);
            for (record, id) in records.iter().zip(0..) {
                self.put(record.identity(), id);
            }
        } else if let Some(record) = records.last() {
            self.put(record.identity(), records.len() as u32 - 1);
        }
        self.taken = records.len();
    }

    /// Returns the bytes of memory that it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.positions.len() * size_of::<u64>()
    }

    fn put(&mut self, hash: u64, id: u32) {
        let mask = self.positions.len() - 1;
        let mut at = self.first(hash);
        while self.positions[at] != 0 {
            at = (at + 1) & mask;
        }
        self.positions[at] = hash & UPPER | u64::from(id + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_and_told_apart() {
        let mut records: Vec<u64> = Vec::new();
        let mut index = TermIndex::new();
        // Identities that share one half or the other, and end in the same positions.
        let hashes = (0..5000_u64).map(|i| (i % 70) << 32 | (i / 70) << 20 | 3);
        for hash in hashes.clone() {
            assert_eq!(index.get(hash, &records), None);
            records.push(hash);
            index.insert_last(&records);
        }
        for (hash, id) in hashes.zip(0..) {
            assert_eq!(index.get(hash, &records), Some(id));
            let guess = index.guess(hash).expect("a record");
            assert_eq!(records[guess as usize] >> 32, hash >> 32);
        }
        assert_eq!(index.get(5, &records), None);
        assert_eq!(index.guess(99 << 32), None);
    }
}
