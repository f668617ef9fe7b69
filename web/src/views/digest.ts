/** One summary of all articles that are open. */
import type { MultiSummary } from "tomtat/manual";
import { button, byId, make } from "../dom";
import { number, words } from "../i18n";
import { articles } from "../state";

/** What the reader can do with the sentences and the articles. */
export interface DigestActions {
  /** Shows the sentence that begins here in its article. */
  open(index: number, start: number): void;
  remove(index: number): void;
}

export function showDigest(digest: MultiSummary | undefined, { open, remove }: DigestActions): void {
  const full = articles.filter((article) => article.body.trim() !== "").length;
  byId("digest-count").textContent = number(full);
  byId("digest-count").hidden = full < 2;
  const sentences = digest?.sentences.map((sentence) =>
    make("li", {}, make("p", { lang: "vi" }, sentence.text, " ",
      button(`[${sentence.document + 1}]`, () => open(sentence.document, sentence.start), {
        class: "chip", title: words().openSource, "aria-label": `${words().openSource} ${sentence.document + 1}`,
      }))));
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
  for (const id of ["digest-copy", "digest-download"]) byId<HTMLButtonElement>(id).disabled = digest === undefined;
}

/** The digest as text: its sentences with the numbers of their articles, then the articles. */
export function digestText(digest: MultiSummary): string {
  const sentences = digest.sentences.map(({ text, document }) => `${text} [${document + 1}]`);
  const names = digest.documents.map(({ title, id }, index) =>
    `[${index + 1}] ${title || articles[index]?.id || id || words().untitled(number(index + 1))}`);
  return [...sentences, "", ...names].join("\n");
}
