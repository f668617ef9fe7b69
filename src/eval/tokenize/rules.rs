//! The rules of a tokenizer: what is cut into tokens, and how tokens are folded.

use std::collections::{BTreeMap, BTreeSet};

use super::class::{Class, class_at, class_of};
use super::vocabulary::Vocabulary;
use super::{Punctuation, Stemming, TokenSequence, fold, porter};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Syllables,
    Words,
    RougeScore,
    Rouge155,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rules {
    pub(super) kind: Kind,
    pub(super) lowercase: bool,
    pub(super) fold_tone: bool,
    pub(super) punctuation: Punctuation,
    pub(super) stemming: Stemming,
    pub(super) stop_words: BTreeSet<String>,
    pub(super) exceptions: BTreeMap<String, String>,
}

impl Rules {
    pub(super) fn fold_unstopped(&self, raw: &str, key: &mut String) {
        match self.kind {
            Kind::Syllables => fold::fold(raw, self.lowercase, self.fold_tone, key),
            Kind::Words => {
                for syllable in raw.split('_').filter(|s| !s.is_empty()) {
                    if !key.is_empty() {
                        key.push(' ');
                    }
                    fold::fold(syllable, self.lowercase, self.fold_tone, key);
                }
            }
            Kind::RougeScore => key.extend(raw.to_lowercase().chars().filter(char::is_ascii)),
            Kind::Rouge155 => key.push_str(&raw.to_ascii_lowercase()),
        }
    }

    /// Appends the key of the token `raw`; returns false if it is a stop word.
    pub(super) fn fold(&self, raw: &str, key: &mut String) -> bool {
        self.fold_unstopped(raw, key);
        if self.stop_words.contains(key.as_str()) {
            return false;
        }
        if self.stemming == Stemming::Porter && key.len() > 3 {
            if let Some(stem) = self.exceptions.get(key.as_str()) {
                key.clone_from(stem);
            } else if self.kind == Kind::Rouge155 {
                porter::stem_perl(key);
            } else {
                porter::stem_nltk(key);
            }
        }
        true
    }

    #[inline]
    fn push(
        &self,
        text: &str,
        start: usize,
        end: usize,
        vocabulary: &mut Vocabulary,
        out: &mut TokenSequence,
    ) {
        out.push(vocabulary.resolve(text, start, end, |raw, key| self.fold(raw, key)));
    }

    pub(super) fn cut_syllables(
        &self,
        text: &str,
        vocabulary: &mut Vocabulary,
        out: &mut TokenSequence,
    ) {
        let keeps = self.punctuation == Punctuation::Keep;
        let mut at = 0;
        while at < text.len() {
            let (class, len) = class_at(text, at);
            let start = at;
            at += len;
            match class {
                Class::Letter => {
                    while at < text.len() {
                        let (class, len) = class_at(text, at);
                        if !matches!(class, Class::Letter | Class::Joins) {
                            break;
                        }
                        at += len;
                    }
                    self.push(text, start, at, vocabulary, out);
                }
                Class::Punctuation if keeps => self.push(text, start, at, vocabulary, out),
                Class::Space if text.as_bytes()[start] == b'\n' => out.end_sentence(),
                _ => {}
            }
        }
    }

    pub(super) fn cut_words(
        &self,
        text: &str,
        vocabulary: &mut Vocabulary,
        out: &mut TokenSequence,
    ) {
        let keeps = self.punctuation == Punctuation::Keep;
        for line in text.split('\n') {
            for word in line.split(|c: char| c.is_whitespace() || c.is_control()) {
                let word = if keeps {
                    word.trim_matches('_')
                } else {
                    word.trim_start_matches(|c| class_of(c) != Class::Letter).trim_end_matches(
                        |c| matches!(class_of(c), Class::Space | Class::Punctuation),
                    )
                };
                if !word.is_empty() {
                    self.push(word, 0, word.len(), vocabulary, out);
                }
            }
            out.end_sentence();
        }
    }

    pub(super) fn cut_ascii(
        &self,
        text: &str,
        vocabulary: &mut Vocabulary,
        out: &mut TokenSequence,
    ) {
        let folds_unicode = self.kind == Kind::RougeScore;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            // Python lower-cases before it deletes: the Kelvin sign becomes k, and İ becomes i
            // with a dot above, which ends the token.
            loop {
                match bytes.get(at) {
                    Some(b) if b.is_ascii_alphanumeric() => at += 1,
                    Some(0xE2) if folds_unicode && text[at..].starts_with('\u{212A}') => at += 3,
                    Some(0xC4) if folds_unicode && text[at..].starts_with('\u{130}') => {
                        at += 2;
                        break;
                    }
                    _ => break,
                }
            }
            if at > start {
                self.push(text, start, at, vocabulary, out);
            } else {
                if bytes[at] == b'\n' {
                    out.end_sentence();
                }
                at += 1;
            }
        }
    }
}
