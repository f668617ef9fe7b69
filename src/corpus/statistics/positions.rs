//! Where terms occur.

use crate::model::codec::write_varint;

/// The positions of all occurrences of all terms, as numbers of items from the start of the corpus.
///
/// Each list is kept as the gaps between neighbours in variable-length bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// Items of each document, in the order of counting.
    pub(super) lengths: Vec<u64>,
    pub(super) lists: Vec<List>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) last: u64,
    pub(super) gaps: Vec<u8>,
}

impl List {
    fn push(&mut self, place: u64) {
        write_varint(place - self.last, &mut self.gaps);
        self.last = place;
    }
}

/// Reads the first number of a list that was written by us.
fn read(gaps: &[u8]) -> (u64, &[u8]) {
    let (mut value, mut shift) = (0, 0);
    for (i, &byte) in gaps.iter().enumerate() {
        value |= u64::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
        if byte < 0x80 {
            return (value, &gaps[i + 1..]);
        }
        shift += 7;
    }
    (value, &[])
}

impl Positions {
    pub(super) fn push(&mut self, id: usize, place: u64) {
        if self.lists.len() <= id {
            self.lists.resize_with(id + 1, List::default);
        }
        self.lists[id].push(place);
    }

    pub(super) fn end_document(&mut self, length: u64) {
        self.lengths.push(length);
    }

    pub(super) fn join_documents(&mut self) {
        self.lengths = vec![self.lengths.iter().sum()];
    }

    /// Appends positions that begin at `offset`; `ids` gives the new number of each term.
    pub(super) fn append(&mut self, offset: u64, other: &Self, ids: &[u32]) {
        self.lengths.extend_from_slice(&other.lengths);
        for (list, &id) in other.lists.iter().zip(ids) {
            if list.gaps.is_empty() {
                continue;
            }
            let (first, rest) = read(&list.gaps);
            self.push(id as usize, offset + first);
            let mine = &mut self.lists[id as usize];
            mine.gaps.extend_from_slice(rest);
            mine.last = offset + list.last;
        }
    }

    /// Keeps the lists of terms that have a new number.
    pub(super) fn keep(mut self, ids: &[u32]) -> Self {
        let mut kept = Self { lengths: self.lengths, lists: Vec::new() };
        for (list, &id) in self.lists.iter_mut().zip(ids) {
            if id != u32::MAX {
                kept.lists.resize_with(kept.lists.len().max(id as usize + 1), List::default);
                kept.lists[id as usize] = std::mem::take(list);
            }
        }
        kept
    }

    /// Returns the number of items of each document, in the order of counting.
    #[must_use]
    pub fn lengths(&self) -> &[u64] {
        &self.lengths
    }

    /// Returns the positions of a term, by [`Term::id`](super::Term::id), in increasing order.
    pub fn of(&self, id: usize) -> impl Iterator<Item = u64> + '_ {
        let mut gaps = self.lists.get(id).map_or(&[][..], |list| &list.gaps);
        let mut place = 0;
        std::iter::from_fn(move || {
            if gaps.is_empty() {
                return None;
            }
            let (gap, rest) = read(gaps);
            gaps = rest;
            place += gap;
            Some(place)
        })
    }
}

/// A corpus cut into parts, for dispersion.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::statistics::Parts;
///
/// let halves = Parts::equal(9, 2);
/// assert_eq!(halves.sizes(), [4, 5]);
/// assert_eq!(halves.counts([0, 3, 8].into_iter()), [(0, 2), (1, 1)]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    sizes: Vec<u64>,
    /// Where each part ends.
    ends: Vec<u64>,
}

impl Parts {
    /// Takes parts of these sizes, one after the other; empty parts are left out.
    #[must_use]
    pub fn of_sizes(sizes: &[u64]) -> Self {
        let sizes: Vec<u64> = sizes.iter().copied().filter(|&size| size > 0).collect();
        let mut end = 0;
        let ends = sizes.iter().map(|size| {
            end += size;
            end
        });
        Self { ends: ends.collect(), sizes }
    }

    /// Cuts `items` items into `count` parts that are as equal as can be.
    #[must_use]
    pub fn equal(items: u64, count: u64) -> Self {
        let end = |i: u64| (u128::from(items) * u128::from(i) / u128::from(count.max(1))) as u64;
        let sizes: Vec<u64> = (0..count).map(|i| end(i + 1) - end(i)).collect();
        Self::of_sizes(&sizes)
    }

    /// Returns the sizes of the parts.
    #[must_use]
    pub fn sizes(&self) -> &[u64] {
        &self.sizes
    }

    /// Returns the number of items in all parts.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Returns which parts hold the positions, and how many each; `positions` must increase.
    #[must_use]
    pub fn counts(&self, positions: impl Iterator<Item = u64>) -> Vec<(usize, u64)> {
        let mut counts: Vec<(usize, u64)> = Vec::new();
        let mut part = 0;
        for place in positions {
            if self.ends.get(part).is_none_or(|&end| place >= end) {
                part += self.ends[part.min(self.ends.len())..].partition_point(|&end| end <= place);
            }
            match counts.last_mut() {
                Some((last, count)) if *last == part => *count += 1,
                _ => counts.push((part, 1)),
            }
        }
        counts
    }
}
