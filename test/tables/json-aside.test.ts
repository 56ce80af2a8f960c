import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { openSource } from '../../src/files/source.ts';
import type { Mend } from '../../src/files/types.ts';
import { sql } from '../../src/lib/sql.ts';
import { Aside } from '../../src/tables/aside.ts';
import { asideCsv } from '../../src/tables/aside-csv.ts';
import { buildDataset } from '../../src/tables/build.ts';
import { describeColumns } from '../../src/tables/columns.ts';
import { importRaw } from '../../src/tables/raw.ts';
import { readCsv } from '../exports/read-csv.ts';
import { testDatabase } from '../support/duckdb.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

async function imported(content: string, mends: readonly Mend[] = [], name = 'orders.ndjson') {
  const file = new File([content], name);
  const opened = await openFile(file);
  const source = await openSource([file], [opened], {
    id: 't1',
    db: database,
    mends,
    passes: { count: (input) => countRecords(input), fingerprint },
  });
  const raw = await importRaw(database, source);
  const dataset = await buildDataset(database, raw, describeColumns(raw, { kind: 'orders' }));
  const aside = new Aside(database, raw, dataset.columns);
  const { ledger } = dataset;
  expect(ledger.read).toBe(ledger.kept + ledger.setAside.reduce((sum, { rows }) => sum + rows, 0));
  const entry = ledger.setAside.find(({ reason }) => reason === 'bad-json');
  const rows = entry ? await aside.page(entry, { from: 0, count: 1000 }) : [];
  const shown = rows.map(({ line, text }) => [aside.place(line).line, text]);
  return { dataset, raw, aside, ledger, entry, rows, shown, opened };
}

const order = (i: number) =>
  JSON.stringify({
    order_id: i,
    customer_id: `C${i % 7}`,
    date: '2024-03-01',
    note: 'a\nb',
    amount: i + 0.5,
  });
/** What stands in files that were cut off, put together by hand or written by a program that does not know JSON. */
const bad = [
  '{"order_id": 3, "customer_id": "C1", "da',
  'null',
  '17',
  '"text"',
  '[1, 2, 3]',
  'ERROR, could not read "row" 4, retry',
  ',,,,',
  '{"order_id": 1}{"order_id": 2}',
  "{'order_id': 5, 'customer_id': 'C2', 'date': '2024-03-02', 'amount': 2.5}",
  '{"order_id": 6, "customer_id": "C2", "date": "2024-03-03", "amount": NaN, }',
];

describe('lines that are no JSON', () => {
  it('are set aside with their line and text, wherever they stand, and every record is accounted for', async () => {
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(...bad) },
      { weight: 1, arbitrary: fc.constant('') },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, lineBreak) => {
          const all = [order(1000), ...lines.map((it, i) => it ?? order(i)), order(1001)];
          const it = await imported(all.join(lineBreak));
          const planted = all.flatMap((text, i) => (bad.includes(text) ? [[i + 1, text]] : []));
          expect(it.shown).toEqual(planted);
          expect(it.ledger.read).toBe(all.filter((text) => text !== '').length);
          expect(it.raw.profiles.rows).toBe(it.ledger.read - planted.length);
        },
      ),
      { numRuns: 25, seed: 3 },
    );
  });

  it('at the very beginning are set aside too, and so are those of a file of lists', async () => {
    const objects = await imported(
      ['oops', 'once', ...Array.from({ length: 12 }, (_, i) => order(i))].join('\n'),
    );
    expect(objects.shown).toEqual([
      [1, 'oops'],
      [2, 'once'],
    ]);
    const lists = Array.from({ length: 12 }, (_, i) =>
      JSON.stringify([`C${i % 4}`, '2024-03-01', i + 0.5]),
    );
    const names = '["customer_id", "date", "amount"]';
    const it = await imported(['oops', names, ...lists, '{"a": 1}'].join('\n'));
    expect(it.opened.headers).toEqual(['customer_id', 'date', 'amount']);
    expect(it.ledger.kept).toBe(12);
    expect(it.shown).toEqual([
      [1, 'oops'],
      [15, '{"a": 1}'],
    ]);
  });

  it('are still there when a name that comes late costs a second pass', async () => {
    const lines = Array.from({ length: 7000 }, (_, i) => (i % 1000 === 9 ? 'lost' : order(i)));
    const late = `${order(7001).slice(0, -1)}, "coupon": "X"}`;
    const it = await imported([...lines, late].join('\n'));
    expect(it.opened.headers).toContain('coupon');
    expect(it.shown).toEqual([9, 1009, 2009, 3009, 4009, 5009, 6009].map((i) => [i + 1, 'lost']));
  });

  it('inside a JSON document are elements of another shape, with the line on which they begin', async () => {
    const content = `{"orders": [\n${order(1)},\n 17, ${order(2)},\n[1,\n 2],\n"x\\ny",\n${order(3)}]}`;
    const it = await imported(content, [], 'orders.json');
    expect(it.ledger.kept).toBe(3);
    expect(it.shown).toEqual([
      [3, '17'],
      [4, '[1, 2]'],
      [6, '"x\\ny"'],
    ]);
  });

  it('that are many are a finding, and a file without a single record is refused', async () => {
    const half = Array.from({ length: 40 }, (_, i) => (i % 2 ? order(i) : bad[i % bad.length]!));
    const { dataset } = await imported(half.join('\n'));
    expect(dataset.findings.map(({ code }) => code)).toContain('many-bad-json');
    const none = new File([Array.from({ length: 6000 }, () => '{"a').join('\n')], 'a.ndjson');
    await expect(openFile(none)).rejects.toMatchObject({ code: expect.stringMatching(/^file-/) });
  });
});

