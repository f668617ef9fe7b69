//! Scores that must be reached, for use in automatic checks.

use std::str::FromStr;

use crate::output::message;

/// `[NAME:]MEASURE=VALUE`: a score in percent that a system must reach.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Threshold {
    /// The system; without it, the one that the command says.
    pub(crate) system: Option<String>,
    /// Name of the measure.
    pub(crate) measure: String,
    /// Least value, in percent.
    pub(crate) least: f64,
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("expected [NAME:]MEASURE=VALUE like rouge1=28.5, found `{text}`");
        let (what, least) = text.rsplit_once('=').ok_or_else(wrong)?;
        let least: f64 = least.trim().parse().map_err(|_| wrong())?;
        let (system, measure) = match what.rsplit_once(':') {
            Some((system, measure)) => (Some(system.trim().to_owned()), measure),
            None => (None, what),
        };
        if measure.trim().is_empty() || !least.is_finite() {
            return Err(wrong());
        }
        Ok(Self { system, measure: measure.trim().to_owned(), least })
    }
}

/// Checks scores between 0 and 1 against thresholds and names those that are missed.
///
/// # Errors
///
/// If a threshold names a system or measure that `score` does not know.
pub(crate) fn all_met(
    thresholds: &[Threshold],
    usual: &str,
    score: impl Fn(&str, &str) -> Option<f64>,
) -> anyhow::Result<bool> {
    let mut met = true;
    for threshold in thresholds {
        let system = threshold.system.as_deref().unwrap_or(usual);
        let measure = &threshold.measure;
        let Some(value) = score(system, measure) else {
            anyhow::bail!("--fail-under {system}:{measure}: no such row or measure in the table");
        };
        // Compared as it is printed: 28.50 is not under 28.5.
        if (value * 1e4).round() < (threshold.least * 1e2).round() {
            let least = threshold.least;
            let found = 100.0 * value;
            message("error", format_args!("{system}: {measure} is {found:.2}, under {least}"));
            met = false;
        }
    }
    Ok(met)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_name_measure_and_perhaps_system() {
        let parse = |text: &str| text.parse::<Threshold>();
        let plain = Threshold { system: None, measure: "rouge1".to_owned(), least: 28.5 };
        assert_eq!(parse("rouge1=28.5"), Ok(plain));
        let named = parse("my:model:rougeL=3").expect("a threshold");
        assert_eq!((named.system.as_deref(), named.measure.as_str()), (Some("my:model"), "rougeL"));
        for wrong in ["rouge1", "rouge1=", "=3", "rouge1=x", "rouge1=inf"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        let value = |_: &str, m: &str| (m == "f1").then_some(0.28499);
        assert!(all_met(&[parse("f1=28.5").expect("ok")], "x", value).expect("known"));
        assert!(!all_met(&[parse("f1=28.51").expect("ok")], "x", value).expect("known"));
        assert!(all_met(&[parse("f2=1").expect("ok")], "x", value).is_err());
    }
}
