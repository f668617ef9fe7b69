//! Help and messages in Vietnamese, from a catalogue that translators edit: `locale/vi.po`.
//!
//! English texts are the keys, as in gettext. A key with `{}` is a template: what stands in the
//! place of the first `{}` is put in the place of `{0}` of its translation, and so on; in the place of
//! `{0!}` it is translated, too. Keys that begin with `[part]` are such parts, with `[column]` heads of
//! tables. What the catalogue lacks stays English; tests say what of the help and of the messages that
//! is. Machine formats never change.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::{LazyLock, OnceLock};

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

/// A language of help and messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English.
    #[default]
    En,
    /// Vietnamese.
    Vi,
}

static LANGUAGE: OnceLock<Language> = OnceLock::new();

/// Chooses the language: that of `--lang`, or else of the locale.
pub(crate) fn choose(arguments: &[OsString]) {
    let environment = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
    let _ = LANGUAGE.set(language(arguments, &environment));
}

fn language(arguments: &[OsString], environment: &[Option<String>]) -> Language {
    let mut texts = arguments.iter().filter_map(|argument| argument.to_str());
    let mut named = None;
    while let Some(text) = texts.next().filter(|text| *text != "--") {
        let value = if text == "--lang" { texts.next() } else { text.strip_prefix("--lang=") };
        named = value.and_then(|value| Language::from_str(value, true).ok()).or(named);
    }
    let locale = environment.iter().flatten().find(|value| !value.is_empty());
    let is_vietnamese = |locale: &String| locale == "vi" || locale.starts_with("vi_");
    named.unwrap_or(if locale.is_some_and(is_vietnamese) { Language::Vi } else { Language::En })
}

/// Returns true if people read Vietnamese.
pub(crate) fn is_vietnamese() -> bool {
    LANGUAGE.get() == Some(&Language::Vi)
}

/// A catalogue of translations.
struct Catalogue {
    texts: BTreeMap<String, String>,
    /// Texts with holes: what stands between the holes, and the translation; the longest first.
    templates: Vec<(Vec<String>, String)>,
}

static VIETNAMESE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::parse(include_str!("../locale/vi.po")));

impl Catalogue {
    /// Reads the parts of the PO format that the file has: comments, `msgid` and `msgstr`, each in one
    /// or more quoted strings.
    fn parse(text: &str) -> Self {
        let mut texts = BTreeMap::new();
        let (mut key, mut value, mut in_value) = (String::new(), String::new(), false);
        let mut take = |key: &mut String, value: &mut String| {
            let (key, value) = (std::mem::take(key), std::mem::take(value));
            if !key.is_empty() && !value.is_empty() {
                texts.insert(key, value);
            }
        };
        for line in text.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("msgid ") {
                take(&mut key, &mut value);
                in_value = false;
                key = unquoted(rest);
            } else if let Some(rest) = line.strip_prefix("msgstr ") {
                in_value = true;
                value = unquoted(rest);
            } else if line.starts_with('"') {
                let more = unquoted(line);
                if in_value { value += &more } else { key += &more }
            }
        }
        take(&mut key, &mut value);
        let mut templates: Vec<(Vec<String>, String)> = texts
            .iter()
            .filter(|(key, _)| key.contains("{}"))
            .map(|(key, value)| (key.split("{}").map(str::to_owned).collect(), value.clone()))
            .collect();
        let length = |parts: &[String]| parts.iter().map(String::len).sum::<usize>();
        templates.sort_by(|a, b| length(&b.0).cmp(&length(&a.0)).then_with(|| a.0.cmp(&b.0)));
        Self { texts, templates }
    }

    fn find(&self, text: &str) -> Option<Cow<'_, str>> {
        if let Some(found) = self.texts.get(text) {
            return Some(Cow::Borrowed(found));
        }
        self.templates.iter().find_map(|(parts, translation)| {
            let holes = holes(parts, text)?;
            Some(Cow::Owned(self.filled(translation, &holes)))
        })
    }

    /// Puts what stood in the holes of a text into its translation.
    fn filled(&self, translation: &str, holes: &[&str]) -> String {
        let mut filled = String::new();
        let mut rest = translation;
        while let Some((before, after)) = rest.split_once('{') {
            let hole = after.split_once('}').and_then(|(name, after)| {
                let number = name.strip_suffix('!').unwrap_or(name);
                let hole = *holes.get(number.parse::<usize>().ok()?)?;
                let hole = if name.len() > number.len() { self.part(hole) } else { hole.into() };
                Some((hole, after))
            });
            filled.push_str(before);
            rest = if let Some((hole, after)) = hole {
                filled.push_str(&hole);
                after
            } else {
                filled.push('{');
                after
            };
        }
        filled + rest
    }

    /// The translation of a part of a text.
    fn part<'t>(&'t self, text: &'t str) -> Cow<'t, str> {
        match self.texts.get(&format!("[part] {text}")) {
            Some(found) => Cow::Borrowed(found),
            None => self.find(text).unwrap_or(Cow::Borrowed(text)),
        }
    }
}

