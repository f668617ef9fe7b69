//! The kinds of problems.

use std::fmt;

#[cfg(feature = "serde")]
use serde::Serialize;

/// What can be wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Problem {
    /// The bytes are in an encoding other than UTF-8.
    Encoding,
    /// Bytes that the encoding does not define.
    UndefinedBytes,
    /// A byte order mark at the start.
    ByteOrderMark,
    /// U+FFFD: letters that an earlier conversion lost.
    LostLetters,
    /// UTF-8 that was read as code page 1250, 1251, 1252, 1258, 437, 850 or Mac Roman (`Viá»‡t`).
    Mojibake,
    /// An older encoding that was read as code page 1252 (`ViÖt`).
    Misread,
    /// UTF-7 (`Vi+Hsc-t`).
    Utf7,
    /// Letters as character references of HTML (`Vi&#7879;t`).
    References,
    /// Letters spelled in ASCII as RFC 1456 does (`Vie^.t`).
    Viqr,
    /// Keys of the input method Telex in the place of letters (`Vieejt`).
    Telex,
    /// Keys of the input method VNI in the place of letters (`Vie6t5`).
    Vni,
    /// Question marks in the place of letters (`Vi?t`).
    QuestionMarks,
    /// Letters and marks apart (NFD), or in an order that is not canonical.
    Decomposed,
    /// Letters that look like Đ.
    CrossedD,
    /// Cyrillic or Greek letters among Latin ones that look like them.
    LookAlikes,
    /// Zero-width characters, soft hyphens, direction marks.
    Invisible,
    /// Control characters.
    Controls,
    /// No-break and other odd spaces.
    Spaces,
    /// Fullwidth letters, digits and signs.
    Fullwidth,
    /// More than one kind of line end.
    LineEnds,
    /// Small marked letters in words of capitals (`VIệT`).
    Capitals,
    /// Tone marks in the old and in the new style.
    MixedToneStyle,
    /// Tone marks where neither style has them (`qúa`).
    MisplacedTone,
    /// Lines of Vietnamese without marks.
    WithoutMarks,
    /// Signs of optical character recognition: digits for letters, letters torn off.
    OcrLike,
    /// Words run together (`đượcnghỉ`).
    Glued,
    /// Words of Vietnamese letters that are no syllables.
    InvalidSyllable,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Severity {
    /// Can well be as it should be.
    Note,
    /// Should be fixed.
    Problem,
}

impl Problem {
    /// All problems in the order in which they are reported.
    pub const ALL: [Self; 27] = [
        Self::Encoding,
        Self::UndefinedBytes,
        Self::ByteOrderMark,
        Self::LostLetters,
        Self::Mojibake,
        Self::Misread,
        Self::Utf7,
        Self::References,
        Self::Viqr,
        Self::Telex,
        Self::Vni,
        Self::QuestionMarks,
        Self::Decomposed,
        Self::CrossedD,
        Self::LookAlikes,
        Self::Invisible,
        Self::Controls,
        Self::Spaces,
        Self::Fullwidth,
        Self::LineEnds,
        Self::Capitals,
        Self::MixedToneStyle,
        Self::MisplacedTone,
        Self::WithoutMarks,
        Self::OcrLike,
        Self::Glued,
        Self::InvalidSyllable,
    ];

    /// One line that says what was found.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Encoding => "the text is not in UTF-8",
            Self::UndefinedBytes => "bytes that are no text in this encoding",
            Self::ByteOrderMark => "a byte order mark",
            Self::LostLetters => "letters lost in an earlier conversion (U+FFFD)",
            Self::Mojibake => "UTF-8 that was read as another encoding",
            Self::Misread => "words of an older encoding that was read as windows-1252",
            Self::Utf7 => "letters in UTF-7",
            Self::References => "letters as character references of HTML",
            Self::Viqr => "words in VIQR",
            Self::Telex => "words as they are typed in Telex",
            Self::Vni => "words as they are typed in VNI",
            Self::QuestionMarks => "question marks in the place of letters",
            Self::Decomposed => "letters written apart from their marks (not NFC)",
            Self::CrossedD => "look-alikes of Đ (U+00D0, U+0189)",
            Self::LookAlikes => "Cyrillic or Greek letters inside of Latin words",
            Self::Invisible => "zero-width characters, soft hyphens or direction marks",
            Self::Controls => "control characters",
            Self::Spaces => "no-break or other odd spaces",
            Self::Fullwidth => "fullwidth letters, digits or signs",
            Self::LineEnds => "line ends of another kind than most",
            Self::Capitals => "small marked letters in words of capitals",
            Self::MixedToneStyle => "tone marks in the rarer of two styles",
            Self::MisplacedTone => "misplaced tone marks",
            Self::WithoutMarks => "syllables in lines without marks",
            Self::OcrLike => "signs of optical character recognition",
            Self::Glued => "syllables run together",
            Self::InvalidSyllable => "words that are no Vietnamese syllables",
        }
    }

    /// How much the problem matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            // No-break spaces, line ends and fullwidth signs are often meant; no key depends on them.
            Self::ByteOrderMark
            | Self::Spaces
            | Self::Fullwidth
            | Self::LineEnds
            | Self::OcrLike
            | Self::Glued
            | Self::InvalidSyllable => Severity::Note,
            _ => Severity::Problem,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.description())
    }
}
