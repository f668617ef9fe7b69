//! Options as they come from JavaScript. An unknown name is an error that lists the known ones.

use serde::Deserialize;

/// How words are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordFormat {
    /// A list of words.
    #[default]
    List,
    /// One string: a sentence a line, the syllables of a word joined by `_`.
    Text,
}

/// Options of `wordTokenize`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct WordOptions {
    /// List or text.
    pub format: WordFormat,
    /// Takes every line as one sentence.
    pub lines: bool,
    /// Ends sentences where a heading or caption runs into the next one, too.
    pub split_unmarked: bool,
}

/// Options of `sentTokenize`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SentenceOptions {
    /// Takes every line as one sentence.
    pub lines: bool,
    /// Ends sentences where a heading or caption runs into the next one, too.
    pub split_unmarked: bool,
}

/// What `spans` cuts out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Sentences.
    Sentence,
    /// Words.
    #[default]
    Word,
    /// Syllables, numbers and marks.
    Syllable,
}

/// Options of `spans`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct SpanOptions {
    /// Sentence, word or syllable.
    pub level: Level,
    /// Takes every line as one sentence.
    pub lines: bool,
    /// Ends sentences where a heading or caption runs into the next one, too.
    pub split_unmarked: bool,
}

/// Length of a summary; at most one field is set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[allow(clippy::struct_excessive_bools, reason = "independent switches of the command line")]
pub struct SummarizeOptions {
    /// Length in sentences.
    pub n: Option<usize>,
    /// Length in words, never exceeded.
    pub words: Option<usize>,
    /// Length in syllables, never exceeded.
    pub syllables: Option<usize>,
    /// Length in characters (Unicode scalar values), never exceeded.
    pub characters: Option<usize>,
    /// Length as a share of the sentences, above 0 and at most 1.
    pub ratio: Option<f64>,
    /// Length as the command line takes it: `auto`, `3`, `20%`, `60words`.
    pub length: Option<String>,
    /// Name of a ranker.
    pub method: Option<String>,
    /// Chooses by score and repetition (maximal marginal relevance), with this weight of the score,
    /// 0 to 1.
    pub mmr: Option<f64>,
    /// Takes sentences that point back as any other, without the sentence before.
    pub dangling: bool,
    /// Cuts each sentence to the part that matters, at commas only.
    pub trim: bool,
    /// What the summary is to be about.
    pub query: Option<String>,
    /// Words of the query match with and without marks.
    pub loose: bool,
    /// What the reader has read: sentences that repeat it are left out.
    pub seen: Vec<String>,
    /// The title, where it is kept apart from the text.
    pub title: Option<String>,
    /// Takes every line as part of the article.
    pub raw: bool,
    /// Gives the lead paragraph instead of a summary.
    pub sapo: bool,
    /// Order of the sentences.
    pub order: SentenceOrder,
    /// Tells why these sentences were taken.
    pub explain: bool,
}

/// Order of the sentences of a summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SentenceOrder {
    /// As in the article.
    #[default]
    Document,
    /// The best first.
    Score,
}

/// Options of `extract`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExtractOptions {
    /// Roles of the blocks that `text` holds; lead and body if not given.
    pub keep: Option<Vec<String>>,
    /// The title, where it is kept apart from the text.
    pub title: Option<String>,
}

/// Options of `keywords`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct KeywordsOptions {
    /// How many are given; 10 if not set.
    pub top: Option<usize>,
    /// Name of a method.
    pub method: Option<String>,
    /// Longest phrase in words.
    pub max_words: Option<usize>,
    /// The title, where it is kept apart from the text.
    pub title: Option<String>,
    /// Takes every line as part of the article.
    pub raw: bool,
}

/// An article of `multiSummarize`: a text, or an object.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum ArticleInput {
    /// Text or HTML.
    Text(String),
    /// Text or HTML with what is known of it.
    Record(ArticleRecord),
}

/// An article with what is known of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArticleRecord {
    /// Name for the reader.
    #[serde(default)]
    pub id: Option<String>,
    /// The title, where it is kept apart from the text.
    #[serde(default)]
    pub title: Option<String>,
    /// Text or HTML.
    pub body: String,
}

/// Options of `multiSummarize`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct MultiOptions {
    /// Length in sentences.
    pub n: Option<usize>,
    /// Length in words, never exceeded.
    pub words: Option<usize>,
    /// Length in syllables, never exceeded.
    pub syllables: Option<usize>,
    /// Length in characters (Unicode scalar values), never exceeded.
    pub characters: Option<usize>,
    /// Length as a share of the sentences, above 0 and at most 1.
    pub ratio: Option<f64>,
    /// Length as the command line takes it: `auto`, `3`, `20%`, `60words`.
    pub length: Option<String>,
    /// Takes sentences that point back as any other.
    pub dangling: bool,
    /// What the summary is to be about.
    pub query: Option<String>,
    /// Words of the query match with and without marks.
    pub loose: bool,
    /// What the reader has read: sentences that repeat it are left out.
    pub seen: Vec<String>,
    /// Takes every line as part of the articles.
    pub raw: bool,
}

/// Options of `normalize`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NormalizeOptions {
    /// Names of fixes, as the flags of the command line without dashes; the safe ones if not given.
    pub fixes: Option<Vec<String>>,
    /// Tone style: `old` (hòa) or `new` (hoà).
    pub tone: Option<String>,
    /// Open syllables that have both forms are written with `i` (kĩ thuật) or `y` (kỹ thuật).
    pub i_y: Option<String>,
    /// The encoding of a text that was taken for windows-1252.
    pub misread: Option<String>,
    /// Fixes a text that was read in a wrong encoding without undoing that first.
    pub force: bool,
}

/// Options of `TermStatistics`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StatisticsOptions {
    /// What is counted: `word` (if not given) or `syllable`.
    pub unit: Option<String>,
    /// Least and most units of a term; 1 and 1 if not given.
    pub ngrams: Option<(usize, usize)>,
}

/// Options of `rouge` and `evaluate`: those of `tomtat evaluate`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the command")]
pub struct RougeOptions {
    /// Names of measures: `rouge1`, `rouge2`, `rougeL`, `rougeSU4`, ….
    pub measures: Option<Vec<String>>,
    /// What is compared: `syllable` or `word`.
    pub unit: Option<String>,
    /// What becomes of several references: `best` (if not given), `average`, `jackknife`, `pooled`.
    pub references: Option<String>,
    /// `rouge-score`: the numbers of that package, which deletes every Vietnamese letter.
    pub compat: Option<String>,
    /// Compares English words by their stems; belongs to `compat`.
    pub stem: bool,
    /// Tells capitals from small letters.
    pub keep_case: bool,
    /// Compares marks, too.
    pub keep_punctuation: bool,
    /// Tells hòa from hoà.
    pub keep_tone_style: bool,
    /// Words that are left out.
    pub stop_words: Vec<String>,
    /// Weight of recall against precision in the F-measure.
    pub beta: Option<f64>,
    /// Of `evaluate`: the level of the intervals in percent; 95 if not given.
    pub level: Option<f64>,
    /// Of `evaluate`: how often the texts are drawn again; 1,000 if not given.
    pub resamples: Option<u32>,
    /// Of `evaluate`: of the draws; 42 if not given.
    pub seed: Option<u64>,
}
