/** Does the work beside the page, so that typing never waits. */
import {
  check, extract, init, keywords, methods, multiSummarize, normalize, rouge, spans, summarize,
} from "tomtat/manual";

const calls = {
  check, extract, keywords, methods, multiSummarize, normalize, rouge, spans, summarize,
  ready: () => true,
};

/** What the page can call. */
export type Calls = typeof calls;
/** A call and its number. */
export interface Request { id: number; call: keyof Calls; args: unknown[] }
/** What became of the call with this number. */
export type Answer = { id: number; result: unknown } | { id: number; error: string };

const ready = init(new URL("tomtat.wasm", self.location.href));

self.addEventListener("message", async (event: MessageEvent<Request>) => {
  const { id, call, args } = event.data;
  try {
    await ready;
    const result = (calls[call] as (...args: unknown[]) => unknown)(...args);
    self.postMessage({ id, result } satisfies Answer);
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
