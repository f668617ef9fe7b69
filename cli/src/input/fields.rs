//! Articles in records: JSON objects and rows of tables, their parts found by the names of fields.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Article, Problem};

/// A record: names of fields and what stands in them.
pub(crate) type Record = Map<String, Value>;

/// Names of the fields that hold the parts of an article.
///
/// A name may be a path: `data.text` is the field `text` of the object `data`, `pages.0` the first
/// item of a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    id: Option<String>,
    title: Option<String>,
    body: Option<String>,
}

/// Names that are tried for the body if none is given.
pub(super) const BODIES: [&str; 5] = ["body", "text", "content", "article", "summary"];

impl Fields {
    /// Parses `id=…`, `title=…`, `body=…`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut fields = Self::default();
        for argument in arguments.iter().flat_map(|a| a.split_whitespace()) {
            let slot = match argument.split_once('=') {
                Some(("id", _)) => &mut fields.id,
                Some(("title", _)) => &mut fields.title,
                Some(("body", _)) => &mut fields.body,
                _ => {
                    return Err(format!(
                        "--field takes id=NAME, title=NAME or body=NAME, found `{argument}`"
                    ));
                }
            };
            *slot = argument.split_once('=').map(|(_, name)| name.to_owned());
        }
        Ok(fields)
    }

    /// Returns the id of a record as it was written, if it has one.
    pub(crate) fn id_of(&self, record: &Record) -> Option<String> {
        match field(record, self.id.as_deref().unwrap_or("id"))? {
            Value::Null => None,
            Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
            // Numbers as they were written; the keys of MongoDB are objects.
            id => Some(id.to_string()),
        }
    }
}

/// Returns a field by its name, or by a path of names and numbers with dots between.
pub(crate) fn field<'r>(record: &'r Record, name: &str) -> Option<&'r Value> {
    if let Some(value) = record.get(name) {
        return Some(value);
    }
    let mut parts = name.split('.');
    let mut value = record.get(parts.next()?)?;
    for part in parts {
        value = match value {
            Value::Object(object) => object.get(part)?,
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Reads one JSON text as an object.
pub(crate) fn object_of(text: &str, place: &str) -> Result<Record, Problem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Problem::new(place, format!("not valid JSON: {error}")))?;
    let found = match value {
        Value::Object(object) => return Ok(object),
        Value::Array(_) => "a list is no record",
        Value::String(_) => "a text is no record",
        _ => "this value is no record",
    };
    Err(Problem::new(place, found).hint(NO_RECORD))
}

/// What a record must be.
const NO_RECORD: &str = "a record is a JSON object with fields, such as {\"id\": …, \"body\": …}";

/// Tells whether a JSON text is a string: an article without fields.
pub(crate) fn is_string(json: &str) -> bool {
    json.trim_start().starts_with('"')
}

/// Takes the article out of a JSON text: a record, or a string that is the whole article.
pub(crate) fn article_of_json(
    text: &str,
    place: &str,
    fields: &Fields,
) -> Result<Article, Problem> {
    if is_string(text) {
        let text = serde_json::from_str(text)
            .map_err(|error| Problem::new(place, format!("not valid JSON: {error}")))?;
        let article = Article { id: place.to_owned(), text, ..Article::default() };
        return Ok(article.with_markup_read());
    }
    article_of(&object_of(text, place)?, place, fields)
}

/// Takes the article out of a record; the text of an HTML page is laid out.
///
/// The problem with a record carries its id.
pub(crate) fn article_of(
    record: &Record,
    place: &str,
    fields: &Fields,
) -> Result<Article, Problem> {
    let id = fields.id_of(record);
    parts_of(record, place, fields)
        .map(|article| {
            let id = id.clone().unwrap_or_else(|| place.to_owned());
            Article { id, ..article }.with_markup_read()
        })
        .map_err(|problem| problem.of_record(id))
}

fn parts_of(record: &Record, place: &str, fields: &Fields) -> Result<Article, Problem> {
    if let Some(name) = fields.id.as_deref().filter(|name| field(record, name).is_none()) {
        return Err(missing_field(place, name, record));
    }
    let body_name = match &fields.body {
        Some(name) => name.as_str(),
        None => BODIES.into_iter().find(|name| record.contains_key(*name)).unwrap_or("body"),
    };
    let body = field(record, body_name).ok_or_else(|| {
        missing_field(place, body_name, record).hint("name the field with --field body=NAME")
    })?;
    let (text, line_sentences) = text_of(body).ok_or_else(|| {
        Problem::new(place, format!("field `{body_name}` is neither text nor a list of texts"))
    })?;
    let title_name = fields.title.as_deref().unwrap_or("title");
    let title = match field(record, title_name) {
        Some(Value::String(title)) if !title.trim().is_empty() => Some(title.clone()),
        None if fields.title.is_some() => return Err(missing_field(place, title_name, record)),
        _ => None,
    };
    Ok(Article { title, text, line_sentences, ..Article::default() })
}

/// Says that a field is not there, and which are.
pub(crate) fn missing_field(place: &str, name: &str, record: &Record) -> Problem {
    let found: Vec<&str> = record.keys().map(String::as_str).collect();
    Problem::new(place, format!("no field `{name}`; fields found: {}", found.join(", ")))
}

