//! The best sequence of roles for the blocks of a page.
//!
//! Every block may stand in one of seven places of a page. What is seen on the
//! block makes some places cheap and others dear, and so does the place of the
//! block before. The cheapest way through all blocks is found by dynamic
//! programming from left to right (Viterbi 1967; here with costs for negative
//! log probabilities). A second pass from right to left gives the margin by
//! which each decision was taken.

use super::block_end::BlockEnd;
use super::evidence::Evidence;
use super::features::BlockFeatures;

/// Where in the page a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Zone {
    /// Between title and text: date, author, buttons, picture.
    Head,
    /// The lead paragraph.
    Sapo,
    /// The text of the article.
    Text,
    /// What stands in the text without being of it.
    Inset,
    /// Author, source and keywords at the end.
    Footer,
    /// What follows the article.
    PostArticle,
    /// What follows the heading of a list of other articles.
    RelatedList,
}

const ZONES: [Zone; 7] = [
    Zone::Head,
    Zone::Sapo,
    Zone::Text,
    Zone::Inset,
    Zone::Footer,
    Zone::PostArticle,
    Zone::RelatedList,
];
/// One cost for each zone, in the order of [`ZONES`].
type Costs = [f32; 7];
/// The cost of each step, by zones from and to.
type Transitions = [Costs; 7];
/// More than all other costs of a page together may differ by.
const NEVER: f32 = 1e6;

/// The cost of the step from one zone (row) to the next block's zone (column),
/// in the order of [`ZONES`].
/// Only a heading of a related list opens the zone Linked.
static TRANSITIONS: Transitions = [
    [0.2, 0.0, 0.3, 0.5, NEVER, NEVER, NEVER],
    [NEVER, NEVER, 0.0, 0.5, 3.0, 6.0, 3.0],
    [NEVER, NEVER, 0.0, 0.7, 1.2, 6.0, 2.5],
    [NEVER, NEVER, 0.0, 0.5, 1.6, 6.0, 2.5],
    [NEVER, NEVER, 4.0, 4.5, 0.3, 0.3, 0.3],
    [NEVER, NEVER, 7.0, 8.0, 3.0, 0.0, 0.0],
    [NEVER, NEVER, 5.0, 6.0, 3.0, 1.0, 0.0],
];
/// The same for a block that does not open a list.
static TRANSITIONS_NO_LIST: Transitions = {
    let mut steps = TRANSITIONS;
    let mut from = 0;
    while from < 6 {
        steps[from][Zone::RelatedList as usize] = NEVER;
        from += 1;
    }
    steps
};
/// The cost of a zone that a constraint rules out, unless nothing else is left.
const OUT: f32 = 50.0;
const FINAL: Costs = [3.0, 0.0, 0.0, 0.8, 0.0, 0.0, 0.0];

/// The decision for one block.
#[derive(Debug, Clone, Copy)]
pub(super) struct ZoneLabel {
    pub(super) zone: Zone,
    /// How much dearer the best way through another zone is.
    pub(super) margin: f32,
}

/// What a labelling must hold to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    /// Nothing.
    None,
    /// Long paragraphs are no part of what follows the article.
    LongParagraphsStay,
}

/// Words that an article says at least: what stands before them is not after
/// the article.
const LEAST: u32 = 24;

