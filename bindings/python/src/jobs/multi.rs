//! One summary of several articles.

use std::ops::Range;

use super::summary::{LengthColumn, character_places, push_length};
use crate::columns::{Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{Analyzer, Article, Document, MultiSummarizer, Scratch, SourcedPick};
use crate::source::Row;

record! {
    /// A picked sentence; places are in characters of its article.
    SourcedColumn {
        text: Strings,
        document: Integers,
        start: Integers,
        end: Integers,
        score: Floats,
        rank: Integers,
    }
}

record! {
    /// An article that is a copy of an earlier one.
    CopyColumn { document: Integers, copy_of: Integers, }
}

record! {
    /// A summary of several articles.
    MultiColumn {
        sentences: Lists<SourcedColumn>,
        copies: Lists<CopyColumn>,
        length: LengthColumn,
    }
}

/// Makes one summary of several articles.
pub(crate) struct Multi {
    pub(crate) analyzer: Analyzer,
    pub(crate) summarizer: MultiSummarizer,
    pub(crate) raw: bool,
}

impl Job for Multi {
    type Out = MultiColumn;

    fn add(&self, row: &Row<'_>, _: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let analyze = |text: &str| {
            let article = Article::new(text, None);
            self.analyzer.analyze_with(article.text(), article.options(self.raw))
        };
        let documents: Vec<Document> = row.texts.iter().map(|text| analyze(text)).collect();
        let summary = self.summarizer.summarize(&documents);
        let sentence = |pick: &SourcedPick| documents[pick.document()].sentence(pick.sentence());
        for (number, document) in documents.iter().enumerate() {
            let picks = summary.picks().iter().filter(|pick| pick.document() == number);
            let picks: Vec<_> = picks.filter_map(|pick| Some((pick, sentence(pick)?))).collect();
            let spans: Vec<Range<usize>> = picks.iter().map(|(_, s)| s.span()).collect();
            let places = character_places(document.text(), &spans);
            for ((pick, sentence), (start, end)) in picks.into_iter().zip(places) {
                let items = &mut out.sentences.items;
                items.text.push(sentence.text());
                items.document.push(number as i64);
                items.start.push(start);
                items.end.push(end);
                items.score.push(pick.score());
                items.rank.push(pick.rank() as i64);
                items.close();
            }
        }
        out.sentences.close();
        for &(copy, original) in summary.copies() {
            out.copies.items.document.push(copy as i64);
            out.copies.items.copy_of.push(original as i64);
            out.copies.items.close();
        }
        out.copies.close();
        let length = summary.length();
        push_length(&mut out.length, length.unit, length.asked, length.given);
        out.close();
        Ok(())
    }
}
