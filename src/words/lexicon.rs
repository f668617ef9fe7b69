//! Words with counts, as a trie over unit ids.
//!
//! The trie is over whole syllables, not characters: Vietnamese words have one to four units out
//! of some 7,000 in use, so a node is a unit and a word a path of two or three. Nodes lie in level
//! order in flat arrays; the children of a node are adjacent and sorted, and are found by binary
//! search.

mod entry;

use std::fmt;

use rustc_hash::FxHashMap;

use crate::model::codec::{Reader, write_varint};
use crate::model::{Container, ContainerBuilder, ModelError, ModelInfo};
use crate::text::key::{self, UnitId};
use crate::text::syllable::{SYLLABLE_COUNT, ToneStyle};

pub use entry::{LexiconEntry, ParseEntryError};

/// Kind of the model in its header.
const KIND: &str = "lexicon";

/// A set of words, each with a count.
///
/// # Examples
///
/// ```
/// use tomtat::words::Lexicon;
/// use tomtat::text::key::UnitId;
///
/// let lexicon = Lexicon::from_entries([("hòa bình", 12), ("hòa", 3), ("hòa bình thế giới", 1)]);
/// assert_eq!(lexicon.count("HOÀ BÌNH"), Some(12));
/// assert_eq!(lexicon.count("hòa bình thế"), None);
/// let units = ["hòa", "bình", "thế", "nào"].map(UnitId::of);
/// assert_eq!(lexicon.longest_match(units.into_iter()), 2);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Unit of each node; node 0 is the root.
    units: Vec<u32>,
    /// First child of each node; the children end where those of the next node begin.
    first_child: Vec<u32>,
    /// Count of the word that ends at each node, 0 if none does.
    counts: Vec<u32>,
    /// Child of the root for each syllable number, 0 if there is none.
    root: Vec<u32>,
    /// Folded forms of the units that are no syllables, in order of their numbers.
    foreign: Vec<(u32, String)>,
    /// Number of words.
    len: usize,
}

/// Prints the number of words.
impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.len).finish_non_exhaustive()
    }
}

impl AsRef<Self> for Lexicon {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Lexicon {
    /// Most units that a word may have; longer entries are left out.
    pub const MAX_UNITS: usize = 12;

    /// Builds a lexicon from words (units separated by spaces) and counts.
    ///
    /// Keys are folded; a word that is given twice has the sum of its counts. A count of 0 is
    /// stored as 1.
    #[must_use]
    pub fn from_entries<'a>(entries: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut foreign = FxHashMap::default();
        let mut words = Vec::new();
        for (word, count) in entries {
            let mut units = Vec::new();
            for text in word.split_whitespace() {
                let unit = UnitId::of(text);
                if !unit.is_syllable() {
                    foreign.entry(unit.to_u32()).or_insert_with(|| key::fold(text));
                }
                units.push(unit.to_u32());
            }
            if (1..=Self::MAX_UNITS).contains(&units.len()) {
                words.push((units, count.max(1)));
            }
        }
        words.sort_unstable();
        words.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        let mut lexicon = Self::from_sorted(&words);
        lexicon.foreign = foreign.into_iter().collect();
        lexicon.foreign.sort_unstable();
        lexicon
    }

    /// Builds the level-order arrays from distinct, sorted words.
    fn from_sorted(words: &[(Vec<u32>, u32)]) -> Self {
        let mut lexicon = Self { len: words.len(), ..Self::default() };
        lexicon.units.push(0);
        lexicon.counts.push(0);
        // The words below each node of the current level, as ranges of the sorted list.
        let mut level = vec![(0..words.len(), 0)];
        while !level.is_empty() {
            let mut next_level = Vec::new();
            for (range, depth) in level {
                lexicon.first_child.push(lexicon.units.len() as u32);
                let mut at = range.start;
                while at < range.end {
                    let Some(&unit) = words[at].0.get(depth) else {
                        // The word ends here; it is the first of its range.
                        at += 1;
                        continue;
                    };
                    let same =
                        words[at..range.end].partition_point(|w| w.0.get(depth) <= Some(&unit));
                    let ends = words[at].0.len() == depth + 1;
                    lexicon.units.push(unit);
                    lexicon.counts.push(if ends { words[at].1 } else { 0 });
                    next_level.push((at..at + same, depth + 1));
                    at += same;
                }
            }
            level = next_level;
        }
        lexicon.index_root();
        lexicon
    }

