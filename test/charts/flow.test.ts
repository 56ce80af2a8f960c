import { expect, it } from 'vitest';
import { flowLayout } from '../../src/charts/flow.ts';

const size = { height: 112, gap: 6 };

it('ribbons leave and reach their bars without gap or overlap', () => {
  const { left, right, ribbons } = flowLayout(
    [3, 1, 0, 6],
    { lefts: [0, 1], rights: [0, 1] },
    size,
  );
  const scale = 106 / 10;
  expect(left.map(({ height }) => height)).toEqual([4 * scale, 6 * scale]);
  expect(right.map(({ height }) => height)).toEqual([3 * scale, 7 * scale]);
  expect(left[1]!.y).toBeCloseTo(4 * scale + 6, 9);
  expect(ribbons.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 0, 3],
    [0, 1, 1],
    [1, 1, 6],
  ]);
  expect(ribbons[1]!.left).toBeCloseTo(3 * scale, 9);
  expect(ribbons[2]!.right).toBeCloseTo(right[1]!.y + scale, 9);
});

it('groups of nobody and pictures of nobody have no bars', () => {
  const { left, right } = flowLayout([0, 0, 5, 0], { lefts: [0, 1], rights: [0, 1] }, size);
  expect([left.map((b) => b.group), right.map((b) => b.group)]).toEqual([[1], [0]]);
  const nobody = flowLayout([], { lefts: [], rights: [] }, size);
  expect(nobody).toEqual({ left: [], right: [], ribbons: [] });
});

it('stands in the order that is asked for', () => {
  const { left } = flowLayout([1, 0, 0, 1], { lefts: [1, 0], rights: [0, 1] }, size);
  expect(left.map(({ group }) => group)).toEqual([1, 0]);
});
