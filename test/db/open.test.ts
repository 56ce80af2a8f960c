import { afterEach, expect, it } from 'vitest';
import type { EngineOptions } from '../../src/db/open.ts';
import type { Engine } from '../../src/db/query.ts';
import { sql } from '../../src/lib/sql.ts';
import { NodeWorker, testEngine } from '../support/engine.ts';

let running: Engine | undefined;
afterEach(() => running?.close());
function fresh(options: Partial<EngineOptions> = {}) {
  const made = testEngine(options);
  running = made.engine;
  return made;
}

const slow = sql`SELECT count(*)::DOUBLE AS n FROM (SELECT row_number() OVER (ORDER BY hash(i)) FROM range(1000000) t(i))`;
const endless = sql`SELECT sum(a.i * b.i) FROM range(300000) a(i), range(300000) b(i)`;
const traps = sql`SELECT length(repeat('x', 3000000000))`; // wasm: memory access out of bounds
/** Takes time and space that double with each level while the engine hears nothing: it must be ended from outside. */
const deaf = sql`SELECT ${Array.from({ length: 990 }).reduce((inner) => sql`[${inner as typeof slow}]`, sql`1`) as typeof slow}`;
const number = async (engine: Engine, statement = sql`SELECT sum(a)::DOUBLE AS n FROM kept`) =>
  (await engine.query(statement)).getChild('n')!.get(0);
const later = (ms: number, act: () => void) => void setTimeout(act, ms);

it('starts no worker before it is needed, and one for all who need it', async () => {
  const { engine, workers } = fresh();
  expect(workers.length).toBe(0);
  await Promise.all([engine.start(), engine.query(sql`SELECT 1`), engine.query(sql`SELECT 2`)]);
  expect([workers.length, engine.deaths]).toEqual([1, 0]);
});

it('when the worker vanishes, makes files and tables again and runs what was under way', async () => {
  const said: string[] = [];
  const { engine, workers } = fresh({ onRestart: (sentence) => said.push(sentence) });
  const path = await engine.register(new File(['a,b\n1,x\n2,y\n'], 'orders.csv'));
  await engine.make('raw', sql`SELECT a, b FROM read_csv(${path})`);
  await engine.make('kept', sql`SELECT a * 10 AS a FROM raw`);
  await engine.drop('raw');
  await engine.release(path);
  const answer = engine.query(slow);
  later(100, () => workers[0]!.terminate());
  expect((await answer).getChild('n')!.get(0)).toBe(1_000_000);
  expect(await number(engine)).toBe(30);
  expect([engine.deaths, workers.length, said.length]).toEqual([1, 2, 1]);
  await expect(engine.query(sql`FROM raw`)).rejects.toMatchObject({ code: 'query-failed' }); // dropped stays dropped
  await expect(engine.query(sql`FROM read_csv(${path})`)).rejects.toMatchObject({
    code: 'query-failed',
  });
});

it('calls made while it restarts wait for it; a death between two statements costs nothing', async () => {
  const { engine, workers } = fresh();
  await engine.make('kept', sql`SELECT 5 AS a`);
  workers[0]!.terminate();
  expect(await Promise.all([number(engine), number(engine), number(engine)])).toEqual([5, 5, 5]);
  expect(workers.length).toBe(2);
});

it('a statement that traps is tried once more, then told as a sentence; what ran beside it is not lost', async () => {
  const { engine } = fresh();
  await engine.make('kept', sql`SELECT 5 AS a`);
  const beside = number(engine, slow);
  await expect(engine.query(traps)).rejects.toMatchObject({ code: 'out-of-memory' });
  expect(await beside).toBe(1_000_000);
  expect(await number(engine)).toBe(5);
  expect(engine.deaths).toBe(2);
});

it('a cancelled statement that keeps the worker is ended with it', async () => {
  const { engine } = fresh({ patienceMs: 300 });
  await engine.make('kept', sql`SELECT 5 AS a`);
  const controller = new AbortController();
  const stuck = engine.query(deaf, controller.signal);
  later(200, () => controller.abort());
  await expect(stuck).rejects.toMatchObject({ name: 'AbortError' });
  expect(await number(engine)).toBe(5);
  expect(engine.deaths).toBe(1);
});

it('after three deaths in a row says so plainly, and tries afresh when asked again', async () => {
  const { engine, workers } = fresh();
  await engine.make('kept', sql`SELECT 5 AS a`);
  const doomed = engine.query(endless);
  const kill = setInterval(() => workers.at(-1)!.terminate(), 50);
  await expect(doomed).rejects.toMatchObject({ code: 'engine-unavailable' });
  clearInterval(kill);
  expect(engine.deaths).toBe(3);
  expect(await number(engine)).toBe(5);
});

it('an abort while the engine starts rejects at once, and the engine is there for the next', async () => {
  const { engine, workers } = fresh();
  const controller = new AbortController();
  const waiting = engine.query(sql`SELECT 1`, controller.signal);
  later(50, () => controller.abort());
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(await number(engine, sql`SELECT 1::DOUBLE AS n`)).toBe(1);
  expect(workers.length).toBe(1);
});

it('an abort while it restarts is an abort, not a failure', async () => {
  const { engine, workers } = fresh();
  await engine.start();
  const controller = new AbortController();
  const doomed = engine.query(endless, controller.signal);
  later(100, () => workers[0]!.terminate());
  later(250, () => controller.abort());
  await expect(doomed).rejects.toMatchObject({ name: 'AbortError' });
});

it('a worker that cannot start is engine-unavailable, and is tried again by the next call', async () => {
  let broken = true;
  const { engine } = fresh({
    startWorker: () => {
      if (broken) throw new TypeError('This document requires TrustedScriptURL');
      return new NodeWorker() as unknown as Worker;
    },
  });
  await expect(engine.start()).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: expect.stringContaining('TrustedScriptURL'),
  });
  broken = false;
  expect((await engine.query(sql`SELECT 1`)).numRows).toBe(1);
});

it('a wasm that is not there is engine-unavailable', async () => {
  const { engine } = fresh({ wasmUrl: '/nowhere/duckdb.wasm' });
  await expect(engine.start()).rejects.toMatchObject({ code: 'engine-unavailable' });
});

it('a table that cannot be made again says why, and can be given up', async () => {
  let changed = false;
  const { engine, workers } = fresh({
    register: async (db, path, file) => {
      const text = changed ? 'a\nnot a number\n' : await file.text();
      await db.registerFileBuffer(path, new TextEncoder().encode(text));
    },
  });
  const path = await engine.register(new File(['a\n1\n'], 'orders.csv'));
  await engine.make('kept', sql`SELECT 5 AS a`);
  await engine.make(
    'lost',
    sql`FROM read_csv(${path}, header = true, auto_detect = false, columns = {a: 'INTEGER'})`,
  );
  changed = true;
  workers[0]!.terminate();
  await expect(number(engine)).rejects.toMatchObject({
    code: 'query-failed',
    message: expect.stringContaining('not a number'),
  });
  await engine.drop('lost');
  await engine.release(path);
  expect(await number(engine)).toBe(5);
});

it('once closed, everything rejects', async () => {
  const { engine } = fresh();
  await engine.start();
  const under = engine.query(endless);
  later(50, () => engine.close());
  await expect(under).rejects.toMatchObject({ code: 'engine-unavailable' });
  await expect(engine.query(sql`SELECT 1`)).rejects.toMatchObject({ code: 'engine-unavailable' });
});
