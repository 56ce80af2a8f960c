/**
 * DuckDB's own worker, bundled, in a wrapper that inflates its wasm, holds the page's lifeline and answers the guard.
 * Everything else passes through unchanged: the page speaks to DuckDB.
 */
import '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js'; // sets `onmessage`
import { answerGuard } from '../src/guard/worker-canaries.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope; // `self` is typed for any worker
const duckdb = scope.onmessage;
let alive = Promise.resolve();

scope.onmessage = async (event: MessageEvent) => {
  const { guard, lifeline } = event.data;
  if (guard) return answerGuard(guard);
  if (lifeline) return void (alive = hold(lifeline));
  await alive;
  duckdb?.call(scope, event);
};

/** Holds the lock until this worker ends, however that goes: the page waits for it. */
function hold(lifeline: string): Promise<void> {
  if (!navigator.locks) return Promise.resolve(); // no secure context
  return new Promise((held) => {
    void navigator.locks.request(lifeline, () => (held(), new Promise(() => {})));
  });
}

// DuckDB starts its wasm in a promise that nobody waits for: without this a failed download would hang for ever.
scope.addEventListener('unhandledrejection', ({ reason }) => {
  setTimeout(() => {
    throw reason; // an error of the worker, which the page hears
  });
});

// DuckDB says nothing while it reads, so the page is told of each slice of a file that it takes: 16 MB in an import. This type is the one
// message of its protocol that answers no request.
const readAsArrayBuffer = FileReaderSync.prototype.readAsArrayBuffer;
FileReaderSync.prototype.readAsArrayBuffer = function (blob: Blob): ArrayBuffer {
  const bytes = readAsArrayBuffer.call(this, blob);
  const data = { readBytes: bytes.byteLength };
  scope.postMessage({ requestId: 0, type: 'PROGRESS_UPDATE', data });
  return bytes;
};

const instantiateStreaming = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = async (source, imports) =>
  instantiateStreaming(await inflated(await source), imports);

/** The wasm as a stream that compiles while it arrives. Gzip shows in its first two bytes; a host may already have undone it. */
async function inflated(response: Response): Promise<Response> {
  if (!response.ok || !response.body) throw new TypeError(`the engine: HTTP ${response.status}`);
  const [sample, whole] = response.body.tee();
  const reader = sample.getReader();
  const { value: start } = await reader.read();
  void reader.cancel(); // settles only with the other branch, so it is not waited for
  const isGzip = start?.[0] === 0x1f && start[1] === 0x8b;
  return new Response(isGzip ? whole.pipeThrough(new DecompressionStream('gzip')) : whole, {
    headers: { 'content-type': 'application/wasm' },
  });
}
