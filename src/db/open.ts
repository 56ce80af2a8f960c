import type { Table } from 'apache-arrow';
import { TesseraError } from '../lib/errors.ts';
import { id, sql, type Sql } from '../lib/sql.ts';
import { EngineDied, EngineKilled, gaveUp, message } from './failure.ts';
import type { Life, LifeOptions } from './life.ts';
import type { Engine, Making } from './query.ts';
import { Replay } from './replay.ts';
import { INPUT_FOLDER } from './settings.ts';
import { until } from './until.ts';

export type EngineOptions = LifeOptions & {
  /** Told once the engine has been started again and holds its tables: one sentence for the person. */
  readonly onRestart?: (sentence: string) => void;
  /** How long a cancelled statement may hold the worker before the worker is ended: 10,000 unless told. */
  readonly patienceMs?: number;
};

const RESTARTED =
  'The database stopped and was started again. Your tables were made again from your files; nothing is lost.';
const MOST_DEATHS_IN_A_ROW = 3;

/** The one DuckDB, locked. Starts at the first call; if it dies it is started again, its tables are made again and what was under way is run once more. */
export function openEngine(options: EngineOptions): Engine {
  return new RestartingEngine(options);
}

class RestartingEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #replay = new Replay();
  readonly #lettingGo = new Set<Promise<void>>();
  #life: Promise<Life> | undefined;
  #deaths = 0;
  #deathsInARow = 0;
  #files = 0;
  #closed = false;
  #listener: (bytes: number) => void = () => {};

  constructor(options: EngineOptions) {
    const onRead = (bytes: number) => (options.onRead?.(bytes), this.#listener(bytes));
    this.#options = { ...options, onRead };
  }

  reading = (listener: (bytes: number) => void): void => void (this.#listener = listener);

  get deaths(): number {
    return this.#deaths;
  }

  start = async (): Promise<void> => {
    await this.#run(async () => {});
  };

  query = async (statement: Sql, signal?: AbortSignal): Promise<Table> => {
    const [table] = await this.together([statement], signal);
    return table!;
  };

  async together(
    statements: readonly (Sql | Making)[],
    signal?: AbortSignal,
  ): Promise<readonly Table[]> {
    return this.#run(async (life) => {
      const tables = await life.run(statements.map(text), signal);
      for (const it of statements) if ('make' in it) this.#replay.made(it.make, it.as);
      return tables;
    }, signal);
  }

  async make(name: string, select: Sql, signal?: AbortSignal): Promise<void> {
    await this.together([{ make: name, as: select }], signal);
  }

  async drop(name: string): Promise<void> {
    this.#replay.dropped(name); // first, so that a table which cannot be made again can be given up
    if (this.#life) await this.#run((life) => life.run([dropping(name)]));
  }

  async register(file: File): Promise<string> {
    const path = `${INPUT_FOLDER}${++this.#files}.csv`; // never used twice, and nothing of the file's own name in it
    await this.#run((life) => life.register(path, file));
    this.#replay.registered(path, file);
    return path;
  }

  async release(path: string): Promise<void> {
    this.#replay.released(path);
    if (this.#life) await this.#run((life) => life.release(path));
  }

  async memory(): Promise<number> {
    const held = await this.query(
      sql`SELECT sum(memory_usage_bytes)::DOUBLE AS bytes FROM duckdb_memory()`,
    );
    return Number(held.getChild('bytes')?.get(0));
  }

  close(): void {
    this.#closed = true;
    void this.#life?.then((life) => life.end('closed'));
  }

  /** `work` on a living engine; again on a fresh one if that dies: once where `work` itself killed it, or until the third death in a row. */
  async #run<T>(work: (life: Life) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      if (this.#closed) throw new TesseraError('engine-unavailable', 'the engine was closed');
      const coming = (this.#life ??= this.#bring());
      try {
        const life = await until(coming, signal);
        await until(Promise.all(this.#lettingGo), signal, life.died);
        const value = await this.#cancellable(life, work(life), signal);
        this.#deathsInARow = 0;
        return value;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof EngineDied)) throw error;
        const again = this.#deathsInARow < MOST_DEATHS_IN_A_ROW && !this.#closed;
        if (!again || (error instanceof EngineKilled && attempt > 1)) throw gaveUp(error);
      }
    }
  }

  /** Rejects at once on abort. The next call waits for the worker to let go; if that takes too long, the worker is ended. */
  #cancellable<T>(life: Life, working: Promise<T>, signal?: AbortSignal): Promise<T> {
    const settled = working.then(
      () => {},
      () => {},
    );
    const cancel = () => {
      const { patienceMs = 10_000 } = this.#options;
      const timer = setTimeout(() => life.end('no answer after a cancel'), patienceMs);
      const letGo = settled.finally(() => (clearTimeout(timer), this.#lettingGo.delete(letGo)));
      this.#lettingGo.add(letGo);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    void settled.finally(() => signal?.removeEventListener('abort', cancel));
    return until(working, signal);
  }

  /** A new life with everything the last one held. Rejects with `EngineDied`, or with what kept a table from being made again. */
  async #bring(): Promise<Life> {
    let life: Life | undefined;
    try {
      const { startLife } = await import('./life.ts');
      life = await startLife(this.#options);
      await this.#refill(life);
    } catch (cause) {
      const expected = cause instanceof EngineDied || cause instanceof TesseraError;
      const reason = expected ? cause : new EngineDied(message(cause), { cause });
      life?.end(reason);
      this.#bury(reason instanceof EngineDied);
      throw reason;
    }
    if (this.#closed) life.end('closed');
    life.died.addEventListener('abort', () => this.#bury(true));
    if (this.#deaths > 0) this.#options.onRestart?.(RESTARTED);
    return life;
  }

  async #refill(life: Life): Promise<void> {
    for (const [path, file] of this.#replay.files) await life.register(path, file);
    const again = this.#replay.steps.map((step) =>
      step.kind === 'make' ? making({ make: step.name, as: step.select }) : dropping(step.name),
    );
    if (again.length > 0) await life.run(again);
    for (const path of this.#replay.releasedPaths) await life.release(path);
  }

  #bury(died: boolean): void {
    this.#life = undefined;
    if (!died || this.#closed) return;
    this.#deaths++;
    this.#deathsInARow++;
  }
}

const text = (statement: Sql | Making): string =>
  'make' in statement ? making(statement) : statement.text;
const making = ({ make, as }: Making): string =>
  sql`CREATE OR REPLACE TABLE ${id(make)} AS ${as}`.text;
const dropping = (name: string): string => sql`DROP TABLE IF EXISTS ${id(name)}`.text;
