//! Source code, rows of tables, recipients of a legal document: blocks that have their roles by
//! themselves.
//!
//! They are taken out before the page is labelled, so that they are no evidence for the paragraphs
//! around them.

use super::evidence::Evidence;
use super::features::BlockFeatures;
use super::role::Role;

/// Takes code and rows of tables out of the blocks of a text, with their roles.
///
/// Blocks of code that follow each other are one. A page without sentences keeps all of its blocks.
pub(super) fn take(blocks: &mut Vec<BlockFeatures>) -> Vec<(BlockFeatures, Role)> {
    let mut taken: Vec<(BlockFeatures, Role)> = Vec::new();
    if !blocks.iter().any(|block| block.is_prose() && own_role(block).is_none()) {
        return taken;
    }
    mark_runs(blocks);
    let mut follows = false;
    blocks.retain(|block| {
        let role = own_role(block);
        match (role, taken.last_mut().filter(|_| follows)) {
            (Some(Role::Code), Some((before, Role::Code))) => {
                before.end = block.end;
                before.words = before.words.saturating_add(block.words);
            }
            (Some(role), _) => taken.push((*block, role)),
            (None, _) => {}
        }
        follows = role.is_some();
        role.is_none()
    });
    taken
}

/// Takes the list of those who get a legal document: `Nơi nhận:` and the items below, which end it.
pub(super) fn take_recipients(text: &str, blocks: &mut Vec<BlockFeatures>) -> Vec<BlockFeatures> {
    let line = |block: &BlockFeatures| &text[block.start..block.end];
    let heads = |block: &BlockFeatures| {
        let line = line(block);
        let label = line
            .get(.."Nơi nhận".len())
            .is_some_and(|head| head.chars().flat_map(char::to_lowercase).eq("nơi nhận".chars()));
        label && line["Nơi nhận".len()..].trim_start().starts_with(':')
    };
    let Some(at) = blocks.iter().rposition(heads) else { return Vec::new() };
    if !blocks[..at].iter().any(BlockFeatures::is_prose) {
        return Vec::new();
    }
    let is_item = |block: &BlockFeatures| {
        line(block).starts_with(['-', '–', '+', '•']) || line(block).ends_with(';')
    };
    let items = blocks[at + 1..].iter().take_while(|block| is_item(block)).count();
    blocks.drain(at..=at + items).collect()
}

/// The role that a block's own evidence gives.
fn own_role(block: &BlockFeatures) -> Option<Role> {
    if block.has(Evidence::CodeElement) {
        Some(Role::Code)
    } else if block.has(Evidence::TableRow) {
        Some(Role::Table)
    } else {
        None
    }
}

/// Lines that may be code are code beside lines that are.
fn mark_runs(blocks: &mut [BlockFeatures]) {
    let is_code =
        |block: Option<&BlockFeatures>| block.is_some_and(|block| block.has(Evidence::CodeElement));
    for at in 0..blocks.len() {
        let before = at.checked_sub(1).and_then(|before| blocks.get(before));
        let beside = is_code(before) || is_code(blocks.get(at + 1));
        if beside && blocks[at].has(Evidence::NotProse) && !blocks[at].is_prose() {
            blocks[at].evidence.add(Evidence::CodeElement);
        }
    }
}
