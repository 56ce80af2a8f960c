import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { badCount, badFit } from '../../src/tables/bad-fit.ts';
import { column } from '../support/datasets.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf, importFile } from '../support/import.ts';

const none = { records: 100, kept: 100, short: 0, setAside: [] };
const aside = (reason: 'ragged' | 'bad-quote' | 'bad-encoding' | 'too-long', rows: number) => ({
  ...none,
  kept: 100 - rows,
  setAside: [{ reason, rows, sample: [] }],
});
const dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  header: true,
  skip: 0,
  decimal: '.',
} as const;
const source = {
  headers: ['id', 'spend'],
  columns: 2,
  dialect,
  confidence: 1,
  sample: [
    ['A1', '5'],
    ['A2', '6'],
  ],
};
const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

describe('a reading that fits badly is doubted aloud', () => {
  it('where a tenth of the records is set aside, whatever the reason', () => {
    expect(codes(badCount(none))).toEqual([]);
    expect(codes(badCount(aside('ragged', 9)))).toEqual([]);
    for (const reason of ['ragged', 'bad-quote', 'bad-encoding', 'too-long'] as const)
      expect(codes(badCount(aside(reason, 10)))).toEqual([`many-${reason}`]);
    expect(badCount(aside('ragged', 25))[0]).toMatchObject({
      rows: 25,
      words: expect.stringMatching(/^25 % of the records \(25\).*under Assumed\.$/),
    });
  });

  it('where half of the records are short', () => {
    expect(codes(badCount({ ...none, short: 49 }))).toEqual([]);
    expect(codes(badCount({ ...none, short: 50 }))).toEqual(['many-short']);
    expect(codes(badCount({ ...none, records: 0, kept: 0 }))).toEqual([]);
  });

  it('where there is one column, or the marks are unsure', () => {
    expect(codes(badFit(source, [], 100))).toEqual([]);
    expect(codes(badFit({ ...source, columns: 1 }, [], 100))).toEqual(['one-column']);
    expect(codes(badFit({ ...source, confidence: 0.4 }, [], 100))).toEqual(['unsure-dialect']);
  });

  it('where the line of names looks like data', () => {
    const named = (headers: readonly string[], header = true) =>
      codes(badFit({ ...source, headers, dialect: { ...dialect, header } }, [], 100));
    expect(named(['A1', '7'])).toEqual(['names-like-data']); // an id that comes again, and a number
    expect(named(['id', '2024'])).toEqual(['names-like-data']);
    expect(named(['id', 'spend', 'age', '2024'])).toEqual([]);
    expect(named(['A1', '5'], false)).toEqual([]);
    expect(named(['', ''])).toEqual([]);
  });

  it('where a fifth of a column cannot be read, the empty cells left aside', () => {
    const spend = (unreadable: number, gaps = 0) =>
      badFit(source, [column('spend', 'number', { unreadable, gaps })], 100);
    expect(spend(19)).toEqual([]);
    expect(codes(spend(20))).toEqual(['many-unreadable']);
    expect(spend(10, 60)[0]!.words).toContain('25 % of the cells of “spend” are no number');
    expect(spend(0, 100)).toEqual([]);
  });
});

describe('an import', () => {
  let database: Database;
  beforeAll(async () => ({ database } = await testDatabase()), 60_000);

  it('of a file with a wrong separator chosen, or most lines short, says so among its findings', async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0 ? `${i},A${i},2024-01-02,5` : `${i},A${i}`,
    );
    const file = fileOf(`order_id,customer_id,date,amount\n${lines.join('\n')}\n`);
    const dataset = await importFile(database, file);
    expect(codes(dataset.findings)).toContain('many-short');
    expect(codes(dataset.findings)).not.toContain('short-records'); // said once
    const wide = lines.map((line, i) =>
      i % 5 === 0 ? `${line},x,y,z` : `${i},A${i},2024-01-02,5`,
    );
    const ragged = fileOf(`order_id,customer_id,date,amount\n${wide.join('\n')}\n`);
    expect(codes((await importFile(database, ragged)).findings)).toContain('many-ragged');
  });
});
