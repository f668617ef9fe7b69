//! Files that a run writes: opened before the work, put in place when they are whole.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

/// A file that is to be written at the end of a run.
///
/// The bytes go into a file beside it, which is synced and then takes its name: a run that ends early,
/// or a full disk, leaves what was there before.
#[derive(Debug)]
pub(crate) struct OutputFile {
    path: PathBuf,
    /// Where the name leads to, if it is a link.
    target: PathBuf,
    /// The target itself where it is no regular file, but a pipe or a device.
    direct: Option<File>,
}

impl OutputFile {
    /// Makes sure that the file can be written, before any work is done.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        Self::try_open(path).with_context(|| format!("cannot write {}", path.display()))
    }

    fn try_open(path: &Path) -> io::Result<Self> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut direct = None;
        if let Ok(found) = fs::metadata(&target) {
            // What may not be written must not be replaced either.
            let file = OpenOptions::new().write(true).open(&target)?;
            direct = Some(file).filter(|_| !found.is_file());
        }
        if direct.is_none() {
            // It is made again for the bytes: a run that is interrupted leaves no file.
            let (beside, _) = file_beside(&target)?;
            fs::remove_file(beside)?;
        }
        Ok(Self { path: path.into(), target, direct })
    }

    /// Writes the bytes and puts the file in place.
    pub(crate) fn commit(self, bytes: impl AsRef<[u8]>) -> Result<()> {
        let write = || {
            let mut stream = self.stream()?;
            stream.write_all(bytes.as_ref())?;
            stream.finish()
        };
        write().with_context(|| self.failure())
    }

    /// Begins to write.
    pub(crate) fn stream(&self) -> io::Result<OutputStream> {
        let (file, places) = if let Some(file) = &self.direct {
            (file.try_clone()?, None)
        } else {
            let (beside, file) = file_beside(&self.target)?;
            (file, Some(Places { beside, target: self.target.clone() }))
        };
        Ok(OutputStream { file: BufWriter::with_capacity(1 << 16, file), places })
    }

    /// What to say if it cannot be written.
    pub(super) fn failure(&self) -> String {
        format!("cannot write {}", self.path.display())
    }
}

/// Bytes on their way into the file beside; without [`OutputStream::finish`] it is removed.
#[derive(Debug)]
pub(crate) struct OutputStream {
    file: BufWriter<File>,
    places: Option<Places>,
}

#[derive(Debug)]
struct Places {
    beside: PathBuf,
    target: PathBuf,
}

impl OutputStream {
    /// Puts the file in place.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(Places { beside, target }) = &self.places {
            self.file.get_ref().sync_all()?;
            if let Ok(old) = fs::metadata(target) {
                fs::set_permissions(beside, old.permissions())?;
            }
            fs::rename(beside, target)?;
            self.places = None;
        }
        Ok(())
    }
}

impl Write for OutputStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for OutputStream {
    fn drop(&mut self) {
        if let Some(places) = &self.places {
            let _ = fs::remove_file(&places.beside);
        }
    }
}

/// Makes a new file in the folder of another one.
fn file_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "not the name of a file"))?;
    let mut last = ErrorKind::AlreadyExists.into();
    for number in 0..100 {
        let mut other = OsString::from(".");
        other.push(name);
        other.push(format!(".{}-{number}.tmp", process::id()));
        let beside = target.with_file_name(other);
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.stats");
        fs::write(&path, "cũ").expect("a file");
        let opened = OutputFile::open(&path).expect("a file");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "cũ");
        opened.commit("mới").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "mới");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        let mut half = OutputFile::open(&path).expect("a file").stream().expect("a file");
        half.write_all("nửa".as_bytes()).expect("written");
        drop(half);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "mới");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert!(OutputFile::open(&folder.path().join("no/x")).is_err());
        assert!(OutputFile::open(folder.path()).is_err());
    }
}
