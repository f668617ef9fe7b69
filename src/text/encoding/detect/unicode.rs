//! The signs of UTF-8 and UTF-16.

use super::{Content, Detection, MOST_CERTAIN, SAMPLE};
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

/// Zero bytes: UTF-16 without a mark, or no text.
pub(super) fn by_zero_bytes(bytes: &[u8]) -> Option<Detection> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let first = memchr::memchr(0, bytes)?;
    let little = plausible_share(sample, u16::from_le_bytes);
    let big = plausible_share(sample, u16::from_be_bytes);
    let (encoding, best, other) = if little >= big {
        (Encoding::Utf16Le, little, big)
    } else {
        (Encoding::Utf16Be, big, little)
    };
    Some(if best > 0.7 {
        let evidence = format!(
            "{:.0} % of its 16-bit units are letters, digits or punctuation of Vietnamese text \
             when read as {encoding}",
            best * 100.0
        );
        Detection::text(encoding, best * (1.0 - other), evidence)
    } else {
        let evidence = format!("there is a zero byte at {first}");
        Detection::certain(Content::Binary, &evidence)
    })
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

/// Multi-byte sequences of UTF-8.
pub(super) fn by_utf8_form(bytes: &[u8]) -> Option<Detection> {
    let (sequences, faults) = utf8_sequences(bytes);
    let controls = bytes.iter().filter(|&&b| is_control(b)).count();
    if faults.count == 0 && controls * 20 > bytes.len() {
        return Some(Detection::certain(
            Content::Binary,
            "control characters stand where text would have none",
        ));
    }
    if faults.count == 0 && sequences == 0 {
        if faults.cut_off {
            return None;
        }
        let evidence = "all bytes are ASCII, on which every encoding but UTF-16 agrees".to_owned();
        return Some(Detection::text(Encoding::Utf8, 1.0, evidence));
    }
    let mut evidence = format!("{sequences} multi-byte sequences are valid UTF-8");
    if faults.count == 0 {
        if faults.cut_off {
            evidence.push_str(", and the input ends within one");
        }
        let confidence = 1.0 - 0.1 / (sequences as f64 + 1.0);
        return Some(Detection::text(Encoding::Utf8, confidence, evidence));
    }
    // Sequences of this form are rare in other encodings; ten to one is UTF-8 with damage.
    if sequences >= 5 && sequences >= 10 * faults.count {
        evidence =
            format!("{evidence}, but {} are not, the first at byte {}", faults.count, faults.first);
        let confidence = sequences as f64 / (sequences + faults.count) as f64;
        return Some(Detection::text(Encoding::Utf8, confidence, evidence));
    }
    None
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)
}

#[derive(Default)]
struct Faults {
    count: usize,
    first: usize,
    cut_off: bool,
}

/// Counts valid multi-byte sequences and what breaks the form.
fn utf8_sequences(bytes: &[u8]) -> (usize, Faults) {
    let (mut sequences, mut faults, mut at) = (0, Faults::default(), 0);
    while at < bytes.len() {
        let (valid, error) = match std::str::from_utf8(&bytes[at..]) {
            Ok(_) => (bytes.len() - at, None),
            Err(error) => (error.valid_up_to(), Some(error.error_len())),
        };
        // Every sequence has one byte that is neither ASCII nor a continuation.
        sequences += bytes[at..at + valid].iter().filter(|&&b| b >= 0xC0).count();
        at += valid;
        match error {
            None => break,
            Some(None) => {
                faults.cut_off = true;
                break;
            }
            Some(Some(width)) => {
                if faults.count == 0 {
                    faults.first = at;
                }
                faults.count += 1;
                at += width;
            }
        }
    }
    (sequences, faults)
}
