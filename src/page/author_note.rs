//! Notes on the author below an article.

use super::evidence::Evidence;
use super::role::Role;
use super::{Block, PageStructure, word_hash};

/// Gives the blocks below a heading like `Về tác giả` its role, where they end the text.
///
/// More than two paragraphs are an article: one may tell about its author first.
pub(super) fn mark_below_heading(blocks: &mut [Block]) {
    const MOST: usize = 2;
    let Some(at) = blocks.iter().rposition(|block| block.role == Role::AuthorNote) else { return };
    let is_heading = !blocks[at].evidence.has(Evidence::Sentences);
    let is_text = |block: &Block| matches!(block.role, Role::Body | Role::Sapo);
    let below = blocks[at + 1..].iter().filter(|block| is_text(block)).count();
    let above = blocks[..at].iter().filter(|block| is_text(block)).count();
    if is_heading && (1..=MOST).contains(&below) && above > below {
        for block in blocks[at + 1..].iter_mut().filter(|block| is_text(block)) {
            block.role = Role::AuthorNote;
            block.evidence.add(Evidence::AboutAuthor);
        }
    }
}

/// Gives the last paragraph its role where it says who the author is: `Mara Quill is …`.
#[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only pages name their author"))]
pub(super) fn mark_named(structure: &mut PageStructure, text: &str, author: &str) {
    /// Paragraphs of the text above.
    const LEAST: usize = 3;
    const VERBS: [&str; 18] = [
        "is", "was", "has", "writes", "covers", "lives", "works", "reports", "joined", "là",
        "hiện", "đang", "sinh", "viết", "est", "ist", "es", "é",
    ];
    let name = author.split([',', ';']).next().unwrap_or_default().trim();
    let names = word_hash::words(name);
    let is_text = |block: &Block| matches!(block.role, Role::Body);
    let count = structure.blocks.iter().filter(|block| block.role.is_text()).count();
    if names.len() < 2 || count <= LEAST {
        return;
    }
    let Some(last) = structure.blocks.iter_mut().rfind(|block| is_text(block)) else { return };
    let own = &text[last.span()];
    let words = word_hash::words(own);
    let verbs: Vec<u32> = VERBS.iter().flat_map(|verb| word_hash::words(verb)).collect();
    if words.starts_with(&names) && words.get(names.len()).is_some_and(|word| verbs.contains(word))
    {
        last.role = Role::AuthorNote;
        last.evidence.add(Evidence::AboutAuthor);
    }
}
