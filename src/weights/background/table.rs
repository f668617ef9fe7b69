//! Document frequencies by term hash, as they lie in a model file.

use std::borrow::Cow;

use crate::model::{ContainerBuilder, ModelError};
use crate::text::key::TermHash;

/// Bits of a [`TermHash`] that are kept: one unknown term in some 700 million is taken for a known
/// one of a hundred thousand.
const HASH_BITS: u32 = 46;

/// Most bits of the hash that choose a bucket; the other 32 stand in the entry.
const BUCKET_BITS: u32 = HASH_BITS - 32;

/// Bytes of an entry: 32 bits of the hash, and the number of its frequency in 24 bits.
const ENTRY: usize = 7;

/// Returns the part of a hash that the table keeps.
pub(super) const fn kept_bits(term: TermHash) -> u64 {
    term.to_u64() >> (64 - HASH_BITS)
}

/// Returns ln((1 + N) / (1 + df)) + 1.
fn smooth_idf(documents: u32, df: u32) -> f64 {
    // libm: the logarithm of the platform may differ in the last bit.
    libm::log((1.0 + f64::from(documents)) / (1.0 + f64::from(df))) + 1.0
}

/// Frequencies, found through buckets of the upper bits of the hashes.
///
/// An entry refers to the list of the frequencies that occur. These are few, so that the logarithm
/// of each is taken once and not at every look-up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FrequencyTable {
    /// Where the entries of each bucket begin, u32; one more than there are buckets.
    starts: Cow<'static, [u8]>,
    /// Entries by hash.
    entries: Cow<'static, [u8]>,
    /// The different frequencies, ascending, and the inverse document frequency of each.
    levels: Vec<(u32, f64)>,
    /// Inverse document frequency of a term that is not here.
    unknown: f64,
}

impl Default for FrequencyTable {
    fn default() -> Self {
        Self::new(0, &[])
    }
}

impl FrequencyTable {
    /// Makes a table from entries of kept bits, key and frequency, sorted by the bits.
    pub(super) fn new(documents: u32, entries: &[(u64, &str, u32)]) -> Self {
        let mut levels: Vec<u32> = entries.iter().map(|entry| entry.2).collect();
        levels.sort_unstable();
        levels.dedup();
        let mut packed = Vec::with_capacity(entries.len() * ENTRY);
        let mut starts = Vec::with_capacity((4 << BUCKET_BITS) + 4);
        let mut bucket = 0;
        for (i, &(hash, _, frequency)) in entries.iter().enumerate() {
            while bucket <= hash >> 32 {
                starts.extend_from_slice(&(i as u32).to_le_bytes());
                bucket += 1;
            }
            packed.extend_from_slice(&(hash as u32).to_le_bytes());
            let level = levels.binary_search(&frequency).unwrap_or_default() as u32;
            packed.extend_from_slice(&level.to_le_bytes()[..3]);
        }
        while bucket <= 1 << BUCKET_BITS {
            starts.extend_from_slice(&(entries.len() as u32).to_le_bytes());
            bucket += 1;
        }
        Self {
            starts: starts.into(),
            entries: packed.into(),
            levels: levels.iter().map(|&df| (df, smooth_idf(documents, df))).collect(),
            unknown: smooth_idf(documents, 0),
        }
    }

    /// Writes the sections of the table, whose names begin with `name`.
    pub(super) fn write(&self, name: &str, builder: &mut ContainerBuilder) {
        let levels: Vec<u8> = self.levels.iter().flat_map(|(df, _)| df.to_le_bytes()).collect();
        builder.raw_section(&format!("{name}-starts"), &self.starts);
        builder.raw_section(&format!("{name}-entries"), &self.entries);
        builder.raw_section(&format!("{name}-levels"), &levels);
    }

    /// Reads the sections of a table.
    pub(super) fn read(
        documents: u32,
        name: &str,
        section: impl Fn(&str) -> Result<Cow<'static, [u8]>, ModelError>,
    ) -> Result<Self, ModelError> {
        let damaged = |part: &str| ModelError::corrupt(format!("section `{name}-{part}`"));
        let starts = section(&format!("{name}-starts"))?;
        let entries = section(&format!("{name}-entries"))?;
        let levels = section(&format!("{name}-levels"))?;
        let (numbers, rest) = starts.as_chunks();
        let mut ends = numbers.iter().map(|raw| u32::from_le_bytes(*raw) as usize);
        let buckets = (1 << BUCKET_BITS) + 1;
        if !rest.is_empty() || numbers.len() != buckets || !ends.clone().is_sorted() {
            return Err(damaged("starts"));
        }
        if ends.next_back().and_then(|last| last.checked_mul(ENTRY)) != Some(entries.len()) {
            return Err(damaged("entries"));
        }
        let (dfs, []) = levels.as_chunks() else { return Err(damaged("levels")) };
        let levels = dfs.iter().map(|raw| {
            let df = u32::from_le_bytes(*raw);
            (df, smooth_idf(documents, df))
        });
        let levels = levels.collect();
        Ok(Self { starts, entries, levels, unknown: smooth_idf(documents, 0) })
    }

