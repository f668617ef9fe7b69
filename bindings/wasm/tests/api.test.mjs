// The package as its users call it, in Node. Needs dist/ (build.sh).
import assert from "node:assert/strict";
import { test } from "node:test";
import * as tomtat from "tomtat";
import * as manual from "tomtat/manual";

const ARTICLE = `Chợ nổi họp sớm 🌸

Từ năm giờ sáng, ghe đậu kín sông. Khách đến rất đông vì chợ nổi họp sớm hơn mọi năm.

Ghe bán bún trên sông. Ảnh: Lan Anh

Đến tám giờ, khách vãn dần, người bán gom hàng về lại các cù lao.`;

/** The message of the error that a call throws. */
const message = (work) => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof tomtat.TomtatError);
    return error.message;
  }
  return "";
};

test("sentences and words are slices of the text", () => {
  assert.deepEqual(tomtat.sentTokenize("Giá xăng giảm 500 đồng. Người dân phấn khởi."),
    ["Giá xăng giảm 500 đồng.", "Người dân phấn khởi."]);
  assert.deepEqual(tomtat.wordTokenize("Người dân Việt Nam phấn khởi."),
    ["Người dân", "Việt Nam", "phấn khởi", "."]);
  assert.equal(tomtat.wordTokenize("Việt Nam vui. Ai cũng vui.", { format: "text" }),
    "Việt_Nam vui .\nAi cũng vui .");
  assert.deepEqual(tomtat.syllables("Việt Nam!"), ["Việt", "Nam", "!"]);
});

test("offsets count UTF-16 units", () => {
  for (const level of ["sentence", "word", "syllable"]) {
    const spans = tomtat.spans(ARTICLE, { level });
    assert.ok(spans.length > 0);
    for (const { text, start, end, syllables = [] } of spans) {
      assert.equal(ARTICLE.slice(start, end), text);
      for (const [from, to] of syllables) assert.ok(from >= start && to <= end);
    }
  }
  const { sentences } = tomtat.summarize(ARTICLE, { n: 2 });
  for (const { text, start, end } of sentences) assert.equal(ARTICLE.slice(start, end), text);
  for (const { places } of tomtat.keywords(ARTICLE)) {
    for (const [start, end] of places) assert.ok(ARTICLE.slice(start, end).length > 0);
  }
  for (const { text, start, end } of tomtat.extract(ARTICLE).blocks) {
    assert.equal(ARTICLE.slice(start, end), text);
  }
});

test("a summary keeps its length and says why", () => {
  const summary = tomtat.summarize(ARTICLE, { syllables: 20, explain: true });
  assert.ok(summary.length.given <= 20);
  assert.equal(summary.title, "Chợ nổi họp sớm 🌸");
  assert.equal(summary.text, summary.sentences.map(({ text }) => text).join(" "));
  const { picks, not_chosen: passed, left_out: aside } = summary.explain;
  assert.equal(picks.length, summary.sentences.length);
  assert.ok(passed.length > 0 && passed.every(({ code }) => code.length > 0));
  assert.deepEqual(aside.map(({ role }) => role), ["caption"]);
  for (const { text, start, end } of [...passed, ...aside]) assert.equal(ARTICLE.slice(start, end), text);
  assert.deepEqual(tomtat.summarize("").sentences, []);
});

test("options of the command line have the same effect", () => {
  const text = "Trời tối sớm. Giá gạo tăng mạnh ở miền Tây. Sau bão, ai cũng mệt. Đường phố vắng người.";
  assert.match(tomtat.summarize(text, { n: 1, query: "gia gao", loose: true }).text, /^Giá gạo/);
  const { warnings } = tomtat.summarize(text, { n: 1, query: "gia gao" });
  assert.ok(warnings.some(({ code }) => code === "query-not-found"));
  const seen = ["Giá gạo tăng mạnh ở miền Tây."];
  assert.ok(!tomtat.summarize(text, { n: 4, seen }).text.includes("Giá gạo"));
  assert.equal(tomtat.summarize(ARTICLE, { sapo: true }).sentences[0].text, "Từ năm giờ sáng, ghe đậu kín sông.");
  assert.deepEqual(tomtat.sentTokenize("Mưa to. Gió lớn.\nNắng", { lines: true }), ["Mưa to. Gió lớn.", "Nắng"]);
  assert.equal(tomtat.multiSummarize([text, ARTICLE], { ratio: 0.2 }).length.unit, "sentences");
});

