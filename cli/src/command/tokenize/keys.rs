//! The keys of tokens and words.

use std::sync::OnceLock;

use tomtat::text::key::fold_into;
use tomtat::text::syllable::{self, ToneStyle};
use tomtat::token::Token;

/// Keys of syllables, spelled once: folding each token anew costs more than the analysis.
#[derive(Debug)]
pub(super) struct Keys {
    /// By the number of the syllable.
    syllables: OnceLock<Vec<String>>,
}

impl Keys {
    pub(super) const fn new() -> Self {
        Self { syllables: OnceLock::new() }
    }

    /// The folded units of an item, joined by spaces.
    pub(super) fn of(&self, text: &str, tokens: &[Token]) -> String {
        let mut key = String::with_capacity(16);
        for token in tokens {
            if !key.is_empty() {
                key.push(' ');
            }
            match self.of_syllable(token) {
                Some(syllable) => key.push_str(syllable),
                None => fold_into(&text[token.span()], &mut key),
            }
        }
        key
    }

    fn of_syllable(&self, token: &Token) -> Option<&str> {
        let number = token.unit().syllable()?.id().index();
        let spelled = || {
            let mut keys = vec![String::new(); syllable::SYLLABLE_COUNT];
            for syllable in syllable::all() {
                keys[syllable.id().index()] = syllable.spell(ToneStyle::Old);
            }
            keys
        };
        self.syllables.get_or_init(spelled).get(number).map(String::as_str)
    }
}
