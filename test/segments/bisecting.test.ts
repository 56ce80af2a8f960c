import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unattended, type Job } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { bisecting, bisectingPartition } from '../../src/segments/methods/bisecting.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { holdRowsIn } from '../../workers/kernels/lloyd.ts';
import { blobs, noise, planted } from '../support/blobs.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/bisecting.json', import.meta.url), 'utf8'),
) as { x: number[][]; fits: { k: number; inertia: number }[] };
const options = { k: null, smallest: null, seed: 1, restarts: 3 };

describe('bisecting', () => {
  it.each(golden.fits)(
    'with $k groups fits at least as well as the best of 20 runs of scikit-learn’s BisectingKMeans',
    async ({ k, inertia }) => {
      const x = matrix(golden.x.length, golden.x[0]!.length, Float32Array.from(golden.x.flat()));
      const found = await bisecting(x, { ...options, k, smallest: 1 });
      expect(found.sizes.length).toBe(k);
      expect(found.inertia).toBeLessThanOrEqual(inertia * (1 + 1e-6));
    },
  );

  it('finds 60 planted micro-segments, and their number, from the data', async () => {
    const { x, truth } = planted({ rows: 9000, cols: 6, groups: 60, apart: 9 }, 3);
    const found = await bisecting(x, options, unattended, { holdRows: holdRowsIn(solo) });
    expect(found.sizes.length).toBe(60);
    expect(adjustedRandIndex(found.labels, truth)).toBeGreaterThan(0.99);
    expect(found.ended).toBe('best-model');
  });

  it.each([50, 200, 700])('makes no group below %i rows', async (smallest) => {
    const x = noise(6000, 4, 5);
    const found = await bisecting(x, { ...options, k: 300, smallest });
    expect(Math.min(...found.sizes)).toBeGreaterThanOrEqual(smallest);
    expect(found.sizes.reduce((a, b) => a + b)).toBe(6000);
    expect(found.ended).toBe('none-can-be-split');
    expect(bisectingPartition(found).words).toContain(`none below ${smallest}`);
  });

  it('makes hundreds of groups', async () => {
    const found = await bisecting(
      noise(20_000, 5),
      { ...options, k: 400, smallest: 5 },
      unattended,
      {
        holdRows: holdRowsIn(solo),
      },
    );
    expect(found.sizes.length).toBe(400);
  });

  it('leaves one cloud whole', async () => {
    const { x } = planted({ rows: 3000, cols: 5, groups: 1, apart: 1 }, 2);
    expect((await bisecting(x, options)).sizes).toEqual([3000]);
  });

  it('gives the same for the same seed', async () => {
    const x = noise(3000, 3);
    const run = () => bisecting(x, { ...options, k: 40, smallest: 10 });
    expect(await run()).toEqual(await run());
  });

  it('handles one row, equal rows, k = rows, 500 columns, values about 1e30', async () => {
    expect((await bisecting(matrix(1, 2), options)).sizes).toEqual([1]);
    expect((await bisecting(matrix(50, 2), { ...options, k: 4, smallest: 1 })).sizes).toEqual([50]);
    const apart = await bisecting(blobs(6, 6), { ...options, k: 6, smallest: 1 });
    expect(apart.sizes).toEqual([1, 1, 1, 1, 1, 1]);
    expect((await bisecting(noise(60, 500), { ...options, k: 3, smallest: 2 })).sizes.length).toBe(
      3,
    );
    const huge = noise(200, 2);
    huge.data.forEach((value, i) => (huge.data[i] = value * 1e30));
    expect((await bisecting(huge, { ...options, k: 5, smallest: 5 })).sizes.length).toBe(5);
  });

  it('refuses no rows, too many groups and values that are no numbers', async () => {
    await expect(bisecting(matrix(0, 2), options)).rejects.toThrow(RangeError);
    await expect(bisecting(matrix(3, 2), { ...options, k: 4 })).rejects.toThrow(RangeError);
    const bad = noise(30, 2);
    bad.data[3] = Infinity;
    await expect(bisecting(bad, options)).rejects.toThrow('column 1');
  });

  it('stops at the next breath when cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      ...unattended,
      breathe: async () => {
        if (++breaths === 60) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    const cancelled = bisecting(noise(20_000, 4), { ...options, k: 50 }, job);
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(breaths).toBe(60);
  });
});
