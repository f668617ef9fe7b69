//! Lexicon features: which known words cover a gap, begin after it or end before it.

/// Longest word, in units, whose match is a feature.
pub(crate) const MAX_WORD: usize = 5;

/// Number of codes of a covered gap.
pub(crate) const COVERS: usize = 64;
/// Number of codes of a word that begins or ends.
pub(crate) const EDGES: usize = 16;
/// Highest coarse code of a covered gap; each is combined with the units beside the gap.
pub(crate) const MAX_COARSE: usize = 14;

/// How surely a sequence of units is a word: 0 is no word, 1 to 6 a word that corpora join more
/// and more often, 7 a word that a user gave.
pub(crate) type Strength = u8;

/// The lexicon features of one position.
///
/// The codes ascend with what is known better: longer words, then stronger ones; of several
/// words the highest code is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LexiconFeatures {
    gap: u8,
    start: u8,
    end: u8,
}

impl LexiconFeatures {
    /// No word.
    pub(crate) const NONE: Self = Self { gap: 0, start: 0, end: 0 };

    /// Notes that all of `items`, of which `cover` gives the features, are one word.
    #[inline]
    pub(crate) fn mark<T>(
        items: &mut [T],
        strength: Strength,
        cover: impl Fn(&mut T) -> &mut Self,
    ) {
        let edge = edge_code(items.len(), strength);
        let [first, .., last] = items else { return };
        let start = &mut cover(first).start;
        *start = (*start).max(edge);
        let end = &mut cover(last).end;
        *end = (*end).max(edge);
        let gaps = items.len() - 1;
        for (offset, item) in items[..gaps].iter_mut().enumerate() {
            let gap = &mut cover(item).gap;
            *gap = (*gap).max(gap_code(gaps + 1, offset, strength));
        }
    }

    /// Notes that two units are one word, as [`Self::mark`] does, before any other word that begins
    /// with the first; of strength 0, which is no word, nothing is noted: which pairs are words is
    /// hard to foresee, so nothing branches on it.
    #[inline]
    pub(crate) fn mark_pair(first: &mut Self, last: &mut Self, strength: Strength) {
        let edge = edge_code(2, strength);
        first.start = edge;
        last.end = last.end.max(edge);
        first.gap = first.gap.max(gap_code(2, 0, strength));
    }

    /// Code of the longest word over the gap after this unit, below [`COVERS`].
    #[inline]
    pub(crate) const fn gap_code(self) -> usize {
        self.gap as usize % COVERS
    }

    /// Coarse code of the gap after this unit, up to [`MAX_COARSE`]; 0 if no word covers it.
    #[inline]
    pub(crate) const fn coarse_code(self) -> usize {
        COARSE_CODES[self.gap as usize % COVERS] as usize
    }

    /// Code of the longest word that begins here, below [`EDGES`].
    #[inline]
    pub(crate) const fn start_code(self) -> usize {
        self.start as usize % EDGES
    }

    /// Code of the longest word that ends here, below [`EDGES`].
    #[inline]
    pub(crate) const fn end_code(self) -> usize {
        self.end as usize % EDGES
    }
}

/// Strengths that are told apart, 0 included.
const STRENGTHS: usize = 8;

/// Place of a gap in words of two, three (2 places) and more units (3 places), from 0.
const fn gap_place(length: usize, offset: usize) -> usize {
    match length {
        2 => 0,
        3 => 1 + offset,
        _ => 3 + if offset > 2 { 2 } else { offset },
    }
}

const fn gap_code(length: usize, offset: usize, strength: Strength) -> u8 {
    (gap_place(length, offset) * STRENGTHS + strength as usize % STRENGTHS) as u8
}

const fn edge_code(length: usize, strength: Strength) -> u8 {
    // In words of more than two units, three degrees of strength.
    let degree = (strength > 2) as u8 + (strength > 4) as u8;
    match length {
        2 => strength % STRENGTHS as u8,
        3 => 8 + degree,
        _ => 11 + degree,
    }
}

/// Coarse codes: each strength for pairs; weak or strong by place for three units; the place for
/// more.
const COARSE_CODES: [u8; COVERS] = {
    let mut codes = [0; COVERS];
    let mut code = 1;
    while code < COVERS {
        let (place, strength) = (code / STRENGTHS, code % STRENGTHS);
        codes[code] = match place {
            _ if strength == 0 => 0,
            0 => strength as u8,
            1 | 2 => (6 + 2 * place) as u8 + (strength > 3) as u8,
            3..6 => (9 + place) as u8,
            _ => 0,
        };
        code += 1;
    }
    codes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_range_and_tell_words_apart() {
        let mut seen = std::collections::BTreeSet::new();
        for length in 2..=MAX_WORD {
            for strength in 1..8 {
                let mut covers = [LexiconFeatures::NONE; MAX_WORD];
                LexiconFeatures::mark(&mut covers[..length], strength, |c| c);
                for cover in covers {
                    assert!(cover.gap_code() < COVERS);
                    assert!(cover.coarse_code() <= MAX_COARSE);
                    assert!(cover.start_code() < EDGES && cover.end_code() < EDGES);
                }
                for (offset, cover) in covers[..length - 1].iter().enumerate() {
                    let new = seen.insert(cover.gap_code());
                    assert_eq!(new, length < 5, "{length} {strength} {offset}");
                }
            }
        }
    }

    #[test]
    fn pairs_are_marked_as_words_of_two_are() {
        for strength in 0..8 {
            let mut pair = [LexiconFeatures::NONE; 2];
            let [first, last] = &mut pair;
            LexiconFeatures::mark_pair(first, last, strength);
            let mut word = [LexiconFeatures::NONE; 2];
            if strength > 0 {
                LexiconFeatures::mark(&mut word, strength, |c| c);
            }
            assert_eq!(pair, word, "{strength}");
        }
    }

    #[test]
    fn the_longest_word_is_kept() {
        let mut covers = [LexiconFeatures::NONE; 4];
        LexiconFeatures::mark(&mut covers[..2], 6, |c| c);
        LexiconFeatures::mark(&mut covers[..3], 1, |c| c);
        LexiconFeatures::mark(&mut covers[1..3], 6, |c| c);
        let mut longest = [LexiconFeatures::NONE; 4];
        LexiconFeatures::mark(&mut longest[..3], 1, |c| c);
        assert_eq!(covers[0], longest[0]);
        assert_eq!(covers[1].gap_code(), longest[1].gap_code());
    }
}
