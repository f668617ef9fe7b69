//! Words that the cache knows, which most words of a text are.

use super::stops::may_own_stop;
use super::word_cache::{CachedToken, WordBytes};
use super::{LetterRun, Scanner};
use crate::text::chunk::CHUNK;
use crate::token::{Gap, Shape, Token, TokenKind};

impl Scanner<'_, '_> {
    /// Pushes the words from here on that the cache knows, up to the first one that it does not, and
    /// passes the spaces behind them; returns true if there were any.
    #[inline]
    pub(super) fn cached_words(&mut self) -> bool {
        let (start, mut pos, mut gap) = (self.pos, self.pos, self.gap);
        while let Some(chunk) = self.bytes.get(pos..).and_then(<[u8]>::first_chunk::<CHUNK>) {
            let Some((word, length)) = WordBytes::at_start(chunk) else { break };
            let Some(known) = self.cache.get(word) else { break };
            let &CachedToken { unit, kind, shape, .. } = known;
            let end = pos + length;
            let token = Token { start: pos as u32, end: end as u32, unit, kind, shape, gap };
            let follower = chunk[length % CHUNK];
            // Most words have a space behind.
            if follower == b' ' {
                self.tokens.push(token);
                (pos, gap) = (end + 1, Gap::Space);
                continue;
            }
            if !is_context(follower) || follower == b'.' && known.ends_at_stop(chunk, length) {
                self.tokens.push(token);
                (pos, gap) = (end, Gap::None);
            }
            break;
        }
        (self.pos, self.gap) = (pos, gap);
        pos > start
    }

    /// Pushes a word that the cache does not know, which it then knows.
    pub(super) fn word(&mut self) {
        if let Some((word, length)) = self.word_bytes()
            && !is_context(self.byte(self.pos + length))
        {
            let run = self.letters(self.pos);
            if run.end == self.pos + length && run.shape() != Shape::Mixed {
                let known = self.classify(&run);
                self.cache.insert(word, known);
                return self.push(run.end, known.kind, known.shape, known.unit);
            }
        }
        self.word_in_context();
    }

    /// Pushes a word before a full stop that is not its own.
    pub(super) fn word_before_stop(&mut self, run: &LetterRun) {
        let mut known = self.classify(run);
        // No part of a web address, whatever comes before or after.
        if known.kind == TokenKind::Syllable
            && !may_own_stop(&self.text[self.pos..run.end], run)
            && let Some((word, length)) = self.word_bytes()
            && self.pos + length == run.end
        {
            known.is_no_link = true;
            self.cache.insert(word, known);
        }
        self.push(run.end, known.kind, known.shape, known.unit);
    }

    /// Returns the bytes up to the first ASCII character that is no letter, and how many they are.
    #[inline]
    fn word_bytes(&self) -> Option<(WordBytes, usize)> {
        WordBytes::at_start(self.bytes.get(self.pos..)?.first_chunk()?)
    }
}

impl CachedToken {
    /// Returns true if the full stop behind the word, which has `length` bytes, is a token of its
    /// own: nothing follows that may belong to an abbreviation or an address.
    #[inline]
    fn ends_at_stop(self, chunk: &[u8; CHUNK], length: usize) -> bool {
        self.is_no_link && matches!(chunk.get(length + 1), Some(b' ' | b'\n'))
    }
}

/// Returns true if the token before depends on what follows.
#[inline]
const fn is_context(follower: u8) -> bool {
    matches!(follower, b'.' | b':' | b'-' | b'\'' | b'&' | b'+' | b'#' | b'/' | b'0'..=b'9')
}
