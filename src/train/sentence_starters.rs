//! Counts of capitalized syllables at the beginning of sentences and inside of them.

use crate::text::syllable::SYLLABLE_COUNT;
use crate::token::sentence_starters::{Counts, LeftContext, RightContext, SentenceStarters};
use crate::token::tokenizer::tokenize;
use crate::token::{Gap, Shape, Token, TokenKind};

/// Counts, for each syllable, capitals that open a sentence and capitals inside of one.
///
/// # Examples
///
/// ```
/// use tomtat::text::syllable::Syllable;
/// use tomtat::token::sentence_starters::SentenceStarters;
/// use tomtat::train::sentence_starters::OpeningCounts;
///
/// let mut counts = OpeningCounts::default();
/// let text = "Mưa đã tạnh. Sau đó, chị Linh ra về. Sau cùng, anh Linh cũng đi.";
/// counts.add(text, &SentenceStarters::default());
/// let starters = counts.sentence_starters();
/// let score = |word: &str| starters.score(Syllable::parse(word).expect("a syllable").id());
/// assert!(score("sau") > 0 && score("linh") < 0);
/// ```
#[derive(Clone, Debug)]
pub struct OpeningCounts {
    counts: Vec<Counts>,
    /// The word before the capital, a syllable in lower case.
    closings: Vec<Counts>,
    before: [Counts; LeftContext::COUNT],
    after: [Counts; RightContext::COUNT],
    tokens: Vec<Token>,
}

impl Default for OpeningCounts {
    fn default() -> Self {
        Self {
            counts: vec![(0, 0); SYLLABLE_COUNT],
            closings: vec![(0, 0); SYLLABLE_COUNT],
            before: Default::default(),
            after: Default::default(),
            tokens: Vec::new(),
        }
    }
}

impl OpeningCounts {
    /// Counts the capitals of a text.
    ///
    /// A sentence is taken to open after a full stop, question or exclamation mark that follows a
    /// word in lower case, which is neither an abbreviation nor an initial.
    pub fn add(&mut self, text: &str, starters: &SentenceStarters) {
        self.tokens.clear();
        tokenize(text, 0..text.len(), starters, &mut self.tokens);
        let tokens = std::mem::take(&mut self.tokens);
        for (at, window) in tokens.windows(3).enumerate() {
            let [before, last, token] = window else { continue };
            if token.kind() != TokenKind::Syllable || token.shape() != Shape::Capitalized {
                continue;
            }
            let syllable = token.unit().to_u32() as usize;
            let Some(count) = self.counts.get_mut(syllable) else { continue };
            let is_word =
                |token: &Token| token.kind() == TokenKind::Syllable && token.span().len() > 1;
            let after = RightContext::of(tokens.get(at + 3), text);
            let mark = &text[last.span()];
            if matches!(mark, "." | "?" | "!") {
                let plain = is_word(before) && before.shape() == Shape::Lower;
                if plain && token.gap() != Gap::None {
                    count.0 += 1;
                    self.after[after as usize].0 += 1;
                }
                if token.gap() != Gap::None && last.gap() == Gap::None {
                    self.count_before(before, text, true);
                }
            } else if token.gap() == Gap::Space {
                if is_word(last) || mark == "," {
                    count.1 += 1;
                    self.after[after as usize].1 += 1;
                }
                self.count_before(last, text, false);
            }
        }
        self.tokens = tokens;
    }

    fn count_before(&mut self, token: &Token, text: &str, opens: bool) {
        let Some(before) = LeftContext::of(token, text) else { return };
        let add = |count: &mut Counts| if opens { count.0 += 1 } else { count.1 += 1 };
        add(&mut self.before[before.index()]);
        if let LeftContext::Lower(syllable) = before {
            add(&mut self.closings[syllable.index()]);
        }
    }

    /// Returns the number of capitals that opened a sentence, and of those inside of one.
    #[must_use]
    pub fn totals(&self) -> (u64, u64) {
        self.counts
            .iter()
            .fold((0, 0), |(a, b), count| (a + u64::from(count.0), b + u64::from(count.1)))
    }

    /// Returns the scores.
    #[must_use]
    pub fn sentence_starters(&self) -> SentenceStarters {
        SentenceStarters::from_counts(|syllable| self.counts[syllable.index()]).with_contexts(
            |syllable| self.closings[syllable.index()],
            &self.before,
            &self.after,
        )
    }
}
