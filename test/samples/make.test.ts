import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { unattended, type Job, type Progress } from '../../src/lib/job.ts';
import { makeBlob, makeRows, makeTable, streamTable } from '../../src/samples/make.ts';
import { samples, specOf, tablesOf } from '../../src/samples/schemes.ts';
import type { SchemeId, TableId } from '../../src/samples/types.ts';
import { golden } from './golden.ts';
import { bytesOf, parse } from './read.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const schemes: SchemeId[] = ['coffee', 'fashion', 'phone'];
const every = schemes.flatMap((scheme) =>
  [...tablesOf(specOf(scheme)).keys()].map((table): [SchemeId, TableId] => [scheme, table]),
);

it('the bytes of each table at 200 customers are those of the last release', async () => {
  const found: Record<string, string> = {};
  for (const [scheme, table] of every)
    found[`${scheme} ${table}`] = sha(await bytesOf(specOf(scheme, { customers: 200 }), table));
  expect(found).toEqual(golden);
});

it.each(every.filter(([, table]) => table !== 'products' && table !== 'campaigns'))(
  '%s %s: the same seed gives the same bytes, another seed others',
  async (scheme, table) => {
    const spec = specOf(scheme, { customers: 60 });
    const once = await bytesOf(spec, table);
    expect(once.equals(await bytesOf(spec, table))).toBe(true);
    expect(once.equals(await bytesOf({ ...spec, seed: 2 }, table))).toBe(false);
  },
);

it.each(every)(
  '%s %s reads back as a table whose columns are named once',
  async (scheme, table) => {
    const [header, ...rows] = parse(
      (await bytesOf(specOf(scheme, { customers: 200 }), table)).toString(),
    );
    expect(new Set(header).size).toBe(header!.length);
    expect(rows.length).toBeGreaterThan(0);
  },
);

it('a customer can be made alone, and the number of the others changes nothing', async () => {
  for (const [scheme, table] of every) {
    const few = (await bytesOf(specOf(scheme, { customers: 6 }), table)).toString();
    const more = (await bytesOf(specOf(scheme, { customers: 12 }), table)).toString();
    expect(more.startsWith(few)).toBe(true);
    if (table === 'products' || table === 'campaigns') continue;
    const alone = Array.from({ length: 6 }, (_, i) =>
      Buffer.from(makeRows(specOf(scheme), table, i)).toString(),
    );
    expect(few.slice(few.indexOf('\n') + 1)).toBe(alone.join(''));
  }
});

it('pieces are about a megabyte, end with whole rows, and together are the table', async () => {
  const spec = specOf('coffee', { customers: 1_000 });
  const pieces: Buffer[] = [];
  for await (const piece of makeTable(spec, 'transactions')) pieces.push(Buffer.from(piece));
  expect(pieces.length).toBeGreaterThan(2);
  for (const piece of pieces.slice(0, -1)) {
    expect(piece.at(-1)).toBe(10);
    expect(piece.length).toBeGreaterThan(1e6);
    expect(piece.length).toBeLessThan(1.3e6);
  }
  const rows = pieces.reduce((sum, piece, i) => {
    const text = piece.toString();
    return sum + parse(i === 0 ? text : `${'x,'.repeat(10)}x\n${text}`).length - 1;
  }, 0);
  expect(rows).toBe(parse(Buffer.concat(pieces).toString()).length - 1);
});

it('the stream and the Blob hold the same bytes as the pieces', async () => {
  const spec = specOf('fashion', { customers: 700 });
  const bytes = await bytesOf(spec, 'transactions');
  expect(bytes.length).toBeGreaterThan(1e6);
  const streamed = Buffer.from(await new Response(streamTable(spec, 'transactions')).arrayBuffer());
  const blob = await makeBlob(spec, 'transactions');
  expect(streamed.equals(bytes)).toBe(true);
  expect(Buffer.from(await blob.arrayBuffer()).equals(bytes)).toBe(true);
  expect(blob.type).toBe('text/csv');
});

it('a reader who stops reading stops the work', async () => {
  let last = 0;
  const job: Job = { ...unattended, progress: (_stage, done) => (last = done) };
  const reader = streamTable(
    specOf('coffee', { customers: 1_000_000 }),
    'transactions',
    job,
  ).getReader();
  expect((await reader.read()).value!.length).toBeGreaterThan(1e6);
  await reader.cancel();
  expect(last).toBeLessThan(2_000);
});

it('progress grows to the number of customers', async () => {
  const seen: Progress[] = [];
  const progress = (stage: string, done: number, total: number) =>
    void seen.push({ stage, done, total });
  await makeBlob(specOf('coffee', { customers: 1_500 }), 'transactions', {
    ...unattended,
    progress,
  });
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.at(-1)).toMatchObject({ done: 1_500, total: 1_500 });
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
});

it.each([0, 5])('a job cancelled at breath %i throws the reason there', async (at) => {
  const controller = new AbortController();
  let breaths = 0;
  const job: Job = {
    signal: controller.signal,
    progress: () => {},
    breathe: async () => void (breaths++ === at && controller.abort()),
  };
  const call = makeBlob(specOf('coffee', { customers: 100_000 }), 'transactions', job);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(breaths).toBe(at + 1);
});

it('no customers is a header, one customer is enough, and one day is a period', async () => {
  for (const [scheme, table] of every) {
    const none = await bytesOf(specOf(scheme, { customers: 0 }), table);
    if (table !== 'products' && table !== 'campaigns')
      expect(none.toString().split('\n').length).toBe(2);
    parse((await bytesOf(specOf(scheme, { customers: 1 }), table)).toString());
    parse(
      (await bytesOf(specOf(scheme, { customers: 30, to: specOf(scheme).from }), table)).toString(),
    );
  }
});

it('other dates give orders on those dates', async () => {
  const spec = specOf('coffee', { customers: 200, from: '2030-02-01', to: '2031-01-31' });
  const [, ...rows] = parse((await bytesOf(spec, 'transactions')).toString());
  const days = rows.map((row) => row[2]!.slice(0, 10)).sort();
  expect(rows.length).toBeGreaterThan(1_000);
  expect(days[0]! >= '2030-02-01' && days.at(-1)! <= '2031-01-31').toBe(true);
});

it.each([
  [{ customers: -1 }],
  [{ customers: 1.5 }],
  [{ customers: NaN }],
  [{ customers: 1_000_001 }],
  [{ seed: 0.5 }],
  [{ from: '2024-02-30' }],
  [{ from: 'soon' }],
  [{ from: '2025-12-31' }],
  [{ from: '2010-01-01' }],
])('%j is refused', (change) => {
  expect(() => tablesOf(specOf('coffee', change))).toThrow(RangeError);
});

it('a table that the scheme does not have is refused by name', async () => {
  await expect(bytesOf(specOf('phone'), 'transactions')).rejects.toThrow(
    'phone has no table "transactions"',
  );
});

it('the samples on offer are small enough to open fast', async () => {
  for (const { spec, table, id } of samples) {
    const bytes = await bytesOf(spec, table);
    const lines = bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    expect([id, lines > 5_000 && lines <= 250_001 && bytes.length < 30e6]).toEqual([id, true]);
  }
});
