//! The best sequence of roles for the blocks of a page.
//!
//! Every block may stand in one of seven places of a page. What is seen on the
//! block makes some places cheap and others dear ([`costs`]), and so does the
//! place of the block before ([`TRANSITIONS`]). The cheapest way through all
//! blocks is found by dynamic programming from left to right (Viterbi 1967). A
//! second pass from right to left gives the margin by which each decision was
//! taken.

mod costs;

use super::evidence::Evidence;
use super::features::BlockFeatures;
use costs::Place;

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
const TRANSITIONS: Transitions = [
    [0.2, 0.0, 0.3, 0.5, NEVER, NEVER, NEVER],
    [NEVER, NEVER, 0.0, 0.5, 3.0, 6.0, 3.0],
    [NEVER, NEVER, 0.0, 0.7, 1.2, 6.0, 2.5],
    [NEVER, NEVER, 0.0, 0.5, 1.6, 6.0, 2.5],
    [NEVER, NEVER, 4.0, 4.5, 0.3, 0.3, 0.3],
    [NEVER, NEVER, 7.0, 8.0, 3.0, 0.0, 0.0],
    [NEVER, NEVER, 5.0, 6.0, 3.0, 1.0, 0.0],
];
/// The same for a block that does not open a list.
const TRANSITIONS_NO_LIST: Transitions = {
    let mut steps = TRANSITIONS;
    let mut from = 0;
    while from < 6 {
        steps[from][Zone::RelatedList as usize] = NEVER;
        from += 1;
    }
    steps
};
/// The costs of zones, filled up to eight, so that a processor adds and compares four at a time.
type Lanes = [f32; 8];

/// The costs of the steps by the zone that they come from, and by the zone that they go to.
struct Steps {
    from: [Lanes; 7],
    to: [Lanes; 7],
}

static STEPS: Steps = Steps::of(&TRANSITIONS);
static STEPS_NO_LIST: Steps = Steps::of(&TRANSITIONS_NO_LIST);

impl Steps {
    const fn of(transitions: &Transitions) -> Self {
        let mut steps = Self { from: [[NEVER; 8]; 7], to: [[NEVER; 8]; 7] };
        let mut from = 0;
        while from < 7 {
            let mut to = 0;
            while to < 7 {
                steps.from[from][to] = transitions[from][to];
                steps.to[to][from] = transitions[from][to];
                to += 1;
            }
            from += 1;
        }
        steps
    }
}

/// Costs as lanes; the last costs more than any.
fn lanes(costs: &Costs) -> Lanes {
    let mut out = [f32::INFINITY; 8];
    out[..7].copy_from_slice(costs);
    out
}

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
    let costs = state_costs(blocks, distances, has_title, constraint);
    let steps: Vec<&Steps> = blocks
        .iter()
        .map(|block| if opens_list(block) { &STEPS } else { &STEPS_NO_LIST })
        .collect();
    let first = [0.5, if has_title { 0.0 } else { 3.0 }, 0.0, 0.5, NEVER, NEVER, NEVER];
    let forward = forward(&costs, &steps, first);
    backward(&costs, &steps, &forward)
}

/// The cost of each zone for each block.
fn state_costs(
    blocks: &[BlockFeatures],
    distances: &[f32],
    has_title: bool,
    constraint: Constraint,
) -> Vec<Costs> {
    let is_interview = blocks.iter().filter(|block| is_question(block)).count() >= QUESTIONS;
    let mut said = 0;
    let mut out = Vec::with_capacity(blocks.len());
    for (at, (block, &distance)) in blocks.iter().zip(distances).enumerate() {
        let mut costs = costs::of_block(&Place::new(blocks, at, distance, has_title));
        if is_interview && block.is_unterminated() && is_question(block) {
            let text = &mut costs[Zone::Text as usize];
            *text = smaller(*text, 0.0);
        }
        if constraint == Constraint::LongParagraphsStay
            && is_long(block)
            && !block.evidence.any(&NOT_OF_ARTICLE)
        {
            costs[Zone::PostArticle as usize] += OUT;
            costs[Zone::RelatedList as usize] += OUT;
        }
        if said < LEAST {
            costs[Zone::Footer as usize] += 1.5;
            costs[Zone::PostArticle as usize] += 4.0;
            costs[Zone::RelatedList as usize] += 2.0;
        }
        if block.is_prose() {
            said = said.saturating_add(block.words);
        }
        out.push(costs);
    }
    out
}

/// The cost of the cheapest way from the first block to each block in each zone.
fn forward(costs: &[Costs], steps: &[&Steps], first: Costs) -> Vec<Lanes> {
    let mut out: Vec<Lanes> = Vec::with_capacity(costs.len());
    let mut row = lanes(&first);
    for (at, own) in costs.iter().enumerate() {
        if at > 0 {
            row = cheapest(&row, &steps[at].from);
        }
        for (cost, own) in row.iter_mut().zip(own) {
            *cost += own;
        }
        normalize(&mut row);
        out.push(row);
    }
    out
}

/// The cost of each zone by the cheapest of the steps from the zones of a row.
fn cheapest(row: &Lanes, steps: &[Lanes; 7]) -> Lanes {
    let mut out = [f32::INFINITY; 8];
    for (&way, steps) in row.iter().zip(steps) {
        for (cost, step) in out.iter_mut().zip(steps) {
            *cost = smaller(*cost, way + step);
        }
    }
    out
}

/// Follows the cheapest way from the last block to the first, with the margin of each decision.
fn backward(costs: &[Costs], steps: &[&Steps], forward: &[Lanes]) -> Vec<ZoneLabel> {
    let n = costs.len();
    let mut out = vec![ZoneLabel { zone: Zone::Text, margin: 0.0 }; n];
    let mut backward = lanes(&FINAL);
    let mut next: Option<usize> = None;
    for at in (0..n).rev() {
        let total: Lanes = std::array::from_fn(|zone| forward[at][zone] + backward[zone]);
        // Follow the one best way, so that the decisions fit together.
        let best = match next {
            None => argmin(&total),
            Some(after) => {
                let steps = &steps[at + 1].to[after];
                argmin(&std::array::from_fn(|zone| forward[at][zone] + steps[zone]))
            }
        };
        let mut other = f32::INFINITY;
        for (zone, &cost) in total[..7].iter().enumerate() {
            if zone != best {
                other = smaller(other, cost);
            }
        }
        out[at] = ZoneLabel { zone: ZONES[best], margin: (other - total[best]).max(0.0) };
        next = Some(best);
        let mut onward = backward;
        for (cost, own) in onward.iter_mut().zip(&costs[at]) {
            *cost += own;
        }
        backward = cheapest(&onward, &steps[at].to);
        normalize(&mut backward);
    }
    out
}

/// Only differences count; without this, sums over many blocks would lose
/// their small parts.
fn normalize(row: &mut Lanes) {
    let least = row.iter().copied().fold(f32::INFINITY, smaller);
    for cost in row {
        *cost -= least;
    }
}

fn smaller(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

fn argmin(row: &Lanes) -> usize {
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

/// Whether a block may open the zone Linked.
fn opens_list(block: &BlockFeatures) -> bool {
    block.evidence.any(&[Evidence::RelatedPhrase, Evidence::CommentPhrase])
        && block.words <= 12
        && !block.evidence.any(&[Evidence::Sentences, Evidence::RelatedElement])
}
