//! Hash tables of small records that cost one cache line a look-up and are used as they lie in a
//! model file.
//!
//! Each bucket has eight records and a fingerprint of 16 bits for each. A look-up compares all
//! fingerprints of one bucket at once; an absent key passes for a present one with probability
//! 8/65,535, which the weights bear.

use std::borrow::Cow;
use std::hint::select_unpredictable;

/// Records in a bucket.
const WAYS: usize = 8;

/// Bytes of the fingerprints of a bucket.
const PRINTS: usize = 2 * WAYS;

/// Bytes of a bucket of records of `n` bytes.
const fn bucket_bytes(n: usize) -> usize {
    PRINTS + WAYS * n
}

/// Adjacent units: see [`PairField`](super::PairField).
pub(crate) type Pairs = Table<6, 64>;
/// Three units: weights for the first and the second gap.
pub(crate) type Triples = Table<2, 32>;
/// Lexicon beyond the second unit.
pub(crate) type Deep = Table<1, 24>;

/// One in each of the eight lanes of 16 bits.
const ONES: u128 = 0x0001_0001_0001_0001_0001_0001_0001_0001;
const HIGHS: u128 = ONES << 15;

/// Returns the place of a fingerprint among eight, [`WAYS`] if it is not there.
///
/// The lowest lane that is zero after the exclusive or is found exactly (Warren, Hacker's
/// Delight, section 6-1).
#[inline]
const fn position(prints: u128, print: u16) -> usize {
    let lanes = prints ^ (ONES * print as u128);
    let zeros = lanes.wrapping_sub(ONES) & !lanes & HIGHS;
    zeros.trailing_zeros() as usize / 16
}

/// Spreads a key over 64 bits (Fibonacci hashing; Knuth, volume 3, section 6.4, and a final
/// multiplication so that both ends of the result depend on all bits).
#[inline]
pub(crate) const fn spread(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Returns the bucket and the fingerprint of a key; fingerprint 0 marks a free place.
#[inline]
const fn place(key: u64, buckets: usize) -> (usize, u16) {
    let hash = spread(key);
    let print = hash as u16;
    let at = ((hash >> 32) * buckets as u64) >> 32;
    (at as usize, if print == 0 { 1 } else { print })
}

/// A table from hashed keys to records of `N` small integers, as it lies in a model file.
///
/// A bucket is 16 bytes of fingerprints, that of record `i` from byte `2 i` on, little-endian,
/// and eight records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table<const N: usize, const BUCKET: usize> {
    /// At least one bucket, and nothing but whole buckets.
    bytes: Cow<'static, [u8]>,
}

impl<const N: usize, const BUCKET: usize> Table<N, BUCKET> {
    /// Takes the table in `bytes`; returns nothing if they are no whole buckets.
    pub(crate) fn from_bytes(bytes: Cow<'static, [u8]>) -> Option<Self> {
        const { assert!(BUCKET == bucket_bytes(N)) };
        let whole = !bytes.is_empty() && bytes.len().is_multiple_of(BUCKET);
        whole.then_some(Self { bytes })
    }

    /// Returns the table as it is written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Borrows the table for many look-ups.
    #[inline]
    pub(crate) fn view(&self) -> TableView<'_, N, BUCKET> {
        TableView { buckets: self.bytes.as_chunks().0 }
    }

    /// Copies the table to be changed.
    pub(crate) fn to_builder(&self) -> TableBuilder<N, BUCKET> {
        TableBuilder { bytes: self.bytes.to_vec() }
    }

    /// Number of bytes that the table takes in memory.
    pub(crate) fn memory(&self) -> usize {
        self.bytes.len()
    }
}

/// A borrowed [`Table`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableView<'t, const N: usize, const BUCKET: usize> {
    buckets: &'t [[u8; BUCKET]],
}

impl<'t, const N: usize, const BUCKET: usize> TableView<'t, N, BUCKET> {
    /// Returns the record of `key`, all zero if there is none.
    #[inline]
    pub(crate) fn find(self, key: u64) -> [i8; N] {
        self.probe(key).record()
    }

    /// Begins a look-up: its access to memory is under way while others begin.
    #[inline]
    pub(crate) fn probe(self, key: u64) -> Probe<'t, N, BUCKET> {
        let (at, print) = place(key, self.buckets.len());
        Probe::new(&self.buckets[at], print)
    }

    /// Returns a look-up that finds nothing.
    #[inline]
    pub(crate) fn nothing(self) -> Probe<'t, N, BUCKET> {
        Probe { bucket: &self.buckets[0], prints: 0, print: 1 }
    }
}

