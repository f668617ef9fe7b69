//! What a page says of itself: title, author, time.

use dom_query::Document;
use dom_smoothie::Article;
use unicode_normalization::UnicodeNormalization;

use super::{author, headline, json_ld, shown, timestamp};
use crate::page::layout::Layout;
use crate::page::line::tidy;
use crate::page::{PageStructure, Role, word_hash};

/// Metadata of a page: JSON-LD, Open Graph, `meta`, `time`, and what its blocks say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    title: Option<String>,
    author: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    site: Option<String>,
    url: Option<String>,
    language: Option<String>,
    description: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    /// The text of the article, where JSON-LD has it.
    body: Option<String>,
    /// Whether the page calls itself an article.
    is_article: bool,
    /// The author that the head names, who may be the one who uploaded the text.
    named_author: Option<String>,
    /// The name of the site, where the line below the headline gives it as the author.
    signed_by_site: Option<String>,
}

impl Metadata {
    /// The headline, without the name of the site.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The authors, as the page writes them; never the publisher.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// The time of publication in ISO 8601, as far as the page gives it.
    #[must_use]
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// The time of the last change, as the page writes it.
    #[must_use]
    pub fn modified(&self) -> Option<&str> {
        self.modified.as_deref()
    }

    /// The name of the site.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The page's own address.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The language of the text: `vi` if it is Vietnamese, else what the page says.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The description, in news most often the lead.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The section of the site that the article stands in.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// The keywords of the article.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Whether the page calls itself an article.
    pub(super) const fn is_article(&self) -> bool {
        self.is_article
    }

    /// Fills what is missing from what the extractor has found.
    pub(super) fn fill(&mut self, article: &Article) {
        fill(&mut self.title, Some(article.title.clone()));
        let byline = article.byline.as_deref().and_then(author::clean);
        let byline =
            byline.filter(|name| !self.is_publisher(name) && !self.is_named_like_address(name));
        fill(&mut self.author, byline);
        let published = article.published_time.as_deref();
        let published = published.and_then(|time| self.iso(time));
        fill(&mut self.published, published);
        fill(&mut self.modified, article.modified_time.clone());
        fill(&mut self.site, article.site_name.clone());
        fill(&mut self.url, article.url.clone());
        fill(&mut self.language, article.lang.clone());
    }

    /// The text of JSON-LD laid out, where the page shows less than a third of it.
    pub(super) fn linked_body(&self, words: usize) -> Option<Layout> {
        let body = self.body.as_deref()?;
        let own = body.split_whitespace().count();
        if own < 40 || words * 3 >= own {
            return None;
        }
        let mut layout = Layout::default();
        for line in body.lines() {
            layout.push_block(line, None);
        }
        Some(layout)
    }

    /// Fills what is missing from the roles of the blocks, and from the address.
    pub(super) fn complete(&mut self, text: &str, structure: &PageStructure) {
        let of_role =
            |role: Role| structure.blocks().iter().filter(move |block| block.role() == role);
        let dateline = of_role(Role::Dateline).find_map(|block| self.iso(&text[block.span()]));
        // A dateline may say more of the same day: the hour.
        let goes_on = |day: &str| dateline.as_deref().is_some_and(|line| line.starts_with(day));
        if self.published.as_deref().is_none_or(|day| day.len() < 20 && goes_on(day)) {
            let address = || self.url.as_deref().and_then(timestamp::of_address);
            let opening = || {
                let first = structure.text_blocks().next()?;
                self.iso(opening_dateline(&text[first.span()])?)
            };
            self.published = dateline.or_else(opening).or_else(address);
        }
        if self.author.is_none() {
            let byline = of_role(Role::Byline)
                .filter_map(|block| author::clean(&text[block.span()]))
                .find(|name| !self.is_publisher(name));
            self.author = byline.or_else(|| self.signed_by_site.take());
        }
        if self.section.is_none() {
            self.section = of_role(Role::Section).next().map(|block| tidy(&text[block.span()]));
        }
        if self.language.as_deref() != Some("vi") && is_vietnamese(text) {
            self.language = Some("vi".to_owned());
        }
    }

    /// Chooses the title, and fills what is missing from what the page shows around it.
    pub(super) fn read_headline(&mut self, document: &Document) {
        self.title = headline::choose(document, self.title(), self.site());
        let shown = shown::of(document, self.title(), self.is_english());
        self.correct_date(&shown);
        if self.author.is_some() && self.published.is_some() {
            return;
        }
        // A company may sign its own blog, but a person that the page names goes before.
        let named = self.named_author.take();
        match shown.author {
            Some(name) if self.is_publisher(&name) || self.is_named_like_address(&name) => {
                self.signed_by_site = Some(name);
            }
            author if shown.is_labelled => fill(&mut self.author, author),
            author => fill(&mut self.author, named.clone().or(author)),
        }
        fill(&mut self.author, named);
        if self.published.is_none() {
            let date = marked_date(document).or(shown.date);
            self.published = date.and_then(|date| self.iso(&date));
        }
    }

