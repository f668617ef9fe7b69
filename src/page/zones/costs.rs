//! The features of a block and their weights: the cost of each zone for it.
//!
//! The model is a linear chain (Lafferty, McCallum and Pereira 2001, "Conditional random fields"),
//! with costs for negative scores: the cost of a labelling is the sum of the weights of the features
//! of its blocks and of its steps. Most weights add up. Some are bounds: evidence that explains why
//! a block stands in a zone makes the zone cheap whatever else was seen, and two explanations are
//! worth no more than the better one.

use super::{Costs, NEVER, NOT_OF_ARTICLE, Zone, is_long, is_tail_line};
use crate::page::block_end::BlockEnd;
use crate::page::evidence::{Evidence, EvidenceSet};
use crate::page::features::BlockFeatures;
use Evidence as E;

/// What a feature does to the cost of a zone. Features are read in the order of their table.
#[derive(Debug, Clone, Copy)]
enum Weight {
    /// Nothing.
    Keep,
    /// Takes the place of what the features before it said.
    Is(f32),
    /// Is added to the cost.
    Add(f32),
    /// The cost is no more than this.
    AtMost(f32),
    /// The cost is no less than this.
    AtLeast(f32),
}

use Weight::{Add, AtLeast, AtMost, Is, Keep as KEEP};

/// One entry each for [`Zone::Head`], [`Zone::Sapo`], [`Zone::Text`], [`Zone::Inset`],
/// [`Zone::Footer`] and [`Zone::PostArticle`], from which [`Zone::RelatedList`] follows.
type Row<T> = [T; 6];

/// A block whose features are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    blocks: &'a [BlockFeatures],
    at: usize,
    block: &'a BlockFeatures,
    /// How far its words are from those of the article.
    distance: f32,
    /// Whether a title stands above the blocks.
    has_title: bool,
}

impl<'a> Place<'a> {
    pub(super) fn new(
        blocks: &'a [BlockFeatures],
        at: usize,
        distance: f32,
        has_title: bool,
    ) -> Self {
        Self { blocks, at, block: &blocks[at], distance, has_title }
    }

    fn before(&self) -> Option<&'a BlockFeatures> {
        self.at.checked_sub(1).and_then(|before| self.blocks.get(before))
    }

    fn after(&self) -> Option<&'a BlockFeatures> {
        self.blocks.get(self.at + 1)
    }
}

