/** The page: what the reader does, and what is then shown. */
import type { MultiSummary, NormalizeOptions, Summary } from "tomtat/manual";
import { byId, debounce, download, make } from "./dom";
import { call, script } from "./engine";
import { open } from "./files";
import { type Language, number, speak, words } from "./i18n";
import { sample } from "./sample";
import {
  type Tab, TABS, type Unit, RANGES, article, articles, index, link, readLink, settings, show,
} from "./state";
import { type View, goTo, showArticle, watchArticle } from "./views/article";
import { showFindings } from "./views/check";
import { digestText, showDigest } from "./views/digest";
import { showRouge } from "./views/rouge";
import { showSummary } from "./views/summary";
import { showTerms } from "./views/terms";

const input = byId<HTMLTextAreaElement>("text");
const length = byId<HTMLInputElement>("length");
const unit = byId<HTMLSelectElement>("unit");
const method = byId<HTMLSelectElement>("method");
const query = byId<HTMLInputElement>("query");
const status = byId("status");

/** Key terms that are shown. */
const TERMS = 12;

let summary: Summary | undefined;
let view: View | undefined;
let digested: MultiSummary | undefined;
/** Where the sentence begins that is shown once its article has been read. */
let sought: number | undefined;

function say(text: string): void {
  status.textContent = text;
}

function fail(error: unknown): void {
  say(words().failed(error instanceof Error ? error.message : String(error)));
}

/** Runs work whose failure the reader is told. */
function attempt(work: () => Promise<void>): void {
  work().catch(fail);
}

const options = () => ({
  [settings.unit === "sentences" ? "n" : settings.unit]: settings.length,
  ...(settings.method === "" ? {} : { method: settings.method }),
  // Who types without marks means all words that are written so.
  ...(/[\p{L}\p{N}]/u.test(query.value) ? { query: query.value, loose: /^[\x20-\x7e]*$/.test(query.value) } : {}),
  ...(article().title === undefined ? {} : { title: article().title as string }),
  explain: true,
});

/** Reads the text anew: structure, summary, key terms, faults. */
function readText(): void {
  const { body, title } = article();
  const empty = body.trim() === "";
  byId("welcome").hidden = !empty;
  byId("summary-body").hidden = empty;
  if (empty) {
    summary = view = undefined;
    byId("size").textContent = "";
    showTerms([]);
    showFindings({ statistics: {}, findings: [] }, fix);
    digest();
    return;
  }
  const slow = setTimeout(() => say(words().working), 400);
  attempt(async () => {
    const given = title === undefined ? {} : { title };
    const page = await call("page", "extract", body, given);
    clearTimeout(slow);
    if (page === undefined) return;
    const text = page.article ?? body;
    const sentences = await call("sentences", "spans", text, { level: "sentence" });
    if (sentences === undefined) return;
    view = { text, blocks: page.blocks, sentences, picks: summary?.sentences ?? [] };
    await summarize(true);
    if (status.textContent === words().working) say("");
  });
  attempt(async () => {
    const terms = await call("terms", "keywords", body, { top: TERMS, ...(title === undefined ? {} : { title }) });
    if (terms !== undefined) showTerms(terms);
  });
  attempt(async () => {
    const report = await call("check", "check", body);
    if (report === undefined) return;
    showFindings(report, fix);
    const { characters = 0, syllables = 0 } = report.statistics;
    byId("size").textContent = words().size(number(characters), number(syllables));
  });
  digest();
}

async function summarize(fresh = false): Promise<void> {
  const { body } = article();
  if (body.trim() === "" || view === undefined) return;
  const found = await call("summary", "summarize", body, options());
  if (found === undefined || view === undefined) return;
  summary = found;
  view.picks = found.sentences;
  showSummary(found, goTo);
  showArticle(view, fresh);
  if (fresh && sought !== undefined) {
    goTo(sought);
    sought = undefined;
  }
}

function fix(fixes: NormalizeOptions): void {
  attempt(async () => {
    const normalized = await call("fix", "normalize", article().body, fixes);
    if (normalized === undefined) return;
    input.value = article().body = normalized.text;
    const count = normalized.changes.reduce((sum, change) => sum + change.count, 0);
    say(words().fixed(number(count)));
    readText();
  });
}

