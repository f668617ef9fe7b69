//! Distinct units, or distinct pairs of neighbours, of a document, numbered in order of occurrence.

/// The number of a key that is not in the table.
const NONE: u32 = u32::MAX;

/// What is known of a distinct unit or pair, packed into the bits of one number.
///
/// From the lowest: two bits of its shape, two of how much the title holds of it, the others the
/// number of candidates that hold it. So one mask gives the kind of a unit or pair.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NgramFlags(u32);

impl NgramFlags {
    /// Numbers of kinds.
    pub(crate) const KINDS: usize = 16;
    /// The shape of what is capitalized inside of a sentence; lower case is 0.
    pub(crate) const CAPITALIZED: u32 = 1;
    /// The shape of what is neither a syllable nor a name. Of two shapes the higher one counts, so
    /// that both bits together mean this, too.
    pub(crate) const NO_SYLLABLE: u32 = 2;
    const TITLE: u32 = 2;
    const SENTENCES: u32 = 4;

    /// Makes a kind of a shape and of how much the title holds.
    pub(crate) const fn of(look: u32, title: u32) -> Self {
        Self(look | title << Self::TITLE)
    }

    /// Returns the shape and how much the title holds: the number of a kind.
    #[inline]
    pub(crate) const fn kind(self) -> usize {
        self.0 as usize % Self::KINDS
    }

    /// Returns the shape: lower case, capitalized inside of a sentence, neither a syllable nor a
    /// name.
    #[inline]
    pub(crate) const fn look(self) -> u32 {
        let look = self.0 % (1 << Self::TITLE);
        if look > Self::NO_SYLLABLE { Self::NO_SYLLABLE } else { look }
    }

    /// Returns how much of it the title holds: nothing, one unit (of a pair), both, the pair
    /// itself. Of units it is nothing, or 1.
    #[inline]
    pub(crate) const fn title(self) -> u32 {
        self.0 >> Self::TITLE & 3
    }

    /// Returns how many candidates hold it.
    #[inline]
    pub(crate) const fn sentences(self) -> u32 {
        self.0 >> Self::SENTENCES
    }

    /// Sets how much of it the title holds.
    pub(crate) const fn set_title(&mut self, title: u32) {
        self.0 = self.0 & !(3 << Self::TITLE) | title << Self::TITLE;
    }
}

/// A distinct unit or pair, and what is known of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NgramEntry {
    pub(crate) key: u64,
    /// The candidate that was seen to hold it last.
    last: u32,
    pub(crate) flags: NgramFlags,
}

/// A table of distinct units or pairs. Those that occur first in one candidate have consecutive
/// numbers.
#[derive(Debug, Default)]
pub(crate) struct NgramTable {
    /// Longer than the number of keys; the rest is spare room.
    list: Vec<NgramEntry>,
    /// Open addressing from keys to their numbers.
    slots: Vec<u32>,
    /// The numbers of the keys of each candidate, one candidate after the other.
    held: Vec<u32>,
    /// The counts before each candidate, and after the last.
    counts: Vec<Counts>,
}

/// How many keys were counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// In the document.
    keys: usize,
    /// Candidate by candidate.
    held: usize,
}

/// Slots of an empty table.
const FIRST_SLOTS: usize = 1 << 12;

impl NgramTable {
    /// Removes all keys and reserves memory for at most this many, of this many candidates.
    pub(crate) fn clear(&mut self, keys: usize, candidates: usize) {
        self.counts.clear();
        self.counts.reserve(candidates + 1);
        self.counts.push(Counts::default());
        self.slots.clear();
        self.slots.resize((2 * keys).clamp(16, FIRST_SLOTS).next_power_of_two(), NONE);
    }

    fn counts(&self) -> Counts {
        self.counts.last().copied().unwrap_or_default()
    }

