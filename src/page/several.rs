//! A text that holds several articles, one after the other.
//!
//! Files of articles that were pasted together have no mark between them but the next headline. It
//! looks like a heading inside of an article; what follows it has other words than what stands before,
//! and often a byline, a date or a line of signs parts the two.

use super::block_end::BlockEnd;
use super::evidence::{Evidence, EvidenceSet};
use super::features::BlockFeatures;
use super::features::Page;
use super::similarity::Reference;
use super::zones::is_long;

/// Words of a headline.
const HEADLINE: std::ops::RangeInclusive<u32> = 4..=30;
/// Words in sentences, and long paragraphs, of an article at least.
const LEAST_WORDS: u32 = 80;
const LEAST_LONG: u32 = 2;
/// Words of the second article that are compared with the first.
const COMPARED: u32 = 300;
/// Blocks behind a headline among which the paragraphs of its article are.
const REACH: usize = 60;
/// The words behind a headline are at least so far from those before it: without a line that parts
/// two articles, and with one. Of 772 single articles of news, with 636 headings between such parts,
/// none passes half of the first, and one, a live ticker, the second.
const LEAST_DISTANCE: [f32; 2] = [0.5, -0.3];
/// Headings that are looked at: a text has that many, and is a book, or holds one.
const MOST_LOOKED_AT: usize = 24;
/// With so many dates or times a text is a live report, which is one article.
const TICKER: usize = 5;

/// What parts two articles, above a headline or below it.
const MARKS: EvidenceSet = EvidenceSet::of(&[
    Evidence::PersonName,
    Evidence::AuthorPhrase,
    Evidence::SourcePhrase,
    Evidence::Publisher,
    Evidence::SectionName,
    Evidence::Signature,
    Evidence::DateLine,
    Evidence::TagList,
    Evidence::UrlLine,
    Evidence::Imprint,
]);

/// The block of the second headline, if the blocks below the title hold a second article.
pub(super) fn second_headline(
    page: &Page,
    body_from: usize,
    separators: &[BlockFeatures],
) -> Option<usize> {
    let blocks = &page.blocks;
    if blocks.iter().filter(|block| block.has(Evidence::DateLine)).count() >= TICKER {
        return None;
    }
    // The words before a headline, once one is found.
    let mut first: Option<Reference> = None;
    let mut added = body_from;
    let (mut words, mut long, mut looked_at) = (0, 0, 0);
    for at in body_from..blocks.len() {
        let block = &blocks[at];
        let may_begin = words >= LEAST_WORDS && long >= LEAST_LONG && is_headline(block);
        if may_begin
            && looked_at < MOST_LOOKED_AT
            && let Some(second) = words_from(page, at)
        {
            looked_at += 1;
            let first = first.get_or_insert_with(|| {
                let mut title = Reference::new();
                title.add(page.title_words());
                title
            });
            blocks[added..at].iter().for_each(|block| first.add(page.words(block)));
            added = at;
            let is_parted = is_parted(blocks, at, separators);
            if first.distance(&second) > LEAST_DISTANCE[usize::from(is_parted)] {
                return Some(at);
            }
        }
        if block.is_prose() {
            words += block.words;
            long += u32::from(is_long(block));
        }
    }
    None
}

/// The words of a headline and of the paragraphs below it; nothing if too little follows.
fn words_from(page: &Page, at: usize) -> Option<Vec<u32>> {
    let mut words = page.words(&page.blocks[at]).to_vec();
    let (mut count, mut long) = (0, 0);
    let behind = page.blocks[at + 1..].iter().take(REACH);
    for block in behind.filter(|block| block.is_prose()) {
        words.extend_from_slice(page.words(block));
        count += block.words;
        long += u32::from(is_long(block));
        if count > COMPARED {
            break;
        }
    }
    (count >= LEAST_WORDS && long >= LEAST_LONG).then_some(words)
}

fn is_headline(block: &BlockFeatures) -> bool {
    block.is_unterminated()
        && (block.ending == BlockEnd::Open || block.is_question)
        && HEADLINE.contains(&block.words)
        && !block.evidence.meets(MARKS)
        && !block.evidence.any(&[
            Evidence::LinkElement,
            Evidence::RelatedElement,
            Evidence::ListItem,
            Evidence::CreditTag,
            Evidence::BeforeCredit,
            Evidence::RelatedPhrase,
            Evidence::RelatedLink,
            Evidence::CommentPhrase,
            Evidence::PagePhrase,
            Evidence::NotProse,
            Evidence::Teaser,
            Evidence::RepeatsTitle,
        ])
}

