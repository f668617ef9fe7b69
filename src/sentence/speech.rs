//! Who said what stands before a dash: `“Anh đi thật à?” - Lan hỏi.`, `- Mẹ ơi! - Con bé gọi.`

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::key::UnitId;
use crate::token::{Gap, Token, TokenKind};
use crate::vocabulary;

/// Most tokens of what says who spoke, up to its mark.
const MOST_TOKENS: usize = 7;

static VERBS: LazyLock<FxHashSet<UnitId>> =
    LazyLock::new(|| vocabulary::VERBS_OF_SPEECH.words().map(UnitId::of).collect());

/// Returns true if a question or call that ends at `at` is what somebody says, and behind a dash
/// `opening` begins the few words that name who. The sentence began at `start`, and the next token is
/// `tokens[next]`.
///
/// What is said begins with a quotation mark or a dash. The words are a subject, a verb of speech and
/// at most two more before a stop or comma.
pub(super) fn names_speaker(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    next: usize,
    opening: usize,
) -> bool {
    let mark = |token: &Token| &text[token.span()];
    if !mark(&tokens[at]).starts_with(['!', '?']) || tokens[next].gap() != Gap::Space {
        return false;
    }
    let is_quoted = matches!(mark(&tokens[start]), "“" | "\"" | "«" | "‘");
    let is_behind_dash = opening == next + 1 && is_dash(mark(&tokens[next]));
    let is_spoken = is_dash(mark(&tokens[start]));
    if !is_behind_dash || !(is_quoted || is_spoken) {
        return false;
    }
    let words = &tokens[opening..tokens.len().min(opening + MOST_TOKENS)];
    let Some(length) = words.iter().position(|token| token.kind() == TokenKind::Punctuation) else {
        return false;
    };
    let is_verb = |token: &&Token| token.is_small() && VERBS.contains(&token.unit());
    let Some(verb) = words[..length].iter().position(|token| is_verb(&token)) else { return false };
    let ends = matches!(mark(&words[length]), "." | "," | "…" | "...");
    // `Tôi nói.` answers a question as often.
    let is_first_person = is_spoken && verb == 1 && words[0].unit() == UnitId::of("tôi");
    ends && (1..=4).contains(&verb) && length - verb <= 3 && !is_first_person
}

fn is_dash(mark: &str) -> bool {
    matches!(mark, "-" | "–" | "—")
}
