//! How results look in JSON and other formats of serde (feature `serde`).
//!
//! Offsets are bytes. Roles, kinds, evidence and warnings are written by the names that the command
//! line uses; a warning has a `code` for programs and a `message` for people. Text types of
//! [`text`](crate::text) derive their form.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::corpus::keywords::Keyword;
use crate::corpus::statistics::Term;
use crate::document::{Block, Document, Sentence, Title, Word};
use crate::multidoc::{MultiSummary, SourcedPick};
#[cfg(feature = "html")]
use crate::page::html::Metadata;
use crate::page::{self, Evidence, PageStructure, Role};
use crate::rank::RankerInfo;
use crate::rank::trained::Contribution;
use crate::select::{Length, PassedOver};
use crate::summary::{
    Explanation, ExplanationTerm, LeftOutBlock, PassedSentence, Pick, PickExplanation,
    SimilarSentence, Summary, Warning,
};
use crate::token::{Token, TokenKind};

/// Writes a type as the text of an expression.
macro_rules! text {
    ($kind:ty, $this:ident => $text:expr) => {
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $this = self;
                serializer.serialize_str($text)
            }
        }
    };
}

/// Writes a type as an object with these fields, in this order.
macro_rules! object {
    ($kind:ty, $this:ident => { $($field:literal: $value:expr,)+ }) => {
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $this = self;
                let fields = [$($field),+].len();
                let mut object = serializer.serialize_struct(stringify!($kind), fields)?;
                $(object.serialize_field($field, &$value)?;)+
                object.end()
            }
        }
    };
}

/// An iterator as a list.
struct List<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

text!(Role, role => role.name());
text!(Evidence, evidence => evidence.code());
text!(TokenKind, kind => kind.name());
text!(Title, title => title.text());

object!(Token, token => {
    "start": token.span().start,
    "end": token.span().end,
    "kind": token.kind(),
});
object!(Word<'_>, word => {
    "text": word.text(),
    "start": word.span().start,
    "end": word.span().end,
});
object!(Sentence<'_>, sentence => {
    "text": sentence.text(),
    "start": sentence.span().start,
    "end": sentence.span().end,
});
object!(Block<'_>, block => {
    "role": block.role(),
    "start": block.span().start,
    "end": block.span().end,
    "confidence": block.confidence(),
    "evidence": block.evidence().collect::<Vec<_>>(),
    "sentences": block.sentences().collect::<Vec<_>>(),
});
object!(Document, document => {
    "title": document.title(),
    "blocks": document.blocks().collect::<Vec<_>>(),
});

object!(page::Block, block => {
    "role": block.role(),
    "start": block.span().start,
    "end": block.span().end,
    "confidence": block.confidence(),
    "evidence": block.evidence().collect::<Vec<_>>(),
});
object!(PageStructure, structure => { "blocks": structure.blocks(), });
#[cfg(feature = "html")]
object!(Metadata, metadata => {
    "title": metadata.title(),
    "author": metadata.author(),
    "published": metadata.published(),
    "modified": metadata.modified(),
    "site": metadata.site(),
    "url": metadata.url(),
    "language": metadata.language(),
    "description": metadata.description(),
    "section": metadata.section(),
    "tags": metadata.tags(),
});

