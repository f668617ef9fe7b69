//! What a page says of its article in JSON-LD.

use dom_query::Document;
use serde_json::{Map, Value};

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

/// Reads the first JSON-LD object with a headline or a date.
pub(super) fn of(document: &Document) -> Linked {
    for node in document.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(node.text().trim()) else { continue };
        let mut queue = vec![&value];
        while let Some(value) = queue.pop() {
            match value {
                Value::Array(items) => queue.extend(items.iter().rev()),
                Value::Object(fields) => {
                    if fields.contains_key("headline") || fields.contains_key("datePublished") {
                        return linked(fields);
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

fn linked(fields: &Map<String, Value>) -> Linked {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let publisher = fields.get("publisher").and_then(names);
    let author =
        fields.get("author").and_then(persons).filter(|name| Some(name) != publisher.as_ref());
    Linked {
        title: text("headline"),
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
fn persons(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) if is_kind(fields, "Organization") => None,
        Value::Array(people) => {
            let people: Vec<String> =
                people.iter().filter(|one| !one.is_array()).filter_map(persons).collect();
            (!people.is_empty()).then(|| people.join(", "))
        }
        other => names(other),
    }
}

fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).map(str::to_owned),
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
