import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import type { Portion } from '../../src/files/fit.ts';
import { openFile } from '../../src/files/open.ts';
import { probe } from '../../src/files/probe.ts';
import { sql } from '../../src/lib/sql.ts';
import { loadingOf, portionWords } from '../../src/tables/partial.ts';
import { shareKept } from '../../src/tables/share-kept.ts';
import { planColumns } from '../../src/tables/raw.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, open } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

const LINES = 6_000;
const country = ['France', 'Spain', 'Peru'];
/** One order line: customer r % 400 (none in every 50th), a day that moves on with the file, an amount that cannot be read in line 7. */
const line = (r: number) =>
  [
    1000 + Math.floor(r / 3),
    r % 50 === 0 ? '' : 17_000 + ((r * 7) % 400),
    new Date(Date.UTC(2023, 0, 1) + Math.floor(r / 10) * 86_400_000).toISOString().slice(0, 10),
    `"Thing, ${r % 9}"`,
    r === 7 ? 'soon' : (r % 100) + 0.5,
    country[r % 3],
  ].join(',');
const header = 'order_id,customer_id,date,product,amount,country';
const csv = `${header}\n${Array.from({ length: LINES }, (_, r) => line(r)).join('\n')}\n`;

/** Table `raw` of the portion, as text cells, and how many records the database read for it. */
async function load(portion: Portion, text = csv) {
  const whole = await open(database, fileOf(text));
  const loading = loadingOf(whole, portion);
  const { columns } = planColumns(loading.source);
  const reading = { path: whole.path, dialect: whole.dialect, columns, strict: true };
  await database.make('raw', loading.table(reading));
  const rows = (await database.query(sql`SELECT * FROM raw`)).toArray().map((row) => row.toJSON());
  const read = (await database.query(loading.read(reading, 'raw'))).getChild('rows')?.get(0);
  await database.release(whole.path);
  return { rows, read, columns };
}
const linesOf = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) => Number(row['line']));
const kept = (test: (r: number) => boolean) =>
  Array.from({ length: LINES }, (_, r) => r)
    .filter(test)
    .map((r) => r + 1);

