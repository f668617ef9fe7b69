//! What the blocks of a page have to do with each other.

use rustc_hash::FxHashMap;

use super::block_end::BlockEnd;
use super::date::latest_year;
use super::evidence::Evidence;
use super::features::{BlockFeatures, LEAST_BEGINNING, Page};
use super::similarity::Reference;
use super::word_hash;

/// Adds the evidence that needs more than one block.
pub(super) fn add(page: &mut Page, body_from: usize) {
    repeated_blocks(page);
    repeated_sentences(page, body_from);
    empty_lists(&mut page.blocks, body_from);
    neighbours(&mut page.blocks, body_from);
    references(&mut page.blocks, body_from);
    below_text(&mut page.blocks, body_from);
    if !page.is_picture_story {
        captions_before_credits(&mut page.blocks, body_from);
    }
}

fn repeated_blocks(page: &mut Page) {
    let words = page.title_words();
    let title = (!words.is_empty()).then(|| (word_hash::sequence(words), words.len() as u32));
    let blocks = &mut page.blocks;
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    for at in 0..blocks.len() {
        let (hash, words) = (blocks[at].hash, blocks[at].words);
        if title == Some((hash, words)) {
            blocks[at].evidence.add(Evidence::RepeatsTitle);
        }
        // Times come again in tickers.
        if words < 3 || blocks[at].has(Evidence::DateLine) {
            continue;
        }
        if let Some(&earlier) = first.get(&hash) {
            // A short line comes again in a refrain or a table; printed twice in
            // a row it is a headline or a caption, both times.
            let adjacent = at - earlier <= 3;
            if adjacent || !blocks[at].is_unterminated() {
                blocks[at].evidence.add(Evidence::RepeatsBlock);
            }
            if adjacent && blocks[at].is_unterminated() {
                blocks[earlier].evidence.add(Evidence::RepeatsBlock);
            }
            first.insert(hash, at);
        } else {
            first.insert(hash, at);
        }
    }
}

/// Marks blocks whose words stand inside a longer block, as pull quotes do.
///
/// Hashes of five words that fall on a fixed residue are indexed (the sampling
/// of Schleimer, Wilkerson and Aiken, 2003, "Winnowing", in its simple mod p
/// form), so that the cost is linear; a candidate is then compared in full.
fn repeated_sentences(page: &mut Page, body_from: usize) {
    let is_candidate = |block: &BlockFeatures| {
        (7..=90).contains(&block.words)
            && (block.words > 14 || block.ending == BlockEnd::Stop)
            && block.sentence_ends <= 1
            && !block.is_question
            && !block.has(Evidence::ListItem)
            && !block.is_caption
            && !block.has(Evidence::RepeatsTitle)
    };
    let blocks = &page.blocks;
    if blocks.len() < 4 {
        return;
    }
    let mut found = Vec::new();
    let mut samples: Vec<(u32, u32)> = Vec::new();
    for (at, block) in blocks.iter().enumerate().skip(body_from) {
        sampled(page.words(block), at as u32, &mut samples);
    }
    keep_repeated(&mut samples);
    let mut index: FxHashMap<u32, u32> = FxHashMap::default();
    for &(at, hash) in &samples {
        // The longest holder of a sample wins; ties go to the first.
        let holder = index.entry(hash).or_insert(at);
        if blocks[*holder as usize].words < blocks[at as usize].words {
            *holder = at;
        }
    }
    let mut place = 0;
    while place < samples.len() {
        let at = samples[place].0;
        let mut holders: [Option<u32>; 3] = [None; 3];
        while place < samples.len() && samples[place].0 == at {
            let found = index.get(&samples[place].1).copied().filter(|&holder| holder != at);
            let new = found.is_some() && !holders.contains(&found);
            if let Some(free) = holders.iter_mut().find(|holder| new && holder.is_none()) {
                *free = found;
            }
            place += 1;
        }
        let block = blocks[at as usize];
        if holders[0].is_none() || !is_candidate(&block) {
            continue;
        }
        let inner = page.words(&block);
        let stands_in = |holder: u32| {
            let longer = blocks[holder as usize];
            longer.words > block.words
                && longer.words <= block.words.saturating_mul(40)
                && page.words(&longer).windows(inner.len()).any(|window| window == inner)
        };
        if holders.into_iter().flatten().any(stands_in) {
            found.push(at as usize);
        }
    }
    for at in found {
        page.blocks[at].evidence.add(Evidence::RepeatsSentence);
    }
}

