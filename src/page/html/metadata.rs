//! What a page says of itself: title, author, time.

use dom_query::Document;
use dom_smoothie::Article;

use super::{json_ld, timestamp};
use crate::page::layout::Layout;
use crate::page::line::is_blank;
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
    /// A date that stands in an element beside the headline.
    shown_date: Option<String>,
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
        let byline = article.byline.clone().filter(|name| !self.is_publisher(name));
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
        if self.published.is_none() {
            let dateline = of_role(Role::Dateline).find_map(|block| self.iso(&text[block.span()]));
            let shown = || self.shown_date.as_deref().and_then(|date| self.iso(date));
            let address = || self.url.as_deref().and_then(timestamp::of_address);
            self.published = dateline.or_else(shown).or_else(address);
        }
        if self.author.is_none() {
            let byline = of_role(Role::Byline)
                .map(|block| bare_name(&text[block.span()]))
                .find(|name| !name.is_empty() && !self.is_publisher(name));
            self.author = byline.map(str::to_owned);
        }
        if self.section.is_none() {
            self.section = of_role(Role::Section).next().map(|block| tidy(&text[block.span()]));
        }
        if self.language.as_deref() != Some("vi") && is_vietnamese(text) {
            self.language = Some("vi".to_owned());
        }
    }

    /// A date in ISO 8601; months come first only on pages in English.
    fn iso(&self, date: &str) -> Option<String> {
        let is_english = self.language.as_deref().is_some_and(|tag| tag.starts_with("en"));
        timestamp::iso(date, is_english)
    }

    /// Whether a name is that of the site.
    fn is_publisher(&self, name: &str) -> bool {
        let name = word_hash::words(name);
        self.site.as_deref().is_some_and(|site| word_hash::words(site) == name)
    }

    /// Chooses among the headlines of the page and that of its head.
    ///
    /// An `h1` that begins the head's title, as where the name of the site follows it, is the title;
    /// so is the only `h1` where the head has but the name of the site. Else the name is cut off.
    pub(super) fn choose_title(&mut self, document: &Document) {
        let shown = document
            .select("title")
            .nodes()
            .first()
            .map(|node| tidy(&node.text()))
            .filter(|title| !title.is_empty());
        let site = self.site.as_deref().map(word_hash::words).unwrap_or_default();
        let headings: Vec<String> = document
            .select("h1")
            .nodes()
            .iter()
            .take(20)
            .map(|node| tidy(&node.text()))
            .filter(|text| {
                let words = word_hash::words(text);
                (2..=60).contains(&words.len()) && words != site
            })
            .collect();
        let begins = |title: Option<&str>| {
            let words = word_hash::words(title?);
            headings.iter().find(|text| words.starts_with(&word_hash::words(text)))
        };
        let known = self.title.as_deref();
        let is_site =
            known.is_some_and(|title| !site.is_empty() && word_hash::words(title) == site);
        let chosen = begins(known).or_else(|| begins(shown.as_deref()));
        let only = (headings.len() == 1 && (is_site || known.is_none())).then(|| &headings[0]);
        self.title = chosen
            .or(only)
            .cloned()
            .or_else(|| known.or(shown.as_deref()).map(|title| without_site(title, &site)));
    }
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value.map(|value| tidy(&value)).filter(|value| !value.is_empty());
    }
}

/// The text with single spaces; no-break and zero-width spaces count as spaces.
fn tidy(value: &str) -> String {
    value.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A title without the name of the site behind it: ` | Site`, ` - Section - Site`.
fn without_site(title: &str, site: &[u32]) -> String {
    const MARKS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " • ", " · "];
    let mut title = without_site_before(title, site);
    while let Some((at, mark)) =
        MARKS.into_iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark))).max()
    {
        let (head, tail) = (&title[..at], &title[at + mark.len()..]);
        let words = word_hash::words(tail);
        let is_name =
            !site.is_empty() && words == site || tail.contains(".vn") || tail.contains(".com");
        let is_suffix = is_name || words.len() <= 4 && !matches!(mark, " - " | " – " | " — ");
        if !is_suffix || word_hash::words(head).len() < 3 {
            break;
        }
        title = head;
    }
    title.trim().to_owned()
}

