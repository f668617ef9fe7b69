//! Standard output and messages.

use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, Write};

use anyhow::Result;

use crate::run::status::Status;

/// Standard output; a reader that goes away ends the run quietly.
pub(crate) struct Output {
    writer: BufWriter<io::StdoutLock<'static>>,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self { writer: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// Writes all of `text`.
    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        self.write_bytes(text.as_bytes())
    }

    /// Writes all of `bytes`, which may be text in another encoding.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.writer.write_all(bytes)?)
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(mut self) -> Result<()> {
        Ok(self.writer.flush()?)
    }
}

/// Prints a message about an input on standard error.
#[expect(clippy::print_stderr, reason = "the one place where messages are printed")]
pub(crate) fn message(level: &str, text: impl Display) {
    eprintln!("tomtat: {level}: {text}");
}

/// Prints an error with its causes; returns how the run ends.
pub(crate) fn fatal(error: &anyhow::Error) -> Status {
    let closed = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe);
    if closed {
        return Status::Done;
    }
    message("error", format_args!("{error:#}"));
    Status::Fatal
}
