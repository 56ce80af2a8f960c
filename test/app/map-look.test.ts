import { expect, it } from 'vitest';
import { goneFrom } from '../../src/app/map-look.ts';
import { listed } from '../../src/lib/format.ts';
import { featureTable } from '../support/results.ts';

const table = featureTable(
  ['1', '2'],
  ['spend', 'orders'],
  [
    [1, 2],
    [3, 4],
  ],
);
const axis = (feature: string) => ({ feature });

it('a map whose features are all there has nothing to say', () => {
  expect(goneFrom(table, {})).toBeNull();
  expect(goneFrom(table, { map: 'umap', look: { split: 'segments' } })).toBeNull();
  const map = { across: axis('spend'), up: axis('orders') };
  expect(goneFrom(table, { map, look: { colour: 'spend', size: 'orders' } })).toBeNull();
});

it('says which features are gone, what is shown instead, and keeps what can be kept', () => {
  const map = { across: axis('spend'), up: axis('returns') };
  const look = { colour: 'country', size: 'orders', split: axis('country') };
  expect(goneFrom(table, { map, look })).toEqual({
    names: ['returns', 'country'],
    instead: ['principal components', 'colours of segments', 'one map'],
    kept: { look: { size: 'orders' } },
  });
  const kept = { map: 'umap', look: { split: 'segments' } } as const;
  expect(goneFrom(table, { ...kept, look: { ...kept.look, size: 'age' } })?.kept).toEqual(kept);
});

it('words stand in a list as one says them', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
