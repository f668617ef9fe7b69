//! The byte encodings that Vietnamese text comes in.
//!
//! | module | what it holds |
//! |---|---|
//! | [`detect`] | which encoding bytes are in |
//! | [`decode`], [`encode`] | from bytes to text and back |
//! | [`mojibake`] | UTF-8 that was decoded in another encoding |
//! | [`misread`] | text of an older encoding that was decoded as windows-1252 |

pub mod decode;
pub mod detect;
pub mod encode;
pub(crate) mod legacy;
pub mod misread;
pub mod mojibake;

use std::fmt;
use std::str::FromStr;

#[cfg(feature = "serde")]
use serde::{Deserialize, Serialize};

/// A way to write Vietnamese text as bytes.
///
/// The names that [`FromStr`] accepts are case-insensitive and may hold any hyphens, underscores,
/// dots, colons, slashes or spaces.
///
/// # Examples
///
/// ```
/// use tomtat::text::encoding::Encoding;
///
/// assert_eq!("cp1258".parse(), Ok(Encoding::Windows1258));
/// assert_eq!("TCVN3".parse(), Ok(Encoding::Tcvn3));
/// assert_eq!(Encoding::Tcvn5712.to_string(), "tcvn5712-1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(Serialize, Deserialize))]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; plain ASCII is a part of it.
    #[cfg_attr(feature = "serde", serde(rename = "utf-8"))]
    Utf8,
    /// UTF-16 with the low byte first, with or without a byte order mark.
    #[cfg_attr(feature = "serde", serde(rename = "utf-16le"))]
    Utf16Le,
    /// UTF-16 with the high byte first, with or without a byte order mark.
    #[cfg_attr(feature = "serde", serde(rename = "utf-16be"))]
    Utf16Be,
    /// Microsoft's code page 1258: base letters and combining tone marks.
    #[cfg_attr(feature = "serde", serde(rename = "windows-1258"))]
    Windows1258,
    /// TCVN3, also called ABC: the third variant of TCVN 5712:1993, as the `.Vn` fonts use it.
    ///
    /// It has no code points for capitals with a tone mark: a document shows them by a change to
    /// a capital font (`.VnTimeH`), which bytes do not record. Such letters decode to lower case
    /// (`VIÖT` gives `VIệT`, which normalization can fix on request). Some converters write a
    /// capital followed by the marked small letter instead (`A` `0xB5` for À); this is read
    /// back as one capital, and is what encoding writes.
    #[cfg_attr(feature = "serde", serde(rename = "tcvn3"))]
    Tcvn3,
    /// The first variant (VN1) of TCVN 5712:1993, with all 134 letters in one byte each; twelve
    /// of the capitals lie on control codes.
    #[cfg_attr(feature = "serde", serde(rename = "tcvn5712-1"))]
    Tcvn5712,
    /// VNI for Windows: a base letter and a second byte for its marks.
    #[cfg_attr(feature = "serde", serde(rename = "vni"))]
    Vni,
    /// VISCII 1.1 (RFC 1456): all 134 letters in one byte each; six of them on control codes.
    #[cfg_attr(feature = "serde", serde(rename = "viscii"))]
    Viscii,
    /// Microsoft's code page 1252, the Latin text of western Europe. It cannot hold Vietnamese,
    /// and is here because other encodings are often mistaken for it.
    #[cfg_attr(feature = "serde", serde(rename = "windows-1252"))]
    Windows1252,
}

impl Encoding {
    /// All encodings, in the order in which help texts list them.
    pub const ALL: [Self; 9] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1258,
        Self::Tcvn3,
        Self::Tcvn5712,
        Self::Vni,
        Self::Viscii,
        Self::Windows1252,
    ];

    /// The name of the encoding as the commands print it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1258 => "windows-1258",
            Self::Tcvn3 => "tcvn3",
            Self::Tcvn5712 => "tcvn5712-1",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// Tells whether every Unicode character can be written in this encoding.
    #[must_use]
    pub const fn is_unicode(self) -> bool {
        matches!(self, Self::Utf8 | Self::Utf16Le | Self::Utf16Be)
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// An encoding name that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown encoding `{name}`; known are utf-8, utf-16le, utf-16be, windows-1258, tcvn3, \
     tcvn5712-1, vni, viscii, windows-1252"
)]
pub struct UnknownEncoding {
    name: String,
}

impl UnknownEncoding {
    /// The name that was asked for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let plain: String = name
            .chars()
            .filter(|c| !matches!(c, '-' | '_' | ' ' | '.' | ':' | '/'))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Ok(match plain.as_str() {
            "utf8" | "utf8bom" | "unicode11utf8" | "ascii" | "usascii" => Self::Utf8,
            "utf16" | "utf16le" | "ucs2" | "ucs2le" => Self::Utf16Le,
            "utf16be" | "ucs2be" => Self::Utf16Be,
            "windows1258" | "win1258" | "cp1258" | "xcp1258" | "ms1258" | "1258" => {
                Self::Windows1258
            }
            "tcvn3" | "abc" | "tcvn3abc" | "vn3" | "tcvn57123" => Self::Tcvn3,
            "tcvn" | "tcvn5712" | "tcvn57121" | "tcvn571211993" | "tcvn57121993" | "vn1" => {
                Self::Tcvn5712
            }
            "vni" | "vniwin" | "vniwindows" => Self::Vni,
            "viscii" | "viscii11" | "viscii111" | "csviscii" | "rfc1456" => Self::Viscii,
            "windows1252" | "win1252" | "cp1252" | "1252" | "latin1" | "iso88591" | "l1" => {
                Self::Windows1252
            }
            _ => return Err(UnknownEncoding { name: name.to_owned() }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_parses_back() {
        for encoding in Encoding::ALL {
            assert_eq!(encoding.name().parse(), Ok(encoding));
            assert_eq!(encoding.name().to_uppercase().parse(), Ok(encoding));
            let json = serde_json::to_string(&encoding).unwrap();
            assert_eq!(json, format!("\"{encoding}\""));
        }
    }

    #[test]
    fn an_unknown_name_is_named_in_the_error() {
        let error = "koi8-r".parse::<Encoding>().unwrap_err();
        assert_eq!(error.name(), "koi8-r");
        assert!(error.to_string().contains("`koi8-r`"));
    }
}
