//! What a page says of itself: title, author, time.

use dom_query::Document;
use dom_smoothie::Article;
use serde_json::Value;

use crate::page::word_hash;

/// Metadata of a page, from Open Graph, JSON-LD, `meta` and `time`.
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
}

impl Metadata {
    /// The headline.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The authors, as the page writes them.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// The time of publication, as the page writes it (most often ISO 8601).
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

    /// The language tag of the page.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The description, in news most often the lead.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Fills what is missing from what the extractor has found.
    pub(super) fn fill(&mut self, article: &Article) {
        fill(&mut self.title, Some(article.title.clone()));
        fill(&mut self.author, article.byline.clone());
        fill(&mut self.published, article.published_time.clone());
        fill(&mut self.modified, article.modified_time.clone());
        fill(&mut self.site, article.site_name.clone());
        fill(&mut self.url, article.url.clone());
        fill(&mut self.language, article.lang.clone());
    }
}

fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value.map(|value| tidy(&value)).filter(|value| !value.is_empty());
    }
}

fn tidy(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
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
    let linked = json_ld(document);
    fill(&mut out.title, linked.title);
    fill(&mut out.title, first(&["og:title", "twitter:title"]));
    fill(&mut out.author, linked.author);
    fill(
        &mut out.author,
        first(&["author", "article:author", "dable:author"]).filter(|name| !name.contains("://")),
    );
    fill(&mut out.published, linked.published);
    fill(
        &mut out.published,
        first(&[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "pubdate",
            "publishdate",
            "date",
        ]),
    );
    let time =
        document.select("time[datetime]").nodes().first().and_then(|node| node.attr("datetime"));
    fill(&mut out.published, time.map(|value| value.to_string()));
    fill(&mut out.modified, linked.modified);
    fill(
        &mut out.modified,
        first(&["article:modified_time", "og:updated_time", "datemodified", "lastmod"]),
    );
    fill(&mut out.site, first(&["og:site_name"]));
    fill(&mut out.url, first(&["og:url"]));
    let language = document.select("html[lang]").nodes().first().and_then(|node| node.attr("lang"));
    fill(&mut out.language, language.map(|value| value.to_string()));
    fill(&mut out.description, first(&["og:description", "description", "twitter:description"]));
    out
}

#[derive(Default)]
struct Linked {
    title: Option<String>,
    author: Option<String>,
    published: Option<String>,
    modified: Option<String>,
}

/// The first JSON-LD object with a headline or a date.
fn json_ld(document: &Document) -> Linked {
    for node in document.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(node.text().trim()) else { continue };
        let mut queue = vec![&value];
        while let Some(value) = queue.pop() {
            match value {
                Value::Array(items) => queue.extend(items.iter().rev()),
                Value::Object(fields) => {
                    let text =
                        |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
                    if fields.contains_key("headline") || fields.contains_key("datePublished") {
                        return Linked {
                            title: text("headline"),
                            author: fields.get("author").and_then(names),
                            published: text("datePublished"),
                            modified: text("dateModified"),
                        };
                    }
                    queue.extend(fields.get("@graph"));
                    queue.extend(fields.get("mainEntity"));
                }
                _ => {}
            }
        }
    }
    Linked::default()
}

/// The names of one or several persons.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(str::to_owned),
        Value::Array(people) => {
            let people: Vec<String> =
                people.iter().filter(|one| !one.is_array()).filter_map(names).collect();
            (!people.is_empty()).then(|| people.join(", "))
        }
        _ => None,
    }
}

/// The lead as it stands on the page.
///
/// Extractors often lose it: on many sites it stands between the headline and
/// the element of the text. The shortest element that holds the description of
/// the metadata has it, with its agency's tag.
pub(super) fn visible_lead(document: &Document, description: Option<&str>) -> Option<String> {
    let description = description?.trim();
    let mut wanted = word_hash::words(description.trim_end_matches(['.', '…', ' ']));
    if wanted.len() < 6 {
        return None;
    }
    // Descriptions are often cut off.
    let full = wanted.len();
    wanted.truncate(20);
    let mut best: Option<String> = None;
    for node in document.select("h2, p, div, strong, b, span, td").nodes() {
        let text = node.text();
        if text.len() > 3 * description.len() + 200 {
            continue;
        }
        let words = word_hash::words(&text);
        let shorter = best.as_ref().is_none_or(|best| text.len() < best.len());
        let extra = words.len().saturating_sub(full) <= 40;
        if shorter && extra && words.windows(wanted.len()).any(|window| window == wanted) {
            best = Some(tidy(&text));
        }
    }
    best
}
