//! Which encoding bytes are in, and how sure that is.
//!
//! Byte order marks, signatures of binary formats, zero bytes and the strict form of UTF-8 decide
//! most inputs. What is left is read in every older encoding, and each word with a byte outside
//! ASCII votes: it either is a Vietnamese syllable in consistent case or not. The votes are
//! likelihoods of independent words, and the certainty is the posterior share of the best
//! reading; readings that give the same text share it. A text that no encoding reads well gets
//! a low certainty even for the best of them.
//!
//! # References
//!
//! The scheme is the one of Li and Momoi, *A composite approach to language/encoding detection*
//! (2001), with syllable validity in the place of character statistics.

#[cfg(feature = "serde")]
use serde::Serialize;

use super::Encoding;
use super::legacy;

mod content;
mod reading;
mod unicode;

pub use content::Content;
use reading::Reading;

/// Bytes that the older encodings are judged by.
const SAMPLE: usize = 64 * 1024;

/// The older encodings; of two that read a sample alike the first is named.
const LEGACY: [Encoding; 6] = [
    Encoding::Tcvn3,
    Encoding::Windows1258,
    Encoding::Vni,
    Encoding::Viscii,
    Encoding::Tcvn5712,
    Encoding::Windows1252,
];

/// Certainties stop here, because no sample proves an encoding.
const MOST_CERTAIN: f64 = 0.999;

/// What bytes look like.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Detection {
    content: Content,
    encoding: Option<Encoding>,
    confidence: f64,
    evidence: Vec<String>,
    candidates: Vec<Candidate>,
}

/// How well one encoding reads the bytes.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Candidate {
    encoding: Encoding,
    probability: f64,
    words_read: usize,
    words_failed: usize,
}

impl Candidate {
    /// The encoding.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Posterior probability among the candidates, 0 to 1.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probability
    }

    /// Words with bytes outside ASCII that are Vietnamese syllables in this encoding.
    #[must_use]
    pub fn words_read(&self) -> usize {
        self.words_read
    }

    /// Words with bytes outside ASCII that are not.
    #[must_use]
    pub fn words_failed(&self) -> usize {
        self.words_failed
    }
}

impl Detection {
    fn certain(content: Content, evidence: &str) -> Self {
        Self {
            content,
            encoding: None,
            confidence: MOST_CERTAIN,
            evidence: vec![evidence.to_owned()],
            candidates: Vec::new(),
        }
    }

    fn text(encoding: Encoding, confidence: f64, evidence: String) -> Self {
        Self {
            content: Content::Text,
            encoding: Some(encoding),
            confidence: confidence.min(MOST_CERTAIN),
            evidence: vec![evidence],
            candidates: Vec::new(),
        }
    }

    /// Whether it is text, and what else if not.
    #[must_use]
    pub fn content(&self) -> Content {
        self.content
    }

    /// The best encoding; `None` if the bytes are no text.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// How sure that is, from 0 to 1. A value under 0.9 should not be acted on unasked.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// What speaks for it, in sentences for people.
    #[must_use]
    pub fn evidence(&self) -> &[String] {
        &self.evidence
    }

    /// The older encodings that were tried, best first; empty where UTF-8 or UTF-16 was plain.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }
}

/// Finds out what bytes are, and in which encoding if they are text.
///
/// Linear in the length of the input for UTF-8; everything else is decided on the first 64 KiB.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, detect::{Content, detect}};
///
/// let found = detect(b"Tr\xAD\xEDc \xAE\xA9y, nh\xB5 m\xB9ng ch\xD8 vi\xD5t b\xBBng ABC.");
/// assert_eq!(found.encoding(), Some(Encoding::Tcvn3));
/// assert!(found.confidence() > 0.9);
///
/// assert_eq!(detect(b"%PDF-1.4").content(), Content::Pdf);
/// assert_eq!(detect("Tiếng Việt".as_bytes()).encoding(), Some(Encoding::Utf8));
/// ```
#[must_use]
pub fn detect(bytes: &[u8]) -> Detection {
    let mut detector = Detector::default();
    detector.add(bytes);
    detector.detection()
}

/// Detects as [`detect`] does, from bytes that come in parts.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, detect::{Detector, detect}};
///
/// let text = "Tiếng Việt".as_bytes();
/// let mut detector = Detector::default();
/// text.chunks(3).for_each(|part| detector.add(part));
/// assert_eq!(detector.detection(), detect(text));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Detector {
    /// The first bytes, [`SAMPLE`] of them.
    head: Vec<u8>,
    length: usize,
    zero: Option<usize>,
    form: unicode::Form,
}

