//! Hash tables of small records that cost one cache line a look-up and are used as they lie in a
//! model file.
//!
//! Each bucket has eight records and a fingerprint of 16 bits for each. A look-up compares all
//! fingerprints of one bucket at once; an absent key passes for a present one with probability
//! 8/65,535, which the weights bear.

use std::borrow::Cow;
use std::hint::select_unpredictable;

use prefetch_index::prefetch_index;
use rustc_hash::FxHashMap;
use wide::{CmpEq, i8x16, i16x8};

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
pub(crate) type LexiconTrie = Table<1, 24>;

/// Returns the byte of a fingerprint among those of a bucket, [`PRINTS`] if it is not there.
#[inline]
fn position(prints: &[u8; PRINTS], print: u16) -> usize {
    let prints: i16x8 = bytemuck::cast(*prints);
    let same: i8x16 = bytemuck::cast(prints.cmp_eq(i16x8::splat(print.to_le() as i16)));
    (same.move_mask() as u32 | 1 << PRINTS).trailing_zeros() as usize
}

/// Returns where the record of `N` bytes begins whose fingerprint is at such a byte.
#[inline]
const fn record_at<const N: usize>(byte: usize) -> usize {
    // A fingerprint has two bytes; the compiler does not see that `byte` is even.
    PRINTS + if N.is_multiple_of(2) { byte * (N / 2) } else { byte / 2 * N }
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
        TableBuilder { bytes: self.bytes.to_vec(), keys: FxHashMap::default() }
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

impl<const N: usize, const BUCKET: usize> TableView<'_, N, BUCKET> {
    /// Returns the record of `key`, all zero if there is none.
    #[inline]
    pub(crate) fn find(self, key: u64) -> [i8; N] {
        let (bucket, print) = place(key, self.buckets.len());
        self.read(Place { bucket: bucket as u32, print })
    }

    /// Asks for the line of memory that [`Self::read`] will need.
    #[inline]
    pub(crate) fn seek(self, key: u64) -> Place {
        let (bucket, print) = place(key, self.buckets.len());
        prefetch_index(self.buckets, bucket);
        Place { bucket: bucket as u32, print }
    }

    /// Returns the record at a place, all zero if there is none.
    #[inline]
    pub(crate) fn read(self, place: Place) -> [i8; N] {
        const { assert!(N <= 8) };
        let bucket = &self.buckets[place.bucket as usize];
        let at = bucket.first_chunk().map_or(PRINTS, |prints| position(prints, place.print));
        let record = bucket[record_at::<N>(at & (PRINTS - 2))..].first_chunk().unwrap_or(&[0; N]);
        // Whether a key is here is a coin toss to the branch predictor, so nothing branches.
        let record = select_unpredictable(at < PRINTS, record, &[0; N]);
        std::array::from_fn(|i| record[i] as i8)
    }
}

/// Where the record of a key is, if there is one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    bucket: u32,
    print: u16,
}

impl Place {
    /// Here is nothing: fingerprint 0 marks free places, whose records are zero.
    pub(crate) const NOWHERE: Self = Self { bucket: 0, print: 0 };

    /// Returns this place, or a free one, whose record is zero.
    #[inline]
    pub(crate) fn only_if(self, wanted: bool) -> Self {
        Self { print: self.print & u16::from(wanted).wrapping_neg(), ..self }
    }

    /// Returns true unless this is the place of a key.
    #[inline]
    pub(crate) const fn is_free(self) -> bool {
        self.print == 0
    }
}

/// A [`Table`] in the making.
#[derive(Clone, Debug)]
pub(crate) struct TableBuilder<const N: usize, const BUCKET: usize> {
    bytes: Vec<u8>,
    /// The keys that were inserted, by bucket and fingerprint.
    keys: FxHashMap<(usize, u16), u64>,
}

impl<const N: usize, const BUCKET: usize> TableBuilder<N, BUCKET> {
    /// Makes a table that is half full with `records` records: at this load some 0.8 % of them
    /// find their bucket full (the tail of a Poisson distribution with mean 4). Insert the strong
    /// ones first.
    pub(crate) fn with_room_for(records: usize) -> Self {
        let buckets = (records * 2).div_ceil(WAYS).max(1);
        Self { bytes: vec![0; buckets * BUCKET], keys: FxHashMap::default() }
    }

    /// Returns the record of `key` to be changed, weights as two's complement; makes one if there
    /// is room in its bucket and no other key was inserted with the same fingerprint.
    pub(crate) fn entry(&mut self, key: u64) -> Option<&mut [u8; N]> {
        let (at, print) = place(key, self.bytes.len() / BUCKET);
        if self.keys.get(&(at, print)).is_some_and(|&other| other != key) {
            return None;
        }
        let bucket = &mut self.bytes[at * BUCKET..][..BUCKET];
        let (prints, records) = bucket.split_first_chunk_mut::<PRINTS>()?;
        let mut byte = position(prints, print);
        if byte == PRINTS {
            byte = position(prints, 0);
            *prints.as_chunks_mut().0.get_mut(byte / 2)? = print.to_le_bytes();
        }
        self.keys.insert((at, print), key);
        records[record_at::<N>(byte) - PRINTS..].first_chunk_mut()
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
        assert!(lost < 15, "{lost} records found no room");
        let table = builder.build();
        let find = |key| table.view().find(key);
        let found = (0..1000u64).filter(|&k| find(k * 7) == [k as i8, 1, 2, 3]).count();
        assert!(found >= 1000 - lost - 1, "{found}");
        let strangers = (0..10_000u64).filter(|&k| find(k * 7 + 3) != [0; 4]).count();
        assert!(strangers < 20, "{strangers}");
    }

    #[test]
    fn a_record_is_never_overwritten_by_another_key() {
        // Many keys in few buckets: some share a fingerprint.
        let mut builder = TableBuilder::<2, 32>::with_room_for(200_000);
        let mut inserted = Vec::new();
        for key in 0..200_000u64 {
            let value = [key as u8, (key >> 8) as u8 | 1];
            if let Some(record) = builder.entry(key) {
                assert_eq!(*record, [0; 2], "the record of {key} belongs to another key");
                *record = value;
                inserted.push((key, value));
            }
        }
        assert!(inserted.len() > 197_500, "{}", inserted.len());
        let table = builder.build();
        for (key, value) in inserted {
            assert_eq!(table.view().find(key), value.map(|byte| byte as i8));
        }
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
