//! Results as they go to JavaScript. All offsets count UTF-16 units.

use serde::Serialize;
use tomtat::eval::Score;
use tomtat::select::Length;
use tomtat::summary::Explanation;

/// A sentence, word or syllable and where it stands.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The text, as it stands.
    pub text: String,
    /// UTF-16 units before it.
    pub start: usize,
    /// UTF-16 units before its end.
    pub end: usize,
    /// Number of its sentence, from 0.
    pub sentence: usize,
    /// What it is: `word`, `number`, `punctuation`, ….
    pub kind: &'static str,
    /// Places of its syllables, for words of several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub syllables: Vec<(usize, usize)>,
}

/// A summary of one article.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The title that was given or found.
    pub title: Option<String>,
    /// Name of the ranker.
    pub method: String,
    /// The sentences, joined by spaces.
    pub text: String,
    /// The sentences.
    pub sentences: Vec<Picked>,
    /// Asked and given length.
    pub length: Length,
    /// What should be known of the summary.
    pub warnings: Vec<Note>,
    /// The text that offsets count in, where it is not the input: that of an HTML page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Why these sentences, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explanation>,
}

/// A sentence of a summary.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Picked {
    /// The sentence, as it stands.
    pub text: String,
    /// UTF-16 units before it.
    pub start: usize,
    /// UTF-16 units before its end.
    pub end: usize,
    /// What the ranker gave it.
    pub score: f64,
    /// Its place in the order of picking, from 1.
    pub rank: usize,
    /// Number of its article, from 0; for summaries of several articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<usize>,
    /// The sentence, if this is a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Whole>,
}

/// A sentence of which a part was picked.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Whole {
    /// The sentence, as it stands.
    pub text: String,
    /// UTF-16 units before it.
    pub start: usize,
    /// UTF-16 units before its end.
    pub end: usize,
}

/// A warning about a page or a summary.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// Name for programs.
    pub code: &'static str,
    /// The warning in words.
    pub message: String,
}

/// A page: its blocks and what should be known of it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The title that was given or found.
    pub title: Option<String>,
    /// What an HTML page says of itself.
    pub metadata: Option<Metadata>,
    /// The kept blocks, joined by blank lines.
    pub text: String,
    /// All blocks, in order.
    pub blocks: Vec<Block>,
    /// What should be known of the page.
    pub warnings: Vec<Note>,
    /// The text that offsets count in, where it is not the input: that of an HTML page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// What an HTML page says of itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are those of the tags of a page")]
pub struct Metadata {
    pub author: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub site: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub description: Option<String>,
}

/// A block of a page.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// `title`, `sapo`, `body`, `caption`, ….
    pub role: &'static str,
    /// Its role is among those that are kept.
    pub kept: bool,
    /// UTF-16 units before it.
    pub start: usize,
    /// UTF-16 units before its end.
    pub end: usize,
    /// How sure the role is, from 0 to 1.
    pub confidence: f64,
    /// Codes of the evidence for the role.
    pub evidence: Vec<&'static str>,
    /// The block, as it stands.
    pub text: String,
}

/// A key term.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Keyword {
    /// Its place, from 1.
    pub rank: usize,
    /// Its most frequent spelling.
    pub term: String,
    /// Score by the method; comparable within one article only.
    pub score: f64,
    /// How often it occurs.
    pub tf: usize,
    /// Folded syllables, joined by spaces.
    pub key: String,
    /// Where it stands: start and end in UTF-16 units; none in a title of its own.
    pub places: Vec<(usize, usize)>,
}

/// One summary of several articles.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MultiSummary {
    /// The articles, in order.
    pub documents: Vec<Source>,
    /// The sentences, joined by spaces.
    pub text: String,
    /// The sentences.
    pub sentences: Vec<Picked>,
    /// Asked and given length.
    pub length: Length,
}

/// An article of a summary of several.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The given id, or its number from 1.
    pub id: String,
    /// The title that was given or found.
    pub title: Option<String>,
    /// Number of the article that this one is a copy of, from 0.
    pub copy_of: Option<usize>,
}

/// A fixed text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Normalized {
    /// The text.
    pub text: String,
    /// What was changed, and how often.
    pub changes: Vec<Change>,
}

/// What a fix did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Name of the fix.
    pub fix: &'static str,
    /// Places that were changed.
    pub count: usize,
}

/// ROUGE of one text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RougeScores {
    /// A score for each measure, in the order asked for.
    pub scores: Vec<MeasureScore>,
    /// Name and settings of the scorer, to be quoted with scores.
    pub signature: String,
}

/// A score of one measure.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MeasureScore {
    /// Name of the measure.
    pub measure: String,
    /// Precision, from 0 to 1.
    pub precision: f64,
    /// Recall, from 0 to 1.
    pub recall: f64,
    /// F-measure, from 0 to 1.
    pub f: f64,
}

impl MeasureScore {
    /// Names a score.
    #[must_use]
    pub fn new(measure: String, score: Score) -> Self {
        Self { measure, precision: score.precision, recall: score.recall, f: score.f_measure }
    }
}

/// ROUGE of many texts.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EvaluationResult {
    /// Mean and interval of each measure.
    pub measures: Vec<MeasureEstimate>,
    /// Of each text, a score for each measure.
    pub scores: Vec<Vec<MeasureScore>>,
    /// Name and settings of the scorer, to be quoted with scores.
    pub signature: String,
}

/// A measure over many texts.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MeasureEstimate {
    /// Name of the measure.
    pub measure: String,
    /// Of precision.
    pub precision: Estimate,
    /// Of recall.
    pub recall: Estimate,
    /// Of the F-measure.
    pub f: Estimate,
}

/// A mean and its percentile bootstrap interval.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Mean of the texts.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Counts of a term.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TermCount {
    /// The folded term.
    pub term: String,
    /// How often it occurs.
    pub tf: u64,
    /// Documents that have it.
    pub df: u64,
}

/// A ranker.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Method {
    /// Name, as `summarize` takes it.
    pub name: &'static str,
    /// One line about it.
    pub summary: &'static str,
    /// True for the one that is taken if none is named.
    pub default: bool,
}
