//! Why a summary has the sentences that it has, as the JSON of `tomtat summarize --explain`.

use std::ops::Range;

use super::summary::{Summaries, character_places};
use crate::columns::Strings;
use crate::job::Job;
use crate::library::{Article, Scratch};
use crate::source::Row;

/// Explains summaries; places are in characters.
pub(crate) struct Explanations(pub(crate) Summaries);

impl Job for Explanations {
    type Out = Strings;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let article = Article::new(&row.text, row.title.as_deref());
        let summary = self.0.of(&article, &mut scratch.document);
        let document = &scratch.document;
        let mut explanation = self.0.summarizer.explain(document, &summary);
        let bytes: Vec<Range<usize>> =
            explanation.places_mut().map(|place| place.clone()).collect();
        let characters = character_places(document.text(), &bytes);
        for (place, (start, end)) in explanation.places_mut().zip(characters) {
            *place = start as usize..end as usize;
        }
        out.push(&serde_json::to_string(&explanation).map_err(|error| error.to_string())?);
        Ok(())
    }
}
