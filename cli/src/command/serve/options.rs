//! The options that clients may set: arguments of a command, and which of them exclude each other.

use std::ffi::{OsStr, OsString};

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgGroup, Command};
use serde_json::Value;

use super::failure::Failure;

/// Most of a whole number: what readers of JSON hold exactly.
pub(super) const LARGEST: u64 = (1 << 53) - 1;

/// Arguments of a command that clients may set.
pub(super) struct Offered {
    arguments: Vec<Arg>,
    /// Names of two that do not go together.
    exclusive: Vec<(String, String)>,
}

impl Offered {
    /// Takes the arguments with these long names.
    pub(super) fn new(mut command: Command, names: &[&str]) -> Self {
        command.build();
        let named = |name: &&str| command.get_arguments().find(|a| a.get_long() == Some(name));
        let arguments: Vec<Arg> = names.iter().filter_map(named).cloned().collect();
        let mut exclusive = Vec::new();
        for argument in &arguments {
            let conflicts = command.get_arg_conflicts_with(argument);
            let grouped = command
                .get_groups()
                .filter(|group| group.get_args().any(|id| id == argument.get_id()))
                // The group of all arguments of a struct allows several.
                .filter(|group| !ArgGroup::clone(group).is_multiple())
                .flat_map(ArgGroup::get_args)
                .filter(|id| *id != argument.get_id());
            let ids = conflicts.iter().map(|other| other.get_id()).chain(grouped);
            for other in ids.filter_map(|id| arguments.iter().find(|a| a.get_id() == id)) {
                exclusive.push((long(argument).to_owned(), long(other).to_owned()));
            }
        }
        Self { arguments, exclusive }
    }

    /// Tells whether two options do not go together.
    pub(super) fn excludes(&self, name: &str, other: &str) -> bool {
        self.exclusive.iter().any(|(a, b)| (a == name && b == other) || (a == other && b == name))
    }

    /// Returns all largest sets of options that go together.
    pub(super) fn alternatives(&self) -> Vec<Vec<&Arg>> {
        let mut sets: Vec<Vec<&Arg>> = vec![Vec::new()];
        for argument in &self.arguments {
            let fits = |other: &&&Arg| !self.excludes(long(other), long(argument));
            for at in 0..sets.len() {
                let mut with: Vec<&Arg> = sets[at].iter().filter(fits).copied().collect();
                let fits_all = with.len() == sets[at].len();
                with.push(argument);
                if fits_all {
                    sets[at] = with;
                } else {
                    sets.push(with);
                }
            }
        }
        let all = sets.clone();
        let mut at = 0;
        sets.retain(|set| {
            at += 1;
            let is_in = |other: &Vec<&Arg>| set.iter().all(|a| contains(other, a));
            // Of equal sets the first stays.
            !all.iter().enumerate().any(|(i, other)| {
                i + 1 != at && is_in(other) && (other.len() > set.len() || i + 1 < at)
            })
        });
        sets
    }

    /// Turns options into arguments of the command.
    pub(super) fn argv(&self, options: &[(String, Value)]) -> Result<Vec<OsString>, Failure> {
        options.iter().filter_map(|(name, value)| self.one(name, value).transpose()).collect()
    }

    /// Finds an argument by its long or short name.
    fn named(&self, name: &str) -> Result<&Arg, Failure> {
        let spelled = name.replace('_', "-");
        let found = self.arguments.iter().find(|argument| {
            argument.get_long() == Some(spelled.as_str())
                || argument.get_short().is_some_and(|short| spelled == short.to_string())
        });
        found.ok_or_else(|| {
            let known: Vec<&str> = self.arguments.iter().map(long).collect();
            Failure::bad(format!("no option `{name}`; known are {}", known.join(", ")))
        })
    }

    /// Turns one option into an argument; a switch that is off gives none.
    fn one(&self, name: &str, value: &Value) -> Result<Option<OsString>, Failure> {
        let argument = self.named(name)?;
        let long = long(argument);
        let text = match (Kind::of(argument), value) {
            (Kind::Switch, Value::Bool(false)) => return Ok(None),
            (Kind::Switch, Value::Bool(true)) => return Ok(Some(format!("--{long}").into())),
            (Kind::Text, Value::String(text)) => text.clone(),
            // 3.0 is an integer of JSON.
            (Kind::Integer | Kind::Number, Value::Number(number)) => match number.as_f64() {
                Some(n) if n.fract() == 0.0 && n.abs() <= LARGEST as f64 => format!("{n:.0}"),
                _ => number.to_string(),
            },
            (Kind::List, Value::Array(items)) if items.iter().all(Value::is_string) => {
                let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                texts.join(",")
            }
            (kind, _) => {
                return Err(Failure::bad(format!("option `{name}` takes {}", kind.told())));
            }
        };
        within(argument, &text)?;
        Ok(Some(format!("--{long}={text}").into()))
    }

    /// Reads the options of a query string, where each value is text.
    pub(super) fn of_query(&self, given: Vec<(String, String)>) -> Result<Vec<OsString>, Failure> {
        let mut argv = Vec::new();
        for (name, text) in given {
            let argument = self.named(&name)?;
            if Kind::of(argument) == Kind::Switch {
                let value = match text.as_str() {
                    "true" | "" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    _ => Value::String(text),
                };
                argv.extend(self.one(&name, &value)?);
            } else {
                within(argument, &text)?;
                argv.push(format!("--{}={text}", long(argument)).into());
            }
        }
        Ok(argv)
    }
}

/// Refuses whole numbers that no option takes; what is no number the command refuses.
fn within(argument: &Arg, text: &str) -> Result<(), Failure> {
    let is_beyond = |n: f64| !(1.0..=LARGEST as f64).contains(&n);
    if Kind::of(argument) == Kind::Integer && text.parse().is_ok_and(is_beyond) {
        let name = long(argument);
        return Err(Failure::bad(format!("option `{name}` takes 1 to {LARGEST}, found {text}")));
    }
    Ok(())
}

/// What an option takes in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Switch,
    Integer,
    Number,
    Text,
    List,
}

impl Kind {
    pub(super) fn of(argument: &Arg) -> Self {
        let parser = argument.get_value_parser().type_id();
        let is = |other: ValueParser| parser == other.type_id();
        if matches!(argument.get_action(), ArgAction::SetTrue) {
            Self::Switch
        } else if argument.get_value_delimiter().is_some() {
            Self::List
        } else if is(clap::value_parser!(usize).into()) || is(clap::value_parser!(u64).into()) {
            Self::Integer
        } else if is(clap::value_parser!(f64).into()) {
            Self::Number
        } else {
            Self::Text
        }
    }

    const fn told(self) -> &'static str {
        match self {
            Self::Switch => "true or false",
            Self::Integer | Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list of texts",
        }
    }
}

/// Returns the name of an argument as clients write it.
pub(super) fn long(argument: &Arg) -> &str {
    argument.get_long().unwrap_or_default()
}

/// Returns the name in `--name=value`.
pub(super) fn name_of(option: &impl AsRef<OsStr>) -> Option<String> {
    let text = option.as_ref().to_str()?;
    Some(text.split('=').next().unwrap_or_default().trim_start_matches("--").to_owned())
}

fn contains(set: &[&Arg], argument: &Arg) -> bool {
    set.iter().any(|a| a.get_id() == argument.get_id())
}
