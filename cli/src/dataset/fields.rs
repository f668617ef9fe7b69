//! Names of the fields of a data set.

use crate::input;

/// Which fields hold what; what is not named is looked for under usual names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    /// Fields of an article.
    pub(crate) article: input::Fields,
    /// The summary, or the list of summaries.
    pub(crate) reference: Option<Selector>,
}

/// The name of a field, and whether each item of a list is a text of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector {
    /// Name of the field.
    pub(crate) name: String,
    /// `NAME[]`: the items of a list are several texts, not the sentences of one.
    pub(crate) each: bool,
}

impl Selector {
    /// Parses `NAME` or `NAME[]`.
    pub(crate) fn parse(text: &str) -> Self {
        match text.strip_suffix("[]") {
            Some(name) => Self { name: name.to_owned(), each: true },
            None => Self { name: text.to_owned(), each: text == "references" },
        }
    }
}

impl Fields {
    /// Parses `id=…`, `title=…`, `body=…`, `reference=…`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut fields = Self::default();
        let mut of_article = Vec::new();
        for argument in arguments.iter().flat_map(|a| a.split_whitespace()) {
            match argument.split_once('=') {
                Some(("reference", name)) => fields.reference = Some(Selector::parse(name)),
                Some(("id" | "title" | "body", _)) => of_article.push(argument.to_owned()),
                _ => {
                    return Err(format!(
                        "--field takes id=NAME, title=NAME, body=NAME or reference=NAME, found \
                         `{argument}`"
                    ));
                }
            }
        }
        fields.article = input::Fields::parse(&of_article)?;
        Ok(fields)
    }
}
