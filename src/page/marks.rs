//! What the markup of a page adds to the features of its blocks.

use super::evidence::{Evidence, EvidenceSet};
use super::features::{BlockFeatures, Page};
use super::markup::{Mark, Markup};
use super::phrase;

impl Page {
    /// Adds what the markup says; both marks and blocks are in order.
    pub(super) fn add_marks(&mut self, text: &str, marks: &[Mark]) {
        let mut marks = marks.iter().peekable();
        let mut figures = Vec::new();
        let has_links =
            marks.peek().is_some() && marks.clone().any(|mark| mark.markup == Markup::Link);
        for (at, features) in self.blocks.iter_mut().enumerate() {
            while marks.next_if(|mark| mark.end <= features.start).is_some() {}
            let mark = marks.peek().filter(|mark| mark.start <= features.start);
            features.is_unlinked = has_links
                && !mark.is_some_and(|mark| matches!(mark.markup, Markup::Link | Markup::Related));
            let Some(mark) = mark else { continue };
            match mark.markup {
                Markup::Caption => {
                    features.evidence.add(Evidence::InFigure);
                    if features.is_caption {
                        continue;
                    }
                    figures.push((at, features.evidence));
                    features.is_caption = true;
                    features.evidence.remove(Evidence::Sentences);
                    features.evidence.remove(Evidence::ShortWithoutStop);
                }
                Markup::Heading => {
                    features.evidence.add(Evidence::HeadingElement);
                    // `Typical Projects` in a heading is no name.
                    if !phrase::begins_with_surname(&text[features.start..features.end]) {
                        features.evidence.remove(Evidence::PersonName);
                    }
                }
                // Names of authors are bold, too, and so is many a lead.
                Markup::Bold => features.evidence.set(
                    Evidence::HeadingElement,
                    !features.has(Evidence::PersonName)
                        && !features.is_prose()
                        && features.words <= 20,
                ),
                Markup::Link => features.evidence.add(Evidence::LinkElement),
                Markup::Sapo => features.evidence.add(Evidence::SapoElement),
                Markup::TableRow => own_role(features, Evidence::TableRow),
                Markup::Code => own_role(features, Evidence::CodeElement),
                Markup::Reference => features.evidence.add(Evidence::ReferenceElement),
                Markup::ListItem => features.evidence.add(Evidence::ListItem),
                Markup::BelowPicture => features.evidence.set(
                    Evidence::AfterPicture,
                    features.is_unterminated()
                        && (3..=30).contains(&features.words)
                        && !features.has(Evidence::DateLine),
                ),
                Markup::Related => features.evidence.add(Evidence::RelatedElement),
            }
        }
        self.text_in_figures(&figures);
        self.page_of_tables();
    }

    /// Makes rows text where they are most of the page: the table is what the page is for.
    fn page_of_tables(&mut self) {
        let count = |wanted: fn(&BlockFeatures) -> bool| {
            let blocks = self.blocks.iter().filter(|block| wanted(block));
            blocks.fold(0_u32, |total, block| total.saturating_add(block.words))
        };
        let in_tables = count(|block| block.has(Evidence::TableRow));
        let beside = count(|block| block.is_prose() && !block.has(Evidence::LinkElement));
        if in_tables > beside.saturating_mul(2) {
            for block in self.blocks.iter_mut().filter(|block| block.has(Evidence::TableRow)) {
                // Cells are short and hold names, dates and numbers: that says nothing in a table.
                for evidence in [
                    Evidence::TableRow,
                    Evidence::ShortWithoutStop,
                    Evidence::TagList,
                    Evidence::PersonName,
                    Evidence::DateLine,
                ] {
                    block.evidence.remove(evidence);
                }
                block.evidence.add(Evidence::ListItem);
            }
        }
    }

    /// Makes text in figures body, given their blocks and the evidence beside the figure.
    ///
    /// A caption is short. Where paragraphs in figures hold most of the page's text, the figures are
    /// only its layout, and a paragraph of several sentences is no caption on any page.
    fn text_in_figures(&mut self, figures: &[(usize, EvidenceSet)]) {
        /// Words of a paragraph, and of one that is no caption on any page.
        const PARAGRAPH: u32 = 25;
        const LONG: u32 = 60;
        let is_paragraph = |block: &BlockFeatures, evidence: EvidenceSet| {
            evidence.has(Evidence::Sentences)
                && (block.words >= PARAGRAPH || block.sentence_ends >= 1)
        };
        let count = |total: u32, block: &BlockFeatures| total.saturating_add(block.words);
        let paragraphs = figures.iter().filter(|(at, own)| is_paragraph(&self.blocks[*at], *own));
        let in_figures = paragraphs.map(|(at, _)| &self.blocks[*at]).fold(0, count);
        let beside = self.blocks.iter().filter(|block| block.is_prose()).fold(0, count);
        for &(at, evidence) in figures {
            let block = &mut self.blocks[at];
            let is_long = block.words >= LONG && block.sentence_ends >= 1;
            if is_paragraph(block, evidence) && (in_figures > beside || is_long) {
                block.is_caption = false;
                block.evidence = evidence;
                block.evidence.remove(Evidence::InFigure);
            }
        }
    }
}

/// Marks a block that its element alone gives a role.
fn own_role(features: &mut BlockFeatures, evidence: Evidence) {
    features.evidence.add(evidence);
    features.evidence.remove(Evidence::Sentences);
}
