//! Examples from JSON objects.

use serde_json::Value;

use super::{Example, Fields};
use crate::dataset::fields::Selector;
use crate::input::{Article, Problem, Record, article_of, field, missing_field, text_of};

/// Names that are tried for the summary if none is given.
const REFERENCES: [&str; 7] =
    ["references", "reference", "abstract", "summary", "sapo", "highlights", "target"];

/// Takes an example out of an object.
pub(super) fn example(object: &Record, place: String, fields: &Fields) -> Result<Example, Problem> {
    let references = if let Some(selector) = &fields.reference {
        texts(object, selector, &place)?
    } else {
        let name = REFERENCES.into_iter().find(|name| object.contains_key(*name));
        let name = name.ok_or_else(|| {
            missing_field(&place, "abstract", object)
                .hint("name the field of the summary with --field reference=NAME")
        })?;
        texts(object, &Selector::parse(name), &place)?
    };
    if references.iter().all(|text| text.trim().is_empty()) {
        return Err(Problem::new(place, "the reference summary is empty"));
    }
    let (id, documents) = if let Some(Value::Array(items)) = object.get("documents") {
        let id = fields.article.id_of(object).unwrap_or_else(|| place.clone());
        let documents: Result<Vec<Article>, Problem> =
            items.iter().map(|item| document(item, &place, fields)).collect();
        (id, documents?)
    } else {
        let article = article_of(object, &place, &fields.article)?;
        (article.id.clone(), vec![article])
    };
    if documents.iter().all(|document| document.text.trim().is_empty()) {
        return Err(Problem::new(place, "the article is empty"));
    }
    Ok(Example { place, id, documents, references })
}

/// An article of a cluster, as `tomtat summarize --multi` reads it.
fn document(item: &Value, place: &str, fields: &Fields) -> Result<Article, Problem> {
    match item {
        Value::Object(object) => article_of(object, place, &fields.article),
        _ => Err(Problem::new(place, "an item of `documents` is not a JSON object")),
    }
}

/// The texts of a field: one, or one an item.
pub(crate) fn texts(
    object: &Record,
    selector: &Selector,
    place: &str,
) -> Result<Vec<String>, Problem> {
    let name = &selector.name;
    let value = field(object, name).ok_or_else(|| missing_field(place, name, object))?;
    let wrong =
        || Problem::new(place, format!("field `{name}` is neither text nor a list of texts"));
    match value {
        Value::Array(items) if selector.each => {
            items.iter().map(|item| text_of(item).map(|(text, _)| text).ok_or_else(wrong)).collect()
        }
        value => Ok(vec![text_of(value).ok_or_else(wrong)?.0]),
    }
}
