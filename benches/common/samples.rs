//! Texts of this repository.

/// The texts of the samples, in the order of their names.
pub(crate) fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the samples")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("a sample")).collect()
}
