//! The title among the first blocks of a page.

use super::block_end::BlockEnd;
use super::evidence::Evidence;
use super::features::{BlockFeatures, Page};
use super::word_hash;

/// Blocks from the top among which a title is looked for.
const DEPTH: usize = 12;

/// A line of so many words is a text whose line ends were lost.
const WHOLE_TEXT: u32 = 120;

/// The place of the title that was given, if the page has it.
pub(super) fn find_given(page: &mut Page) -> Option<usize> {
    let words = page.title_words();
    let (hash, count) = (word_hash::sequence(words), words.len());
    let is_title =
        |block: &BlockFeatures| count > 0 && block.hash == hash && block.words as usize == count;
    let place = page.blocks.iter().take(DEPTH).position(is_title)?;
    page.blocks[place].evidence.add(Evidence::GivenTitle);
    Some(place)
}

/// The place of the title, if there is evidence for one.
pub(super) fn find(blocks: &mut [BlockFeatures]) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for at in 0..blocks.len().min(DEPTH) {
        let block = &blocks[at];
        if let Some(score) = score(blocks, at)
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, at));
        }
        if block.is_prose() && !block.is_question && block.ending != BlockEnd::Open {
            break;
        }
    }
    let (score, place) = best?;
    (score >= 1.0).then(|| {
        blocks[place].evidence.add(Evidence::OpensPage);
        place
    })
}

fn score(blocks: &[BlockFeatures], at: usize) -> Option<f32> {
    let block = &blocks[at];
    let marked = block.evidence.any(&[
        Evidence::CreditTag,
        Evidence::DateLine,
        Evidence::UrlLine,
        Evidence::PagePhrase,
        Evidence::Imprint,
        Evidence::TagList,
        Evidence::AuthorPhrase,
        Evidence::SourcePhrase,
    ]);
    // `Cửa đã mở, nhưng…`, and `Thật đáng... 'nể'`, whose dots end nothing.
    let is_first = at == 0 && block.words <= 25;
    let open = block.ending == BlockEnd::Open
        || block.is_unterminated()
        || block.is_question
        || is_first && block.ending == BlockEnd::Dots;
    let stops = u8::from(is_first && block.is_unterminated());
    // `Làng mộc vào mùa.` above a paragraph; a longer line with a stop is rather its first sentence,
    // unless a lead follows and then the whole text in one line, as crawlers write pages out.
    let is_prose = |at: usize, least: u32| {
        blocks.get(at).is_some_and(|next| next.is_prose() && next.words >= least)
    };
    let longest = if is_prose(2, WHOLE_TEXT) { 16 } else { 8 };
    let is_closed = is_first
        && block.ending == BlockEnd::Stop
        && (3..=longest).contains(&block.words)
        && is_prose(1, 20);
    if marked
        || !(open || is_closed)
        || block.sentence_ends > stops
        || !(2..=36).contains(&block.words)
    {
        return None;
    }
    // Longer prose must follow before long, past datelines, authors and the like.
    let (distance, _) = blocks[at + 1..]
        .iter()
        .take(8)
        .enumerate()
        .find(|(_, next)| next.is_prose() && next.words >= 12 && next.words > block.words)?;
    // The first item of a list is no title.
    if block.has(Evidence::ListItem) && blocks[at + 1].has(Evidence::ListItem) {
        return None;
    }
    let mut score = match block.words {
        6..=25 => 2.0,
        4 | 5 | 26..=36 => 1.2,
        _ => 0.4,
    };
    score -= 0.35 * distance as f32;
    let repeated = blocks.iter().filter(|other| other.hash == block.hash).count() > 1;
    if repeated {
        score += 1.5;
    }
    if block.has(Evidence::PersonName) {
        score -= 1.0;
    }
    // `TPHCM: Nhiều hoạt động hè` begins like a lead with its agency.
    if block.has(Evidence::AgencyTag) {
        score -= 1.0;
    }
    if at == 0 {
        score += 0.5;
        // A first line of two words is the title, if the text follows and it names no section.
        let is_label = block.evidence.any(&[Evidence::SectionName, Evidence::Publisher]);
        score += if distance == 0 && !is_label { 0.2 } else { 0.0 };
    }
    if blocks.get(at + 1).is_some_and(|next| next.has(Evidence::DateLine)) {
        score += 1.0;
    }
    if blocks.get(at + 1).is_some_and(|next| next.blank_before) {
        score += 0.3;
    }
    Some(score)
}