    /// Takes the date below the headline where it is earlier than that of the head, which is then of
    /// the last time that the page was written out.
    fn correct_date(&mut self, shown: &shown::Shown) {
        let date = shown.date.as_deref().filter(|_| shown.is_dated);
        let date = date.and_then(|date| self.iso(date));
        let is_earlier = |date: &String| {
            self.published.as_ref().is_some_and(|own| timestamp::is_earlier(date, own))
        };
        if let Some(date) = date.filter(is_earlier) {
            self.published = Some(date);
        }
    }

    /// A date in ISO 8601; months come first only on pages in English.
    fn iso(&self, date: &str) -> Option<String> {
        timestamp::iso(date, self.is_english())
    }

    fn is_english(&self) -> bool {
        self.language.as_deref().is_some_and(|tag| tag.starts_with("en"))
    }

    /// Whether a name is that of the address: `VnExpress` on `vnexpress.net`.
    ///
    /// It may be a person's own site, so such a name is not refused, but others go before it.
    fn is_named_like_address(&self, name: &str) -> bool {
        let host = self.url.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or_default();
        let letters: String = name
            .nfd()
            .flat_map(char::to_lowercase)
            .map(|c| if c == 'đ' { 'd' } else { c })
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let name = letters.strip_prefix("bao").unwrap_or(&letters);
        !name.is_empty() && host.split('.').any(|label| label == letters || label == name)
    }

    /// Whether a name is that of the site.
    fn is_publisher(&self, name: &str) -> bool {
        let name = word_hash::words(name);
        self.site.as_deref().is_some_and(|site| word_hash::words(site) == name)
    }
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value.map(|value| tidy(&value)).filter(|value| !value.is_empty());
    }
}

/// Place and date before the dash of a first paragraph: `Cần Thơ, ngày 3 tháng 5 năm 2024 – Công ty …`.
fn opening_dateline(paragraph: &str) -> Option<&str> {
    /// Words of place and date, at most.
    const LONGEST: usize = 12;
    let marks = [" – ", " — ", " - "];
    let end = marks.into_iter().filter_map(|mark| paragraph.find(mark)).min()?;
    let line = &paragraph[..end];
    (line.split_whitespace().count() <= LONGEST && line.contains(',')).then_some(line)
}

/// Whether the greater part of a text's first words are Vietnamese: one in five has a letter that only
/// Vietnamese has.
pub(super) fn is_vietnamese(text: &str) -> bool {
    let is_own = |c: char| {
        matches!(c, 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ă' | 'Ă' | '\u{1EA0}'..='\u{1EF9}')
    };
    let (mut words, mut own) = (0, 0);
    for word in text.split_whitespace().take(400) {
        words += 1;
        own += u32::from(word.chars().any(is_own));
    }
    words >= 20 && own * 5 >= words
}

/// Names under which heads give the author.
const AUTHOR_NAMES: [&str; 12] = [
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "dable:author",
    "sailthru.author",
    "parsely-author",
    "cxenseparse:author",
    "dc.creator",
    "dcterms.creator",
    "creator",
    "byl",
];

/// Names under which heads give the date of publication.
const DATE_NAMES: [&str; 20] = [
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "pubdate",
    "pub_date",
    "publishdate",
    "publish-date",
    "published-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "citation_online_date",
    "citation_publication_date",
    "citation_date",
    "date",
];

/// A name with the family name behind the given name: `Lee, Ann` as `Ann Lee`.
fn given_first(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') => tidy(&format!("{given} {family}")),
        _ => tidy(name),
    }
}

/// The author that a card of Twitter names beside a label: `Written by`.
fn labelled_author(meta: &[(String, String)]) -> Option<String> {
    let value = |name: &str| meta.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let label = value("twitter:label1")?;
    author::without_label(&format!("{label}:")).0?;
    value("twitter:data1").cloned()
}