/// What stands in a text between the parts of a template.
fn holes<'t>(parts: &[String], text: &'t str) -> Option<Vec<&'t str>> {
    let (first, rest) = parts.split_first()?;
    let (last, middle) = rest.split_last()?;
    let mut text = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
    let mut holes = Vec::new();
    for part in middle {
        let (hole, after) = text.split_once(part.as_str())?;
        holes.push(hole);
        text = after;
    }
    holes.push(text);
    Some(holes)
}

/// The text of a quoted string.
fn unquoted(line: &str) -> String {
    let inside = line.trim().trim_start_matches('"');
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    let mut text = String::new();
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                Some(c) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    text
}

/// The text in the language that was chosen.
pub(crate) fn translated(text: &str) -> Cow<'_, str> {
    if !is_vietnamese() {
        return Cow::Borrowed(text);
    }
    VIETNAMESE.find(text).map_or(Cow::Borrowed(text), |found| Cow::Owned(found.into_owned()))
}

/// A part of a text, such as a noun after a number.
pub(crate) fn part(text: &str) -> Cow<'_, str> {
    if is_vietnamese() { VIETNAMESE.part(text) } else { Cow::Borrowed(text) }
}

/// The code of the language that was chosen, for pages.
pub(crate) fn code() -> &'static str {
    if is_vietnamese() { "vi" } else { "en" }
}

/// The name of a column for people.
pub(crate) fn column(name: &str) -> &str {
    let found = is_vietnamese().then(|| VIETNAMESE.texts.get(&format!("[column] {name}")));
    found.flatten().map_or(name, String::as_str)
}

/// A number for people, with the decimal mark of the language.
pub(crate) fn number(text: String) -> String {
    if is_vietnamese() { text.replace('.', ",") } else { text }
}

