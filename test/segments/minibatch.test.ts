import { describe, expect, it } from 'vitest';
import { unattended, type Job } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { kmeans } from '../../src/segments/methods/kmeans.ts';
import { batchesOf, minibatch } from '../../src/segments/methods/minibatch.ts';
import { sweep } from '../../src/segments/sweep.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { holdRowsIn } from '../../workers/kernels/lloyd.ts';
import { noise, planted } from '../support/blobs.ts';

const options = { k: 5, seed: 1, restarts: 4, batchRows: 2000 };
const wasm = { holdRows: holdRowsIn(solo) };

describe('minibatch', () => {
  it('finds planted groups while it sees a batch at a time', async () => {
    const { x, truth } = planted({ rows: 31_000, cols: 4, groups: 5, apart: 7 }, 3);
    let most = 0;
    const watched = {
      ...batchesOf(x),
      read: (from: number, to: number) => {
        most = Math.max(most, to - from);
        return batchesOf(x).read(from, to);
      },
    };
    const found = await minibatch(watched, options, unattended, wasm);
    expect(adjustedRandIndex(found.labels, truth)).toBeGreaterThan(0.98);
    expect(most).toBe(2000);
  });

  it('comes within 1 % of k-means on all rows, also where there are no groups', async () => {
    const x = noise(30_000, 3, 4);
    const whole = await kmeans(x, { k: 6, seed: 2, restarts: 4 }, unattended, wasm);
    const found = await minibatch(batchesOf(x), { ...options, k: 6 }, unattended, wasm);
    expect(found.inertia).toBeLessThan(whole.inertia * 1.01);
    expect(found.sizes.reduce((a, b) => a + b)).toBe(30_000);
  });

  it('gives the same bytes by every kernel for the same seed', async () => {
    const x = noise(5000, 3);
    expect(await minibatch(batchesOf(x), options, unattended, wasm)).toEqual(
      await minibatch(batchesOf(x), options),
    );
  });

  it('is what the search for k goes through when a kernel could not hold the rows', async () => {
    const { x, truth } = planted({ rows: 9000, cols: 3, groups: 3, apart: 9 }, 5);
    const { fits } = await sweep(
      x,
      [0, 1, 2],
      { ks: [2, 3], seed: 1, restarts: 3, most: 1000 },
      unattended,
      wasm,
    );
    expect(fits.map(({ means }) => means.rows)).toEqual([2, 3]);
    expect(adjustedRandIndex(fits[1]!.labels, truth)).toBeGreaterThan(0.98);
  });

  it('handles one batch, equal rows, one column', async () => {
    const few = await minibatch(batchesOf(noise(50, 1)), { ...options, k: 3 });
    expect(few.sizes.length).toBe(3);
    const equal = await minibatch(batchesOf(matrix(5000, 2)), { ...options, k: 2 });
    expect(equal.sizes).toEqual([5000]);
  });

  it('refuses no rows, more groups than a batch, and values that are no numbers', async () => {
    await expect(minibatch(batchesOf(matrix(0, 2)), options)).rejects.toThrow(RangeError);
    await expect(minibatch(batchesOf(noise(4, 2)), options)).rejects.toThrow(RangeError);
    const bad = noise(5000, 2);
    bad.data[9001] = NaN;
    await expect(minibatch(batchesOf(bad), options)).rejects.toThrow('column 1');
  });

  it('stops at the next breath when cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      ...unattended,
      breathe: async () => {
        if (++breaths === 200) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    await expect(minibatch(batchesOf(noise(40_000, 3)), options, job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(breaths).toBe(200);
  });
});
