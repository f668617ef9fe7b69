//! The structure of a news page: which block is what.
//!
//! A page that was copied or crawled holds more than its article: picture
//! captions, pull quotes, the author's name, headlines of other articles,
//! buttons, the imprint. A summary that quotes these is worthless. [`parse`]
//! cuts plain text into blocks and gives each a [`Role`], with the
//! [`Evidence`] for it.
//!
//! Nothing is changed or lost: the spans of the blocks cover all text that is
//! not white space, in order, and point into the text as it was given. A block
//! without evidence against it is [`Role::Body`].
//!
//! # Examples
//!
//! ```
//! use tomtat::page::{Role, PageOptions, parse};
//!
//! let page = "Cầu mới qua sông Đà thông xe sớm hai tháng\n\n\
//!     Sáng 12/5, cây cầu dài 1,2 km được đưa vào khai thác sau ba năm thi công.\n\n\
//!     Xe chạy thử trên cầu. Ảnh: Thu Hà\n\n\
//!     Theo chủ đầu tư, công trình rút ngắn quãng đường từ thị trấn ra quốc lộ còn 5 km.\n\n\
//!     Minh An\n\n\
//!     Tin liên quan\n\n\
//!     Khởi công tuyến tránh qua thị trấn";
//! let structure = parse(page, &PageOptions::default());
//! let roles: Vec<Role> = structure.blocks().iter().map(|block| block.role()).collect();
//! assert_eq!(
//!     roles,
//!     [
//!         Role::Title,
//!         Role::Sapo,
//!         Role::Caption,
//!         Role::Body,
//!         Role::Byline,
//!         Role::Related,
//!         Role::Related,
//!     ]
//! );
//! let caption = &structure.blocks()[2];
//! assert_eq!(&page[caption.span()], "Xe chạy thử trên cầu. Ảnh: Thu Hà");
//! assert_eq!(caption.evidence().next().map(|e| e.code()), Some("credit-tag"));
//! ```

mod author_note;
mod block_end;
mod byline;
mod context;
mod date;
mod evidence;
mod features;
mod glue;
#[cfg(feature = "html")]
pub mod html;
mod layout;
mod line;
mod link_list;
pub mod markdown;
mod marks;
mod markup;
mod nonprose;
mod photo_credit;
mod phrase;
mod pieces;
mod review;
mod role;
mod separator;
mod set_aside;
mod several;
mod signature;
mod similarity;
mod tags;
mod teaser;
mod title;
mod word_hash;
mod zones;

use std::ops::Range;

pub use evidence::Evidence;
pub(crate) use evidence::EvidenceSet;
use features::{BlockFeatures, Page};
pub(crate) use nonprose::is_name_list;
pub use role::Role;
use zones::Zone;

/// A block of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    start: usize,
    end: usize,
    role: Role,
    confidence: f32,
    evidence: EvidenceSet,
}

impl Block {
    /// Bytes of the given text, without white space around them.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What the block is.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// How sure the role is, from 0 to 1.
    ///
    /// It is `margin / (1 + margin)`, where the margin is the cost by which the best
    /// reading of the page in which the block stands elsewhere is dearer.
    #[must_use]
    pub const fn confidence(&self) -> f32 {
        self.confidence
    }

    /// The evidence as the document keeps it.
    pub(crate) const fn evidence_set(&self) -> EvidenceSet {
        self.evidence
    }

    /// What was seen on the block, in a fixed order.
    pub fn evidence(&self) -> impl Iterator<Item = Evidence> {
        self.evidence.iter()
    }
}

/// Something about a page that its reader should be told.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Warning {
    /// The page features like a list of headlines, not like an article.
    ListPage,
    /// No block of the page is text of an article.
    NoText,
    /// The given title does not stand in the page.
    TitleNotFound,
    /// The text has more lines than any page; all are taken for text.
    TooManyLines,
    /// The page is a row of pictures; the captions are taken for its text.
    PictureStory,
    /// The page says that what was asked for is not there, or went wrong.
    ErrorPage,
    /// The page asks who the reader is.
    LoginPage,
    /// The text holds more than one article; all but the first are left out.
    SeveralArticles,
}

