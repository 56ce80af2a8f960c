import { expect, it } from 'vitest';
import { prototypes } from '../../../src/insight/why/prototypes.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { blobs } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';

const options = { most: 6, seed: 1 };
const all = (rows: number) => Int32Array.from({ length: rows }, (_, r) => r);

it('one for each sort of customer in a segment, each with how many it stands for', async () => {
  const x = blobs(300, 3);
  const found = await prototypes(x, all(300), { most: 3, seed: 1 });
  expect(found.map(({ row }) => row % 3).sort()).toEqual([0, 1, 2]);
  for (const { standsFor } of found) expect(standsFor).toBeCloseTo(1 / 3, 6);
});

it('the first is the medoid, found by trying everyone', async () => {
  const x = blobs(90, 2, 4);
  const sums = Array.from({ length: 90 }, (_, i) =>
    Array.from({ length: 90 }, (_, j) =>
      Math.hypot(x.data[2 * i]! - x.data[2 * j]!, x.data[2 * i + 1]! - x.data[2 * j + 1]!),
    ).reduce((a, b) => a + b),
  );
  const [first] = await prototypes(x, all(90), options);
  expect(first!.row).toBe(sums.indexOf(Math.min(...sums)));
});

it.each([
  [0, 0],
  [1, 1],
  [2, 2],
])('%i customers: %i', async (rows, many) => {
  expect(await prototypes(blobs(rows, 2), all(rows), options)).toHaveLength(many);
});

it('equal customers are one sort', async () => {
  expect(await prototypes(matrix(50, 3), all(50), options)).toEqual([{ row: 0, standsFor: 1 }]);
});

it('the same seed twice, of a sample; only rows that were given; cancelled', async () => {
  const x = blobs(2000, 4);
  const rows = all(2000).filter((r) => r % 2 === 0);
  const found = await prototypes(x, rows, options);
  expect(found).toEqual(await prototypes(x, rows, options));
  for (const { row } of found) expect(row % 2).toBe(0);
  await expect(prototypes(x, rows, options, cancelledAt(3).job)).rejects.toThrow();
});
