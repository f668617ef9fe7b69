//! How rich the vocabulary of a text is.
//!
//! A text is a sequence of type numbers: equal words have equal numbers, below some bound that the
//! vocabulary sets.

use super::formula::Formula;

/// Words of one part for the standardized type-token ratio.
pub const STTR_PART: usize = 1000;

/// Words of a window for the moving-average type-token ratio.
pub const MATTR_WINDOW: usize = 500;

/// Type-token ratio at which a factor of MTLD ends.
pub const MTLD_THRESHOLD: f64 = 0.72;

/// Words of the sample of HD-D.
pub const HDD_SAMPLE: u64 = 42;

/// The measures of this module: N words, V types, Vᵢ types that occur i times.
pub const MEASURES: &[Formula] = &[
    Formula::new("ttr", "type-token ratio", "V / N", "W. Johnson 1944"),
    Formula::new(
        "sttr",
        "standardized type-token ratio",
        "mean of V / 1000 over successive parts of 1,000 words; an unfinished part is left out",
        "M. Scott, WordSmith Tools; Johnson 1944 (mean segmental type-token ratio)",
    ),
    Formula::new(
        "mattr",
        "moving-average type-token ratio",
        "mean of V / 500 over all windows of 500 words",
        "M. Covington and J. McFall, Journal of Quantitative Linguistics 17(2), 2010",
    ),
    Formula::new(
        "mtld",
        "measure of textual lexical diversity",
        "N / factors, mean of forward and backward; a factor ends when its ratio falls below 0.72, the last \
         counts (1 - ratio) / (1 - 0.72)",
        "P. McCarthy and S. Jarvis, Behavior Research Methods 42(2), 2010",
    ),
    Formula::new(
        "hdd",
        "HD-D",
        "Σ over types of (1 - C(N - f, 42) / C(N, 42)) / 42",
        "P. McCarthy and S. Jarvis, Language Testing 24(4), 2007",
    ),
    Formula::new(
        "yule",
        "Yule's K",
        "10⁴ (Σ i² Vᵢ - N) / N²",
        "G. U. Yule, The Statistical Study of Literary Vocabulary, 1944",
    ),
    Formula::new("hapaxes", "hapax legomena", "V₁", "types that occur once"),
];

/// Returns V / N, `None` for an empty text.
#[must_use]
pub fn ttr(types: u64, words: u64) -> Option<f64> {
    (words > 0).then(|| types as f64 / words as f64)
}

/// Counts the types of a moving window.
struct Window {
    counts: Vec<u32>,
    types: u64,
}

impl Window {
    fn new(text: &[u32]) -> Self {
        let bound = text.iter().max().map_or(0, |&t| t as usize + 1);
        Self { counts: vec![0; bound], types: 0 }
    }

    fn add(&mut self, word: u32) {
        let count = &mut self.counts[word as usize];
        *count += 1;
        self.types += u64::from(*count == 1);
    }

    fn remove(&mut self, word: u32) {
        let count = &mut self.counts[word as usize];
        *count -= 1;
        self.types -= u64::from(*count == 0);
    }
}

/// Returns the mean type-token ratio of successive parts of `part` words; `None` for shorter texts.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::diversity::sttr;
///
/// // Two types and three types of three words.
/// assert_eq!(sttr(&[0, 0, 1, 0, 1, 2, 9], 3), Some(5.0 / 2.0 / 3.0));
/// assert_eq!(sttr(&[0, 1], 3), None);
/// ```
#[must_use]
pub fn sttr(text: &[u32], part: usize) -> Option<f64> {
    let mut window = Window::new(text);
    let (mut sum, mut parts) = (0u64, 0u64);
    for part in text.chunks_exact(part.max(1)) {
        part.iter().for_each(|&word| window.add(word));
        sum += window.types;
        parts += 1;
        part.iter().for_each(|&word| window.remove(word));
    }
    (parts > 0).then(|| sum as f64 / parts as f64 / part as f64)
}

/// Returns the mean type-token ratio of all windows of `window` words; `None` for shorter texts.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::diversity::mattr;
///
/// // Windows 0 0, 0 1, 1 1: one, two and one types of two.
/// assert_eq!(mattr(&[0, 0, 1, 1], 2), Some(4.0 / 6.0));
/// ```
#[must_use]
pub fn mattr(text: &[u32], window: usize) -> Option<f64> {
    if window == 0 || text.len() < window {
        return None;
    }
    let mut moving = Window::new(text);
    let mut sum = 0u64;
    for (at, &word) in text.iter().enumerate() {
        moving.add(word);
        if at >= window {
            moving.remove(text[at - window]);
        }
        if at + 1 >= window {
            sum += moving.types;
        }
    }
    Some(sum as f64 / (text.len() - window + 1) as f64 / window as f64)
}

/// Returns MTLD; `None` if no word occurs twice, so that no factor has begun.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::diversity::mtld;
///
/// // Either way one factor ends with the third word (2/3 < 0.72), twice: 6 words, 2 factors.
/// assert_eq!(mtld(&[0, 1, 1, 0, 1, 1], 0.72).map(|x| (x * 1e9).round() / 1e9), Some(3.0));
/// assert_eq!(mtld(&[0, 1, 2], 0.72), None);
/// ```
#[must_use]
pub fn mtld(text: &[u32], threshold: f64) -> Option<f64> {
    let forward = factors(text.iter(), text, threshold);
    let backward = factors(text.iter().rev(), text, threshold);
    let n = text.len() as f64;
    (forward > 0.0 && backward > 0.0).then(|| f64::midpoint(n / forward, n / backward))
}

