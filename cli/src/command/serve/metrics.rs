//! Counters in the text format of Prometheus: of requests, never of texts.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// Upper ends of the time buckets, in milliseconds.
const BUCKETS: [u64; 8] = [1, 5, 10, 50, 100, 500, 1_000, 5_000];
/// Statuses that are counted on their own; others count as the last.
const STATUSES: [u16; 9] = [200, 204, 400, 404, 405, 408, 413, 429, 500];

/// Counts of one path.
#[derive(Debug, Default)]
struct Counts {
    statuses: [AtomicU64; STATUSES.len()],
    buckets: [AtomicU64; BUCKETS.len() + 1],
    microseconds: AtomicU64,
    bytes: AtomicU64,
}

/// Counts of all paths.
#[derive(Debug)]
pub(super) struct Metrics {
    paths: Vec<(&'static str, Counts)>,
    /// Connections that are open.
    pub(super) connections: AtomicUsize,
}

impl Metrics {
    /// Counts these paths, and everything else as the last of them.
    pub(super) fn new(paths: impl IntoIterator<Item = &'static str>) -> Self {
        let paths = paths.into_iter().map(|path| (path, Counts::default())).collect();
        Self { paths, connections: AtomicUsize::new(0) }
    }

    fn of(&self, path: &str) -> Option<&Counts> {
        let found = self.paths.iter().find(|(known, _)| *known == path);
        found.or(self.paths.last()).map(|(_, counts)| counts)
    }

    /// Counts an answer.
    pub(super) fn count(&self, path: &str, status: u16, time: Duration) {
        let Some(counts) = self.of(path) else { return };
        let place = STATUSES.iter().position(|known| *known == status);
        counts.statuses[place.unwrap_or(STATUSES.len() - 1)].fetch_add(1, Ordering::Relaxed);
        let milliseconds = time.as_millis();
        let place = BUCKETS.iter().position(|end| milliseconds < u128::from(*end));
        counts.buckets[place.unwrap_or(BUCKETS.len())].fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        counts.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// Counts bytes that were read.
    pub(super) fn count_bytes(&self, path: &str, bytes: usize) {
        if let Some(counts) = self.of(path) {
            counts.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }

    /// All counts as text.
    pub(super) fn render(&self, working: usize, waiting: usize) -> String {
        let head = |name: &str, kind: &str, help: &str| {
            format!("# HELP {name} {help}\n# TYPE {name} {kind}\n")
        };
        let mut text = head("tomtat_requests_total", "counter", "Requests by path and status.");
        for (path, counts) in &self.paths {
            for (status, count) in STATUSES.iter().zip(&counts.statuses) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let _ = writeln!(
                        text,
                        "tomtat_requests_total{{path=\"{path}\",status=\"{status}\"}} {count}"
                    );
                }
            }
        }
        text += &head("tomtat_request_seconds", "histogram", "Time from request to answer.");
        for (path, counts) in &self.paths {
            let mut sum = 0;
            let ends = BUCKETS.iter().map(|end| format!("{}", *end as f64 / 1e3));
            for (end, count) in ends.chain(["+Inf".to_owned()]).zip(&counts.buckets) {
                sum += count.load(Ordering::Relaxed);
                let _ = writeln!(
                    text,
                    "tomtat_request_seconds_bucket{{path=\"{path}\",le=\"{end}\"}} {sum}"
                );
            }
            let seconds = counts.microseconds.load(Ordering::Relaxed) as f64 / 1e6;
            let _ = writeln!(text, "tomtat_request_seconds_sum{{path=\"{path}\"}} {seconds}");
            let _ = writeln!(text, "tomtat_request_seconds_count{{path=\"{path}\"}} {sum}");
        }
        text += &head("tomtat_body_bytes_total", "counter", "Bytes of bodies that were read.");
        for (path, counts) in &self.paths {
            let bytes = counts.bytes.load(Ordering::Relaxed);
            let _ = writeln!(text, "tomtat_body_bytes_total{{path=\"{path}\"}} {bytes}");
        }
        let connections = self.connections.load(Ordering::Relaxed);
        for (name, value, help) in [
            ("tomtat_connections", connections, "Connections that are open."),
            ("tomtat_requests_working", working, "Requests that are being worked on."),
            ("tomtat_requests_waiting", waiting, "Requests that wait for a thread."),
        ] {
            text += &head(name, "gauge", help);
            let _ = writeln!(text, "{name} {value}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_unknown_paths_are_counted_last() {
        let metrics = Metrics::new(["/v1/summarize", "other"]);
        metrics.count("/v1/summarize", 200, Duration::from_millis(3));
        metrics.count("/v1/summarize", 413, Duration::from_secs(9));
        metrics.count("/etc/passwd", 404, Duration::ZERO);
        metrics.count_bytes("/v1/summarize", 120);
        let text = metrics.render(1, 2);
        for line in [
            "tomtat_requests_total{path=\"/v1/summarize\",status=\"200\"} 1",
            "tomtat_requests_total{path=\"other\",status=\"404\"} 1",
            "tomtat_request_seconds_bucket{path=\"/v1/summarize\",le=\"0.005\"} 1",
            "tomtat_request_seconds_bucket{path=\"/v1/summarize\",le=\"+Inf\"} 2",
            "tomtat_body_bytes_total{path=\"/v1/summarize\"} 120",
            "tomtat_requests_waiting 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(!text.contains("passwd"));
    }
}
