//! The description of the server (`OpenAPI` 3.1), from the arguments of the commands.

use clap::Arg;
use clap::builder::PossibleValue;
use serde_json::{Map, Value, json};
use tomtat::corpus::keywords::MAX_WORDS;
use tomtat::page::Role;
use tomtat::rank;

use super::operation::{BETAS, OPERATIONS, Operation};
use super::options::{Kind, LARGEST, long};

/// The forms of a length.
const LENGTH: &str =
    "^(auto|[1-9][0-9]{0,8}( ?(sentences|words|syllables|characters))?|([1-9][0-9]?|100)%)$";

/// Switches that need another option, or the only value that another option may have beside them.
const NEEDS: [(&str, &str, Option<&str>); 2] =
    [("loose", "query", None), ("trim", "method", Some(rank::DEFAULT))];

/// All paths with what they take and give.
pub(super) fn description() -> Value {
    let mut paths = Map::new();
    for operation in &OPERATIONS {
        paths.insert(operation.path.to_owned(), json!({ "post": post(operation) }));
    }
    for (path, summary, kind) in [
        ("/healthz", "Says that the server runs", "text/plain"),
        ("/metrics", "Counters, in the text format of Prometheus", "text/plain"),
        ("/openapi.json", "This description", "application/json"),
    ] {
        let content = json!({ kind: {} });
        let answer = json!({ "200": { "description": "Done", "content": content } });
        paths
            .insert(path.to_owned(), json!({ "get": { "summary": summary, "responses": answer } }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "tomtat",
            "description": "Vietnamese text toolkit. Results are the lines of the command line.",
            "version": env!("CARGO_PKG_VERSION"),
        },
        "paths": paths,
        "components": { "schemas": { "Error": error() } },
    })
}

fn post(operation: &Operation) -> Value {
    let record = record(operation);
    let mut content = json!({
        "application/json": { "schema": record },
        // One record a line, each with the schema above.
        "application/x-ndjson": {},
    });
    if operation.fields.first() == Some(&"body") {
        for kind in ["text/plain", "text/html"] {
            content[kind] = json!({});
        }
    }
    let lines = json!({ "schema": { "type": "string" } });
    let object = json!({ "schema": { "type": "object", "required": ["schema", "id"] } });
    let done = if operation.many_lines {
        json!({ "application/x-ndjson": lines })
    } else {
        json!({ "application/json": object, "application/x-ndjson": lines })
    };
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({ "description": "Done", "content": done }));
    for (status, told) in [
        ("400", "The body or an option cannot be used"),
        ("405", "Only POST is answered"),
        ("408", "The body did not come in time"),
        ("413", "The body is too long"),
        ("415", "The body is of a kind that cannot be read"),
        ("429", "Too much is waiting; Retry-After says when to come again"),
        ("500", "A bug"),
    ] {
        let schema = json!({ "$ref": "#/components/schemas/Error" });
        let content = json!({ "application/json": { "schema": schema } });
        responses.insert(status.to_owned(), json!({ "description": told, "content": content }));
    }
    // Each option is a parameter of its own; in one object they can say which go together.
    let parameters = json!([{
        "name": "options", "in": "query", "required": false, "style": "form", "explode": true,
        "description": "The options of all records that have none of their own",
        "schema": options(operation, true),
    }]);
    json!({
        "summary": operation.summary,
        "operationId": operation.path.trim_start_matches("/v1/"),
        "parameters": parameters,
        "requestBody": { "required": true, "content": content },
        "responses": responses,
    })
}

fn record(operation: &Operation) -> Value {
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": text, "minItems": 1 });
    // One that cannot be used is named in the warnings of the summary.
    let article = json!({ "description": "An article: an object with body, title and id" });
    let mut properties = Map::new();
    for field in operation.fields {
        let schema = match *field {
            "body" => json!({ "anyOf": [text, { "type": "array", "items": text }] }),
            "prediction" => text.clone(),
            "references" => json!({ "anyOf": [text, texts] }),
            "documents" => json!({ "type": "array", "items": article }),
            _ => json!({}),
        };
        properties.insert((*field).to_owned(), schema);
    }
    properties.insert("options".to_owned(), options(operation, false));
    let required = if operation.path == "/v1/rouge" { 2 } else { 1 };
    json!({
        "type": "object",
        "required": operation.fields[..required],
        "properties": properties,
        "propertyNames": { "not": { "enum": operation.misplaced() } },
    })
}

