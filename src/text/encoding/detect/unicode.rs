//! The signs of UTF-8 and UTF-16.

use super::{Content, Detection, MOST_CERTAIN};
use crate::text::encoding::Encoding;

/// Byte order marks.
pub(super) fn by_mark(bytes: &[u8]) -> Option<Detection> {
    let (encoding, width) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        _ => return None,
    };
    if bytes.len() == width {
        let mut found = Detection::certain(Content::Empty, "there is a byte order mark alone");
        found.encoding = Some(encoding);
        return Some(found);
    }
    // `ÿþ` and `þÿ` begin no word of the older encodings.
    let evidence = format!("it begins with the byte order mark of {encoding}");
    Some(Detection::text(encoding, MOST_CERTAIN, evidence))
}

/// Zero bytes, the first of which is at `first`: UTF-16 without a mark, or no text.
pub(super) fn by_zero_bytes(first: usize, sample: &[u8]) -> Detection {
    let little = plausible_share(sample, u16::from_le_bytes);
    let big = plausible_share(sample, u16::from_be_bytes);
    let (encoding, best, other) = if little >= big {
        (Encoding::Utf16Le, little, big)
    } else {
        (Encoding::Utf16Be, big, little)
    };
    if best > 0.7 {
        let evidence = format!(
            "{:.0} % of its 16-bit units are letters, digits or punctuation of Vietnamese text \
             when read as {encoding}",
            best * 100.0
        );
        Detection::text(encoding, best * (1.0 - other), evidence)
    } else {
        let evidence = format!("there is a zero byte at {first}");
        Detection::certain(Content::Binary, &evidence)
    }
}

/// Share of 16-bit units that Vietnamese text is made of.
fn plausible_share(sample: &[u8], unit: fn([u8; 2]) -> u16) -> f64 {
    let (pairs, _) = sample.as_chunks::<2>();
    let plausible = pairs
        .iter()
        .filter(|&&pair| {
            matches!(unit(pair),
                0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x17F | 0x1A0 | 0x1A1 | 0x1AF | 0x1B0
                | 0x300..=0x303 | 0x306 | 0x309 | 0x31B | 0x323 | 0x1EA0..=0x1EF9
                | 0x200B..=0x203A | 0x20AB | 0x20AC | 0xFEFF)
        })
        .count();
    plausible as f64 / pairs.len().max(1) as f64
}

/// How far bytes have the form of UTF-8, counted in parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    controls: usize,
    /// Valid sequences of several bytes.
    sequences: usize,
    /// Bytes above ASCII in valid text, and outside of it.
    valid: usize,
    broken: usize,
    faults: usize,
    /// Where the first fault is, with its byte.
    first: Option<(usize, u8)>,
    /// The beginning of a character whose end did not come yet.
    tail: Vec<u8>,
    /// Bytes so far.
    end: usize,
}

impl Form {
    /// Adds the next bytes; `passed` came before them.
    pub(super) fn add(&mut self, bytes: &[u8], passed: usize) {
        self.controls += bytes.iter().filter(|&&b| is_control(b)).count();
        if self.tail.is_empty() {
            self.count(bytes, passed);
        } else {
            let passed = passed - self.tail.len();
            let mut joined = std::mem::take(&mut self.tail);
            joined.extend_from_slice(bytes);
            self.count(&joined, passed);
        }
    }

    fn count(&mut self, bytes: &[u8], passed: usize) {
        let mut at = 0;
        while at < bytes.len() {
            let (valid, error) = match std::str::from_utf8(&bytes[at..]) {
                Ok(_) => (bytes.len() - at, None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            // Every sequence has one byte that is neither ASCII nor a continuation.
            let text = &bytes[at..at + valid];
            self.sequences += text.iter().filter(|&&b| b >= 0xC0).count();
            self.valid += text.iter().filter(|&&b| b >= 0x80).count();
            at += valid;
            match error {
                None => break,
                Some(None) => {
                    self.tail = bytes[at..].to_vec();
                    break;
                }
                Some(Some(width)) => {
                    self.first.get_or_insert((passed + at, bytes[at]));
                    self.faults += 1;
                    self.broken += width;
                    at += width;
                }
            }
        }
        self.end = passed + bytes.len();
    }

    /// Where the bytes stop being UTF-8, with the byte there.
    pub(super) fn first_odd_byte(&self) -> Option<(usize, u8)> {
        self.first.or_else(|| Some((self.end - self.tail.len(), *self.tail.first()?)))
    }

    /// Returns true if a few of many bytes above ASCII are broken.
    pub(super) fn is_damaged(&self) -> bool {
        let broken = self.broken + self.tail.len();
        broken > 0 && self.valid > 2 * broken
    }

    /// What the form of `length` bytes says, if it says enough.
    pub(super) fn detection(&self, length: usize) -> Option<Detection> {
        let (sequences, faults) = (self.sequences, self.faults);
        let cut_off = !self.tail.is_empty();
        if faults == 0 && self.controls * 20 > length {
            return Some(Detection::certain(
                Content::Binary,
                "control characters stand where text would have none",
            ));
        }
        if faults == 0 && sequences == 0 {
            if cut_off {
                return None;
            }
            let evidence =
                "all bytes are ASCII, on which every encoding but UTF-16 agrees".to_owned();
            return Some(Detection::text(Encoding::Utf8, 1.0, evidence));
        }
        let mut evidence = format!("{sequences} multi-byte sequences are valid UTF-8");
        if faults == 0 {
            if cut_off {
                evidence.push_str(", and the input ends within one");
            }
            let confidence = 1.0 - 0.1 / (sequences as f64 + 1.0);
            return Some(Detection::text(Encoding::Utf8, confidence, evidence));
        }
        // Sequences of this form are rare in other encodings; ten to one is UTF-8 with damage.
        if sequences >= 5 && sequences >= 10 * faults {
            let first = self.first.map_or(0, |(at, _)| at);
            evidence = format!("{evidence}, but {faults} are not, the first at byte {first}");
            let confidence = sequences as f64 / (sequences + faults) as f64;
            return Some(Detection::text(Encoding::Utf8, confidence, evidence));
        }
        None
    }
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)
}