/// Finds the cheapest zones for blocks that follow a title (or open a page
/// that has none).
pub(super) fn viterbi(
    blocks: &[BlockFeatures],
    distances: &[f32],
    has_title: bool,
    constraint: Constraint,
) -> Vec<ZoneLabel> {
    let n = blocks.len();
    if n == 0 {
        return Vec::new();
    }
    let mut said = 0;
    let is_interview = blocks.iter().filter(|block| is_question(block)).count() >= QUESTIONS;
    let costs: Vec<Costs> = (0..n)
        .map(|at| {
            let mut costs = costs(blocks, at, distances[at], has_title);
            if is_interview && blocks[at].is_question && blocks[at].is_unterminated() {
                treat_question_as_text(&mut costs, &blocks[at]);
            }
            if constraint == Constraint::LongParagraphsStay
                && is_long(&blocks[at])
                && !blocks[at].evidence.any(&NOT_OF_ARTICLE)
            {
                costs[Zone::PostArticle as usize] += OUT;
                costs[Zone::RelatedList as usize] += OUT;
            }
            if said < LEAST {
                costs[Zone::Footer as usize] += 1.5;
                costs[Zone::PostArticle as usize] += 4.0;
                costs[Zone::RelatedList as usize] += 2.0;
            }
            if blocks[at].is_prose() {
                said = said.saturating_add(blocks[at].words);
            }
            costs
        })
        .collect();
    let first = [0.5, if has_title { 0.0 } else { 3.0 }, 0.0, 0.5, NEVER, NEVER, NEVER];
    let steps: Vec<&Transitions> = blocks
        .iter()
        .map(|block| if opens_list(block) { &TRANSITIONS } else { &TRANSITIONS_NO_LIST })
        .collect();
    let mut forward: Vec<Costs> = Vec::with_capacity(n);
    let mut row = first;
    for (at, own) in costs.iter().enumerate() {
        if at > 0 {
            let ahead = row;
            row = [f32::INFINITY; 7];
            for (&way, steps) in ahead.iter().zip(steps[at]) {
                for (cost, step) in row.iter_mut().zip(steps) {
                    *cost = smaller(*cost, way + step);
                }
            }
        }
        for (cost, own) in row.iter_mut().zip(own) {
            *cost += own;
        }
        normalize(&mut row);
        forward.push(row);
    }
    let mut out = vec![ZoneLabel { zone: Zone::Text, margin: 0.0 }; n];
    let mut backward = FINAL;
    let mut next: Option<usize> = None;
    for at in (0..n).rev() {
        let total: Costs = std::array::from_fn(|zone| forward[at][zone] + backward[zone]);
        // Follow the one best way, so that the decisions fit together.
        let best = match next {
            None => argmin(&total),
            Some(after) => {
                let steps = steps[at + 1];
                argmin(&std::array::from_fn(|zone| forward[at][zone] + steps[zone][after]))
            }
        };
        let mut other = f32::INFINITY;
        for (zone, &cost) in total.iter().enumerate() {
            if zone != best {
                other = smaller(other, cost);
            }
        }
        out[at] = ZoneLabel { zone: ZONES[best], margin: (other - total[best]).max(0.0) };
        next = Some(best);
        let mut before = [f32::INFINITY; 7];
        let onward: Costs = std::array::from_fn(|to| costs[at][to] + backward[to]);
        for (cost, steps) in before.iter_mut().zip(steps[at]) {
            for (way, step) in onward.iter().zip(steps) {
                *cost = smaller(*cost, way + step);
            }
        }
        normalize(&mut before);
        backward = before;
    }
    out
}

/// Only differences count; without this, sums over many blocks would lose
/// their small parts.
fn normalize(row: &mut Costs) {
    let least = row.iter().copied().fold(f32::INFINITY, smaller);
    for cost in row {
        *cost -= least;
    }
}