function digest(): void {
  const full = articles.filter((found) => found.body.trim() !== "");
  const slider = byId<HTMLInputElement>("digest-length");
  slider.value = String(settings.digest);
  const text = `${number(settings.digest)} ${words().units.syllables}`;
  byId("digest-value").textContent = text;
  slider.setAttribute("aria-valuetext", text);
  digested = undefined;
  if (full.length < 2 || full.length < articles.length) return showDigest(undefined, { open: openAt, remove });
  const given = articles.map(({ id, title, body }) => (title === undefined ? { id, body } : { id, title, body }));
  attempt(async () => {
    const found = await call("digest", "multiSummarize", given, { syllables: settings.digest });
    if (found === undefined) return;
    digested = found;
    showDigest(found, { open: openAt, remove });
  });
}

/** Shows a sentence of a digest in its article. */
function openAt(at: number, start: number): void {
  sought = start;
  chooseTab("summary");
  choose(at);
}

function remove(at: number): void {
  articles.splice(at, 1);
  if (articles.length === 0) articles.push({ id: "", title: undefined, body: "" });
  choose(Math.min(index(), articles.length - 1));
}

function nameOf(at: number): string {
  const found = articles[at];
  const opening = found?.title ?? found?.body.trim().split("\n", 1)[0] ?? "";
  return `${at + 1}. ${(found?.id || opening || words().untitled(number(at + 1))).slice(0, 80)}`;
}

/** Shows the article with this number. */
function choose(at: number): void {
  show(at);
  input.value = article().body;
  listArticles();
  readText();
}

function listArticles(): void {
  const select = byId<HTMLSelectElement>("article-select");
  select.hidden = articles.length < 2;
  select.replaceChildren(...articles.map((_, at) => make("option", { value: at, selected: at === index() }, nameOf(at))));
  select.selectedIndex = index();
}

function take(files: Iterable<File>): void {
  attempt(async () => {
    const opened = await open(files);
    if (opened.articles.length > 0) {
      if (article().body.trim() === "") articles.splice(index(), 1);
      articles.push(...opened.articles);
      choose(articles.length - opened.articles.length);
    }
    const read = opened.articles.length > 0 ? [words().read(number(opened.articles.length))] : [];
    say([...read, ...opened.problems.slice(0, 3)].join(" "));
  });
}

function chooseTab(tab: Tab, focus = false): void {
  settings.tab = tab;
  for (const name of TABS) {
    const button = byId(`tab-${name}`);
    button.setAttribute("aria-selected", String(name === tab));
    button.tabIndex = name === tab ? 0 : -1;
    byId(`panel-${name}`).hidden = name !== tab;
  }
  if (focus) byId(`tab-${tab}`).focus();
  remember();
}

function remember(): void {
  history.replaceState(null, "", link());
}

function showLength(): void {
  const [least, most, step] = RANGES[settings.unit];
  Object.assign(length, { min: String(least), max: String(most), step: String(step) });
  length.value = String(settings.length);
  const text = `${number(settings.length)} ${words().units[settings.unit]}`;
  byId("length-value").textContent = text;
  length.setAttribute("aria-valuetext", text);
}

function listUnits(): void {
  unit.replaceChildren(...Object.keys(RANGES).map((name) =>
    make("option", { value: name, selected: name === settings.unit }, words().units[name] ?? name)));
}

let methods: { name: string; summary: string; default: boolean }[] = [];
function listMethods(): void {
  method.replaceChildren(...methods.map(({ name, summary: line, default: first }) =>
    make("option", { value: first ? "" : name, title: line, selected: (first ? "" : name) === settings.method },
      first ? `${name} (${words().methodDefault})` : name)));
}

function setLanguage(language: Language): void {
  settings.language = language;
  speak(language);
  document.title = language === "vi" ? "tomtat – tóm tắt văn bản tiếng Việt" : "tomtat – summaries of Vietnamese text";
  if (offline) byId("offline").textContent = words().offline;
  listUnits();
  listMethods();
  showLength();
  listArticles();
  readText();
  remember();
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(words().notCopied);
  }
}

const summaryText = (): string => summary?.sentences.map((sentence) => sentence.text).join("\n") ?? "";

