//! What the blocks of a page have to do with each other.

use rustc_hash::FxHashMap;

use super::evidence::Evidence;
use super::fold::{fingerprint, for_each_word, key_of};
use super::look::{Close, Look};
use super::vocabulary::Reference;

/// Adds the evidence that needs more than one block.
pub(super) fn relate(text: &str, looks: &mut [Look], title: Option<&str>, body_from: usize) {
    repeated_blocks(looks, title);
    repeated_sentences(text, looks, body_from);
    neighbours(looks, body_from);
}

fn repeated_blocks(looks: &mut [Look], title: Option<&str>) {
    let title = title.map(fingerprint);
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    for at in 0..looks.len() {
        let (hash, words) = (looks[at].hash, looks[at].words);
        if title.is_some_and(|t| t.hash == hash && t.words == words) {
            looks[at].evidence.add(Evidence::RepeatsTitle);
        }
        if words < 3 {
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
fn repeated_sentences(text: &str, looks: &mut [Look], body_from: usize) {
    let is_candidate = |look: &Look| {
        (7..=90).contains(&look.words)
            && (look.words > 14 || look.close == Close::Stop)
            && look.stops <= 1
            && !look.asks
            && !look.has(Evidence::ListItem)
            && !look.is_caption
            && !look.has(Evidence::RepeatsTitle)
    };
    if looks.len() < 4 {
        return;
    }
    let mut index: FxHashMap<u64, u32> = FxHashMap::default();
    let mut samples: Vec<(u32, u64)> = Vec::new();
    for (at, look) in looks.iter().enumerate().skip(body_from) {
        let from = samples.len();
        sampled(&text[look.start..look.end], |hash| samples.push((at as u32, hash)));
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
            if found.is_some() && !holders.contains(&found) {
                if let Some(free) = holders.iter_mut().find(|holder| holder.is_none()) {
                    *free = found;
                }
            }
            place += 1;
        }
        let look = looks[at as usize];
        if holders[0].is_none() || !is_candidate(&look) {
            continue;
        }
        let inner = key_of(&text[look.start..look.end]);
        let stands_in = |holder: u32| {
            let longer = looks[holder as usize];
            longer.words > look.words
                && longer.words <= look.words.saturating_mul(40)
                && key_of(&text[longer.start..longer.end]).contains(&inner)
        };
        if holders.into_iter().flatten().any(stands_in) {
            looks[at as usize].evidence.add(Evidence::RepeatsSentence);
        }
    }
}

fn sampled(block: &str, mut each: impl FnMut(u64)) {
    const SPAN: usize = 5;
    let mut window = [0_u64; SPAN];
    let mut count = 0;
    for_each_word(block, |hash| {
        window[count % SPAN] = hash;
        count += 1;
        if count >= SPAN {
            let mut sum = 0_u64;
            for back in 0..SPAN {
                sum = sum.rotate_left(11) ^ window[(count - SPAN + back) % SPAN];
            }
            let mixed = sum.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            if mixed >> 62 == 0 {
                each(mixed);
            }
        }
    });
}

fn neighbours(looks: &mut [Look], body_from: usize) {
    let mut after_related = false;
    for at in body_from..looks.len() {
        let look = looks[at];
        if look.has(Evidence::RelatedPhrase) {
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
                || looks[at - 1].has(Evidence::RepeatsBlock) && looks[at - 1].is_prose())
            && look.words <= 14
            && look.is_short_open()
        {
            looks[at].evidence.add(Evidence::AfterPullQuote);
        }
        if look.is_short_open() && look.close != Close::Dots && heads(looks, at) {
            looks[at].evidence.add(Evidence::HeadsParagraph);
        }
    }
}

/// Marks the captions of credits that stand in a line of their own.
pub(super) fn captions_before_credits(looks: &mut [Look], body_from: usize) {
    for at in body_from + 1..looks.len() {
        let (before, look) = (looks[at - 1], looks[at]);
        if !look.is_caption || look.words > 8 || before.is_caption {
            continue;
        }
        let open = before.is_short_open() && before.close == Close::Open;
        let sentence = !look.blank_before && before.words <= 45 && before.stops == 0;
        if (open || sentence) && !before.has(Evidence::ListItem) {
            looks[at - 1].evidence.add(Evidence::BeforeCredit);
        }
    }
}

/// Whether prose follows a short line, past captions.
fn heads(looks: &[Look], at: usize) -> bool {
    looks[at + 1..].iter().take(3).find(|next| !next.is_caption).is_some_and(Look::is_prose)
}

/// The distance of every block from the vocabulary of the article's beginning.
///
/// The beginning goes to the first block that may end the article, at most
/// some 300 words.
pub(super) fn distances(
    text: &str,
    looks: &mut [Look],
    title: Option<&str>,
    body_from: usize,
) -> Vec<f32> {
    const ENOUGH: u32 = 300;
    const LEAST: u32 = 60;
    let mut out = vec![0.0; looks.len()];
    let mut reference = Reference::new();
    if let Some(title) = title {
        reference.add(title);
    }
    let mut at = body_from;
    while at < looks.len() && reference.words() < ENOUGH {
        let look = &looks[at];
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
        if may_end && reference.words() >= LEAST {
            break;
        }
        if look.is_prose() || look.is_caption {
            reference.add(&text[look.start..look.end]);
        }
        at += 1;
    }
    for (look, distance) in looks.iter_mut().zip(&mut out).skip(at) {
        *distance = reference.distance(&text[look.start..look.end]);
        look.evidence.set(Evidence::FarVocabulary, *distance > 0.6);
        look.evidence.set(Evidence::NearVocabulary, *distance < -0.6);
    }
    out
}
