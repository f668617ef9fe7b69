//! Interning: from the bytes of a token to a small number, without an allocation per token.
//!
//! A token is looked up twice at most. The first table maps the token *as written* to its
//! number, so that a syllable that was seen before is never folded again; up to 16 bytes, which
//! every Vietnamese syllable fits into, the key is one machine word pair. Only a spelling that is
//! new is folded, and its folded form is looked up in the second table.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Number of a token that is not counted: a stop word, or nothing after folding.
pub(crate) const DROPPED: u32 = u32::MAX;

/// Spellings after which the tables are emptied between two pairs, so that memory stays flat.
const MAX_SPELLINGS: usize = 1 << 20;

/// Longest spelling that the first table holds, in bytes.
const SHORT: usize = 16;

/// Byte strings with dense numbers in the order of their arrival.
#[derive(Debug, Default)]
pub(crate) struct ByteTable {
    arena: Vec<u8>,
    entries: Vec<(u32, u32)>,
    slots: Vec<u32>,
}

impl ByteTable {
    fn hash(bytes: &[u8]) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(bytes);
        // The low bits of FxHash depend on few input bits; the finish of FxHasher rotates, and
        // one more mix costs nothing here.
        let hash = hasher.finish();
        (hash ^ (hash >> 29)) as usize
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn bytes(&self, index: u32) -> &[u8] {
        let (start, end) = self.entries[index as usize];
        &self.arena[start as usize..end as usize]
    }

    pub(crate) fn clear(&mut self) {
        self.arena.clear();
        self.entries.clear();
        self.slots.clear();
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(256);
        self.slots.clear();
        self.slots.resize(size, 0);
        for index in 0..self.entries.len() {
            let mut slot = Self::hash(self.bytes(index as u32)) & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = index as u32 + 1;
        }
    }

    /// Returns the number of `bytes` and whether they are new.
    pub(crate) fn intern(&mut self, bytes: &[u8]) -> (u32, bool) {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut slot = Self::hash(bytes) & mask;
        loop {
            match self.slots[slot] {
                0 => break,
                number if self.bytes(number - 1) == bytes => return (number - 1, false),
                _ => slot = (slot + 1) & mask,
            }
        }
        let (start, index) = (self.arena.len() as u32, self.entries.len() as u32);
        self.arena.extend_from_slice(bytes);
        self.entries.push((start, self.arena.len() as u32));
        self.slots[slot] = index + 1;
        (index, true)
    }
}

/// Spellings of at most [`SHORT`] bytes and the number of their token.
#[derive(Debug, Default)]
struct ShortTable {
    slots: Vec<(u128, u32)>,
    len: usize,
}

