// Builds the page into dist/: three scripts, a style sheet, the WebAssembly module, the files of
// public/. The service worker gets the list of files and a hash of their contents.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("dist");

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await cp(here("public"), dist, { recursive: true });
const wasm = here("../bindings/wasm/dist/wasm/tomtat_bg.wasm");
await cp(wasm, `${dist}/tomtat.wasm`);

const options = { bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "warning" };
await build({
  ...options,
  entryPoints: [here("src/main.ts"), here("src/worker.ts"), here("src/style.css")],
  outdir: dist,
});

const files = (await readdir(dist)).sort();
const hash = createHash("sha256");
for (const file of files) hash.update(file).update(await readFile(`${dist}/${file}`));
await build({
  ...options,
  entryPoints: [here("src/sw.ts")],
  outdir: dist,
  define: {
    FILES: JSON.stringify(["./", ...files.filter((file) => file !== "index.html")]),
    VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)),
  },
});

for (const file of [...files, "sw.js"]) {
  console.log(String((await stat(`${dist}/${file}`)).size).padStart(9), file);
}
// What a browser must not be asked to trust: no inline script or style in the page.
const page = await readFile(`${dist}/index.html`, "utf8");
if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i.test(page)) {
  throw new Error("index.html has inline script or style");
}
await writeFile(`${dist}/.nojekyll`, "");
