//! Lexicon features: which known words cover a gap, begin after it or end before it.

/// Longest word, in units, whose match is a feature.
pub(crate) const MAX_WORD: usize = 5;

/// Number of codes of a covered gap.
pub(crate) const COVERS: usize = 64;
/// Number of codes of a word that begins or ends.
pub(crate) const EDGES: usize = 16;
/// Number of coarse codes of a covered gap, which are combined with the units beside it.
pub(crate) const COARSE: usize = 16;

/// How surely a sequence of units is a word: 0 is no word, 1 to 6 a word that corpora join more
/// and more often, 7 a word that a user gave.
pub(crate) type Strength = u8;

/// The lexicon features of one position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Longest word over the gap after this unit: (length, offset, strength) in one number.
    gap: u16,
    /// Longest word that begins here.
    start: u8,
    /// Longest word that ends here.
    end: u8,
}

impl Cover {
    /// No word.
    pub(crate) const NONE: Self = Self { gap: 0, start: 0, end: 0 };

    /// Notes that all of `items`, of which `cover` gives the features, are one word.
    #[inline]
    pub(crate) fn mark<T>(
        items: &mut [T],
        strength: Strength,
        cover: impl Fn(&mut T) -> &mut Self,
    ) {
        let word = ((items.len() as u8) << 3) | strength;
        let [first, .., _] = items else { return };
        let start = &mut cover(first).start;
        *start = (*start).max(word);
        if let Some(last) = items.last_mut() {
            let end = &mut cover(last).end;
            *end = (*end).max(word);
        }
        let gaps = items.len() - 1;
        for (offset, item) in items[..gaps].iter_mut().enumerate() {
            let gap = &mut cover(item).gap;
            *gap = (*gap).max((u16::from(word) << 3) | (offset as u16 + 1));
        }
    }

    /// Code of the gap after this unit, below [`COVERS`].
    #[inline]
    pub(crate) const fn gap_code(self) -> usize {
        let (length, strength) = (self.gap >> 6, (self.gap >> 3) as usize & 7);
        let offset = self.gap as usize & 7;
        match length {
            0 | 1 => 0,
            2 => strength,
            3 => 7 + (offset - 1) * 7 + strength,
            _ => 21 + (if offset > 2 { 2 } else { offset - 1 }) * 7 + strength,
        }
    }

    /// Coarse code of the gap after this unit, below [`COARSE`].
    #[inline]
    pub(crate) const fn coarse_code(self) -> usize {
        let (length, strength) = (self.gap >> 6, (self.gap >> 3) as usize & 7);
        let offset = self.gap as usize & 7;
        match length {
            0 | 1 => 0,
            2 => strength,
            3 => 6 + offset * 2 - (strength < 4) as usize + 1,
            _ => 11 + if offset > 2 { 3 } else { offset },
        }
    }

    /// Code of the longest word that begins here, below [`EDGES`].
    #[inline]
    pub(crate) const fn start_code(self) -> usize {
        edge_code(self.start)
    }

    /// Code of the longest word that ends here, below [`EDGES`].
    #[inline]
    pub(crate) const fn end_code(self) -> usize {
        edge_code(self.end)
    }
}

#[inline]
const fn edge_code(word: u8) -> usize {
    let (length, strength) = (word >> 3, word as usize & 7);
    match length {
        0 | 1 => 0,
        2 => strength,
        3 => 8 + (strength > 2) as usize + (strength > 4) as usize,
        _ => 11 + (strength > 2) as usize + (strength > 4) as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_range_and_tell_words_apart() {
        let mut seen = std::collections::BTreeSet::new();
        for length in 2..=MAX_WORD {
            for strength in 1..8 {
                let mut covers = [Cover::default(); MAX_WORD];
                Cover::mark(&mut covers[..length], strength, |c| c);
                for cover in covers {
                    assert!(cover.gap_code() < COVERS);
                    assert!(cover.coarse_code() < COARSE);
                    assert!(cover.start_code() < EDGES && cover.end_code() < EDGES);
                }
                for (offset, cover) in covers[..length - 1].iter().enumerate() {
                    if length < 4 {
                        assert!(seen.insert(cover.gap_code()), "{length} {strength} {offset}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_longest_word_is_kept() {
        let mut covers = [Cover::NONE; 4];
        Cover::mark(&mut covers[..2], 6, |c| c);
        Cover::mark(&mut covers[..3], 1, |c| c);
        Cover::mark(&mut covers[1..3], 6, |c| c);
        let mut longest = [Cover::NONE; 4];
        Cover::mark(&mut longest[..3], 1, |c| c);
        assert_eq!(covers[0], longest[0]);
        assert_eq!(covers[1].gap_code(), longest[1].gap_code());
    }
}