impl ShortTable {
    /// Spreads the bytes over the index; the constants are the odd parts of the golden ratio and
    /// of Knuth's MMIX multiplier.
    #[inline]
    fn hash(key: u128) -> u64 {
        let mixed = (key as u64) ^ ((key >> 64) as u64).wrapping_mul(0x5851_F42D_4C95_7F2D);
        let mixed = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 32)
    }

    #[inline]
    fn find(&self, key: u128) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = Self::hash(key) as usize & mask;
        loop {
            let (found, id) = self.slots[slot];
            if found == key {
                return Some(id);
            }
            // No token is empty, so the key 0 marks a free slot.
            if found == 0 {
                return None;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn insert(&mut self, key: u128, id: u32) {
        if (self.len + 1) * 2 > self.slots.len() {
            let size = (self.slots.len() * 2).max(1024);
            let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            for (key, id) in old.into_iter().filter(|entry| entry.0 != 0) {
                self.place(key, id);
            }
        }
        self.place(key, id);
        self.len += 1;
    }

    fn place(&mut self, key: u128, id: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = Self::hash(key) as usize & mask;
        while self.slots[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (key, id);
    }
}

/// The tokens met so far and their numbers.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    short: ShortTable,
    long: ByteTable,
    long_ids: Vec<u32>,
    keys: ByteTable,
    /// Where a new spelling is folded.
    key: String,
}

impl Vocabulary {
    /// Returns a bound on the numbers given out so far.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns the folded form of token `id`.
    pub(crate) fn key(&self, id: u32) -> &str {
        // Keys come out of a `String`, so they are valid.
        std::str::from_utf8(self.keys.bytes(id)).unwrap_or_default()
    }

    /// Forgets all tokens if there are too many; to be called between two pairs only.
    pub(crate) fn trim(&mut self) {
        if self.short.len + self.long.len() + self.keys.len() > MAX_SPELLINGS {
            *self = Self::default();
        }
    }

    /// Returns the number of the token that is written at `text[start..end]`.
    ///
    /// `fold` appends the folded form and returns false if the token is to be dropped.
    #[inline]
    pub(crate) fn resolve(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        fold: impl FnOnce(&str, &mut String) -> bool,
    ) -> u32 {
        let len = end - start;
        if len <= SHORT {
            let key = load(text.as_bytes(), start, len);
            if let Some(id) = self.short.find(key) {
                return id;
            }
            let id = self.fold_new(&text[start..end], fold);
            // Control characters separate tokens, so no spelling ends in NUL and none is 0.
            self.short.insert(key, id);
            return id;
        }
        let (index, is_new) = self.long.intern(&text.as_bytes()[start..end]);
        if is_new {
            let id = self.fold_new(&text[start..end], fold);
            self.long_ids.truncate(index as usize);
            self.long_ids.push(id);
        }
        self.long_ids[index as usize]
    }

    #[cold]
    fn fold_new(&mut self, raw: &str, fold: impl FnOnce(&str, &mut String) -> bool) -> u32 {
        self.key.clear();
        if fold(raw, &mut self.key) && !self.key.is_empty() {
            self.keys.intern(self.key.as_bytes()).0
        } else {
            DROPPED
        }
    }

    /// Returns the number of a token that is already in its folded form.
    pub(crate) fn intern_key(&mut self, key: &str) -> u32 {
        self.keys.intern(key.as_bytes()).0
    }
}

/// Loads `len` ≤ 16 bytes into one number, the rest zero.
#[inline]
fn load(bytes: &[u8], start: usize, len: usize) -> u128 {
    if let Some(chunk) =
        bytes.get(start..start + SHORT).and_then(|s| <[u8; SHORT]>::try_from(s).ok())
    {
        let keep = u128::MAX >> ((SHORT - len) * 8).min(127);
        return u128::from_le_bytes(chunk) & if len == 0 { 0 } else { keep };
    }
    let mut chunk = [0; SHORT];
    chunk[..len].copy_from_slice(&bytes[start..start + len]);
    u128::from_le_bytes(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(vocabulary: &mut Vocabulary, text: &str) -> u32 {
        vocabulary.resolve(text, 0, text.len(), |raw, key| {
            key.push_str(&raw.to_lowercase());
            raw != "bỏ"
        })
    }

    #[test]
    fn spellings_of_one_key_share_a_number() {
        let mut vocabulary = Vocabulary::default();
        let a = id(&mut vocabulary, "Việt");
        assert_eq!(a, id(&mut vocabulary, "việt"));
        assert_ne!(a, id(&mut vocabulary, "viết"));
        assert_eq!(vocabulary.key(a), "việt");
        assert_eq!(id(&mut vocabulary, "bỏ"), DROPPED);
        let long = id(&mut vocabulary, "MỘT_TỪ_DÀI_HƠN_MƯỜI_SÁU_BYTE");
        assert_eq!(long, id(&mut vocabulary, "một_từ_dài_hơn_mười_sáu_byte"));
        assert_eq!(vocabulary.len(), 3);
    }

    #[test]
    fn numbers_survive_growth() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..5000).map(|i| format!("từ{i}")).collect();
        let first: Vec<u32> = words.iter().map(|w| id(&mut vocabulary, w)).collect();
        let again: Vec<u32> = words.iter().map(|w| id(&mut vocabulary, w)).collect();
        assert_eq!(first, again);
        assert_eq!(first, (0..5000).collect::<Vec<u32>>());
    }

    #[test]
    fn loads_the_same_number_inside_and_at_the_end_of_a_text() {
        let text = "a việt nam độc lập tự do việt";
        let inside = text.find("việt").expect("present");
        let last = text.rfind("việt").expect("present");
        let len = "việt".len();
        assert_eq!(load(text.as_bytes(), inside, len), load(text.as_bytes(), last, len));
        assert_eq!(load(b"0123456789abcdefg", 0, 16), load(b"0123456789abcdef", 0, 16));
    }
}
