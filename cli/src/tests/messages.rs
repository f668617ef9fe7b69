//! Every message of the program is in the catalogue: the texts are read from the source.

use std::fs;
use std::path::{Path, PathBuf};

use tomtat::page::Role;
use tomtat::text::repair::check::Problem;

use crate::locale::{has_column, has_message};

/// What makes a message of the texts in its parentheses.
const CALLS: [&str; 24] = [
    "bail!(",
    "anyhow!(",
    ".context(",
    ".with_context(",
    "message(",
    ".say(",
    "Problem::new(",
    ".hint(",
    "problem(",
    "#[error(",
    "spinner(",
    "progress::bar(",
    ".ok_or_else(",
    ".map_err(",
    "warnings.push(",
    "let heading = format!(",
    "caption = format!(",
    "caption: format!(",
    "notes.push(format!(",
    "let mut note = format!(",
    "translated(",
    "opening(",
    "let about = format!(",
    "figures.add(",
];

/// Functions whose every text is a message.
const FUNCTIONS: [(&str, &str); 10] = [
    ("src/select/passed_over.rs", "fn fmt("),
    ("cli/src/command/profile.rs", "fn sizes("),
    ("cli/src/command/profile.rs", "fn diversity("),
    ("cli/src/command/profile.rs", "fn laws("),
    ("cli/src/command/profile.rs", "fn lengths("),
    ("cli/src/command/profile.rs", "fn reading("),
    ("src/summary.rs", "fn fmt("),
    ("src/text/repair/fault.rs", "fn fmt("),
    ("cli/src/command/extract/report.rs", "fn explained("),
    ("cli/src/command/normalize.rs", "fn refused("),
];

/// Answers of the server, which are for programs and stay English.
const ANSWERS: [&str; 6] = ["failure", "handler", "openapi", "operation", "options", "routes"];

