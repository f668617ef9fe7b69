//! What all requests share.

use std::sync::Arc;
use std::time::Duration;

use super::gate::Gate;
use super::metrics::Metrics;

/// Limits, counters and the gate of the server.
pub(super) struct App {
    pub(super) gate: Gate,
    pub(super) metrics: Arc<Metrics>,
    pub(super) max_body: usize,
    pub(super) timeout: Duration,
    pub(super) threads: usize,
    pub(super) verbose: bool,
}
