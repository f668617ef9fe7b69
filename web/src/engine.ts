/** Calls to the worker, one at a time; of waiting calls for the same place the newest counts. */
import type { Answer, Calls, Request } from "./worker";

interface Waiting { request: Request; settle: (answer: Answer | undefined) => void }

// The only script addresses that the page makes itself; the policy is named in its CSP.
interface Policy { createScriptURL(url: string): string }
interface Factory { createPolicy(name: string, rules: Policy): Policy }
const factory = (self as unknown as { trustedTypes?: Factory }).trustedTypes;
const rules: Policy = {
  createScriptURL(url) {
    if (url === "worker.js" || url === "sw.js") return url;
    throw new TypeError(`not a script of this page: ${url}`);
  },
};
const policy = factory?.createPolicy("tomtat", rules) ?? rules;

/** An address of a script of this page. */
export const script = (name: "worker.js" | "sw.js"): string => policy.createScriptURL(name);

const worker = new Worker(script("worker.js"), { type: "module" });
const waiting = new Map<string, Waiting>();
let running: Waiting | undefined;
let count = 0;

function next(): void {
  if (running !== undefined) return;
  for (const [slot, call] of waiting) {
    waiting.delete(slot);
    running = call;
    worker.postMessage(call.request);
    return;
  }
}

worker.addEventListener("message", (event: MessageEvent<Answer>) => {
  const done = running;
  running = undefined;
  done?.settle(event.data);
  next();
});

worker.addEventListener("error", () => {
  running?.settle({ id: 0, error: "worker.js" });
  running = undefined;
});

/**
 * Calls a function of the worker. Resolves to `undefined` if a newer call for the same slot came
 * before it was begun.
 */
export function call<K extends keyof Calls>(
  slot: string,
  name: K,
  ...args: Parameters<Calls[K]>
): Promise<ReturnType<Calls[K]> | undefined> {
  return new Promise((resolve, reject) => {
    waiting.get(slot)?.settle(undefined);
    count += 1;
    waiting.set(slot, {
      request: { id: count, call: name, args },
      settle(answer) {
        if (answer === undefined) resolve(undefined);
        else if ("error" in answer) reject(new Error(answer.error));
        else resolve(answer.result as ReturnType<Calls[K]>);
      },
    });
    next();
  });
}
