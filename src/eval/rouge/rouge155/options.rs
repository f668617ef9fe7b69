//! The command line options of ROUGE-1.5.5.

use std::fmt;
use std::str::FromStr;

/// How the script combines several references, `-f`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Formula {
    /// `A`, "model average": counts summed over the references.
    #[default]
    Average,
    /// `B`, "best model": the reference with the highest recall.
    Best,
}

/// Options of a run, read from and written as the script's command line.
///
/// The defaults are the script's: ROUGE-L only, no stemming, average formula, alpha 0.5, 95 %
/// intervals from 1,000 resamples.
///
/// | option | meaning |
/// |---|---|
/// | `-n 2` | ROUGE-N up to this n |
/// | `-x` | no ROUGE-L |
/// | `-w 1.2` | ROUGE-W with this weight |
/// | `-2 4` | ROUGE-S with this largest gap, negative for none; `-u` makes it ROUGE-SU |
/// | `-m` | Porter stemmer |
/// | `-f A` | formula, `A` or `B` |
/// | `-p 0.5` | alpha of the F-measure: 1 is precision only, 0 recall only |
/// | `-c 95` | level of the interval in percent |
/// | `-r 1000` | number of resamples |
/// | `-a`, `-d` | accepted, no effect: all systems, print each score |
///
/// # Examples
///
/// ```
/// use tomtat::eval::rouge155::Rouge155Options;
///
/// let options: Rouge155Options = "-a -m -n 2 -w 1.2 -c 95".parse()?;
/// assert_eq!(options.to_string(), "-m -n 2 -w 1.2 -f A -p 0.5 -c 95 -r 1000");
/// assert!("-l 100".parse::<Rouge155Options>().is_err());
/// # Ok::<(), tomtat::eval::rouge155::ParseRouge155Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rouge155Options {
    max_n: u8,
    lcs: bool,
    weight: Option<f64>,
    gap: Option<i32>,
    unigrams: bool,
    stems: bool,
    formula: Formula,
    alpha: f64,
    confidence: f64,
    resamples: u32,
}

impl Default for Rouge155Options {
    fn default() -> Self {
        Self {
            max_n: 0,
            lcs: true,
            weight: None,
            gap: None,
            unigrams: false,
            stems: false,
            formula: Formula::Average,
            alpha: 0.5,
            confidence: 95.0,
            resamples: 1000,
        }
    }
}

impl Rouge155Options {
    /// Returns the largest n of ROUGE-N, 0 if it is not computed.
    #[must_use]
    pub fn max_n(&self) -> u8 {
        self.max_n
    }

    /// Returns true if ROUGE-L is computed.
    #[must_use]
    pub fn computes_lcs(&self) -> bool {
        self.lcs
    }

    /// Returns the weight of ROUGE-W, if it is computed.
    #[must_use]
    pub fn weight(&self) -> Option<f64> {
        self.weight
    }

    /// Returns the largest gap of ROUGE-S (`None` without limit) and whether single tokens count
    /// too, if it is computed.
    #[must_use]
    pub fn skip(&self) -> Option<(Option<u16>, bool)> {
        self.gap.map(|gap| (u16::try_from(gap).ok(), self.unigrams))
    }

    /// Returns true if words are stemmed.
    #[must_use]
    pub fn stems(&self) -> bool {
        self.stems
    }

    /// Returns how several references are combined.
    #[must_use]
    pub fn formula(&self) -> Formula {
        self.formula
    }

    /// Returns the weight of precision in the F-measure.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Returns the level of the intervals in percent.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Returns the number of resamples.
    #[must_use]
    pub fn resamples(&self) -> u32 {
        self.resamples
    }
}

/// A command line of ROUGE-1.5.5 is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseRouge155Error {
    /// The option does not exist or is not supported.
    #[error("option {0:?} is not supported, expected -a -c -d -f -m -n -p -r -u -w -x -2")]
    Unknown(String),
    /// The option needs a value, or another one.
    #[error("option {option} has value {value:?}, expected {expected}")]
    Value {
        /// The option.
        option: String,
        /// What was given; empty if nothing was.
        value: String,
        /// What is allowed.
        expected: &'static str,
    },
}

