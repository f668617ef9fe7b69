/**
 * The functions, for callers that start the module by themselves (`tomtat/manual`).
 *
 * `tomtat` itself starts it while it is imported.
 */
import type {
  ArticleInput, CheckReport, ExtractOptions, Keyword, KeywordsOptions, Method, MultiOptions,
  MultiSummary, NormalizeOptions, Normalized, Page, RougeOptions, RougeScores, Span,
  SummarizeOptions, Summary,
} from "./types.js";
import start, { Handle, version as versionOf } from "./wasm/tomtat.js";

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
  try {
    return JSON.parse(work()) as T;
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
    try {
      this.#handle = new Handle(options.dictionary);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new TomtatError(`Analyzer: ${error.message}`, { cause: error });
    }
  }

  /** Sentences of a text. */
  sentTokenize(text: string): string[] {
    string(text, "sentTokenize", "text");
    return run("sentTokenize", () => this.#handle.sentTokenize(text));
  }

  /** Words of a text; with `format: "text"` one string, the syllables of a word joined by `_`. */
  wordTokenize(text: string, options: { format: "text" }): string;
  wordTokenize(text: string, options?: { format?: "list" }): string[];
  wordTokenize(text: string, options: { format?: "list" | "text" } = {}): string | string[] {
    string(text, "wordTokenize", "text");
    return run("wordTokenize", () => this.#handle.wordTokenize(text, JSON.stringify(options)));
  }

  /** Syllables, numbers and marks of a text. */
  syllables(text: string): string[] {
    string(text, "syllables", "text");
    return run("syllables", () => this.#handle.syllables(text));
  }

  /** Where sentences, words (if no level is given) or syllables stand. */
  spans(text: string, options: { level?: "sentence" | "word" | "syllable" } = {}): Span[] {
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

  /** The rankers that `summarize` takes as `method`. */
  methods(): Method[] {
    return run("methods", () => this.#handle.methods());
  }
}

function common(): Analyzer {
  if (shared === undefined) throw new TomtatError("call init() and wait for it first");
  return shared;
}

export const sentTokenize: Analyzer["sentTokenize"] = (text) => common().sentTokenize(text);
export const wordTokenize = ((text: string, options?: { format?: "list" }) =>
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
export const methods: Analyzer["methods"] = () => common().methods();

/** The version of the package. */
export const version = (): string => versionOf();
