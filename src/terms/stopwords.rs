//! Stop words.
/// Placeholder.
pub const VIETNAMESE: &[&str] = &[];

/// Returns true if the key is that of a stop word.
#[must_use]
pub fn is_vietnamese(key: &str) -> bool {
    VIETNAMESE.binary_search(&key).is_ok()
}
