//! The shared data.

use std::path::PathBuf;

/// Returns the path of a file of the shared data, or says that the test is skipped.
///
/// The folder is named by `TOMTAT_SHARED`; without it, it stands beside the project.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
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
