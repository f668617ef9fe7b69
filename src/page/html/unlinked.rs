//! Lines below a supposed end of the article that lead nowhere.
//!
//! Headlines of other articles are links. Where a run of lines was taken for them and hardly one is a
//! link, it is a list of the article: dates of a tour, prices, what a permit is needed for.

use crate::page::{Block, Evidence, PageStructure, Role};

/// Gives such runs back to the text.
pub(super) fn keep(structure: &mut PageStructure) {
    let blocks = &mut structure.blocks;
    let mut at = 0;
    while at < blocks.len() {
        let length = blocks[at..].iter().take_while(|block| !is_kept(block)).count();
        let run = &mut blocks[at..at + length];
        at += length.max(1);
        if is_list(run) {
            run.iter_mut().filter(|block| is_line(block)).for_each(give_back);
        }
    }
}

fn is_kept(block: &Block) -> bool {
    matches!(block.role, Role::Sapo | Role::Body | Role::Heading | Role::Title)
}

/// Whether a block that was left out stands where headlines of other articles do.
fn is_outside(block: &Block) -> bool {
    matches!(block.role, Role::Related | Role::Tags)
}

/// Whether a block is a line of such a list; keywords are one where they are an item.
fn is_line(block: &Block) -> bool {
    let is_keywords = block.role == Role::Tags && !block.evidence.has(Evidence::ListItem);
    is_outside(block) && !is_keywords && !block.evidence.has(Evidence::LinkElement)
}

/// Whether hardly a line of a run is a link, and nothing announces other articles or the same one
/// again.
fn is_list(run: &[Block]) -> bool {
    /// Lines of a list without any link, and of one in which a fifth may be links.
    const LEAST: (usize, usize) = (3, 10);
    const OTHERS: [Evidence; 5] = [
        Evidence::RelatedPhrase,
        Evidence::AfterRelatedPhrase,
        Evidence::RelatedLink,
        Evidence::CommentPhrase,
        // The article once more, as some pages hold it for machines.
        Evidence::RepeatsTitle,
    ];
    let outside = || run.iter().filter(|block| is_outside(block));
    let lines = outside().count();
    let links = outside().filter(|block| block.evidence.has(Evidence::LinkElement)).count();
    let is_related = outside().any(|block| block.role == Role::Related);
    let is_long = links == 0 && lines >= LEAST.0 || lines >= LEAST.1 && links * 5 <= lines;
    is_long
        && is_related
        && !run.iter().any(|block| OTHERS.iter().any(|&other| block.evidence.has(other)))
}

fn give_back(block: &mut Block) {
    let is_heading = block.evidence.has(Evidence::HeadingElement);
    block.role = if is_heading { Role::Heading } else { Role::Body };
    block.confidence = block.confidence.min(0.5);
}
