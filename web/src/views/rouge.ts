/** ROUGE of a draft against a reference. */
import type { RougeScores } from "tomtat/manual";
import { byId, make } from "../dom";
import { number, words } from "../i18n";

const NAMES: Record<string, string> = { rouge1: "ROUGE-1", rouge2: "ROUGE-2", rougeL: "ROUGE-L" };

export function showRouge(result: RougeScores | undefined): void {
  const table = byId<HTMLTableElement>("rouge");
  table.hidden = result === undefined;
  byId("signature").textContent = result === undefined ? "" : `${words().signature} ${result.signature}`;
  if (result === undefined) return;
  const column = (text: string) => make("th", { scope: "col", class: "number" }, text);
  const head = make("tr", {}, make("th", { scope: "col" }, words().measure),
    column(words().precision), column(words().recall), column(words().f));
  const cell = (value: number) => make("td", { class: "number" }, number(value * 100, 1));
  const rows = result.scores.map(({ measure, precision, recall, f }) =>
    make("tr", {}, make("th", { scope: "row" }, NAMES[measure] ?? measure), cell(precision), cell(recall), cell(f)));
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...rows));
}
