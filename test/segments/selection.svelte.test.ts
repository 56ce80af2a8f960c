import { expect, it } from 'vitest';
import { Selection } from '../../src/segments/map/selection.svelte.ts';

it('pointing twice leads from a segment to one of its customers, elsewhere to another segment', () => {
  const selection = new Selection();
  const looked = () => [selection.segment, selection.customer];
  selection.point(7, 2);
  expect(looked()).toEqual([2, null]);
  selection.point(8, 2);
  expect(looked()).toEqual([2, 8]);
  selection.point(9, 2);
  expect(looked()).toEqual([2, 9]);
  selection.point(4, 1);
  expect(looked()).toEqual([1, null]);
  selection.point(null, null);
  expect(looked()).toEqual([null, null]);
});

it('customers that are not drawn around keep their words until something else is', () => {
  const selection = new Selection();
  selection.brush(0, [1, 2]);
  selection.select(Uint8Array.of(1, 0), 'orders ≥ 3');
  expect([selection.brushes, selection.lassoWords]).toEqual([[], 'Orders ≥ 3']);
  selection.draw(Uint8Array.of(0, 1));
  expect(selection.lassoWords).toBeNull();
  selection.select(Uint8Array.of(1, 0), 'x');
  selection.clearRange();
  expect([selection.lasso, selection.lassoWords]).toEqual([null, null]);
});

it('another segment is looked at without the customer before', () => {
  const selection = new Selection();
  selection.segment = 1;
  selection.customer = 3;
  selection.open(2);
  expect([selection.segment, selection.customer]).toEqual([2, null]);
});
