import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import {
  followed,
  keepLetters,
  letter,
  letterPlace,
  renumbered,
} from '../../src/segments/letters.ts';
import { kmeans, type Clusters } from '../../src/segments/methods/kmeans.ts';
import { noise } from '../support/blobs.ts';

const labels = (...all: number[]) => Int32Array.from(all);
const rep = (value: number, times: number) => new Array<number>(times).fill(value);
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
    const before = labels(0, 0, 0, 0, 1, 1, 1);
    const next = clusters(1, 1, 1, 2, 0, 0, 0); // numbered by another rule
    const numbers = followed([before], next.labels, 3);
    expect([...numbers]).toEqual([1, 0, 2]);
    expect([...renumbered(next, numbers).labels]).toEqual([0, 0, 0, 2, 1, 1, 1]);
  });

  it('leave a gap when two segments become one: nobody takes the letter of somebody else', () => {
    const before = labels(0, 0, 0, 0, 1, 1, 2, 2, 2);
    const next = labels(0, 0, 0, 0, 0, 0, 1, 1, 1); // the first two are one now
    expect([...followed([before], next, 2)]).toEqual([0, 2]);
  });

  it('are matched all at once, not greedily', () => {
    // Taking the largest overlap first (6) would leave 0 for the other; together 5 + 5 is more.
    const before = labels(...rep(0, 6), ...rep(0, 5), ...rep(1, 5));
    const next = labels(...rep(0, 6), ...rep(1, 5), ...rep(0, 5));
    expect([...followed([before], next, 2)]).toEqual([1, 0]);
  });

  it('do not pass to a group that shares less than a third', () => {
    const before = labels(...rep(0, 50), ...rep(1, 50));
    const next = labels(...rep(0, 50), ...rep(-1, 45), ...rep(1, 5));
    expect([...followed([before], next, 2)]).toEqual([0, 1]); // 1 as the lowest free one
    expect([...followed([before], next, 2, new Set([1]))]).toEqual([0, 2]); // named by a person: not for others
  });

  it('come back when a segment does that had vanished, unless somebody has its letter now', () => {
    const first = labels(...rep(0, 10), ...rep(1, 10), ...rep(2, 10));
    const now = labels(...rep(3, 10), ...rep(1, 10), ...rep(-1, 10));
    const next = labels(...rep(0, 10), ...rep(1, 10), ...rep(2, 10));
    expect([...followed([now, first], next, 3)]).toEqual([3, 1, 2]);
    expect([...followed([now], next, 3)]).toEqual([3, 1, 0]);
  });

  it('go back and forth between letter and place', () => {
    for (const place of [0, 1, 25, 26, 51, 52, 701, 702, 18277])
      expect(letterPlace(letter(place))).toBe(place);
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
