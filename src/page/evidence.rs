//! Reasons for the role of a block.

/// A reason for the role that a block was given.
///
/// # Examples
///
/// ```
/// use tomtat::page::Evidence;
///
/// assert_eq!(Evidence::CreditTag.code(), "credit-tag");
/// ```
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Evidence {
    /// A picture's or video's credit such as `Ảnh: TTXVN`.
    CreditTag,
    /// The block stands directly before a line that holds only a credit.
    BeforeCredit,
    /// The block says where somebody stands in a picture: `(trái)`, `(bìa phải)`.
    PictureWords,
    /// The same words as the title.
    RepeatsTitle,
    /// The same words as another block.
    RepeatsBlock,
    /// Its first half and its second half are the same words.
    RepeatsItself,
    /// Its words stand inside a longer block.
    RepeatsSentence,
    /// It follows a picture's alternative text.
    AfterPicture,
    /// It follows a pull quote and names its speaker.
    AfterPullQuote,
    /// The title that the caller gave.
    GivenTitle,
    /// A short first line without end mark, followed by longer text.
    OpensPage,
    /// The first paragraph after the title.
    FollowsTitle,
    /// Begins with the tag of a news agency or paper, such as `TTXVN -`.
    AgencyTag,
    /// A date or time and nothing else.
    DateLine,
    /// An address on the web and nothing else.
    UrlLine,
    /// Written like a name of a person.
    PersonName,
    /// A phrase that names author, translator or compiler.
    AuthorPhrase,
    /// A phrase or an address that names the source.
    SourcePhrase,
    /// A phrase that opens a list of other articles.
    RelatedPhrase,
    /// A line that leads to another article: `Xem thêm: …`, `>> …`.
    RelatedLink,
    /// A phrase that opens the readers' comments.
    CommentPhrase,
    /// Stands after a phrase that opens a list of other articles.
    AfterRelatedPhrase,
    /// Stands after the byline or the source that ends the article.
    AfterByline,
    /// Stands outside of the article for another reason.
    OutsideArticle,
    /// Words of buttons, menus and forms.
    PagePhrase,
    /// A list of keywords.
    TagList,
    /// Copyright, licence, editorial office, telephone numbers.
    Imprint,
    /// Short and without end mark.
    ShortWithoutStop,
    /// A short line followed by the paragraph that it heads.
    HeadsParagraph,
    /// Cut off with dots, as teasers are.
    Truncated,
    /// Names a date later than the article.
    LaterDate,
    /// Few of its words occur in the article.
    FarVocabulary,
    /// Most of its words occur in the article.
    NearVocabulary,
    /// An item of a list.
    ListItem,
    /// Begins with a number, as items and headings do.
    Numbered,
    /// One or more full sentences.
    Sentences,
    /// In a `figure` of the page, or in an element that is named a caption.
    InFigure,
    /// In an element for headings.
    HeadingElement,
    /// All of it is a link.
    LinkElement,
    /// In an element that is named the lead.
    SapoElement,
    /// In an element that begins with the heading of a list of other articles.
    RelatedElement,
    /// The name of a section, such as `Pháp luật`.
    SectionName,
    /// The name of a newspaper or agency.
    Publisher,
    /// Signs the paragraph before it: an author, agency or source.
    Signature,
    /// No block with sentences follows.
    BelowText,
    /// Comes again and again between paragraphs, or has no letters.
    Separator,
    /// A row of a table.
    TableRow,
    /// In an element for source code.
    CodeElement,
    /// An item of a list of references or notes.
    ReferenceElement,
    /// Says who the author is, below the article.
    AboutAuthor,
    /// Names, numbers or code rather than sentences.
    NotProse,
    /// The heading of a list of references or notes.
    ReferenceHeading,
    /// Written like a reference: a number in brackets, an arrow, an address.
    ReferenceItem,
    /// Headline or lead of another article, between paragraphs that are about something else.
    Teaser,
}

