//! Length of summaries as it is named on the command line.

use anyhow::Result;
use clap::Args;
use tomtat::select::Budget;

/// How long summaries may be; at most one of the options is given.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Length")]
pub(crate) struct LengthArguments {
    /// Length: auto lets the ranker choose one to three sentences; or 3, 20%, 60words,
    /// 80syllables, 280characters.
    #[arg(short, long, value_name = "LENGTH", group = "budget")]
    length: Option<Budget>,
    /// Length in sentences [default: 3].
    #[arg(short = 'n', long, value_name = "N", group = "budget")]
    sentences: Option<usize>,
    /// Length as a share of the sentences, above 0 and at most 1.
    #[arg(short, long, value_name = "SHARE", group = "budget")]
    ratio: Option<f64>,
    /// Length in words, never exceeded.
    #[arg(short, long, value_name = "N", group = "budget")]
    words: Option<usize>,
    /// Length in syllables, never exceeded.
    #[arg(long, value_name = "N", group = "budget")]
    syllables: Option<usize>,
    /// Length in characters, never exceeded.
    #[arg(short, long, value_name = "N", group = "budget")]
    characters: Option<usize>,
}

impl LengthArguments {
    /// Returns the length that was asked for, or three sentences.
    pub(crate) fn budget(&self) -> Result<Budget> {
        Ok(self.chosen()?.unwrap_or_default())
    }

    /// Returns the length that was asked for, if any.
    pub(crate) fn chosen(&self) -> Result<Option<Budget>> {
        if self.length.is_some() {
            return Ok(self.length);
        }
        let budget = if let Some(n) = self.sentences {
            Budget::sentences(n)
        } else if let Some(ratio) = self.ratio {
            Budget::ratio(ratio)
        } else if let Some(n) = self.words {
            Budget::words(n)
        } else if let Some(n) = self.syllables {
            Budget::syllables(n)
        } else if let Some(n) = self.characters {
            Budget::characters(n)
        } else {
            return Ok(None);
        };
        Ok(Some(budget?))
    }
}