fn factors<'t>(words: impl Iterator<Item = &'t u32>, text: &[u32], threshold: f64) -> f64 {
    // The factor in which each type was seen last: no table has to be emptied.
    let mut seen = vec![0u32; text.iter().max().map_or(0, |&t| t as usize + 1)];
    let (mut full, mut types, mut length) = (0u32, 0u32, 0u32);
    for &word in words {
        length += 1;
        if seen[word as usize] != full + 1 {
            seen[word as usize] = full + 1;
            types += 1;
        }
        if f64::from(types) / f64::from(length) < threshold {
            full += 1;
            (types, length) = (0, 0);
        }
    }
    let rest = if length > 0 {
        (1.0 - f64::from(types) / f64::from(length)) / (1.0 - threshold)
    } else {
        0.0
    };
    f64::from(full) + rest
}

/// How many types occur how often: pairs of frequency and number of types, by frequency.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::diversity::{spectrum, yules_k};
///
/// let spectrum = spectrum([1, 3, 1].into_iter());
/// assert_eq!(spectrum, [(1, 2), (3, 1)]);
/// // 10⁴ (1·2 + 9·1 - 5) / 25
/// assert_eq!(yules_k(&spectrum), Some(2400.0));
/// ```
#[must_use]
pub fn spectrum(frequencies: impl Iterator<Item = u64>) -> Vec<(u64, u64)> {
    let mut counts = std::collections::BTreeMap::new();
    frequencies.filter(|&f| f > 0).for_each(|f| *counts.entry(f).or_insert(0) += 1);
    counts.into_iter().collect()
}

fn words(spectrum: &[(u64, u64)]) -> u64 {
    spectrum.iter().map(|&(f, types)| f * types).sum()
}

/// Returns Yule's K from a [`spectrum`]; `None` for an empty text.
#[must_use]
pub fn yules_k(spectrum: &[(u64, u64)]) -> Option<f64> {
    let n = words(spectrum);
    let squares: u128 =
        spectrum.iter().map(|&(f, types)| u128::from(f) * u128::from(f) * u128::from(types)).sum();
    (n > 0).then(|| 1e4 * (squares - u128::from(n)) as f64 / (n as f64 * n as f64))
}

/// Returns HD-D from a [`spectrum`]; `None` for texts shorter than the sample.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::diversity::hdd;
///
/// // Two of the four words a a b c: a is among them with 1 - C(2,2)/C(4,2) = 5/6, b and c with 1/2.
/// let found = hdd(&[(1, 2), (2, 1)], 2).expect("a text of four words");
/// assert!((found - (5.0 / 6.0 + 0.5 + 0.5) / 2.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn hdd(spectrum: &[(u64, u64)], sample: u64) -> Option<f64> {
    let n = words(spectrum);
    if sample == 0 || n < sample {
        return None;
    }
    let sum = spectrum.iter().fold(0.0, |sum, &(f, types)| {
        let absent = (0..sample).fold(1.0, |p, i| {
            if n - f <= i { 0.0 } else { p * (n - f - i) as f64 / (n - i) as f64 }
        });
        sum + types as f64 * (1.0 - absent)
    });
    Some(sum / sample as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mtld_by_hand() {
        // Forward: 0 1 0 (2/3) | 2 3 rest with ratio 1: one factor. Backward: 3 2 0 1 0: ratio 4/5
        // in the end: (1 - 0.8) / 0.28 factors.
        let found = mtld(&[0, 1, 0, 2, 3], 0.72).expect("a factor");
        let backward = 5.0 / (0.2 / 0.28);
        assert!((found - f64::midpoint(5.0, backward)).abs() < 1e-12, "{found}");
    }

    #[test]
    fn windows_agree_with_counting_anew() {
        let text: Vec<u32> = (0..200u32).map(|i| i * i % 37 % 11).collect();
        let mean = |parts: Vec<&[u32]>| {
            let ratios = parts.iter().map(|part| {
                let types: std::collections::BTreeSet<u32> = part.iter().copied().collect();
                types.len() as f64 / part.len() as f64
            });
            ratios.sum::<f64>() / parts.len() as f64
        };
        let moving = mattr(&text, 30).expect("long enough");
        assert!((moving - mean(text.windows(30).collect())).abs() < 1e-12);
        let parts = sttr(&text, 30).expect("long enough");
        assert!((parts - mean(text.chunks_exact(30).collect())).abs() < 1e-12);
    }

    #[test]
    fn empty_texts_have_no_measures() {
        assert_eq!(ttr(0, 0), None);
        assert_eq!(sttr(&[], 10), None);
        assert_eq!(mattr(&[], 10), None);
        assert_eq!(mtld(&[], 0.72), None);
        assert_eq!(yules_k(&[]), None);
        assert_eq!(hdd(&[], 42), None);
    }
}
