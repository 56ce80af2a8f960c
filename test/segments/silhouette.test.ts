import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { mean } from '../../src/lib/stats/moments.ts';
import { kmeans } from '../../src/segments/methods/kmeans.ts';
import { silhouettes, simplifiedSilhouettes } from '../../src/segments/methods/silhouette.ts';
import { noise, planted } from '../support/blobs.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/segments.json', import.meta.url), 'utf8'),
) as {
  x: number[][];
  labels: number[];
  silhouettes: number[];
  sweep: { k: number; silhouette: number }[];
};
const x = matrix(golden.x.length, 3, Float32Array.from(golden.x.flat()));

describe('silhouettes', () => {
  it('agree with scikit-learn for every row', async () => {
    const [found] = await silhouettes(x, [{ labels: Int32Array.from(golden.labels), k: 4 }]);
    found!.forEach((value, r) => expect(value).toBeCloseTo(golden.silhouettes[r]!, 5));
  });

  it('of a whole sweep at once are those of each k alone, and their means agree with scikit-learn', async () => {
    const groupings = [];
    for (const { k } of golden.sweep)
      groupings.push({ labels: (await kmeans(x, { k, seed: 1, restarts: 20 })).labels, k });
    const all = await silhouettes(x, groupings);
    for (const [i, grouping] of groupings.entries())
      expect((await silhouettes(x, [grouping]))[0]).toEqual(all[i]);
    golden.sweep.forEach(({ silhouette }, i) =>
      expect(Math.abs(mean(all[i]!) - silhouette)).toBeLessThan(0.01),
    );
  });

  it('by hand: two pairs on a line', async () => {
    const line = matrix(4, 1, Float32Array.of(0, 1, 10, 12));
    const [found] = await silhouettes(line, [{ labels: Int32Array.of(0, 0, 1, 1), k: 2 }]);
    [1 - 1 / 11, 1 - 1 / 10, 1 - 2 / 9.5, 1 - 2 / 11.5].forEach((value, r) =>
      expect(found![r]).toBeCloseTo(value, 6),
    );
  });

  it('are 0 for a row alone, for one group, for equal rows, and none for no rows', async () => {
    const line = matrix(3, 1, Float32Array.of(0, 1, 10));
    const [alone] = await silhouettes(line, [{ labels: Int32Array.of(0, 0, 1), k: 2 }]);
    expect(alone![2]).toBe(0);
    const [one] = await silhouettes(line, [{ labels: new Int32Array(3), k: 1 }]);
    expect([...one!]).toEqual([0, 0, 0]);
    const [equal] = await silhouettes(matrix(4, 2), [{ labels: Int32Array.of(0, 0, 1, 1), k: 2 }]);
    expect([...equal!]).toEqual([0, 0, 0, 0]);
    expect((await silhouettes(matrix(0, 2), [{ labels: new Int32Array(), k: 1 }]))[0]).toHaveLength(
      0,
    );
  });

  it.each([1, 2, 3, 5, 6, 7])('do not depend on rows coming in fours: %i rows', async (rows) => {
    const part = noise(rows, 2);
    const labels = Int32Array.from({ length: rows }, (_, r) => r % 2);
    const [found] = await silhouettes(part, [{ labels, k: 2 }]);
    const distance = (i: number, j: number) =>
      Math.hypot(
        part.data[2 * i]! - part.data[2 * j]!,
        part.data[2 * i + 1]! - part.data[2 * j + 1]!,
      );
    for (let r = 0; r < rows; r++) {
      const to = (label: number) => {
        const others = [...labels.keys()].filter((i) => i !== r && labels[i] === label);
        return others.reduce((sum, i) => sum + distance(r, i), 0) / others.length;
      };
      const [own, other] = [to(labels[r]!), to(1 - labels[r]!)];
      const value =
        Number.isNaN(own) || Number.isNaN(other) ? 0 : (other - own) / Math.max(own, other);
      expect(found![r]).toBeCloseTo(value, 6);
    }
  });

  it('refuse labels of another length', async () => {
    await expect(silhouettes(matrix(2, 1), [{ labels: new Int32Array(3), k: 1 }])).rejects.toThrow(
      RangeError,
    );
  });

  it('stop when cancelled', async () => {
    const job = {
      signal: AbortSignal.abort(),
      progress: () => {},
      breathe: async () => AbortSignal.abort().throwIfAborted(),
    };
    await expect(
      silhouettes(x, [{ labels: new Int32Array(x.rows), k: 1 }], job),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('simplified silhouettes', () => {
  it('order groupings as the exact ones do', async () => {
    const { x: rows } = planted({ rows: 600, cols: 3, groups: 3, apart: 6 }, 8);
    const score = async (k: number) => {
      const { labels, means } = await kmeans(rows, { k, seed: 1, restarts: 5 });
      return mean(await simplifiedSilhouettes(rows, labels, means));
    };
    expect(await score(3)).toBeGreaterThan(await score(2));
    expect(await score(3)).toBeGreaterThan(await score(5));
  });

  it('are 0 for one group and for equal rows', async () => {
    expect([
      ...(await simplifiedSilhouettes(matrix(2, 1), new Int32Array(2), matrix(1, 1))),
    ]).toEqual([0, 0]);
    expect([
      ...(await simplifiedSilhouettes(matrix(2, 1), Int32Array.of(0, 1), matrix(2, 1))),
    ]).toEqual([0, 0]);
  });
});