/// A title without the name of the site before it: `:: Site :: Title`, `Site | Title`.
///
/// The dashes are no such marks: titles have them, too.
fn without_site_before<'t>(title: &'t str, site: &[u32]) -> &'t str {
    const MARKS: [&str; 4] = [" | ", " :: ", " • ", " · "];
    let title = title.trim_start_matches([':', '|', '•', '·', ' ']);
    let first = MARKS.into_iter().filter_map(|mark| title.split_once(mark));
    let Some((head, tail)) = first.min_by_key(|(head, _)| head.len()) else { return title };
    let (head, words) = (word_hash::words(head), word_hash::words(tail).len());
    let is_name = !site.is_empty() && head == site;
    if is_name && words >= 3 || head.len() * 2 <= words { tail } else { title }
}

/// A byline without its label and date: `Tác giả: Thu Hà`, `Thu Hà - 12/5/2025`.
fn bare_name(byline: &str) -> &str {
    let first = byline.lines().next().unwrap_or("");
    let first = match first.split_once(':') {
        Some((label, name)) if label.split_whitespace().count() <= 4 => name,
        _ => first,
    };
    let end = first.find(|c: char| c.is_ascii_digit() || c == '|').unwrap_or(first.len());
    let name = first[..end]
        .trim_matches(|c: char| is_blank(c) || matches!(c, '-' | '–' | ',' | '|' | '(' | '*'));
    ["by ", "By ", "Written by ", "written by "]
        .into_iter()
        .fold(name, |name, label| name.strip_prefix(label).unwrap_or(name))
}

/// Whether the greater part of a text's first words are Vietnamese: one in five has a letter that only
/// Vietnamese has.
fn is_vietnamese(text: &str) -> bool {
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
    let author = linked.author.filter(|name| !out.is_publisher(name));
    fill(&mut out.author, author);
    let named = first(&["author", "article:author", "dable:author"]);
    let named = named.filter(|name| !name.contains("://") && !out.is_publisher(name));
    fill(&mut out.author, named);
    let dated = first(&[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "date",
    ]);
    for date in [linked.published, dated].into_iter().flatten() {
        let date = out.iso(&date);
        fill(&mut out.published, date);
    }
    let marked = marked_date(document).and_then(|date| out.iso(&date));
    fill(&mut out.published, marked);
    fill(&mut out.modified, linked.modified);
    fill(
        &mut out.modified,
        first(&["article:modified_time", "og:updated_time", "datemodified", "lastmod"]),
    );
    fill(&mut out.url, first(&["og:url"]));
    let canonical =
        document.select("link[rel='canonical']").nodes().first().and_then(|node| node.attr("href"));
    fill(&mut out.url, canonical.map(|value| value.to_string()));
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
    out.shown_date = shown_date(document);
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
                .filter(|value| timestamp::is_iso(value) && value.len() >= 16),
        )
        .find(|value| timestamp::iso(value, false).is_some())
}

/// A date in an element whose class says so, the first below the headline or, without one, of all.
fn shown_date(document: &Document) -> Option<String> {
    /// Text of such an element, in bytes, and elements that are looked at.
    const LIMITS: (usize, usize) = (120, 4000);
    let mut found = None;
    let mut below_title = false;
    let mut stack = vec![document.root()];
    let mut seen = 0;
    while let Some(node) = stack.pop() {
        seen += 1;
        if seen > LIMITS.1 {
            break;
        }
        if !node.is_element() {
            stack.extend(node.children_it(true));
            continue;
        }
        if super::layout::is_skipped(&node) {
            continue;
        }
        below_title |= node.node_name().as_deref() == Some("h1");
        let class = node.class().map(|class| class.to_ascii_lowercase()).unwrap_or_default();
        let named =
            ["date", "time", "publish", "ngay"].into_iter().any(|part| class.contains(part));
        if named {
            let text = node.text();
            if text.len() <= LIMITS.0 && timestamp::iso(&text, false).is_some() {
                if below_title {
                    return Some(text.to_string());
                }
                found.get_or_insert_with(|| text.to_string());
                continue;
            }
        }
        stack.extend(node.children_it(true));
    }
    found
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
