//! Lines between paragraphs that only part them: `***`, `Quảng cáo`, the same button again and again.

use rustc_hash::FxHashMap;

use super::evidence::Evidence;
use super::features::BlockFeatures;
use crate::text::letter::is_alphanumeric;

/// Words of a separator, at most.
const LONGEST: u32 = 5;
/// A line comes so many times before it separates, if it is no known label.
const LEAST_TIMES: u32 = 3;

/// Takes the separators out of the blocks, so that they are no evidence for their neighbours.
pub(super) fn take(text: &str, blocks: &mut Vec<BlockFeatures>) -> Vec<BlockFeatures> {
    let mut times: FxHashMap<u64, u32> = FxHashMap::default();
    for block in blocks.iter().filter(|block| may_separate(block)) {
        *times.entry(block.hash).or_default() += 1;
    }
    let is_separator = |block: &BlockFeatures| {
        if is_blank_line(text, block) {
            return true;
        }
        let times = if may_separate(block) { times.get(&block.hash).copied() } else { None };
        let least = if is_label(block) { 2 } else { LEAST_TIMES };
        times.is_some_and(|times| times >= least)
    };
    let mut separators = Vec::new();
    if blocks.iter().any(BlockFeatures::is_prose) {
        blocks.retain(|block| {
            let separates = is_separator(block);
            if separates {
                let mut block = *block;
                block.evidence.add(Evidence::Separator);
                separators.push(block);
            }
            !separates
        });
    }
    separators
}

/// Whether a block has no letter and no digit.
fn is_blank_line(text: &str, block: &BlockFeatures) -> bool {
    block.words == 0 && !text[block.start..block.end].chars().any(is_alphanumeric)
}

fn may_separate(block: &BlockFeatures) -> bool {
    (1..=LONGEST).contains(&block.words)
        && block.is_unterminated()
        && !block.is_caption
        && !block.is_question
        && !block.evidence.any(&[
            Evidence::ListItem,
            Evidence::Numbered,
            Evidence::DateLine,
            Evidence::Signature,
            Evidence::CodeElement,
            Evidence::TableRow,
        ])
}

fn is_label(block: &BlockFeatures) -> bool {
    block.evidence.any(&[Evidence::PagePhrase, Evidence::RelatedPhrase, Evidence::Imprint])
}
