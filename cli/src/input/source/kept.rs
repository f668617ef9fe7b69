//! Inputs that are read more than once.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom, copy};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Source;
use crate::input::{Problem, Reader};

/// Bytes that are kept in memory; more of them go into a temporary file.
const MOST_IN_MEMORY: u64 = 4 << 20;

/// The bytes of an input that cannot be opened again, as they came.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The name for messages.
    pub(super) name: String,
    /// The path of a named pipe.
    pub(super) path: Option<PathBuf>,
    bytes: Arc<[u8]>,
    file: Option<Temporary>,
}

impl Source {
    /// Returns a source of the same bytes that can be opened any number of times, one reader after
    /// the other.
    pub(crate) fn kept(self) -> Result<Self, Problem> {
        if self.path().is_some_and(|path| path.is_file() || path.is_dir() || !path.exists()) {
            return Ok(self);
        }
        let mut reader = self.raw()?;
        let problem = |error: io::Error| self.problem(&error);
        let mut bytes = Vec::new();
        let read = reader.by_ref().take(MOST_IN_MEMORY).read_to_end(&mut bytes).map_err(problem)?;
        let mut file = None;
        if read as u64 == MOST_IN_MEMORY {
            let mut temporary = Temporary::new().map_err(problem)?;
            copy(&mut reader, &mut temporary.file).map_err(problem)?;
            file = Some(temporary);
        }
        let (name, path) = (self.name(), self.path().map(Path::to_owned));
        Ok(Self::Kept(Arc::new(Kept { name, path, bytes: bytes.into(), file })))
    }
}

impl Kept {
    /// Reads the bytes from the first one on.
    pub(super) fn open(&self) -> io::Result<Reader> {
        let start = Cursor::new(Arc::clone(&self.bytes));
        Ok(match &self.file {
            None => Box::new(start),
            Some(temporary) => {
                let mut file = temporary.file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                Box::new(start.chain(BufReader::with_capacity(1 << 17, file)))
            }
        })
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Kept {}

/// A file that is gone when it is no longer used.
#[derive(Debug)]
struct Temporary {
    file: File,
    path: PathBuf,
}

impl Temporary {
    fn new() -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let folder = env::temp_dir();
        loop {
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("tomtat-{}-{number}.tmp", process::id()));
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            match options.open(&path) {
                Ok(file) => {
                    // An open file without a name leaves nothing behind, however the run ends.
                    #[cfg(unix)]
                    std::fs::remove_file(&path)?;
                    return Ok(Self { file, path });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if cfg!(not(unix)) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
