//! One request: its limits, its body, its answer.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use serde_json::Value;
use tomtat::Document;

use super::app::App;
use super::failure::Failure;
use super::gate::Room;
use super::operation::{Object, Operation, place, record};
use super::stream;
use crate::output::message;

/// How a body is to be read.
enum Kind {
    Json,
    Lines,
    Text,
}

/// Answers one request.
pub(super) async fn handle(
    app: Arc<App>,
    operation: &'static Operation,
    request: Request,
) -> Response {
    let start = Instant::now();
    let response = answer(&app, operation, request).await.unwrap_or_else(Failure::into_response);
    let (status, time) = (response.status().as_u16(), start.elapsed());
    app.metrics.count(operation.path, status, time);
    if app.verbose {
        let milliseconds = time.as_secs_f64() * 1e3;
        message("request", format_args!("{} {status} {milliseconds:.1} ms", operation.path));
    }
    response
}

async fn answer(
    app: &Arc<App>,
    operation: &'static Operation,
    request: Request,
) -> Result<Response, Failure> {
    if request.method() != Method::POST {
        return Err(Failure::no_such_method("POST"));
    }
    let kind = kind(request.headers())?;
    let Query(given) = Query::<Vec<(String, String)>>::try_from_uri(request.uri())
        .map_err(|error| Failure::bad(format!("the query string: {error}")))?;
    let options =
        if given.is_empty() { Vec::new() } else { operation.offered().of_query(given)? };
    operation.check(&options)?;
    if let Kind::Lines = kind {
        return Ok(lines(stream::body(Arc::clone(app), operation, options, request.into_body())));
    }
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > app.max_body) {
        return Err(Failure::too_large(app.max_body));
    }
    let mut room = Room::default();
    let reading = read(app, operation.path, &mut room, request.into_body());
    let body = tokio::time::timeout(app.timeout, reading)
        .await
        .map_err(|_| Failure::slow(app.timeout.as_secs()))??;
    let text = String::from_utf8(body).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::bad(format!("the body is not valid UTF-8 at byte {at}"))
    })?;
    let permit = app.gate.enter().await?;
    let work = move || {
        let _held = (permit, room);
        single(operation, &kind, text, &options)
    };
    let line = tokio::task::spawn_blocking(work).await.map_err(|_| Failure::internal())??;
    Ok(if operation.many_lines { lines(Body::from(line)) } else { json(line) })
}

fn kind(headers: &HeaderMap) -> Result<Kind, Failure> {
    let given = headers.get(header::CONTENT_TYPE).map_or("a body without Content-Type", |value| {
        value.to_str().unwrap_or("a Content-Type that is no text")
    });
    match given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Ok(Kind::Json),
        "application/x-ndjson" | "application/jsonl" | "application/jsonlines" => Ok(Kind::Lines),
        "text/plain" | "text/html" => Ok(Kind::Text),
        _ => Err(Failure::media_type(given)),
    }
}

async fn read(app: &App, path: &str, room: &mut Room, mut body: Body) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Failure::bad("the body broke off"))?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > app.max_body {
            return Err(Failure::too_large(app.max_body));
        }
        app.gate.hold(room, data.len())?;
        app.metrics.count_bytes(path, data.len());
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn single(
    operation: &Operation,
    kind: &Kind,
    text: String,
    options: &[OsString],
) -> Result<String, Failure> {
    let place = place(1);
    let record = if let Kind::Text = kind {
        if operation.fields.first() != Some(&"body") {
            return Err(Failure::media_type("plain text"));
        }
        Object::from_iter([("body".to_owned(), Value::String(text))])
    } else {
        let record = record(&text)?;
        operation.check_place_of_options(&record)?;
        record
    };
    operation.line(&record, options, &place, &mut Document::default())
}

fn json(line: String) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], line).into_response()
}

fn lines(body: Body) -> Response {
    let kind = HeaderValue::from_static("application/x-ndjson");
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}