fn smaller(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

fn argmin(row: &Costs) -> usize {
    let mut best = 0;
    for zone in 1..7 {
        if row[zone] < row[best] {
            best = zone;
        }
    }
    best
}

/// A page with so many lines that ask is an interview: its questions are text.
const QUESTIONS: usize = 3;

fn is_question(block: &BlockFeatures) -> bool {
    block.is_question
        && block.has(Evidence::HeadsParagraph)
        && !block.evidence.any(&[
            Evidence::HeadingElement,
            Evidence::LinkElement,
            Evidence::RelatedLink,
            Evidence::RelatedPhrase,
            Evidence::AfterRelatedPhrase,
            Evidence::RepeatsBlock,
        ])
}

/// Makes the question of an interview text.
fn treat_question_as_text(costs: &mut Costs, block: &BlockFeatures) {
    if is_question(block) {
        let text = &mut costs[Zone::Text as usize];
        *text = smaller(*text, 0.0);
    }
}

fn costs(blocks: &[BlockFeatures], at: usize, distance: f32, has_title: bool) -> Costs {
    let block = &blocks[at];
    let [head, lead, in_text, inset, close, after] = if block.is_caption {
        [1.0, NEVER, 6.0, 0.0, 9.0, 0.2]
    } else if block.has(Evidence::RelatedElement) {
        [1.0, NEVER, 6.0, 0.0, 9.0, 0.0]
    } else if block.is_unterminated() {
        short_costs(blocks, at, has_title)
    } else {
        text_costs(block, has_title)
    };
    let [mut head, mut lead, mut in_text, mut inset, mut close, mut after] =
        [head, lead, in_text, inset, close, after];
    if block.has(Evidence::Signature) {
        // Below the whole text it closes the article; above other paragraphs it may sign a part.
        let ends = blocks[at + 1..].iter().take(3).all(|next| !is_long(next));
        (head, lead, in_text) = (1.0, NEVER, 8.0);
        (inset, close, after) = (0.2, if ends { 0.0 } else { 1.5 }, 1.0);
    }
    if block.has(Evidence::TagList) {
        lead += 4.0;
        in_text += if block.has(Evidence::BelowText) { 4.0 } else { 1.0 };
    }
    if is_tail_line(block) && !is_ticker_time(blocks, at) {
        in_text += 4.0;
        inset += 1.0;
        close = smaller(close, 0.2);
    }
    if block.evidence.any(&[Evidence::CodeElement, Evidence::TableRow, Evidence::ReferenceElement])
    {
        (lead, inset) = (lead + 4.0, smaller(inset, 0.0));
        (in_text, close) = (in_text + 4.0, close + 4.0);
    }
    if block.is_unlinked && block.is_unterminated() && !is_tail_line(block) {
        // Headlines of other articles lead to them.
        after += 0.35;
    }
    if block.has(Evidence::AboutAuthor) {
        (in_text, close) = (in_text + 2.0, smaller(close, 0.2));
    }
    if is_long(block) && distance < 0.0 && !block.evidence.any(&NOT_OF_ARTICLE) {
        // One wrong finding before it moves no long paragraph of the same topic out of the article.
        after += 0.8;
    }
    // Teasers of related articles have much the same words as the article:
    // after a headline that is known to be one, nearness says nothing.
    let led = at.checked_sub(1).is_some_and(|before| {
        blocks[before].evidence.any(&[Evidence::RepeatsItself, Evidence::RepeatsBlock])
            && blocks[before].is_unterminated()
    });
    let after = if block.has(Evidence::LaterDate) { after - 0.8 } else { after };
    let paired = is_paired(blocks, at) || block.is_unterminated() && is_paired(blocks, at + 1);
    let nearness = if distance > 0.0 { distance } else { 0.15 * distance };
    let linked = after.min(if block.is_prose() { 0.2 } else { 0.1 }) - nearness;
    let after = match (led, paired) {
        (true, _) => linked,
        (false, true) => after - distance.max(0.3 * distance),
        (false, false) => after - distance,
    };
    [head, lead, in_text, inset, close, after, linked]
}

/// Evidence by which even a long paragraph is no text of the article.
const NOT_OF_ARTICLE: [Evidence; 6] = [
    Evidence::RelatedElement,
    Evidence::LinkElement,
    Evidence::RelatedLink,
    Evidence::Imprint,
    Evidence::PagePhrase,
    Evidence::Truncated,
];

/// Whether a block is a paragraph that no list of other articles has.
pub(super) fn is_long(block: &BlockFeatures) -> bool {
    block.is_prose() && (block.words >= 45 || block.words >= 25 && block.sentence_ends >= 1)
}

/// Whether a block is a short line below the text: a section, a source, a name.
pub(super) fn is_tail_line(block: &BlockFeatures) -> bool {
    block.has(Evidence::BelowText)
        && block.is_unterminated()
        && (block.words <= 4
            || block.evidence.any(&[
                Evidence::SectionName,
                Evidence::Publisher,
                Evidence::PersonName,
                Evidence::SourcePhrase,
                Evidence::AuthorPhrase,
            ]))
        && !block.evidence.any(&[
            Evidence::ListItem,
            Evidence::Numbered,
            Evidence::LinkElement,
            Evidence::RelatedPhrase,
        ])
}

/// Whether a block is the time of a headline below the text, and not the date of the article.
fn is_ticker_time(blocks: &[BlockFeatures], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| blocks.get(before));
    blocks[at].has(Evidence::DateLine)
        && before.is_some_and(|before| before.has(Evidence::BelowText) && !is_tail_line(before))
}

/// Whether a block is a teaser of one sentence under its headline, beside
/// another such pair.
fn is_paired(blocks: &[BlockFeatures], at: usize) -> bool {
    let teaser = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at))
            .is_some_and(|l| l.is_prose() && l.sentence_ends == 0 && l.words <= 60)
    };
    let headline = |at: Option<usize>| {
        at.and_then(|at| blocks.get(at))
            .is_some_and(|l| l.is_unterminated() && l.words >= 5 && !l.has(Evidence::ListItem))
    };
    let back = |by: usize| at.checked_sub(by);
    teaser(Some(at))
        && headline(back(1))
        && (headline(Some(at + 1)) && teaser(Some(at + 2)) || teaser(back(2)) && headline(back(3)))
}

