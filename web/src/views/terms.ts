/** Key terms, with a bar for their weight. */
import type { Keyword } from "tomtat/manual";
import { byId, make } from "../dom";
import { number, words } from "../i18n";

/** The shortest bar, as a share of the longest. */
const LEAST_BAR = 0.06;

/** A bar as SVG: the policy of the page allows no inline style. */
function bar(share: number): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const track = document.createElementNS(space, "svg");
  const filled = document.createElementNS(space, "rect");
  for (const [name, value] of [["class", "bar-track"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]] as const) {
    track.setAttribute(name, value);
  }
  filled.setAttribute("width", String(share * 100));
  filled.setAttribute("height", "8");
  track.append(filled);
  return track;
}

export function showTerms(terms: Keyword[]): void {
  const table = byId<HTMLTableElement>("terms");
  if (terms.length === 0) {
    table.replaceChildren(make("caption", {}, words().noTerms));
    return;
  }
  // Scores are those of a ranker: only their order and distances mean something.
  const scores = terms.map((term) => term.score);
  const [least, best] = [Math.min(...scores), Math.max(...scores)];
  const share = (score: number) => (best > least ? LEAST_BAR + (1 - LEAST_BAR) * (score - least) / (best - least) : 1);
  const column = (text: string, kind = "") => make("th", { scope: "col", class: kind }, text);
  const head = make("tr", {}, column(words().term), column(words().weight), column(words().count, "number"));
  const rows = terms.map((term) => {
    return make("tr", {},
      make("th", { scope: "row", lang: "vi" }, term.term),
      make("td", {}, bar(share(term.score)), make("span", { class: "visually-hidden" }, percent(share(term.score)))),
      make("td", { class: "number" }, number(term.tf)));
  });
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...rows));
}

const percent = (share: number): string => `${number(share * 100)}%`;