    fn index_root(&mut self) {
        self.root = vec![0; SYLLABLE_COUNT];
        for node in self.children(0) {
            if let Some(slot) = self.root.get_mut(self.units[node] as usize) {
                *slot = node as u32;
            }
        }
    }

    fn children(&self, node: usize) -> std::ops::Range<usize> {
        let Some(&start) = self.first_child.get(node) else { return 0..0 };
        let end = self.first_child.get(node + 1).map_or(self.units.len(), |&end| end as usize);
        start as usize..end
    }

    #[inline]
    fn child(&self, node: usize, unit: UnitId) -> Option<usize> {
        if node == 0
            && let Some(&child) = self.root.get(unit.to_u32() as usize)
        {
            return (child != 0).then_some(child as usize);
        }
        let range = self.children(node);
        let found = self.units[range.clone()].binary_search(&unit.to_u32()).ok()?;
        Some(range.start + found)
    }

    /// Returns how many of the leading `units` make the longest word, 0 if none does.
    #[inline]
    #[must_use]
    pub fn longest_match(&self, units: impl Iterator<Item = UnitId>) -> usize {
        let (mut node, mut longest) = (0, 0);
        for (depth, unit) in units.enumerate() {
            let Some(child) = self.child(node, unit) else { break };
            if self.counts[child] > 0 {
                longest = depth + 1;
            }
            node = child;
        }
        longest
    }

    /// Returns the count of `word`, whose units are separated by spaces.
    #[must_use]
    pub fn count(&self, word: &str) -> Option<u32> {
        let node =
            word.split_whitespace().try_fold(0, |node, unit| self.child(node, UnitId::of(unit)))?;
        self.counts.get(node).copied().filter(|&count| count > 0)
    }

    /// Returns all words with their counts, in the order of their units.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, u32)> {
        let mut entries = Vec::with_capacity(self.len);
        let mut stack: Vec<(usize, String)> = vec![(0, String::new())];
        while let Some((node, prefix)) = stack.pop() {
            if node != 0 && self.counts[node] > 0 {
                entries.push((prefix.clone(), self.counts[node]));
            }
            for child in self.children(node).rev() {
                let mut word = prefix.clone();
                if !word.is_empty() {
                    word.push(' ');
                }
                self.spell(self.units[child], &mut word);
                stack.push((child, word));
            }
        }
        entries
    }

    fn spell(&self, unit: u32, out: &mut String) {
        if let Some(syllable) = UnitId::from_u32(unit).syllable() {
            syllable.spell_into(ToneStyle::Old, out);
        } else if let Ok(found) = self.foreign.binary_search_by_key(&unit, |(number, _)| *number) {
            out.push_str(&self.foreign[found].1);
        }
    }

    /// Writes a model file.
    #[must_use]
    pub fn write(&self, mut info: ModelInfo) -> Vec<u8> {
        KIND.clone_into(&mut info.kind);
        info.scores.insert("words".into(), self.len as f64);
        let mut builder = ContainerBuilder::new(info);
        let forms: Vec<&str> = self.foreign.iter().map(|(_, form)| form.as_str()).collect();
        builder.section("foreign", forms.join("\n").as_bytes());
        let (mut units, mut children, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        write_varint(self.units.len() as u64, &mut units);
        for node in 0..self.units.len() {
            if node > 0 {
                let unit = self.units[node];
                let number = self
                    .foreign
                    .binary_search_by_key(&unit, |(number, _)| *number)
                    .map_or(unit as usize, |i| SYLLABLE_COUNT + i);
                write_varint(number as u64, &mut units);
            }
            write_varint(self.children(node).len() as u64, &mut children);
            write_varint(u64::from(self.counts[node]), &mut counts);
        }
        builder.section("units", &units);
        builder.section("children", &children);
        builder.section("counts", &counts);
        builder.finish()
    }

    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// Returns an error if `bytes` are not an intact lexicon of this version's keys.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let container = Container::parse(bytes)?;
        container.expect_kind(KIND)?;
        let mut lexicon = Self::default();
        let forms = String::from_utf8(container.section("foreign")?.into_owned())
            .map_err(|_| ModelError::corrupt("section `foreign` is not UTF-8"))?;
        // The forms lie in the order of their hashes.
        lexicon.foreign = forms
            .lines()
            .map(|form| (UnitId::of_folded_bytes(form.as_bytes()).to_u32(), form.to_owned()))
            .collect();
        if !lexicon.foreign.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(ModelError::corrupt("section `foreign` is not in order"));
        }
        let [units, children, counts] =
            ["units", "children", "counts"].map(|s| container.section(s));
        let (units, children, counts) = (units?, children?, counts?);
        let mut units = Reader::new("units", &units);
        let mut children = Reader::new("children", &children);
        let mut counts = Reader::new("counts", &counts);
        let nodes = units.count()?;
        if nodes == 0 {
            return Err(units.error("the tree has no root"));
        }
        lexicon.units = Vec::with_capacity(nodes);
        lexicon.units.push(0);
        let mut next_child = 1usize;
        for node in 0..nodes {
            if node > 0 {
                let number = units.varint()? as usize;
                let unit = match number.checked_sub(SYLLABLE_COUNT) {
                    None => number as u32,
                    Some(i) => match lexicon.foreign.get(i) {
                        Some((unit, _)) => *unit,
                        None => return Err(units.error("a unit is out of range")),
                    },
                };
                lexicon.units.push(unit);
            }
            lexicon.first_child.push(next_child as u32);
            next_child = next_child.saturating_add(children.varint()? as usize);
            // Children come after their parents: a cycle cannot be written.
            if next_child > nodes || next_child <= node {
                return Err(children.error("the tree does not fit its nodes"));
            }
            let count = counts.varint_u32()?;
            lexicon.len += usize::from(count > 0);
            lexicon.counts.push(count);
        }
        if next_child != nodes {
            return Err(children.error("the tree does not use all nodes"));
        }
        units.finish()?;
        children.finish()?;
        counts.finish()?;
        for node in 0..lexicon.units.len() {
            if !lexicon.units[lexicon.children(node)].is_sorted_by(|a, b| a < b) {
                return Err(ModelError::corrupt("children of a node are not in order"));
            }
        }
        lexicon.index_root();
        Ok(lexicon)
    }

    /// Returns the number of words.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Returns true if there are no words.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// Returns the key of a word: its folded units, joined by single spaces.
