// Results equal those of the program, byte for byte where both print numbers, over articles of
// the shared data (TOMTAT_SHARED, default ../shared) and a program that was built
// (TOMTAT_PROGRAM, by default the newest one in target/).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import * as tomtat from "tomtat";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const shared = process.env.TOMTAT_SHARED ?? join(root, "../shared");
const newest = ["debug", "release", "fast/release"].map((path) => join(root, "target", path, "tomtat"))
  .filter((path) => existsSync(path))
  .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
const program = process.env.TOMTAT_PROGRAM ?? newest;
const clusters = ["vimds-dev", "abmusu-train", "abmusu-val"].map((name) => join(shared, "data/clusters", `${name}.jsonl`));
const missing = program === undefined ? "no program was built" : clusters.some((path) => !existsSync(path)) && "no shared data";
const WANTED = 1000;

const skip = missing ? `SKIPPED: ${missing}` : false;

function records() {
  const found = [];
  for (const path of clusters) {
    for (const line of readFileSync(path, "utf8").split("\n")) {
      if (line === "" || found.length >= WANTED) continue;
      for (const { title, body } of JSON.parse(line).documents) {
        const text = Array.isArray(body) ? body.join("\n") : body;
        if (typeof text === "string" && text.trim() !== "" && typeof title === "string") {
          found.push({ id: String(found.length), title: title.trim(), body: text });
        }
      }
    }
  }
  return found.slice(0, WANTED).filter(({ title }) => title !== "");
}

const folder = mkdtempSync(join(tmpdir(), "tomtat-parity-"));
function run(...args) {
  const done = spawnSync(program, args, { maxBuffer: 1 << 30 });
  const text = done.stdout.toString();
  assert.ok(text.length > 0, done.stderr.toString());
  return text;
}
const lines = (text) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

/** UTF-16 offset of a character offset. */
const utf16 = (text, chars) => [...text].slice(0, chars).join("").length;

test("summaries, key terms, blocks and words of 1,000 articles are those of the program", { skip }, () => {
  const all = records();
  const file = join(folder, "articles.jsonl");
  writeFileSync(file, all.map((record) => JSON.stringify(record)).join("\n") + "\n");

  for (const [flags, options] of [
    [[], {}],
    [["--words", "60"], { words: 60 }],
    [["-m", "lexrank", "-n", "2"], { method: "lexrank", n: 2 }],
    [["--trim", "-w", "50", "--dangling"], { trim: true, words: 50, dangling: true }],
    [["--query", "gia xang", "--loose", "--mmr", "0.7"], { query: "gia xang", loose: true, mmr: 0.7 }],
  ]) {
    const native = lines(run("summarize", "-f", "jsonl", "--threads", "1", ...flags, file));
    assert.equal(native.length, all.length);
    for (const [at, { id, title, body }] of all.entries()) {
      const own = tomtat.summarize(body, { title, ...options });
      const theirs = native[at];
      assert.equal(theirs.id, id);
      assert.deepEqual(
        own.sentences.map(({ text, start, end, score, rank, sentence }) =>
          ({ text, start, end, score, rank, whole: sentence?.text })),
        theirs.sentences.map(({ text, char_start, char_end, score, rank, sentence }) =>
          ({ text, start: utf16(body, char_start), end: utf16(body, char_end), score, rank, whole: sentence?.text })),
      );
      assert.equal(own.title, theirs.title);
      assert.deepEqual(own.length, theirs.length);
      const raw = ({ code, message }) => ({ code, message: message.replace("; raw takes", "; --raw takes") });
      assert.deepEqual(own.warnings.map(raw), theirs.warnings);
    }
  }

  const terms = lines(run("keywords", "-f", "jsonl", "--top", "10", "--threads", "1", file));
  const byArticle = Map.groupBy
    ? Map.groupBy(terms, ({ id }) => id)
    : terms.reduce((map, row) => map.set(row.id, [...(map.get(row.id) ?? []), row]), new Map());
  for (const { id, title, body } of all) {
    assert.deepEqual(
      tomtat.keywords(body, { title }).map(({ rank, term, score, tf, key }) => ({ rank, term, score, tf, key })),
      (byArticle.get(id) ?? []).map(({ rank, term, score, tf, key }) => ({ rank, term, score, tf, key })),
    );
  }

  const pages = lines(run("extract", "-f", "jsonl", "--threads", "1", file));
  for (const [at, { title, body }] of all.entries()) {
    const own = tomtat.extract(body, { title });
    assert.equal(own.text, pages[at].text);
    assert.deepEqual(
      own.blocks.map(({ role, kept, confidence, evidence, text }) => ({ role, kept, confidence, evidence, text })),
      pages[at].blocks.map(({ role, kept, confidence, evidence, text }) => ({ role, kept, confidence, evidence, text })),
    );
  }

  const texts = all.map(({ body }, at) => {
    const path = join(folder, `${String(at).padStart(4, "0")}.txt`);
    writeFileSync(path, body);
    return path;
  });
  const cut = lines(run("tokenize", "--level", "word", "-f", "jsonl", "--offsets", "utf16", "--threads", "1", ...texts));
  let at = 0;
  for (const { body } of all) {
    const own = tomtat.spans(body);
    const theirs = [];
    for (let first = true; at < cut.length && (first || cut[at].sentence > 1); at += 1, first = false) {
      theirs.push(...cut[at].tokens);
    }
    assert.deepEqual(
      own.map(({ text, start, end, kind }) => ({ text, start, end, kind })),
      theirs.map(({ text, start, end, kind }) => ({ text, start, end, kind })),
    );
  }
  console.log(`# ${all.length} articles`);
});

test("ROUGE of 1,000 summaries is that of the program, with its intervals and signature", { skip }, () => {
  const all = records();
  const [predictions, references] = [all.map(({ body }) => [...body].slice(0, 200).join("")), all.map(({ title }) => title)];
  const files = [predictions, references].map((texts, number) => {
    const path = join(folder, `rouge-${number}.jsonl`);
    writeFileSync(path, texts.map((text, at) => JSON.stringify({ id: String(at), text })).join("\n") + "\n");
    return path;
  });
  const stop = join(folder, "stop.txt");
  writeFileSync(stop, "của\nvà\n");
  for (const [flags, options] of [
    [[], {}],
    [["--stop-words", stop, "--keep-case", "--level", "90"], { stopWords: ["của", "và"], keepCase: true, level: 90 }],
    [["--compat", "rouge-score", "--stem"], { compat: "rouge-score", stem: true }],
  ]) {
    const output = run("evaluate", "--pred", files[0], "--ref", files[1], "-f", "json",
      "--measure", "rouge1,rouge2,rougeL", ...flags);
    const theirs = JSON.parse(output);
    const own = tomtat.evaluate(predictions, references, options);
    assert.equal(own.signature, theirs.signature);
    for (const { measure, precision, recall, f } of own.measures) {
      assert.deepEqual({ precision, recall, f }, theirs.systems[0].measures[measure]);
    }
  }
});
