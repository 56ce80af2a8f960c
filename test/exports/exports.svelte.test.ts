import { expect, it } from 'vitest';
import { Exports } from '../../src/exports/exports.svelte.ts';
import { featureTable, segmentation } from '../support/results.ts';

const results = {
  table: featureTable(['=1+1'], ['spend'], [[-5]]),
  segmentation: segmentation(['All'], [0]),
};

it('a list is safe for spreadsheets unless the person asks for the exact one', async () => {
  const exports = new Exports();
  const safe = await exports.customers('orders.csv', results);
  expect(safe?.name).toBe('orders-customers.csv');
  expect(await safe?.blob.text()).toContain("'=1+1,A,All,-5");
  exports.mode = 'exact';
  expect(await (await exports.customers('orders.csv', results))?.blob.text()).toContain(
    '\r\n=1+1,A,All,-5',
  );
});

it('a list that was cancelled is nothing, and one that failed says why', async () => {
  const exports = new Exports();
  const pending = exports.customers('orders.csv', results);
  exports.task.cancel();
  expect(await pending).toBeUndefined();
  expect(exports.task.error).toBeNull();
  const wrong = { ...results, segmentation: segmentation(['All'], [0, 0]) };
  expect(await exports.customers('orders.csv', wrong)).toBeUndefined();
  expect(exports.task.error).toBeInstanceOf(RangeError);
  expect(exports.task.running).toBe(false);
});

it('a recipe and a picture are named after the file', () => {
  const exports = new Exports();
  expect(exports.recipe('orders.csv.gz', '{}').name).toBe('orders-recipe.json');
  const svg = new Blob([], { type: 'image/svg+xml' });
  const png = new Blob([], { type: 'image/png' });
  expect(exports.picture('orders.csv', 'map', svg).name).toBe('orders-map.svg');
  expect(exports.picture('orders.csv', 'map', png).name).toBe('orders-map.png');
});
