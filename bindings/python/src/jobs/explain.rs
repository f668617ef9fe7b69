//! Why a summary has the sentences that it has: scores of all candidates, what the features add, and
//! the blocks that were left out.

use std::ops::Range;

use super::summary::{Summaries, character_places};
use crate::columns::{Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{Article, Evidence, Judge, Scratch};
use crate::source::Row;

record! {
    /// What a feature adds to a score.
    FeatureColumn {
        feature: Strings,
        value: Floats,
        median: Floats,
        contribution: Floats,
    }
}

record! {
    /// A sentence that could be picked; `rank` is null if it was not.
    CandidateColumn {
        text: Strings,
        start: Integers,
        end: Integers,
        score: Floats,
        rank: Integers,
        features: Lists<FeatureColumn>,
    }
}

record! {
    /// A block that was left out.
    LeftOutColumn {
        role: Strings,
        text: Strings,
        start: Integers,
        end: Integers,
        confidence: Floats,
        evidence: Lists<Strings>,
    }
}

record! {
    /// An explanation.
    ExplanationColumn {
        candidates: Lists<CandidateColumn>,
        left_out: Lists<LeftOutColumn>,
    }
}

/// Explains summaries.
pub(crate) struct Explanations {
    pub(crate) summaries: Summaries,
    pub(crate) judge: Judge,
}

impl Job for Explanations {
    type Out = ExplanationColumn;

    fn add(&self, row: &Row<'_>, scratch: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        let article = Article::new(&row.text, row.title.as_deref());
        let summary = self.summaries.of(&article, &mut scratch.document);
        let document = &scratch.document;
        let candidates = self.judge.candidates(&self.summaries.analyzer, document, &summary);
        let spans: Vec<Range<usize>> = candidates.iter().map(|found| found.span.clone()).collect();
        let places = character_places(document.text(), &spans);
        for (found, (start, end)) in candidates.iter().zip(places) {
            let candidate = &mut out.candidates.items;
            candidate.text.push(&document.text()[found.span.clone()]);
            candidate.start.push(start);
            candidate.end.push(end);
            candidate.score.push(found.score);
            candidate.rank.push_option(found.rank.map(|rank| rank as i64));
            for feature in &found.features {
                let features = &mut candidate.features.items;
                features.feature.push(feature.feature);
                features.value.push(f64::from(feature.value));
                features.median.push(f64::from(feature.median));
                features.contribution.push(f64::from(feature.contribution));
                features.close();
            }
            candidate.features.close();
            candidate.close();
        }
        out.candidates.close();
        if !self.summaries.raw {
            let structure = article.structure();
            let blocks = structure.blocks().iter().filter(|block| block.role().is_left_out());
            let blocks: Vec<_> = blocks.collect();
            let spans: Vec<Range<usize>> = blocks.iter().map(|block| block.span()).collect();
            let places = character_places(article.text(), &spans);
            for (block, (start, end)) in blocks.into_iter().zip(places) {
                let left_out = &mut out.left_out.items;
                left_out.role.push(block.role().name());
                left_out.text.push(&article.text()[block.span()]);
                left_out.start.push(start);
                left_out.end.push(end);
                left_out.confidence.push(f64::from(block.confidence()));
                let codes = block.evidence().map(Evidence::code);
                codes.for_each(|code| left_out.evidence.items.push(code));
                left_out.evidence.close();
                left_out.close();
            }
        }
        out.left_out.close();
        out.close();
        Ok(())
    }
}