/// Texts that name a place or a column, or stand in the catalogue as parts.
const NO_MESSAGES: [&str; 8] = [
    "{}, after byte {}",
    "{}, record {}",
    "{}: line {}",
    "--files-from {}",
    "--measure {} (or chrf, chrf++)",
    "--rouge-options {}",
    "--seen {}",
    "message rows { {} }",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text of a string literal after its opening quote, and what stands after it.
fn literal(mut rest: &str) -> (String, &str) {
    let mut text = String::new();
    while let Some(at) = rest.find(['"', '\\']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('"') {
            return (text, after);
        }
        let escaped = rest[1..].chars().next().expect("an escape");
        rest = &rest[1 + escaped.len_utf8()..];
        match escaped {
            'n' => text.push('\n'),
            '\n' => rest = rest.trim_start(),
            other => text.push(other),
        }
    }
    (text, "")
}

/// The string literals from the start of `code` to the parenthesis or brace that closes it.
fn literals(code: &str) -> Vec<String> {
    let (mut found, mut rest, mut depth) = (Vec::new(), code, 1);
    while let Some(at) = rest.find(['"', '\'', '(', ')', '{', '}', '/']) {
        let (mark, after) = (rest.as_bytes()[at], &rest[at + 1..]);
        rest = after;
        match mark {
            b'"' => {
                let (text, after) = literal(rest);
                found.push(text);
                rest = after;
            }
            b'\'' => {
                // A character; what has no second quote near is a lifetime.
                let end = match after.strip_prefix('\\') {
                    Some(escaped) => escaped.find('\'').map(|end| end + 1),
                    None => after.chars().next().map(char::len_utf8),
                };
                if let Some(end) = end.filter(|end| after[*end..].starts_with('\'')) {
                    rest = &after[end + 1..];
                }
            }
            b'/' if after.starts_with('/') => {
                rest = after.split_once('\n').map_or("", |(_, after)| after);
            }
            b'(' | b'{' => depth += 1,
            b')' | b'}' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// The text with `{}` for what is filled in.
fn template(text: &str) -> String {
    let (mut template, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['{', '}']) {
        template.push_str(&rest[..at]);
        let mark = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(mark) {
            template.push_str(mark);
            rest = after;
        } else {
            template.push_str("{}");
            rest = rest.split_once('}').map_or("", |(_, after)| after);
        }
    }
    template + rest
}

/// Whether a text says something: two words of three letters, or one before or behind a blank.
fn is_message(text: &str) -> bool {
    let is_word = |word: &&str| {
        let letters = word.trim_matches(|c: char| !c.is_alphabetic());
        letters.len() > 1 && letters.chars().all(|c| c.is_ascii_lowercase())
    };
    text.contains(' ') && text.split(' ').any(|word| is_word(&word))
}

#[test]
fn every_message_is_translated() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut files, mut checked, mut missing) = (Vec::new(), 0, Vec::new());
    sources(&root.join("cli/src"), &mut files);
    sources(&root.join("src"), &mut files);
    files.sort();
    for path in files {
        let name = path.strip_prefix(&root).expect("a path").to_string_lossy().replace('\\', "/");
        let is_answer = |part: &&str| name == format!("cli/src/command/serve/{part}.rs");
        if name.contains("tests") || ANSWERS.iter().any(is_answer) {
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source");
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let calls = if name.starts_with("src/") { &["#[error("][..] } else { &CALLS[..] };
        let functions = FUNCTIONS.iter().filter(|(file, _)| *file == name);
        let functions = functions.map(|(_, function)| *function);
        let mut texts = Vec::new();
        for call in calls.iter().copied().chain(functions.clone()) {
            for (at, _) in code.match_indices(call) {
                let mut inside = &code[at + call.len()..];
                if call.starts_with("fn ") {
                    inside = inside.split_once("{\n").map_or("", |(_, body)| body);
                }
                texts.extend(literals(inside));
            }
        }
        for text in texts.iter().map(|text| template(text)).filter(|text| is_message(text)) {
            checked += 1;
            if !has_message(&text) && !NO_MESSAGES.contains(&text.as_str()) {
                missing.push(format!("{name}: {text:?}"));
            }
        }
    }
    assert!(checked > 300, "{checked} messages were found in the source");
    missing.dedup();
    assert!(missing.is_empty(), "texts without a translation:\n{}", missing.join("\n"));
}

#[test]
fn findings_of_check_are_translated() {
    for problem in Problem::ALL {
        assert!(has_message(&problem.to_string()), "{problem}");
    }
}

#[test]
fn heads_of_tables_are_translated() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut checked, mut missing) = (Vec::new(), 0, Vec::new());
    sources(&root, &mut files);
    for path in files {
        let source = fs::read_to_string(&path).expect("a source");
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for call in ["Column::text(\"", "Column::number(\"", "_column(\"", "column(\""] {
            for (at, _) in source.match_indices(call) {
                let (name, _) = literal(&source[at + call.len()..]);
                checked += 1;
                // Symbols of statistics and units are the same in all languages.
                if !matches!(name.as_str(), "id" | "tf" | "df" | "n" | "F" | "ms")
                    && !has_column(&name)
                {
                    missing.push(name);
                }
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(checked > 25, "{checked} columns were found in the source");
    assert!(missing.is_empty(), "columns without a translation: {missing:?}");
}

/// Names of features and of parts of pages stand beside numbers and texts.
#[test]
fn names_in_explanations_are_translated() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/rank/trained/features.rs");
    let source = fs::read_to_string(path).expect("a source");
    let (_, names) = source.split_once("const NAMES: ").expect("names of features");
    let (_, names) = names.split_once("= [").expect("names of features");
    let mut names = literals(names.split_once("];").expect("the end of the list").0);
    assert!(names.len() > 50, "{}", names.len());
    names.extend(Role::ALL.iter().map(|role| role.name().to_owned()));
    names.retain(|name| !has_message(&format!("[part] {name}")));
    assert!(names.is_empty(), "names without a translation: {names:?}");
}

#[test]
fn messages_are_found_in_code() {
    let code = r#"if x != '"' { "a \"b\" {name}: {}" } else { "c // d" }) // "e""#;
    assert_eq!(literals(code), ["a \"b\" {name}: {}", "c // d"]);
    assert_eq!(template("{{\"a\": {x:.2}}} of {}"), "{\"a\": {}} of {}");
    assert!(is_message("{}: no text") && !is_message("{}: {}"));
}
