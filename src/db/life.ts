import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import type { Table } from 'apache-arrow';
import type { Progress } from '../lib/job.ts';
import { EngineDied, EngineKilled, isDeadly, message } from './failure.ts';
import { lockDown } from './settings.ts';
import { runTogether } from './statement.ts';
import { until } from './until.ts';

/** Puts `file` within reach of the engine under `path`. Node has no file handles, so tests bring their own. */
export type Register = (db: AsyncDuckDB, path: string, file: File) => Promise<void>;

export type LifeOptions = {
  /** Must be `workers/engine.worker.ts` or speak as it does. May throw. */
  readonly startWorker: () => Worker;
  /** Where the engine's wasm lies, gzipped or not: `engineUrl`. */
  readonly wasmUrl: string;
  /** Bytes: `memoryLimit(navigator.deviceMemory)`. */
  readonly memoryLimit: number;
  /** Bytes of the engine that have arrived, as it starts. */
  readonly onProgress?: (progress: Progress) => void;
  readonly register?: Register;
  /** Told of the bytes that the engine takes from files, slice by slice. Never called in Node, which reads otherwise. */
  readonly onRead?: (bytes: number) => void;
};

/** One worker with its locked engine, from its start to its end. */
export type Life = {
  /** Aborts when the worker is gone; its reason is an `EngineDied`. */
  readonly died: AbortSignal;
  run(statements: readonly string[], signal?: AbortSignal): Promise<readonly Table[]>;
  register(path: string, file: File): Promise<void>;
  release(path: string): Promise<void>;
  end(cause: unknown): void;
};

/** Starts a worker, its engine and its lock. Rejects with `EngineDied`. Loaded when first needed: DuckDB and Arrow come with it. */
export async function startLife(options: LifeOptions): Promise<Life> {
  const worker = options.startWorker();
  const death = new AbortController();
  const end = (cause: unknown) => {
    if (death.signal.aborted) return;
    death.abort(new EngineDied(message(cause), { cause }));
    db.detach();
    worker.terminate();
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault(); // told here, so the page need not hear of it as its own error
    end(event.error ?? event.message ?? 'the worker could not be loaded');
  });
  worker.addEventListener('message', ({ data }: MessageEvent) => {
    const bytes: unknown = data?.type === 'PROGRESS_UPDATE' ? data.data?.readBytes : undefined;
    if (typeof bytes === 'number') options.onRead?.(bytes);
  });
  const db = new AsyncDuckDB(new VoidLogger(), worker); // after our listener, so that a death is told once and not logged
  const gone = vanished(worker, death.signal);

  const living = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await until(work, death.signal);
    } catch (error) {
      if (isDeadly(error)) end(error);
      if (!(error instanceof EngineKilled)) death.signal.throwIfAborted();
      throw error;
    }
  };
  const register = options.register ?? byHandle;
  try {
    await living(open(db, options));
    void gone().then(() => end('the worker is gone'));
  } catch (cause) {
    end(cause);
    throw death.signal.reason;
  }
  return {
    died: death.signal,
    run: (statements, signal) => living(runTogether(db, statements, signal)),
    register: (path, file) => living(register(db, path, file)),
    release: async (path) => void (await living(db.dropFile(path))),
    end,
  };
}

/**
 * A worker that vanishes raises no event, but the browser takes back the lock that it held. The worker answers nothing before it
 * holds the lock, so asking after its first answer cannot come too early. Without a secure context there are no locks.
 */
function vanished(worker: Worker, died: AbortSignal): () => Promise<void> {
  const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
  if (!locks) return () => new Promise(() => {});
  const lifeline = `tessera-engine-${crypto.randomUUID()}`; // the browser shares lock names between tabs
  worker.postMessage({ lifeline });
  return () => locks.request(lifeline, { signal: died }, () => {}).catch(() => {}); // aborted: it ended otherwise, and that is known
}

async function open(db: AsyncDuckDB, options: LifeOptions): Promise<void> {
  await db.instantiate(options.wasmUrl, null, ({ bytesLoaded, bytesTotal }) =>
    options.onProgress?.({ stage: 'Loading the database', done: bytesLoaded, total: bytesTotal }),
  );
  // No casts towards JavaScript (`castBigIntToDouble`, …): they would bend 9007199254740993. SQL casts where a number is wanted.
  await db.open({ path: ':memory:', allowUnsignedExtensions: false });
  await runTogether(
    db,
    lockDown(options.memoryLimit).map((statement) => statement.text),
  );
}

/**
 * Read in slices as SQL asks for them, by `FileReaderSync` in the worker: the file never lies in memory as a whole. `true` leaves out the
 * pages that duckdb-wasm would keep of it: 89 MB took 3 s instead of 12, and 150 MB less memory.
 */
const byHandle: Register = (db, path, file) =>
  db.registerFileHandle(path, file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