object!(RankerInfo, info => {
    "name": info.name,
    "summary": info.summary,
    "reference": info.reference,
});
object!(Contribution, part => {
    "feature": part.feature,
    "value": part.value,
    "median": part.median,
    "contribution": part.contribution,
});
object!(Length, length => {
    "unit": length.unit,
    "asked": length.asked,
    "given": length.given,
});
object!(Warning, warning => {
    "code": warning.code(),
    "message": warning.to_string(),
});
object!(Pick, pick => {
    "sentence": pick.sentence(),
    "start": pick.span().start,
    "end": pick.span().end,
    "score": pick.score(),
    "rank": pick.rank(),
});
object!(Summary, summary => {
    "method": summary.method(),
    "sentences": summary.picks(),
    "length": summary.length(),
    "warnings": summary.warnings(),
});
text!(PassedOver, reason => reason.code());
object!(ExplanationTerm, term => {
    "term": term.term,
    "count": term.count,
    "idf": term.idf,
    "weight": term.weight,
});
object!(SimilarSentence, similar => {
    "text": similar.text,
    "start": similar.span.start,
    "end": similar.span.end,
    "similarity": similar.similarity,
});
object!(PickExplanation, pick => {
    "rank": pick.rank,
    "score": pick.score,
    "terms": pick.terms,
    "features": pick.features,
    "stands_for": pick.stands_for,
});
object!(PassedSentence, passed => {
    "text": passed.text,
    "start": passed.span.start,
    "end": passed.span.end,
    "score": passed.score,
    "code": passed.reason,
    "nearest": passed.nearest,
    "similarity": passed.similarity,
});
object!(LeftOutBlock, block => {
    "role": block.role,
    "text": block.text,
    "start": block.span.start,
    "end": block.span.end,
    "evidence": block.evidence,
    "confidence": block.confidence,
});
object!(Explanation, explanation => {
    "terms": explanation.terms,
    "picks": explanation.picks,
    "not_chosen": explanation.not_chosen,
    "left_out": explanation.left_out,
});
object!(SourcedPick, pick => {
    "document": pick.document(),
    "sentence": pick.sentence(),
    "score": pick.score(),
    "rank": pick.rank(),
    "duplicates": pick.duplicates(),
});
object!(MultiSummary, summary => {
    "sentences": summary.picks(),
    "length": summary.length(),
    "copies": summary.copies(),
});

object!(Keyword, keyword => {
    "key": keyword.key(),
    "score": keyword.score(),
    "positions": List(keyword.positions().iter().map(|span| (span.start, span.end))),
});
object!(Term<'_>, term => {
    "term": term.text(),
    "tf": term.tf(),
    "df": term.df(),
});

#[cfg(feature = "eval")]
mod scores {
    use super::{Serialize, SerializeStruct, Serializer};
    use crate::eval::{Interval, Measure, Score, Signature};

    object!(Score, score => {
        "precision": score.precision,
        "recall": score.recall,
        "f_measure": score.f_measure,
    });
    object!(Interval, interval => {
        "mean": interval.mean,
        "low": interval.low,
        "high": interval.high,
    });
    text!(Measure, measure => &measure.to_string());
    text!(Signature, signature => &signature.to_string());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::Block;
    use crate::select::Budget;
    use crate::{Analyzer, Summarizer};

    #[test]
    fn a_summary_says_where_its_sentences_are() {
        let text = "Cầu Cỏ May thông xe sáng nay. Cầu Cỏ May dài 900 m.";
        let analyzer = Analyzer::new();
        let document = analyzer.analyze(text);
        let summarizer = Summarizer::new(&analyzer).with_budget(Budget::Sentences(3));
        let value = serde_json::to_value(summarizer.summarize(&document)).expect("plain values");
        assert_eq!(value["sentences"][1]["end"], text.len());
        assert_eq!(value["length"], json!({"unit": "sentences", "asked": 3, "given": 2}));
        assert_eq!(
            value["warnings"],
            json!([{"code": "fewer-sentences", "message": "only 2 sentences; 3 were requested"}])
        );
    }

    #[test]
    fn a_document_holds_its_blocks_and_sentences() {
        let document = Analyzer::new().analyze("Trời mưa. Đường ngập.");
        let sentences = json!([
            {"text": "Trời mưa.", "start": 0, "end": 12},
            {"text": "Đường ngập.", "start": 13, "end": 30},
        ]);
        let value = serde_json::to_value(&document).expect("plain values");
        let confidence = document.blocks().map(Block::confidence).next();
        let block = json!({
            "role": "body",
            "start": 0,
            "end": 30,
            "confidence": confidence,
            "evidence": value["blocks"][0]["evidence"],
            "sentences": sentences,
        });
        assert_eq!(value, json!({"title": null, "blocks": [block]}));
    }
}
