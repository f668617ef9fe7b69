//! Abbreviations that Vietnamese writes with a full stop.
//!
//! The lists hold what stands *before* a name or number, so that the stop after it does not end
//! the sentence. Acronyms such as BHYT or CLB are not among them: they end sentences.

use crate::text::letter::{Letter, Mark, Tone};

/// Titles, places and functions that a name or a number follows.
const BEFORE_NAME: [&str; 60] = [
    "TP", "Tp", "tp", "TX", "Tx", "tx", "TT", "Tt", "Q", "q", "P", "p", "H", "X", "KP", "Kp", "GS",
    "Gs", "PGS", "Pgs", "TS", "Ts", "ts", "TSKH", "ThS", "Ths", "THS", "Th", "BS", "Bs", "bs",
    "BSCK", "BSCKI", "BSCKII", "CK", "DS", "Ds", "KS", "Ks", "KTS", "LS", "Ls", "CN", "NS", "NSND",
    "NSƯT", "NSUT", "NGND", "NGƯT", "Đ", "Đ/c", "đ/c", "St", "Mr", "Mrs", "Ms", "Dr", "Prof", "Jr",
    "ĐT",
];

/// Abbreviations inside a sentence that a number or a lower-case word follows.
const BEFORE_NUMBER: [&str; 14] =
    ["tr", "Tr", "vol", "Vol", "no", "No", "pp", "fig", "Fig", "ĐT", "đt", "Tel", "tel", "Hotline"];

/// Short beginnings of given names in reports that hide a name: `chị Tr.`, `em Ng.`.
const NAME_STARTS: [&str; 12] =
    ["Tr", "Th", "Ng", "Ngh", "Nh", "Ph", "Kh", "Ch", "Gi", "Qu", "Gh", "TR"];

/// Returns true if `word` with a full stop stands before a name.
pub(crate) fn is_before_name(word: &str) -> bool {
    BEFORE_NAME.contains(&word)
}

/// Returns true if `word` with a full stop stands before a number.
pub(crate) fn is_before_number(word: &str) -> bool {
    BEFORE_NUMBER.contains(&word)
}

/// Returns true for one capital letter, or the first letters of a name that is hidden.
///
/// Letters with a tone are words: `châu Á.`, `nước Ý.`.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(|c| c.is_uppercase() && !has_tone(c))
        && chars.all(|c| matches!(Mark::of(c), Some(mark) if !matches!(mark, Mark::Tone(_))));
    single || NAME_STARTS.contains(&word)
}

fn has_tone(c: char) -> bool {
    Letter::of(c).is_some_and(|letter| letter.tone() != Tone::None)
}

/// Top-level domains that Vietnamese news writes out: `Tiin.vn`, `chinhphu.vn`, `Kremlin.ru`.
const TOP_LEVEL_DOMAINS: [&str; 32] = [
    "vn", "com", "net", "org", "edu", "gov", "info", "biz", "tv", "me", "io", "co", "uk", "us",
    "ru", "jp", "cn", "kr", "fr", "de", "eu", "asia", "xyz", "app", "dev", "ai", "sg", "hk", "tw",
    "th", "au", "ca",
];

/// Returns true for a top-level domain in lower case.
pub(crate) fn is_top_level_domain(label: &str) -> bool {
    TOP_LEVEL_DOMAINS.contains(&label)
}
