/** Options and results. Offsets count UTF-16 units, as the strings of JavaScript do. */

/** Length of a summary; at most one field is given. */
export interface LengthOptions {
  /** Sentences. */
  n?: number;
  /** Words, never exceeded. */
  words?: number;
  /** Syllables, never exceeded. */
  syllables?: number;
  /** Characters (Unicode scalar values), never exceeded. */
  characters?: number;
  /** A share of the sentences, above 0 and at most 1. */
  ratio?: number;
  /** As the command line takes it: `auto`, `3`, `20%`, `60words`. */
  length?: string;
}

/** How a text is cut into sentences. */
export interface SentenceOptions {
  /** Takes every line as one sentence. */
  lines?: boolean;
  /** Ends sentences where a heading or caption runs into the next one, too. */
  splitUnmarked?: boolean;
}

export interface SummarizeOptions extends LengthOptions {
  /** Name of a ranker, see {@link Method}. */
  method?: string;
  /**
   * Chooses by score and repetition (maximal marginal relevance), with this weight of the score,
   * 0 to 1; the trained ranker judges whole sets where it is not given.
   */
  mmr?: number;
  /** Takes sentences that point back ("Tuy nhiên") as any other, without the sentence before. */
  dangling?: boolean;
  /** Cuts each sentence to the part that matters, at commas only. */
  trim?: boolean;
  /** What the summary is to be about. */
  query?: string;
  /** Words of the query match with and without marks. */
  loose?: boolean;
  /** What the reader has read: sentences that repeat it are left out. */
  seen?: string[];
  /** The title, where it is kept apart from the text. */
  title?: string;
  /** Takes every line as part of the article: no search for captions and related links. */
  raw?: boolean;
  /** Gives the lead paragraph instead of a summary. */
  sapo?: boolean;
  /** Order of the sentences; `document` if not given. */
  order?: "document" | "score";
  /** Tells why these sentences were taken. */
  explain?: boolean;
}

/** A sentence of a summary: a verbatim piece of its article. */
export interface PickedSentence {
  text: string;
  start: number;
  end: number;
  /** What the ranker gave it. */
  score: number;
  /** Its place in the order of picking, from 1. */
  rank: number;
  /** The sentence, if this is a part of it (`trim`). */
  sentence?: { text: string; start: number; end: number };
}

export interface Length {
  unit: "sentences" | "words" | "syllables" | "characters";
  /** `null` if the length was free. */
  asked: number | null;
  given: number;
}

export interface Note {
  /** Name for programs, such as `fewer-sentences`. */
  code: string;
  message: string;
}

export interface Feature {
  feature: string;
  value: number;
  /** The median over the sentences of the article. */
  median: number;
  /** How much the score would fall if the feature had its median. */
  contribution: number;
}

export interface ExplanationTerm {
  term: string;
  /** Occurrences in the sentences that could be chosen. */
  count: number;
  idf: number;
  /** Count times idf. */
  weight: number;
}

export interface Reasons {
  rank: number;
  score: number;
  /** Terms of the sentence that weigh most in the article. */
  terms: ExplanationTerm[];
  /** Empty for rankers other than the trained one. */
  features: Feature[];
  /** Sentences that were not chosen and are most like this one. */
  stands_for: { text: string; start: number; end: number; similarity: number }[];
}

/** A sentence that was not chosen. */
export interface PassedSentence {
  text: string;
  start: number;
  end: number;
  /** `null` for a fragment, which is no candidate. */
  score: number | null;
  /** The reason, as the ranker recorded it. */
  code:
    | "fragment" | "weak" | "quotation" | "repeats" | "lower-score" | "too-long" | "dangling" | "set";
  /** Rank of the chosen sentence that is most like it. */
  nearest?: number | null;
  similarity: number;
}

/** The `explain` of `tomtat summarize --explain -f json`. */
export interface Explanation {
  /** Terms of the article that weigh most. */
  terms: ExplanationTerm[];
  picks: Reasons[];
  not_chosen: PassedSentence[];
  left_out: {
    role: Role; text: string; start: number; end: number; evidence: string[]; confidence: number;
  }[];
}

export interface Summary {
  title: string | null;
  method: string;
  /** The sentences, joined by spaces. */
  text: string;
  sentences: PickedSentence[];
  length: Length;
  warnings: Note[];
  /** The text that offsets count in, if the input was an HTML page. */
  article?: string;
  explain?: Explanation;
}

export type Role =
  | "title" | "dateline" | "sapo" | "body" | "heading" | "caption" | "pullquote" | "byline"
  | "source" | "related" | "boilerplate" | "url" | "tags" | "section" | "table" | "code"
  | "references" | "author_note";

export interface ExtractOptions {
  /** Roles of the blocks that `text` holds; `["sapo", "body"]` if not given. */
  keep?: Role[];
  title?: string;
}

export interface Block {
  role: Role;
  kept: boolean;
  start: number;
  end: number;
  /** How sure the role is, from 0 to 1. */
  confidence: number;
  /** Codes of the evidence for the role. */
  evidence: string[];
  text: string;
}

export interface Metadata {
  author: string | null;
  published: string | null;
  modified: string | null;
  site: string | null;
  url: string | null;
  language: string | null;
  description: string | null;
}

