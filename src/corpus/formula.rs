//! What a statistic is called, how it is computed and where it was defined.

/// The definition of a statistic, as help texts and `--explain` print it.
///
/// # Examples
///
/// ```
/// use tomtat::corpus::weighting;
///
/// let idf = weighting::IDF.iter().find(|f| f.name == "smooth").expect("a variant of idf");
/// assert_eq!(idf.formula, "ln((1 + N) / (1 + df)) + 1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Formula {
    /// Name on the command line and in machine formats.
    pub name: &'static str,
    /// Name in the literature.
    pub title: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Who defined it where; what we do otherwise.
    pub source: &'static str,
}

impl Formula {
    /// Puts the parts together.
    #[must_use]
    pub const fn new(
        name: &'static str,
        title: &'static str,
        formula: &'static str,
        source: &'static str,
    ) -> Self {
        Self { name, title, formula, source }
    }
}

/// A name that no statistic of its kind has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {kind} `{name}`; {kind}s are {known}")]
pub struct UnknownName {
    kind: &'static str,
    name: String,
    known: String,
}

impl UnknownName {
    pub(super) fn new(
        kind: &'static str,
        name: &str,
        known: impl Iterator<Item = &'static str>,
    ) -> Self {
        let known = known.collect::<Vec<_>>().join(", ");
        Self { kind, name: name.to_owned(), known }
    }

    /// Returns the names that exist, with commas between.
    #[must_use]
    pub fn known(&self) -> &str {
        &self.known
    }
}

/// Defines an enum of statistics, each with its [`Formula`].
macro_rules! named_statistics {
    (
        $(#[$attribute:meta])* $kind:literal $name:ident {
            $($variant:ident($id:literal, $title:literal, $formula:literal, $source:literal $(,)?),)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!($title, ": `", $formula, "`.")] $variant,)*
        }

        impl $name {
            /// All of them, in the order of help texts.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the definition.
            #[must_use]
            pub const fn formula(self) -> &'static $crate::corpus::formula::Formula {
                match self {
                    $(Self::$variant => {
                        const FORMULA: $crate::corpus::formula::Formula =
                            $crate::corpus::formula::Formula::new($id, $title, $formula, $source);
                        &FORMULA
                    })*
                }
            }

            /// Returns the name on the command line and in machine formats.
            #[must_use]
            pub const fn name(self) -> &'static str {
                self.formula().name
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::corpus::formula::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.name() == name).ok_or_else(|| {
                    let known = Self::ALL.iter().map(|one| one.name());
                    $crate::corpus::formula::UnknownName::new($kind, name, known)
                })
            }
        }
    };
}

pub(super) use named_statistics;
