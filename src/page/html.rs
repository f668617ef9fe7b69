//! Articles from HTML pages.
//!
//! A port of Mozilla's Readability finds the element that holds the article and
//! the metadata of the page. Its text is then laid out as plain text, one block
//! after the other, and read like any other page: what the markup says of a
//! block (a caption in a `figure`, a heading in `h2`, a line that is all link)
//! is evidence beside the rest. All spans point into the text laid out.
//!
//! The bytes of a page are decoded before, by the encoding that its header
//! names: see [`crate::text::encoding::decode::decode_detected`].

mod author;
mod content;
mod furniture;
mod headline;
mod json_ld;
mod layout;
mod list_page;
mod marking;
mod metadata;
mod nesting;
mod prose;
mod purpose;
mod shown;
mod timestamp;
mod unlinked;
mod writer;

use dom_query::Document;

use super::layout::Layout;
use super::markup::Markup;
use super::word_hash;
use super::{PageOptions, PageStructure};
pub use metadata::Metadata;

/// An article from an HTML page: its text, the roles of its blocks, its metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct HtmlArticle {
    text: String,
    structure: PageStructure,
    metadata: Metadata,
}

impl HtmlArticle {
    /// The text that was extracted, one block after a blank line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks of [`HtmlArticle::text`] and their roles.
    #[must_use]
    pub fn structure(&self) -> &PageStructure {
        &self.structure
    }

    /// What the page says of itself.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Gives the text, the structure and the metadata away.
    #[must_use]
    pub fn into_parts(self) -> (String, PageStructure, Metadata) {
        (self.text, self.structure, self.metadata)
    }
}

/// Levels to which elements may be nested; deeper pages are no articles.
const DEEPEST: usize = 400;
/// Tags that may be open at once; pages with more are not parsed, only their
/// tags are taken out.
const DEEPEST_TAGS: usize = 4000;

/// Whether a text begins like an HTML page.
///
/// # Examples
///
/// ```
/// use tomtat::page::html::looks_like_html;
///
/// assert!(looks_like_html("\n<!DOCTYPE html>\n<html lang=\"vi\">"));
/// assert!(looks_like_html("<style>p { margin: 0 }</style>\n<html lang=\"vi\">"));
/// assert!(!looks_like_html("Giá < 5 triệu đồng > 3 triệu đồng."));
/// ```
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    const OPENINGS: [&str; 8] =
        ["<!doctype html", "<html", "<head", "<body", "<div", "<article", "<p>", "<?xml"];
    let start = text.trim_start_matches(super::line::is_blank);
    let mut start = start;
    while let Some(rest) = start.strip_prefix("<!--") {
        let Some(end) = rest.find("-->") else { return false };
        start = rest[end + 3..].trim_start();
    }
    let lower = |length: usize| -> String {
        start.chars().take(length).collect::<String>().to_ascii_lowercase()
    };
    let head = lower(16);
    OPENINGS.iter().any(|opening| head.starts_with(opening))
        // Some servers put a style sheet or a script before the page.
        || ["<style", "<script", "<link", "<meta", "<title"].iter().any(|one| head.starts_with(one))
            && ["<!doctype html", "<html", "<body", "<p>"].iter().any(|one| lower(4000).contains(one))
}

