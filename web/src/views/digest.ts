/** One summary of all articles that are open. */
import type { MultiSummary } from "tomtat/manual";
import { button, byId, make } from "../dom";
import { number, words } from "../i18n";
import { articles } from "../state";

export function showDigest(digest: MultiSummary | undefined, remove: (index: number) => void): void {
  const full = articles.filter((article) => article.body.trim() !== "").length;
  byId("digest-count").textContent = number(full);
  byId("digest-count").hidden = full < 2;
  const sentences = digest?.sentences.map((sentence) =>
    make("li", {}, make("p", { lang: "vi" }, sentence.text, " ",
      make("span", { class: "chip" }, `[${sentence.document + 1}]`))));
  byId("digest").replaceChildren(...(sentences ?? [make("li", { class: "clean" }, words().digestNeeds)]));
  const sources = articles.map((article, index) => {
    const source = digest?.documents[index];
    const copy = source?.copyOf;
    const opening = article.body.trim().split("\n", 1)[0];
    const name = source?.title || article.title || article.id || opening || words().untitled(number(index + 1));
    const item = make("li", {}, make("span", { lang: "vi" }, name.slice(0, 160)));
    if (copy !== undefined && copy !== null) {
      item.append(" ", make("span", { class: "chip" }, words().copyOf(number(copy + 1))));
    }
    if (articles.length > 1) {
      item.append(" ", button("×", () => remove(index), { class: "remove", "aria-label": `${words().remove}: ${name.slice(0, 60)}` }));
    }
    return item;
  });
  byId("sources").replaceChildren(...sources);
}
