//! Roles, and the role of a block from its place in the page.

use super::evidence::Evidence;
use super::features::BlockFeatures;
use super::zones::{Zone, ZoneLabel};

/// What a block of a page is.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The headline.
    Title,
    /// Date and time of publication.
    Dateline,
    /// The lead paragraph that sums the article up (*sapo*, from French *chapeau*).
    Sapo,
    /// Text of the article.
    Body,
    /// The heading of a section.
    Heading,
    /// The caption of a picture or video, with its credit.
    Caption,
    /// A sentence of the text printed again on its own, or its speaker.
    PullQuote,
    /// Who wrote, compiled or translated.
    Byline,
    /// Where the text was taken from.
    Source,
    /// Headlines and teasers of other articles.
    Related,
    /// Buttons, menus, keywords, imprint.
    Boilerplate,
    /// An address on the web.
    Url,
}

impl Role {
    /// Every role, in the order of declaration.
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::Dateline,
        Self::Sapo,
        Self::Body,
        Self::Heading,
        Self::Caption,
        Self::PullQuote,
        Self::Byline,
        Self::Source,
        Self::Related,
        Self::Boilerplate,
        Self::Url,
    ];

    /// The name in machine formats and on the command line.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::Role;
    ///
    /// assert_eq!(Role::PullQuote.name(), "pullquote");
    /// assert_eq!(Role::from_name("sapo"), Some(Role::Sapo));
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Dateline => "dateline",
            Self::Sapo => "sapo",
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::PullQuote => "pullquote",
            Self::Byline => "byline",
            Self::Source => "source",
            Self::Related => "related",
            Self::Boilerplate => "boilerplate",
            Self::Url => "url",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the block belongs to the running text: lead or body.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::Role;
    ///
    /// assert!(Role::Sapo.is_text() && Role::Body.is_text());
    /// assert!(!Role::Heading.is_text() && !Role::Caption.is_text());
    /// ```
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Sapo | Self::Body)
    }

    /// Whether the block is no part of the article at all: what a reader would not miss.
    #[must_use]
    pub const fn is_left_out(self) -> bool {
        !matches!(self, Self::Title | Self::Sapo | Self::Body | Self::Heading)
    }
}

/// Blocks above the headline: addresses, dates, menus.
pub(super) fn before_title(block: &BlockFeatures) -> Role {
    if block.has(Evidence::UrlLine) {
        Role::Url
    } else if block.has(Evidence::DateLine) {
        Role::Dateline
    } else if block.is_caption {
        Role::Caption
    } else if block.has(Evidence::RepeatsTitle) {
        Role::Title
    } else if block.is_prose() {
        Role::Body
    } else {
        Role::Boilerplate
    }
}

/// The role of a block in the place that was found for it.
pub(super) fn in_zone(blocks: &[BlockFeatures], labels: &[ZoneLabel], at: usize) -> Role {
    let block = &blocks[at];
    let has = |evidence| block.has(evidence);
    let page = |other: Role| {
        if has(Evidence::UrlLine) {
            Role::Url
        } else if block.evidence.any(&[Evidence::PagePhrase, Evidence::Imprint, Evidence::TagList])
        {
            Role::Boilerplate
        } else {
            other
        }
    };
    match labels[at].zone {
        Zone::Sapo => Role::Sapo,
        Zone::Text => Role::Body,
        Zone::Head => {
            if block.is_caption
                || block.evidence.any(&[
                    Evidence::PictureWords,
                    Evidence::BeforeCredit,
                    Evidence::AfterPicture,
                ])
            {
                Role::Caption
            } else if has(Evidence::DateLine) {
                Role::Dateline
            } else if has(Evidence::AuthorPhrase) || has(Evidence::PersonName) {
                Role::Byline
            } else if has(Evidence::SourcePhrase) {
                Role::Source
            } else if has(Evidence::RepeatsTitle) {
                let pictured = blocks
                    .get(at + 1)
                    .is_some_and(|next| next.is_caption || next.has(Evidence::AfterPicture));
                if pictured { Role::Caption } else { Role::Title }
            } else {
                page(Role::Boilerplate)
            }
        }
        Zone::Inset => {
            let follows_lead =
                at.checked_sub(1).is_some_and(|before| labels[before].zone == Zone::Sapo);
            let captioned = [
                Evidence::CreditTag,
                Evidence::InFigure,
                Evidence::PictureWords,
                Evidence::BeforeCredit,
                Evidence::AfterPicture,
                Evidence::RepeatsTitle,
            ];
            if block.evidence.any(&captioned) {
                Role::Caption
            } else if has(Evidence::RepeatsSentence)
                || has(Evidence::AfterPullQuote)
                || has(Evidence::RepeatsBlock) && block.is_prose()
            {
                Role::PullQuote
            } else if block.evidence.any(&[
                Evidence::RelatedPhrase,
                Evidence::RelatedLink,
                Evidence::RelatedElement,
                Evidence::LinkElement,
                Evidence::AfterRelatedPhrase,
                Evidence::RepeatsItself,
            ]) {
                Role::Related
            } else if has(Evidence::DateLine) {
                Role::Dateline
            } else if has(Evidence::AuthorPhrase) || has(Evidence::PersonName) && follows_lead {
                Role::Byline
            } else if has(Evidence::SourcePhrase) {
                Role::Source
            } else if has(Evidence::RepeatsBlock) {
                Role::Caption
            } else {
                page(Role::Heading)
            }
        }
        Zone::Footer => {
            if has(Evidence::AuthorPhrase) || has(Evidence::PersonName) {
                Role::Byline
            } else if has(Evidence::SourcePhrase) {
                Role::Source
            } else if has(Evidence::DateLine) {
                Role::Dateline
            } else {
                page(Role::Byline)
            }
        }
        Zone::PostArticle | Zone::RelatedList => {
            let bare_button = has(Evidence::RelatedPhrase) && at + 1 == blocks.len();
            if bare_button { Role::Boilerplate } else { page(Role::Related) }
        }
    }
}
