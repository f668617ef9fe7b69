//! Offsets of decoded text in the bytes it came from.

use crate::text::offsets::boundary_before;

/// How many characters lie between two checkpoints.
const STRIDE: usize = 64;

/// A map from byte offsets in decoded text to byte offsets in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceMap {
    /// Text and source agree but for a mark of this many bytes at the front.
    Shifted(usize),
    /// The source width of each character, and both offsets at every [`STRIDE`]th.
    Measured { start: usize, widths: Vec<u8>, checkpoints: Vec<(usize, usize)>, end: usize },
}

impl SourceMap {
    pub(super) fn shifted(by: usize) -> Self {
        Self::Shifted(by)
    }

    /// An empty map of a text that begins at a source offset.
    pub(super) fn measured(start: usize) -> Self {
        Self::Measured { start, widths: Vec::new(), checkpoints: Vec::new(), end: start }
    }

    /// Records the next character: where it lies in text and source, and its source width.
    pub(super) fn push(&mut self, text_offset: usize, source_offset: usize, width: usize) {
        if let Self::Measured { widths, checkpoints, .. } = self {
            if widths.len().is_multiple_of(STRIDE) {
                checkpoints.push((text_offset, source_offset));
            }
            // No character of any encoding here takes more than four bytes.
            widths.push(width as u8);
        }
    }

    /// Records where the source ended.
    pub(super) fn finish(&mut self, at: usize) {
        if let Self::Measured { end, .. } = self {
            *end = at;
        }
    }

    /// The source offset of the character of `text` that holds this offset.
    pub(super) fn source_offset(&self, text: &str, offset: usize) -> usize {
        match self {
            Self::Shifted(by) => boundary_before(text, offset) + by,
            Self::Measured { start, widths, checkpoints, end } => {
                if offset >= text.len() {
                    return *end;
                }
                let block = checkpoints.partition_point(|&(at, _)| at <= offset);
                let Some(block) = block.checked_sub(1) else { return *start };
                let (mut text_at, mut source_at) = checkpoints[block];
                let letters = text[text_at..].chars().zip(&widths[block * STRIDE..]);
                for (letter, &width) in letters {
                    text_at += letter.len_utf8();
                    if text_at > offset {
                        break;
                    }
                    source_at += usize::from(width);
                }
                source_at
            }
        }
    }
}
