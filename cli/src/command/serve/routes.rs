//! Paths, the files of a page, headers of all answers.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use super::app::App;
use super::failure::Failure;
use super::handler::handle;
use super::openapi;
use super::operation::OPERATIONS;

/// A file of the page: path, media type, contents.
pub(super) type File = (String, &'static str, Bytes);

/// Reads the files of a folder, without those of its folders.
pub(super) fn files(folder: &Path) -> Result<Vec<File>> {
    let place = || format!("--page {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(place)? {
        let path = entry.with_context(place)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_file() && !name.starts_with('.') {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            let route = if name == "index.html" { "/".to_owned() } else { format!("/{name}") };
            files.push((route, media_type(&path), Bytes::from(bytes)));
        }
    }
    files.sort();
    Ok(files)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// All paths.
pub(super) fn router(app: &Arc<App>, files: Vec<File>, origin: Option<HeaderValue>) -> Router {
    let description = openapi::description().to_string();
    let metrics = Arc::clone(app);
    let other = Arc::clone(&app.metrics);
    let mut router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/openapi.json", get(move || async move { typed("application/json", description) }))
        .route(
            "/metrics",
            get(move || async move {
                let gate = &metrics.gate;
                let text = metrics.metrics.render(gate.working(), gate.waiting());
                typed("text/plain; version=0.0.4; charset=utf-8", text)
            }),
        );
    for operation in &OPERATIONS {
        let app = Arc::clone(app);
        let handler = any(move |request: Request| handle(Arc::clone(&app), operation, request));
        router = router.route(operation.path, handler);
    }
    for (path, kind, bytes) in files {
        router = router.route(&path, get(move || async move { typed(kind, bytes) }));
    }
    router
        .method_not_allowed_fallback(|| async {
            Failure::no_such_method("GET, HEAD").into_response()
        })
        .fallback(move || async move {
            other.count("other", StatusCode::NOT_FOUND.as_u16(), Duration::ZERO);
            Failure::no_such_path().into_response()
        })
        .layer(from_fn(move |request: Request, next: Next| headers(origin.clone(), request, next)))
}

fn typed(kind: &'static str, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// Headers of all answers, and the questions of browsers that come before a request.
async fn headers(origin: Option<HeaderValue>, request: Request, next: Next) -> Response {
    let asks = request.method() == Method::OPTIONS && origin.is_some();
    let mut response = if asks {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        let allowed = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        ];
        for (name, value) in allowed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let policy = HeaderValue::from_static("frame-ancestors 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if let Some(origin) = origin {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    }
    response
}
