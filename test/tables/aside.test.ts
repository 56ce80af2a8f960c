import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { addMends, mendOf } from '../../src/files/mend.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { openSource } from '../../src/files/source.ts';
import type { Mend } from '../../src/files/types.ts';
import { Aside } from '../../src/tables/aside.ts';
import { asideCsv } from '../../src/tables/aside-csv.ts';
import { buildDataset } from '../../src/tables/build.ts';
import { describeColumns } from '../../src/tables/columns.ts';
import { importRaw } from '../../src/tables/raw.ts';
import { setAside } from '../../src/tables/ledger.ts';
import { sql } from '../../src/lib/sql.ts';
import type { SetAside } from '../../src/tables/types.ts';
import { readCsv } from '../exports/read-csv.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

const dialect = { delimiter: ',', quote: '"', escape: '"', header: true, skip: 0 } as const;
const roles = { kind: 'orders' as const };

async function imported(files: File | readonly File[], mends: readonly Mend[] = []) {
  const all = files instanceof File ? [files] : files;
  const openeds = await Promise.all(
    all.map((file) => openFile(file, { dialect: { ...dialect, encoding: 'utf-8' } })),
  );
  const source = await openSource(all, openeds, {
    id: 't1',
    db: database,
    mends,
    passes: { count: (input) => countRecords(input), fingerprint },
  });
  const raw = await importRaw(database, source);
  const dataset = await buildDataset(database, raw, describeColumns(raw, roles));
  const aside = new Aside(database, raw, dataset.columns);
  const entry = (reason: SetAside['reason']) => {
    const found = dataset.ledger.setAside.find((each) => each.reason === reason);
    if (!found) throw new Error(`nothing is set aside as ${reason}`);
    return found;
  };
  const lines = async (reason: SetAside['reason'], from = 0, count = 1000) =>
    (await aside.page(entry(reason), { from, count })).map(({ line, text }) => [line, text]);
  return { source, raw, dataset, aside, entry, lines };
}

function addsUp({ dataset }: Awaited<ReturnType<typeof imported>>) {
  const { ledger, scan } = dataset;
  expect(ledger.read).toBe(ledger.kept + ledger.setAside.reduce((sum, { rows }) => sum + rows, 0));
  expect(ledger.read).toBe(scan.records);
}

const head = 'order_id,customer_id,date,note,amount';
/** 3,000 lines of which some are set aside, each for one reason that is known from its place. */
const planted = Array.from({ length: 3000 }, (_, i) => {
  const at = `2024-03-${10 + (i % 20)}`;
  if (i % 100 === 7) return `${i},,${at},"no one, here",5`;
  if (i % 100 === 13) return `${i},A${i % 50},soon,"a\nb",5`;
  if (i % 100 === 29) return `${i},A${i % 50},${at},no amount here,`;
  if (i % 100 === 31) return `${i},A${i % 50},${at},one, two words,5`;
  if (i % 100 === 57) return `${i},A${i % 50},${at},"never closed,5`;
  return `${i},A${i % 50},${at},note ${i} is quiet,${i % 9}.5`;
});
const plantedLines = planted.reduce<{ lines: number[]; next: number }>(
  ({ lines, next }, text) => ({
    lines: [...lines, next],
    next: next + text.split('\n').length,
  }),
  { lines: [], next: 2 },
).lines;
const expected = (place: number) =>
  planted.flatMap((text, i) => (i % 100 === place ? [[plantedLines[i], text]] : []));
const plantedFile = () => fileOf([head, ...planted, ''].join('\n'));

