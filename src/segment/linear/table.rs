//! Hash tables of small records that cost one cache line a look-up.
//!
//! Each bucket has eight records and a fingerprint of 16 bits for each. A look-up compares all
//! fingerprints of one bucket at once; an absent key passes for a present one with probability
//! 8/65,535, which the weights bear.

/// Records in a bucket.
const WAYS: usize = 8;

/// One in each of the eight lanes of 16 bits.
const ONES: u128 = 0x0001_0001_0001_0001_0001_0001_0001_0001;
const HIGHS: u128 = ONES << 15;

/// Eight records of `N` bytes and their fingerprints; fingerprint 0 marks a free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(32))]
struct Bucket<const N: usize> {
    /// The fingerprint of record `i` in the bits from 16 `i` on.
    prints: u128,
    records: [[i8; N]; WAYS],
}

impl<const N: usize> Bucket<N> {
    /// Returns the place of a fingerprint, [`WAYS`] if it is not here.
    ///
    /// The lowest lane that is zero after the exclusive or is found exactly (Warren, Hacker's
    /// Delight, section 6-1).
    #[inline]
    const fn position(&self, print: u16) -> usize {
        let lanes = self.prints ^ (ONES * print as u128);
        let zeros = lanes.wrapping_sub(ONES) & !lanes & HIGHS;
        zeros.trailing_zeros() as usize / 16
    }
}

/// A table from hashed keys to records of `N` small integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table<const N: usize> {
    /// At least one.
    buckets: Vec<Bucket<N>>,
}

/// Spreads a key over 64 bits (Fibonacci hashing; Knuth, volume 3, section 6.4, and a final
/// multiplication so that both ends of the result depend on all bits).
#[inline]
pub(crate) const fn spread(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

impl<const N: usize> Table<N> {
    /// Bytes of a bucket when written.
    pub(crate) const BUCKET_BYTES: usize = WAYS * (2 + N);

    /// Makes a table that is seven tenths full with so many `records`.
    pub(crate) fn with_room_for(records: usize) -> Self {
        Self::with_buckets((records * 10 / 7).div_ceil(WAYS).max(1))
    }

    fn with_buckets(buckets: usize) -> Self {
        let empty = Bucket { prints: 0, records: [[0; N]; WAYS] };
        Self { buckets: vec![empty; buckets] }
    }

    #[inline]
    const fn place(&self, key: u64) -> (usize, u16) {
        let hash = spread(key);
        let print = hash as u16;
        let at = ((hash >> 32) * self.buckets.len() as u64) >> 32;
        (at as usize, if print == 0 { 1 } else { print })
    }

    /// Returns the record of `key`, all zero if there is none.
    #[inline]
    pub(crate) fn find(&self, key: u64) -> [i8; N] {
        let (at, print) = self.place(key);
        let bucket = &self.buckets[at];
        let way = bucket.position(print);
        // Whether a key is here is a coin toss to the branch predictor, so nothing branches.
        let mask = if way < WAYS { -1 } else { 0 };
        bucket.records[way % WAYS].map(|weight| weight & mask)
    }

    /// Returns the record of `key` to be changed; makes one if there is room in its bucket.
    pub(crate) fn entry(&mut self, key: u64) -> Option<&mut [i8; N]> {
        let (at, print) = self.place(key);
        let bucket = &mut self.buckets[at];
        let mut way = bucket.position(print);
        if way == WAYS {
            way = bucket.position(0);
            if way == WAYS {
                return None;
            }
            bucket.prints |= u128::from(print) << (16 * way);
        }
        bucket.records.get_mut(way)
    }

    /// Visits every record in the order of the table.
    pub(crate) fn for_each_record(&mut self, mut change: impl FnMut(&mut [i8; N])) {
        for record in self.buckets.iter_mut().flat_map(|b| &mut b.records) {
            change(record);
        }
    }

    /// Number of bytes that the table takes in memory.
    pub(crate) const fn memory(&self) -> usize {
        self.buckets.len() * size_of::<Bucket<N>>()
    }

    /// Appends the table to `out`: number of buckets as u32, then the buckets.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.buckets.len() as u32).to_le_bytes());
        for bucket in &self.buckets {
            out.extend_from_slice(&bucket.prints.to_le_bytes());
            bucket.records.iter().for_each(|r| out.extend(r.iter().map(|&w| w as u8)));
        }
    }

    /// Reads a table from the front of `bytes` and returns it with the rest.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (head, rest) = bytes.split_at_checked(4)?;
        let count = u32::from_le_bytes(head.try_into().ok()?) as usize;
        if count == 0 {
            return None;
        }
        let (body, rest) = rest.split_at_checked(count.checked_mul(Self::BUCKET_BYTES)?)?;
        let mut table = Self::with_buckets(count);
        for (bucket, raw) in table.buckets.iter_mut().zip(body.chunks_exact(Self::BUCKET_BYTES)) {
            let (prints, records) = raw.split_first_chunk()?;
            bucket.prints = u128::from_le_bytes(*prints);
            for (weight, &raw) in bucket.records.as_flattened_mut().iter_mut().zip(records) {
                *weight = raw as i8;
            }
        }
        Some((table, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_again() {
        let mut table = Table::<4>::with_room_for(1000);
        let mut lost = 0;
        for key in 0..1000u64 {
            match table.entry(key * 7) {
                Some(record) => *record = [key as i8, 1, 2, 3],
                None => lost += 1,
            }
        }
        assert!(lost < 60, "{lost} records found no room");
        let found = (0..1000u64).filter(|&k| table.find(k * 7) == [k as i8, 1, 2, 3]).count();
        assert!(found >= 1000 - lost - 1, "{found}");
        let strangers = (0..10_000u64).filter(|&k| table.find(k * 7 + 3) != [0; 4]).count();
        assert!(strangers < 20, "{strangers}");
    }

    #[test]
    fn bytes_come_back_and_cuts_are_found() {
        let mut table = Table::<3>::with_room_for(40);
        for key in 0..40 {
            if let Some(record) = table.entry(key) {
                *record = [1, -2, key as i8];
            }
        }
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let (read, rest) = Table::<3>::read(&bytes).expect("a table");
        assert_eq!(read, table);
        assert!(rest.is_empty());
        for cut in 0..bytes.len() {
            assert!(Table::<3>::read(&bytes[..cut]).is_none());
        }
        assert!(Table::<3>::read(&[0; 4]).is_none());
    }
}