/// Drops most samples that come once, which say nothing: those of which no other has the same bits.
fn keep_repeated(samples: &mut Vec<(u32, u32)>) {
    let bits = (samples.len() * 64).next_power_of_two();
    let shift = u32::BITS - bits.trailing_zeros().min(u32::BITS - 1);
    let mut seen = vec![0_u64; bits.div_ceil(64)];
    let mut again = seen.clone();
    let place = |hash: u32| {
        // The upper bits chose the sample.
        let at = (hash << 2 >> shift) as usize % bits;
        (at / 64, at % 64)
    };
    for &(_, hash) in &*samples {
        let (word, bit) = place(hash);
        again[word] |= seen[word] & 1 << bit;
        seen[word] |= 1 << bit;
    }
    samples.retain(|&(_, hash)| {
        let (word, bit) = place(hash);
        again[word] >> bit & 1 == 1
    });
}

/// Appends one of four hashes of five words in a row, each with the number of the block.
fn sampled(words: &[u32], at: u32, samples: &mut Vec<(u32, u32)>) {
    const SPAN: usize = 5;
    let Some((head, _)) = words.split_at_checked(SPAN - 1) else { return };
    let mut count = samples.len();
    samples.resize(count + words.len(), (0, 0));
    let mut sum = head.iter().fold(0_u32, |sum, &word| sum.rotate_left(5) ^ word);
    for window in words.windows(SPAN) {
        sum = sum.rotate_left(5) ^ window[SPAN - 1];
        let mixed = sum.wrapping_mul(0x9E37_79B9);
        // Branch-free, because the outcome is unpredictable: the cursor only passes what is kept.
        samples[count] = (at, mixed);
        count += usize::from(mixed >> 30 == 0);
        // The first of the words is no longer in it.
        sum ^= window[0].rotate_left(5 * (SPAN as u32 - 1));
    }
    samples.truncate(count);
}

/// A heading of other articles over a long paragraph heads an empty box, whose links are gone: the
/// article goes on after it.
fn empty_lists(blocks: &mut [BlockFeatures], body_from: usize) {
    /// Teasers are shorter, in words and in sentences.
    const LONG: (u32, u8) = (35, 1);
    for at in body_from..blocks.len().saturating_sub(1) {
        let next = blocks[at + 1];
        let goes_on = next.is_prose()
            && next.words >= LONG.0
            && next.sentence_ends >= LONG.1
            && !next.evidence.any(&[
                Evidence::LinkElement,
                Evidence::Truncated,
                Evidence::Imprint,
                Evidence::PagePhrase,
            ]);
        if blocks[at].has(Evidence::RelatedPhrase)
            && !next.has(Evidence::RelatedElement)
            && blocks[at].is_unterminated()
            && goes_on
        {
            blocks[at].evidence.remove(Evidence::RelatedPhrase);
            blocks[at].evidence.add(Evidence::PagePhrase);
        }
    }
}

fn neighbours(blocks: &mut [BlockFeatures], body_from: usize) {
    let mut after_related = false;
    for at in body_from..blocks.len() {
        let block = blocks[at];
        if block.has(Evidence::RelatedElement) {
            // The list ends with its element.
            after_related = false;
        } else if block.has(Evidence::RelatedPhrase) {
            after_related = true;
        } else if after_related && block.is_unterminated() {
            blocks[at].evidence.add(Evidence::AfterRelatedPhrase);
        } else if after_related && !block.is_unterminated() {
            after_related = false;
        }
        // Alternative text, caption, lead: the agency's tag shows the lead.
        if at > body_from
            && blocks[at - 1].has(Evidence::RepeatsTitle)
            && block.is_prose()
            && block.sentence_ends == 0
            && block.words <= 45
            && !block.has(Evidence::AgencyTag)
            && blocks.get(at + 1).is_some_and(|next| next.has(Evidence::AgencyTag))
        {
            blocks[at].evidence.add(Evidence::AfterPicture);
        }
        if at > body_from
            && (blocks[at - 1].has(Evidence::RepeatsSentence)
                || blocks[at - 1].has(Evidence::RepeatsBlock) && block.has(Evidence::PersonName))
            && block.words <= 14
            && block.is_unterminated()
            && !block.is_question
            && !block.has(Evidence::DateLine)
            && !block.has(Evidence::ListItem)
        {
            blocks[at].evidence.add(Evidence::AfterPullQuote);
        }
        if block.is_unterminated() && block.ending != BlockEnd::Dots && heads(blocks, at) {
            blocks[at].evidence.add(Evidence::HeadsParagraph);
        }
    }
}

/// Marks the items below the heading of a list of references.
fn references(blocks: &mut [BlockFeatures], body_from: usize) {
    let mut listed = false;
    for block in &mut blocks[body_from..] {
        let is_heading = block.has(Evidence::ReferenceHeading);
        let is_item = block.evidence.any(&[
            Evidence::ListItem,
            Evidence::Numbered,
            Evidence::UrlLine,
            Evidence::LinkElement,
            Evidence::ReferenceItem,
        ]);
        listed = is_heading || listed && is_item;
        if listed {
            block.evidence.add(Evidence::ReferenceElement);
        }
    }
}