test("pages: roles, metadata, the text that offsets count in", () => {
  const html = `<html><head><title>Chợ nổi họp sớm</title><meta name="author" content="Lan Anh"></head>
    <body><article><h1>Chợ nổi họp sớm</h1><p>Từ năm giờ sáng, ghe xuồng đã đậu kín một khúc sông dài.</p>
    <figure><img src="a.jpg"><figcaption>Ghe bán bún trên sông</figcaption></figure>
    <p>Đến tám giờ, khách vãn dần, người bán gom hàng về lại các cù lao.</p></article></body></html>`;
  const page = tomtat.extract(html, { keep: ["caption"] });
  assert.equal(page.text, "Ghe bán bún trên sông");
  assert.equal(page.metadata.author, "Lan Anh");
  for (const { text, start, end } of page.blocks) assert.equal(page.article.slice(start, end), text);
  const { article, sentences } = tomtat.summarize(html, { n: 1 });
  assert.equal(article, page.article);
  assert.equal(article.slice(sentences[0].start, sentences[0].end), sentences[0].text);
});

test("several articles, check, normalize, ROUGE, methods", () => {
  const digest = tomtat.multiSummarize([ARTICLE, { id: "b", title: "Chợ", body: ARTICLE }], { n: 2 });
  assert.equal(digest.documents[1].id, "b");
  assert.ok(digest.sentences.every(({ document }) => document < 2));
  assert.equal(tomtat.check("Xin mời qúy khách.").findings[0].problem, "misplaced-tone");
  assert.equal(tomtat.normalize("qúy khách", { tone: "old" }).text, "quý khách");
  const { scores, signature } = tomtat.rouge("Mưa lớn", ["Mưa to lớn", "Nắng"]);
  assert.deepEqual(scores.map(({ measure }) => measure), ["rouge1", "rouge2", "rougeL"]);
  assert.equal(scores[0].precision, 1);
  assert.match(signature, /tok:syllables/);
  assert.equal(tomtat.methods().filter((method) => method.default).length, 1);
});

test("ROUGE takes the options of the program, and many texts get intervals", () => {
  const f = (options, references = "Mưa to, gió lớn") =>
    tomtat.rouge("Mưa rất to và gió", references, { measures: ["rouge1"], ...options }).scores[0].f;
  assert.ok(f({ stopWords: ["rất", "và"] }) > f({}));
  assert.ok(f({ keepPunctuation: true }) < f({}));
  assert.ok(f({ keepCase: true }, "mưa rất to và gió") < 1);
  assert.ok(f({ references: "average" }, ["Mưa to", "Nắng"]) < f({}, ["Mưa to", "Nắng"]));
  const english = (options) => tomtat.rouge("running dogs", "run dog", { compat: "rouge-score", ...options });
  assert.equal(english({}).scores[0].f, 0);
  assert.equal(english({ stem: true }).scores[0].f, 1);

  const [predictions, references] = [["Mưa to", "Nắng", "Gió mùa"], [["Mưa lớn", "Mưa"], "Nắng to", "Gió bấc"]];
  const found = tomtat.evaluate(predictions, references, { measures: ["rouge1", "rougeL"], resamples: 200, level: 90 });
  assert.equal(found.scores.length, 3);
  for (const [at, { measure, f: own }] of found.measures.entries()) {
    const each = found.scores.map((row) => row[at].f);
    assert.equal(measure, ["rouge1", "rougeL"][at]);
    assert.ok(Math.abs(own.mean - each.reduce((sum, x) => sum + x) / 3) < 1e-12);
    assert.ok(own.low <= own.mean && own.mean <= own.high && own.low < own.high);
  }
  assert.match(found.signature, /refs:1-2.*n:3.*ci:90.*bs:200.*seed:42/);
  assert.match(message(() => tomtat.evaluate(["a"], [])), /^evaluate: references: 0 for 1 predictions/);
  assert.match(message(() => tomtat.evaluate(["a"], ["b"], { level: 100 })), /^evaluate: level: /);
  assert.match(message(() => tomtat.rouge("a", "b", { stem: true })), /^rouge: stem: belongs to compat/);
  assert.match(message(() => tomtat.rouge("a", "b", { level: 90 })), /^rouge: level: belongs to evaluate/);
  assert.match(message(() => tomtat.rouge("a", "b", { references: "worst" })), /no `worst`; known are best, /);
});

