//! From text to bytes, never lossy in silence.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::Encoding;
use super::legacy::{self, tcvn, viscii, vni, windows};

/// A character that an encoding cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {position}: `{}` cannot be written in {encoding}", text.escape_debug())]
pub struct EncodeError {
    encoding: Encoding,
    position: usize,
    text: String,
}

impl EncodeError {
    /// The encoding asked for.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Byte offset in the text where the character begins.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The character with its combining marks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Writes text as bytes, without a byte order mark.
///
/// For the encodings that are not Unicode the text is composed (NFC) first, so decomposed
/// letters are written like composed ones. What was written is read back once: text that would
/// come back as other text is an error too (`A` before `à` in TCVN3, which means `À` there).
///
/// # Errors
///
/// Fails at the first character that the encoding cannot hold.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::{Encoding, encode::encode};
///
/// assert_eq!(encode("Việt Nam", Encoding::Vni)?, b"Vie\xE4t Nam");
/// assert_eq!(encode("Việt Nam", Encoding::Windows1258)?, b"Vi\xEA\xF2t Nam");
///
/// let error = encode("giá 5 €", Encoding::Viscii).unwrap_err();
/// assert_eq!((error.position(), error.text()), (7, "€"));
/// # Ok::<(), tomtat::text::encoding::encode::EncodeError>(())
/// ```
pub fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, EncodeError> {
    let write: fn(char, &mut Vec<u8>) -> bool = match encoding {
        Encoding::Utf8 => return Ok(text.as_bytes().to_vec()),
        Encoding::Utf16Le => return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Windows1258 => windows::write_1258,
        Encoding::Windows1252 => windows::write_1252,
        Encoding::Tcvn3 => tcvn::write_vn3,
        Encoding::Tcvn5712 => tcvn::write_vn1,
        Encoding::Vni => vni::write,
        Encoding::Viscii => viscii::write,
    };
    let mut out = Vec::with_capacity(text.len());
    // Start of each cluster in the text and in the bytes, for the error of the check below.
    let mut composed = String::with_capacity(text.len());
    let mut clusters = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let width = cluster_width(&text[at..]);
        let cluster = &text[at..at + width];
        clusters.push((composed.len(), at, width));
        for letter in cluster.nfc() {
            composed.push(letter);
            if !write(letter, &mut out) {
                return Err(EncodeError { encoding, position: at, text: cluster.to_owned() });
            }
        }
        at += width;
    }
    match first_difference(&composed, &out, encoding) {
        None => Ok(out),
        Some(offset) => {
            let found = clusters.partition_point(|&(start, _, _)| start <= offset);
            let (_, position, width) = clusters[found.saturating_sub(1)];
            let text = text[position..position + width].to_owned();
            Err(EncodeError { encoding, position, text })
        }
    }
}

/// Bytes of the first character and the combining marks after it.
fn cluster_width(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    chars
        .find(|&(_, letter)| canonical_combining_class(letter) == 0)
        .map_or(text.len(), |(at, _)| at)
}

/// Offset in the text at which the bytes begin to say something else.
fn first_difference(text: &str, bytes: &[u8], encoding: Encoding) -> Option<usize> {
    let read = legacy::reader(encoding)?;
    let mut at = 0;
    for (offset, letter) in text.char_indices() {
        match read(&bytes[at..]) {
            Some((found, width)) if found == letter => at += width,
            _ => return Some(offset),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::encoding::decode::decode;
    use crate::text::encoding::legacy::tests::letters;
    use proptest::prelude::*;

    const LEGACY: [Encoding; 5] = [
        Encoding::Windows1258,
        Encoding::Tcvn3,
        Encoding::Tcvn5712,
        Encoding::Vni,
        Encoding::Viscii,
    ];

    #[test]
    fn all_134_letters_go_and_come_back_in_every_encoding() {
        for encoding in Encoding::ALL.into_iter().filter(|&e| e != Encoding::Windows1252) {
            for letter in letters() {
                // Consonants around the letter show that no neighbour is drawn in.
                let text = format!("t{letter}nh {letter}.");
                let bytes = encode(&text, encoding).unwrap();
                assert_eq!(decode(&bytes, encoding).unwrap().text(), text, "{encoding}");
                let decomposed: String = text.nfd().collect();
                if !encoding.is_unicode() {
                    assert_eq!(encode(&decomposed, encoding).unwrap(), bytes, "{encoding}");
                }
            }
        }
    }

    #[test]
    fn a_capital_before_its_own_marked_small_letter_is_refused_in_tcvn3() {
        let error = encode("tên Aà", Encoding::Tcvn3).unwrap_err();
        assert_eq!(error.position(), 5);
        assert_eq!(encode("Uẩn", Encoding::Tcvn3).unwrap(), b"U\xC8n");
    }

    #[test]
    fn the_error_names_the_character_with_its_marks() {
        let error = encode("x\u{30A}", Encoding::Vni).unwrap_err();
        assert_eq!(error.text(), "x\u{30A}");
        assert_eq!(error.encoding(), Encoding::Vni);
        assert!(error.to_string().starts_with("byte 0: "));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_composed_text(text in "[a-zA-Z .,0-9à-ỹĂăĐđƠơƯư\u{300}-\u{323}]{0,40}") {
            for encoding in LEGACY {
                if let Ok(bytes) = encode(&text, encoding) {
                    let composed: String = text.nfc().collect();
                    let decoded = decode(&bytes, encoding).unwrap();
                    prop_assert_eq!(decoded.text(), composed.as_str());
                }
            }
        }

        #[test]
        fn any_text_is_written_or_refused(text in any::<String>()) {
            for encoding in Encoding::ALL {
                match encode(&text, encoding) {
                    Ok(bytes) if encoding.is_unicode() && !text.starts_with('\u{FEFF}') => {
                        let decoded = decode(&bytes, encoding).unwrap();
                        prop_assert_eq!(decoded.text(), text.as_str());
                    }
                    Ok(_) => {}
                    Err(error) => prop_assert!(text[error.position()..].starts_with(error.text())),
                }
            }
        }
    }
}
