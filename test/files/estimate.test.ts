import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { estimate, MEASURED_RATE, type Device } from '../../src/files/estimate.ts';
import { openFile } from '../../src/files/open.ts';
import { probe } from '../../src/files/probe.ts';
import { tableBytes } from '../../src/files/table-bytes.ts';
import { sql } from '../../src/lib/sql.ts';
import { random } from '../../src/lib/random.ts';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { expectTables } from '../../src/tables/expected.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, importFile } from '../support/import.ts';

const data = new URL('../../../shared/data/', import.meta.url);
const device: Device = { limitBytes: 2e9, heldBytes: 0, bytesPerSecond: MEASURED_RATE };

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

const held = async () => {
  const table = await database.query(
    sql`SELECT sum(memory_usage_bytes)::DOUBLE AS bytes FROM duckdb_memory()`,
  );
  return Number(table.getChild('bytes')?.get(0));
};

/** What is said of a file before it is loaded, and what the engine then takes. */
async function compare(file: File) {
  const opened = await openFile(file);
  const seen = await probe(file, opened);
  const expected = expectTables(opened, seen);
  const said = estimate(seen, expected, device);
  const before = await held();
  const { raw, kind } = await importFile(database, file);
  const taken = (await held()) - before;
  for (const name of ['raw', 'orders', 'customers']) await database.drop(name);
  return { said, taken, rows: raw.count.kept, kind, expectedKind: expected.kind };
}

/** 300 columns of numbers and short codes. */
function wide(rows: number): string {
  const next = random(7);
  const header = Array.from({ length: 300 }, (_, i) => (i === 0 ? 'customer_id' : `m${i}`));
  const lines = Array.from({ length: rows }, (_, r) =>
    header.map((_, i) => (i === 0 ? `C${r}` : i % 3 === 0 ? `k${r % 17}` : next().toFixed(3))),
  );
  return [header, ...lines].map((cells) => cells.join(',')).join('\n') + '\n';
}

/** Notes of very different length, with line breaks, quotes and letters beyond ASCII. */
function notes(rows: number): string {
  const next = random(8);
  const lines = Array.from({ length: rows }, (_, r) => {
    const note = 'größer, "schöner"\n'.replaceAll('"', '""').repeat(Math.floor(next() ** 3 * 40));
    return `N${r},C${Math.floor(next() * 900)},2024-0${1 + (r % 9)}-11,"${note}",${(next() * 90).toFixed(2)}`;
  });
  return `note_id,customer_id,date,note,amount\n${lines.join('\n')}\n`;
}

const files: readonly (readonly [string, () => Promise<File> | File, boolean])[] = [
  ...(['coffee', 'fashion'] as const).map(
    (scheme) =>
      [
        `${scheme} sample`,
        async () =>
          new File([await makeBlob(specOf(scheme, { customers: 1_500 }), 'transactions')], 'o.csv'),
        true,
      ] as const,
  ),
  [
    'phone sample',
    async () =>
      new File([await makeBlob(specOf('phone', { customers: 2_000 }), 'customers')], 'p.csv'),
    true,
  ],
  ['300 columns', () => fileOf(wide(2_500)), true],
  ['long notes', () => fileOf(notes(20_000)), true],
  ...[
    'online-retail/online_retail.csv.gz',
    'hillstrom/hillstrom.csv',
    'completejourney/promotions_sample.csv.gz',
    'completejourney/transactions_sample.csv',
    'womens-clothing-reviews/reviews.csv.gz',
    'movielens-latest-small/ratings.csv',
    'adult/adult.data.gz',
  ].map((path) => {
    const read = () => {
      const bytes = readFileSync(new URL(path, data));
      return fileOf(Uint8Array.from(path.endsWith('.gz') ? gunzipSync(bytes) : bytes));
    };
    return [path, read, existsSync(new URL(path, data))] as const;
  }),
];

describe('before a file is loaded', () => {
  it.each(files)('rows within 2 %, memory within 25 %: %s', async (_, make, has) => {
    if (!has) return void console.log('skipped: the shared data is not here');
    const { said, taken, rows, kind, expectedKind } = await compare(await make());
    expect(Math.abs(said.rows.about / rows - 1)).toBeLessThan(0.02);
    expect(Math.abs((said.rawBytes + said.cleanBytes) / taken - 1)).toBeLessThan(0.25);
    expect(said.columns.every(({ bytes }) => bytes > 0)).toBe(true);
    expect(expectedKind).toBe(kind);
  });

  it('a small file is counted, not estimated', async () => {
    const file = fileOf('id,amount\n' + 'a,1\n'.repeat(321));
    const { rows } = await probe(file, await openFile(file));
    expect(rows).toEqual({ about: 321, low: 321, high: 321 });
  });

  it('the interval of the rows holds the truth in at least 18 of 20 files whose records grow and shrink', async () => {
    const next = random(3);
    let held = 0;
    for (let f = 0; f < 20; f++) {
      const lines = Array.from(
        { length: 70_000 },
        (_, r) =>
          `${r},${'x'.repeat(Math.floor(30 + 60 * next() + 50 * Math.sin((f * r) / 9_000) ** 2))}`,
      );
      const file = fileOf(`id,text\n${lines.join('\n')}\n`);
      const { rows } = await probe(file, await openFile(file));
      expect(rows.low).toBeLessThan(rows.high);
      if (rows.low <= 70_000 && 70_000 <= rows.high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(18);
  });

  it('the time asked for is a fraction of a second, whatever the size of the file', async () => {
    const piece = new Blob([`${'1234,some words here,2024-01-01,9.99\n'.repeat(30_000)}`]);
    const file = new File(['id,words,date,amount\n', ...Array<Blob>(200).fill(piece)], 'big.csv');
    const opened = await openFile(file); // 222 MB
    const start = performance.now();
    const { rows } = await probe(file, opened);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(Math.abs(rows.about / 6_000_000 - 1)).toBeLessThan(0.001);
  });
});

it.each([
  [500_000, sql`i::DOUBLE`, { kind: 'number', textBytes: 0 }],
  [122_880, sql`epoch_ms(i)`, { kind: 'date', textBytes: 0 }],
  [200_000, sql`i % 2 = 0`, { kind: 'yes-no', textBytes: 0 }],
  [300_000, sql`right(repeat('0', 30) || i, 30)`, { kind: 'text', textBytes: 30 }],
  [300_000, sql`''`, { kind: 'text', textBytes: 0 }],
  [10_000, sql`repeat('x', 300)`, { kind: 'text', textBytes: 300 }],
  [1, sql`'x'`, { kind: 'text', textBytes: 1 }],
] as const)(
  '%d rows of one column take what is said, within 8 %%',
  async (rows, select, column) => {
    const before = await held();
    await database.make('t', sql`SELECT ${select} AS it FROM range(${rows}) r(i)`);
    const taken = (await held()) - before;
    await database.drop('t');
    expect(Math.abs(tableBytes(rows, [column]) / taken - 1)).toBeLessThan(0.08);
  },
);

it('no rows take no room', () => {
  expect(tableBytes(0, [{ kind: 'text', textBytes: 9 }])).toBe(0);
});
