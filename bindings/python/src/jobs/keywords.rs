//! Key terms.

use super::summary::character_places;
use super::tokens::Span;
use crate::columns::{Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{Analyzer, KeywordOptions, Scratch, TextOptions, keywords, looks_like_html};
use crate::source::Row;

record! {
    /// A key term.
    KeywordColumn {
        term: Strings,
        score: Floats,
        count: Integers,
        key: Strings,
        positions: Lists<Span>,
    }
}

/// Finds key terms.
pub(crate) struct Keywords {
    pub(crate) analyzer: Analyzer,
    pub(crate) options: KeywordOptions,
    pub(crate) raw: bool,
}

impl Job for Keywords {
    type Out = Lists<KeywordColumn>;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        if looks_like_html(&row.text) {
            return Err("is HTML, not plain text; `extract` takes the article out".to_owned());
        }
        let with_title = row.title.as_deref().map(|title| format!("{title}\n\n{}", row.text));
        let before = with_title.as_ref().map_or(0, |text| text.len() - row.text.len());
        let text = with_title.as_deref().unwrap_or(&row.text);
        let options = TextOptions::default().with_raw(self.raw);
        self.analyzer.analyze_into(text, options, &mut scratch.document);
        for found in keywords(&scratch.document, self.analyzer.models(), self.options) {
            let form = &text[found.form()];
            let words: Vec<&str> =
                form.split([' ', '\n', '\t', '_']).filter(|word| !word.is_empty()).collect();
            let keyword = &mut out.items;
            keyword.term.push(&words.join(" "));
            keyword.score.push(found.score());
            keyword.count.push(found.positions().len() as i64);
            keyword.key.push(found.key());
            // A title of its own has no place in the text.
            let in_text = found.positions().iter().filter(|place| place.start >= before);
            let spans: Vec<_> =
                in_text.map(|place| place.start - before..place.end - before).collect();
            for (start, end) in character_places(&row.text, &spans) {
                keyword.positions.items.start.push(start);
                keyword.positions.items.end.push(end);
                keyword.positions.items.close();
            }
            keyword.positions.close();
            keyword.close();
        }
        out.close();
        Ok(())
    }
}
