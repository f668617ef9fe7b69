//! The description of the server (`OpenAPI` 3.1), from the arguments of the commands.

use clap::Arg;
use clap::builder::ValueParser;
use serde_json::{Map, Value, json};

use super::operation::{OPERATIONS, Operation, is_switch};

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
        "application/x-ndjson": { "schema": { "type": "string" } },
    });
    if operation.fields.first() == Some(&"body") {
        for kind in ["text/plain", "text/html"] {
            content[kind] = json!({ "schema": { "type": "string" } });
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
    let parameters: Vec<Value> = operation
        .arguments()
        .iter()
        .map(|argument| {
            let name = argument.get_long().unwrap_or_default();
            json!({
                "name": name, "in": "query", "required": false,
                "description": help(argument), "schema": schema(argument, true),
            })
        })
        .collect();
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
    let article = json!({
        "type": "object", "required": ["body"], "properties": { "body": text, "title": {}, "id": {} },
    });
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
    let options: Map<String, Value> = operation
        .arguments()
        .iter()
        .map(|argument| {
            let mut found = schema(argument, false);
            found["description"] = help(argument).into();
            (argument.get_long().unwrap_or_default().to_owned(), found)
        })
        .collect();
    properties.insert(
        "options".to_owned(),
        json!({ "type": "object", "additionalProperties": false, "properties": options }),
    );
    let required = if operation.path == "/v1/rouge" { 2 } else { 1 };
    json!({
        "type": "object",
        "required": operation.fields[..required],
        "properties": properties,
    })
}

/// The form of an option; in a query string, lists are written with commas.
fn schema(argument: &Arg, in_query: bool) -> Value {
    if is_switch(argument) {
        return json!({ "type": "boolean" });
    }
    if argument.get_value_delimiter().is_some() && !in_query {
        return json!({ "type": "array", "items": { "type": "string" } });
    }
    let names: Vec<String> =
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !names.is_empty() {
        return json!({ "type": "string", "enum": names });
    }
    let parser = argument.get_value_parser();
    let is = |other: ValueParser| parser.type_id() == other.type_id();
    if is(clap::value_parser!(usize).into()) || is(clap::value_parser!(u64).into()) {
        json!({ "type": "integer", "minimum": 1 })
    } else if is(clap::value_parser!(f64).into()) {
        json!({ "type": "number" })
    } else {
        json!({ "type": "string" })
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
