/** The settings of the page, which a link can carry, and the articles, which it never does. */
import type { Language } from "./i18n";

export type Unit = "sentences" | "words" | "syllables";
export const TABS = ["summary", "terms", "check", "rouge", "digest"] as const;
export type Tab = (typeof TABS)[number];

/** Slider of each unit: least, most, step, first value. */
export const RANGES: Record<Unit, [number, number, number, number]> = {
  sentences: [1, 10, 1, 3],
  words: [20, 300, 10, 60],
  syllables: [20, 400, 10, 80],
};

/** The same for a digest, in syllables. */
export const DIGEST: [number, number, number, number] = [40, 400, 20, 180];

export interface Settings {
  language: Language;
  tab: Tab;
  unit: Unit;
  length: number;
  /** Empty for the default. */
  method: string;
  query: string;
  /** Syllables of a digest. */
  digest: number;
}

export interface Article {
  id: string;
  title: string | undefined;
  body: string;
}

export const settings: Settings = {
  language: "vi", tab: "summary", unit: "sentences", length: 3, method: "", query: "", digest: DIGEST[3],
};

export const articles: Article[] = [{ id: "", title: undefined, body: "" }];
let shown = 0;

export const index = (): number => shown;
export const article = (): Article => articles[shown] ?? (articles[0] as Article);
export function show(number: number): void {
  shown = Math.max(0, Math.min(number, articles.length - 1));
}

const within = (value: number, [least, most]: readonly number[]): number =>
  Math.min(Math.max(Math.round(value), least ?? 1), most ?? 1);

/** Takes over what a link carries; what it does not know is left as it is. */
export function readLink(hash: string): void {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const language = given.get("lang");
  if (language === "vi" || language === "en") settings.language = language;
  const tab = given.get("tab") as Tab;
  if (TABS.includes(tab)) settings.tab = tab;
  for (const unit of Object.keys(RANGES) as Unit[]) {
    const length = Number.parseInt(given.get(unit) ?? "", 10);
    if (Number.isFinite(length)) {
      settings.unit = unit;
      settings.length = within(length, RANGES[unit]);
    }
  }
  const digest = Number.parseInt(given.get("digest") ?? "", 10);
  if (Number.isFinite(digest)) settings.digest = within(digest, DIGEST);
  const method = given.get("method");
  if (method !== null && /^[a-z0-9-]{1,40}$/.test(method)) settings.method = method;
}

/** The settings as a link carries them. The focus is part of the text's matter and stays out. */
export function link(): string {
  const given = new URLSearchParams({ [settings.unit]: String(settings.length) });
  if (settings.method !== "") given.set("method", settings.method);
  if (settings.digest !== DIGEST[3]) given.set("digest", String(settings.digest));
  if (settings.language !== "vi") given.set("lang", settings.language);
  if (settings.tab !== "summary") given.set("tab", settings.tab);
  return `#${given}`;
}
