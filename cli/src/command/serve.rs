//! `tomtat serve`: the commands over HTTP.
//!
//! | module | what it holds |
//! |---|---|
//! | `app` | what all requests share |
//! | `operation` | the commands that are served |
//! | `options` | what clients may set, and what excludes each other |
//! | `handler` | one request: limits, body, answer |
//! | `stream` | many records in one request |
//! | `routes` | paths, `/healthz`, `/metrics`, files of a page, CORS |
//! | `openapi` | the description of all this, from the arguments of the commands |
//! | `gate` | how much is worked on, waits and is held at once |
//! | `connections` | connections, their limits, the end of the server |
//! | `patience` | an end to connections whose clients take nothing |
//! | `failure`, `metrics` | errors as JSON; counters |

mod app;
mod connections;
mod failure;
mod gate;
mod handler;
mod metrics;
mod openapi;
mod operation;
mod options;
mod patience;
mod routes;
mod stream;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;

use self::app::App;
use self::connections::Connections;
use self::gate::Gate;
use self::metrics::Metrics;
use crate::output::message;
use crate::run::status::Status;

/// Arguments of `tomtat serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
Paths: POST /v1/summarize, /v1/extract, /v1/tokenize, /v1/keywords, /v1/rouge, /v1/multi; GET
/openapi.json, /healthz, /metrics. Answers are the lines that the commands print with -f jsonl.

Nothing is asked of clients, so whoever reaches the port can use the server. Texts are neither kept
nor logged.

Examples:
  tomtat serve
  curl localhost:8080/v1/summarize -H 'content-type: application/json' \\
    -d '{\"body\": \"…\", \"options\": {\"sentences\": 1}}'
  curl 'localhost:8080/v1/extract' -H 'content-type: text/html' --data-binary @page.html
  curl -X POST 'localhost:8080/v1/summarize?words=60' -T articles.jsonl \\
    -H 'content-type: application/x-ndjson'")]
pub(crate) struct Arguments {
    /// Port; 0 takes any free one, which is named on standard error.
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// Address to listen on; 0.0.0.0 lets other machines in.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Folder with a page to serve at /, such as the built `web/dist`; read once, at the start.
    #[arg(long, value_name = "FOLDER")]
    page: Option<PathBuf>,
    /// Origin of pages that may call the server, such as <https://example.org> [default: none].
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<String>,
    /// Most bytes of a body, and of a line of JSON Lines.
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20, help_heading = "Limits")]
    max_body: usize,
    /// Seconds that a client may take to send a body or to take an answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..), help_heading = "Limits")]
    timeout: u64,
    /// Requests that may wait for a thread; others get 429.
    #[arg(long, value_name = "N", default_value_t = 256, help_heading = "Limits")]
    max_waiting: usize,
    /// Connections that are open at once; others wait.
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..), help_heading = "Limits")]
    max_connections: u64,
    /// Threads that work; 0 takes one for each core.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Limits")]
    threads: usize,
    /// Name each request on standard error: path, status, bytes, time.
    #[arg(short, long)]
    verbose: bool,
}

/// Bodies of the largest size that are held at once.
const BODIES: usize = 16;

pub(crate) fn run(arguments: &Arguments) -> Result<Status> {
    let threads = match arguments.threads {
        0 => available_parallelism().map_or(1, Into::into),
        threads => threads,
    };
    let files = arguments.page.as_deref().map_or_else(|| Ok(Vec::new()), routes::files)?;
    let origin = arguments.cors.as_deref().map(str::parse).transpose();
    let metrics = Arc::new(Metrics::new(operation::paths().chain(["other"])));
    let app = Arc::new(App {
        gate: Gate::new(threads, arguments.max_waiting, arguments.max_body.saturating_mul(BODIES)),
        metrics: Arc::clone(&metrics),
        max_body: arguments.max_body,
        timeout: Duration::from_secs(arguments.timeout),
        threads,
        verbose: arguments.verbose,
    });
    let router = routes::router(&app, files, origin.context("--cors is no origin")?);
    let limits = Connections {
        most: usize::try_from(arguments.max_connections)?,
        timeout: Duration::from_secs(arguments.timeout),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()
        .context("cannot start threads")?;
    runtime.block_on(async {
        let address = SocketAddr::new(arguments.host, arguments.port);
        let listener = connections::bind(address).await?;
        let bound = listener.local_addr().unwrap_or(address);
        message("note", format_args!("listening on http://{bound}"));
        connections::serve(listener, router, limits, metrics).await
    })?;
    Ok(Status::Done)
}
