//! The line that says what exactly was computed.
//!
//! Scores under one name differ by tokenization, case, stemming and aggregation, sometimes by
//! more than systems do. A signature names all of it, in the spirit of sacrebleu: two tables may
//! be compared if their signatures agree.
//!
//! # References
//!
//! M. Post (2018), *A Call for Clarity in Reporting BLEU Scores*, WMT, for the idea.

use std::fmt;

/// Settings of a result as `key:value` fields, in the order in which they were added.
///
/// # Examples
///
/// ```
/// use tomtat::eval::{Fingerprint, Rouge};
///
/// let mut data = Fingerprint::new();
/// data.add("Mưa lớn ở Huế.");
/// let line = Rouge::default().signature().with("refs", 1).with("data", data).to_string();
/// assert_eq!(
///     line,
///     format!(
///         "tomtat-rouge|tok:syllables|norm:nfc+tone|case:lower|punct:no|stem:no|stop:no|beta:1\
///          |agg:best|refs:1|data:34da09ff92d20b81|version:{}",
///         env!("CARGO_PKG_VERSION")
///     )
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    measure: String,
    fields: Vec<(String, String)>,
}

impl Signature {
    /// Starts a signature for a family of measures, such as `rouge` or `chrf`.
    #[must_use]
    pub fn new(measure: impl Into<String>) -> Self {
        Self { measure: clean(&measure.into()), fields: Vec::new() }
    }

    /// Adds a field, or changes it if it is there.
    ///
    /// The characters that separate fields, and white space, become underscores.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl fmt::Display) -> Self {
        let (key, value) = (clean(&key.into()), clean(&value.to_string()));
        match self.fields.iter_mut().find(|field| field.0 == key) {
            Some(field) => field.1 = value,
            None => self.fields.push((key, value)),
        }
        self
    }

    /// Returns the fields in order, without the version.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tomtat-{}", self.measure)?;
        for (key, value) in &self.fields {
            write!(f, "|{key}:{value}")?;
        }
        write!(f, "|version:{}", env!("CARGO_PKG_VERSION"))
    }
}

fn clean(text: &str) -> String {
    text.replace(|c: char| matches!(c, '|' | ':') || c.is_whitespace() || c.is_control(), "_")
}

/// A fingerprint of texts in order: 64-bit FNV-1a over each text and its length.
///
/// It tells data sets apart; it is no protection against somebody who wants two to look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Returns the fingerprint of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }

    /// Adds a text; `add("a"); add("b")` differs from `add("ab")`.
    pub fn add(&mut self, text: &str) {
        let bytes = (text.len() as u64).to_le_bytes().into_iter().chain(text.bytes());
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
}

impl Fingerprint {
    /// Returns the 64 bits.
    #[must_use]
    pub const fn to_u64(self) -> u64 {
        self.0
    }
}

impl Default for Fingerprint {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_break_the_line() {
        let signature = Signature::new("rouge").with("data", "a|b:c d\n").with("n", 1).with("n", 2);
        let expected =
            format!("tomtat-rouge|data:a_b_c_d_|n:2|version:{}", env!("CARGO_PKG_VERSION"));
        assert_eq!(signature.to_string(), expected);
    }

    #[test]
    fn fingerprint_depends_on_borders_and_order() {
        let print = |texts: &[&str]| {
            let mut print = Fingerprint::new();
            for text in texts {
                print.add(text);
            }
            print
        };
        assert_ne!(print(&["a", "b"]), print(&["ab"]));
        assert_ne!(print(&["a", "b"]), print(&["b", "a"]));
        assert_eq!(print(&[]).to_string(), "cbf29ce484222325");
    }
}
