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
    let mut buttons: FxHashMap<&str, u32> = FxHashMap::default();
    for label in blocks.iter().filter_map(|block| label_of_address(text, block)) {
        *buttons.entry(label).or_default() += 1;
    }
    let is_separator = |block: &BlockFeatures| {
        if is_blank_line(text, block) {
            return true;
        }
        if let Some(label) = label_of_address(text, block) {
            return buttons.get(label).is_some_and(|&times| times >= 2);
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

/// What stands before the address in a line that leads elsewhere, as a button does:
/// `Đọc tiếp: https://…`.
fn label_of_address<'t>(text: &'t str, block: &BlockFeatures) -> Option<&'t str> {
    /// Bytes of a label.
    const LONGEST: usize = 40;
    if !block.is_unterminated() || !block.has(Evidence::RelatedLink) {
        return None;
    }
    let line = &text[block.start..block.end];
    let colon = memchr::memmem::find(line.as_bytes(), b"://")?;
    let (label, address) =
        line[..colon].rsplit_once(' ').map(|(label, _)| (label, &line[colon..]))?;
    (label.len() <= LONGEST && !address.contains(' ')).then_some(label.trim_end_matches([':', ' ']))
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

#[cfg(test)]
mod tests {
    use crate::page::{PageOptions, Role, parse};

    #[test]
    fn the_same_button_before_several_addresses_parts_items() {
        let item = |number: u8, text: &str| {
            format!("{text}\nĐọc tiếp: https://banTin.example/{number}\n\n")
        };
        let text = format!(
            "Bản tin sáng thứ Năm\n\n{}{}{}",
            item(1, "Nhà vườn Cái Mơn đón đoàn khách đầu tiên sau đợt mặn kéo dài suốt hai tháng."),
            item(
                2,
                "Một chục dừa khô bán được 140.000 đồng, gấp đôi năm ngoái, nhờ nhà máy mua nhiều."
            ),
            item(
                3,
                "Đoạn bờ dài 120 m vừa trôi xuống sông trong đêm, sáu hộ phải dời vào trong đê."
            ),
        );
        let page = parse(&text, &PageOptions::default());
        assert_eq!(page.text_blocks().count(), 3);
        let links = page.blocks().iter().filter(|block| text[block.span()].contains("://"));
        assert!(links.clone().count() == 3 && links.clone().all(|b| b.role() == Role::Boilerplate));
    }
}
