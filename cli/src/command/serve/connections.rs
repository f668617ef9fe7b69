//! Connections: accepted, limited, and brought to an end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::metrics::Metrics;
use super::patience::Patient;
use crate::output::message;

/// Time for the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// Rest after a connection could not be accepted, as when files run out.
const PAUSE: Duration = Duration::from_millis(50);

/// Limits of connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Connections {
    /// Connections that are open at once; others wait to be accepted.
    pub(super) most: usize,
    /// Time for a client to take some of an answer, and for those that are open when the server is
    /// told to stop.
    pub(super) timeout: Duration,
}

/// Serves until the process is told to stop, then ends what was begun.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Connections,
    metrics: Arc<Metrics>,
) -> Result<()> {
    let room = Arc::new(Semaphore::new(limits.most));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stopped());
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            signal = &mut stop => {
                signal?;
                break;
            }
        };
        let (stream, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // The client left, or files ran out: neither ends the server.
                if !is_of_client(&error) {
                    message("warning", format_args!("cannot accept a connection: {error}"));
                    tokio::time::sleep(PAUSE).await;
                }
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(
                TokioIo::new(Patient::new(stream, limits.timeout)),
                TowerToHyperService::new(router.clone()),
            );
        let connection = graceful.watch(connection);
        let metrics = Arc::clone(&metrics);
        metrics.connections.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            // What went wrong on the way is the client's to see: it has no answer.
            let _ = connection.await;
            metrics.connections.fetch_sub(1, Ordering::Relaxed);
            drop(place);
        });
    }
    drop(listener);
    message("note", "stopping: what was begun is brought to its end");
    if tokio::time::timeout(limits.timeout, graceful.shutdown()).await.is_err() {
        let seconds = limits.timeout.as_secs();
        message("warning", format_args!("connections were still open after {seconds} s"));
    }
    Ok(())
}

/// A connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(room).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Binds an address.
pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address} (is another server running there?)"))
}

/// Waits for Ctrl-C, or on Unix for SIGTERM.
async fn stopped() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result.context("cannot wait for Ctrl-C"),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")
}
