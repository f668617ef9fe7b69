//! Files that are no text, told by their first bytes.

use std::fmt;

#[cfg(feature = "serde")]
use serde::Serialize;

/// What kind of bytes an input holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Content {
    /// Text, in some encoding.
    Text,
    /// No bytes at all, or a byte order mark alone.
    Empty,
    /// A PDF document.
    Pdf,
    /// A ZIP archive; documents of current word processors are such archives too.
    Zip,
    /// A document of older word processors and spreadsheets (OLE2 compound file).
    Ole,
    /// A Rich Text document: text under markup that must be taken off first.
    Rtf,
    /// A compressed file (gzip, zstd, bzip2, xz, 7-Zip, RAR).
    Compressed,
    /// A picture.
    Image,
    /// Sound or film.
    Media,
    /// A program or library.
    Program,
    /// A database file.
    Database,
    /// Text in UTF-32, which is not read here.
    Utf32,
    /// Other bytes that are no text.
    Binary,
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Empty => "an empty file",
            Self::Pdf => "a PDF document",
            Self::Zip => "a ZIP archive (or a .docx, .xlsx, .odt or .epub document)",
            Self::Ole => "an old .doc or .xls document",
            Self::Rtf => "an RTF document",
            Self::Compressed => "a compressed file",
            Self::Image => "a picture",
            Self::Media => "sound or film",
            Self::Program => "a program",
            Self::Database => "a database",
            Self::Utf32 => "UTF-32 text, which is not supported",
            Self::Binary => "binary data",
        })
    }
}

/// First bytes of well-known formats; each holds a byte or a sequence that text does not begin
/// with.
const SIGNATURES: [(&[u8], Content); 29] = [
    (b"%PDF-", Content::Pdf),
    (b"PK\x03\x04", Content::Zip),
    (b"PK\x05\x06", Content::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Content::Ole),
    (b"{\\rtf", Content::Rtf),
    (b"\x1F\x8B", Content::Compressed),
    (b"\x28\xB5\x2F\xFD", Content::Compressed),
    (b"BZh91AY&SY", Content::Compressed),
    (b"\xFD7zXZ\0", Content::Compressed),
    (b"7z\xBC\xAF\x27\x1C", Content::Compressed),
    (b"Rar!\x1A\x07", Content::Compressed),
    (b"\x89PNG\r\n\x1A\n", Content::Image),
    (b"\xFF\xD8\xFF", Content::Image),
    (b"GIF87a", Content::Image),
    (b"GIF89a", Content::Image),
    (b"II*\0", Content::Image),
    (b"MM\0*", Content::Image),
    (b"ID3\x03", Content::Media),
    (b"ID3\x04", Content::Media),
    (b"OggS\0", Content::Media),
    (b"fLaC\0", Content::Media),
    (b"\x1A\x45\xDF\xA3", Content::Media),
    (b"\x7FELF", Content::Program),
    (b"MZ\x90\0", Content::Program),
    (b"\xCA\xFE\xBA\xBE", Content::Program),
    (b"\0asm", Content::Program),
    (b"SQLite format 3\0", Content::Database),
    (b"\0\0\xFE\xFF", Content::Utf32),
    (b"\xFF\xFE\0\0", Content::Utf32),
];

/// Recognizes a format by its signature.
pub(super) fn by_signature(bytes: &[u8]) -> Option<Content> {
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Some(Content::Image),
            Some(b"WAVE" | b"AVI ") => Some(Content::Media),
            _ => None,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Content::Media);
    }
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, content)| content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_recognized() {
        for (start, content) in SIGNATURES {
            let mut bytes = start.to_vec();
            bytes.extend(b" and more");
            assert_eq!(by_signature(&bytes), Some(content));
        }
        assert_eq!(by_signature(b"RIFF\x10\0\0\0WAVEfmt "), Some(Content::Media));
    }

    #[test]
    fn text_that_begins_alike_is_text() {
        for text in ["PK Hoàng Anh", "MZ", "RIFF là định dạng", "%PDF", "ID3", "GIF ảnh động"]
        {
            assert_eq!(by_signature(text.as_bytes()), None);
        }
    }
}
