//! What the blocks of a page have to do with each other.

use rustc_hash::FxHashMap;

use super::date::latest_year;
use super::evidence::Evidence;
use super::fold;
use super::look::{Close, LEAST_BEGINNING, Look, Page};
use super::vocabulary::Reference;

/// Adds the evidence that needs more than one block.
pub(super) fn relate(page: &mut Page, body_from: usize) {
    repeated_blocks(page);
    repeated_sentences(page, body_from);
    empty_lists(&mut page.looks, body_from);
    neighbours(&mut page.looks, body_from);
    if !page.is_picture_story {
        captions_before_credits(&mut page.looks, body_from);
    }
}

fn repeated_blocks(page: &mut Page) {
    let words = page.title_words();
    let title = (!words.is_empty()).then(|| (fold::sequence(words), words.len() as u32));
    let looks = &mut page.looks;
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    for at in 0..looks.len() {
        let (hash, words) = (looks[at].hash, looks[at].words);
        if title == Some((hash, words)) {
            looks[at].evidence.add(Evidence::RepeatsTitle);
        }
        // Times come again in tickers.
        if words < 3 || looks[at].has(Evidence::DateLine) {
            continue;
        }
        if let Some(&earlier) = first.get(&hash) {
            // A short line comes again in a refrain or a table; printed twice in
            // a row it is a headline or a caption, both times.
            let adjacent = at - earlier <= 3;
            if adjacent || !looks[at].is_short_open() {
                looks[at].evidence.add(Evidence::RepeatsBlock);
            }
            if adjacent && looks[at].is_short_open() {
                looks[earlier].evidence.add(Evidence::RepeatsBlock);
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
    let is_candidate = |look: &Look| {
        (7..=90).contains(&look.words)
            && (look.words > 14 || look.close == Close::Stop)
            && look.stops <= 1
            && !look.asks
            && !look.has(Evidence::ListItem)
            && !look.is_caption
            && !look.has(Evidence::RepeatsTitle)
    };
    let looks = &page.looks;
    if looks.len() < 4 {
        return;
    }
    let mut found = Vec::new();
    let mut index: FxHashMap<u32, u32> = FxHashMap::default();
    index.reserve(page.word_count() / 4);
    let mut samples: Vec<(u32, u32)> = Vec::new();
    for (at, look) in looks.iter().enumerate().skip(body_from) {
        let from = samples.len();
        sampled(page.words(look), at as u32, &mut samples);
        // The longest holder of a sample wins; ties go to the first.
        for &(_, hash) in &samples[from..] {
            let holder = index.entry(hash).or_insert(at as u32);
            if looks[*holder as usize].words < look.words {
                *holder = at as u32;
            }
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
        let look = looks[at as usize];
        if holders[0].is_none() || !is_candidate(&look) {
            continue;
        }
        let inner = page.words(&look);
        let stands_in = |holder: u32| {
            let longer = looks[holder as usize];
            longer.words > look.words
                && longer.words <= look.words.saturating_mul(40)
                && page.words(&longer).windows(inner.len()).any(|window| window == inner)
        };
        if holders.into_iter().flatten().any(stands_in) {
            found.push(at as usize);
        }
    }
    for at in found {
        page.looks[at].evidence.add(Evidence::RepeatsSentence);
    }
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
        // Nobody can guess which one is taken: the next one takes the place of another.
        samples[count] = (at, mixed);
        count += usize::from(mixed >> 30 == 0);
        // The first of the words is no longer in it.
        sum ^= window[0].rotate_left(5 * (SPAN as u32 - 1));
    }
    samples.truncate(count);
}

/// A heading of other articles over a long paragraph heads an empty box, whose links are gone: the
/// article goes on after it.
fn empty_lists(looks: &mut [Look], body_from: usize) {
    /// Teasers are shorter, in words and in sentences.
    const LONG: (u32, u8) = (35, 1);
    for at in body_from..looks.len().saturating_sub(1) {
        let next = looks[at + 1];
        let goes_on = next.is_prose()
            && next.words >= LONG.0
            && next.stops >= LONG.1
            && !next.evidence.any(&[
                Evidence::LinkElement,
                Evidence::Truncated,
                Evidence::Imprint,
                Evidence::PagePhrase,
            ]);
        if looks[at].has(Evidence::RelatedPhrase)
            && !next.has(Evidence::RelatedElement)
            && looks[at].is_short_open()
            && goes_on
        {
            looks[at].evidence.remove(Evidence::RelatedPhrase);
            looks[at].evidence.add(Evidence::PagePhrase);
        }
    }
}

fn neighbours(looks: &mut [Look], body_from: usize) {
    let mut after_related = false;
    for at in body_from..looks.len() {
        let look = looks[at];
        if look.has(Evidence::RelatedElement) {
            // The list ends with its element.
            after_related = false;
        } else if look.has(Evidence::RelatedPhrase) {
            after_related = true;
        } else if after_related && look.is_short_open() {
            looks[at].evidence.add(Evidence::AfterRelatedPhrase);
        } else if after_related && !look.is_short_open() {
            after_related = false;
        }
        // Alternative text, caption, lead: the agency's tag shows the lead.
        if at > body_from
            && looks[at - 1].has(Evidence::RepeatsTitle)
            && look.is_prose()
            && look.stops == 0
            && look.words <= 45
            && !look.has(Evidence::AgencyTag)
            && looks.get(at + 1).is_some_and(|next| next.has(Evidence::AgencyTag))
        {
            looks[at].evidence.add(Evidence::AfterPicture);
        }
        if at > body_from
            && (looks[at - 1].has(Evidence::RepeatsSentence)
                || looks[at - 1].has(Evidence::RepeatsBlock) && look.has(Evidence::PersonName))
            && look.words <= 14
            && look.is_short_open()
            && !look.asks
            && !look.has(Evidence::DateLine)
            && !look.has(Evidence::ListItem)
        {
            looks[at].evidence.add(Evidence::AfterPullQuote);
        }
        if look.is_short_open() && look.close != Close::Dots && heads(looks, at) {
            looks[at].evidence.add(Evidence::HeadsParagraph);
        }
    }
}

/// Marks the captions of credits that stand in a line of their own.
fn captions_before_credits(looks: &mut [Look], body_from: usize) {
    for at in body_from + 1..looks.len() {
        let (before, look) = (looks[at - 1], looks[at]);
        if !look.is_bare_credit || before.is_caption {
            continue;
        }
        let open = before.is_short_open() && before.close == Close::Open;
        let sentence = before.stops == 0 && before.words <= if look.blank_before { 25 } else { 45 };
        if (open || sentence) && !before.has(Evidence::ListItem) {
            looks[at - 1].evidence.add(Evidence::BeforeCredit);
        }
    }
}

/// Whether prose follows a short line, past captions.
fn heads(looks: &[Look], at: usize) -> bool {
    looks[at + 1..].iter().take(3).find(|next| !next.is_caption).is_some_and(Look::is_prose)
}

/// Marks blocks that name a date in a later year than the article is from.
///
/// The article's year is that of its dateline, or the latest of a full date in
/// its first blocks.
pub(super) fn later_dates(text: &str, looks: &mut [Look]) {
    const FIRST: usize = 12;
    let year = |look: &Look| latest_year(&text[look.start..look.end]);
    let first = &looks[..FIRST.min(looks.len())];
    let dateline = first.iter().find(|look| look.has(Evidence::DateLine)).and_then(year);
    let Some(own) = dateline.or_else(|| first.iter().filter_map(year).max()) else { return };
    for look in looks.iter_mut().skip(FIRST) {
        if year(look).is_some_and(|year| year > own) {
            look.evidence.add(Evidence::LaterDate);
        }
    }
}

/// The distance of every block from the vocabulary of the article's beginning.
///
/// The beginning goes to the first block that may end the article, at most
/// some 300 words.
pub(super) fn distances(page: &mut Page, body_from: usize) -> Vec<f32> {
    const ENOUGH: u32 = 300;
    let mut out = vec![0.0; page.looks.len()];
    let mut words = page.title_words().len() as u32;
    let mut at = body_from;
    let is_text = |look: &Look| look.is_prose() || look.is_caption;
    while at < page.looks.len() && words < ENOUGH {
        let look = &page.looks[at];
        let may_end = look.evidence.any(&[
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
        words += if is_text(look) { look.words } else { 0 };
        at += 1;
    }
    // Most articles on a line are all beginning.
    if at == page.looks.len() {
        return out;
    }
    let mut reference = Reference::new();
    reference.add(page.title_words());
    for look in page.looks[body_from..at].iter().filter(|look| is_text(look)) {
        reference.add(page.words(look));
    }
    for (at, out) in out.iter_mut().enumerate().skip(at) {
        let distance = reference.distance(page.words(&page.looks[at]));
        let evidence = &mut page.looks[at].evidence;
        evidence.set(Evidence::FarVocabulary, distance > 0.6);
        evidence.set(Evidence::NearVocabulary, distance < -0.6);
        *out = distance;
    }
    out
}
