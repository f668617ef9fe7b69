//! Standard output, messages, and files that are written.

mod file;
#[cfg(feature = "parquet")]
mod parquet;
mod terminal;

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::{Context, Result};
use clap::Args;

use crate::locale::{self, Language, translated};
use crate::run::progress;
use crate::run::status::Status;
pub(crate) use file::{OutputFile, OutputStream};
#[cfg(feature = "parquet")]
pub(crate) use parquet::{ParquetRows, ParquetValue};
pub(crate) use terminal::safe;

/// Where results go and which messages are printed, whatever the command.
#[derive(Debug, Default, Args)]
pub(crate) struct OutputArguments {
    /// Write results to this file instead of standard output; it appears when they are complete.
    #[arg(short, long, value_name = "FILE", global = true, help_heading = "Output")]
    output: Option<PathBuf>,
    /// Print no notes on standard error; warnings and errors stay.
    #[arg(short, long, global = true, help_heading = "Output")]
    quiet: bool,
    /// Language of help and messages; by default that of the locale. Machine formats do not change.
    #[arg(long, value_enum, value_name = "LANGUAGE", global = true, help_heading = "Output")]
    lang: Option<Language>,
}

/// What [`OutputArguments`] ask for. Like standard output itself, there is one for the process.
#[derive(Debug, Default)]
struct Settings {
    file: Option<OutputFile>,
    quiet: bool,
    lang: Option<Language>,
}

static SETTINGS: OnceLock<Settings> = OnceLock::new();

fn settings() -> &'static Settings {
    SETTINGS.get_or_init(Settings::default)
}

/// Sets where results go, before any work is done; `has_results` tells whether the command has any.
pub(crate) fn begin(arguments: &OutputArguments, has_results: bool) -> Result<()> {
    let path = arguments.output.as_deref().filter(|_| has_results);
    let file = path.map(OutputFile::open).transpose()?;
    let _ = SETTINGS.set(Settings { file, quiet: arguments.quiet, lang: arguments.lang });
    progress::set_results_shown(is_terminal() || is_quiet());
    Ok(())
}

/// Returns true if results go to a terminal.
pub(crate) fn is_terminal() -> bool {
    settings().file.is_none() && io::stdout().is_terminal()
}

/// Returns true if no notes are wanted.
pub(crate) fn is_quiet() -> bool {
    settings().quiet
}

/// Returns the language of messages that `--lang` names.
pub(crate) fn named_language() -> Option<Language> {
    settings().lang
}

/// The results of a run, on standard output or in the file that `--output` names.
///
/// A reader that goes away ends the run quietly. A terminal gets no character that steers it, whatever
/// command writes; files and pipes get the text as it is.
pub(crate) struct Output {
    writer: Writer,
    is_terminal: bool,
}

enum Writer {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    File(OutputStream, &'static OutputFile),
}

impl Output {
    pub(crate) fn new() -> Result<Self> {
        let writer = match &settings().file {
            Some(file) => Writer::File(file.stream().with_context(|| file.failure())?, file),
            None => Writer::Stdout(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
        };
        Ok(Self { writer, is_terminal: is_terminal() })
    }

    /// Writes all of `text`.
    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        if self.is_terminal { self.write_styled(&safe(text)) } else { self.write_styled(text) }
    }

    /// Writes text with colours of our own, whose other parts are safe.
    pub(crate) fn write_styled(&mut self, text: &str) -> Result<()> {
        self.put(text.as_bytes())
    }

    /// Writes all of `bytes`, which may be text in another encoding.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        if self.is_terminal {
            return self.write(&String::from_utf8_lossy(bytes));
        }
        self.put(bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.writer {
            Writer::Stdout(writer) => writer.write_all(bytes).context(STDOUT_FAILURE),
            Writer::File(stream, file) => stream.write_all(bytes).with_context(|| file.failure()),
        }
    }

    /// Writes what is still buffered; a file is put in place.
    pub(crate) fn finish(self) -> Result<()> {
        match self.writer {
            Writer::Stdout(mut writer) => writer.flush().context(STDOUT_FAILURE),
            Writer::File(stream, file) => stream.finish().with_context(|| file.failure()),
        }
    }
}

/// What failed where the results go to standard output.
const STDOUT_FAILURE: &str = "cannot write standard output";

/// Prints a message about an input on standard error; names and texts in it cannot steer a terminal.
pub(crate) fn message(level: &str, text: impl Display) {
    if level == "note" && is_quiet() {
        return;
    }
    // A closed standard error is no reason to stop.
    let text = text.to_string();
    let text = translated(&text);
    progress::suspend(|| {
        let _ = writeln!(io::stderr(), "tomtat: {}: {}", translated(level), safe(&text));
    });
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
    let causes: Vec<String> =
        error.chain().map(|cause| translated(&cause.to_string()).into_owned()).collect();
    message("error", causes.join(": "));
    Status::Fatal
}

/// Prints help, the version, or what is wrong with the arguments; returns how the run ends.
pub(crate) fn usage(error: &clap::Error) -> Status {
    let text = error.render().to_string();
    if error.use_stderr() {
        // Arguments are part of the message; colours are given up where they could steer a terminal.
        let shown = locale::usage(&text);
        if matches!(safe(&text), Cow::Owned(_)) || shown != text {
            let _ = write!(io::stderr(), "{}", safe(&shown));
        } else {
            let _ = error.print();
        }
        return Status::Fatal;
    }
    let written = if locale::is_vietnamese() {
        // Styles are those of clap, which a terminal may have.
        let rendered = error.render();
        let text = if io::stdout().is_terminal() {
            rendered.ansi().to_string()
        } else {
            rendered.to_string()
        };
        let mut stdout = io::stdout();
        stdout.write_all(locale::usage(&text).as_bytes()).and_then(|()| stdout.flush())
    } else {
        error.print().and_then(|()| io::stdout().flush())
    };
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            fatal(&anyhow::Error::new(error).context(STDOUT_FAILURE))
        }
        _ => Status::Done,
    }
}