/// Translates the parts of help and usage errors that clap writes.
pub(crate) fn usage(text: &str) -> String {
    if !is_vietnamese() {
        return text.to_owned();
    }
    let lines = text.split('\n').map(|line| {
        let inner = line.trim();
        let (before, inner) = match inner.strip_prefix("error: ") {
            Some(inner) => (translated("error").into_owned() + ": ", inner),
            None => (String::new(), inner),
        };
        let indent = &line[..line.len() - line.trim_start().len()];
        format!("{indent}{before}{}", translated(inner))
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    for fragment in FRAGMENTS {
        if let Some(found) = VIETNAMESE.texts.get(fragment) {
            text = text.replace(fragment, found);
        }
    }
    text
}

/// What clap puts around the texts of help.
const FRAGMENTS: [&str; 14] = [
    "Usage:",
    "Options:",
    "Commands:",
    "Arguments:",
    "Possible values:",
    "[default: ",
    "[possible values: ",
    "[aliases: ",
    "Print help (see more with '--help')",
    "Print help (see a summary with '-h')",
    "Print help",
    "Print version",
    "Print this message or the help of the given subcommand(s)",
    "For more information, try '--help'.",
];

/// The command with its help translated; it can print help, but values are only names in it.
pub(crate) fn command(command: clap::Command) -> clap::Command {
    let about = command.get_about().map(|text| paragraphs(&text.to_string()));
    let long_about = command.get_long_about().map(|text| paragraphs(&text.to_string()));
    let after = command.get_after_help().map(|text| paragraphs(&text.to_string()));
    let mut command = command.mut_args(argument).mut_subcommands(self::command);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(about) = long_about {
        command = command.long_about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
}

fn argument(mut argument: clap::Arg) -> clap::Arg {
    let help = argument.get_help().map(|text| paragraphs(&text.to_string()));
    let long_help = argument.get_long_help().map(|text| paragraphs(&text.to_string()));
    let heading = argument.get_help_heading().and_then(|text| VIETNAMESE.texts.get(text));
    let values = argument.get_possible_values();
    if values.iter().any(|value| value.get_help().is_some()) {
        let values = values.into_iter().map(|value| {
            let help = value.get_help().map(|text| paragraphs(&text.to_string()));
            match help {
                Some(help) => value.help(help),
                None => value,
            }
        });
        argument = argument.value_parser(PossibleValuesParser::new(values));
    }
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(help) = long_help {
        argument = argument.long_help(help);
    }
    if let Some(heading) = heading {
        argument = argument.help_heading(heading.as_str());
    }
    argument
}

/// Translates a text paragraph by paragraph; of examples, only the heading.
fn paragraphs(text: &str) -> String {
    let parts = text.split("\n\n").map(|part| {
        if let Some(found) = VIETNAMESE.find(part) {
            return found.into_owned();
        }
        match part.split_once('\n') {
            Some((heading, lines)) if is_heading(heading) => {
                format!("{}\n{lines}", VIETNAMESE.find(heading).unwrap_or(Cow::Borrowed(heading)))
            }
            _ => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

fn is_heading(line: &str) -> bool {
    matches!(line, "Examples:" | "Example:")
}

/// Returns true if the catalogue has a message; in `text`, `{}` stands for what is not known before.
#[cfg(test)]
pub(crate) fn has_message(text: &str) -> bool {
    VIETNAMESE.texts.contains_key(text)
}

/// Returns true if the catalogue has the head of a column.
#[cfg(test)]
pub(crate) fn has_column(name: &str) -> bool {
    VIETNAMESE.texts.contains_key(&format!("[column] {name}"))
}

/// The texts of the help of a command and its subcommands that have no translation.
#[cfg(test)]
pub(crate) fn missing(command: &clap::Command) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    texts.extend(command.get_about().map(ToString::to_string));
    texts.extend(command.get_long_about().map(ToString::to_string));
    texts.extend(command.get_after_help().map(ToString::to_string));
    for argument in command.get_arguments() {
        texts.extend(argument.get_help().map(ToString::to_string));
        texts.extend(argument.get_long_help().map(ToString::to_string));
        texts.extend(argument.get_help_heading().map(str::to_owned));
        let values = argument.get_possible_values();
        texts.extend(values.iter().filter_map(|v| v.get_help().map(ToString::to_string)));
    }
    let mut found: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split("\n\n"))
        .map(|part| part.lines().next().filter(|line| is_heading(line)).unwrap_or(part))
        .filter(|part| VIETNAMESE.find(part).is_none())
        .map(str::to_owned)
        .collect();
    found.extend(command.get_subcommands().flat_map(missing));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_wins_over_the_locale() {
        let of = |line: &str, locale: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            language(&arguments, &[None, Some(String::new()), Some(locale.to_owned())])
        };
        assert_eq!(of("sum x", "vi_VN.UTF-8"), Language::Vi);
        assert_eq!(of("sum --lang en x", "vi_VN.UTF-8"), Language::En);
        assert_eq!(of("sum --lang=vi x", "C"), Language::Vi);
        assert_eq!(of("sum -- --lang vi", "vie"), Language::En);
    }

    #[test]
    fn templates_keep_what_stands_in_their_holes() {
        let catalogue = Catalogue::parse(
            "# comment\nmsgid \"only {} of \"\n\"{} found\"\nmsgstr \"trong {1} chỉ thấy {0}\"\n\n\
             msgid \"a \\\"b\\\"\"\nmsgstr \"ă\"\nmsgid \"empty\"\nmsgstr \"\"\n",
        );
        assert_eq!(catalogue.find("only 3 of 10 found").as_deref(), Some("trong 10 chỉ thấy 3"));
        assert_eq!(catalogue.find("a \"b\"").as_deref(), Some("ă"));
        assert_eq!(catalogue.find("empty"), None);
        assert_eq!(catalogue.find("only 3 found"), None);
        assert_eq!(catalogue.find("only {1} of x found").as_deref(), Some("trong x chỉ thấy {1}"));
    }

    #[test]
    fn parts_are_translated_where_the_translation_asks_for_it() {
        let catalogue = Catalogue::parse(
            "msgid \"{} {}s of {}\"\nmsgstr \"{0} {1!} của {2}\"\nmsgid \"[part] word\"\nmsgstr \"từ\"\n",
        );
        assert_eq!(catalogue.find("3 words of word").as_deref(), Some("3 từ của word"));
        assert_eq!(catalogue.find("3 letters of word").as_deref(), Some("3 letter của word"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn errors_of_the_system_are_translated() {
        for number in [1, 2, 4, 5, 11, 12, 13, 16, 17, 20, 21, 22, 24, 26, 27, 28, 30, 36, 40, 98] {
            let error = std::io::Error::from_raw_os_error(number).to_string();
            assert!(VIETNAMESE.find(&error).is_some_and(|found| found != error), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_with_values_is_translated() {
        let number = |text: &str| text.parse::<u8>().expect_err("no number").to_string();
        let mut errors: Vec<String> = ["", "x", "300"].map(number).into();
        errors.push("-300".parse::<i8>().expect_err("no number").to_string());
        errors.extend(["", "x"].map(|text| text.parse::<f64>().expect_err("none").to_string()));
        errors.push("99999 is not in 0..=65535".to_owned());
        for error in errors {
            let line = format!("invalid value '7' for '--port <N>': {error}");
            let found = VIETNAMESE.find(&line).unwrap_or_default();
            assert!(found.starts_with("giá trị") && !found.contains(&error), "{found}");
        }
    }

    #[test]
    fn translations_have_the_holes_of_their_texts() {
        for (text, translation) in &VIETNAMESE.texts {
            for number in 0..text.matches("{}").count() {
                let holes = [format!("{{{number}}}"), format!("{{{number}!}}")];
                let has_hole = holes.iter().any(|hole| translation.contains(hole));
                // The plural of a name is said by the name.
                assert!(has_hole || text.contains("{}s are"), "{text}: {translation}");
            }
        }
        assert!(VIETNAMESE.texts.len() > 400, "{} texts", VIETNAMESE.texts.len());
    }
}