export interface Page {
  title: string | null;
  /** `null` if the input was no HTML page. */
  metadata: Metadata | null;
  /** The kept blocks, joined by blank lines. */
  text: string;
  blocks: Block[];
  warnings: Note[];
  /** The text that offsets count in, if the input was an HTML page. */
  article?: string;
}

export interface KeywordsOptions {
  /** How many; 10 if not given. */
  top?: number;
  method?: "trained" | "tfidf" | "textrank" | "yake";
  /** Longest phrase in words, 1 to 4. */
  maxWords?: number;
  title?: string;
  raw?: boolean;
}

export interface Keyword {
  rank: number;
  /** Its most frequent spelling. */
  term: string;
  score: number;
  /** How often it occurs. */
  tf: number;
  /** Folded syllables, joined by spaces. */
  key: string;
  /** Start and end of each occurrence; a title of its own has none. */
  places: [number, number][];
}

export type ArticleInput = string | { id?: string; title?: string; body: string };

export interface MultiOptions extends LengthOptions {
  /** Takes sentences that point back as any other. */
  dangling?: boolean;
  query?: string;
  /** Words of the query match with and without marks. */
  loose?: boolean;
  /** What the reader has read: sentences that repeat it are left out. */
  seen?: string[];
  raw?: boolean;
}

export interface MultiSummary {
  documents: { id: string; title: string | null; copyOf: number | null }[];
  text: string;
  /** `document` is the number of the article, from 0. */
  sentences: (PickedSentence & { document: number })[];
  length: Length;
}

export interface Position {
  byte: number;
  char: number;
  utf16: number;
  line: number;
  column: number;
}

export interface Finding {
  /** Name for programs, such as `decomposed`. */
  problem: string;
  severity: "note" | "problem";
  count: number;
  out_of?: number;
  first?: Position;
  samples?: string[];
  /** The command that fixes it. */
  fix?: string;
}

export interface CheckReport {
  statistics: Record<string, number>;
  findings: Finding[];
}

export type Fix =
  | "mojibake" | "invisible" | "controls" | "line-ends" | "spaces" | "fullwidth" | "quotes"
  | "nfc" | "d-stroke" | "look-alikes" | "capitals" | "references" | "viqr" | "telex"
  | "vni" | "utf-7";

export interface NormalizeOptions {
  /** The safe fixes (nfc, d-stroke, invisible, controls, spaces) if not given. */
  fixes?: Fix[];
  /** `old` writes hòa, `new` writes hoà. */
  tone?: "old" | "new";
  /** `i` writes kĩ thuật, `y` writes kỹ thuật. */
  iY?: "i" | "y";
  /** The encoding of a text that was taken for windows-1252, such as `tcvn3`. */
  misread?: string;
  /** Fixes a text that was read in a wrong encoding without undoing that first. */
  force?: boolean;
}

export interface Normalized {
  text: string;
  changes: { fix: string; count: number }[];
}

export interface RougeOptions {
  /** `rouge1`, `rouge2`, `rougeL`, `rougeLsum`, `rougeSU4`, …; the first three if not given. */
  measures?: string[];
  unit?: "syllable" | "word";
  /** What becomes of several references; the best counts if not given. */
  references?: "best" | "average" | "jackknife" | "pooled";
  /** The numbers of the package `rouge_score`, which deletes every Vietnamese letter. */
  compat?: "rouge-score";
  /** Compares English words by their stems; belongs to `compat`. */
  stem?: boolean;
  /** Tells capitals from small letters. */
  keepCase?: boolean;
  /** Compares marks, too. */
  keepPunctuation?: boolean;
  /** Tells hòa from hoà. */
  keepToneStyle?: boolean;
  /** Words that are left out. */
  stopWords?: string[];
  /** Weight of recall against precision; 1 if not given. */
  beta?: number;
}

export interface EvaluateOptions extends RougeOptions {
  /** Of the intervals, in percent; 95 if not given. */
  level?: number;
  /** How often the texts are drawn again; 1,000 if not given. */
  resamples?: number;
  /** Of the draws; 42 if not given. */
  seed?: number;
}

/** A mean and its percentile bootstrap interval. */
export interface Estimate {
  mean: number;
  low: number;
  high: number;
}

export interface EvaluationResult {
  /** In the order that was asked for. */
  measures: { measure: string; precision: Estimate; recall: Estimate; f: Estimate }[];
  /** Of each text. */
  scores: RougeScores["scores"][];
  /** Settings of the scorer, to be quoted with scores: tables compare if they agree. */
  signature: string;
}

export interface RougeScores {
  /** From 0 to 1, in the order of the measures. */
  scores: { measure: string; precision: number; recall: number; f: number }[];
  /** Settings of the scorer, to be quoted with scores. */
  signature: string;
}

export interface StatisticsOptions {
  /** What is counted; words if not given. */
  unit?: "word" | "syllable";
  /** Least and most units of a term; `[1, 1]` if not given. */
  ngrams?: [number, number];
}

/** Counts of a term. */
export interface TermCount {
  /** Folded. */
  term: string;
  /** How often it occurs. */
  tf: number;
  /** Documents that have it. */
  df: number;
}

export interface Span {
  text: string;
  start: number;
  end: number;
  /** Number of its sentence, from 0. */
  sentence: number;
  kind: string;
  /** Places of the syllables of a word that has several. */
  syllables?: [number, number][];
}

export interface Method {
  name: string;
  summary: string;
  default: boolean;
}