/// The options of a record or of a query string: one of the sets that go together.
fn options(operation: &Operation, in_query: bool) -> Value {
    let offered = operation.offered();
    let mut sets: Vec<Value> = offered
        .alternatives()
        .into_iter()
        .map(|set| {
            let property = |argument: &Arg| {
                let mut found = schema(argument, in_query);
                found["description"] = help(argument).into();
                (long(argument).to_owned(), found)
            };
            set.into_iter().map(property).collect::<Map<String, Value>>()
        })
        .flat_map(alternatives)
        .collect();
    if !in_query {
        sets.push(json!({ "type": "null" }));
        return json!({ "anyOf": sets });
    }
    match <[Value; 1]>::try_from(sets) {
        Ok([only]) => only,
        // The type makes each property a parameter.
        Err(sets) => json!({ "type": "object", "anyOf": sets }),
    }
}

/// The objects that options make: each switch that needs another option is off, or has it.
fn alternatives(properties: Map<String, Value>) -> Vec<Value> {
    let mut sets = vec![(properties, Vec::new())];
    for (switch, needed, value) in NEEDS {
        let has_switch = |properties: &Map<String, Value>| properties.contains_key(switch);
        let (with, mut split): (Vec<_>, Vec<_>) =
            sets.into_iter().partition(|(properties, _)| has_switch(properties));
        for (mut on, mut required) in with {
            let mut off = on.clone();
            off[switch]["const"] = false.into();
            split.push((off, required.clone()));
            match value {
                Some(value) => on[needed]["enum"] = json!([value]),
                None => required.push(needed),
            }
            split.push((on, required));
        }
        sets = split;
    }
    let object = |(properties, required)| {
        json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
            "required": required,
        })
    };
    sets.into_iter().map(object).collect()
}

/// The form of an option; in a query string, lists are written with commas.
fn schema(argument: &Arg, in_query: bool) -> Value {
    let name = long(argument);
    match Kind::of(argument) {
        Kind::Switch => json!({ "type": "boolean" }),
        Kind::List => {
            let item = item_pattern(name);
            if in_query {
                json!({ "type": "string", "pattern": format!("^{item}(,{item})*$") })
            } else {
                let items = json!({ "type": "string", "pattern": format!("^{item}$") });
                json!({ "type": "array", "minItems": 1, "items": items })
            }
        }
        Kind::Integer if name == "max-words" => {
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_WORDS })
        }
        Kind::Integer => json!({ "type": "integer", "minimum": 1, "maximum": LARGEST }),
        Kind::Number => match name {
            "beta" => {
                json!({ "type": "number", "minimum": BETAS.start(), "maximum": BETAS.end() })
            }
            "ratio" => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 }),
            _ => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        },
        Kind::Text => {
            let names = argument.get_possible_values();
            let names: Vec<&str> = names.iter().map(PossibleValue::get_name).collect();
            match name {
                _ if !names.is_empty() => json!({ "type": "string", "enum": names }),
                "length" => json!({ "type": "string", "pattern": LENGTH }),
                // A query without a letter or digit looks for nothing.
                "query" => json!({ "type": "string", "pattern": r"\p{L}|\p{N}" }),
                _ => json!({ "type": "string" }),
            }
        }
    }
}

/// The form of one item of a list.
fn item_pattern(name: &str) -> String {
    match name {
        "keep" => {
            let names: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
            format!("({})", names.join("|"))
        }
        // ROUGE-n, ROUGE-L, ROUGE-Lsum, skip pairs with a gap, weighted sequences.
        "measure" => r"rouge([1-9]|[1-9][0-9]|L|Lsum|SU?([0-9]|\*)|W-1\.[1-9])".to_owned(),
        _ => "[^,]+".to_owned(),
    }
}

fn help(argument: &Arg) -> String {
    argument.get_help().map(ToString::to_string).unwrap_or_default()
}

fn error() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["schema", "status", "code", "message"],
        "properties": {
            "schema": { "const": "tomtat.error/1" },
            "status": { "type": "integer" },
            "code": text,
            "message": text,
            "hint": text,
            "place": text,
        },
    })
}
