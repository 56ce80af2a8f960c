import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { keepLetters, followed, letter, renumbered } from '../../src/segments/letters.ts';
import { kmeans, type Clusters } from '../../src/segments/methods/kmeans.ts';
import { noise } from '../support/blobs.ts';

const clusters = (...labels: number[]): Clusters => {
  const k = Math.max(...labels) + 1;
  const sizes = Array.from({ length: k }, (_, m) => labels.filter((label) => label === m).length);
  const means = matrix(
    k,
    1,
    Float32Array.from({ length: k }, (_, m) => m),
  );
  return { labels: Int32Array.from(labels), means, sizes, inertia: 0, capped: false };
};

describe('letters', () => {
  it('run from A to Z, then AA', () => {
    expect([0, 1, 25, 26, 51, 52, 701, 702].map(letter)).toEqual([
      'A',
      'B',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });

  it('stay with the customers when one segment splits', () => {
    const before = clusters(0, 0, 0, 0, 1, 1, 1);
    const next = clusters(1, 1, 1, 2, 0, 0, 0); // numbered by another rule
    expect([...followed(before, next)]).toEqual([1, 0, 2]);
    expect([...renumbered(next, followed(before, next)).labels]).toEqual([0, 0, 0, 2, 1, 1, 1]);
  });

  it('close the gap when two segments become one', () => {
    const before = clusters(0, 0, 0, 1, 1, 2, 2);
    const next = clusters(0, 0, 0, 0, 0, 1, 1); // the first two are one now
    expect([...followed(before, next)].sort()).toEqual([0, 1]);
    expect(followed(before, next)[0]).toBe(0);
  });

  it('are by size at the anchor and follow it both ways, each number once', async () => {
    const x = noise(400, 2, 3);
    const fits: Clusters[] = [];
    for (let k = 2; k <= 7; k++) fits.push(await kmeans(x, { k, seed: 1, restarts: 3 }));
    const kept = keepLetters(fits, 2);
    expect(kept[2]).toBe(fits[2]);
    kept.forEach((fit, i) => {
      expect(new Set(fit.labels).size).toBe(i + 2);
      expect(fit.sizes).toEqual(
        fit.sizes.map((_, m) => fit.labels.filter((label) => label === m).length),
      );
      expect(fit.inertia).toBe(fits[i]!.inertia);
    });
    const same = (a: Clusters, b: Clusters) =>
      a.labels.filter((label, r) => label === b.labels[r]).length;
    expect(same(kept[3]!, kept[2]!)).toBeGreaterThanOrEqual(same(fits[3]!, fits[2]!));
    expect(keepLetters(fits, 2)).toEqual(kept);
  });
});