/// A text, or a list of sentences that become lines.
pub(crate) fn text_of(value: &Value) -> Option<(String, bool)> {
    match value {
        Value::String(text) => Some((text.clone(), false)),
        Value::Array(items) => {
            let lines: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            Some((lines?.join("\n"), true))
        }
        _ => None,
    }
}

/// The objects of a JSON text: one, several with blanks between, or the items of an array; as they
/// are written.
pub(crate) fn json_records(name: &str, text: &str) -> Result<Vec<Range<usize>>, Problem> {
    let mut records = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let value =
            value.map_err(|error| Problem::new(name, format!("not valid JSON: {error}")))?;
        if value.get().starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(value.get())
                .map_err(|error| Problem::new(name, format!("not valid JSON: {error}")))?;
            records.extend(items.into_iter().map(|item| span_in(text, item)));
        } else {
            records.push(span_in(text, value));
        }
    }
    Ok(records)
}

/// Where the strings of JSON stand that hold the title and the body of a record.
pub(crate) fn text_spans(
    text: &str,
    place: &str,
    fields: &Fields,
) -> Result<Vec<Range<usize>>, Problem> {
    // Says what is wrong with a record as the other commands do.
    article_of_json(text, place, fields)?;
    if is_string(text) {
        let start = text.len() - text.trim_start().len();
        return Ok(std::iter::once(start..text.trim_end().len()).collect());
    }
    let not_found = || Problem::new(place, "its fields were not found");
    let object: RawRecord<'_> = serde_json::from_str(text).map_err(|_| not_found())?;
    let body = match &fields.body {
        Some(name) => name.as_str(),
        None => BODIES.into_iter().find(|name| object.contains_key(*name)).unwrap_or("body"),
    };
    let title = fields.title.as_deref().unwrap_or("title");
    let mut spans = Vec::new();
    for name in [title, body] {
        let Some(value) = raw_field(&object, name) else { continue };
        match value.get().as_bytes().first() {
            Some(b'"') => spans.push(span_in(text, value)),
            Some(b'[') => {
                let items: Vec<&RawValue> =
                    serde_json::from_str(value.get()).map_err(|_| not_found())?;
                spans.extend(items.into_iter().map(|item| span_in(text, item)));
            }
            _ => {}
        }
    }
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    Ok(spans)
}

type RawRecord<'t> = BTreeMap<String, &'t RawValue>;

/// Returns a field as it is written, by its name or by a path, as [`field`] does.
fn raw_field<'t>(object: &RawRecord<'t>, name: &str) -> Option<&'t RawValue> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    let mut parts = name.split('.');
    let mut value = *object.get(parts.next()?)?;
    for part in parts {
        value = if value.get().starts_with('{') {
            serde_json::from_str::<RawRecord<'t>>(value.get()).ok()?.get(part)?
        } else {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            items.get(part.parse::<usize>().ok()?)?
        };
    }
    Some(value)
}

/// Where a value stands in the text that it was read from.
fn span_in(text: &str, value: &RawValue) -> Range<usize> {
    let start = value.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + value.get().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_articles_and_other_values_no_records() {
        let article = |json| article_of_json(json, "x:1", &Fields::default());
        let text = article(" \"Trời mưa.\\nĐường trơn.\"").expect("an article");
        assert_eq!((text.id.as_str(), text.text.as_str()), ("x:1", "Trời mưa.\nĐường trơn."));
        for (json, found) in [("[1]", "a list"), ("7", "this value"), ("null", "this value")] {
            let problem = article(json).expect_err(json).to_string();
            assert!(problem.starts_with(&format!("x:1: {found} is no record")), "{problem}");
        }
    }

    #[test]
    fn a_path_leads_into_objects_and_lists() {
        let record = object_of(
            r#"{"id": 18446744073709551617, "data": {"text": "Trời mưa."}, "a.b": "chấm",
                "trang": [{"chữ": "Một."}]}"#,
            "x:1",
        );
        let record = record.expect("an object");
        let text = |name| field(&record, name).and_then(Value::as_str);
        assert_eq!(text("data.text"), Some("Trời mưa."));
        assert_eq!(text("a.b"), Some("chấm"));
        assert_eq!(text("trang.0.chữ"), Some("Một."));
        assert_eq!(text("trang.1.chữ"), None);
        let fields = Fields::parse(&["body=data.text".to_owned()]).expect("fields");
        let article = article_of(&record, "x:1", &fields).expect("an article");
        assert_eq!(
            (article.id.as_str(), article.text.as_str()),
            ("18446744073709551617", "Trời mưa.")
        );
        let id = |json: &str| Fields::default().id_of(&object_of(json, "x:1").expect("an object"));
        assert_eq!(id(r#"{"id": {"$oid": "65f0"}}"#).as_deref(), Some(r#"{"$oid":"65f0"}"#));
        assert_eq!(id(r#"{"id": true}"#).as_deref(), Some("true"));
        assert_eq!((id(r#"{"id": null}"#), id(r#"{"id": ""}"#)), (None, None));
        let problem = article_of(&record, "x:1", &Fields::default()).expect_err("no body");
        assert_eq!(problem.id.as_deref(), Some("18446744073709551617"));
    }
}