    /// Returns the number of terms.
    pub(super) fn len(&self) -> usize {
        self.entries.len() / ENTRY
    }

    fn level(&self, entry: [u8; ENTRY]) -> Option<(u32, f64)> {
        let number = u32::from_le_bytes([entry[4], entry[5], entry[6], 0]);
        self.levels.get(number as usize).copied()
    }

    #[inline]
    fn find(&self, term: TermHash) -> Option<(u32, f64)> {
        let hash = kept_bits(term);
        let at = (hash >> 32) as usize * 4;
        let [a, b, c, d, e, f, g, h] = *self.starts.get(at..)?.first_chunk()?;
        let start = u32::from_le_bytes([a, b, c, d]) as usize * ENTRY;
        let end = u32::from_le_bytes([e, f, g, h]) as usize * ENTRY;
        // Some six entries a bucket: a scan beats a binary search.
        let (entries, _) = self.entries.get(start..end)?.as_chunks();
        let wanted = (hash as u32).to_le_bytes();
        entries.iter().find(|entry| entry[..4] == wanted).and_then(|entry| self.level(*entry))
    }

    /// Returns in how many documents a term occurs, 0 if it is not here.
    #[inline]
    pub(super) fn frequency(&self, term: TermHash) -> u32 {
        self.find(term).map_or(0, |(df, _)| df)
    }

    /// Returns the smooth inverse document frequency of a term.
    #[inline]
    pub(super) fn idf(&self, term: TermHash) -> f64 {
        self.find(term).map_or(self.unknown, |(_, idf)| idf)
    }

    /// Returns the frequencies in the order of the entries.
    pub(super) fn frequencies(&self) -> impl Iterator<Item = u32> {
        let (entries, _) = self.entries.as_chunks();
        entries.iter().map(|entry| self.level(*entry).map_or(0, |(df, _)| df))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_in_their_buckets() {
        let keys: Vec<String> = (0..2000).map(|i| format!("từ{i}")).collect();
        let mut entries: Vec<(u64, &str, u32)> = keys
            .iter()
            .zip(1..)
            .map(|(key, df)| (kept_bits(TermHash::of_key(key)), key.as_str(), df / 3 + 1))
            .collect();
        entries.sort_unstable();
        let table = FrequencyTable::new(1000, &entries);
        assert_eq!(table.len(), keys.len());
        for (key, df) in keys.iter().zip(1..) {
            let term = TermHash::of_key(key);
            assert_eq!(table.frequency(term), df / 3 + 1, "{key}");
            assert!((table.idf(term) - smooth_idf(1000, df / 3 + 1)).abs() < 1e-15);
        }
        assert_eq!(table.frequency(TermHash::of_key("khác")), 0);
        assert!((table.idf(TermHash::of_key("khác")) - smooth_idf(1000, 0)).abs() < 1e-15);
        assert!(table.frequencies().eq(entries.iter().map(|entry| entry.2)));
    }

    #[test]
    fn damaged_sections_are_errors_and_never_panic() {
        let table = FrequencyTable::new(9, &[(7, "a", 2), (5 << 32, "b", 3)]);
        let mut builder = ContainerBuilder::new(crate::model::ModelInfo::new("", "test"));
        table.write("words", &mut builder);
        let file = builder.finish();
        let container = crate::model::Container::parse(&file).expect("a file");
        let read = |change: &dyn Fn(&str, &mut Vec<u8>)| {
            FrequencyTable::read(9, "words", |name| {
                let mut bytes = container.section(name)?.into_owned();
                change(name, &mut bytes);
                Ok(Cow::Owned(bytes))
            })
        };
        assert_eq!(read(&|_, _| ()).expect("a table"), table);
        for part in ["words-starts", "words-entries", "words-levels"] {
            let cut = read(&|name, bytes| {
                if name == part {
                    bytes.pop();
                }
            });
            assert!(cut.is_err(), "{part} cut");
            for at in 0..14 {
                let flipped = read(&|name, bytes| {
                    if name == part
                        && let Some(byte) = bytes.get_mut(at)
                    {
                        *byte ^= 0xFF;
                    }
                });
                if let Ok(table) = flipped {
                    table.frequency(TermHash::of_key("a"));
                    table.frequencies().for_each(drop);
                }
            }
        }
    }
}
