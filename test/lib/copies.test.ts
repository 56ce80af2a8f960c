import { expect, it } from 'vitest';
import { copiesOf } from '../../src/lib/copies.ts';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { cancelledAt } from '../support/cancelled.ts';

const long = matrix(
  3,
  1_000_000,
  Float32Array.from({ length: 3_000_000 }, (_, i) => i),
);

it('copies matrices whole, the same one once, and leaves them as they were', async () => {
  const small = matrix(1, 2, Float32Array.of(1, 2));
  const { copies, buffers } = await copiesOf({ long, small, again: small }, unattended);
  expect(copies.long.data).not.toBe(long.data);
  expect(Buffer.from(copies.long.data.buffer).equals(Buffer.from(long.data.buffer))).toBe(true);
  expect(copies.again.data).toBe(copies.small.data);
  expect([copies.small.rows, copies.small.cols]).toEqual([1, 2]);
  expect(buffers).toEqual([copies.long.data.buffer, copies.small.data.buffer]);
  expect((await copiesOf({ none: matrix(0, 3) }, unattended)).copies.none.data).toHaveLength(0);
});

it('copies some rows alone', async () => {
  const x = matrix(3, 2, Float32Array.of(1, 2, 3, 4, 5, 6));
  const { copies } = await copiesOf({ x }, unattended, Int32Array.of(0, 2));
  expect(copies.x).toEqual(matrix(2, 2, Float32Array.of(1, 2, 5, 6)));
});

it('breathes after each piece, and stops where it is cancelled', async () => {
  const { job, breaths } = cancelledAt(2);
  await expect(copiesOf({ long }, job)).rejects.toMatchObject({ name: 'AbortError' });
  expect(breaths()).toBe(2);
});
