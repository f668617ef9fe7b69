//! Numbers of bytes on the command line.

/// Parses 1000, 64K, 64M, 2G.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("takes a number of bytes like 64M, found `{text}`");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(factor).filter(|size| *size > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!((size("12"), size("3K"), size("2GiB")), (Ok(12), Ok(3072), Ok(2 << 30)));
        assert!(size("").is_err() && size("M").is_err() && size("0").is_err());
    }
}
