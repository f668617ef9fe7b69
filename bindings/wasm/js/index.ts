/** The package in a browser: importing it fetches the module from beside this file. */
import { init } from "./api.js";

export * from "./api.js";

await init();
