import * as v from 'valibot';
import { expect, it } from 'vitest';
import { settingsSchema } from '../../src/project/settings.ts';
import type { MethodChoice } from '../../src/segments/partition.ts';
import { segmentDefaults } from '../../src/segments/types.ts';

const settings = (segments: object) => ({
  ...{ files: { sources: [] }, tables: {}, features: {} },
  segments: { ...segmentDefaults, ...segments },
});
const accepts = (segments: object) => v.safeParse(settingsSchema, settings(segments)).success;

const choices: readonly MethodChoice[] = [
  { kind: 'kmeans' },
  { kind: 'bisecting', k: null, smallest: 50 },
  { kind: 'dbscan', radius: 0.5, neighbours: 5 },
  { kind: 'hdbscan', smallest: null, neighbours: null, pick: 'leaves' },
  { kind: 'mixture', k: 4, shape: 'tied' },
  { kind: 'genie', k: null, evenness: 0.3 },
  { kind: 'nmf', k: 6 },
  { kind: 'prototypes', k: null, weight: null },
  { kind: 'rfm', bands: 5, grid: null },
  {
    kind: 'rfm',
    bands: 3,
    grid: [{ name: 'Best', recency: [3, 3], frequency: [2, 3], monetary: [1, 3] }],
  },
  {
    kind: 'rules',
    rules: [
      { name: 'Dear', when: { all: [{ feature: 'spend', is: 'at-least', value: 100 }] } },
      { name: 'Mid', when: { any: [{ feature: 'spend', is: 'between', low: 1, high: 2 }] } },
      { name: 'There', when: { all: [{ feature: 'city', is: 'one-of', values: ['Ulm'] }] } },
      { name: 'Own', when: { sql: 'orders > 3' } },
    ],
  },
  { kind: 'layers', layers: [{ name: 'Habit', features: ['orders'], k: null }] },
];

it.each(choices)('a recipe may hold the choice $kind', (method) => {
  expect(accepts({ method })).toBe(true);
});

it('a recipe without a method, a map or letters to follow is one of before, and opens', () => {
  expect(accepts({})).toBe(true);
});

it.each([
  { kind: 'kmedoids' },
  { kind: 'dbscan', radius: Infinity, neighbours: 5 },
  { kind: 'dbscan', radius: -1, neighbours: 5 },
  { kind: 'dbscan', radius: null },
  { kind: 'mixture', k: 0, shape: 'full' },
  { kind: 'mixture', k: 2, shape: 'round' },
  { kind: 'kmeans', k: 3 },
  { kind: 'rules', rules: [{ name: 'x', when: {} }] },
  { kind: 'rules', rules: [{ name: 'x', when: { all: [{ feature: 'a', is: 'at-least' }] } }] },
])('and is refused with %o', (method) => {
  expect(accepts({ method })).toBe(false);
});

it('letters to follow are letters and how often', () => {
  expect(accepts({ anchor: 'A12 -3 B AA2048' })).toBe(true);
  expect(accepts({ anchor: 'A12 -3; B2 / B AA' })).toBe(true);
  for (const anchor of ['A / <b>', 'A /', '<b>', 'a', 'A 1', 'ABCD', 'A12345', 7])
    expect(accepts({ anchor })).toBe(false);
});