/// Marks the blocks below the last block with sentences.
fn below_text(blocks: &mut [BlockFeatures], body_from: usize) {
    let is_text = |block: &BlockFeatures| {
        block.is_prose()
            && !block.evidence.any(&[
                Evidence::Imprint,
                Evidence::PagePhrase,
                Evidence::RelatedElement,
                Evidence::RelatedLink,
                Evidence::AboutAuthor,
                Evidence::TagList,
                Evidence::DateLine,
            ])
    };
    let Some(last) = blocks.iter().rposition(is_text) else { return };
    let from = body_from.max(last + 1).min(blocks.len());
    for block in &mut blocks[from..] {
        block.evidence.add(Evidence::BelowText);
    }
    // An item of a list inside of the text may be a list of names itself.
    for block in blocks[..from].iter_mut().filter(|block| block.has(Evidence::ListItem)) {
        block.evidence.remove(Evidence::TagList);
    }
}

/// Marks the captions of credits that stand in a line of their own.
fn captions_before_credits(blocks: &mut [BlockFeatures], body_from: usize) {
    for at in body_from + 1..blocks.len() {
        let (before, block) = (blocks[at - 1], blocks[at]);
        if !block.is_bare_credit || before.is_caption {
            continue;
        }
        let open = before.is_unterminated() && before.ending == BlockEnd::Open;
        let sentence =
            before.sentence_ends == 0 && before.words <= if block.blank_before { 25 } else { 45 };
        if (open || sentence) && !before.has(Evidence::ListItem) {
            blocks[at - 1].evidence.add(Evidence::BeforeCredit);
        }
    }
}

/// Whether prose follows a short line, past captions.
fn heads(blocks: &[BlockFeatures], at: usize) -> bool {
    blocks[at + 1..]
        .iter()
        .take(3)
        .find(|next| !next.is_caption)
        .is_some_and(BlockFeatures::is_prose)
}

/// Marks blocks that name a date in a later year than the article is from.
///
/// The article's year is that of its dateline, or the latest of a full date in
/// its first blocks.
pub(super) fn later_dates(text: &str, blocks: &mut [BlockFeatures]) {
    const FIRST: usize = 12;
    let year = |block: &BlockFeatures| latest_year(&text[block.start..block.end]);
    let first = &blocks[..FIRST.min(blocks.len())];
    let dateline = first.iter().find(|block| block.has(Evidence::DateLine)).and_then(year);
    let Some(own) = dateline.or_else(|| first.iter().filter_map(year).max()) else { return };
    for block in blocks.iter_mut().skip(FIRST) {
        if year(block).is_some_and(|year| year > own) {
            block.evidence.add(Evidence::LaterDate);
        }
    }
}

/// The distance of every block from the vocabulary of the article's beginning.
///
/// The beginning goes to the first block that may end the article, at most
/// some 300 words.
pub(super) fn distances(page: &mut Page, body_from: usize) -> Vec<f32> {
    const ENOUGH: u32 = 300;
    let mut out = vec![0.0; page.blocks.len()];
    let mut words = page.title_words().len() as u32;
    let mut at = body_from;
    let is_text = |block: &BlockFeatures| block.is_prose() || block.is_caption;
    while at < page.blocks.len() && words < ENOUGH {
        let block = &page.blocks[at];
        let may_end = block.evidence.any(&[
            Evidence::RelatedPhrase,
            Evidence::CommentPhrase,
            Evidence::AuthorPhrase,
            Evidence::SourcePhrase,
            Evidence::PersonName,
            Evidence::RepeatsItself,
            Evidence::TagList,
            Evidence::Imprint,
        ]);
        if may_end && words >= LEAST_BEGINNING {
            break;
        }
        words += if is_text(block) { block.words } else { 0 };
        at += 1;
    }
    // Most articles on a line are all beginning.
    if at == page.blocks.len() {
        return out;
    }
    let mut reference = Reference::new();
    reference.add(page.title_words());
    for block in page.blocks[body_from..at].iter().filter(|block| is_text(block)) {
        reference.add(page.words(block));
    }
    for (at, out) in out.iter_mut().enumerate().skip(at) {
        let distance = reference.distance(page.words(&page.blocks[at]));
        let evidence = &mut page.blocks[at].evidence;
        evidence.set(Evidence::FarVocabulary, distance > 0.6);
        evidence.set(Evidence::NearVocabulary, distance < -0.6);
        *out = distance;
    }
    out
}
