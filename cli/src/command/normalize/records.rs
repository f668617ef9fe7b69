//! Records of JSON, whose texts are fixed where they stand.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::IgnoredAny;
use tomtat::page::html::looks_like_html;
use tomtat::text::encoding::Encoding;
use tomtat::text::encoding::misread::reread;

use super::{Account, Stop, Work, refused};
use crate::input::{
    Format, Item, Items, Places, Problem, ReadOptions, Source, json_records, text_spans,
};

impl Work<'_> {
    /// Fixes the records of JSON Lines or JSON. A record that cannot be fixed stays as it is.
    pub(super) fn records(
        &mut self,
        source: Source,
        format: Format,
        encoding: Encoding,
    ) -> Result<Account, Stop> {
        let to = self.arguments.to;
        if to != Encoding::Utf8 {
            let problem = Problem::new(source.name(), format!("is JSON, which cannot be {to}"));
            return Err(problem.hint("JSON is UTF-8; leave --to away").into());
        }
        let mut account = self.account(encoding);
        let reading = &self.arguments.input.reading;
        let options = ReadOptions { format, encoding: Some(encoding), ..reading.options() };
        if format == Format::Json {
            let text = source.json_text(options)?;
            let mut fixed = String::with_capacity(text.len());
            let mut copied = 0;
            let (mut places, mut line) = (Places::new(source.name()), 1);
            for range in json_records(&source.name(), &text)? {
                let before = &text[copied..range.start];
                line += before.matches('\n').count() as u64;
                let place = places.at(line);
                line += text[range.clone()].matches('\n').count() as u64;
                fixed.push_str(before);
                let record = &text[range.clone()];
                fixed.push_str(&self.record(&place, record, &mut account).unwrap_or_default());
                copied = range.end;
            }
            fixed.push_str(&text[copied..]);
            self.output.write(&fixed)?;
            return Ok(account);
        }
        for item in Items::new(Vec::new(), vec![source], options) {
            match item {
                Item::Json { place, text } => {
                    if let Some(fixed) = self.record(&place, &text, &mut account) {
                        self.output.write(&fixed)?;
                        self.output.write("\n")?;
                    }
                }
                Item::Broken(problem) => self.fail(&problem),
                _ => {}
            }
        }
        Ok(account)
    }

    fn fail(&mut self, problem: &Problem) {
        self.messages.problem(problem);
        self.failed += 1;
    }

    /// The record with its texts fixed, or as it is if they cannot be; none of what is no JSON.
    fn record<'t>(
        &mut self,
        place: &str,
        text: &'t str,
        account: &mut Account,
    ) -> Option<Cow<'t, str>> {
        let fixed = text_spans(text, place, &self.articles.fields)
            .and_then(|spans| self.fixed(place, text, spans, account));
        match fixed {
            Ok(fixed) => Some(fixed),
            Err(problem) => {
                self.fail(&problem);
                let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
                is_json.then_some(Cow::Borrowed(text))
            }
        }
    }

    /// Fixes the strings of JSON at these places.
    fn fixed<'t>(
        &self,
        place: &str,
        text: &'t str,
        spans: Vec<Range<usize>>,
        account: &mut Account,
    ) -> Result<Cow<'t, str>, Problem> {
        let invalid =
            |error: serde_json::Error| Problem::new(place, format!("not valid JSON: {error}"));
        let mut done = self.account(Encoding::Utf8);
        let mut fixed = String::new();
        let mut copied = 0;
        for span in spans {
            let before: String = serde_json::from_str(&text[span.clone()]).map_err(invalid)?;
            let after = self.fixed_text(place, &before, &mut done)?;
            if after != before {
                fixed.push_str(&text[copied..span.start]);
                fixed.push_str(&serde_json::to_string(&after).map_err(invalid)?);
                copied = span.end;
            }
        }
        for (fix, count) in done.changes {
            account.add_count(fix, count);
        }
        if let Some((_, changed)) = done.read_again {
            account.add_read_again(changed);
        }
        if copied == 0 {
            return Ok(Cow::Borrowed(text));
        }
        fixed.push_str(&text[copied..]);
        Ok(Cow::Owned(fixed))
    }

    /// Fixes the text of a field, which may be a page.
    fn fixed_text(&self, place: &str, text: &str, done: &mut Account) -> Result<String, Problem> {
        let mut text = Cow::Borrowed(text);
        if let Some(encoding) = self.arguments.misread {
            let (again, changed) = reread(&text, encoding);
            done.add_read_again(changed);
            text = Cow::Owned(again);
        }
        if looks_like_html(&text) {
            return self.fix_page(&text, done).map_err(|damage| refused(place, &damage));
        }
        let normalized = self.normalizer.normalize(&text);
        if let Some(damage) = normalized.refused() {
            return Err(refused(place, damage));
        }
        done.add(normalized.changes());
        Ok(normalized.into_text().into_owned())
    }
}