/// A look-up that has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Probe<'t, const N: usize, const BUCKET: usize> {
    bucket: &'t [u8; BUCKET],
    prints: u128,
    print: u16,
}

impl<'t, const N: usize, const BUCKET: usize> Probe<'t, N, BUCKET> {
    #[inline]
    fn new(bucket: &'t [u8; BUCKET], print: u16) -> Self {
        let prints = bucket.first_chunk().map_or(0, |prints| u128::from_le_bytes(*prints));
        Self { bucket, prints, print }
    }

    /// Returns the record, all zero if there is none.
    #[inline]
    pub(crate) fn record(&self) -> [i8; N] {
        const { assert!(N <= 8) };
        let way = position(self.prints, self.print);
        let record = &self.bucket[PRINTS + way % WAYS * N..][..N];
        let packed = record.iter().rev().fold(0, |packed, &weight| packed << 8 | u64::from(weight));
        // Whether a key is here is a coin toss to the branch predictor, so nothing branches.
        let found = select_unpredictable(way < WAYS, packed, 0).to_le_bytes();
        std::array::from_fn(|i| found[i] as i8)
    }
}

/// A [`Table`] in the making.
#[derive(Clone, Debug)]
pub(crate) struct TableBuilder<const N: usize, const BUCKET: usize> {
    bytes: Vec<u8>,
}

impl<const N: usize, const BUCKET: usize> TableBuilder<N, BUCKET> {
    /// Makes a table that is seven tenths full with so many `records`.
    pub(crate) fn with_room_for(records: usize) -> Self {
        let buckets = (records * 10 / 7).div_ceil(WAYS).max(1);
        Self { bytes: vec![0; buckets * BUCKET] }
    }

    /// Returns the record of `key` to be changed, weights as two's complement; makes one if there
    /// is room in its bucket.
    pub(crate) fn entry(&mut self, key: u64) -> Option<&mut [u8; N]> {
        let (at, print) = place(key, self.bytes.len() / BUCKET);
        let bucket = &mut self.bytes[at * BUCKET..][..BUCKET];
        let (prints, records) = bucket.split_first_chunk_mut::<PRINTS>()?;
        let all = u128::from_le_bytes(*prints);
        let mut way = position(all, print);
        if way == WAYS {
            way = position(all, 0);
            if way == WAYS {
                return None;
            }
            *prints = (all | u128::from(print) << (16 * way)).to_le_bytes();
        }
        records[way * N..].first_chunk_mut()
    }

    /// Visits every record in the order of the table.
    pub(crate) fn for_each_record(&mut self, mut change: impl FnMut(&mut [u8])) {
        for bucket in self.bytes.chunks_exact_mut(BUCKET) {
            bucket[PRINTS..].chunks_exact_mut(N).for_each(&mut change);
        }
    }

    /// Returns the table.
    pub(crate) fn build(self) -> Table<N, BUCKET> {
        Table { bytes: Cow::Owned(self.bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_again() {
        let mut builder = TableBuilder::<4, 48>::with_room_for(1000);
        let mut lost = 0;
        for key in 0..1000u64 {
            match builder.entry(key * 7) {
                Some(record) => *record = [key as u8, 1, 2, 3],
                None => lost += 1,
            }
        }
        assert!(lost < 60, "{lost} records found no room");
        let table = builder.build();
        let find = |key| table.view().find(key);
        let found = (0..1000u64).filter(|&k| find(k * 7) == [k as i8, 1, 2, 3]).count();
        assert!(found >= 1000 - lost - 1, "{found}");
        let strangers = (0..10_000u64).filter(|&k| find(k * 7 + 3) != [0; 4]).count();
        assert!(strangers < 20, "{strangers}");
    }

    #[test]
    fn bytes_come_back_and_cuts_are_found() {
        let mut builder = TableBuilder::<3, 40>::with_room_for(40);
        for key in 0..40 {
            if let Some(record) = builder.entry(key) {
                *record = [1, 254, key as u8];
            }
        }
        let table = builder.build();
        assert_eq!(table.view().find(7), [1, -2, 7]);
        let bytes = table.as_bytes();
        let read = |bytes: &[u8]| Table::<3, 40>::from_bytes(Cow::Owned(bytes.to_vec()));
        assert_eq!(read(bytes).as_ref(), Some(&table));
        assert_eq!(table.to_builder().build(), table);
        for cut in (0..bytes.len()).filter(|cut| *cut == 0 || cut % 40 != 0) {
            assert!(read(&bytes[..cut]).is_none());
        }
    }
}
