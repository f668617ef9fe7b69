/**
 * The functions, for callers that start the module by themselves (`tomtat/manual`).
 *
 * `tomtat` itself starts it while it is imported.
 */
import type {
  ArticleInput, CheckReport, EvaluateOptions, EvaluationResult, ExtractOptions, Keyword,
  KeywordsOptions, Method, MultiOptions, MultiSummary, NormalizeOptions, Normalized, Page,
  RougeOptions, RougeScores, SentenceOptions, Span, StatisticsOptions, SummarizeOptions, Summary,
  TermCount,
} from "./types.js";
import start, { Counts, Handle, version as versionOf } from "./wasm/tomtat.js";

export type * from "./types.js";

/** An argument cannot be used; the message names it. */
export class TomtatError extends Error {
  override name = "TomtatError";
}

/** Where the WebAssembly module comes from. */
export type Source = URL | string | Response | BufferSource | WebAssembly.Module;

let started: Promise<unknown> | undefined;
let shared: Analyzer | undefined;

/**
 * Loads the WebAssembly module, once; later calls wait for the first.
 *
 * Without a source it is fetched from beside this file.
 */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  started ??= start(source === undefined ? undefined : { module_or_path: source });
  try {
    await started;
  } catch (error) {
    started = undefined;
    throw error;
  }
  shared ??= new Analyzer();
}

function string(value: unknown, call: string, argument: string): string {
  if (typeof value === "string") return value;
  const found = value === null ? "null" : typeof value;
  throw new TomtatError(`${call}: ${argument} must be a string, found ${found}`);
}

/** Runs a call whose result is JSON; errors get the name of the call. */
function run<T>(call: string, work: () => string): T {
  return guarded(call, () => JSON.parse(work()) as T);
}

/** Runs a call; errors get its name. */
function guarded<T>(call: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TomtatError || !(error instanceof Error)) throw error;
    throw new TomtatError(`${call}: ${error.message}`, { cause: error });
  }
}

/** Models and a dictionary; the functions of the module use one without a dictionary. */
export class Analyzer {
  readonly #handle: Handle;

  /** `dictionary`: words that win over the model, one a line, a weight after a tab. */
  constructor(options: { dictionary?: string } = {}) {
    this.#handle = guarded("Analyzer", () => new Handle(options.dictionary));
  }

