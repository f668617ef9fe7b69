//! Byte offsets as characters, UTF-16 units, lines and columns.
//!
//! Spans are byte offsets everywhere in this crate. Other programs count otherwise: Python in
//! characters, JavaScript and Java in UTF-16 units, editors in lines and columns. A
//! [`Cursor`] walks forward over a text and converts in passing, so that converting all spans of
//! a document costs one pass.

#[cfg(feature = "serde")]
use serde::Serialize;

/// A place in a text, counted in five ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
pub struct Position {
    byte: usize,
    #[cfg_attr(feature = "serde", serde(rename = "char"))]
    chars: usize,
    utf16: usize,
    line: usize,
    column: usize,
}

impl Position {
    /// The start of a text.
    pub(crate) const START: Self = Self { byte: 0, chars: 0, utf16: 0, line: 1, column: 1 };

    /// The place that is `further` from here, as it counts for a text that begins here.
    #[must_use]
    pub(crate) const fn then(self, further: Self) -> Self {
        Self {
            byte: self.byte + further.byte,
            chars: self.chars + further.chars,
            utf16: self.utf16 + further.utf16,
            line: self.line + further.line - 1,
            column: if further.line > 1 {
                further.column
            } else {
                self.column + further.column - 1
            },
        }
    }

    /// Bytes before the place.
    #[must_use]
    pub const fn byte(self) -> usize {
        self.byte
    }

    /// Characters (Unicode scalar values) before the place.
    #[must_use]
    pub const fn chars(self) -> usize {
        self.chars
    }

    /// UTF-16 units before the place.
    #[must_use]
    pub const fn utf16(self) -> usize {
        self.utf16
    }

    /// Number of the line, from 1. Lines end in LF, CR LF or CR.
    #[must_use]
    pub const fn line(self) -> usize {
        self.line
    }

    /// Number of the character in its line, from 1.
    #[must_use]
    pub const fn column(self) -> usize {
        self.column
    }
}

/// Walks over a text and says where byte offsets lie.
///
/// # Examples
///
/// ```
/// use tomtat::text::offsets::Cursor;
///
/// let text = "Đà Lạt\nmùa 🌸 nở";
/// let mut cursor = Cursor::new(text);
/// let place = cursor.at(text.find("nở").unwrap());
/// assert_eq!((place.byte(), place.chars(), place.utf16()), (21, 13, 14));
/// assert_eq!((place.line(), place.column()), (2, 7));
/// ```
#[derive(Debug, Clone)]
pub struct Cursor<'t> {
    text: &'t str,
    here: Position,
}

impl<'t> Cursor<'t> {
    /// Starts at the beginning of a text.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, here: Position::START }
    }

    /// The place of a byte offset; one within a character is taken to its start, one past the end
    /// to the end.
    ///
    /// Costs as many steps as bytes lie between this offset and the one asked for before; going
    /// back starts again from the beginning.
    pub fn at(&mut self, byte: usize) -> Position {
        let byte = boundary_before(self.text, byte);
        if byte < self.here.byte {
            *self = Self::new(self.text);
        }
        let here = &mut self.here;
        let passed = &self.text.as_bytes()[here.byte..byte];
        let chars = count_chars(passed);
        here.chars += chars;
        // Characters of four bytes are the ones that take two UTF-16 units.
        here.utf16 += chars + passed.iter().filter(|&&b| b >= 0xF0).count();
        let mut last_end = None;
        for at in memchr::memchr2_iter(b'\n', b'\r', passed) {
            // The CR of a CR LF ends no line of its own.
            if passed[at] == b'\n' || self.text.as_bytes().get(here.byte + at + 1) != Some(&b'\n') {
                here.line += 1;
                last_end = Some(at + 1);
            }
        }
        here.column = match last_end {
            Some(end) => count_chars(&passed[end..]) + 1,
            None => here.column + chars,
        };
        here.byte = byte;
        *here
    }
}

/// The start of the character that holds a byte offset; the end of the text for one past it.
pub(crate) fn boundary_before(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_end_in_three_ways() {
        let text = "một\r\nhai\rba\n\nnăm";
        let mut cursor = Cursor::new(text);
        for (word, line) in [("một", 1), ("hai", 2), ("ba", 3), ("năm", 5)] {
            let place = cursor.at(text.find(word).unwrap());
            assert_eq!((place.line(), place.column()), (line, 1));
        }
        // Between CR and LF the line has not ended yet.
        let place = cursor.at(6);
        assert_eq!((place.line(), place.column()), (1, 5));
        assert_eq!(cursor.at(7).line(), 2);
    }

    #[test]
    fn offsets_outside_are_taken_to_the_nearest_character() {
        let mut cursor = Cursor::new("đ");
        assert_eq!(cursor.at(1).byte(), 0);
        assert_eq!(cursor.at(99).byte(), 2);
        assert_eq!(Cursor::new("").at(3).byte(), 0);
    }

    proptest! {
        #[test]
        fn counts_agree_with_the_plain_definition(
            text in "[a\u{e0}\u{1ec7}\u{1F600}\r\n]{0,60}",
            asked in proptest::collection::vec(0..200_usize, 0..20),
        ) {
            let mut cursor = Cursor::new(&text);
            for byte in asked {
                let place = cursor.at(byte);
                let before = &text[..place.byte()];
                prop_assert!(place.byte() <= byte);
                prop_assert_eq!(place.chars(), before.chars().count());
                prop_assert_eq!(place.utf16(), before.encode_utf16().count());
                // CR LF as one letter that ends a line, unless only its CR has been passed.
                let split = before.ends_with('\r') && text[place.byte()..].starts_with('\n');
                let whole = before.strip_suffix('\r').filter(|_| split).unwrap_or(before);
                let ends = whole.replace("\r\n", "\n").replace('\r', "\n");
                prop_assert_eq!(place.line(), ends.matches('\n').count() + 1);
                let column = ends.rsplit('\n').next().unwrap_or("").chars().count() + 1;
                prop_assert_eq!(place.column(), column + usize::from(split));
            }
        }
    }
}