/// The metadata of a document.
pub(super) fn of(document: &Document) -> Metadata {
    let mut out = Metadata::default();
    let mut meta: Vec<(String, String)> = Vec::new();
    for node in document.select("meta[content]").nodes() {
        let name =
            node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            meta.push((name.to_ascii_lowercase(), content.to_string()));
        }
    }
    let first = |names: &[&str]| {
        names.iter().find_map(|name| {
            meta.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        })
    };
    let linked = json_ld::of(document);
    let language = document.select("html[lang]").nodes().first().and_then(|node| node.attr("lang"));
    fill(
        &mut out.language,
        language.map(|value| if &*value == "vn" { "vi".into() } else { value.to_string() }),
    );
    fill(&mut out.site, first(&["og:site_name"]));
    fill(&mut out.site, linked.publisher);
    fill(&mut out.title, linked.title);
    fill(&mut out.title, first(&["og:title", "twitter:title"]));
    fill(&mut out.url, first(&["og:url"]));
    let canonical =
        document.select("link[rel='canonical']").nodes().first().and_then(|node| node.attr("href"));
    fill(&mut out.url, canonical.map(|value| value.to_string()));
    match linked.author {
        Some(name) if out.is_named_like_address(&name) => out.signed_by_site = Some(name),
        author => {
            let author = author.filter(|name| !out.is_publisher(name));
            fill(&mut out.author, author);
        }
    }
    let cited: Vec<String> = meta
        .iter()
        .filter(|(key, _)| key == "citation_author")
        .map(|(_, value)| given_first(value))
        .collect();
    let cited = (!cited.is_empty()).then(|| cited.join(", "));
    let is_person = |name: &String| {
        !name.contains("://")
            && !name.contains('@')
            && !out.is_publisher(name)
            && !out.is_named_like_address(name)
    };
    let named = AUTHOR_NAMES.iter().filter_map(|name| first(&[name])).find(is_person);
    let named = cited.or(named).or_else(|| labelled_author(&meta).filter(is_person));
    out.named_author = named;
    let dates = DATE_NAMES.iter().filter_map(|name| first(&[name]));
    for date in linked.published.into_iter().chain(dates) {
        let date = out.iso(&date);
        fill(&mut out.published, date);
    }
    fill(&mut out.modified, linked.modified);
    fill(
        &mut out.modified,
        first(&["article:modified_time", "og:updated_time", "datemodified", "lastmod"]),
    );
    fill(&mut out.description, first(&["og:description", "description", "twitter:description"]));
    fill(&mut out.section, first(&["article:section"]));
    fill(&mut out.section, linked.section);
    let listed = first(&["news_keywords", "keywords"]).or(linked.keywords).unwrap_or_default();
    let tagged =
        meta.iter().filter(|(key, _)| key == "article:tag").map(|(_, value)| value.as_str());
    let mut tags: Vec<String> = tagged.map(tidy).filter(|tag| !tag.is_empty()).collect();
    if tags.is_empty() {
        tags = listed.split(',').map(tidy).filter(|tag| !tag.is_empty()).take(50).collect();
    }
    out.tags = tags;
    out.body = linked.body;
    out.is_article = linked.is_article || first(&["og:type"]).is_some_and(|kind| kind == "article");
    out
}

/// A date in an attribute: of `time`, or of an element with a title in ISO 8601.
fn marked_date(document: &Document) -> Option<String> {
    let nodes = document
        .select("[itemprop='datePublished'], time[datetime], [title], [data-date], [data-time]");
    let value = |names: &[&str], node: &dom_query::NodeRef<'_>| {
        names.iter().find_map(|name| node.attr(name)).map(|value| value.to_string())
    };
    let nodes = nodes.nodes();
    let published = nodes.iter().filter(|node| node.has_attr("itemprop"));
    let times = nodes.iter().filter(|node| node.node_name().as_deref() == Some("time"));
    published
        .filter_map(|node| value(&["content", "datetime"], node))
        .chain(times.filter_map(|node| value(&["datetime"], node)))
        .chain(
            nodes
                .iter()
                .filter_map(|node| value(&["title", "data-date", "data-time"], node))
                .filter(|value| timestamp::is_moment(value)),
        )
        .find(|value| timestamp::iso(value, false).is_some())
}

/// The lead as it stands on the page.
///
/// Extractors often lose it: on many sites it stands between the headline and
/// the element of the text. The shortest element that holds the description of
/// the metadata has it, with its agency's tag.
pub(super) fn visible_lead(document: &Document, description: Option<&str>) -> Option<String> {
    let description = tidy(description?);
    let mut wanted = word_hash::words(description.trim_end_matches(['.', '…', ' ']));
    if wanted.len() < 6 {
        return None;
    }
    // Descriptions are often cut off.
    let full = wanted.len();
    wanted.truncate(20);
    let mut best: Option<String> = None;
    for node in document.select("h2, p, div, strong, b, span, td").nodes() {
        let text = tidy(&node.text());
        if text.len() > 3 * description.len() + 200 {
            continue;
        }
        let words = word_hash::words(&text);
        let shorter = best.as_ref().is_none_or(|best| text.len() < best.len());
        let extra = words.len().saturating_sub(full) <= 40;
        if shorter && extra && words.windows(wanted.len()).any(|window| window == wanted) {
            best = Some(text);
        }
    }
    best
}
