/** Files that are dropped or opened: texts, HTML pages, JSON Lines. */
import { number, words } from "./i18n";
import type { Article } from "./state";

const LARGEST = 64 * 1024 * 1024;

export interface Opened { articles: Article[]; problems: string[] }

/** Reads files as articles. Nothing is sent anywhere. */
export async function open(files: Iterable<File>): Promise<Opened> {
  const opened: Opened = { articles: [], problems: [] };
  for (const file of files) {
    if (file.size > LARGEST) {
      opened.problems.push(words().tooLarge(file.name));
      continue;
    }
    const text = decode(await file.arrayBuffer());
    if (text === undefined) opened.problems.push(words().unreadable(file.name));
    else if (/\.(jsonl|ndjson)$/i.test(file.name)) readLines(file.name, text, opened);
    else opened.articles.push({ id: file.name, title: undefined, body: text });
  }
  return opened;
}

/** UTF-8, or UTF-16 with a byte order mark; nothing is guessed. */
function decode(bytes: ArrayBuffer): string | undefined {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  let name = "utf-8";
  if (first === 0xff && second === 0xfe) name = "utf-16le";
  if (first === 0xfe && second === 0xff) name = "utf-16be";
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function readLines(name: string, text: string, opened: Opened): void {
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const read = record(line);
    if (read === undefined) opened.problems.push(words().badLine(name, number(at + 1)));
    else opened.articles.push({ ...read, id: read.id || `${name}:${at + 1}` });
  }
}

function record(line: string): Article | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  const body = [fields.body, fields.text, fields.content].find((part) => part !== undefined);
  const joined = Array.isArray(body) ? body.join("\n") : body;
  if (typeof joined !== "string") return undefined;
  const title = typeof fields.title === "string" ? fields.title : undefined;
  const id = typeof fields.id === "string" || typeof fields.id === "number" ? String(fields.id) : "";
  return { id, title, body: joined };
}