/// Whether a line that ends an article or begins one stands beside a headline.
fn is_parted(blocks: &[BlockFeatures], at: usize, separators: &[BlockFeatures]) -> bool {
    let (before, after) = (&blocks[at - 1], blocks.get(at + 1));
    let parts = |block: &BlockFeatures| block.is_unterminated() && block.evidence.meets(MARKS);
    parts(before)
        || after.is_some_and(|after| parts(after) || after.has(Evidence::AgencyTag))
        || separators.iter().any(|own| (before.end..blocks[at].start).contains(&own.start))
}

#[cfg(test)]
mod tests {
    use crate::page::{PageOptions, PageStructure, Role, Warning, parse};

    const RICE: [&str; 4] = [
        "Giá lúa ở Đồng Tháp tăng ba tuần liền",
        "Sáng 12/5, thương lái mua lúa tươi tại ruộng ở Tháp Mười với giá 7.200 đồng một kg, cao hơn tuần \
         trước 300 đồng. Nông dân cho biết năng suất vụ này đạt bảy tấn một hecta.",
        "Ông Lê Văn Tư, chủ ba hecta lúa ở xã Mỹ An, nói lãi hơn ba chục triệu đồng một hecta sau khi trừ \
         phân bón và công gặt. Thương lái đặt cọc từ khi lúa mới trổ.",
        "Theo hợp tác xã, diện tích lúa chưa gặt còn khoảng bốn trăm hecta, nên giá lúa có thể giữ đến hết \
         tháng. Nông dân được khuyên không giữ lúa lại chờ giá.",
    ];
    const SONG: [&str; 4] = [
        "Minh Thư đăng quang cuộc thi tiếng hát truyền hình",
        "Ca sĩ trẻ bật khóc khi nhận cúp pha lê trước năm nghìn khán giả ở nhà hát Hòa Bình. Cô mười chín \
         tuổi, học thanh nhạc ở nhạc viện từ năm lớp mười.",
        "Ban giám khảo chấm Minh Thư điểm cao nhất cả ba đêm chung kết. Nhạc sĩ Quốc An khen giọng hát của \
         cô vừa khỏe vừa ấm, hợp với nhạc nhẹ lẫn dân ca.",
        "Đêm chung kết được phát trực tiếp trên sóng truyền hình, kéo dài gần ba giờ. Giải nhì thuộc về một \
         thí sinh đến từ Huế, giải ba trao cho hai người.",
    ];

    fn read(text: &str) -> PageStructure {
        parse(text, &PageOptions::default())
    }

    #[test]
    fn the_second_of_two_articles_is_told_and_cut() {
        for between in ["\n\n", "\n\n---\n\n", "\n\nThu Hà\n\n"] {
            let text = format!("{}{between}{}", RICE.join("\n\n"), SONG.join("\n\n"));
            let page = read(&text);
            assert!(page.warnings().contains(&Warning::SeveralArticles), "{between:?}");
            let second = text.find(SONG[0]).expect("the second headline");
            for block in page.blocks() {
                let is_first = block.span().start < second;
                assert!(is_first || block.role() == Role::Related, "{:?}", &text[block.span()]);
            }
            assert_eq!(page.text_blocks().count(), 3, "{between:?}");
        }
    }

    #[test]
    fn a_heading_inside_of_an_article_begins_no_other() {
        let text = format!(
            "{}\n\nThương lái đặt cọc sớm\n\nThương lái cho biết họ đặt cọc từ khi lúa mới trổ để giữ giá với nông \
             dân. Mỗi hecta lúa được đặt ba triệu đồng, trả hết sau khi gặt.\n\nÔng Tư nói năng suất bảy tấn một hecta \
             là cao so với vụ trước. Nông dân trong xã lãi nhờ giá lúa tăng và phân bón giảm. Hợp tác xã dự kiến mua \
             thêm máy gặt để gặt hết bốn trăm hecta trong tháng.",
            RICE.join("\n\n")
        );
        assert!(!read(&text).warnings().contains(&Warning::SeveralArticles));
    }
}