/// Reads the article of an HTML page.
///
/// A title in `options` goes before the page's own. A page in which no main
/// content is found is laid out whole.
///
/// # Examples
///
/// ```
/// use tomtat::page::html::read;
/// use tomtat::page::{Role, PageOptions};
///
/// let page = "<html><head><title>Chợ nổi họp sớm</title></head><body><article>
///     <h1>Chợ nổi họp sớm</h1>
///     <p>Từ năm giờ sáng, ghe xuồng đã đậu kín một khúc sông dài gần cây số.</p>
///     <figure><img src='a.jpg'><figcaption>Ghe bán bún trên sông</figcaption></figure>
///     <p>Đến tám giờ, khách vãn dần, người bán gom hàng về lại các cù lao.</p>
///     </article></body></html>";
/// let article = read(page, &PageOptions::default());
/// let roles: Vec<Role> = article.structure().blocks().iter().map(|block| block.role()).collect();
/// assert_eq!(roles, [Role::Title, Role::Sapo, Role::Caption, Role::Body]);
/// let caption = &article.structure().blocks()[2];
/// assert_eq!(&article.text()[caption.span()], "Ghe bán bún trên sông");
/// ```
#[must_use]
pub fn read(html: &str, options: &PageOptions<'_>) -> HtmlArticle {
    if nesting::depth(html) > DEEPEST_TAGS || nesting::is_hostile(html) {
        let text = nesting::without_tags(html);
        let structure = super::parse(&text, options);
        return HtmlArticle { text, structure, metadata: Metadata::default() };
    }
    let document = Document::from(html);
    // Pages nested beyond all reason would take long to search.
    let is_deep = layout::depth(&document, DEEPEST) >= DEEPEST;
    let mut metadata = metadata::of(&document);
    if !is_deep {
        marking::free_anchors(&document);
        metadata.read_headline(&document);
    }
    let purpose =
        if is_deep { purpose::Purpose::default() } else { purpose::Purpose::of(&document) };
    let page = if is_deep { None } else { Some(list_page::Links::of(&document)) };
    let lead =
        if is_deep { None } else { metadata::visible_lead(&document, metadata.description()) };
    let content = if is_deep { None } else { Some(content::find(&document, &mut metadata)) };
    let title = options.title.or(metadata.title()).map(str::to_owned);

    let mut layout = Layout::default();
    let (body, words) = match content {
        Some(content) => (content.layout, content.words),
        None => (layout::lay_out(&document), 0),
    };
    let body = metadata.linked_body(words).unwrap_or(body);
    let hashes = word_hash::words(body.text());
    if let Some(title) = &title
        && !shows_title(body.text(), title)
    {
        layout.push_block(title, None);
    }
    let mut leads: Vec<String> = lead.into_iter().collect();
    if let Some(title) = title.as_deref().filter(|_| !is_deep && leads.is_empty()) {
        leads = content::leads_outside(&document, title, &hashes);
    }
    for lead in &leads {
        if !content::holds(&hashes, &word_hash::words(lead)) {
            layout.push_block(lead, Some(Markup::Sapo));
        }
    }
    layout.append(&body);
    let (text, marks) = layout.into_parts();
    let options = PageOptions { title: title.as_deref(), ..*options };
    let mut structure = super::structure_of(&text, &options, &marks);
    unlinked::keep(&mut structure);
    structure.leave_out_notices(&text);
    structure.leave_out_remains(&text);
    metadata.complete(&text, &structure);
    if let Some(author) = metadata.author() {
        super::author_note::mark_named(&mut structure, &text, author);
    }
    let is_article = metadata.is_article() && !metadata.url().is_some_and(list_page::is_home);
    if let Some(links) = page {
        // The elements of the page tell more than the lines of its text.
        let is_none = is_article || links.is_dense() || links.are_few();
        structure.remove_warning(super::Warning::ListPage, is_none);
        if links.is_list(words, is_article) || !is_article && list_page::is_of_teasers(&document) {
            structure.add_warning(super::Warning::ListPage);
        }
    }
    if let Some(warning) = purpose.warning(words).filter(|_| !is_article) {
        structure.add_warning(warning);
    }
    HtmlArticle { text, structure, metadata }
}

/// Whether one of the first lines of a text is a title, with a few words beside it at most.
///
/// A paragraph that holds the words of a short title does not show it: `Cù lao Minh là một cù lao …`.
fn shows_title(text: &str, title: &str) -> bool {
    /// Lines that are looked at, and words beside the title.
    const REACH: (usize, usize) = (10, 6);
    let title = word_hash::words(title);
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(REACH.0);
    let shows = |line: &str| {
        let words = word_hash::words(line);
        words.len() <= title.len() + REACH.1
            && words.windows(title.len()).any(|part| part == title)
            && (words == title || !line.ends_with('.'))
    };
    !title.is_empty() && lines.any(shows)
}
