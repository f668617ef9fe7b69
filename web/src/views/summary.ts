/** The sentences of the summary, each with its reasons. */
import type { Feature, PassedSentence, Reasons, Summary } from "tomtat/manual";
import { byId, make } from "../dom";
import { number, words } from "../i18n";

/** What the features of the trained ranker are about, by the beginning of their names. */
const GROUPS: [RegExp, string][] = [
  [/title/, "title"],
  [/^(expected|best expected|place by expected|weight of)/, "content"],
  [/before|after|first sentence/, "neighbours"],
  [/^(position|place in|begins a paragraph)/, "position"],
  [/^(sentences of the article|length of the article|variety)/, "article"],
  [/^length/, "length"],
  [/^style/, "style"],
  [/^opening/, "opening"],
  [/^centrality/, "center"],
  [/^(repeated|new pairs)/, "repeated"],
  [/^(rarity|foreign)/, "rarity"],
  [/^names/, "names"],
  [/^numbers/, "numbers"],
  [/quot/, "quotes"],
  [/^(commas|brackets|end mark)/, "punctuation"],
];
/** A part of the score below this share of the largest is not told. */
const LEAST_SHARE = 0.15;
const MOST_GROUPS = 3;

/** Adds up the features by what they are about: what raises the score, what lowers it. */
function groups(features: Feature[]): { raises: string[]; lowers: string[] } {
  const sums = new Map<string, number>();
  for (const { feature, contribution } of features) {
    const name = GROUPS.find(([pattern]) => pattern.test(feature))?.[1];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + contribution);
  }
  const sorted = [...sums].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const least = Math.abs(sorted[0]?.[1] ?? 0) * LEAST_SHARE;
  const told = sorted.filter(([, sum]) => Math.abs(sum) > least).slice(0, MOST_GROUPS);
  const named = (sign: number) =>
    told.filter(([, sum]) => Math.sign(sum) === sign).map(([name]) => words().features[name] ?? name);
  return { raises: named(1), lowers: named(-1) };
}

function reasonsOf(reasons: Reasons, score: number): HTMLElement {
  const details = make("details", {}, make("summary", {}, words().why));
  const list = make("dl");
  const add = (name: string, ...value: (Node | string)[]) =>
    list.append(make("dt", {}, name), make("dd", {}, ...value));
  const { raises, lowers } = groups(reasons.features);
  if (raises.length > 0) add(words().whyRaises, raises.join(", "));
  if (lowers.length > 0) add(words().whyLowers, lowers.join(", "));
  if (reasons.terms.length > 0) {
    add(words().whyTerms, ...reasons.terms.map(({ term }) => make("span", { class: "chip" }, term)));
  }
  add(words().whyScore, number(score, 3));
  details.append(list);
  return details;
}

/** Shows sentences that were not chosen, each with the reason. */
function showPassed(passed: PassedSentence[], go: (start: number) => void): void {
  byId("passed").hidden = passed.length === 0;
  byId("passed-list").replaceChildren(...passed.map(({ text, start, code }) => {
    const jump = make("a", { href: "#article", class: "go" }, text);
    jump.addEventListener("click", (event) => {
      event.preventDefault();
      go(start);
    });
    return make("li", {}, make("p", { lang: "vi" }, jump), make("p", { class: "meta" }, words().passed[code] ?? code));
  }));
}

/** Shows a summary; `go` is called with the place of a sentence that the reader wants to see. */
export function showSummary(summary: Summary, go: (start: number) => void): void {
  const open = new Set<string>();
  for (const item of byId("summary").children) {
    if (item.querySelector("details")?.open) open.add(item.querySelector(".go")?.textContent ?? "");
  }
  const items = summary.sentences.map((sentence) => {
    const jump = make("a", { href: "#article", class: "go" }, sentence.text);
    jump.addEventListener("click", (event) => {
      event.preventDefault();
      go(sentence.start);
    });
    const item = make("li", {}, make("p", { lang: "vi" }, jump));
    const reasons = summary.explain?.picks.find((pick) => pick.rank === sentence.rank);
    if (reasons !== undefined) {
      const details = reasonsOf(reasons, sentence.score) as HTMLDetailsElement;
      details.open = open.has(sentence.text);
      item.append(details);
    }
    return item;
  });
  byId("summary").replaceChildren(...items);
  showPassed(summary.explain?.not_chosen ?? [], go);
  const { unit, asked, given } = summary.length;
  const unitName = words().units[unit] ?? unit;
  byId("summary-length").textContent = asked === null || asked === given
    ? words().given(number(given), unitName)
    : words().givenOf(number(given), number(asked), unitName);
  // What was set aside is news, and no reason to worry.
  const aside = summary.warnings.some(({ code }) => code === "left-out");
  byId("left-out").textContent = aside ? (words().warnings["left-out"] ?? "") : "";
  const notes = summary.warnings.filter(({ code }) => code !== "left-out")
    .map(({ code, message }) => make("li", {}, words().warnings[code] ?? message));
  if (summary.sentences.length === 0) notes.unshift(make("li", {}, words().nothing));
  byId("notes").replaceChildren(...notes);
}
