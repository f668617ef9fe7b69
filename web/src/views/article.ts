/** The article: roles, key sentences, and the words of the sentence under the pointer. */
import type { Block, PickedSentence, Span } from "tomtat/manual";
import { button, byId, make } from "../dom";
import { call } from "../engine";
import { number, words } from "../i18n";

/** Characters that are shown before the reader asks for all. */
const SHOWN = 150_000;
/** Blocks from which on those out of sight are not laid out. */
const LONG = 100;
/** Roles of the article itself; blocks of all others are set aside. */
const INSIDE = new Set(["title", "sapo", "body", "heading"]);

export interface View {
  text: string;
  blocks: Block[];
  /** Where sentences begin and end. */
  sentences: Span[];
  picks: PickedSentence[];
}

let all = false;
let pointed: HTMLElement | undefined;

/** Shows an article from its beginning. */
export function showArticle(view: View, fresh: boolean): void {
  if (fresh) all = false;
  const container = byId("article");
  const picks = [...view.picks].sort((a, b) => a.start - b.start);
  const children: Node[] = [];
  let at = 0;
  for (const block of view.blocks) {
    if (!all && block.start > SHOWN) {
      const show = button(words().showAll, () => {
        all = true;
        showArticle(view, false);
      });
      children.push(make("p", { class: "hint" }, words().longArticle(number(block.start)), " ", show));
      break;
    }
    while ((view.sentences[at]?.end ?? Infinity) <= block.start) at += 1;
    const inside: Span[] = [];
    for (let i = at; (view.sentences[i]?.start ?? Infinity) < block.end; i += 1) {
      inside.push(view.sentences[i] as Span);
    }
    children.push(paragraph(view.text, block, inside, picks));
  }
  container.classList.toggle("long", children.length > LONG);
  container.replaceChildren(...children);
  hideWords();
  const first = container.querySelector<HTMLElement>(".sentence");
  first?.setAttribute("tabindex", "0");
}

function paragraph(text: string, block: Block, sentences: Span[], picks: PickedSentence[]): Node {
  const role = words().roles[block.role] ?? block.role;
  const outside = !INSIDE.has(block.role);
  const element = make("p", { class: `block ${block.role}${outside ? " outside" : ""}` });
  if (outside || block.role === "sapo") element.append(make("span", { class: "role" }, role), " ");
  // Every place where a sentence or a pick begins or ends is a border.
  const inside = picks.filter((pick) => pick.start < block.end && pick.end > block.start);
  const borders = new Set([block.start, block.end]);
  for (const { start, end } of [...sentences, ...inside]) {
    if (start > block.start && start < block.end) borders.add(start);
    if (end > block.start && end < block.end) borders.add(end);
  }
  const sorted = [...borders].sort((a, b) => a - b);
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const [start, end] = [sorted[i] as number, sorted[i + 1] as number];
    const piece = text.slice(start, end);
    if (piece.trim() === "") {
      element.append(piece);
      continue;
    }
    const pick = inside.find((found) => found.start <= start && found.end >= end);
    const properties = { class: "sentence", tabindex: -1, "data-start": start };
    element.append(make(pick === undefined ? "span" : "mark", properties, piece));
  }
  return element;
}

/** Moves to the sentence that begins here. */
export function goTo(start: number): void {
  const sentence = byId("article").querySelector<HTMLElement>(`[data-start="${start}"]`);
  if (sentence === null) return;
  const quick = matchMedia("(prefers-reduced-motion: reduce)").matches;
  sentence.scrollIntoView({ block: "center", behavior: quick ? "auto" : "smooth" });
  focus(sentence);
}

function focus(sentence: HTMLElement): void {
  for (const other of byId("article").querySelectorAll(".sentence[tabindex='0']")) {
    other.setAttribute("tabindex", "-1");
  }
  sentence.setAttribute("tabindex", "0");
  sentence.focus({ preventScroll: true });
}

function hideWords(): void {
  pointed?.classList.remove("pointed");
  pointed = undefined;
  byId("inspector").hidden = true;
}

async function showWords(sentence: HTMLElement): Promise<void> {
  if (sentence === pointed) return;
  pointed?.classList.remove("pointed");
  pointed = sentence;
  sentence.classList.add("pointed");
  const found = await call("words", "spans", sentence.textContent ?? "", { level: "word" });
  if (found === undefined || pointed !== sentence) return;
  let syllables = 0;
  const chips = found.map((word) => {
    if (word.kind === "punctuation") return make("span", { class: "mark" }, word.text);
    const parts = word.syllables ?? [[word.start, word.end]];
    syllables += parts.length;
    const texts = parts.map(([start, end]) =>
      make("span", { class: "syllable" }, (sentence.textContent ?? "").slice(start, end)));
    return make("span", { class: "word" }, ...texts);
  });
  const count = found.filter((word) => word.kind !== "punctuation").length;
  const panel = byId("inspector");
  panel.replaceChildren(
    make("p", { class: "meta" }, words().inspectorCount(number(count), number(syllables))),
    make("p", { class: "words", lang: "vi" }, ...chips),
  );
  panel.hidden = false;
  panel.classList.remove("above");
  // Where it would cover the sentence, it stands at the top of the window instead.
  const { top, left, width } = panel.getBoundingClientRect();
  if (sentence.getBoundingClientRect().bottom <= top) return;
  panel.style.setProperty("--left", `${left}px`);
  panel.style.setProperty("--width", `${width}px`);
  panel.classList.add("above");
}

/** Listens to pointer and keys. */
export function watchArticle(): void {
  const container = byId("article");
  const sentenceOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>(".sentence") : null;
  for (const kind of ["pointerover", "focusin", "click"] as const) {
    container.addEventListener(kind, (event) => {
      const sentence = sentenceOf(event.target);
      if (sentence !== null) void showWords(sentence);
    });
  }
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hideWords();
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const here = sentenceOf(event.target);
    if (step === 0 || here === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const sentences = [...container.querySelectorAll<HTMLElement>(".sentence")];
    const next = sentences[sentences.indexOf(here) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.scrollIntoView({ block: "nearest" });
    focus(next);
  });
}
