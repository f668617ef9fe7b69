//! Marks, symbols, emoticons, hashtags, and characters of other scripts.

use unicode_segmentation::UnicodeSegmentation;

use super::{Scanner, is_punctuation, is_unspaced_script};
use crate::text::key::{UnitId, is_combining, is_ignorable};
use crate::text::syllable::Syllable;
use crate::token::abbreviation::is_top_level_domain;
use crate::token::{Gap, Shape, TokenKind};

/// Faces in ASCII, besides those that end in brackets that repeat: `:))`, `=((`.
const EMOTICONS: [&str; 28] = [
    ":D", ":d", ":v", ":V", ":P", ":p", ":3", ":o", ":O", ":x", ":X", ":*", ":'(", ":-D", ":-P",
    ":-p", ":-*", ":-O", "=D", "=P", ":/", "<3", "^^", "^_^", "-_-", ">_<", "=.=", ";P",
];

impl<'t> Scanner<'t, '_> {
    pub(super) fn ascii_mark(&mut self, byte: u8) {
        let rest = &self.bytes[self.pos..];
        let run = |set: &[u8]| rest.iter().take_while(|b| set.contains(b)).count();
        let (length, kind) = match byte {
            b'.' if rest.starts_with(b"./.") => (3, TokenKind::Punctuation),
            b'.' if self.stop_opens_word() => return,
            b'#' | b'@' if self.tag() => return,
            b':' | b';' | b'=' | b'<' | b'^' | b'-' | b'>' if self.emoticon() => return,
            b'.' | b'-' | b'*' | b'=' | b'~' | b'#' | b'/' => {
                (run(&[byte]), TokenKind::Punctuation)
            }
            b'!' | b'?' => (run(b"!?"), TokenKind::Punctuation),
            b'_' if self.face_of_letters() => return,
            b'_' if self.joins_syllables() => {
                self.pos += 1;
                self.gap = Gap::Underscore;
                return;
            }
            b'_' => (run(b"_"), TokenKind::Punctuation),
            b'@' if self.email() => return,
            b'$' | b'+' | b'<' | b'>' | b'^' | b'`' | b'|' => (1, TokenKind::Symbol),
            _ => (1, TokenKind::Punctuation),
        };
        self.push_mark(self.pos + length, kind);
    }

    /// A stop after white space and close to a word: `.NET`, `.vn`, `.45`. Before a Vietnamese word it
    /// is the end of a sentence that was typed with a space before it: `ở nhà .Hôm sau`.
    fn stop_opens_word(&mut self) -> bool {
        if self.gap == Gap::None {
            return false;
        }
        let run = self.letters(self.pos + 1);
        let end = if run.letters == 0 {
            let end = self.alphanumeric_end(self.pos + 1);
            if end == self.pos + 1 {
                return false;
            }
            end
        } else {
            let word = &self.text[self.pos + 1..run.end];
            let is_upper = run.letters > 1 && run.uppers == run.letters && run.ascii;
            let is_domain = is_top_level_domain(&word.to_ascii_lowercase());
            if Syllable::parse(word).is_some() && !is_upper && !is_domain {
                return false;
            }
            self.alphanumeric_end(run.end)
        };
        self.push_folded(end, TokenKind::Alphanumeric, run.shape());
        true
    }

    /// `#hashtag`, `@name`.
    fn tag(&mut self) -> bool {
        let rest = &self.text[self.pos + 1..self.bytes.len()];
        let belongs = |c: char| c.is_alphanumeric() || c == '_' || is_combining(c);
        let mut length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        if rest[..length].starts_with(is_combining)
            || self.touching().is_some_and(|t| t.kind.is_term())
        {
            return false;
        }
        // Names have stops inside: @minh.anh
        if self.byte(self.pos) == b'@' {
            while let Some(label) = rest[length..].strip_prefix('.') {
                let part = label.find(|c| !belongs(c)).unwrap_or(label.len());
                if part == 0 || !label.starts_with(|c: char| c.is_ascii_lowercase()) {
                    break;
                }
                length += 1 + part;
            }
        }
        if length == 0 {
            return false;
        }
        self.push_folded(self.pos + 1 + length, TokenKind::Alphanumeric, Shape::Caseless);
        true
    }

    /// A face in ASCII after white space or a mark: `:)`, `=))`, `:D`, `^^`.
    fn emoticon(&mut self) -> bool {
        let rest = &self.text[self.pos..self.bytes.len()];
        let eyes =
            [":-", ":'", ":", ";-", ";", "=", "^"].iter().find(|eyes| rest.starts_with(**eyes));
        let brackets = eyes.map_or(0, |eyes| {
            let mouth = rest.as_bytes().get(eyes.len()).copied().unwrap_or(0);
            let run = rest[eyes.len()..].bytes().take_while(|b| *b == mouth).count();
            let is_apart = self.gap != Gap::None;
            match mouth {
                b')' | b'(' if run > 1 || is_apart => run,
                b']' if is_apart => run,
                _ => 0,
            }
        });
        let length = if brackets > 0 {
            eyes.map_or(0, |eyes| eyes.len()) + brackets
        } else if self.gap != Gap::None {
            let found = EMOTICONS.iter().filter(|face| rest.starts_with(**face));
            found.map(|face| face.len()).max().unwrap_or(0)
        } else {
            0
        };
        // `:(1)` is a colon before a bracket.
        let after = rest[length..].chars().next();
        if length == 0 || after.is_some_and(char::is_alphanumeric) {
            return false;
        }
        self.push_mark(self.pos + length, TokenKind::Symbol);
        true
    }

    /// A face of two letters, the first of which is the last token: `T_T`, `o_O`.
    fn face_of_letters(&mut self) -> bool {
        let Some(&eye) = self.touching() else { return false };
        let end = self.pos + 2;
        let face = self.bytes.get(eye.span().start..end).unwrap_or_default();
        let is_face = matches!(face, [a @ (b'T' | b'o' | b'O' | b'u' | b'U' | b'Q' | b'x'), b'_', b]
            if a.eq_ignore_ascii_case(b));
        let goes_on = || self.peek(end).is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !is_face || goes_on() || eye.gap == Gap::None {
            return false;
        }
        self.tokens.pop();
        (self.pos, self.gap) = (eye.span().start, eye.gap);
        self.push_mark(end, TokenKind::Symbol);
        true
    }

    fn push_mark(&mut self, end: usize, kind: TokenKind) {
        let unit = UnitId::of_folded_bytes(&self.bytes[self.pos..end]);
        self.push(end, kind, Shape::Caseless, unit);
    }

    fn joins_syllables(&self) -> bool {
        self.touching().is_some_and(|t| t.kind.is_term())
            && self.peek(self.pos + 1).is_some_and(char::is_alphanumeric)
    }

    /// A character beyond ASCII and the Vietnamese alphabet.
    #[cold]
    pub(super) fn other(&mut self, c: char) {
        let length = c.len_utf8();
        if matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}') {
            self.pass(length, Gap::Line);
        } else if c.is_whitespace() {
            self.pass(length, Gap::Space);
        } else if is_ignorable(c) || c.is_control() {
            self.pass(length, self.gap);
        } else if let Some(end) = self.degree_end() {
            self.push_folded(end, TokenKind::Alphanumeric, Shape::Caseless);
        } else if is_punctuation(c) {
            let rest = &self.text[self.pos..self.bytes.len()];
            let same =
                if c == '…' { rest.find(|d| d != c).unwrap_or(rest.len()) } else { length };
            self.push_mark(self.pos + same, TokenKind::Punctuation);
        } else if c.is_alphabetic() {
            if is_unspaced_script(c) { self.unspaced() } else { self.word() }
        } else if c.is_numeric() {
            let rest = &self.text[self.pos..self.bytes.len()];
            let end = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            self.push_folded(self.pos + end, TokenKind::Number, Shape::Caseless);
        } else {
            let rest = &self.text[self.pos..self.bytes.len()];
            let cluster = rest.graphemes(true).next().map_or(length, str::len);
            self.push_mark(self.pos + cluster, TokenKind::Symbol);
        }
    }

    /// Scripts without spaces between words (UAX #29).
    fn unspaced(&mut self) {
        let rest: &'t str = &self.text[self.pos..self.bytes.len()];
        // Khmer and Burmese have their full stops among their letters.
        let belongs = |c: char| (is_unspaced_script(c) || is_combining(c)) && !is_punctuation(c);
        let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
        for word in rest[..end].split_word_bounds() {
            self.push_folded(self.pos + word.len(), TokenKind::Foreign, Shape::Caseless);
        }
    }
}
