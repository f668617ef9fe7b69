//! Files as they are written, for commands that look at every byte of them.

use std::io::Read;

use tomtat::page::html::looks_like_html;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::detect::Detector;

use super::format::{Format, HEAD};
use super::page::decoded;
use super::source::{peek, read_rest};
use super::utf16::{head_as_utf8, utf16_of};
use super::{Blocks, Problem, ReadOptions, Source};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// Plain text.
    Text,
    /// An HTML page.
    Page,
    /// Records, or articles in another format.
    Records(Format),
}

/// Bytes of a block of text. A line that is longer is looked at in parts.
const BLOCK: usize = 1 << 19;

impl Source {
    /// Finds out what the source is, if it is to be read as `format`.
    pub(crate) fn written(&self, format: Format) -> Result<Written, Problem> {
        let (head, _) = peek(self.open()?, HEAD).map_err(|error| self.problem(&error))?;
        let head = utf16_of(None, &head).map_or(head.clone(), |utf16| head_as_utf8(&head, utf16));
        Ok(match format.resolved(self.path(), &head) {
            Format::Auto | Format::Text | Format::Lines => {
                let is_page = looks_like_html(&String::from_utf8_lossy(&head));
                if is_page { Written::Page } else { Written::Text }
            }
            format => Written::Records(format),
        })
    }

    /// Detects the encoding of all bytes.
    pub(crate) fn detected(&self) -> Result<Detector, Problem> {
        let mut detector = Detector::default();
        let mut reader = self.open()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(detector),
                Ok(read) => detector.add(&buffer[..read]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.problem(&error)),
            }
        }
    }

    /// Calls `work` with all blocks of the text, which is in this encoding.
    pub(crate) fn for_blocks<E: From<Problem>>(
        &self,
        encoding: Encoding,
        mut work: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut blocks = Blocks::new(self.open()?, BLOCK);
        while let Some(block) = blocks.next(Some(encoding)).map_err(|e| self.problem(&e))? {
            work(&block)?;
        }
        Ok(())
    }

    /// Reads all of a JSON file as text.
    pub(crate) fn json_text(&self, options: ReadOptions) -> Result<String, Problem> {
        let bytes = self.whole(options.longest)?;
        let (text, _) = decoded(&self.name(), bytes, options.encoding)?;
        Ok(match text.strip_prefix('\u{FEFF}') {
            Some(rest) => rest.to_owned(),
            None => text,
        })
    }

    /// Reads all of a page, up to `longest` bytes.
    pub(crate) fn whole(&self, longest: u64) -> Result<Vec<u8>, Problem> {
        read_rest(self, &mut self.open()?, longest)
    }
}
