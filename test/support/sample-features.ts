import { measureFeatures } from '../../src/features/build.ts';
import type { FeatureSettings, FeatureTable } from '../../src/features/types.ts';
import { makeBlob } from '../../src/samples/make.ts';
import { cell, CsvBytes } from '../../src/samples/csv-bytes.ts';
import type { RetailPlan } from '../../src/samples/retail/plan.ts';
import { retailTables } from '../../src/samples/retail/tables.ts';
import { sampleOf, specOf } from '../../src/samples/schemes.ts';
import type { SampleTables, SchemeId, TableId } from '../../src/samples/types.ts';
import { parse, rowsOf } from '../samples/read.ts';
import { testDatabase } from './duckdb.ts';
import { importFile } from './import.ts';
import { segmentService } from './segment-service.ts';

/** Customers as the app measures them, beside the planted segment of each. */
export type Planted = { readonly table: FeatureTable; readonly truth: readonly string[] };

/** A sample as the app opens it. */
export async function sampleFeatures(
  id: SchemeId,
  change: { readonly customers?: number; readonly seed?: number } = {},
  settings: FeatureSettings = {},
): Promise<Planted> {
  const spec = specOf(id, change);
  const { table, file } = sampleOf(id);
  return opened(await makeBlob(spec, table), file, await rowsOf(spec, 'truth'), settings);
}

/** The same of customers that a test plans itself, in the period of the coffee sample. */
export async function plannedFeatures(plan: RetailPlan, customers: number): Promise<Planted> {
  const tables = retailTables(plan, specOf('coffee', { customers }));
  const blob = new Blob(written(tables, 'transactions', customers));
  const truth = Buffer.concat(written(tables, 'truth', customers)).toString('utf8');
  const [header, ...rows] = parse(truth);
  const named = rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
  return opened(blob, 'planned-orders.csv', named, {});
}

function written(tables: SampleTables, id: TableId, customers: number): Uint8Array<ArrayBuffer>[] {
  const { columns, customer } = tables.get(id)!;
  const out = new CsvBytes();
  for (const column of columns) out.cell(cell(column));
  out.end();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index < customers; index++) {
    customer?.(index, out);
    if (out.full) pieces.push(out.take());
  }
  return [...pieces, out.take()];
}

async function opened(
  blob: Blob,
  file: string,
  rows: readonly Readonly<Record<string, string>>[],
  settings: FeatureSettings,
): Promise<Planted> {
  const { database } = await testDatabase();
  const data = await importFile(database, new File([blob], file, { lastModified: 0 }));
  const tools = { query: database.query, worker: segmentService() };
  const table = await measureFeatures(data, settings, tools, {});
  const planted = new Map(rows.map((row) => [row['customer_id'], row['segment']!]));
  const truth = table.customers.map((customer) => planted.get(customer) ?? 'unknown');
  return { table, truth };
}
