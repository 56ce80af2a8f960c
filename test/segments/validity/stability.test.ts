import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/lib/job.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { kmeans } from '../../../src/segments/methods/kmeans.ts';
import type { Fit } from '../../../src/segments/validity/fit.ts';
import { gapStatistic, type FitK } from '../../../src/segments/validity/gap.ts';
import { stability } from '../../../src/segments/validity/stability.ts';
import { noise, planted } from '../../support/blobs.ts';

const fitK: FitK = async (x, k, seed, job) =>
  (await kmeans(x, { k: Math.min(k, x.rows), seed, restarts: 3 }, job)).labels;
const fit =
  (k: number): Fit =>
  (x, seed, job) =>
    fitK(x, k, seed, job);
const clear = planted({ rows: 600, cols: 3, groups: 3, apart: 8 }, 2);
const from = [0, 1, 2];
const few = { bootstraps: 8, seeds: 3 };
const after = (breaths: number): Job => {
  const controller = new AbortController();
  let left = breaths;
  const breathe = async () => {
    if (left-- <= 0) controller.abort();
    controller.signal.throwIfAborted();
  };
  return { signal: controller.signal, progress: () => {}, breathe };
};

describe('stability', () => {
  it('calls planted groups stable, and says how surely', async () => {
    const found = await stability(clear.x, fit(3), { labels: clear.truth, seed: 1 });
    expect(found).toMatchObject({ rows: 600, sampled: false });
    expect(found.bootstraps!.value).toBeGreaterThan(0.95);
    expect(found.seeds!.value).toBeGreaterThan(0.95);
    expect(found.groups).toHaveLength(3);
    for (const group of found.groups) {
      expect(group).toMatchObject({ standing: 'stable', dissolved: 0 });
      expect(group!.jaccard.low).toBeLessThanOrEqual(group!.jaccard.value);
      expect(group!.jaccard.high).toBeLessThanOrEqual(1);
    }
  });

  it('tells the group that holds from two halves of one that do not', async () => {
    const two = planted({ rows: 600, cols: 3, groups: 2, apart: 14 }, 6);
    const labels = two.truth.map((label, r) => (label === 0 ? 0 : 1 + (r % 2)));
    const { groups } = await stability(two.x, fit(3), { labels, seed: 1 });
    expect(groups[1]!.standing).not.toBe('stable');
    expect(groups[2]!.standing).not.toBe('stable');
    const halves = await stability(two.x, fit(2), { labels, seed: 1 });
    expect(halves.groups[0]!.standing).toBe('stable');
    for (const half of halves.groups.slice(1)) {
      expect(half!.jaccard.value).toBeCloseTo(0.5, 1);
      expect(half!.standing).not.toBe('stable');
    }
  });

  it('finds that groups at random dissolve', async () => {
    const labels = Int32Array.from({ length: 400 }, (_, r) => r % 4);
    const found = await stability(noise(400, 3), fit(4), { labels, seed: 2, ...few });
    expect(found.groups.map((group) => group!.standing)).toEqual(new Array(4).fill('dissolves'));
    expect(Math.abs(found.bootstraps!.value)).toBeLessThan(0.1);
  });

  it('takes rows in no group as they are, on both sides', async () => {
    const labels = clear.truth.map((label) => label - 1);
    const found = await stability(clear.x, fit(3), { labels, seed: 1, ...few });
    expect(found.groups.map((group) => group!.standing)).toEqual(['stable', 'stable']);
    const nothing: Fit = async (x) => new Int32Array(x.rows).fill(-1);
    const lost = await stability(clear.x, nothing, { labels, seed: 1, ...few });
    expect(lost.groups.map((group) => group!.jaccard.value)).toEqual([0, 0]);
  });

  it('says that it looked at a sample, and gives the same bytes for the same seed', async () => {
    const { x, truth } = planted({ rows: 5000, cols: 2, groups: 3, apart: 8 }, 2);
    const options = { labels: truth, seed: 5, bootstraps: 2, seeds: 1 };
    const found = await stability(x, fit(3), options);
    expect(found).toMatchObject({ rows: 4000, sampled: true });
    expect(await stability(x, fit(3), options)).toEqual(found);
  });

  it('of no, one and equal rows says what there is to say', async () => {
    const none = await stability(matrix(0, 2), fit(2), { labels: [], seed: 1 });
    expect(none).toMatchObject({ bootstraps: null, seeds: null, groups: [] });
    const one = await stability(matrix(1, 2), fit(1), { labels: [0], seed: 1, ...few });
    expect(one.groups[0]!.jaccard.value).toBe(1);
    const same = { labels: new Int32Array(20), seed: 1, ...few };
    expect((await stability(matrix(20, 2), fit(2), same)).groups[0]!.standing).toBe('stable');
    await expect(stability(noise(5, 2), fit(2), { labels: [0], seed: 1 })).rejects.toThrow(
      RangeError,
    );
  });

  it.each([0, 20])('stops when cancelled after %i breaths', async (breaths) => {
    const run = stability(clear.x, fit(3), { labels: clear.truth, seed: 1 }, after(breaths));
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the gap statistic', () => {
  const options = { ks: [1, 2, 3, 4, 5, 6], seed: 1, draws: 10 };
  it('finds how many groups were planted, with an error for each k', async () => {
    const found = await gapStatistic(clear.x, from, fitK, options);
    expect(found.k).toBe(3);
    expect(found.curve).toHaveLength(6);
    for (const { error } of found.curve) expect(error).toBeGreaterThan(0);
    expect(await gapStatistic(clear.x, from, fitK, options)).toEqual(found);
  });

  it('says one where there are no groups', async () => {
    for (const seed of [1, 2, 3])
      expect((await gapStatistic(noise(400, 3, seed), from, fitK, options)).k).toBe(1);
  });

  it('ends where nothing has any spread, and has no answer without a next k', async () => {
    expect(await gapStatistic(matrix(30, 2), [0, 1], fitK, options)).toMatchObject({
      curve: [],
      k: null,
    });
    expect(await gapStatistic(matrix(0, 2), [0, 1], fitK, options)).toMatchObject({
      curve: [],
      k: null,
    });
    expect((await gapStatistic(clear.x, from, fitK, { ...options, ks: [2] })).k).toBe(null);
    await expect(gapStatistic(clear.x, from, fitK, { ...options, ks: [1, 3] })).rejects.toThrow(
      RangeError,
    );
  });

  it.each([0, 20])('stops when cancelled after %i breaths', async (breaths) => {
    const run = gapStatistic(clear.x, from, fitK, options, after(breaths));
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});
