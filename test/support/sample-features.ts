import { measureFeatures } from '../../src/features/build.ts';
import type { FeatureSettings, FeatureTable } from '../../src/features/types.ts';
import { makeBlob } from '../../src/samples/make.ts';
import { sampleOf, specOf } from '../../src/samples/schemes.ts';
import type { SchemeId } from '../../src/samples/types.ts';
import { rowsOf } from '../samples/read.ts';
import { testDatabase } from './duckdb.ts';
import { importFile } from './import.ts';
import { segmentService } from './segment-service.ts';

/** A sample as the app opens it: its table through import and features, beside the planted segment of each customer. */
export async function sampleFeatures(
  id: SchemeId,
  change: { readonly customers?: number; readonly seed?: number } = {},
  settings: FeatureSettings = {},
): Promise<{ readonly table: FeatureTable; readonly truth: readonly string[] }> {
  const spec = specOf(id, change);
  const { table: name, file } = sampleOf(id);
  const { database } = await testDatabase();
  const blob = await makeBlob(spec, name);
  const data = await importFile(database, new File([blob], file, { lastModified: 0 }));
  const tools = { query: database.query, worker: segmentService() };
  const table = await measureFeatures(data, settings, tools, {});
  const planted = new Map(
    (await rowsOf(spec, 'truth')).map((row) => [row['customer_id'], row['segment']!]),
  );
  const truth = table.customers.map((customer) => planted.get(customer) ?? 'unknown');
  return { table, truth };
}