  /** Sentences of a text. */
  sentTokenize(text: string, options: SentenceOptions = {}): string[] {
    string(text, "sentTokenize", "text");
    return run("sentTokenize", () => this.#handle.sentTokenize(text, JSON.stringify(options)));
  }

  /** Words of a text; with `format: "text"` one string, the syllables of a word joined by `_`. */
  wordTokenize(text: string, options: SentenceOptions & { format: "text" }): string;
  wordTokenize(text: string, options?: SentenceOptions & { format?: "list" }): string[];
  wordTokenize(
    text: string,
    options: SentenceOptions & { format?: "list" | "text" } = {},
  ): string | string[] {
    string(text, "wordTokenize", "text");
    return run("wordTokenize", () => this.#handle.wordTokenize(text, JSON.stringify(options)));
  }

  /** Syllables, numbers and marks of a text. */
  syllables(text: string): string[] {
    string(text, "syllables", "text");
    return run("syllables", () => this.#handle.syllables(text));
  }

  /** Where sentences, words (if no level is given) or syllables stand. */
  spans(
    text: string,
    options: SentenceOptions & { level?: "sentence" | "word" | "syllable" } = {},
  ): Span[] {
    string(text, "spans", "text");
    return run("spans", () => this.#handle.spans(text, JSON.stringify(options)));
  }

  /** A summary of one article, given as text or HTML. */
  summarize(text: string, options: SummarizeOptions = {}): Summary {
    string(text, "summarize", "text");
    return run("summarize", () => this.#handle.summarize(text, JSON.stringify(options)));
  }

  /** The blocks of a page, given as HTML or text, with their roles. */
  extract(text: string, options: ExtractOptions = {}): Page {
    string(text, "extract", "text");
    return run("extract", () => this.#handle.extract(text, JSON.stringify(options)));
  }

  /** The key terms of one article, given as text or HTML. */
  keywords(text: string, options: KeywordsOptions = {}): Keyword[] {
    string(text, "keywords", "text");
    return run("keywords", () => this.#handle.keywords(text, JSON.stringify(options)));
  }

  /** One summary of several articles on one event. */
  multiSummarize(articles: ArticleInput[], options: MultiOptions = {}): MultiSummary {
    if (!Array.isArray(articles)) {
      throw new TomtatError("multiSummarize: articles must be an array");
    }
    const [given, wanted] = [JSON.stringify(articles), JSON.stringify(options)];
    return run("multiSummarize", () => this.#handle.multiSummarize(given, wanted));
  }

  /** What is wrong with a text. */
  check(text: string): CheckReport {
    string(text, "check", "text");
    return run("check", () => this.#handle.check(text));
  }

  /** A text with its faults fixed, and what was changed. */
  normalize(text: string, options: NormalizeOptions = {}): Normalized {
    string(text, "normalize", "text");
    return run("normalize", () => this.#handle.normalize(text, JSON.stringify(options)));
  }

  /** ROUGE of a text against one reference or several (the best counts). */
  rouge(prediction: string, references: string | string[], options: RougeOptions = {}): RougeScores {
    string(prediction, "rouge", "prediction");
    const list = Array.isArray(references) ? references : [string(references, "rouge", "references")];
    const [given, wanted] = [JSON.stringify(list), JSON.stringify(options)];
    return run("rouge", () => this.#handle.rouge(prediction, given, wanted));
  }

  /** ROUGE of many texts, each against one reference or several, with confidence intervals. */
  evaluate(
    predictions: string[], references: (string | string[])[], options: EvaluateOptions = {},
  ): EvaluationResult {
    if (!Array.isArray(predictions)) throw new TomtatError("evaluate: predictions must be an array");
    if (!Array.isArray(references)) throw new TomtatError("evaluate: references must be an array");
    for (const text of predictions) string(text, "evaluate", "each prediction");
    const lists = references.map((own) => Array.isArray(own) ? own : [string(own, "evaluate", "each reference")]);
    const given = [predictions, lists, options].map((part) => JSON.stringify(part)) as [string, string, string];
    return run("evaluate", () => this.#handle.evaluate(...given));
  }

  /** Counts texts, each a document; without counts to add to, into new ones. */
  count(texts: string[], counts: TermStatistics = new TermStatistics()): TermStatistics {
    if (!Array.isArray(texts)) throw new TomtatError("count: texts must be an array");
    for (const text of texts) string(text, "count", "each text");
    counts.counted((inner) => inner.add(this.#handle, JSON.stringify(texts)));
    return counts;
  }

  /** The rankers that `summarize` takes as `method`. */
  methods(): Method[] {
    return run("methods", () => this.#handle.methods());
  }
}

/**
 * Counts of the terms of a corpus, which merge exactly: parts may be counted in several workers.
 * {@link Analyzer.count} and `count` add texts. `tomtat terms --merge` reads the bytes.
 */
export class TermStatistics {
  #counts: Counts;

  constructor(options: StatisticsOptions = {}) {
    this.#counts = guarded("TermStatistics", () => new Counts(JSON.stringify(options)));
  }

  /** Reads what {@link toBytes} or `tomtat terms --save` wrote. */
  static fromBytes(bytes: Uint8Array): TermStatistics {
    const found = new TermStatistics();
    found.#counts = guarded("fromBytes", () => Counts.fromBytes(bytes));
    return found;
  }

  /** The counts as a file of `tomtat terms --save`; equal counts give equal bytes. */
  toBytes(): Uint8Array {
    return this.#counts.toBytes();
  }

  /** Adds the counts of other parts of the corpus. */
  merge(...others: TermStatistics[]): this {
    for (const other of others) guarded("merge", () => this.#counts.merge(other.#counts));
    return this;
  }

  /** @internal */
  counted(add: (counts: Counts) => void): void {
    guarded("count", () => add(this.#counts));
  }

  /** Documents that were counted. */
  get documents(): number {
    return this.#counts.documents;
  }

  /** Words or syllables that were counted. */
  get items(): number {
    return this.#counts.items;
  }

  /** Counts of a term; `null` if it was not seen. */
  get(term: string): TermCount | null {
    string(term, "get", "term");
    return run("get", () => this.#counts.get(term));
  }

  /** All terms, in the order of their keys. */
  terms(): TermCount[] {
    return run("terms", () => this.#counts.terms());
  }
}

function common(): Analyzer {
  if (shared === undefined) throw new TomtatError("call init() and wait for it first");
  return shared;
}

export const sentTokenize: Analyzer["sentTokenize"] = (text, options) =>
  common().sentTokenize(text, options);
export const wordTokenize = ((text: string, options?: SentenceOptions & { format?: "list" }) =>
  common().wordTokenize(text, options)) as Analyzer["wordTokenize"];
export const syllables: Analyzer["syllables"] = (text) => common().syllables(text);
export const spans: Analyzer["spans"] = (text, options) => common().spans(text, options);
export const summarize: Analyzer["summarize"] = (text, options) =>
  common().summarize(text, options);
export const extract: Analyzer["extract"] = (text, options) => common().extract(text, options);
export const keywords: Analyzer["keywords"] = (text, options) => common().keywords(text, options);
export const multiSummarize: Analyzer["multiSummarize"] = (articles, options) =>
  common().multiSummarize(articles, options);
export const check: Analyzer["check"] = (text) => common().check(text);
export const normalize: Analyzer["normalize"] = (text, options) =>
  common().normalize(text, options);
export const rouge: Analyzer["rouge"] = (prediction, references, options) =>
  common().rouge(prediction, references, options);
export const evaluate: Analyzer["evaluate"] = (predictions, references, options) =>
  common().evaluate(predictions, references, options);
export const count: Analyzer["count"] = (texts, counts) => common().count(texts, counts);
export const methods: Analyzer["methods"] = () => common().methods();

/** The version of the package. */
export const version = (): string => versionOf();