describe('a part of a file', () => {
  it('without a restriction is the whole file', async () => {
    const { rows, read } = await load({});
    expect(linesOf(rows)).toEqual(kept(() => true));
    expect(read).toBe(LINES);
    expect(rows[7]).toMatchObject({ amount: null, unreadable: '4\x1fsoon' });
  });

  it('has the chosen columns only; what cannot be read is told by their new places', async () => {
    const { rows, columns } = await load({ columns: ['amount', 'customer_id', 'date'] });
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['customer_id', 'text'],
      ['date', 'date'],
      ['amount', 'number'],
    ]);
    expect(Object.keys(rows[0]!)).toEqual(['customer_id', 'date', 'amount', 'line', 'unreadable']);
    expect(rows[7]).toMatchObject({ amount: null, unreadable: '2\x1fsoon' });
    expect(rows.map((row) => row['amount'])).toEqual(
      Array.from({ length: LINES }, (_, r) => (r === 7 ? null : (r % 100) + 0.5)),
    );
  });

  it('keeps every line of the customers drawn, by the MD5 of seed and id, and of nobody else', async () => {
    const sample = { share: 0.3, by: 'customer', column: 'customer_id', seed: 5 } as const;
    const { rows, read } = await load({ sample });
    const drawn = (customer: string) => {
      const digest = createHash('md5').update(`5:${customer}`).digest();
      return Number(digest.readBigUInt64LE(8) % 1_000_000n) < 300_000;
    };
    const expected = kept((r) => r % 50 !== 0 && drawn(String(17_000 + ((r * 7) % 400))));
    expect(linesOf(rows)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1_000);
    expect(read).toBe(LINES);
  });

  it('another seed draws other customers, the same seed the same', async () => {
    const draw = async (seed: number) =>
      linesOf(
        (await load({ sample: { share: 0.2, by: 'customer', column: 'customer_id', seed } })).rows,
      );
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(2)).not.toEqual(await draw(1));
  });

  it.each([0.5, 0.33, 0.1, 0.007, 1])('spreads %d of the records evenly', async (share) => {
    const { rows } = await load({ sample: { share, by: 'record', seed: 3 } });
    expect(Math.abs(rows.length - share * LINES)).toBeLessThanOrEqual(1);
    const lines = linesOf(rows);
    const gaps = lines.slice(1).map((each, i) => each - lines[i]!);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  });

  it('keeps dates in a span, both days included, and values from a list', async () => {
    const where = [
      { column: 'date', from: '2023-02-01', to: '2023-02-10' },
      { column: 'country', is: ['Peru', "d'Or; DROP TABLE raw"] },
    ];
    const { rows } = await load({ where });
    expect(linesOf(rows)).toEqual(kept((r) => r >= 310 && r < 410 && r % 3 === 2));
  });

  it('keeps what the conditions need, also where it was left out', async () => {
    const { columns } = await load({
      columns: ['amount', 'order_id'],
      where: [{ column: 'country', is: ['Peru'] }],
    });
    expect(columns.map(({ name }) => name)).toEqual(['order_id', 'amount', 'country']);
  });

  it('may have columns called like anything', async () => {
    const text = `left out 0,"a"";DROP TABLE raw",__proto__,left out 3\n${'w,x,1,z\n'.repeat(20)}`;
    const { rows, columns } = await load({ columns: ['left out 0', '__proto__'] }, text);
    expect(rows.length).toBe(20);
    expect(columns.map(({ name }) => name)).toEqual(['left out 0', '__proto__']);
    expect(rows[0]).toMatchObject({ 'left out 0': 'w', unreadable: null });
    const { rows: others } = await load({ columns: ['left out 3'] }, text);
    expect(others[0]).toMatchObject({ 'left out 3': 'z' });
  });

  it('a condition on a column that is not there, a share that is none, and no column at all are refused', async () => {
    await expect(load({ where: [{ column: 'nowhere', is: ['x'] }] })).rejects.toThrow('nowhere');
    await expect(load({ sample: { share: 0, by: 'record', seed: 1 } })).rejects.toThrow('no share');
    await expect(load({ columns: ['nowhere'] })).rejects.toThrow(RangeError);
  });
});

it('what the conditions keep is known from slices, and the interval holds the truth', async () => {
  const file = fileOf(
    `${header}\n${Array.from({ length: 150_000 }, (_, r) => line(r)).join('\n')}\n`,
  );
  const opened = await openFile(file);
  const seen = await probe(file, opened);
  const { columns } = planColumns(opened);
  const share = (where: Portion['where']) =>
    shareKept(database.query, { seen, columns }, { where: where ?? [] });
  expect(await share([])).toEqual({ about: 1, low: 1, high: 1 });
  const peru = await share([{ column: 'country', is: ['Peru'] }]);
  expect(peru.about).toBeCloseTo(1 / 3, 2);
  const late = await share([{ column: 'date', from: '2050-01-01' }]); // the last third of the file
  const truth = 1 - (10 * (Date.UTC(2050, 0, 1) - Date.UTC(2023, 0, 1))) / 86_400_000 / 150_000;
  expect(late.low).toBeLessThan(truth);
  expect(late.high).toBeGreaterThan(truth);
  expect(late.about).toBeCloseTo(truth, 1);
  expect(await share([{ column: 'country', is: ['Mars'] }])).toEqual({ about: 0, low: 0, high: 0 });
});

it('says why rows are not there', () => {
  const words = portionWords({
    where: [
      { column: 'date', from: '2024-01-01' },
      { column: 'country', is: ['Peru', 'Spain'] },
    ],
    sample: { share: 0.1, by: 'customer', column: 'id', seed: 1 },
  });
  expect(words).toMatch(
    /^only where date is from .*2024; only where country is Peru or Spain; only 10 % of the customers, with all their rows$/,
  );
});