function rouge(): void {
  const [draft, reference] = [byId<HTMLTextAreaElement>("draft").value, byId<HTMLTextAreaElement>("reference").value];
  if (draft.trim() === "" || reference.trim() === "") return showRouge(undefined);
  attempt(async () => {
    const scores = await call("rouge", "rouge", draft, reference);
    if (scores !== undefined) showRouge(scores);
  });
}

function listen(): void {
  const later = debounce(readText, 120);
  input.addEventListener("input", () => {
    article().body = input.value;
    later();
  });
  length.addEventListener("input", () => {
    settings.length = length.valueAsNumber;
    showLength();
    attempt(summarize);
  });
  length.addEventListener("change", remember);
  unit.addEventListener("change", () => {
    settings.unit = unit.value as Unit;
    settings.length = RANGES[settings.unit][3];
    showLength();
    remember();
    attempt(summarize);
  });
  method.addEventListener("change", () => {
    settings.method = method.value;
    remember();
    attempt(summarize);
  });
  query.addEventListener("input", debounce(() => attempt(summarize), 200));
  const digestLength = byId<HTMLInputElement>("digest-length");
  digestLength.addEventListener("input", () => {
    settings.digest = digestLength.valueAsNumber;
    digest();
  });
  digestLength.addEventListener("change", remember);
  for (const id of ["draft", "reference"]) byId(id).addEventListener("input", debounce(rouge, 120));
  byId("take-summary").addEventListener("click", () => {
    byId<HTMLTextAreaElement>("draft").value = summaryText();
    rouge();
  });
  const example = () => {
    input.value = article().body = sample;
    readText();
  };
  byId("sample").addEventListener("click", example);
  byId("try").addEventListener("click", example);
  byId("clear").addEventListener("click", () => {
    input.value = article().body = "";
    article().title = undefined;
    say("");
    readText();
    input.focus();
  });
  byId("add").addEventListener("click", () => {
    articles.push({ id: "", title: undefined, body: "" });
    choose(articles.length - 1);
    input.focus();
  });
  byId("article-select").addEventListener("change", (event) => choose((event.target as HTMLSelectElement).selectedIndex));
  byId("copy").addEventListener("click", () => void copy(summaryText(), words().copied));
  byId("digest-copy").addEventListener("click", () => {
    if (digested !== undefined) void copy(digestText(digested), words().copied);
  });
  byId("digest-download").addEventListener("click", () => {
    if (digested !== undefined) download("nhieu-bai.txt", `${digestText(digested)}\n`, "text/plain");
  });
  byId("download").addEventListener("click", () => download("tom-tat.txt", `${summaryText()}\n`, "text/plain"));
  byId("link").addEventListener("click", () => void copy(new URL(link(), location.href).href, words().linked));
  for (const button of document.querySelectorAll<HTMLElement>("[data-language]")) {
    button.addEventListener("click", () => setLanguage(button.dataset.language as Language));
  }
  for (const tab of TABS) byId(`tab-${tab}`).addEventListener("click", () => chooseTab(tab));
  document.querySelector(".tabs")?.addEventListener("keydown", (event) => {
    const { key } = event as KeyboardEvent;
    const at = TABS.indexOf(settings.tab);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[key];
    if (next === undefined) return;
    event.preventDefault();
    chooseTab(TABS[(next + TABS.length) % TABS.length] as Tab, true);
  });
  watchFiles();
  watchArticle();
}

function watchFiles(): void {
  const chooser = byId<HTMLInputElement>("files");
  byId("open").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    take([...(chooser.files ?? [])]);
    chooser.value = "";
  });
  window.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  window.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  window.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

let offline = false;
async function keepOffline(): Promise<void> {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  await navigator.serviceWorker.register(script("sw.js"), { type: "module" });
  await navigator.serviceWorker.ready;
  offline = true;
  byId("offline").textContent = words().offline;
}

readLink(location.hash);
listen();
setLanguage(settings.language);
chooseTab(settings.tab);
say(words().loading);
attempt(async () => {
  methods = (await call("methods", "methods")) ?? [];
  if (!methods.some(({ name }) => name === settings.method)) settings.method = "";
  listMethods();
  document.body.dataset.ready = "true";
  say("");
  // An article that was typed while the models were loading.
  if (input.value !== article().body) article().body = input.value;
  readText();
  // The files are kept last: the reader's own work goes first.
  await keepOffline().catch(() => undefined);
});