/// What is known of a page before its blocks are read.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, Default)]
pub struct PageOptions<'a> {
    /// The title, if it is known from elsewhere. It need not stand in the text.
    pub title: Option<&'a str>,
    /// Takes every paragraph as text of the article: only line ends count.
    pub raw: bool,
}

impl<'a> PageOptions<'a> {
    /// Options with a known title.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::{Role, PageOptions, parse};
    ///
    /// let options = PageOptions::with_title("Chợ nổi");
    /// let structure = parse("Chợ nổi\nChợ họp từ năm giờ sáng.", &options);
    /// assert_eq!(structure.blocks()[0].role(), Role::Title);
    /// ```
    #[must_use]
    pub const fn with_title(title: &'a str) -> Self {
        Self { title: Some(title), raw: false }
    }
}

/// The blocks of a page and what they say together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageStructure {
    blocks: Vec<Block>,
    title: Option<usize>,
    warnings: Vec<Warning>,
}

impl PageStructure {
    /// The blocks in the order of the text.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block of the title, if the page has one.
    #[must_use]
    pub fn title(&self) -> Option<&Block> {
        self.title.map(|place| &self.blocks[place])
    }

    /// The blocks of the running text: lead and body.
    ///
    /// # Examples
    ///
    /// ```
    /// use tomtat::page::{PageOptions, parse};
    ///
    /// let page = "Chợ họp từ năm giờ sáng.\n\nGhe xuồng đậu kín một khúc sông.";
    /// let structure = parse(page, &PageOptions::default());
    /// assert_eq!(structure.text_blocks().count(), 2);
    /// ```
    pub fn text_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.role.is_text())
    }

    /// Whether the blocks can be those of this text: in order, and between its characters.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let mut last = 0;
        self.blocks.iter().all(|block| {
            let follows = last <= block.start && block.start <= block.end;
            last = block.end;
            follows && text.is_char_boundary(block.start) && text.is_char_boundary(block.end)
        })
    }

    /// Whether the page features like a list of headlines.
    #[must_use]
    pub fn is_list_page(&self) -> bool {
        self.warnings.contains(&Warning::ListPage)
    }

    /// What the page is, if it is none of an article: a list, an error, a form.
    pub(crate) fn other_purpose(&self) -> Option<Warning> {
        let others = [Warning::ErrorPage, Warning::LoginPage, Warning::ListPage];
        others.into_iter().find(|warning| self.warnings.contains(warning))
    }

    /// Leaves out all blocks where a page has hardly a line beside its title and no sentence: headings of
    /// boxes that were taken out, a note that the page is loading.
    #[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has markup"))]
    fn leave_out_remains(&mut self, text: &str) {
        /// Words of the shortest text, such as a verse, that is no remainder.
        const LEAST: usize = 20;
        let is_title = |block: &Block| block.evidence.has(Evidence::GivenTitle);
        let rest = self.blocks.iter().filter(|block| !is_title(block));
        let words: usize =
            rest.clone().map(|block| text[block.span()].split_whitespace().count()).sum();
        if words >= LEAST || rest.clone().any(|block| block.evidence.has(Evidence::Sentences)) {
            return;
        }
        // A title alone would be taken for the summary.
        self.blocks.iter_mut().for_each(|block| block.role = Role::Boilerplate);
        self.title = None;
        self.add_warning(Warning::NoText);
    }

    /// Leaves out the paragraphs that speak to the reader of the site: access, newsletters, followers.
    ///
    /// They stay where they are most of the text: a page may be about its newsletter.
    #[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has markup"))]
    fn leave_out_notices(&mut self, text: &str) {
        let is_notice =
            |block: &Block| block.role.is_text() && phrase::is_reader_notice(&text[block.span()]);
        let length = |block: &Block| block.end - block.start;
        let all: usize = self.text_blocks().map(length).sum();
        let own: usize = self.blocks.iter().filter(|block| is_notice(block)).map(length).sum();
        if own * 3 <= all {
            for block in self.blocks.iter_mut().filter(|block| is_notice(block)) {
                block.role = Role::Boilerplate;
                block.evidence.add(Evidence::PagePhrase);
            }
        }
    }

    /// Adds something that the page's markup says of it as a whole.
    #[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has markup"))]
    fn add_warning(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Takes back what the lines of the page seemed to say.
    #[cfg_attr(not(feature = "html"), allow(dead_code, reason = "only HTML has markup"))]
    fn remove_warning(&mut self, warning: Warning, holds: bool) {
        self.warnings.retain(|&own| !(holds && own == warning));
    }

    /// What the reader of the page should be told.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// A text with more paragraphs is a book or a table, not a page.
const MOST_PARAGRAPHS: usize = 1 << 16;

/// Cuts a page's plain text into blocks and gives each its role.
///
/// Lines end at any Unicode line end. A line without end mark before one in
/// lower case, and lines filled to one width, are joined; captions glued into
/// a paragraph become blocks of their own. The roles come from the cheapest
/// sequence of places in the page, found by dynamic programming over evidence
/// from each block and from its neighbours. Time and memory are linear in the
/// text.
///
/// # Examples
///
/// ```
/// use tomtat::page::{Role, PageOptions, parse};
///
/// let line = "Mưa lớn suốt đêm.Nước ngập đường Trần Phú. Ảnh: Thu Hà.Sáng nay, nước đã rút.";
/// let structure = parse(line, &PageOptions::default());
/// let parts: Vec<_> = structure.blocks().iter().map(|b| (b.role(), &line[b.span()])).collect();
/// assert_eq!(
///     parts,
///     [
///         (Role::Body, "Mưa lớn suốt đêm."),
///         (Role::Caption, "Nước ngập đường Trần Phú. Ảnh: Thu Hà."),
///         (Role::Body, "Sáng nay, nước đã rút."),
///     ]
/// );
/// ```
#[must_use]
pub fn parse(text: &str, options: &PageOptions<'_>) -> PageStructure {
    structure_of(text, options, &[])
}

/// Reads the structure of a text of which markup may say something.
fn structure_of(text: &str, options: &PageOptions<'_>, marks: &[markup::Mark]) -> PageStructure {
    let paragraphs = line::paragraphs(text);
    if options.raw || paragraphs.len() > MOST_PARAGRAPHS {
        let warnings = if options.raw { Vec::new() } else { vec![Warning::TooManyLines] };
        return PageStructure {
            blocks: paragraphs.iter().map(raw_block).collect(),
            title: None,
            warnings,
        };
    }
    let mut page = Page::new(text, &paragraphs, options.title);
    page.add_marks(text, marks);
    let mut taken = set_aside::take(&mut page.blocks);
    let recipients = set_aside::take_recipients(text, &mut page.blocks);
    taken.extend(recipients.into_iter().map(|own| (own, Role::Boilerplate)));
    let separators = separator::take(text, &mut page.blocks);
    taken.extend(separators.iter().map(|&own| (own, Role::Boilerplate)));
    let place = match options.title {
        Some(_) => title::find_given(&mut page),
        None => title::find(&mut page.blocks),
    };
    if let (Some(place), None) = (place, options.title) {
        page.set_title(place);
    }
    let body_from = place.map_or(0, |title| title + 1);
    context::add(&mut page, body_from);
    teaser::mark(text, &mut page, body_from);
    context::later_dates(text, &mut page.blocks);
    let second = several::second_headline(&page, body_from, &separators);
    let end = second.unwrap_or(page.blocks.len());
    let distances = context::distances(&mut page, body_from);
    let has_title = options.title.is_some() || place.is_some();
    let (labels, is_relabelled) =
        review::labels(&page.blocks[body_from..end], &distances[body_from..end], has_title);

    let mut blocks: Vec<Block> = Vec::with_capacity(page.blocks.len() + taken.len());
    for (at, own) in page.blocks[..body_from].iter().enumerate() {
        let role = if Some(at) == place { Role::Title } else { role::before_title(own) };
        blocks.push(block(own, role, 0.9));
    }
    push_labelled(&mut blocks, &page.blocks[body_from..end], &labels, has_title);
    for own in &page.blocks[end..] {
        let mut own = *own;
        own.evidence.add(Evidence::OutsideArticle);
        blocks.push(block(&own, Role::Related, 0.9));
    }
    // Verses, tables, lists: nothing in the text says what is an article.
    if !page.blocks.iter().any(BlockFeatures::is_prose) {
        for block in &mut blocks {
            if !matches!(block.role, Role::Caption | Role::Url) {
                block.role = Role::Body;
            }
        }
    }
    if is_relabelled {
        for block in &mut blocks {
            block.confidence = block.confidence.min(DOUBTFUL);
        }
    }
    let title = place.map(|place| {
        place + taken.iter().filter(|(one, _)| one.start < page.blocks[place].start).count()
    });
    blocks.extend(taken.iter().map(|(own, role)| block(own, *role, 0.9)));
    blocks.sort_by_key(|block| block.start);
    author_note::mark_below_heading(&mut blocks);
    let mut warnings = warnings(&blocks, &page.blocks, options, place);
    if page.is_picture_story {
        warnings.push(Warning::PictureStory);
    }
    if second.is_some() {
        warnings.push(Warning::SeveralArticles);
    }
    PageStructure { blocks, title, warnings }
}

/// No block is surer than this on a page whose first labelling was rejected.
const DOUBTFUL: f32 = 0.5;

/// Adds the blocks below the title with the roles that their zones give them.
fn push_labelled(
    blocks: &mut Vec<Block>,
    features: &[BlockFeatures],
    labels: &[zones::ZoneLabel],
    has_title: bool,
) {
    let mut ended = false;
    let mut in_comments = false;
    for (at, (own, label)) in features.iter().zip(labels).enumerate() {
        let mut own = *own;
        let mut role = role::in_zone(features, labels, at);
        if label.zone == Zone::RelatedList {
            in_comments |= own.has(Evidence::CommentPhrase);
            // A headline ends the comments: their sentences are the readers'.
            let headline = own.is_unterminated()
                && own.words >= 5
                && !own.evidence.any(&[Evidence::PagePhrase, Evidence::DateLine]);
            in_comments &= !own.has(Evidence::RelatedPhrase) && !headline;
            if in_comments && role == Role::Related {
                role = Role::Boilerplate;
            }
        }
        match label.zone {
            Zone::Sapo => own.evidence.set(Evidence::FollowsTitle, has_title),
            Zone::Footer => ended = true,
            Zone::RelatedList => {
                own.evidence.set(Evidence::AfterRelatedPhrase, !own.has(Evidence::RelatedPhrase));
            }
            Zone::PostArticle if ended => own.evidence.add(Evidence::AfterByline),
            Zone::PostArticle => own.evidence.add(Evidence::OutsideArticle),
            _ => {}
        }
        blocks.push(block(&own, role, label.margin / (1.0 + label.margin)));
    }
}

fn raw_block(paragraph: &line::Paragraph) -> Block {
    Block {
        start: paragraph.start,
        end: paragraph.end,
        role: Role::Body,
        confidence: 1.0,
        evidence: EvidenceSet::default(),
    }
}

fn block(own: &BlockFeatures, role: Role, confidence: f32) -> Block {
    Block { start: own.start, end: own.end, role, confidence, evidence: own.evidence }
}

fn warnings(
    blocks: &[Block],
    features: &[BlockFeatures],
    options: &PageOptions<'_>,
    title: Option<usize>,
) -> Vec<Warning> {
    let mut out = Vec::new();
    if blocks.is_empty() {
        return out;
    }
    // Headings and items of the article itself are no headlines.
    let is_headline = |own: &&BlockFeatures| {
        own.is_unterminated()
            && own.words >= 5
            && !own.evidence.any(&[Evidence::HeadingElement, Evidence::ListItem])
    };
    let short = features.iter().filter(is_headline).count();
    let prose: usize = features.iter().filter(|own| own.is_prose() && own.words >= 40).count();
    if short >= 8 && prose * 6 <= short {
        out.push(Warning::ListPage);
    }
    if !blocks.iter().any(|block| block.role.is_text()) {
        out.push(Warning::NoText);
    }
    if options.title.is_some() && title.is_none() {
        out.push(Warning::TitleNotFound);
    }
    out
}