test("counts of parts merge to those of the whole", () => {
  const texts = ["Mưa to ở miền Trung. Mưa kéo dài.", "Nắng ở miền Nam.", "", "Mưa ở miền Bắc."];
  const whole = tomtat.count(texts);
  assert.deepEqual([whole.documents, whole.get("mưa")], [3, { term: "mưa", tf: 3, df: 2 }]);
  assert.equal(whole.get("bão"), null);
  const parts = tomtat.count(texts.slice(2)).merge(tomtat.count(texts.slice(0, 2)));
  assert.deepEqual(parts.toBytes(), whole.toBytes());
  assert.deepEqual(tomtat.TermStatistics.fromBytes(parts.toBytes()).terms(), whole.terms());
  assert.throws(() => new tomtat.TermStatistics({ unit: "letter" }), /TermStatistics: unit: no `letter`/);
  assert.throws(() => tomtat.TermStatistics.fromBytes(new Uint8Array(9)), /fromBytes: bytes: /);
  assert.throws(() => whole.merge(new tomtat.TermStatistics({ unit: "syllable" })), /merge: other: /);
});

test("a dictionary changes the words", () => {
  const analyzer = new tomtat.Analyzer({ dictionary: "chợ nổi họp" });
  assert.ok(analyzer.wordTokenize("Khách xem chợ nổi họp.").includes("chợ nổi họp"));
});

test("errors name the call and the argument", () => {
  assert.match(message(() => tomtat.summarize(undefined)), /^summarize: text must be a string, found undefined/);
  assert.match(message(() => tomtat.summarize("a", { lenght: 3 })), /unknown field `lenght`, expected one of `n`/);
  assert.match(message(() => tomtat.summarize("a", { n: 0 })), /^summarize: n: /);
  assert.match(message(() => tomtat.summarize("a", { n: 1, words: 9 })), /one length only: found n, words/);
  assert.match(message(() => tomtat.summarize("a", { method: "best" })), /no `best`; known are trained, /);
  assert.match(message(() => tomtat.summarize("a", { loose: true })), /^summarize: loose: needs a query/);
  assert.match(message(() => tomtat.summarize("a", { mmr: 2 })), /^summarize: mmr: expected 0 to 1, found 2/);
  assert.match(message(() => tomtat.summarize("a", { sapo: true, n: 1 })), /^summarize: sapo: /);
  assert.match(message(() => tomtat.summarize("a", { trim: true, method: "lead" })), /^summarize: trim: /);
  assert.match(message(() => tomtat.spans("a", { lines: true, splitUnmarked: true })), /^spans: splitUnmarked: /);
  assert.match(message(() => tomtat.extract("a", { keep: ["lead"] })), /keep: no `lead`; known are title/);
  assert.match(message(() => tomtat.keywords("a", { maxWords: 9 })), /maxWords: expected 1 to 4, found 9/);
  assert.match(message(() => tomtat.rouge("a", [])), /references: expected at least one/);
  assert.match(message(() => new tomtat.Analyzer({ dictionary: "chợ nổi\tnhiều" })), /^Analyzer: dictionary/);
});

test("the module can be started by hand", async () => {
  await manual.init();
  assert.equal(manual.version(), tomtat.version());
});

test("hostile text is text", () => {
  const hostile = ["\ud800", "\0", "\u202e".repeat(9999), "<div>".repeat(9999), "(".repeat(99999), "a".repeat(99999)];
  for (const text of hostile) {
    tomtat.summarize(text);
    tomtat.extract(text);
    tomtat.keywords(text);
    tomtat.check(text);
  }
});

test("a page that is no article has no summary", () => {
  const page = "<!DOCTYPE html><html><head><title>Trang bạn tìm không tồn tại</title></head><body><p>Mời bạn "
    + "quay lại trang chủ của báo. Mọi góp ý xin gửi về toà soạn ở phố Bờ Sông.</p></body></html>";
  const summary = tomtat.summarize(page);
  assert.deepEqual(summary.sentences, []);
  assert.equal(summary.length.given, 0);
  assert.ok(summary.warnings.some((warning) => warning.code === "error-page"));
  assert.ok(tomtat.summarize(page, { raw: true }).sentences.length > 0);
});
