//! Every command line of README, docs and help runs and ends well, over files of our own; examples of
//! output in the docs are what the program prints.
//!
//! An example stands behind a line `<!-- output of: tomtat … -->`, whose command is run at the root
//! of the repository. `TOMTAT_UPDATE_DOCS=1 cargo test -p tomtat-cli --test program docs` writes the
//! examples anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::docs_files;
use crate::run::{run, stderr, stdout};

/// Command lines that are not run, and why.
const LEFT_OUT: [(&str, &str); 2] = [
    ("tomtat serve", "runs until it is stopped; see serve.rs"),
    ("tomtat man | man -l -", "the pager may not be installed; see shell.rs"),
];

/// Command lines that end with another code than 0.
const OTHER_CODES: [(&str, i32); 2] =
    [("tomtat check bai.txt", 1), ("tomtat check -f jsonl -R texts", 1)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// README and the pages of docs.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = ["README.md", "README.vi.md"]
        .map(|name| root().join(name))
        .into_iter()
        .filter(|path| path.exists())
        .collect();
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

/// The lines of shell blocks that run `tomtat`, without comments.
fn shell_lines(page: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_shell = false;
    for line in page.replace("\\\n", " ").lines() {
        if line.trim_start().starts_with("```") {
            in_shell = !in_shell && matches!(line.trim(), "```sh" | "```console" | "```bash");
        } else if in_shell {
            lines.extend(command_line(line.trim_start_matches("$ ")));
        }
    }
    lines
}

/// The command line in a line of a page, if it runs `tomtat`.
fn command_line(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line.find(" # ").map_or(line, |comment| line[..comment].trim_end());
    let runs = line.starts_with("tomtat ") || line.contains("| tomtat ");
    (runs && !LEFT_OUT.iter().any(|(left_out, _)| line == *left_out)).then(|| line.to_owned())
}

/// The commands, with the commands of commands.
fn commands() -> Vec<Vec<String>> {
    let names = |of: &[&str]| -> Vec<String> {
        let help = stdout(&run(&[of, &["--help"]].concat()));
        let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
        let list = list.lines().take_while(|line| !line.is_empty());
        let names = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        names.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
    };
    let mut all: Vec<Vec<String>> = names(&[]).into_iter().map(|name| vec![name]).collect();
    all.extend(names(&["train"]).into_iter().map(|name| vec!["train".to_owned(), name]));
    all.retain(|words| words.iter().all(|word| word != "help"));
    all
}

/// Runs a line of a shell that finds `tomtat`.
fn shell(line: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_tomtat"));
    let programs = program.parent().expect("the folder of the program").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("PATH", format!("{programs}:{path}"));
    command.env("HOME", folder);
    command.stdin(Stdio::null()).output().expect("a shell")
}

/// Runs command lines of one page in a folder of their own; returns what went wrong.
fn faults(of: &str, lines: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut faults = Vec::new();
    for line in docs_files::MADE.iter().map(|&line| line.to_owned()).chain(lines.iter().cloned()) {
        // A line before may have written over a file that this one reads.
        docs_files::write(folder.path());
        // Where shells look for completions.
        for place in
            [".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"]
        {
            fs::create_dir_all(folder.path().join(place)).expect("a folder");
        }
        let output = shell(&line, folder.path());
        let other = OTHER_CODES.iter().find(|(of, _)| *of == line).map(|&(_, code)| code);
        let expected = other.unwrap_or(0);
        if output.status.code() != Some(expected) {
            let code = output.status.code();
            faults.push(format!("{of}: `{line}` ended with {code:?}: {}", stderr(&output)));
        }
    }
    faults
}

#[test]
#[cfg(unix)]
fn command_lines_of_the_docs_run() {
    let (mut count, mut found) = (0, Vec::new());
    for page in pages() {
        let lines = shell_lines(&fs::read_to_string(&page).expect("a page"));
        count += lines.len();
        if !lines.is_empty() {
            found.extend(faults(&page.display().to_string(), &lines));
        }
    }
    assert!(count > 60, "{count} command lines were found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[cfg(unix)]
fn command_lines_of_the_help_run() {
    let mut lines = Vec::new();
    for words in commands() {
        let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
        arguments.push("--help");
        let help = stdout(&run(&arguments));
        // Examples are indented by two; a usage line begins with its name.
        lines.extend(
            help.lines().filter(|line| line.starts_with("  tomtat ")).filter_map(command_line),
        );
    }
    assert!(lines.len() > 45, "{} command lines were found", lines.len());
    let found = faults("help", &lines);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What stands before an example.
const MARK: &str = "<!-- output of: ";

#[test]
#[cfg(unix)]
fn examples_of_output_are_what_the_program_prints() {
    let update = std::env::var_os("TOMTAT_UPDATE_DOCS").is_some();
    let (mut count, mut wrong) = (0, Vec::new());
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let mut made = String::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(MARK) {
            let mark_end = at + rest[at..].find("-->\n").expect("the mark ends") + 4;
            let line = rest[at + MARK.len()..mark_end - 4].trim();
            let fence_end = mark_end + rest[mark_end..].find('\n').expect("a block") + 1;
            let end = fence_end + rest[fence_end..].find("\n```").expect("the block ends") + 1;
            assert!(rest[mark_end..].starts_with("```"), "{}: {line}", page.display());
            let output = shell(line, &root());
            // What a command says of its work is an example, too.
            let printed = format!("{}{}", stdout(&output), stderr(&output));
            let printed = printed.trim_end();
            if printed != rest[fence_end..end].trim_end() {
                wrong.push(format!("{}: `{line}` prints\n{printed}", page.display()));
            }
            made += &rest[..fence_end];
            made += printed;
            made.push('\n');
            rest = &rest[end..];
            count += 1;
        }
        made += rest;
        if update {
            fs::write(&page, made).expect("a page is written");
        }
    }
    assert!(count > 1, "{count} examples were found");
    assert!(update || wrong.is_empty(), "{}", wrong.join("\n"));
}
