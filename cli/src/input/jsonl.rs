//! Articles in JSON Lines.

use serde_json::{Map, Value};

use super::{Article, Problem};

/// Names of the fields that hold the parts of an article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    id: Option<String>,
    title: Option<String>,
    body: Option<String>,
}

/// Names that are tried for the body if none is given.
const BODIES: [&str; 4] = ["body", "text", "content", "article"];

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
}

/// Takes the article out of one line.
pub(crate) fn article_of(line: &str, place: &str, fields: &Fields) -> Result<Article, Problem> {
    article_of_object(&object_of(line, place)?, place, fields)
}

/// Reads one line as a JSON object.
pub(crate) fn object_of(line: &str, place: &str) -> Result<Map<String, Value>, Problem> {
    let value: Value = serde_json::from_str(line)
        .map_err(|error| Problem::new(place, format!("not valid JSON: {error}")))?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(Problem::new(place, "not a JSON object")),
    }
}

/// Takes the article out of a JSON object.
pub(crate) fn article_of_object(
    object: &Map<String, Value>,
    place: &str,
    fields: &Fields,
) -> Result<Article, Problem> {
    let body_name = match &fields.body {
        Some(name) => name.as_str(),
        None => BODIES.into_iter().find(|name| object.contains_key(*name)).unwrap_or("body"),
    };
    let body = object.get(body_name).ok_or_else(|| {
        missing_field(place, body_name, object).hint("name the field with --field body=NAME")
    })?;
    let (text, line_sentences) = text_of(body).ok_or_else(|| {
        Problem::new(place, format!("field `{body_name}` is neither text nor a list of texts"))
    })?;
    let title_name = fields.title.as_deref().unwrap_or("title");
    let title = match object.get(title_name) {
        Some(Value::String(title)) if !title.trim().is_empty() => Some(title.clone()),
        None if fields.title.is_some() => return Err(missing_field(place, title_name, object)),
        _ => None,
    };
    let id_name = fields.id.as_deref().unwrap_or("id");
    let id = match object.get(id_name) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        None if fields.id.is_some() => return Err(missing_field(place, id_name, object)),
        _ => place.to_owned(),
    };
    Ok(Article { id, title, text, line_sentences, ..Article::default() })
}

/// Says that a field is not there, and which are.
pub(crate) fn missing_field(place: &str, name: &str, object: &Map<String, Value>) -> Problem {
    let found: Vec<&str> = object.keys().map(String::as_str).collect();
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
