// Size, load and speed of the module beside the program, in one run: node bench.mjs ARTICLES.jsonl
// (records with `title` and `body`). TOMTAT_PROGRAM names the program.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync, brotliCompressSync, constants } from "node:zlib";
import * as tomtat from "tomtat/manual";

const file = process.argv[2];
const program = process.env.TOMTAT_PROGRAM ?? fileURLToPath(new URL("../../target/release/tomtat", import.meta.url));
const path = fileURLToPath(new URL("dist/wasm/tomtat_bg.wasm", import.meta.url));

const bytes = readFileSync(path);
const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
const mb = (size) => (size / 1e6).toFixed(1);
console.log(`module: ${mb(statSync(path).size)} MB, gzip ${mb(gzipSync(bytes).length)}, brotli ${mb(brotli.length)}`);
const start = performance.now();
await tomtat.init(bytes);
tomtat.summarize("Chợ nổi họp sớm.");
console.log(`load and first call: ${(performance.now() - start).toFixed(0)} ms`);

const records = readFileSync(file, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const rounds = { wasm: [], program: [] };
for (let round = 0; round < 5; round += 1) {
  let from = performance.now();
  for (const { title, body } of records) tomtat.summarize(body, title === undefined ? {} : { title });
  rounds.wasm.push(performance.now() - from);
  from = performance.now();
  const run = spawnSync(program, ["summarize", "-f", "jsonl", "--threads", "1", file], { maxBuffer: 1 << 30 });
  if (run.status !== 0) throw run.error ?? new Error(`${program}: exit code ${run.status}\n${run.stderr}`);
  rounds.program.push(performance.now() - from);
}
for (const [name, times] of Object.entries(rounds)) {
  console.log(`${name}: ${Math.round((records.length / median(times)) * 1000)} articles a second, one thread`);
}
console.log(`program / wasm: ${(median(rounds.wasm) / median(rounds.program)).toFixed(1)}`);
