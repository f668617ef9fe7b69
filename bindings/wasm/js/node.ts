/** The package in Node: importing it reads the module from beside this file. */
// @ts-expect-error The types of Node are not needed for one function.
import { readFile } from "node:fs/promises";
import { init } from "./api.js";

export * from "./api.js";

await init(readFile(new URL("wasm/tomtat_bg.wasm", import.meta.url)) as Promise<BufferSource>);
