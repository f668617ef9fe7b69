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
/// or a full disk, leaves what was there before. Where the system allows it, that file has no name
/// until it is whole, so that a run that is killed leaves nothing else either.
#[derive(Debug)]
pub(crate) struct OutputFile {
    path: PathBuf,
    /// Where the name leads to, if it is a link.
    target: PathBuf,
    /// The target itself where it is no regular file, but a pipe or a device.
    direct: Option<File>,
    /// Files of its folder can get their name later.
    named_late: bool,
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
        let mut named_late = false;
        if direct.is_none() {
            // It is made again for the bytes: a run that is interrupted leaves no file.
            let late = unnamed(&target).and_then(|file| name_beside(&file, &target));
            named_late = late.is_ok();
            let beside = late.or_else(|_| file_beside(&target).map(|(beside, _)| beside))?;
            fs::remove_file(beside)?;
        }
        Ok(Self { path: path.into(), target, direct, named_late })
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
        let places = |beside| Some(Places { beside, target: self.target.clone() });
        let (file, places) = if let Some(file) = &self.direct {
            (file.try_clone()?, None)
        } else if self.named_late {
            (unnamed(&self.target)?, places(None))
        } else {
            let (beside, file) = file_beside(&self.target)?;
            (file, places(Some(beside)))
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
    /// The name that the file has until it is whole, if it has one.
    beside: Option<PathBuf>,
    target: PathBuf,
}

impl OutputStream {
    /// Puts the file in place.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        if let Some(Places { beside, target }) = &mut self.places {
            let file = self.file.get_ref();
            file.sync_all()?;
            if let Ok(old) = fs::metadata(&*target) {
                file.set_permissions(old.permissions())?;
            }
            let named = match beside.take() {
                Some(named) => named,
                None => name_beside(file, target)?,
            };
            // If it cannot take the name, it is removed.
            fs::rename(beside.insert(named), target)?;
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
        if let Some(Places { beside: Some(beside), .. }) = &self.places {
            let _ = fs::remove_file(beside);
        }
    }
}

/// Makes a new file in the folder of another one.
fn file_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    beside(target, |path| OpenOptions::new().write(true).create_new(true).open(path))
}

/// Makes something new under a name in the folder of a file.
fn beside<T>(target: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "not the name of a file"))?;
    let mut last = ErrorKind::AlreadyExists.into();
    for number in 0..100 {
        let mut other = OsString::from(".");
        other.push(name);
        other.push(format!(".{}-{number}.tmp", process::id()));
        let path = target.with_file_name(other);
        match make(&path) {
            Ok(made) => return Ok((path, made)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Makes a file without a name in the folder of another one.
#[cfg(target_os = "linux")]
fn unnamed(target: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};

    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mode = Mode::from_raw_mode(0o666);
    Ok(File::from(rustix::fs::open(folder.unwrap_or(Path::new(".")), flags, mode)?))
}

/// Gives a file without a name one in the folder of another file.
#[cfg(target_os = "linux")]
fn name_beside(file: &File, target: &Path) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD};

    let opened = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| {
        Ok(rustix::fs::linkat(CWD, opened.as_str(), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
    };
    beside(target, link).map(|(path, ())| path)
}

#[cfg(not(target_os = "linux"))]
fn unnamed(_: &Path) -> io::Result<File> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(not(target_os = "linux"))]
fn name_beside(_: &File, _: &Path) -> io::Result<PathBuf> {
    Err(ErrorKind::Unsupported.into())
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
        half.flush().expect("written");
        if cfg!(target_os = "linux") {
            // A run that is killed here leaves nothing behind.
            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        }
        drop(half);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "mới");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        // Also where files have a name from the start.
        let mut named = OutputFile::open(&path).expect("a file");
        named.named_late = false;
        named.commit("có tên").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "có tên");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
        assert!(OutputFile::open(&folder.path().join("no/x")).is_err());
        assert!(OutputFile::open(folder.path()).is_err());
    }
}
