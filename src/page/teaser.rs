//! Teasers of other articles inside of the text: a headline and a lead between two paragraphs.
//!
//! Newspapers put them into boxes, and a copied text has no boxes left. The headline stands in a line
//! of its own, or its line end was lost and it is glued to the lead: `… giữa trung tâm thành phốSáng
//! nay, …`. A heading over a short paragraph looks the same, so the words decide: those of another
//! article are not those of the paragraphs around.

use super::block_end::BlockEnd;
use super::evidence::Evidence;
use super::features::{BlockFeatures, Page};
use super::glue::glue_point;
use super::line::floor;
use super::similarity::Reference;
use super::word_hash::marked_chars;

/// Words of a headline.
const HEADLINE: std::ops::RangeInclusive<u32> = 6..=26;
/// Words of a lead, and of a headline with its lead.
const LEAD: std::ops::RangeInclusive<u32> = 10..=75;
const BOTH: u32 = 100;
/// A headline is no longer than this, in bytes.
const LONGEST_HEADLINE: usize = 220;
/// Sentences that end inside of a lead, at most.
const MOST_ENDS: u8 = 2;
/// Words of the article without the teaser, at least: fewer say too little of its subject.
const LEAST_ARTICLE: u32 = 120;
/// A text with more of them is a digest, of which each part is about something else.
const MOST_TEASERS: usize = 2;
/// A teaser is at least so far from the rest of the text. Of 925 articles of news in lines without
/// teasers one has a part that passes; of 1,000 random teasers two thirds do.
const LEAST_DISTANCE: f32 = -0.3;

/// Marks the teasers among the blocks below the title.
pub(super) fn mark(text: &str, page: &mut Page, body_from: usize) {
    let candidates = candidates(text, &page.blocks, body_from);
    if candidates.is_empty() || candidates.len() > MOST_TEASERS {
        return;
    }
    for (first, last) in candidates {
        let mut rest = Reference::new();
        rest.add(page.title_words());
        let mut count = 0;
        for (at, block) in page.blocks.iter().enumerate().skip(body_from) {
            if !(first..=last).contains(&at) && (block.is_prose() || block.is_caption) {
                rest.add(page.words(block));
                count += block.words;
            }
        }
        let words: Vec<u32> =
            page.blocks[first..=last].iter().flat_map(|block| page.words(block)).copied().collect();
        if count >= LEAST_ARTICLE && rest.distance(&words) > LEAST_DISTANCE {
            for block in &mut page.blocks[first..=last] {
                block.evidence.add(Evidence::Teaser);
            }
        }
    }
}

/// The first and last block of each part that has the form of a teaser.
fn candidates(text: &str, blocks: &[BlockFeatures], body_from: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // The article goes on after it, and has begun before it.
    let mut at = body_from + 2;
    while at + 1 < blocks.len() && out.len() <= MOST_TEASERS {
        let has_headline = is_headline(&blocks[at]) && is_lead(&blocks[at + 1]);
        let last = at + usize::from(has_headline);
        let is_teaser = is_paragraph(&blocks[at - 1])
            && is_before_paragraph(blocks, last)
            && (has_headline || is_glued(text, &blocks[at]));
        if is_teaser {
            out.push((at, last));
        }
        at = if is_teaser { last + 2 } else { at + 1 };
    }
    out
}

/// Evidence of blocks that are known to be something else.
const OTHERS: [Evidence; 14] = [
    Evidence::HeadingElement,
    Evidence::CreditTag,
    Evidence::BeforeCredit,
    Evidence::PictureWords,
    Evidence::ListItem,
    Evidence::Numbered,
    Evidence::RelatedElement,
    Evidence::RelatedPhrase,
    Evidence::TagList,
    Evidence::NotProse,
    Evidence::RepeatsSentence,
    Evidence::TableRow,
    Evidence::Imprint,
    Evidence::Signature,
];

fn is_headline(block: &BlockFeatures) -> bool {
    block.is_unterminated()
        && block.ending == BlockEnd::Open
        && HEADLINE.contains(&block.words)
        && !block.evidence.any(&OTHERS)
        && !block.evidence.any(&[Evidence::PersonName, Evidence::DateLine, Evidence::RepeatsTitle])
}

fn is_lead(block: &BlockFeatures) -> bool {
    block.is_prose()
        && LEAD.contains(&block.words)
        && block.sentence_ends <= MOST_ENDS
        && !block.evidence.any(&OTHERS)
}

/// Whether a block may be a paragraph of the article beside a teaser.
fn is_paragraph(block: &BlockFeatures) -> bool {
    block.is_caption || block.is_prose() && block.words >= 10
}