describe('a line that is no JSON', () => {
  const content = [order(0), ...bad, order(11)].join('\n');

  it('is proposed as JSON where Python or a comma too many is all that is wrong', async () => {
    const { aside, rows, entry } = await imported(content);
    const proposed = rows.flatMap((row) => aside.propose(row)?.text ?? []);
    expect(proposed).toEqual([
      '{"order_id": 5, "customer_id": "C2", "date": "2024-03-02", "amount": 2.5}',
      '{"order_id": 6, "customer_id": "C2", "date": "2024-03-03", "amount": null}',
    ]);
    expect(await aside.proposeAll(entry!)).toHaveLength(2);
  });

  it('is mended as JSON or cell by cell, taken back, and undone', async () => {
    const before = await imported(content);
    const { aside, rows } = before;
    const [cut, , , , , , , two] = rows;
    expect(aside.check(cut!, cut!.text)).toBe('It is not one JSON record.');
    expect(aside.check(cut!, '{"order_id": 3, "shop": "B"}')).toBe(
      'The table has no column “shop”.',
    );
    expect(aside.cells(cut!, '{"order_id": 3, "customer_id": "C9"}')).toEqual([
      '3',
      'C9',
      '',
      '',
      '',
    ]);
    const text = aside.write(two!, ['8', 'C9', '2024-03-09', 'quiet, "calm"', '4.5'])!;
    expect(aside.cells(two!, text)).toEqual(['8', 'C9', '2024-03-09', 'quiet, "calm"', '4.5']);
    expect(aside.check(two!, text)).toBe(null);
    const mends = [
      aside.mend(cut!, '{"order_id": 3, "customer_id": "C9", "date": "2024-03-08", "amount": 1.5}'),
      aside.mend(two!, text),
    ];
    const after = await imported(content, mends);
    expect(after.ledger.read).toBe(before.ledger.read);
    expect(after.ledger.kept).toBe(before.ledger.kept + 2);
    expect(after.shown).toEqual(before.shown.filter((_, i) => i !== 0 && i !== 7));
    const asked = sql`SELECT order_id, note, amount::DOUBLE AS amount FROM raw WHERE customer_id = ${'C9'} ORDER BY line`;
    const found = (await database.query(asked)).toArray().map((row) => ({ ...row }));
    expect(found).toEqual([
      { order_id: '3', note: null, amount: 1.5 },
      { order_id: '8', note: 'quiet, "calm"', amount: 4.5 },
    ]);
    const undone = await imported(content);
    expect(undone.shown).toEqual(before.shown);
  });

  it('is exported with its line and its text', async () => {
    const { aside, ledger } = await imported(content);
    const entries = ledger.setAside.filter(({ reason }) => reason === 'bad-json');
    const [, ...lines] = readCsv(
      await (await asideCsv(aside, { entries, mode: 'exact' })).text(),
      ',',
    );
    expect(lines).toEqual(bad.map((text, i) => ['', String(i + 2), 'Not readable JSON', text]));
  });
});

it('bytes of JSON that are no UTF-8 are said', async () => {
  const latin = Uint8Array.from(
    [...`${order(1)}\n{"customer_id": "C1", "note": "caf`].map((c) => c.charCodeAt(0)),
  );
  const filler = new TextEncoder().encode(`${order(2)}\n`.repeat(4000));
  const file = new File([filler, latin, Uint8Array.of(0xe9), '"}\n'], 'a.ndjson');
  const { notes } = await openFile(file, { dialect: { encoding: 'utf-8' } });
  expect(notes.join(' ')).toMatch(/1 place of it is not UTF-8/);
});
