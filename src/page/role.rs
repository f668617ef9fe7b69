//! Roles, and the role of a block from its place in the page.

use super::evidence::Evidence;
use super::features::BlockFeatures;
use super::zones::{Zone, ZoneLabel, is_tail_line};

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
    /// The keywords of the article.
    Tags,
    /// The section of the newspaper that the article stands in.
    Section,
    /// A row of a table.
    Table,
    /// Source code, kept as it stands.
    Code,
    /// An item of a list of references or notes.
    References,
    /// Who the author is, below the article.
    AuthorNote,
}

impl Role {
    /// Every role, in the order of declaration.
    pub const ALL: [Self; 18] = [
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
        Self::Tags,
        Self::Section,
        Self::Table,
        Self::Code,
        Self::References,
        Self::AuthorNote,
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
            Self::Tags => "tags",
            Self::Section => "section",
            Self::Table => "table",
            Self::Code => "code",
            Self::References => "references",
            Self::AuthorNote => "author_note",
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
    if labels[at].zone != Zone::Text
        && let Some(role) = outside_text(blocks, at)
    {
        return role;
    }
    match labels[at].zone {
        Zone::Sapo => Role::Sapo,
        Zone::Text => Role::Body,
        Zone::Head => in_head(block, blocks.get(at + 1)),
        Zone::Inset => {
            let follows_lead =
                at.checked_sub(1).is_some_and(|before| labels[before].zone == Zone::Sapo);
            in_inset(block, follows_lead)
        }
        Zone::Footer => in_footer(block),
        Zone::PostArticle | Zone::RelatedList => {
            let bare_button = block.has(Evidence::RelatedPhrase) && at + 1 == blocks.len();
            if bare_button { Role::Boilerplate } else { of_page(block, Role::Related) }
        }
    }
}

/// The role of a block that may belong to the page around the article, else the other.
fn of_page(block: &BlockFeatures, other: Role) -> Role {
    let has = |evidence| block.has(evidence);
    if has(Evidence::UrlLine) {
        Role::Url
    } else if has(Evidence::TagList) {
        Role::Tags
    } else if has(Evidence::SectionName) && !has(Evidence::HeadsParagraph) {
        Role::Section
    } else if block.evidence.any(&[Evidence::PagePhrase, Evidence::Imprint]) {
        Role::Boilerplate
    } else {
        other
    }
}

/// The role of a block before the text, which may be followed by another.
fn in_head(block: &BlockFeatures, next: Option<&BlockFeatures>) -> Role {
    let has = |evidence| block.has(evidence);
    let captioned = [Evidence::PictureWords, Evidence::BeforeCredit, Evidence::AfterPicture];
    if block.is_caption || block.evidence.any(&captioned) {
        Role::Caption
    } else if has(Evidence::DateLine) {
        Role::Dateline
    } else if has(Evidence::AuthorPhrase) || has(Evidence::PersonName) {
        Role::Byline
    } else if has(Evidence::SourcePhrase) {
        Role::Source
    } else if has(Evidence::RepeatsTitle) {
        let pictured = next.is_some_and(|next| next.is_caption || next.has(Evidence::AfterPicture));
        if pictured { Role::Caption } else { Role::Title }
    } else if has(Evidence::HeadingElement) {
        of_page(block, Role::Heading)
    } else {
        of_page(block, Role::Boilerplate)
    }
}

/// The role of a block that stands inside of the text and is none of it.
fn in_inset(block: &BlockFeatures, follows_lead: bool) -> Role {
    let has = |evidence| block.has(evidence);
    let captioned = [
        Evidence::CreditTag,
        Evidence::InFigure,
        Evidence::PictureWords,
        Evidence::BeforeCredit,
        Evidence::AfterPicture,
        Evidence::RepeatsTitle,
    ];
    let related = [
        Evidence::RelatedPhrase,
        Evidence::RelatedLink,
        Evidence::RelatedElement,
        Evidence::LinkElement,
        Evidence::AfterRelatedPhrase,
        Evidence::RepeatsItself,
        Evidence::Teaser,
    ];
    if block.evidence.any(&captioned) {
        Role::Caption
    } else if has(Evidence::RepeatsSentence)
        || has(Evidence::AfterPullQuote)
        || has(Evidence::RepeatsBlock) && block.is_prose()
    {
        Role::PullQuote
    } else if block.evidence.any(&related) {
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
        of_page(block, Role::Heading)
    }
}

/// The role of a block behind the text that closes the article.
fn in_footer(block: &BlockFeatures) -> Role {
    let has = |evidence| block.has(evidence);
    if has(Evidence::AuthorPhrase) || has(Evidence::PersonName) {
        Role::Byline
    } else if has(Evidence::SourcePhrase) {
        Role::Source
    } else if has(Evidence::DateLine) {
        Role::Dateline
    } else if has(Evidence::HeadingElement) {
        of_page(block, Role::Heading)
    } else {
        of_page(block, Role::Byline)
    }
}

/// The role of a block that is no running text, where its own evidence tells it.
fn outside_text(blocks: &[BlockFeatures], at: usize) -> Option<Role> {
    let block = &blocks[at];
    let has = |evidence| block.has(evidence);
    if has(Evidence::CodeElement) {
        Some(Role::Code)
    } else if has(Evidence::TableRow) {
        Some(Role::Table)
    } else if has(Evidence::ReferenceElement) {
        Some(Role::References)
    } else if has(Evidence::Signature) {
        let is_source = has(Evidence::SourcePhrase) && !has(Evidence::PersonName);
        Some(if is_source && !has(Evidence::AuthorPhrase) { Role::Source } else { Role::Byline })
    } else if has(Evidence::AboutAuthor) {
        Some(Role::AuthorNote)
    } else if has(Evidence::BelowText) && has(Evidence::DateLine) {
        Some(Role::Dateline)
    } else if has(Evidence::BelowText) && has(Evidence::TagList) {
        Some(Role::Tags)
    } else if is_tail_line(block) && !has(Evidence::TagList) && !has(Evidence::DateLine) {
        tail_role(blocks, at)
    } else {
        None
    }
}

/// The role of a short line below the text: a section, a source or a name.
///
/// Portals put date, section, keywords and source there, in this or another order, so a name beside
/// these is the source and not the author.
fn tail_role(blocks: &[BlockFeatures], at: usize) -> Option<Role> {
    let block = &blocks[at];
    let listed = |other: Option<&BlockFeatures>| {
        other.is_some_and(|other| {
            other.has(Evidence::BelowText)
                && other.evidence.any(&[
                    Evidence::TagList,
                    Evidence::DateLine,
                    Evidence::SectionName,
                ])
        })
    };
    let before = at.checked_sub(1).and_then(|before| blocks.get(before));
    let (after_list, before_list) = (listed(before), listed(blocks.get(at + 1)));
    let named = block.evidence.any(&[Evidence::PersonName, Evidence::AuthorPhrase]);
    if block.evidence.any(&[Evidence::PagePhrase, Evidence::Imprint, Evidence::UrlLine]) {
        None
    } else if block.has(Evidence::SectionName)
        && (!block.has(Evidence::Publisher) || before_list || !after_list)
    {
        // `Pháp luật` is a section and a newspaper: above the keywords it is the section.
        Some(Role::Section)
    } else if block.evidence.any(&[Evidence::Publisher, Evidence::SourcePhrase]) {
        Some(Role::Source)
    } else if after_list && before_list {
        Some(Role::Section)
    } else if after_list {
        Some(Role::Source)
    } else {
        named.then_some(Role::Byline)
    }
}
