import { afterAll, beforeAll, expect, it } from 'vitest';
import { customersCsv } from '../../src/exports/csv.ts';
import { measureFeatures } from '../../src/features/build.ts';
import { segment } from '../../src/segments/segment.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import { makeBlob } from '../../src/samples/make.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { chooseFile, openApp, saved, untilSegments, type App } from '../support/app.ts';
import { testEngine } from '../support/engine.ts';
import { importFile } from '../support/import.ts';
import { segmentService } from '../support/segment-service.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ viewport: { width: 1440, height: 900 } });
});
afterAll(() => app.close());

/** The whole chain in Node: the same engine, the same code, minus the browser. */
async function inNode(file: File): Promise<string> {
  const { engine } = testEngine();
  const dataset = await importFile(engine, file);
  const worker = segmentService();
  const table = await measureFeatures(dataset, {}, { query: engine.query, worker }, {});
  const { segmentation } = await segment(table, segmentDefaults);
  engine.close();
  return (await customersCsv({ table, segmentation, mode: 'safe' })).text();
}

it.each(['coffee', 'phone'] as const)(
  'the same file, recipe and seed give the same list in Node and in the browser, byte for byte: %s',
  async (id) => {
    const spec = specOf(id, { customers: 500 });
    const blob = await makeBlob(spec, id === 'phone' ? 'customers' : 'transactions');
    const expected = await inNode(new File([blob], `${id}.csv`));
    await chooseFile(app.page, { name: `${id}.csv`, content: await blob.text() });
    await app.page.waitForFunction((name) => document.title.startsWith(name), id);
    await app.page.waitForURL(/#\/segments/);
    await untilSegments(app.page);
    const got = (await saved(app.page, 'Customers as CSV')).toString();
    expect(got.length).toBeGreaterThan(10_000);
    expect(got.replace(/^\uFEFF/, '') === expected.replace(/^\uFEFF/, '')).toBe(true);
    await app.page.getByRole('link', { name: 'Data', exact: true }).click();
  },
);
