//! ROUGE.

use tomtat::eval::{Measure, Rouge, Tokenizer};

use super::{Engine, InputError};
use crate::objects::{MeasureScore, RougeScores};
use crate::options::{RougeOptions, WordFormat, WordOptions};

impl Engine {
    /// Scores a text against references.
    ///
    /// # Errors
    ///
    /// If there is no reference, or an option cannot be used.
    pub fn rouge(
        &self,
        prediction: &str,
        references: &[String],
        options: &RougeOptions,
    ) -> Result<RougeScores, InputError> {
        let value = |option, reason: String| InputError::Value { option, reason };
        if references.is_empty() {
            return Err(value("references", "expected at least one".to_owned()));
        }
        let mut builder = Rouge::builder();
        let mut names: Vec<String> =
            ["rouge1", "rouge2", "rougeL"].into_iter().map(str::to_owned).collect();
        if let Some(measures) = &options.measures {
            let parsed: Result<Vec<Measure>, _> = measures.iter().map(|m| m.parse()).collect();
            builder =
                builder.measures(parsed.map_err(|error| value("measures", format!("{error}")))?);
            names.clone_from(measures);
        }
        match options.unit.as_deref() {
            None | Some("syllable") => {}
            Some("word") => builder = builder.tokenizer(Tokenizer::words()),
            Some(found) => {
                let (found, known) = (found.to_owned(), "syllable, word".to_owned());
                return Err(InputError::Unknown { option: "unit", found, known });
            }
        }
        if let Some(beta) = options.beta {
            builder = builder.beta(beta);
        }
        let rouge = builder.build().map_err(|error| value("options", error.to_string()))?;
        // Words are compared as the segmenter cuts them.
        let words = options.unit.as_deref() == Some("word");
        let cut = |text: &str| {
            if words { self.underscored(text) } else { Ok(text.to_owned()) }
        };
        let references: Vec<String> =
            references.iter().map(|text| cut(text)).collect::<Result<_, _>>()?;
        let borrowed: Vec<&str> = references.iter().map(String::as_str).collect();
        let mut scratch = rouge.scratch();
        let scores = rouge.score(&cut(prediction)?, &borrowed, &mut scratch);
        let scores = names
            .into_iter()
            .zip(scores.iter())
            .map(|(name, score)| MeasureScore::new(name, *score))
            .collect();
        Ok(RougeScores { scores, signature: rouge.signature().to_string() })
    }

    fn underscored(&self, text: &str) -> Result<String, InputError> {
        let options = WordOptions { format: WordFormat::Text, ..WordOptions::default() };
        let value = self.word_tokenize(text, &options)?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }
}
