//! Hash tables of small records that cost one cache line a look-up.
//!
//! Each bucket is a line of 64 bytes with a few records and a fingerprint of 16 bits for each. A
//! look-up compares all fingerprints of one bucket at once; an absent key passes for a present
//! one with probability 1/65,535 for each record in the bucket, which the weights bear.

/// Some records of `N` bytes and their fingerprints; fingerprint 0 marks a free place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
struct Bucket<const N: usize, const WAYS: usize> {
    prints: [u16; WAYS],
    records: [[i8; N]; WAYS],
}

/// A table from hashed keys to records of `N` small integers, `WAYS` of them in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table<const N: usize, const WAYS: usize> {
    /// At least one.
    buckets: Vec<Bucket<N, WAYS>>,
}

/// Spreads a key over 64 bits (Fibonacci hashing; Knuth, volume 3, section 6.4, and a final
/// multiplication so that both ends of the result depend on all bits).
#[inline]
pub(crate) const fn spread(key: u64) -> u64 {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

impl<const N: usize, const WAYS: usize> Table<N, WAYS> {
    /// Bytes of a bucket when written.
    pub(crate) const BUCKET_BYTES: usize = WAYS * (2 + N);

    /// Makes a table that is seven tenths full with so many `records`.
    pub(crate) fn with_room_for(records: usize) -> Self {
        Self::with_buckets((records * 10 / 7).div_ceil(WAYS).max(1))
    }

    fn with_buckets(buckets: usize) -> Self {
        let empty = Bucket { prints: [0; WAYS], records: [[0; N]; WAYS] };
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
        let mut hits = 0u32;
        for (way, &p) in bucket.prints.iter().enumerate() {
            hits |= u32::from(p == print) << way;
        }
        if hits == 0 { [0; N] } else { bucket.records[hits.trailing_zeros() as usize % WAYS] }
    }

    /// Returns the record of `key` to be changed; makes one if there is room in its bucket.
    pub(crate) fn entry(&mut self, key: u64) -> Option<&mut [i8; N]> {
        let (at, print) = self.place(key);
        let bucket = &mut self.buckets[at];
        let way = (bucket.prints.iter().position(|&p| p == print))
            .or_else(|| bucket.prints.iter().position(|&p| p == 0))?;
        bucket.prints[way] = print;
        Some(&mut bucket.records[way])
    }

    /// Visits every record in the order of the table.
    pub(crate) fn for_each_record(&mut self, mut change: impl FnMut(&mut [i8; N])) {
        for record in self.buckets.iter_mut().flat_map(|b| &mut b.records) {
            change(record);
        }
    }

    /// Number of bytes that the table takes in memory.
    pub(crate) const fn memory(&self) -> usize {
        self.buckets.len() * size_of::<Bucket<N, WAYS>>()
    }

    /// Appends the table to `out`: number of buckets as u32, then the buckets.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.buckets.len() as u32).to_le_bytes());
        for bucket in &self.buckets {
            bucket.prints.iter().for_each(|p| out.extend_from_slice(&p.to_le_bytes()));
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
            let (prints, records) = raw.split_at(2 * WAYS);
            for (print, raw) in bucket.prints.iter_mut().zip(prints.chunks_exact(2)) {
                *print = u16::from_le_bytes([raw[0], raw[1]]);
            }
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
        let mut table = Table::<4, 8>::with_room_for(1000);
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
        let mut table = Table::<3, 16>::with_room_for(40);
        for key in 0..40 {
            if let Some(record) = table.entry(key) {
                *record = [1, -2, key as i8];
            }
        }
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let (read, rest) = Table::<3, 16>::read(&bytes).expect("a table");
        assert_eq!(read, table);
        assert!(rest.is_empty());
        for cut in 0..bytes.len() {
            assert!(Table::<3, 16>::read(&bytes[..cut]).is_none());
        }
        assert!(Table::<3, 16>::read(&[0; 4]).is_none());
    }
}
