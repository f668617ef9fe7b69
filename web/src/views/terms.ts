/** Key terms, with a bar for their score. */
import type { Keyword } from "tomtat/manual";
import { byId, make } from "../dom";
import { number, words } from "../i18n";

/** A bar as SVG: the policy of the page allows no inline style. */
function bar(share: number): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const track = document.createElementNS(space, "svg");
  const filled = document.createElementNS(space, "rect");
  for (const [name, value] of [["class", "bar-track"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]] as const) {
    track.setAttribute(name, value);
  }
  filled.setAttribute("width", String(Math.max(share, 0) * 100));
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
  const best = terms[0]?.score ?? 1;
  const column = (text: string, kind = "") => make("th", { scope: "col", class: kind }, text);
  const head = make("tr", {}, column(words().term), column(words().score, "number"), column(words().count, "number"));
  const rows = terms.map((term) => {
    return make("tr", {},
      make("th", { scope: "row", lang: "vi" }, term.term),
      make("td", { class: "number" }, bar(term.score / best), make("span", { class: "amount" }, number(term.score, 1))),
      make("td", { class: "number" }, number(term.tf)));
  });
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...rows));
}
