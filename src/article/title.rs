//! The title among the first blocks of a page.

use super::evidence::Evidence;
use super::fold;
use super::look::{Close, Look, Page};

/// Blocks from the top among which a title is looked for.
const DEPTH: usize = 12;

/// The place of the title that was given, if the page has it.
pub(super) fn find_given(page: &mut Page) -> Option<usize> {
    let words = page.title_words();
    let (hash, count) = (fold::sequence(words), words.len());
    let is_title = |look: &Look| count > 0 && look.hash == hash && look.words as usize == count;
    let place = page.looks.iter().take(DEPTH).position(is_title)?;
    page.looks[place].evidence.add(Evidence::GivenTitle);
    Some(place)
}

/// The place of the title, if there is evidence for one.
pub(super) fn find(looks: &mut [Look]) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    for at in 0..looks.len().min(DEPTH) {
        let look = &looks[at];
        if let Some(score) = score(looks, at)
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, at));
        }
        if look.is_prose() && !look.asks && look.close != Close::Open {
            break;
        }
    }
    let (score, place) = best?;
    (score >= 1.0).then(|| {
        looks[place].evidence.add(Evidence::OpensPage);
        place
    })
}

fn score(looks: &[Look], at: usize) -> Option<f32> {
    let look = &looks[at];
    let marked = look.evidence.any(&[
        Evidence::CreditTag,
        Evidence::DateLine,
        Evidence::UrlLine,
        Evidence::PagePhrase,
        Evidence::Imprint,
        Evidence::TagList,
        Evidence::AgencyTag,
        Evidence::AuthorPhrase,
        Evidence::SourcePhrase,
    ]);
    let open = look.close == Close::Open || look.is_short_open() || look.asks;
    if marked || !open || look.stops > 0 || !(2..=36).contains(&look.words) {
        return None;
    }
    // Longer prose must follow before long, past datelines, authors and the like.
    let (distance, _) = looks[at + 1..]
        .iter()
        .take(8)
        .enumerate()
        .find(|(_, next)| next.is_prose() && next.words >= 12 && next.words > look.words)?;
    // The first item of a list is no title.
    if look.has(Evidence::ListItem) && looks[at + 1].has(Evidence::ListItem) {
        return None;
    }
    let mut score = match look.words {
        6..=25 => 2.0,
        4 | 5 | 26..=36 => 1.2,
        _ => 0.4,
    };
    score -= 0.35 * distance as f32;
    let repeated = looks.iter().filter(|other| other.hash == look.hash).count() > 1;
    if repeated {
        score += 1.5;
    }
    if look.has(Evidence::PersonName) {
        score -= 1.0;
    }
    if at == 0 {
        score += 0.5;
    }
    if looks.get(at + 1).is_some_and(|next| next.has(Evidence::DateLine)) {
        score += 1.0;
    }
    if looks.get(at + 1).is_some_and(|next| next.blank_before) {
        score += 0.3;
    }
    Some(score)
}