/// Whether a block may open the zone Linked.
fn opens_list(block: &BlockFeatures) -> bool {
    block.evidence.any(&[Evidence::RelatedPhrase, Evidence::CommentPhrase])
        && block.words <= 12
        && !block.evidence.any(&[Evidence::Sentences, Evidence::RelatedElement])
}

/// Costs of paragraphs and of sentences.
fn text_costs(block: &BlockFeatures, has_title: bool) -> [f32; 6] {
    let has = |evidence| block.has(evidence);
    let lead = if !block.is_prose() || has(Evidence::AfterPicture) {
        6.0
    } else if has(Evidence::AgencyTag) {
        -3.0
    } else if has_title && (6..=130).contains(&block.words) {
        -0.5
    } else {
        2.5
    };
    let (mut text, mut inset, mut after) = (0.0_f32, 6.0_f32, 0.6_f32);
    let (mut head, mut close) = (9.0, 9.0);
    let lead = if has(Evidence::SapoElement) { lead - 2.5 } else { lead };
    if has(Evidence::LinkElement) && block.words <= 60 {
        text += 3.0;
        inset = 0.6;
        after -= 0.6;
    }
    if block.sentence_ends >= 2 {
        after += 0.3 * f32::from(block.sentence_ends.min(5) - 1);
    }
    if has(Evidence::Truncated) {
        after -= 1.2;
    }
    if has(Evidence::RepeatsSentence) {
        text += 5.0;
        inset = 0.2;
    }
    if has(Evidence::RepeatsTitle) {
        text += 4.0;
        inset = 0.2;
        head = 0.3;
    }
    if has(Evidence::PictureWords) && block.words <= 60 && block.sentence_ends <= 1 {
        text += 2.0;
        inset = inset.min(0.3);
        head = 1.0;
    }
    if has(Evidence::AfterPicture) {
        text += 1.5;
        inset = inset.min(0.3);
        head = 0.6;
    }
    if has(Evidence::BeforeCredit) {
        text += 2.0;
        inset = 0.4;
    }
    if has(Evidence::RelatedPhrase) || has(Evidence::RelatedLink) {
        text += 4.0;
        inset = inset.min(0.3);
        after -= if has(Evidence::RelatedPhrase) { 1.5 } else { 0.3 };
    }
    // A forecast or a table may say a short sentence again.
    if has(Evidence::RepeatsBlock) && block.words >= 20 {
        text += 3.0;
        inset = inset.min(0.3);
    }
    if has(Evidence::PagePhrase) {
        text += 3.0;
        inset = inset.min(0.8);
        head = 0.4;
        close = 1.0;
        after -= 1.0;
    }
    if has(Evidence::TagList) {
        text += 3.0;
        inset = inset.min(1.2);
        close = 0.2;
        after -= 0.5;
    }
    if has(Evidence::Imprint) {
        text += 2.0;
        inset = inset.min(1.6);
        close = 0.4;
        after -= 2.5;
    }
    if has(Evidence::AuthorPhrase) || has(Evidence::SourcePhrase) || has(Evidence::PersonName) {
        text += 1.5;
        close = 0.2;
        head = 0.4;
    }
    if has(Evidence::DateLine) {
        text += 2.0;
        head = 0.1;
        inset = inset.min(1.5);
    }
    [head, lead, text, inset, close, after]
}