impl Evidence {
    /// Every kind of evidence.
    pub const ALL: [Self; 54] = [
        Self::CreditTag,
        Self::BeforeCredit,
        Self::PictureWords,
        Self::RepeatsTitle,
        Self::RepeatsBlock,
        Self::RepeatsItself,
        Self::RepeatsSentence,
        Self::AfterPicture,
        Self::AfterPullQuote,
        Self::GivenTitle,
        Self::OpensPage,
        Self::FollowsTitle,
        Self::AgencyTag,
        Self::DateLine,
        Self::UrlLine,
        Self::PersonName,
        Self::AuthorPhrase,
        Self::SourcePhrase,
        Self::RelatedPhrase,
        Self::RelatedLink,
        Self::CommentPhrase,
        Self::AfterRelatedPhrase,
        Self::AfterByline,
        Self::OutsideArticle,
        Self::PagePhrase,
        Self::TagList,
        Self::Imprint,
        Self::ShortWithoutStop,
        Self::HeadsParagraph,
        Self::Truncated,
        Self::LaterDate,
        Self::FarVocabulary,
        Self::NearVocabulary,
        Self::ListItem,
        Self::Numbered,
        Self::Sentences,
        Self::InFigure,
        Self::HeadingElement,
        Self::LinkElement,
        Self::SapoElement,
        Self::RelatedElement,
        Self::SectionName,
        Self::Publisher,
        Self::Signature,
        Self::BelowText,
        Self::Separator,
        Self::TableRow,
        Self::CodeElement,
        Self::ReferenceElement,
        Self::AboutAuthor,
        Self::NotProse,
        Self::ReferenceHeading,
        Self::ReferenceItem,
        Self::Teaser,
    ];

    /// The stable name for machine formats.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CreditTag => "credit-tag",
            Self::BeforeCredit => "before-credit",
            Self::PictureWords => "picture-words",
            Self::RepeatsTitle => "repeats-title",
            Self::RepeatsBlock => "repeats-block",
            Self::RepeatsItself => "repeats-itself",
            Self::RepeatsSentence => "repeats-sentence",
            Self::AfterPicture => "after-picture",
            Self::AfterPullQuote => "after-pull-quote",
            Self::GivenTitle => "given-title",
            Self::OpensPage => "opens-page",
            Self::FollowsTitle => "follows-title",
            Self::AgencyTag => "agency-tag",
            Self::DateLine => "date-line",
            Self::UrlLine => "url-line",
            Self::PersonName => "person-name",
            Self::AuthorPhrase => "author-phrase",
            Self::SourcePhrase => "source-phrase",
            Self::RelatedPhrase => "related-phrase",
            Self::RelatedLink => "related-link",
            Self::CommentPhrase => "comment-phrase",
            Self::AfterRelatedPhrase => "after-related-phrase",
            Self::AfterByline => "after-byline",
            Self::OutsideArticle => "outside-article",
            Self::PagePhrase => "page-phrase",
            Self::TagList => "tag-list",
            Self::Imprint => "imprint",
            Self::ShortWithoutStop => "short-without-stop",
            Self::HeadsParagraph => "heads-paragraph",
            Self::Truncated => "truncated",
            Self::LaterDate => "later-date",
            Self::FarVocabulary => "far-vocabulary",
            Self::NearVocabulary => "near-vocabulary",
            Self::ListItem => "list-item",
            Self::Numbered => "numbered",
            Self::Sentences => "sentences",
            Self::InFigure => "in-figure",
            Self::HeadingElement => "heading-element",
            Self::LinkElement => "link-element",
            Self::SapoElement => "sapo-element",
            Self::RelatedElement => "related-element",
            Self::SectionName => "section-name",
            Self::Publisher => "publisher",
            Self::Signature => "signature",
            Self::BelowText => "below-text",
            Self::Separator => "separator",
            Self::TableRow => "table-row",
            Self::CodeElement => "code-element",
            Self::ReferenceElement => "reference-element",
            Self::AboutAuthor => "about-author",
            Self::NotProse => "not-prose",
            Self::ReferenceHeading => "reference-heading",
            Self::ReferenceItem => "reference-item",
            Self::Teaser => "teaser",
        }
    }
}

/// A small set of reasons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct EvidenceSet(u64);

impl EvidenceSet {
    pub(super) const fn of(several: &[Evidence]) -> Self {
        let (mut set, mut at) = (0, 0);
        while at < several.len() {
            set |= 1 << several[at] as u8;
            at += 1;
        }
        Self(set)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets have something in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn add(&mut self, evidence: Evidence) {
        self.0 |= 1 << evidence as u8;
    }

    pub(super) fn remove(&mut self, evidence: Evidence) {
        self.0 &= !(1 << evidence as u8);
    }

    pub(super) fn set(&mut self, evidence: Evidence, holds: bool) {
        if holds {
            self.add(evidence);
        }
    }

    pub(super) fn has(self, evidence: Evidence) -> bool {
        self.0 >> evidence as u8 & 1 == 1
    }

    pub(super) fn any(self, several: &[Evidence]) -> bool {
        several.iter().any(|&one| self.has(one))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Evidence> {
        Evidence::ALL.into_iter().filter(move |&one| self.has(one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_kind_once_in_order() {
        for (place, evidence) in Evidence::ALL.into_iter().enumerate() {
            assert_eq!(evidence as usize, place);
        }
        assert!(Evidence::ALL.len() <= 64, "the set is one 64-bit word");
    }
}
