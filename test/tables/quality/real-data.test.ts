import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { unattended } from '../../../src/lib/job.ts';
import { checkTable } from '../../../src/tables/quality/check.ts';
import { fixEffect } from '../../../src/tables/quality/effect.ts';
import type { Fix, Flaw } from '../../../src/tables/quality/types.ts';
import type { Dataset } from '../../../src/tables/types.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { fileOf, importFile } from '../../support/import.ts';

const data = new URL('../../../../shared/data/', import.meta.url);
let db: Database;
beforeAll(async () => ({ database: db } = await testDatabase()), 120_000);

async function look(path: string): Promise<{ flaws: readonly Flaw[]; dataset: Dataset } | null> {
  if (!existsSync(new URL(path, data)))
    return (console.warn(`skipped: ${path} is not there`), null);
  const bytes = new Uint8Array(readFileSync(new URL(path, data)));
  const dataset = await importFile(db, fileOf(bytes, path));
  const flaws = await checkTable(db, { table: 'raw', columns: dataset.columns }, unattended);
  return { flaws, dataset };
}
const rows = (flaws: readonly Flaw[], code: Flaw['code'], column?: string) =>
  flaws.find((flaw) => flaw.code === code && flaw.column === column)?.rows;

it('Online Retail: gaps, copies, returns, free lines and two negative prices, to the row', async () => {
  const seen = await look('online-retail/online_retail.csv.gz');
  if (!seen) return;
  const { flaws, dataset } = seen;
  expect(rows(flaws, 'gaps', 'CustomerID')).toBe(135_080);
  expect(rows(flaws, 'gaps', 'Description')).toBe(1454);
  expect(rows(flaws, 'repeated-rows')).toBe(5268); // as pandas counts df.duplicated().sum()
  expect(rows(flaws, 'negative', 'Quantity')).toBe(10_624);
  expect(rows(flaws, 'negative', 'UnitPrice')).toBe(2);
  expect(rows(flaws, 'zero', 'UnitPrice')).toBe(2515);
  expect(
    flaws.find(({ code, column }) => code === 'spellings' && column === 'StockCode')?.words,
  ).toContain('“85123a” beside “85123A”');
  // 38 countries, all spelled in one way; nobody is named; the unit of the prices does not change.
  expect(flaws.filter(({ column }) => column === 'Country')).toEqual([]);
  expect(flaws.filter(({ code }) => /personal|unit-change|typos/.test(code))).toEqual([]);
  const copies: Fix = { kind: 'drop-duplicates', by: 'all' };
  expect(
    await fixEffect(db, { table: 'raw', columns: dataset.columns, fixes: [] }, copies, unattended),
  ).toMatchObject({ rowsBefore: 541_909, rowsDropped: 5268, rowsAfter: 536_641 });
}, 300_000);

it('customer personality: three births before 1904, two constants, one income far out', async () => {
  const seen = await look('customer-personality/marketing_campaign.csv');
  if (!seen) return;
  expect(seen.flaws.map(({ code, column, rows }) => [code, column, rows]).toSorted()).toEqual([
    ['constant', 'Z_CostContact', 2240],
    ['constant', 'Z_Revenue', 2240],
    ['far-out', 'Income', 1],
    ['gaps', 'Income', 24],
    ['impossible', 'Year_Birth', 3],
  ]);
}, 120_000);

it('Adult: question marks, the 99999 of capital gain, and education told twice', async () => {
  const seen = await look('adult/adult.data.gz');
  if (!seen) return;
  const { flaws } = seen;
  expect(flaws.filter(({ code }) => code === 'words-for-nothing').map(({ rows }) => rows)).toEqual([
    1843, 1836, 583,
  ]);
  expect(flaws.filter(({ code }) => code === 'stand-in').map(({ rows }) => rows)).toEqual([159]);
  expect(flaws.filter(({ code }) => code === 'same-information')).toHaveLength(1);
  expect(rows(flaws, 'repeated-rows')).toBe(24);
}, 120_000);

it('Telco: eleven blank charges and nothing else', async () => {
  const seen = await look('telco-churn/Telco-Customer-Churn.csv');
  if (!seen) return;
  expect(seen.flaws.map(({ code, column, rows }) => [code, column, rows])).toEqual([
    ['gaps', 'TotalCharges', 11],
  ]);
}, 120_000);