/// Costs of short lines without end mark.
fn short_costs(blocks: &[BlockFeatures], at: usize, has_title: bool) -> [f32; 6] {
    let block = &blocks[at];
    let has = |evidence| block.has(evidence);
    let plain_neighbour = |other: Option<&BlockFeatures>| {
        other.is_some_and(|o| {
            o.is_unterminated()
                && !o.evidence.any(&[
                    Evidence::RelatedPhrase,
                    Evidence::PagePhrase,
                    Evidence::TagList,
                    Evidence::Imprint,
                    Evidence::AuthorPhrase,
                    Evidence::SourcePhrase,
                    Evidence::RepeatsBlock,
                    Evidence::RepeatsItself,
                    Evidence::AfterRelatedPhrase,
                    Evidence::AfterPullQuote,
                    Evidence::RepeatsSentence,
                    Evidence::RepeatsTitle,
                ])
        })
    };
    let in_run = plain_neighbour(at.checked_sub(1).and_then(|b| blocks.get(b)))
        || plain_neighbour(blocks.get(at + 1));
    let listed = |other: Option<&BlockFeatures>| other.is_some_and(|o| o.has(Evidence::Numbered));
    let before = at.checked_sub(1).and_then(|b| blocks.get(b));
    // `2. Cách phòng bệnh` between paragraphs is a heading, in a row an item.
    let numbered_heading = has(Evidence::Numbered)
        && has(Evidence::HeadsParagraph)
        && !listed(before)
        && !listed(blocks.get(at + 1));
    let mut text = if numbered_heading {
        1.2
    } else if has(Evidence::ListItem) || block.ending == BlockEnd::Colon {
        0.2
    } else if in_run {
        0.3
    } else if block.words > 20 {
        0.6
    } else {
        1.2
    };
    let mut head = if block.words <= 3 { 1.5 } else { 4.0 };
    let mut inset = if has(Evidence::HeadsParagraph) && block.words <= 26 { 0.4 } else { 2.0 };
    let mut close: f32 = if block.words == 1 && block.end - block.start <= 24 { 3.0 } else { 8.0 };
    let mut after = 0.2;
    let cheap = |cost: &mut f32, value: f32| *cost = cost.min(value);
    if has(Evidence::HeadingElement) {
        text += 1.5;
        cheap(&mut inset, 0.2);
        close = close.max(5.0);
    }
    if has(Evidence::LinkElement) {
        text += 3.0;
        cheap(&mut inset, 0.5);
        cheap(&mut head, 0.6);
        after -= 0.6;
    }
    if has(Evidence::PictureWords) || has(Evidence::BeforeCredit) {
        text += 3.0;
        cheap(&mut inset, 0.1);
        cheap(&mut head, 1.0);
    }
    if has(Evidence::RepeatsSentence) || has(Evidence::AfterPullQuote) {
        text += 3.0;
        cheap(&mut inset, 0.1);
    }
    if has(Evidence::RepeatsTitle) {
        text += 4.0;
        cheap(&mut inset, 0.2);
        cheap(&mut head, 0.2);
    } else if has(Evidence::RepeatsBlock) {
        text += 2.0;
        cheap(&mut inset, 0.8);
        after -= 1.5;
    }
    if has(Evidence::RepeatsItself) {
        text += 5.0;
        cheap(&mut inset, 0.8);
        after -= 3.0;
    }
    if has(Evidence::RelatedPhrase) || has(Evidence::RelatedLink) {
        text += 4.0;
        cheap(&mut inset, 0.3);
        after -= if has(Evidence::RelatedPhrase) { 2.5 } else { 0.3 };
    }
    if has(Evidence::AfterRelatedPhrase) {
        text += 1.0;
        cheap(&mut inset, 0.4);
    }
    if has(Evidence::PagePhrase) {
        text += 3.0;
        cheap(&mut inset, 0.8);
        cheap(&mut head, 0.1);
        cheap(&mut close, 0.6);
        after -= 1.0;
    }
    if has(Evidence::TagList) {
        text += 3.0;
        cheap(&mut inset, 1.2);
        cheap(&mut close, 0.1);
        after -= 0.5;
    }
    if has(Evidence::Imprint) {
        text += 3.0;
        cheap(&mut inset, 1.5);
        cheap(&mut close, 0.4);
        after -= 2.5;
    }
    if has(Evidence::UrlLine) {
        text += 3.0;
        cheap(&mut inset, 0.5);
        cheap(&mut head, 0.2);
        cheap(&mut close, 0.5);
    }
    if has(Evidence::DateLine) {
        text += 2.0;
        cheap(&mut inset, 0.7);
        cheap(&mut head, 0.0);
        cheap(&mut close, 5.0);
        after -= 0.3;
    }
    if has(Evidence::AuthorPhrase) || has(Evidence::SourcePhrase) {
        text += 2.0;
        after += 0.5;
        cheap(&mut head, 0.3);
        cheap(&mut inset, 0.9);
        cheap(&mut close, 0.0);
    } else if has(Evidence::PersonName) {
        text += 0.6;
        after += 0.5;
        cheap(&mut head, 0.4);
        cheap(&mut close, 0.2);
        inset = inset.max(1.2);
    }
    // Some papers print the lead without end mark.
    let marked = text > 1.3 || has(Evidence::PersonName);
    let lead = if has(Evidence::SapoElement) && block.words >= 5 {
        -2.0
    } else if has_title && block.words >= 9 && !marked {
        0.0
    } else {
        6.0
    };
    [head, lead, text, inset, close, after]
}
