//! Where bytes come from, and how they become text.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ruzstd::decoding::StreamingDecoder;

use super::Problem;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// By the name of the file: .jsonl and .ndjson are JSON Lines, everything else is text.
    Auto,
    /// Plain text, one article a file.
    Text,
    /// JSON Lines, one article a line.
    Jsonl,
    /// Plain text, every line on its own, blank lines too.
    #[value(skip)]
    Lines,
}

/// A file or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Source {
    /// Name for messages.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// Returns the format of the file.
    pub(crate) fn format(&self, format: Format) -> Format {
        match (format, self) {
            (Format::Auto, Self::File(path)) if is_jsonl(path) => Format::Jsonl,
            (Format::Auto, _) => Format::Text,
            (format, _) => format,
        }
    }

    /// Opens the source; `.zst` files are unpacked.
    pub(crate) fn open(&self) -> Result<Box<dyn BufRead + Send>, Problem> {
        let problem = |error: &dyn std::fmt::Display| Problem::new(self.name(), error.to_string());
        match self {
            Self::Stdin => Ok(Box::new(BufReader::with_capacity(1 << 16, io::stdin()))),
            Self::File(path) => {
                let file = File::open(path).map_err(|e| match e.kind() {
                    io::ErrorKind::NotFound => Problem::new(self.name(), "no such file"),
                    io::ErrorKind::PermissionDenied => {
                        Problem::new(self.name(), "permission denied")
                    }
                    _ => problem(&e),
                })?;
                let reader = BufReader::with_capacity(1 << 18, file);
                if has_extension(path, "zst") {
                    let decoder = StreamingDecoder::new(reader).map_err(|e| problem(&e))?;
                    Ok(Box::new(BufReader::with_capacity(1 << 18, decoder)))
                } else {
                    Ok(Box::new(reader))
                }
            }
        }
    }
}

/// Tells whether the name of a file ends so, in any case.
pub(crate) fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// The path without `.zst`.
pub(crate) fn unpacked(path: &Path) -> PathBuf {
    if has_extension(path, "zst") { path.with_extension("") } else { path.to_owned() }
}

fn is_jsonl(path: &Path) -> bool {
    let path = unpacked(path);
    has_extension(&path, "jsonl") || has_extension(&path, "ndjson")
}

/// Files that a folder is searched for.
fn is_readable(path: &Path) -> bool {
    let path = unpacked(path);
    is_jsonl(&path) || ["txt", "text", "md", "html", "htm"].iter().any(|e| has_extension(&path, e))
}

/// Turns the arguments into sources, in order; folders are searched if `recursive`.
///
/// What cannot be used is reported, not fatal: the other inputs still count.
pub(crate) fn expand(arguments: &[PathBuf], recursive: bool) -> (Vec<Source>, Vec<Problem>) {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    if arguments.is_empty() {
        sources.push(Source::Stdin);
    }
    for path in arguments {
        if path.as_os_str() == "-" {
            sources.push(Source::Stdin);
        } else if path.is_dir() {
            if recursive {
                walk(path, &mut sources, &mut problems);
            } else {
                let problem = Problem::new(path.display().to_string(), "is a directory");
                problems.push(problem.hint("use -R to read the files in it"));
            }
        } else {
            sources.push(Source::File(path.clone()));
        }
    }
    (sources, problems)
}

/// Collects the readable files of a folder, in the order of their names.
fn walk(folder: &Path, sources: &mut Vec<Source>, problems: &mut Vec<Problem>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            problems.push(Problem::new(folder.display().to_string(), error.to_string()));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
        // A link to a folder could lead back up; files behind links are read.
        if path.is_dir() && !path.is_symlink() && !hidden {
            walk(&path, sources, problems);
        } else if path.is_file() && !hidden && is_readable(&path) {
            sources.push(Source::File(path));
        }
    }
}

/// Reads a whole source as text.
pub(crate) fn read_text(source: &Source) -> Result<String, Problem> {
    decode(source.name(), read_bytes(source)?)
}

/// Reads a whole source as it is.
pub(crate) fn read_bytes(source: &Source) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut reader = source.open()?;
    reader.read_to_end(&mut bytes).map_err(|e| Problem::new(source.name(), e.to_string()))?;
    Ok(bytes)
}

/// Takes bytes as UTF-8; says what they are if they are not.
pub(crate) fn decode(place: String, bytes: Vec<u8>) -> Result<String, Problem> {
    if let Some(problem) = foreign_format(&place, &bytes) {
        return Err(problem);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        Problem::new(place, format!("not valid UTF-8 at byte {at} (0x{byte:02X})")).hint(
            "`tomtat check` names the encoding, `tomtat normalize --encoding NAME` converts it",
        )
    })
}

/// Takes one line as UTF-8, without its line end.
pub(crate) fn decode_line(place: &str, mut bytes: Vec<u8>) -> Result<String, Problem> {
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    // A byte order mark may stand before the first line.
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    // The standard check takes ten instructions a byte of Vietnamese, more than a copy and this one.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return Ok(text.to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Problem::new(place, format!("not valid UTF-8 at byte {at} of the line, skipped"))
    })
}

/// Recognizes files that hold text, if at all, packed in another format.
pub(super) fn packed_format(place: &str, bytes: &[u8]) -> Option<Problem> {
    let problem = |found: &str, hint: &str| Some(Problem::new(place, found).hint(hint));
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => {
            problem("is a PDF", "extract its text first, for example with pdftotext")
        }
        [b'P', b'K', 3, 4, ..] => {
            problem("is a ZIP archive or office document", "save it as plain text first")
        }
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x1F, 0x8B, ..] => {
            problem("is compressed", "unpack it, or name it .zst if it is zstd")
        }
        _ => None,
    }
}

/// Recognizes files that are no UTF-8 text at all.
fn foreign_format(place: &str, bytes: &[u8]) -> Option<Problem> {
    if let Some(problem) = packed_format(place, bytes) {
        return Some(problem);
    }
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = bytes {
        let problem = Problem::new(place, "is UTF-16 by its first two bytes");
        return Some(problem.hint("`tomtat normalize` converts it to UTF-8"));
    }
    let at = bytes.iter().take(8192).position(|&b| b == 0)?;
    let problem = Problem::new(place, format!("is binary: byte {at} is zero"));
    Some(problem.hint("only text can be read"))
}

/// Calls `line` with each line of the source (split at \n only) and its number from 1, until it
/// returns false.
pub(crate) fn lines(
    source: &Source,
    mut line: impl FnMut(u64, Result<&str, Problem>) -> anyhow::Result<bool>,
) -> anyhow::Result<Result<(), Problem>> {
    let mut reader = match source.open() {
        Ok(reader) => reader,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                let place = format!("{}:{number}", source.name());
                return Ok(Err(Problem::new(place, error.to_string())));
            }
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let at = error.valid_up_to();
            Problem::new(
                format!("{}:{number}", source.name()),
                format!("not valid UTF-8 at byte {at}"),
            )
        });
        if !line(number, text)? {
            break;
        }
    }
    Ok(Ok(()))
}

/// Returns true if the run would wait for a person to type an article.
pub(crate) fn waits_for_terminal(sources: &[Source], named: bool) -> bool {
    !named && sources == [Source::Stdin] && io::stdin().is_terminal()
}
