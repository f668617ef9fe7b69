//! Every command line in README, docs and help texts is one that the program takes.

mod messages;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};

use super::Arguments;

/// The words of the commands on a line of a shell that run `tomtat`.
fn commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let (mut word, mut quote, mut is_word) = (String::new(), None, false);
    for c in line.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => (quote, is_word) = (Some(c), true),
            (None, '\\') => {}
            (None, '#') if !is_word => break,
            (None, ' ' | '\t' | '|' | '>' | '<' | ';' | '&' | '(' | ')') => {
                if is_word {
                    commands.last_mut().expect("a command").push(std::mem::take(&mut word));
                    is_word = false;
                }
                if !c.is_whitespace() {
                    commands.push(Vec::new());
                }
            }
            (None, c) => {
                word.push(c);
                is_word = true;
            }
        }
    }
    if is_word {
        commands.last_mut().expect("a command").push(word);
    }
    commands.retain(|words| words.first().is_some_and(|word| word == "tomtat"));
    commands
}

/// What is wrong with a command line, if anything.
fn fault(words: &[String]) -> Option<String> {
    // A synopsis is no command.
    if words.len() < 2 || words.iter().any(|word| word.contains('…') || word.contains('[')) {
        return None;
    }
    let arguments = crate::input::split_fields(words.iter().map(Into::into));
    if let Err(error) = Arguments::try_parse_from(arguments)
        && error.use_stderr()
    {
        return Some(format!("{}: {error}", words.join(" ")));
    }
    // Commands that read data sets take folders as they are.
    let takes_folders = matches!(words[1].as_str(), "bench" | "evaluate" | "train");
    let names_folder = words[2..].iter().any(|word| word.ends_with('/'));
    let is_recursive = words.iter().any(|word| word == "-R" || word == "--recursive");
    (names_folder && !takes_folders && !is_recursive)
        .then(|| format!("{}: a folder needs -R", words.join(" ")))
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut pages = vec![root.join("README.md")];
    for entry in fs::read_dir(root.join("docs")).expect("docs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages.sort();
    pages
}

#[test]
fn command_lines_of_the_documentation_are_valid() {
    let (mut checked, mut faults) = (0, Vec::new());
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page").replace("\\\n", " ");
        let mut in_code = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                in_code = !in_code && matches!(line.trim(), "```sh" | "```console" | "```bash");
            } else if in_code {
                for words in commands(line.trim_start_matches("$ ")) {
                    checked += 1;
                    faults.extend(fault(&words).map(|f| format!("{}: {f}", page.display())));
                }
            }
        }
    }
    assert!(checked > 40, "{checked} command lines were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn command_lines_of_the_help_are_valid() {
    let (mut checked, mut faults) = (0, Vec::new());
    for command in Arguments::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        for words in help.lines().flat_map(|line| commands(line.trim())) {
            checked += 1;
            faults.extend(fault(&words));
        }
    }
    assert!(checked > 30, "{checked} command lines were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_last_of_an_option_that_is_given_twice_wins() {
    for line in ["tomtat summarize -n 2 -n 4 -f json -f text x", "tomtat terms --top 3 --top 5 x"] {
        assert!(Arguments::try_parse_from(line.split(' ')).is_ok(), "{line}");
    }
    assert!(Arguments::try_parse_from(["tomtat", "summarize", "-n", "2", "-w", "40"]).is_err());
}

/// The help in Vietnamese says all that the help in English says.
#[test]
fn help_is_translated() {
    let missing = crate::locale::missing(&Arguments::command());
    assert!(missing.is_empty(), "texts without a translation:\n{}", missing.join("\n---\n"));
}

/// What `--help` of each command prints is kept in `tests/help`, so that a change of it is seen in
/// review. With `TOMTAT_WRITE_HELP` set, the files are written anew.
#[test]
#[cfg(all(feature = "serve", feature = "parquet"))]
fn help_is_as_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help");
    let mut root = Arguments::command().term_width(100);
    root.build();
    let mut changed = Vec::new();
    let mut names = Vec::new();
    for command in root.get_subcommands_mut() {
        let mut pages = vec![(command.get_name().to_owned(), command.render_long_help())];
        for part in command.get_subcommands_mut().filter(|part| part.get_name() != "help") {
            pages.push((part.get_name().to_owned(), part.render_long_help()));
        }
        let name = format!("{}.txt", pages[0].0);
        let text: Vec<String> =
            pages.iter().map(|(name, page)| format!("# {name}\n\n{page}")).collect();
        let text = text.join("\n");
        let path = folder.join(&name);
        if std::env::var_os("TOMTAT_WRITE_HELP").is_some() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, &text).expect("a file of help");
        }
        if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
            changed.push(name.clone());
        }
        names.push(name);
    }
    let kept = fs::read_dir(&folder).expect("the folder of the help");
    let kept = kept.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    let gone: Vec<String> = kept.filter(|name| !names.contains(name)).collect();
    assert!(
        changed.is_empty() && gone.is_empty(),
        "changed: {changed:?}, no longer there: {gone:?}; read them, then run this test with \
         TOMTAT_WRITE_HELP=1"
    );
}

#[test]
fn the_arguments_are_consistent() {
    Arguments::command().debug_assert();
}