impl FromStr for Rouge155Options {
    type Err = ParseRouge155Error;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        let mut options = Self::default();
        let mut words = line.split_whitespace();
        while let Some(option) = words.next() {
            let mut value = |expected| (words.next().unwrap_or_default().to_owned(), expected);
            match option {
                "-a" | "-d" => {}
                "-m" => options.stems = true,
                "-u" => options.unigrams = true,
                "-x" => options.lcs = false,
                "-n" => options.max_n = number(option, value("1 to 9"), |n| (1..=9).contains(n))?,
                "-w" => {
                    let positive = |w: &f64| w.is_finite() && *w > 0.0;
                    options.weight = Some(number(option, value("a number above 0"), positive)?);
                }
                "-2" => {
                    let bounded = |gap: &i32| *gap <= i32::from(u16::MAX);
                    options.gap = Some(number(option, value("an integer up to 65535"), bounded)?);
                }
                "-p" => {
                    let unit = |p: &f64| (0.0..=1.0).contains(p);
                    options.alpha = number(option, value("a number from 0 to 1"), unit)?;
                }
                "-c" => {
                    let percent = |c: &f64| (0.0..=100.0).contains(c);
                    options.confidence = number(option, value("a number from 0 to 100"), percent)?;
                }
                "-r" => {
                    let some = |r: &u32| (1..=1_000_000).contains(r);
                    options.resamples = number(option, value("1 to 1000000"), some)?;
                }
                "-f" => {
                    let (value, expected) = value("A or B");
                    options.formula = match value.as_str() {
                        "A" => Formula::Average,
                        "B" => Formula::Best,
                        _ => {
                            let option = option.to_owned();
                            return Err(ParseRouge155Error::Value { option, value, expected });
                        }
                    };
                }
                _ => return Err(ParseRouge155Error::Unknown(option.to_owned())),
            }
        }
        Ok(options)
    }
}

fn number<T: FromStr>(
    option: &str,
    (value, expected): (String, &'static str),
    allowed: impl Fn(&T) -> bool,
) -> Result<T, ParseRouge155Error> {
    match value.parse() {
        Ok(number) if allowed(&number) => Ok(number),
        _ => Err(ParseRouge155Error::Value { option: option.to_owned(), value, expected }),
    }
}

impl fmt::Display for Rouge155Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.stems {
            f.write_str("-m ")?;
        }
        if self.max_n > 0 {
            write!(f, "-n {} ", self.max_n)?;
        }
        if !self.lcs {
            f.write_str("-x ")?;
        }
        if let Some(weight) = self.weight {
            write!(f, "-w {weight} ")?;
        }
        if let Some(gap) = self.gap {
            write!(f, "-2 {gap} {}", if self.unigrams { "-u " } else { "" })?;
        }
        let formula = match self.formula {
            Formula::Average => 'A',
            Formula::Best => 'B',
        };
        write!(f, "-f {formula} -p {} -c {} -r {}", self.alpha, self.confidence, self.resamples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_come_back() {
        for line in ["", "-n 4 -x", "-m -2 -1 -u -f B", "-w 1.5 -p 0 -c 99.5 -r 10"] {
            let options: Rouge155Options = line.parse().expect("valid options");
            assert_eq!(options.to_string().parse(), Ok(options));
        }
    }

    #[test]
    fn wrong_values_are_named() {
        let error = "-n 2 -c 101".parse::<Rouge155Options>().expect_err("above 100");
        assert_eq!(
            error.to_string(),
            "option -c has value \"101\", expected a number from 0 to 100"
        );
        assert!("-n".parse::<Rouge155Options>().is_err());
        assert!("-w nan".parse::<Rouge155Options>().is_err());
        assert!("2".parse::<Rouge155Options>().is_err());
    }
}