    /// Begins to count the keys of the next candidate, at most `keys`.
    ///
    /// The counts must be handed back to [`Self::end`].
    pub(crate) fn begin(&mut self, keys: usize) -> NgramCounter<'_> {
        let counts = self.counts();
        let candidate = self.counts.len() as u32 - 1;
        let (all, held) = (counts.keys + keys, counts.held + keys);
        if self.list.len() < all {
            self.list.resize(all.max(2 * self.list.len()), NgramEntry::default());
        }
        if self.held.len() < held {
            self.held.resize(held.max(2 * self.held.len()), NONE);
        }
        if self.slots.len() < 2 * all {
            self.place_again(4 * all);
        }
        let Self { list, slots, held, .. } = self;
        NgramCounter { list, slots, held, candidate, counts }
    }

    /// Ends a candidate.
    pub(crate) fn end(&mut self, counts: Counts) {
        self.counts.push(counts);
    }

    /// Moves all keys into a table of at least this many slots.
    #[cold]
    fn place_again(&mut self, slots: usize) {
        self.slots.clear();
        self.slots.resize(slots.next_power_of_two(), NONE);
        for (key, number) in self.list[..self.counts().keys].iter().map(|known| known.key).zip(0..)
        {
            let mut slot = first_slot(key, &self.slots);
            while self.slots[slot] != NONE {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = number;
        }
    }

    /// Returns all entries, in the order of their numbers.
    #[inline]
    pub(crate) fn list(&self) -> &[NgramEntry] {
        &self.list[..self.counts().keys]
    }

    /// Returns, for each candidate, the entries that occur first in it, with the number of the
    /// candidate.
    pub(crate) fn by_first(&self) -> impl Iterator<Item = (usize, &[NgramEntry])> {
        let ranges = self.counts.windows(2).map(|counts| counts[0].keys..counts[1].keys);
        ranges.map(|range| &self.list[range]).enumerate()
    }

    /// Returns the numbers of the keys of a candidate.
    #[inline]
    pub(crate) fn ngrams_of(&self, candidate: usize) -> &[u32] {
        &self.held[self.counts[candidate].held..self.counts[candidate + 1].held]
    }

    /// Returns the number of a key.
    pub(crate) fn find(&self, key: u64) -> Option<usize> {
        let mut slot = first_slot(key, &self.slots);
        loop {
            let number = self.slots[slot] as usize;
            if self.list().get(number)?.key == key {
                return Some(number);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Sets how much of a key the title holds, if the key is in the table.
    pub(crate) fn set_title(&mut self, key: u64, title: u32) {
        if let Some(number) = self.find(key) {
            self.list[number].flags.set_title(title);
        }
    }
}

/// Counts the keys of one candidate.
#[derive(Debug)]
pub(crate) struct NgramCounter<'g> {
    list: &'g mut [NgramEntry],
    slots: &'g mut [u32],
    held: &'g mut [u32],
    candidate: u32,
    pub(crate) counts: Counts,
}

impl NgramCounter<'_> {
    /// Counts a key and returns its number. Its shape is the highest one that was seen.
    ///
    /// Branch-free insert-or-find, because new keys are unpredictable. Panics if more keys are
    /// counted than were announced.
    #[inline]
    pub(crate) fn add(&mut self, key: u64, kind: NgramFlags) -> u32 {
        // A new key is found, too: at the end of the entries.
        let next = self.counts.keys as u32;
        self.list[self.counts.keys] = NgramEntry { key, last: NONE, flags: kind };
        let mut slot = first_slot(key, self.slots);
        loop {
            let number = self.slots[slot].min(next);
            let found = &mut self.list[number as usize];
            if found.key == key {
                let is_new = found.last != self.candidate;
                found.last = self.candidate;
                found.flags.0 =
                    (found.flags.0 | kind.0) + (u32::from(is_new) << NgramFlags::SENTENCES);
                self.slots[slot] = number;
                self.counts.keys += usize::from(number == next);
                self.held[self.counts.held] = number;
                self.counts.held += usize::from(is_new);
                return number;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

/// Returns the first slot of a key: the upper bits of the product are well mixed.
#[inline]
fn first_slot(key: u64, slots: &[u32]) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (slots.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_numbered_as_they_come() {
        let candidates: [&[u64]; 4] = [&[7, 9, 7], &[], &[9, 5, 0], &[5, 7]];
        let mut table = NgramTable::default();
        for _ in 0..2 {
            table.clear(8, candidates.len());
            for keys in candidates {
                let mut counter = table.begin(keys.len());
                for &key in keys {
                    counter.add(key, NgramFlags::of(u32::from(key == 9), 0));
                }
                let counts = counter.counts;
                table.end(counts);
            }
            table.set_title(5, 3);
            table.set_title(6, 3);
            let known: Vec<_> = table
                .list()
                .iter()
                .map(|n| (n.key, n.flags.sentences(), n.flags.look(), n.flags.title()))
                .collect();
            assert_eq!(known, [(7, 2, 0, 0), (9, 2, 1, 0), (5, 2, 0, 3), (0, 1, 0, 0)]);
            let held: Vec<_> = (0..4).map(|candidate| table.ngrams_of(candidate)).collect();
            assert_eq!(held, [&[0, 1][..], &[], &[1, 2, 3], &[2, 0]]);
            let firsts: Vec<_> = table.by_first().map(|(_, list)| list.len()).collect();
            assert_eq!(firsts, [2, 0, 2, 0]);
            assert_eq!([7, 0, 1].map(|key| table.find(key)), [Some(0), Some(3), None]);
        }
    }

    #[test]
    fn many_keys_find_room() {
        let mut table = NgramTable::default();
        table.clear(16, 100);
        for candidate in 0..100 {
            let mut counter = table.begin(200);
            for key in 0..200 {
                counter.add(100 * candidate + key, NgramFlags::default());
            }
            let counts = counter.counts;
            table.end(counts);
        }
        assert_eq!(table.list().len(), 10_100);
        assert!(table.list().iter().zip(0..).all(|(known, key)| known.key == key));
        assert_eq!(table.list()[150].flags.sentences(), 2);
        assert_eq!(table.find(10_099), Some(10_099));
    }
}
