//! A check of the labelling: what was left out against what was kept.
//!
//! One wrong piece of evidence, such as a false byline, may move all that follows it out of the
//! article. Where more text was left out than kept, and it looks like text of this article, the page
//! is labelled again without the zones that follow an article.

use super::evidence::Evidence;
use super::features::BlockFeatures;
use super::zones::{Constraint, Zone, ZoneLabel, is_long, viterbi};

/// The zones of blocks; see [`viterbi`]. The flag says that the first labelling was rejected.
pub(super) fn labels(
    blocks: &[BlockFeatures],
    distances: &[f32],
    has_title: bool,
) -> (Vec<ZoneLabel>, bool) {
    let labels = viterbi(blocks, distances, has_title, Constraint::None);
    if !is_doubtful(blocks, &labels, distances) {
        return (labels, false);
    }
    let second = viterbi(blocks, distances, has_title, Constraint::LongParagraphsStay);
    (second, true)
}

/// A block of so many words counts as two long paragraphs.
const MANY_WORDS: u32 = 120;

/// Whether long paragraphs that look like the article outweigh what was kept.
fn is_doubtful(blocks: &[BlockFeatures], labels: &[ZoneLabel], distances: &[f32]) -> bool {
    let (mut kept, mut dropped, mut headlines, mut long) = (0_u32, 0_u32, 0_u32, 0_u32);
    for ((block, label), &distance) in blocks.iter().zip(labels).zip(distances) {
        match label.zone {
            Zone::Sapo | Zone::Text => kept += if block.is_prose() { block.words } else { 0 },
            Zone::PostArticle | Zone::RelatedList | Zone::Footer | Zone::Inset => {
                if is_article_like(block) && distance < 0.6 {
                    dropped += block.words;
                    // Where line ends were lost, one block holds many paragraphs.
                    long += u32::from(is_long(block)) + u32::from(block.words >= MANY_WORDS);
                }
                headlines += u32::from(
                    block.is_unterminated()
                        && block.words >= 5
                        && !block.has(Evidence::ListItem)
                        && !block.has(Evidence::TagList)
                        && label.zone != Zone::Inset,
                );
            }
            Zone::Head => {}
        }
    }
    dropped > kept && long >= 2 && headlines < long
}

/// Whether a block may be a paragraph of the article.
fn is_article_like(block: &BlockFeatures) -> bool {
    block.is_prose()
        && block.words >= 12
        && !block.is_caption
        && !block.evidence.any(&[
            Evidence::RelatedElement,
            Evidence::LinkElement,
            Evidence::RelatedLink,
            Evidence::Imprint,
            Evidence::PagePhrase,
            Evidence::Truncated,
            Evidence::RepeatsBlock,
            Evidence::RepeatsSentence,
            Evidence::CodeElement,
            Evidence::TableRow,
            Evidence::ReferenceElement,
            Evidence::FarVocabulary,
        ])
}
