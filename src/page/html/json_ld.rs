//! What a page says of its article in JSON-LD.

use dom_query::Document;
use serde_json::{Map, Value};

use super::timestamp;

/// The article of a page, as its JSON-LD describes it.
#[derive(Default)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    /// Persons only; a paper may be named as its own author.
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) section: Option<String>,
    pub(super) keywords: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_article: bool,
}

/// Reads the JSON-LD object that describes the article, and what others say of it.
///
/// An object that calls itself an article goes before one with a headline, and that before one with a
/// date. A page that describes itself beside its article may know the date and the author.
pub(super) fn of(document: &Document) -> Linked {
    let texts: Vec<String> = document
        .select("script[type='application/ld+json']")
        .nodes()
        .iter()
        .map(|node| node.text().to_string())
        .collect();
    let values: Vec<Value> = texts.iter().filter_map(|text| parse(text)).collect();
    let mut found: Vec<&Map<String, Value>> = Vec::new();
    let mut people: Vec<&Map<String, Value>> = Vec::new();
    let mut queue: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = queue.pop() {
        match value {
            Value::Array(items) => queue.extend(items.iter().rev()),
            Value::Object(fields) => {
                if is_kind(fields, "Person") {
                    people.push(fields);
                }
                if fields.contains_key("headline") || fields.contains_key("datePublished") {
                    found.push(fields);
                    continue;
                }
                // A blog that lists one post is the page of that post.
                let only = |value: &&Value| value.as_array().is_none_or(|posts| posts.len() == 1);
                queue.extend(fields.get("blogPost").filter(only));
                queue.extend(fields.get("mainEntity"));
                queue.extend(fields.get("@graph"));
            }
            _ => {}
        }
    }
    let rank = |fields: &Map<String, Value>| {
        if is_article(fields) { 0 } else { 2 - u8::from(fields.contains_key("headline")) }
    };
    let Some(&best) = found.iter().min_by_key(|fields| rank(fields)) else {
        return Linked::default();
    };
    let mut out = linked(best, &people);
    let pages = found.iter().filter(|fields| is_kind(fields, "WebPage"));
    for page in pages.map(|fields| linked(fields, &people)) {
        // A day, and the moment at which the page was published.
        let is_sharper = |time: &String| {
            out.published.as_ref().is_none_or(|day| timestamp::is_sharper(time, day))
        };
        out.published = page.published.filter(is_sharper).or(out.published);
        out.author = out.author.or(page.author);
    }
    out
}

/// Reads a script; line ends in its strings and a wrapping comment are forgiven.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let text = text.split_once("<![CDATA[").map_or(text, |(_, rest)| rest);
    let text = text.rsplit_once("]]>").map_or(text, |(inner, _)| inner);
    let inner = text.get(text.find(['{', '['])?..=text.rfind(['}', ']'])?)?;
    let inner: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&inner).ok()
}

/// A string of JSON-LD; some sites write HTML entities into it.
fn plain(text: &str) -> String {
    if text.contains('&') && text.contains(';') {
        Document::fragment(text).text().to_string()
    } else {
        text.to_owned()
    }
}

fn is_article(fields: &Map<String, Value>) -> bool {
    ["Article", "Posting", "Report"].iter().any(|kind| is_kind(fields, kind))
}

fn linked(fields: &Map<String, Value>, people: &[&Map<String, Value>]) -> Linked {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let publisher = fields.get("publisher").and_then(names).map(|name| plain(&name));
    let author = fields
        .get("author")
        .or_else(|| fields.get("creator"))
        .and_then(|value| persons(value, people))
        .map(|name| plain(&name))
        .filter(|name| Some(name) != publisher.as_ref());
    Linked {
        title: text("headline").map(|title| plain(&title)),
        author,
        publisher,
        published: text("datePublished"),
        modified: text("dateModified"),
        section: fields.get("articleSection").and_then(first_text),
        keywords: fields.get("keywords").and_then(list),
        body: text("articleBody"),
        is_article: is_kind(fields, "Article") || is_kind(fields, "BlogPosting"),
    }
}

/// Whether the type of an object ends like a kind: `NewsArticle`.
fn is_kind(fields: &Map<String, Value>, kind: &str) -> bool {
    match fields.get("@type") {
        Some(Value::String(name)) => name.ends_with(kind),
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).any(|name| name.ends_with(kind))
        }
        _ => false,
    }
}

/// The names of one or several persons; organizations are none.
///
/// A person may be named by the identifier of an object elsewhere on the page.
fn persons(value: &Value, people: &[&Map<String, Value>]) -> Option<String> {
    match value {
        Value::Object(fields) if is_kind(fields, "Organization") => None,
        Value::Object(fields) if !fields.contains_key("name") => {
            let id = fields.get("@id")?;
            let person = people.iter().find(|person| person.get("@id") == Some(id))?;
            person.get("name").and_then(first_text)
        }
        Value::Array(all) => {
            let all: Vec<String> = all
                .iter()
                .filter(|one| !one.is_array())
                .filter_map(|one| persons(one, people))
                .collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        other => names(other),
    }
}

fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => fields.get("name").and_then(first_text),
        _ => None,
    }
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.iter().find_map(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn list(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Linked {
        let tag = "<script type='application/ld+json'>";
        of(&Document::from(format!("<html><head>{tag}{script}</script></head></html>")))
    }

    #[test]
    fn graphs_blogs_and_broken_strings() {
        let graph = r##"{"@graph":[
            {"@type":"WebPage","datePublished":"2025-05-12"},
            {"@type":"NewsArticle","headline":"Cầu &amp; đò","author":{"@id":"#ha"}},
            {"@type":"Person","@id":"#ha","name":"Thu Hà"}]}"##;
        let found = read(graph);
        assert_eq!(found.title.as_deref(), Some("Cầu & đò"));
        assert_eq!(found.author.as_deref(), Some("Thu Hà"));
        assert_eq!(found.published.as_deref(), Some("2025-05-12"));
        let post = r#"{"@type":"BlogPosting","headline":"Cầu mới","datePublished":"2025-05-12"}"#;
        let blog = format!(r#"{{"@type":"Blog","blogPost":[{post}]}}"#);
        assert_eq!(read(&blog).published.as_deref(), Some("2025-05-12"));
        let several = format!(r#"{{"@type":"Blog","blogPost":[{post},{post}]}}"#);
        assert_eq!(read(&several).published, None);
        let broken = "//<![CDATA[\n{\"headline\":\"Cầu\nmới\"}\n//]]>";
        assert_eq!(read(broken).title.as_deref(), Some("Cầu mới"));
    }
}
