//! The shared data.

use std::io::{self, Write};
use std::path::PathBuf;

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
    // Written past the test runner, which would hide what a test prints that passes.
    let place = path.display();
    let _ = writeln!(io::stderr(), "SKIPPED: {place} is not there (set TOMTAT_SHARED)");
    None
}