#[must_use]
pub fn word_key(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for unit in word.split(|c: char| c.is_whitespace() || c == '_').filter(|u| !u.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        key::fold_into(unit, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::from_entries([
            ("việt nam", 90),
            ("nam", 7),
            ("việt", 5),
            ("việt nam cộng hòa", 2),
            ("covid", 3),
            ("covid hoành hành", 1),
            ("Việt  Nam", 10),
        ])
    }

    #[test]
    fn words_are_found_and_counted() {
        let lexicon = lexicon();
        assert_eq!(lexicon.len(), 6);
        assert_eq!(lexicon.count("việt nam"), Some(100));
        assert_eq!(lexicon.count("VIỆT NAM CỘNG HOÀ"), Some(2));
        assert_eq!(lexicon.count("việt nam cộng"), None);
        assert_eq!(lexicon.count("Covid"), Some(3));
        assert_eq!(lexicon.count("sars"), None);
        assert_eq!(lexicon.count(""), None);
    }

    #[test]
    fn the_longest_word_wins() {
        let lexicon = lexicon();
        let longest = |text: &str| lexicon.longest_match(text.split(' ').map(UnitId::of));
        assert_eq!(longest("việt nam cộng sản"), 2);
        assert_eq!(longest("việt nam cộng hoà xã"), 4);
        assert_eq!(longest("covid hoành tráng"), 1);
        assert_eq!(longest("cộng hoà"), 0);
    }

    #[test]
    fn a_model_file_comes_back() {
        for lexicon in [lexicon(), Lexicon::from_entries([])] {
            let file = lexicon.write(ModelInfo::new("", "test"));
            assert_eq!(Lexicon::read(&file).expect("a valid model"), lexicon);
        }
        let words: Vec<String> = lexicon().entries().into_iter().map(|(word, _)| word).collect();
        assert_eq!(words.len(), 6);
        assert!(words.contains(&"việt nam cộng hòa".to_owned()));
        assert!(words.contains(&"covid hoành hành".to_owned()));
    }

    #[test]
    fn an_empty_lexicon_finds_nothing() {
        let lexicon = Lexicon::from_entries([]);
        assert!(lexicon.is_empty());
        assert_eq!(lexicon.longest_match([UnitId::of("a")].into_iter()), 0);
        assert_eq!(Lexicon::default().count("a"), None);
    }
}