impl Detector {
    /// Adds the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        let missing = SAMPLE - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(missing)]);
        if self.zero.is_none() {
            self.zero = memchr::memchr(0, bytes).map(|at| self.length + at);
        }
        self.form.add(bytes, self.length);
        self.length += bytes.len();
    }

    /// What the bytes are.
    #[must_use]
    pub fn detection(&self) -> Detection {
        by_signature(&self.head)
            .or_else(|| unicode::by_mark(&self.head))
            .or_else(|| self.zero.map(|first| unicode::by_zero_bytes(first, &self.head)))
            .or_else(|| self.form.detection(self.length))
            .unwrap_or_else(|| by_syllables(&self.head))
    }

    /// The first bytes, 64 KiB of them.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Where the bytes stop being UTF-8, with the byte there; `None` if they are all UTF-8.
    pub(super) fn first_odd_byte(&self) -> Option<(usize, u8)> {
        self.form.first_odd_byte()
    }

    /// Whether the bytes hold a zero byte.
    pub(super) const fn has_zero(&self) -> bool {
        self.zero.is_some()
    }

    /// Returns true if most of the bytes above ASCII are valid UTF-8: a few broken bytes do not make
    /// it another encoding.
    pub(crate) fn is_damaged_utf8(&self) -> bool {
        self.form.is_damaged()
    }
}

/// Tells whether a word is a Vietnamese syllable, or several parted by punctuation, when its
/// bytes are read in an older encoding.
pub(crate) fn reads_as(word: &[u8], encoding: Encoding) -> bool {
    legacy::reader(encoding).is_some_and(|read| reading::reads(word, encoding, read))
}

fn by_signature(bytes: &[u8]) -> Option<Detection> {
    if bytes.is_empty() {
        return Some(Detection::certain(Content::Empty, "there are no bytes"));
    }
    let content = content::by_signature(bytes)?;
    let evidence = format!("the first bytes are those of {content}");
    Some(Detection::certain(content, &evidence))
}

/// Natural logarithm of how much likelier a declared encoding is.
const DECLARED: f64 = 2.0;

fn by_syllables(sample: &[u8]) -> Detection {
    let declared = declared_encoding(sample);
    let mut readings: Vec<Reading> = LEGACY
        .iter()
        .filter_map(|&encoding| Some(Reading::of(sample, encoding, legacy::reader(encoding)?)))
        .collect();
    for reading in &mut readings {
        if Some(reading.encoding) == declared {
            reading.log_likelihood += DECLARED;
        }
    }
    // A stable sort: of equal readings the first of the list above stays in front.
    readings.sort_by(|a, b| b.log_likelihood.total_cmp(&a.log_likelihood));
    let best_score = readings[0].log_likelihood;
    let weights: Vec<f64> =
        readings.iter().map(|reading| (reading.log_likelihood - best_score).exp()).collect();
    let total: f64 = weights.iter().sum();
    let candidates: Vec<Candidate> = readings
        .iter()
        .zip(&weights)
        .map(|(reading, weight)| Candidate {
            encoding: reading.encoding,
            probability: weight / total,
            words_read: reading.read,
            words_failed: reading.failed,
        })
        .collect();

    let best = &readings[0];
    let alike: Vec<usize> =
        (0..readings.len()).filter(|&i| readings[i].digest == best.digest).collect();
    let share: f64 = alike.iter().map(|&i| candidates[i].probability).sum();
    // A reading in which four of five words make sense is as good as real text gets.
    let sense = (best.sensible_share() / 0.8).min(1.0);
    let controls = reading::control_share(sample, best.encoding);
    if controls > 0.02 || (sense < 0.25 && controls > 0.0) {
        let mut found = Detection::certain(
            Content::Binary,
            "control characters stand where text would have none",
        );
        found.candidates = candidates;
        return found;
    }

    let words = best.read + best.failed;
    let mut evidence = vec![format!(
        "{} of {words} words with bytes outside ASCII are Vietnamese syllables when read as {}",
        best.read, best.encoding
    )];
    if let Some(other) = readings.iter().find(|reading| reading.digest != best.digest) {
        evidence.push(format!(
            "next best is {}, with {} of {}",
            other.encoding,
            other.read,
            other.read + other.failed
        ));
    }
    for &i in alike.iter().skip(1) {
        evidence.push(format!("{} reads the same text", readings[i].encoding));
    }
    if let Some(declared) = declared {
        evidence.push(format!("the text declares {declared}"));
    }
    Detection {
        content: Content::Text,
        encoding: Some(best.encoding),
        confidence: (share * sense).min(MOST_CERTAIN),
        evidence,
        candidates,
    }
}

/// The encoding that an HTML or XML text names near its top.
fn declared_encoding(sample: &[u8]) -> Option<Encoding> {
    let head = &sample[..sample.len().min(1024)];
    [b"charset=".as_slice(), b"encoding="].iter().find_map(|&key| {
        let at = memchr::memmem::find(&head.to_ascii_lowercase(), key)? + key.len();
        let rest = &head[at..];
        let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)));
        std::str::from_utf8(&rest[..end.unwrap_or(rest.len())]).ok()?.parse().ok()
    })
}

#[cfg(test)]
mod tests;
