//! Errors as clients get them: a status and a JSON object that says what was found and what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer that is no result.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// The record, where several came.
    place: Option<String>,
    /// Methods that the path has.
    allowed: Option<&'static str>,
}

/// The schema `tomtat.error/1`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    status: u16,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
}

/// Seconds after which a client that was turned away may come again.
const RETRY_AFTER: &str = "1";

impl Failure {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), hint: None, place: None, allowed: None }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the record.
    pub(super) fn of(self, place: &str) -> Self {
        Self { place: Some(place.to_owned()), ..self }
    }

    /// 400: the body or an option cannot be used.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    /// 404.
    pub(super) fn no_such_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no-such-path", "there is nothing at this path")
            .hint("/openapi.json lists the paths")
    }

    /// 405.
    pub(super) fn no_such_method(allowed: &'static str) -> Self {
        let message = format!("use {allowed}");
        let failure = Self::new(StatusCode::METHOD_NOT_ALLOWED, "no-such-method", message);
        Self { allowed: Some(allowed), ..failure }
    }

    /// 408: the body did not come in time.
    pub(super) fn slow(seconds: u64) -> Self {
        let message = format!("the body did not come within {seconds} s");
        Self::new(StatusCode::REQUEST_TIMEOUT, "slow-body", message)
            .hint("send it faster, or start the server with a longer --timeout")
    }

    /// 413.
    pub(super) fn too_large(most: usize) -> Self {
        let message = format!("the body is longer than {most} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message)
            .hint("send many articles as JSON Lines (application/x-ndjson), or see --max-body")
    }

    /// 415.
    pub(super) fn media_type(found: &str) -> Self {
        let message = format!("cannot read {found}");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", message)
            .hint("send application/json, application/x-ndjson, text/plain or text/html")
    }

    /// 429: too much work is waiting.
    pub(super) fn busy() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", "too many requests are waiting")
            .hint("come again after the seconds that Retry-After names")
    }

    /// 500: a bug.
    pub(super) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the request could not be worked on",
        )
    }

    /// One line of JSON.
    pub(super) fn to_line(&self) -> String {
        let object = Object {
            schema: "tomtat.error/1",
            status: self.status.as_u16(),
            code: self.code,
            message: &self.message,
            hint: self.hint.as_deref(),
            place: self.place.as_deref(),
        };
        // Strings and numbers always have a JSON form.
        serde_json::to_string(&object).unwrap_or_default() + "\n"
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = self.to_line();
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let mut response = (self.status, kind, body).into_response();
        if let Some(allowed) = self.allowed {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        if self.status == StatusCode::TOO_MANY_REQUESTS {
            let seconds = HeaderValue::from_static(RETRY_AFTER);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
