//! Many records in one request: JSON Lines in, JSON Lines out in the same order, with flat memory.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::mem::take;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use http_body_util::channel::{Channel, Sender};
use tokio::task::JoinHandle;
use tomtat::Document;

use super::app::App;
use super::failure::Failure;
use super::operation::{Operation, place, record};

/// Bytes of lines that are worked on together.
const CHUNK: usize = 64 << 10;
/// Answers that may wait for a slow client.
const WAITING: usize = 4;

/// Lines that are worked on together, and the number of the first.
struct Chunk {
    lines: Vec<u8>,
    first: u64,
}

/// Begins to work on a body; gives the body of the answer.
pub(super) fn body(
    app: Arc<App>,
    operation: &'static Operation,
    options: Vec<OsString>,
    body: Body,
) -> Body {
    let (sender, channel) = Channel::<Bytes, io::Error>::new(WAITING);
    tokio::spawn(run(app, operation, Arc::new(options), body, sender));
    Body::new(channel)
}

async fn run(
    app: Arc<App>,
    operation: &'static Operation,
    options: Arc<Vec<OsString>>,
    mut body: Body,
    mut sender: Sender<Bytes, io::Error>,
) {
    let mut running: VecDeque<JoinHandle<String>> = VecDeque::new();
    let (mut buffer, mut line, mut open) = (Vec::new(), 1, true);
    let mut last = None;
    while open || !running.is_empty() {
        let can_read = open && running.len() < app.threads;
        tokio::select! {
            biased;
            done = next(&mut running), if !running.is_empty() => {
                running.pop_front();
                let text = done.unwrap_or_else(|_| Failure::internal().to_line());
                if !send(&app, &mut sender, text).await {
                    // What came so far must not pass for the whole answer.
                    sender.abort(io::ErrorKind::TimedOut.into());
                    return;
                }
            }
            frame = tokio::time::timeout(app.timeout, body.frame()), if can_read => {
                match frame {
                    Err(_) => last = Some(Failure::slow(app.timeout.as_secs())),
                    Ok(Some(Err(_))) => last = Some(Failure::bad("the body broke off")),
                    Ok(None) => open = false,
                    Ok(Some(Ok(frame))) => {
                        if let Ok(data) = frame.into_data() {
                            app.metrics.count_bytes(operation.path, data.len());
                            buffer.extend_from_slice(&data);
                        }
                    }
                }
                open &= last.is_none();
                let whole = complete(&buffer, open);
                if whole == 0 && buffer.len() > app.max_body {
                    last = Some(Failure::too_large(app.max_body));
                    open = false;
                }
                for chunk in chunks(&mut buffer, whole, &mut line) {
                    let Ok(permit) = app.gate.enter_stream().await else { return };
                    let options = Arc::clone(&options);
                    running.push_back(tokio::task::spawn_blocking(move || {
                        let _held = permit;
                        work(operation, &options, &chunk)
                    }));
                }
            }
        }
    }
    if let Some(failure) = last {
        send(&app, &mut sender, failure.to_line()).await;
    }
}

async fn next(
    running: &mut VecDeque<JoinHandle<String>>,
) -> Result<String, tokio::task::JoinError> {
    match running.front_mut() {
        Some(first) => first.await,
        None => std::future::pending().await,
    }
}

/// Sends to the client; false if it left or takes too long.
async fn send(app: &App, sender: &mut Sender<Bytes, io::Error>, text: String) -> bool {
    if text.is_empty() {
        return true;
    }
    let sent = tokio::time::timeout(app.timeout, sender.send_data(Bytes::from(text))).await;
    matches!(sent, Ok(Ok(())))
}

/// Bytes of whole lines; at the end of the body the last one needs no line end.
fn complete(buffer: &[u8], open: bool) -> usize {
    if open {
        buffer.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)
    } else {
        buffer.len()
    }
}

/// Takes whole lines out of the buffer, in chunks.
fn chunks(buffer: &mut Vec<u8>, whole: usize, line: &mut u64) -> Vec<Chunk> {
    let rest = buffer.split_off(whole);
    let (mut chunks, mut lines, mut first) = (Vec::new(), Vec::new(), *line);
    for one in std::mem::replace(buffer, rest).split_inclusive(|&b| b == b'\n') {
        lines.extend_from_slice(one);
        *line += 1;
        if lines.len() >= CHUNK {
            chunks.push(Chunk { lines: take(&mut lines), first });
            first = *line;
        }
    }
    if !lines.is_empty() {
        chunks.push(Chunk { lines, first });
    }
    chunks
}

/// Works on the lines of a chunk; a line that cannot be used gives an error, and the next follows.
fn work(operation: &Operation, options: &[OsString], chunk: &Chunk) -> String {
    let (mut out, mut document) = (String::new(), Document::default());
    for (bytes, number) in chunk.lines.split_inclusive(|&b| b == b'\n').zip(chunk.first..) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let place = place(number);
        let line = std::str::from_utf8(bytes)
            .map_err(|error| {
                Failure::bad(format!("not valid UTF-8 at byte {}", error.valid_up_to()))
            })
            .and_then(record)
            .and_then(|record| operation.line(&record, options, &place, &mut document));
        out += &line.unwrap_or_else(|failure| failure.of(&place).to_line());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_line_ends_and_keep_their_numbers() {
        let mut buffer = b"one\ntwo\nthr".to_vec();
        let mut line = 1;
        let whole = complete(&buffer, true);
        let found = chunks(&mut buffer, whole, &mut line);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].lines.as_slice(), found[0].first), (b"one\ntwo\n".as_slice(), 1));
        buffer.extend_from_slice(b"ee");
        let whole = complete(&buffer, false);
        let found = chunks(&mut buffer, whole, &mut line);
        assert_eq!((found[0].lines.as_slice(), found[0].first), (b"three".as_slice(), 3));
        assert!(buffer.is_empty());
    }
}