describe('rows set aside', () => {
  it('are all reached page by page, as they stand in the file, whatever set them aside', async () => {
    const it = await imported(plantedFile());
    addsUp(it);
    const reasons = [
      ['no-customer', 7],
      ['no-date', 13],
      ['no-amount', 29],
      ['ragged', 31],
      ['bad-quote', 57],
    ] as const;
    for (const [reason, place] of reasons) {
      const wanted = expected(place);
      expect(it.entry(reason).rows).toBe(30);
      expect(it.aside.reachable(it.entry(reason))).toBe(30);
      const pages = [
        ...(await it.lines(reason, 0, 11)),
        ...(await it.lines(reason, 11, 11)),
        ...(await it.lines(reason, 22, 11)),
      ];
      expect(pages, reason).toEqual(wanted);
      expect(await it.lines(reason, 30, 5)).toEqual([]);
    }
  });

  it('of customers that come again are reached too', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i % 10 === 3 ? 2 : i},${i}`);
    const file = fileOf(['customer_id,age', ...rows].join('\n'));
    const [opened] = [await openFile(file)];
    const source = await openSource([file], [opened], {
      id: 't1',
      db: database,
      passes: { count: (input) => countRecords(input), fingerprint },
    });
    const raw = await importRaw(database, source);
    const described = describeColumns(raw, { kind: 'customers' });
    const { ledger, columns } = await buildDataset(database, raw, described);
    const [entry] = ledger.setAside;
    const page = await new Aside(database, raw, columns).page(entry!, { from: 10, count: 3 });
    expect(page.map(({ line, text }) => [line, text])).toEqual([
      [105, '2,103'],
      [115, '2,113'],
      [125, '2,123'],
    ]);
  });

  it('are taken back as proposed: the account moves by as many, and every other row keeps its line', async () => {
    const first = await imported(plantedFile());
    const mends = addMends(
      await first.aside.proposeAll(first.entry('ragged')),
      await first.aside.proposeAll(first.entry('bad-quote')),
    );
    expect(mends).toHaveLength(60);
    const second = await imported(plantedFile(), mends);
    addsUp(second);
    expect(second.dataset.ledger.kept).toBe(first.dataset.ledger.kept + 60);
    expect(second.dataset.ledger.setAside.map(({ reason }) => reason)).toEqual([
      'no-customer',
      'no-date',
      'no-amount',
    ]);
    expect(await second.lines('no-date')).toEqual(expected(13));
    expect(second.source.mended).toMatchObject({ taken: mends, refused: [] });
  });

  it('of cleaning can be mended as well', async () => {
    const first = await imported(plantedFile());
    const [row] = await first.aside.page(first.entry('no-date'), { from: 0, count: 1 });
    expect(row).toMatchObject({ line: plantedLines[13], lines: 2, text: '13,A13,soon,"a\nb",5' });
    const cells = [...first.aside.cells(row!, row!.text)!];
    cells[2] = '2024-03-05';
    const text = first.aside.write(row!, cells)!;
    expect(first.aside.check(row!, text)).toBe(null);
    const second = await imported(plantedFile(), [mendOf(row!, text)]);
    addsUp(second);
    expect(second.entry('no-date').rows).toBe(29);
    expect(second.dataset.ledger.kept).toBe(first.dataset.ledger.kept + 1);
  });

  it('stay set aside where a mend cannot be read, and the mend says why', async () => {
    const first = await imported(plantedFile());
    const [row] = await first.aside.page(first.entry('ragged'), { from: 0, count: 1 });
    expect(first.aside.check(row!, '1,2')).toContain('2 cells');
    const second = await imported(plantedFile(), [mendOf(row!, '1,2')]);
    addsUp(second);
    expect(second.dataset.ledger).toEqual(first.dataset.ledger);
    expect(second.source.mended?.refused).toHaveLength(1);
  });

  it('that a fix took out of the table are reached as well', async () => {
    const { source, raw } = await imported(plantedFile());
    await database.make('fixed_t1', sql`SELECT * FROM raw WHERE line % 500 <> 0`);
    const profiles = { ...raw.profiles, table: 'fixed_t1', rows: raw.profiles.rows - 5 };
    const columns = raw.columns.slice(0, 2);
    const cut = { ...raw, profiles, columns, source: { ...source, columns: 2 } };
    const entry = setAside('repeat', 5, { sample: [] });
    const aside = new Aside(database, cut, [], raw);
    const page = await aside.page(entry, { from: 1, count: 2 });
    const kept = planted.flatMap((text, i) => ([31, 57].includes(i % 100) ? [] : [[i, text]]));
    const wanted = [999, 1499].map((at) => kept[at] as [number, string]);
    expect(page.map(({ line, text }) => [line, text])).toEqual(
      wanted.map(([i, text]) => [plantedLines[i], text]),
    );
    expect(aside.names).toHaveLength(5);
  });

  it('know their file and their line in it where a table comes from several', async () => {
    const two = [
      fileOf(`${head}\n1,A1,2024-03-01,x y,5\n2,A2,2024-03-02,x,y,5`, 'may.csv'),
      fileOf(`${head}\n3,A1,2024-04-01,x y,5\n4,A2,2024-04-02,x,y,5\n`, 'june.csv'),
    ];
    const it = await imported(two);
    addsUp(it);
    const page = await it.aside.page(it.entry('ragged'), { from: 0, count: 9 });
    expect(page.map(({ line }) => it.aside.place(line))).toEqual([
      { file: 'may.csv', line: 3 },
      { file: 'june.csv', line: 3 },
    ]);
  });

  it('and those kept are all records, whatever the file and whatever is mended', async () => {
    const piece = fc.constantFrom(
      'a',
      '1',
      ',',
      ',',
      '"',
      '\n',
      '\n',
      '\r\n',
      ' ',
      'é',
      '1,b,2024-01-02,5\n',
      ',b,2024-01-02,5\n',
      '1,b,x,5\n',
    );
    const start = 'order_id,customer_id,date,amount\n0,z,2024-01-01,1\n';
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.boolean(), { maxLength: 20 }),
        async (parts, choices) => {
          const file = fileOf(start + parts.join(''));
          const before = await imported(file);
          addsUp(before);
          const found = before.dataset.ledger.setAside.filter(({ reason }) =>
            ['ragged', 'bad-quote'].includes(reason),
          );
          const rows = (
            await Promise.all(
              found.map((entry) => before.aside.page(entry, { from: 0, count: 100 })),
            )
          ).flat();
          expect(rows).toHaveLength(found.reduce((sum, { rows: n }) => sum + n, 0));
          const mends = rows
            .filter((_, i) => choices[i])
            .map((row) => mendOf(row, '7,"b, c",2024-02-03,9'));
          const after = await imported(file, mends);
          addsUp(after);
          expect(after.dataset.ledger.read).toBe(before.dataset.ledger.read);
          expect(after.dataset.ledger.kept).toBe(before.dataset.ledger.kept + mends.length);
          await database.release(before.source.path);
          await database.release(after.source.path);
        },
      ),
      { numRuns: 30, seed: 12 },
    );
  });
});

describe('the export of rows set aside', () => {
  it('holds each of them with line, reason and text, and no formula', async () => {
    const lines = ['1,A,2024-03-01,=1+1,x,5', '2,B,2024-03-01,quiet,5', '3,,2024-03-02,"-2, x",5'];
    const it = await imported(fileOf([head, ...lines].join('\n')));
    const entries = it.dataset.ledger.setAside;
    const csv = async (mode: 'safe' | 'exact') =>
      readCsv(await (await asideCsv(it.aside, { entries, mode })).text(), ',');
    expect(await csv('exact')).toEqual([
      ['file', 'line', 'reason', 'text'],
      ['', '4', 'No customer', '3,,2024-03-02,"-2, x",5'],
      ['', '2', 'Too many cells', '1,A,2024-03-01,=1+1,x,5'],
    ]);
    const hostile = { ...it.aside, reachable: () => 1, place: () => ({ file: '=a', line: 1 }) };
    const page = async () => [
      { reason: 'ragged' as const, line: 1, lines: 1, text: '=1+1,2', whole: false, bytes: null },
    ];
    const [entry] = entries;
    const safe = await asideCsv({ ...hostile, page }, { entries: [entry!], mode: 'safe' });
    expect(readCsv((await safe.text()).replace('\ufeff', ''), ',')[1]).toEqual([
      "'=a",
      '1',
      'No customer',
      "'=1+1,2",
    ]);
  });

  it('stops when it is cancelled', async () => {
    const it = await imported(plantedFile());
    const job = { signal: AbortSignal.abort(), progress: () => {}, breathe: async () => {} };
    const entries = it.dataset.ledger.setAside;
    await expect(asideCsv(it.aside, { entries, mode: 'safe' }, job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    const whole = await asideCsv(it.aside, { entries, mode: 'exact' }); // and can be asked again
    expect(readCsv(await whole.text(), ',')).toHaveLength(151);
  });
});
