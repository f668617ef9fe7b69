// Serves dist/ on loopback, as any static server would: node serve.mjs [PORT].
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const types = {
  css: "text/css", html: "text/html; charset=utf-8", js: "text/javascript", json: "application/json",
  svg: "image/svg+xml", wasm: "application/wasm", webmanifest: "application/manifest+json",
};

/** Starts a server; resolves to it and its address. */
export function serve(port = 0) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const name = path === "/" ? "index.html" : path.slice(1);
    const type = types[name.split(".").pop()];
    try {
      if (type === undefined || !/^[\w.-]+$/.test(name)) throw new Error("not found");
      const body = await readFile(fileURLToPath(new URL(`dist/${name}`, import.meta.url)));
      response.writeHead(200, { "content-type": type, "cache-control": "no-cache" }).end(body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    }
  });
  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      resolve({ server, url: `http://127.0.0.1:${server.address().port}/` });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? 8080));
  console.log(url);
}