/// A feature of a block, and the weight that it has for each zone.
#[derive(Debug)]
struct Feature {
    /// The block has one of these; where there are none, the condition alone decides.
    any: EvidenceSet,
    condition: fn(&Place<'_>) -> bool,
    weights: Row<Weight>,
}

impl Feature {
    fn holds(&self, place: &Place<'_>) -> bool {
        (self.any.is_empty() || place.block.evidence.meets(self.any)) && (self.condition)(place)
    }
}

/// The feature that one of several pieces of evidence was found.
const fn seen(any: &[Evidence], weights: Row<Weight>) -> Feature {
    seen_if(any, |_| true, weights)
}

/// The same for a block that meets a condition, too.
const fn seen_if(
    any: &[Evidence],
    condition: fn(&Place<'_>) -> bool,
    weights: Row<Weight>,
) -> Feature {
    Feature { any: EvidenceSet::of(any), condition, weights }
}

/// The feature that a block meets a condition.
const fn when(condition: fn(&Place<'_>) -> bool, weights: Row<Weight>) -> Feature {
    seen_if(&[], condition, weights)
}

fn apply(features: &[Feature], place: &Place<'_>, costs: &mut Row<f32>) {
    for feature in features.iter().filter(|feature| feature.holds(place)) {
        for (cost, &weight) in costs.iter_mut().zip(&feature.weights) {
            match weight {
                KEEP => {}
                Is(value) => *cost = value,
                Add(value) => *cost += value,
                AtMost(value) => *cost = cost.min(value),
                AtLeast(value) => *cost = cost.max(value),
            }
        }
    }
}

const CAPTION: Row<f32> = [1.0, NEVER, 6.0, 0.0, 9.0, 0.2];
const RELATED_ELEMENT: Row<f32> = [1.0, NEVER, 6.0, 0.0, 9.0, 0.0];
const PARAGRAPH: Row<f32> = [9.0, 2.5, 0.0, 6.0, 9.0, 0.6];
const SHORT_LINE: Row<f32> = [4.0, 6.0, 1.2, 2.0, 8.0, 0.2];

/// Features of paragraphs and of sentences.
static OF_PARAGRAPHS: [Feature; 23] = [
    when(
        |place| place.has_title && (6..=130).contains(&place.block.words),
        [KEEP, Is(-0.5), KEEP, KEEP, KEEP, KEEP],
    ),
    seen(&[E::AgencyTag], [KEEP, Is(-3.0), KEEP, KEEP, KEEP, KEEP]),
    when(
        |place| !place.block.is_prose() || place.block.has(E::AfterPicture),
        [KEEP, Is(6.0), KEEP, KEEP, KEEP, KEEP],
    ),
    seen(&[E::SapoElement], [KEEP, Add(-2.5), KEEP, KEEP, KEEP, KEEP]),
    seen_if(
        &[E::LinkElement],
        |place| place.block.words <= 60,
        [KEEP, KEEP, Add(3.0), Is(0.6), KEEP, Add(-0.6)],
    ),
    // Teasers have one sentence.
    when(|place| place.block.sentence_ends == 2, [KEEP, KEEP, KEEP, KEEP, KEEP, Add(0.3)]),
    when(|place| place.block.sentence_ends == 3, [KEEP, KEEP, KEEP, KEEP, KEEP, Add(0.6)]),
    when(|place| place.block.sentence_ends == 4, [KEEP, KEEP, KEEP, KEEP, KEEP, Add(0.3 * 3.0)]),
    when(|place| place.block.sentence_ends >= 5, [KEEP, KEEP, KEEP, KEEP, KEEP, Add(1.2)]),
    seen(&[E::Truncated], [KEEP, KEEP, KEEP, KEEP, KEEP, Add(-1.2)]),
    seen(&[E::RepeatsSentence], [KEEP, KEEP, Add(5.0), Is(0.2), KEEP, KEEP]),
    seen(&[E::RepeatsTitle], [Is(0.3), KEEP, Add(4.0), Is(0.2), KEEP, KEEP]),
    seen_if(
        &[E::PictureWords],
        |place| place.block.words <= 60 && place.block.sentence_ends <= 1,
        [Is(1.0), KEEP, Add(2.0), AtMost(0.3), KEEP, KEEP],
    ),
    seen(&[E::AfterPicture], [Is(0.6), KEEP, Add(1.5), AtMost(0.3), KEEP, KEEP]),
    seen(&[E::BeforeCredit], [KEEP, KEEP, Add(2.0), Is(0.4), KEEP, KEEP]),
    seen(&[E::RelatedPhrase], [KEEP, KEEP, Add(4.0), AtMost(0.3), KEEP, Add(-1.5)]),
    seen_if(
        &[E::RelatedLink],
        |place| !place.block.has(E::RelatedPhrase),
        [KEEP, KEEP, Add(4.0), AtMost(0.3), KEEP, Add(-0.3)],
    ),
    // A forecast or a table may say a short sentence again.
    seen_if(
        &[E::RepeatsBlock],
        |place| place.block.words >= 20,
        [KEEP, KEEP, Add(3.0), AtMost(0.3), KEEP, KEEP],
    ),
    seen(&[E::PagePhrase], [Is(0.4), KEEP, Add(3.0), AtMost(0.8), Is(1.0), Add(-1.0)]),
    seen(&[E::TagList], [KEEP, KEEP, Add(3.0), AtMost(1.2), Is(0.2), Add(-0.5)]),
    seen(&[E::Imprint], [KEEP, KEEP, Add(2.0), AtMost(1.6), Is(0.4), Add(-2.5)]),
    seen(
        &[E::AuthorPhrase, E::SourcePhrase, E::PersonName],
        [Is(0.4), KEEP, Add(1.5), KEEP, Is(0.2), KEEP],
    ),
    seen(&[E::DateLine], [Is(0.1), KEEP, Add(2.0), AtMost(1.5), KEEP, KEEP]),
];

/// Features of short lines without end mark.
static OF_SHORT_LINES: [Feature; 24] = [
    when(|place| place.block.words > 20, [KEEP, KEEP, Is(0.6), KEEP, KEEP, KEEP]),
    when(is_in_run, [KEEP, KEEP, Is(0.3), KEEP, KEEP, KEEP]),
    when(
        |place| place.block.has(E::ListItem) || place.block.ending == BlockEnd::Colon,
        [KEEP, KEEP, Is(0.2), KEEP, KEEP, KEEP],
    ),
    when(is_numbered_heading, [KEEP, KEEP, Is(1.2), KEEP, KEEP, KEEP]),
    when(|place| place.block.words <= 3, [Is(1.5), KEEP, KEEP, KEEP, KEEP, KEEP]),
    seen_if(
        &[E::HeadsParagraph],
        |place| place.block.words <= 26,
        [KEEP, KEEP, KEEP, Is(0.4), KEEP, KEEP],
    ),
    when(is_single_word, [KEEP, KEEP, KEEP, KEEP, Is(3.0), KEEP]),
    seen(&[E::HeadingElement], [KEEP, KEEP, Add(1.5), AtMost(0.2), AtLeast(5.0), KEEP]),
    seen(&[E::LinkElement], [AtMost(0.6), KEEP, Add(3.0), AtMost(0.5), KEEP, Add(-0.6)]),
    seen(
        &[E::PictureWords, E::BeforeCredit],
        [AtMost(1.0), KEEP, Add(3.0), AtMost(0.1), KEEP, KEEP],
    ),
    seen(&[E::RepeatsSentence, E::AfterPullQuote], [KEEP, KEEP, Add(3.0), AtMost(0.1), KEEP, KEEP]),
    seen(&[E::RepeatsTitle], [AtMost(0.2), KEEP, Add(4.0), AtMost(0.2), KEEP, KEEP]),
    seen_if(
        &[E::RepeatsBlock],
        |place| !place.block.has(E::RepeatsTitle),
        [KEEP, KEEP, Add(2.0), AtMost(0.8), KEEP, Add(-1.5)],
    ),
    seen(&[E::RepeatsItself], [KEEP, KEEP, Add(5.0), AtMost(0.8), KEEP, Add(-3.0)]),
    seen(&[E::RelatedPhrase], [KEEP, KEEP, Add(4.0), AtMost(0.3), KEEP, Add(-2.5)]),
    seen_if(
        &[E::RelatedLink],
        |place| !place.block.has(E::RelatedPhrase),
        [KEEP, KEEP, Add(4.0), AtMost(0.3), KEEP, Add(-0.3)],
    ),
    seen(&[E::AfterRelatedPhrase], [KEEP, KEEP, Add(1.0), AtMost(0.4), KEEP, KEEP]),
    seen(&[E::PagePhrase], [AtMost(0.1), KEEP, Add(3.0), AtMost(0.8), AtMost(0.6), Add(-1.0)]),
    seen(&[E::TagList], [KEEP, KEEP, Add(3.0), AtMost(1.2), AtMost(0.1), Add(-0.5)]),
    seen(&[E::Imprint], [KEEP, KEEP, Add(3.0), AtMost(1.5), AtMost(0.4), Add(-2.5)]),
    seen(&[E::UrlLine], [AtMost(0.2), KEEP, Add(3.0), AtMost(0.5), AtMost(0.5), KEEP]),
    seen(&[E::DateLine], [AtMost(0.0), KEEP, Add(2.0), AtMost(0.7), AtMost(5.0), Add(-0.3)]),
    seen(
        &[E::AuthorPhrase, E::SourcePhrase],
        [AtMost(0.3), KEEP, Add(2.0), AtMost(0.9), AtMost(0.0), Add(0.5)],
    ),
    seen_if(
        &[E::PersonName],
        |place| !place.block.evidence.any(&[E::AuthorPhrase, E::SourcePhrase]),
        [AtMost(0.4), KEEP, Add(0.6), AtLeast(1.2), AtMost(0.2), Add(0.5)],
    ),
];

/// Features of every block, read after those of its form.
static OF_BLOCKS: [Feature; 11] = [
    // Below the whole text it closes the article; above other paragraphs it may sign a part.
    seen_if(&[E::Signature], closes_text, [Is(1.0), Is(NEVER), Is(8.0), Is(0.2), Is(0.0), Is(1.0)]),
    seen_if(
        &[E::Signature],
        |place| !closes_text(place),
        [Is(1.0), Is(NEVER), Is(8.0), Is(0.2), Is(1.5), Is(1.0)],
    ),
    seen_if(
        &[E::TagList],
        |place| !place.block.has(E::BelowText),
        [KEEP, Add(4.0), Add(1.0), KEEP, KEEP, KEEP],
    ),
    seen_if(
        &[E::TagList],
        |place| place.block.has(E::BelowText),
        [KEEP, Add(4.0), Add(4.0), KEEP, KEEP, KEEP],
    ),
    seen_if(
        &[E::BelowText],
        |place| is_tail_line(place.block) && !is_ticker_time(place),
        [KEEP, KEEP, Add(4.0), Add(1.0), AtMost(0.2), KEEP],
    ),
    seen(
        &[E::CodeElement, E::TableRow, E::ReferenceElement],
        [KEEP, Add(4.0), Add(4.0), AtMost(0.0), Add(4.0), KEEP],
    ),
    // Headlines of other articles lead to them.
    seen_if(
        &[E::ShortWithoutStop],
        |place| place.block.is_unlinked && !is_tail_line(place.block),
        [KEEP, KEEP, KEEP, KEEP, KEEP, Add(0.35)],
    ),
    seen(&[E::AboutAuthor], [KEEP, KEEP, Add(2.0), KEEP, AtMost(0.2), KEEP]),
    // One wrong finding before it moves no long paragraph of the same topic out of the article.
    seen_if(
        &[E::Sentences],
        |place| {
            place.distance < 0.0
                && is_long(place.block)
                && !place.block.evidence.any(&NOT_OF_ARTICLE)
        },
        [KEEP, KEEP, KEEP, KEEP, KEEP, Add(0.8)],
    ),
    seen(&[E::LaterDate], [KEEP, KEEP, KEEP, KEEP, KEEP, Add(-0.8)]),
    seen(&[E::Teaser], [KEEP, Add(4.0), Add(8.0), Is(0.0), Add(4.0), KEEP]),
];

/// The cost of each zone for a block, without those of the steps.
pub(super) fn of_block(place: &Place<'_>) -> Costs {
    let block = place.block;
    let mut costs = if block.is_caption {
        CAPTION
    } else if block.has(E::RelatedElement) {
        RELATED_ELEMENT
    } else if block.is_unterminated() {
        of_short_line(place)
    } else {
        let mut costs = PARAGRAPH;
        apply(&OF_PARAGRAPHS, place, &mut costs);
        costs
    };
    apply(&OF_BLOCKS, place, &mut costs);
    let [head, lead, text, inset, footer, after] = costs;
    let (after, list) = after_article(place, after);
    [head, lead, text, inset, footer, after, list]
}

fn of_short_line(place: &Place<'_>) -> Row<f32> {
    let block = place.block;
    let mut costs = SHORT_LINE;
    apply(&OF_SHORT_LINES, place, &mut costs);
    let is_plain = costs[Zone::Text as usize] <= 1.3 && !block.has(E::PersonName);
    let lead = &mut costs[Zone::Sapo as usize];
    // Some papers print the lead without end mark.
    if block.has(E::SapoElement) && block.words >= 5 {
        *lead = -2.0;
    } else if place.has_title && block.words >= 9 && is_plain {
        *lead = 0.0;
    }
    costs
}

/// The costs of the two zones that follow the article, which know how near its words are.
fn after_article(place: &Place<'_>, cost: f32) -> (f32, f32) {
    let (block, distance) = (place.block, place.distance);
    let nearness = if distance > 0.0 { distance } else { 0.15 * distance };
    let list = cost.min(if block.is_prose() { 0.2 } else { 0.1 }) - nearness;
    // Teasers of related articles have much the same words as the article: after a headline that is
    // known to be one, nearness says nothing.
    let is_led = place.before().is_some_and(|before| {
        before.evidence.any(&[E::RepeatsItself, E::RepeatsBlock]) && before.is_unterminated()
    });
    let is_teaser = is_paired(place.blocks, place.at)
        || block.is_unterminated() && is_paired(place.blocks, place.at + 1);
    let after = match (is_led, is_teaser) {
        (true, _) => list,
        (false, true) => cost - distance.max(0.3 * distance),
        (false, false) => cost - distance,
    };
    (after, list)
}

/// Whether no long paragraph follows soon.
fn closes_text(place: &Place<'_>) -> bool {
    place.blocks[place.at + 1..].iter().take(3).all(|next| !is_long(next))
}

/// Whether a short line with nothing against it stands beside the block.
fn is_in_run(place: &Place<'_>) -> bool {
    let is_plain = |block: &BlockFeatures| {
        block.is_unterminated()
            && !block.evidence.any(&[
                E::RelatedPhrase,
                E::PagePhrase,
                E::TagList,
                E::Imprint,
                E::AuthorPhrase,
                E::SourcePhrase,
                E::RepeatsBlock,
                E::RepeatsItself,
                E::AfterRelatedPhrase,
                E::AfterPullQuote,
                E::RepeatsSentence,
                E::RepeatsTitle,
            ])
    };
    place.before().is_some_and(is_plain) || place.after().is_some_and(is_plain)
}

/// `2. Cách phòng bệnh` between paragraphs is a heading, in a row an item.
fn is_numbered_heading(place: &Place<'_>) -> bool {
    let is_numbered = |block: &BlockFeatures| block.has(E::Numbered);
    is_numbered(place.block)
        && place.block.has(E::HeadsParagraph)
        && !place.before().is_some_and(is_numbered)
        && !place.after().is_some_and(is_numbered)
}

fn is_single_word(place: &Place<'_>) -> bool {
    place.block.words == 1 && place.block.end - place.block.start <= 24
}

/// Whether a block is the time of a headline below the text, and not the date of the article.
fn is_ticker_time(place: &Place<'_>) -> bool {
    place.block.has(E::DateLine)
        && place.before().is_some_and(|before| before.has(E::BelowText) && !is_tail_line(before))
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