fn is_before_paragraph(blocks: &[BlockFeatures], last: usize) -> bool {
    blocks[last + 1..].iter().take(2).any(|block| block.is_prose() && block.words >= 15)
}

/// Whether a block is a headline that is glued to its lead.
fn is_glued(text: &str, block: &BlockFeatures) -> bool {
    let least = HEADLINE.start() + LEAD.start();
    if !block.is_prose()
        || !(least..=BOTH).contains(&block.words)
        || block.sentence_ends > MOST_ENDS
        || block.evidence.any(&OTHERS)
    {
        return false;
    }
    let block = &text[block.start..block.end];
    let head = &block[..floor(block, LONGEST_HEADLINE)];
    let mut done = 0;
    let mut glued = None;
    for at in marked_chars(head) {
        let before = &head[done..at];
        done = at + head[at..].chars().next().map_or(1, char::len_utf8);
        if before.ends_with(char::is_lowercase) && head[at..].starts_with(char::is_uppercase) {
            let (start, end) = word_around(head, at);
            let at_point = |point| start + point == at;
            // Several are a list of which the line ends were lost.
            if glue_point(&head[start..end]).is_some_and(at_point) && glued.replace(at).is_some() {
                return false;
            }
        }
    }
    let Some(at) = glued else { return false };
    let headline = &head[..at];
    let words = headline.split(' ').filter(|word| !word.is_empty()).count() as u32;
    HEADLINE.contains(&words) && !headline.contains(['.', ':', '…', '!', '?', '|'])
}

/// The span of the word around a place, between spaces.
fn word_around(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind(' ').map_or(0, |space| space + 1);
    (start, text[at..].find(' ').map_or(text.len(), |space| at + space))
}

#[cfg(test)]
mod tests {
    use crate::page::{Block, PageOptions, Role, parse};

    const BEFORE: &str = "Giá lúa ở Đồng Tháp tăng ba tuần liền\n\n\
        Sáng 12/5, thương lái mua lúa tươi tại ruộng ở Tháp Mười với giá 7.200 đồng một kg, cao hơn \
        tuần trước 300 đồng. Nông dân cho biết năng suất vụ này đạt bảy tấn một hecta.\n\n\
        Ông Lê Văn Tư, chủ ba hecta lúa ở xã Mỹ An, nói lãi hơn ba chục triệu đồng một hecta sau khi \
        trừ phân bón và công gặt. Thương lái đặt cọc từ khi lúa mới trổ.\n\n";
    const AFTER: &str = "\n\nTheo hợp tác xã Mỹ An, diện tích lúa chưa gặt còn khoảng bốn trăm hecta, nên giá \
        lúa có thể giữ đến hết tháng. Nông dân được khuyên không giữ lúa lại chờ giá.\n\n\
        Năm ngoái cùng thời điểm, giá lúa tươi ở Tháp Mười chỉ 6.400 đồng một kg, nhiều nông dân phải \
        gửi lúa vào kho của thương lái.";

    fn roles(inside: &str) -> Vec<Role> {
        let page = format!("{BEFORE}{inside}{AFTER}");
        parse(&page, &PageOptions::default()).blocks()[3..].iter().map(Block::role).collect()
    }

    #[test]
    fn a_headline_and_its_lead_about_something_else_are_a_teaser() {
        let lead =
            "Ca sĩ trẻ bật khóc khi nhận cúp pha lê trước năm nghìn khán giả ở nhà hát Hòa Bình.";
        let headline = "Minh Thư đăng quang cuộc thi tiếng hát truyền hình";
        assert_eq!(
            roles(&format!("{headline}\n\n{lead}")),
            [Role::Related, Role::Related, Role::Body, Role::Body]
        );
        assert_eq!(roles(&format!("{headline}{lead}")), [Role::Related, Role::Body, Role::Body]);
    }

    #[test]
    fn a_heading_over_a_paragraph_of_the_article_stays() {
        let paragraph = "Nông dân Tháp Mười bán lúa tươi tại ruộng nên không tốn công phơi, thương lái trả \
            tiền ngay sau khi cân lúa.";
        let heading = "Thương lái mua lúa ngay tại ruộng của nông dân";
        assert_eq!(
            roles(&format!("{heading}\n\n{paragraph}")),
            [Role::Heading, Role::Body, Role::Body, Role::Body]
        );
        assert_eq!(
            roles(&format!("{heading}Nông{}", paragraph.trim_start_matches("Nông"))),
            [Role::Body; 3]
        );
    }
}
