//! Runs the program, with or without input, in the repository or in a folder of its own.

use std::fs;
use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The program, to be run at the root of the repository.
pub(crate) fn tomtat() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tomtat"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    command
}

/// Runs the program without input.
pub(crate) fn run(arguments: &[&str]) -> Output {
    tomtat().args(arguments).stdin(Stdio::null()).output().expect("the program runs")
}

/// Runs the program with input.
pub(crate) fn run_with(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    fed(tomtat().args(arguments), input.as_ref())
}

/// Runs a command and writes its input.
pub(crate) fn fed(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let written = child.stdin.take().expect("a pipe").write_all(input);
    // A program that refuses its arguments ends without reading.
    if let Err(error) = written {
        assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
    }
    child.wait_with_output().expect("the program ends")
}

/// What a run printed.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What a run printed that must have ended well.
pub(crate) fn ok(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    stdout(output)
}

/// What a run said of itself.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The one JSON value that a run printed.
pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(output)))
}

/// A folder with files, in which a command of the program runs.
pub(crate) struct Folder {
    command: &'static str,
    folder: TempDir,
}

impl Folder {
    pub(crate) fn new(command: &'static str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        Self { command, folder }
    }

    /// The same folder for another command.
    pub(crate) fn with_command(mut self, command: &'static str) -> Self {
        self.command = command;
        self
    }

    /// The folder with one more file.
    pub(crate) fn with_file(self, name: &str, content: &str) -> Self {
        fs::write(self.folder.path().join(name), content).expect("a file");
        self
    }

    /// Runs the command with arguments that white space separates.
    pub(crate) fn run(&self, arguments: &str) -> Output {
        tomtat()
            .arg(self.command)
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .output()
            .expect("the program runs")
    }

    pub(crate) fn json(&self, arguments: &str) -> Value {
        json(&self.run(&format!("{arguments} -f json")))
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).expect("a file")
    }

    /// The names of what lies in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("a folder");
        let name = |e: std::io::Result<fs::DirEntry>| {
            e.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a file")
    }
}
