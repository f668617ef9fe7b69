//! Standard output, messages, and files that are written.

mod file;
mod terminal;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use anyhow::Result;

use crate::run::status::Status;
pub(crate) use file::OutputFile;
pub(crate) use terminal::safe;

/// Standard output; a reader that goes away ends the run quietly.
///
/// A terminal gets no character that steers it, whatever command writes; files and pipes get the text
/// as it is.
pub(crate) struct Output {
    writer: BufWriter<io::StdoutLock<'static>>,
    is_terminal: bool,
}

impl Output {
    pub(crate) fn new() -> Self {
        let stdout = io::stdout().lock();
        let is_terminal = stdout.is_terminal();
        Self { writer: BufWriter::with_capacity(1 << 16, stdout), is_terminal }
    }

    /// Writes all of `text`.
    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        if self.is_terminal { self.write_styled(&safe(text)) } else { self.write_styled(text) }
    }

    /// Writes text with colours of our own, whose other parts are safe.
    pub(crate) fn write_styled(&mut self, text: &str) -> Result<()> {
        Ok(self.writer.write_all(text.as_bytes())?)
    }

    /// Writes all of `bytes`, which may be text in another encoding.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        if self.is_terminal {
            return self.write(&String::from_utf8_lossy(bytes));
        }
        Ok(self.writer.write_all(bytes)?)
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(mut self) -> Result<()> {
        Ok(self.writer.flush()?)
    }
}

/// Prints a message about an input on standard error; names and texts in it cannot steer a terminal.
pub(crate) fn message(level: &str, text: impl Display) {
    // A closed standard error is no reason to stop.
    let text = text.to_string();
    let _ = writeln!(io::stderr(), "tomtat: {level}: {}", safe(&text));
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

/// Prints help, the version, or what is wrong with the arguments; returns how the run ends.
pub(crate) fn usage(error: &clap::Error) -> Status {
    let text = error.render().to_string();
    if error.use_stderr() {
        // Arguments are part of the message; colours are given up where they could steer a terminal.
        if matches!(safe(&text), Cow::Owned(_)) {
            let _ = write!(io::stderr(), "{}", safe(&text));
        } else {
            let _ = error.print();
        }
        return Status::Fatal;
    }
    let written = error.print().and_then(|()| io::stdout().flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fatal(&error.into()),
        _ => Status::Done,
    }
}
