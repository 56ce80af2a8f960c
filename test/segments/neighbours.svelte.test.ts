// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { nearest } from '../../src/segments/methods/nearest.ts';
import { apartRow, likenessWords, unusualWords } from '../../src/segments/neighbour-words.ts';
import Neighbours from '../../src/segments/Neighbours.svelte';
import { feature, tableOf } from '../support/feature-table.ts';
import { button, click, show } from '../support/show.ts';

const features = [
  feature('orders', { label: 'Orders', unit: 'count' }),
  feature('kind', { label: 'Kind', categories: ['red', 'blue'] }),
];
const table = tableOf(
  matrix(
    40,
    2,
    Float32Array.from({ length: 80 }, (_, i) => (i % 2 ? (i >> 1) % 2 : i / 2)),
  ),
  { features },
);

it('lists the most alike with reasons, beside the distance of random customers, and opens any of them', async () => {
  const found = await nearest(table, { row: 10, k: 3, seed: 1 });
  const oncustomer = vi.fn();
  const root = show(Neighbours, {
    found,
    customer: 'c10',
    customers: table.customers,
    features,
    oncustomer,
  });
  const text = root.textContent!.replace(/\s+/g, ' ');
  expect([...root.querySelectorAll('li button')].map((each) => each.textContent)).toEqual([
    'c9',
    'c11',
    'c8',
  ]);
  expect(text).toContain('c8 2.00 Kind the same, Orders 2 less');
  expect(text).toMatch(
    /of customers taken at random: 1\d\.\d\d \([\d.]+ to [\d.]+\), the median of 39\./,
  );
  expect(text).toContain('Against all 39 other customers.');
  expect(
    [...root.querySelectorAll('tbody tr')].map((row) => row.querySelector('td')!.textContent),
  ).toEqual(['Kind', 'Orders']);
  click(button(root, 'c11'));
  expect(oncustomer).toHaveBeenCalledWith(11);
});

it('a customer alone has nobody to be like', async () => {
  const one = tableOf(matrix(1, 2), { features });
  const found = await nearest(one, { row: 0, k: 3, seed: 1 });
  const root = show(Neighbours, {
    found,
    customer: 'c0',
    customers: one.customers,
    features,
    oncustomer: () => {},
  });
  expect(root.textContent).toContain('There is no other customer.');
  expect(root.textContent).not.toContain('NaN');
});

it('says differences in units, and how unusual with its interval', () => {
  expect(likenessWords({ feature: 0, difference: 3, spreads: 1 }, features)).toBe('Orders 3 more');
  expect(likenessWords({ feature: 1, difference: 1, spreads: 1 }, features)).toBe('Kind another');
  expect(unusualWords({ value: 0.99, low: 0.97, high: 1 })).toBe(
    'Very unusual: it stands further from its nearest than 99 % of customers do (97 % to 100 %).',
  );
  expect(unusualWords({ value: 0.3, low: 0.2, high: 0.4 })).toMatch(/^Quite usual/);
  expect(unusualWords({ value: 0, low: 0, high: 1 })).toMatch(/^Not unusual/);
  const everyone = { value: 0.5, low: 0.4, high: 0.6 };
  const common = { neighbours: 1, everyone, fromNeighbours: 0, fromEveryone: 0 };
  expect(apartRow({ ...common, feature: 1, here: 1, percentile: null }, features)).toEqual({
    label: 'Kind',
    here: 'blue',
    neighbours: '100 % the same',
    everyone: '50 % (40 % to 60 %) the same',
    below: '',
  });
});
