//! Where bytes come from: files and standard input, unpacked by their content.

mod kept;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use super::zstd::ZstdFrames;
use super::{Format, Problem, Reader};
use kept::Kept;

/// A file or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// Bytes that were kept, because they are read more than once.
    Kept(Arc<Kept>),
}

impl Source {
    /// Returns the source that an argument names; `-` is standard input.
    pub(crate) fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::File(path.to_owned()) }
    }

    /// Name for messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Kept(kept) => kept.name.clone(),
        }
    }

    /// Returns true if the name says that the file is JSON Lines.
    pub(crate) fn is_json_lines(&self) -> bool {
        self.path().and_then(Format::of_name) == Some(Format::Jsonl)
    }

    /// The path, of a file.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin => None,
            Self::File(path) => Some(path),
            Self::Kept(kept) => kept.path.as_deref(),
        }
    }

    /// Opens the source; zstd, gzip and bzip2 are recognized by their first bytes and unpacked.
    pub(crate) fn open(&self) -> Result<Reader, Problem> {
        let raw = self.raw()?;
        let (head, raw) = peek(raw, 4).map_err(|error| self.problem(&error))?;
        let (program, reader): (_, Box<dyn Read + Send>) = match head.as_slice() {
            [0x28, 0xB5, 0x2F, 0xFD, ..] => {
                let frames = ZstdFrames::new(raw).map_err(|error| damaged(error, "zstd"));
                ("zstd", Box::new(frames.map_err(|error| self.problem(&error))?))
            }
            [0x1F, 0x8B, 0x08, ..] => ("gzip", Box::new(MultiGzDecoder::new(raw))),
            [b'B', b'Z', b'h', b'1'..=b'9', ..] => ("bzip2", Box::new(MultiBzDecoder::new(raw))),
            _ => return Ok(raw),
        };
        Ok(Box::new(BufReader::with_capacity(1 << 17, Unpacked { program, reader })))
    }

    /// Opens the source as it is.
    pub(super) fn raw(&self) -> Result<Reader, Problem> {
        Ok(match self {
            Self::Stdin => Box::new(BufReader::with_capacity(1 << 16, io::stdin())),
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.problem(&error))?;
                Box::new(BufReader::with_capacity(1 << 17, file))
            }
            Self::Kept(kept) => kept.open().map_err(|error| self.problem(&error))?,
        })
    }

    /// Says what went wrong with this source.
    pub(super) fn problem(&self, error: &io::Error) -> Problem {
        let found = match error.kind() {
            io::ErrorKind::NotFound if self.path().is_some_and(Path::is_symlink) => {
                "is a link that leads nowhere".to_owned()
            }
            io::ErrorKind::NotFound => "no such file".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::UnexpectedEof => "ends too early: the file is cut off".to_owned(),
            _ => error.to_string(),
        };
        Problem::new(self.name(), found)
    }
}

/// A packed stream, unpacked; its faults are told in words.
struct Unpacked {
    /// What packs and checks such files.
    program: &'static str,
    reader: Box<dyn Read + Send>,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer).map_err(|error| damaged(error, self.program))
    }
}

/// An error of unpacking. What the system says of the file beneath is kept.
fn damaged(error: io::Error, program: &str) -> io::Error {
    if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    let found = format!("the packed file is damaged or cut off here (`{program} -t` checks it)");
    io::Error::new(io::ErrorKind::InvalidData, found)
}

/// Reads the first bytes, `least` of them or all that there are, and gives them back in front.
pub(super) fn peek(mut reader: Reader, least: usize) -> io::Result<(Vec<u8>, Reader)> {
    // A file gives its first block at once; a pipe may give a byte at a time.
    let ready = reader.fill_buf()?;
    if ready.len() >= least {
        return Ok((ready[..ready.len().min(least.max(1 << 13))].to_vec(), reader));
    }
    let mut head = Vec::with_capacity(least);
    reader.by_ref().take(least as u64).read_to_end(&mut head)?;
    let rest = reader;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(rest))))
}

/// Reads a whole source as it is, up to `longest` bytes.
pub(crate) fn read_bytes_up_to(source: &Source, longest: u64) -> Result<Vec<u8>, Problem> {
    let mut reader = source.open()?;
    read_rest(source, &mut reader, longest)
}

/// Reads what is left of a source, up to `longest` bytes.
pub(super) fn read_rest(
    source: &Source,
    reader: &mut Reader,
    longest: u64,
) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    reader
        .take(longest.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| source.problem(&error))?;
    if bytes.len() as u64 > longest {
        return Err(too_long(source.name(), "the text", longest));
    }
    Ok(bytes)
}

/// Counts a byte.
pub(super) fn count_of(byte: u8, bytes: &[u8]) -> u64 {
    memchr::memchr_iter(byte, bytes).count() as u64
}

/// Says that a text or record is longer than what is allowed.
pub(super) fn too_long(place: String, what: &str, longest: u64) -> Problem {
    let size = match longest {
        n if n >= 1 << 20 && n % (1 << 20) == 0 => format!("{} MiB", n >> 20),
        n if n >= 1 << 10 && n % (1 << 10) == 0 => format!("{} KiB", n >> 10),
        n => format!("{n} bytes"),
    };
    let found = format!("{what} is longer than {size}");
    Problem::new(place, found).hint("--longest SIZE allows more")
}

/// Returns true if the run would wait for a person to type an article.
pub(crate) fn waits_for_terminal(sources: &[Source], named: bool) -> bool {
    !named && sources == [Source::Stdin] && io::stdin().is_terminal()
}

/// Counts the bytes of a record, and stops reading where they are more than are allowed: a quote or
/// an element that nobody closes takes in all that follows.
pub(super) struct Metered {
    reader: Reader,
    meter: Meter,
}

/// Bytes that were read since a record began.
#[derive(Clone)]
pub(super) struct Meter {
    bytes: Arc<AtomicU64>,
    longest: u64,
}

impl Meter {
    pub(super) fn new(longest: u64) -> Self {
        Self { bytes: Arc::default(), longest }
    }

    /// A new record begins.
    pub(super) fn reset(&self) {
        self.bytes.store(0, Ordering::Relaxed);
    }

    pub(super) fn is_over(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.longest
    }

    /// The stream, counted.
    pub(super) fn on(&self, reader: Reader) -> Metered {
        Metered { reader, meter: self.clone() }
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.meter.is_over() {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the record is too long"));
        }
        let read = self.reader.read(buffer)?;
        self.meter.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
