//! What the integration tests share.

use std::path::PathBuf;

#[allow(
    dead_code,
    clippy::print_stderr,
    reason = "not every test reads corpora; a skipped test says so"
)]
/// Returns the path of a file of the shared data, or says that the test is skipped.
///
/// The folder is named by `TOMTAT_SHARED`; without it, it stands beside the project.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TOMTAT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there (set TOMTAT_SHARED)", path.display());
    None
}
