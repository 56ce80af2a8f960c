import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker as Thread } from 'node:worker_threads';
import { openEngine, type EngineOptions } from '../../src/db/open.ts';
import type { Engine } from '../../src/db/query.ts';

const dist = dirname(
  createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-node.cjs'),
);

/** A thread of Node as the page knows workers. */
export class NodeWorker extends EventTarget {
  readonly #thread = new Thread(new URL('./duckdb-worker.cjs', import.meta.url), {
    stdout: true, // DuckDB's worker logs every statement that fails
    stderr: true,
  });

  constructor() {
    super();
    this.#thread.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    this.#thread.on('error', ({ message }) => this.#fail(message));
    this.#thread.on('exit', () => this.#fail('the thread ended'));
  }

  postMessage(message: unknown, transfer: readonly never[] = []): void {
    this.#thread.postMessage(message, transfer);
  }

  terminate(): void {
    void this.#thread.terminate();
  }

  #fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

/** The engine that ships, restarts and lock included, on a real thread of Node; only files go in as bytes, since Node has no handles. */
export function testEngine(options: Partial<EngineOptions> = {}): {
  engine: Engine;
  workers: NodeWorker[];
} {
  const workers: NodeWorker[] = [];
  const startWorker = () => {
    const worker = new NodeWorker();
    workers.push(worker);
    return worker as unknown as Worker; // the part of it that the engine uses
  };
  const engine = openEngine({
    startWorker,
    wasmUrl: join(dist, 'duckdb-eh.wasm'),
    memoryLimit: 2 ** 30,
    register: async (db, path, file) =>
      db.registerFileBuffer(path, new Uint8Array(await file.arrayBuffer())),
    ...options,
  });
  return { engine, workers };
}
