import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { numberCell } from '../../src/exports/cell.ts';
import { disarm, textCell } from '../../src/lib/csv-cell.ts';
import { customersCsv } from '../../src/exports/csv.ts';
import { pageJob } from '../../src/lib/page-job.ts';
import type { TextMode } from '../../src/lib/csv-cell.ts';
import { sql } from '../../src/lib/sql.ts';
import { testDatabase } from '../support/duckdb.ts';
import { featureTable, segmentation } from '../support/results.ts';
import { payloads } from './payloads.ts';
import { isFormula, readCsv } from './read-csv.ts';

/** Every payload as a customer; the first 26 also as names of segments, and as headers. */
const hostile = () => {
  const names = payloads.slice(0, 26);
  return {
    table: featureTable(
      payloads,
      ['recency_days', ...names],
      payloads.map((_, row) => [-row - 0.5, ...names.map(() => -5)]),
    ),
    segmentation: segmentation(
      names,
      payloads.map((_, row) => row % names.length),
    ),
  };
};
const written = async (mode: TextMode) => (await customersCsv({ ...hostile(), mode })).text();

describe('the list of customers', () => {
  it('says id, segment, name, and every feature in its own unit', async () => {
    const table = featureTable(
      ['17850', 'O\'Brien, "Joe"'],
      ['recency_days', 'spend'],
      [
        [3, 9.95],
        [-0.1, -5],
      ],
    );
    const groups = segmentation(['Loyal, lately', 'Lapsed'], [0, 1]);
    const blob = await customersCsv({ table, segmentation: groups, mode: 'exact' });
    expect(blob.type).toBe('text/csv;charset=utf-8');
    expect(await blob.text()).toBe(
      'customer,segment,segment_name,recency_days,spend\r\n' +
        '17850,A,"Loyal, lately",3,9.95\r\n' +
        '"O\'Brien, ""Joe""",B,Lapsed,-0.1,-5\r\n',
    );
  });

  it('is read back by another reader as it was in memory', async () => {
    const cells = readCsv(await written('exact'), ',').slice(1);
    expect(cells.map(([customer]) => customer)).toEqual(payloads);
    expect(cells.map((row) => row[3])).toEqual(payloads.map((_, row) => String(-row - 0.5)));
  });

  it('has no formula in safe mode, however a reader splits it', async () => {
    expect(payloads.length).toBeGreaterThanOrEqual(40);
    const text = await written('safe');
    for (const delimiter of [',', ';', '\t', '|'])
      expect(readCsv(text, delimiter).flat().filter(isFormula)).toEqual([]);
    const exact = readCsv(await written('exact'), ',').flat();
    expect(exact.filter(isFormula).length).toBeGreaterThanOrEqual(40); // the measure can fail
  });

  it('adds only apostrophes to text, and nothing to numbers', async () => {
    const safe = readCsv(await written('safe'), ',');
    const exact = readCsv(await written('exact'), ',');
    expect(safe.map((row) => row.map((cell) => cell.replaceAll("'", '')))).toEqual(
      exact.map((row) => row.map((cell) => cell.replaceAll("'", ''))),
    );
    expect(safe.slice(1).map((row) => row.slice(3))).toEqual(
      exact.slice(1).map((row) => row.slice(3)),
    );
    expect(safe[1]?.slice(3, 5)).toEqual(['-0.5', '-5']);
  });

  it('writes a category as its words, made safe like all text', async () => {
    const { features, ...rest } = featureTable(['1', '2'], ['plan'], [[1], [0]]);
    const plan = features.map((feature) => ({ ...feature, categories: ['Gold', '=1+1'] }));
    const list = {
      table: { ...rest, features: plan },
      segmentation: segmentation(['All'], [0, 0]),
    };
    const lines = async (mode: TextMode) =>
      (await (await customersCsv({ ...list, mode })).text()).split('\r\n').slice(1, 3);
    expect(await lines('exact')).toEqual(['1,A,All,=1+1', '2,A,All,Gold']);
    expect(await lines('safe')).toEqual(["1,A,All,'=1+1", '2,A,All,Gold']);
  });

  it('numbers a feature that is called like another column', async () => {
    const table = featureTable(['1'], ['segment', 'Customer', 'x', 'x'], [[1, 2, 3, 4]]);
    const list = { table, segmentation: segmentation(['All'], [0]), mode: 'exact' } as const;
    const [head] = (await (await customersCsv(list)).text()).split('\r\n');
    expect(head).toBe('customer,segment,segment_name,segment_2,Customer_2,x,x_2');
  });

  it('starts with a byte order mark for spreadsheets, and without one for machines', async () => {
    const first = async (mode: TextMode) =>
      new Uint8Array(await (await customersCsv({ ...hostile(), mode })).slice(0, 3).arrayBuffer());
    expect([...(await first('safe'))]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(await first('exact'))).toBe('cus');
  });

  it('of nobody is its header', async () => {
    const list = { table: featureTable([], ['spend'], []), segmentation: segmentation([], []) };
    const blob = await customersCsv({ ...list, mode: 'exact' });
    expect(await blob.text()).toBe('customer,segment,segment_name,spend\r\n');
  });

  it('refuses labels that belong to other customers', async () => {
    const table = featureTable(['1', '2'], ['x'], [[1], [2]]);
    const list = { table, segmentation: segmentation(['All'], [0]), mode: 'safe' } as const;
    await expect(customersCsv(list)).rejects.toBeInstanceOf(RangeError);
  });

  it('stops when cancelled before and during, and says how far it is', async () => {
    const rows = 50_000;
    const ids = Array.from({ length: rows }, (_, row) => String(row));
    const table = featureTable(ids, ['x'], [Array.from(ids, Number)]);
    const list = {
      table,
      segmentation: segmentation(['All'], new Array<number>(rows).fill(0)),
      mode: 'safe',
    } as const;
    const before = AbortSignal.abort();
    await expect(customersCsv(list, pageJob({ signal: before }))).rejects.toBe(before.reason);
    const during = new AbortController();
    const seen: number[] = [];
    const job = pageJob({
      signal: during.signal,
      onProgress: ({ done }) => (seen.push(done), seen.length === 3 && during.abort()),
    });
    await expect(customersCsv(list, job)).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen.length).toBe(3);
    const whole = await customersCsv(list, pageJob({}));
    expect((await whole.text()).split('\r\n').length).toBe(rows + 2);
  });
});

