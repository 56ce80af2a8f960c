import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/db/query.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords } from '../../src/files/scan.ts';
import { openSource } from '../../src/files/source.ts';
import { explain } from '../../src/lib/errors.ts';
import { unattended, type Job } from '../../src/lib/job.ts';
import { sql, type Sql } from '../../src/lib/sql.ts';
import { importRaw } from '../../src/tables/raw.ts';
import { testEngine } from '../support/engine.ts';
import { fileOf, open } from '../support/import.ts';

let running: Engine | undefined;
afterEach(() => running?.close());

/** An engine that may hold `megabytes`, with a project in it: 1,000 rows that sum to 499,500. */
async function small(megabytes: number): Promise<Engine> {
  const { engine } = testEngine({ memoryLimit: megabytes * 1e6 });
  running = engine;
  await engine.make('kept', sql`SELECT i::DOUBLE AS a FROM range(1000) r(i)`);
  return engine;
}
const sum = async (engine: Engine) =>
  (await engine.query(sql`SELECT sum(a) AS it FROM kept`)).getChild('it')?.get(0);

const wide = (rows: number): Sql => sql`
  SELECT i, hash(i) AS h, hash(i)::VARCHAR || ' ' || hash(-i)::VARCHAR AS text FROM range(${rows}) r(i)`;
const sorted = (rows: number) =>
  sql`SELECT text, row_number() OVER (ORDER BY h, text) AS place FROM (${wide(rows)})`;
const grouped = (rows: number) =>
  sql`SELECT text, count(*) AS n, list(h) AS all_of FROM (${wide(rows)}) GROUP BY text`;
const joined = (rows: number) =>
  sql`SELECT a.text, b.h FROM (${wide(rows)}) a JOIN (${wide(rows)}) b ON a.text = b.text`;

describe('out of memory', () => {
  const ways: readonly (readonly [string, (engine: Engine, size: number) => Promise<unknown>])[] = [
    [
      'an import',
      async (engine, size) => {
        const lines = Array.from(
          { length: 60_000 * size },
          (_, r) => `${r},${'text '.repeat(12)}${r}`,
        );
        await importRaw(engine, await open(engine, fileOf(`id,text\n${lines.join('\n')}\n`)));
      },
    ],
    ['a sort', (engine, size) => engine.make('big', sorted(700_000 * size))],
    ['a group by', (engine, size) => engine.make('big', grouped(700_000 * size))],
    ['a join', (engine, size) => engine.make('big', joined(700_000 * size))],
  ];
  it.each(ways)(
    'in %s ends in its sentence, 5 times of 5; the tables are whole and the engine goes on',
    async (_, exhaust) => {
      const engine = await small(20);
      for (const size of [1, 2, 1, 2, 1]) {
        const error = await exhaust(engine, size).catch((caught: unknown) => caught);
        expect(error).toMatchObject({ code: 'out-of-memory' });
        expect(explain(error)).toContain('Leave out columns');
        expect(await sum(engine)).toBe(499_500);
        await engine.make('next', sql`SELECT a + 1 AS a FROM kept`); // work goes on
      }
      expect(await engine.memory()).toBeLessThan(10e6); // nothing of it is left over
    },
  );

  it('where the machine itself has no more, the engine dies, comes back with its tables, and says the same', async () => {
    const engine = await small(500);
    const error = await engine
      .query(sql`SELECT length(repeat('x', 3000000000))`)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'out-of-memory' });
    expect(engine.deaths).toBe(2);
    expect(await sum(engine)).toBe(499_500);
  });

  it('after a death with little memory left the tables come back, what does not fit is told, and giving one up makes room', async () => {
    const { engine, workers } = testEngine({ memoryLimit: 60e6 });
    running = engine;
    await engine.make('kept', sql`SELECT i::DOUBLE AS a FROM range(1000) r(i)`);
    await engine.make('first', sql`SELECT i FROM range(2000000) r(i)`);
    await engine.make('second', sql`SELECT i FROM range(2000000) r(i)`);
    workers[0]!.terminate();
    expect(await sum(engine)).toBe(499_500);
    await expect(
      engine.make('third', sql`SELECT i FROM range(4000000) r(i)`),
    ).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    await engine.drop('second');
    await engine.make('third', sql`SELECT i FROM range(1000000) r(i)`);
    expect(await sum(engine)).toBe(499_500);
  });
});

describe('a file of 500 MB', () => {
  const line =
    '536365,13901A,CUPID METAL CREAM,12,2022-01-01 00:00:00,11.79,15535,United Kingdom,phone\n';
  const header = 'invoice,code,description,quantity,date,price,customer,country,channel\n';

  it('stops for the person within 0.5 s, wherever the cancel comes, and the engine answers soon after', async () => {
    const { engine } = testEngine();
    running = engine;
    await engine.make('kept', sql`SELECT i::DOUBLE AS a FROM range(1000) r(i)`);
    const piece = new Blob([line.repeat(57_500)]); // 5 MB
    const file = new File([header, ...Array<Blob>(100).fill(piece)], 'big.csv');
    const opened = await openFile(file);
    for (const afterMs of [300, 900, 1_700]) {
      const stop = new AbortController();
      const job: Job = { ...unattended, signal: stop.signal };
      const source = await openSource([file], [opened], {
        id: 't1',
        db: engine,
        passes: { count: (input) => countRecords(input, job), fingerprint: async () => '' },
      });
      let cancelled = Infinity;
      setTimeout(() => ((cancelled = performance.now()), stop.abort()), afterMs);
      await expect(importRaw(engine, source, { signal: stop.signal })).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(performance.now() - cancelled).toBeLessThan(500);
      expect(await sum(engine)).toBe(499_500);
      expect(performance.now() - cancelled).toBeLessThan(10_000); // the worker hears it after the stretch of records that it is at
      await engine.release(source.path); // refused while anything still reads it
      expect(await engine.memory()).toBeLessThan(10e6); // what was read so far is given back
    }
    await engine.make('raw', sql`SELECT 1 AS a`); // no transaction was left open that holds the name
    expect(engine.deaths).toBe(0);
  }, 180_000); // it is copied three times, which a busy machine takes its time for
});
