import { expect, it } from 'vitest';
import { sheetWords, type ShownMap } from '../../src/app/map-sheet.ts';
import { placeSentence, placeWords } from '../../src/app/map-words.ts';
import { atOnce } from '../../src/lib/steps.ts';
import { featureLayout } from '../../src/segments/map/by-features.ts';
import { shadeOf, sizesOf } from '../../src/segments/map/shade.ts';
import { featureTable, segmentation } from '../support/results.ts';

const customers = ['anna@example.org', 'bo@example.org', 'Céline Dupont', '17850'];
const table = featureTable(
  customers,
  ['spend', 'orders'],
  [
    [1.5, 2],
    [30.5, 4],
    [44.5, 9],
    [91.5, 7],
  ],
);
const made = segmentation(['Frequent', 'Rare'], [0, 0, 0, 1]);
const pca = { method: 'pca', positions: new Float32Array(8), kept: [0.5, 0.25] } as const;
const two = atOnce(
  featureLayout(table, { across: { feature: 'spend' }, up: { feature: 'orders' } }),
)!;
const plain: ShownMap = {
  ...{ table, segmentation: made, layout: pca, shade: null, sizing: null, panes: null },
  ...{ picked: null, inside: null, segment: null },
};

it('a sheet says how many customers in how many segments, how to read it, and where it comes from', () => {
  const { title, notes, source, groups, axes } = sheetWords(plain, '');
  expect(title).toBe('4 customers in 2 segments');
  expect(notes.join(' ')).toMatch(/Near means alike.* 75 % of the differences/);
  expect(source.join(' ')).toMatch(/4 customers.*by 2 features; map by principal components\./);
  expect(groups.map(({ letter, name, words }) => `${letter} ${name} ${words}`)).toEqual([
    'A Frequent 3, 75 %',
    'B Rare 1, 25 %',
  ]);
  expect(axes).toBeNull();
});

it('colour, size, axes, what is in sight and what is selected are said', () => {
  const { title, notes, colour, size, axes } = sheetWords(
    {
      ...{ ...plain, layout: two, shade: shadeOf(table, 0), sizing: sizesOf(table, 1) },
      inside: { total: 1 },
    },
    '3 customers in sight: A 3.',
  );
  expect(title).toMatch(/^4 customers in 2 segments, coloured by .*spend, sized by .*orders$/i);
  expect(notes.join(' ')).toContain('A part of the map: 3 customers in sight: A 3.');
  expect(notes.join(' ')).toMatch(/In colour: 1 customer \(25.0 %\) that are selected/);
  expect([colour?.kind, size?.words.length, axes?.length]).toEqual(['ramp', 3, 2]);
});

it('no customer is named on a sheet', () => {
  const all = JSON.stringify([sheetWords(plain, ''), sheetWords({ ...plain, layout: two }, '')]);
  for (const id of customers) expect(all).not.toContain(id);
});

it('where a customer stands is said for those who do not see it', () => {
  const at = (x: number, y: number) =>
    placeSentence(made, { ...pca, positions: Float32Array.of(x, y) }, 0);
  expect(at(0, 0)).toBe('Small map: the customer of segment A, Frequent stands in the middle.');
  expect(at(-0.9, 0.9)).toContain('high left');
  expect(at(0.9, 0)).toContain('stands right');
  expect(placeWords(table, two)).toMatch(/Across: .*spend. Up: .*orders\.$/i);
});