describe('DuckDB', () => {
  let query: Awaited<ReturnType<typeof testDatabase>>['query'];
  let db: Awaited<ReturnType<typeof testDatabase>>['db'];
  beforeAll(async () => ({ db, query } = await testDatabase()));

  it.each(['safe', 'exact'] as const)('reads a %s list with its types', async (mode) => {
    // DuckDB ends a text at NUL, and Arrow takes a byte order mark off the front of one.
    const customers = payloads.filter((text) => !/\0|^\ufeff/.test(text));
    const spend = customers.map((_, row) => Math.fround((row - 20) * 12.345));
    const table = featureTable(
      customers,
      ['spend'],
      spend.map((value) => [value]),
    );
    const groups = segmentation(
      ['Loyal', 'Été, "lent"'],
      customers.map((_, row) => row % 2),
    );
    const text = await (await customersCsv({ table, segmentation: groups, mode })).text();
    db.registerFileText(`${mode}.csv`, text);
    const rows = await query(
      sql`SELECT customer, segment_name, spend::FLOAT AS spend, typeof(spend) AS kind
          FROM read_csv(${`${mode}.csv`}, header = true, quote = '"', escape = '"', delim = ',')`,
    );
    const column = (name: string) => [...(rows.getChild(name)?.toArray() ?? [])] as unknown[];
    expect(column('customer')).toEqual(
      mode === 'exact' ? customers : customers.map((customer) => disarm(customer)),
    );
    expect(column('segment_name')).toEqual(
      customers.map((_, row) => (row % 2 ? 'Été, "lent"' : 'Loyal')),
    );
    expect(column('spend')).toEqual(spend);
    expect(column('kind')[0]).toBe('DOUBLE');
  });
});

describe('a cell', () => {
  it('with any text is read back the same in exact mode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (one, two) => {
        const line = `${textCell(one, 'exact')},${textCell(two, 'exact')}\r\n`;
        expect(readCsv(line, ',')).toEqual([[one, two]]);
      }),
    );
  });

  it('with any text is no formula in safe mode', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'=+-@＝＋;,|\t\r\n\0 "\'a1') });
    fc.assert(
      fc.property(odd, (text) => {
        for (const delimiter of [',', ';', '\t', '|'])
          expect(
            readCsv(`x,${textCell(text, 'safe')},y\r\n`, delimiter)
              .flat()
              .filter(isFormula),
          ).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('with 300,000 hostile characters does not hang', { timeout: 10_000 }, () => {
    for (const unit of ['\t', ' ', '"', ';', '=', ';=', '\u200b'])
      expect(textCell(unit.repeat(300_000), 'safe').length).toBeGreaterThanOrEqual(300_000);
  });

  it('with any float32 is the shortest decimal that is this number again', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(numberCell(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(
      [9.95, 0.1, -5, 17850, -0, 1 / 3].map((value) => numberCell(Math.fround(value))),
    ).toEqual(['9.95', '0.1', '-5', '17850', '0', '0.33333334']);
    expect([NaN, Infinity].map(numberCell)).toEqual(['', '']);
  });
});

it('customers in no segment have no letter, and what the method says of each has a column', async () => {
  const table = featureTable(['a', 'b'], ['oddness'], [[3], [4]]);
  const found = segmentation(['Crowd', 'In no segment'], [0, 1]);
  const [crowd, rest] = found.segments;
  const list = {
    ...found,
    segments: [crowd!, { ...rest!, letter: '', colour: -1, rest: true }],
    oddness: Float32Array.of(0.125, 0.9),
  };
  const text = await (await customersCsv({ table, segmentation: list, mode: 'exact' })).text();
  expect(text).toBe(
    'customer,segment,segment_name,oddness,oddness_2\r\na,A,Crowd,0.125,3\r\nb,"",In no segment,0.9,4\r\n',
  );
});
