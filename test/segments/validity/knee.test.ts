import { describe, expect, it } from 'vitest';
import { matrix } from '../../../src/lib/matrix.ts';
import { knee } from '../../../src/segments/validity/knee.ts';
import { random } from '../../../src/lib/random.ts';
import { distanceTo } from '../../../src/segments/methods/silhouette.ts';
import { planted } from '../../support/blobs.ts';

describe('knee', () => {
  it('finds the corner of a curve of two straight parts, rising or falling, bent up or down', () => {
    expect(knee([0, 1, 2, 3, 13, 23])).toMatchObject({ index: 3, value: 3 });
    expect(knee([23, 13, 3, 2, 1, 0])).toMatchObject({ index: 2, value: 3 });
    expect(knee([0, 10, 20, 21, 22, 23])).toMatchObject({ index: 2, value: 20 });
    expect(knee([23, 22, 21, 20, 10, 0])).toMatchObject({ index: 3, value: 20 });
  });

  it('agrees with the knee that Satopää and others derive for y = −1/x + 5', () => {
    const x = Array.from({ length: 10 }, (_, i) => i / 9);
    const found = knee(x.map((each) => -1 / (each + 0.1) + 5));
    expect(x[found!.index]).toBeCloseTo(0.22, 2); // their figure 2
    expect(found!.value).toBeCloseTo(1.9, 1);
  });

  it('does not depend on the unit of the curve', () => {
    const curve = Array.from({ length: 50 }, (_, i) => i * i * i);
    const tall = knee(curve.map((value) => 1e30 * value + 5));
    expect(tall!.index).toBe(knee(curve)!.index);
    expect(tall!.bend).toBeCloseTo(knee(curve)!.bend, 12);
  });

  it('says nothing where there is no bend', () => {
    for (const flat of [[], [1], [1, 2], [3, 3, 3, 3], [0, 1, 2, 3, 4], [0.1, 0.2, 0.3]])
      expect(knee(flat)).toBe(null);
  });

  it('refuses what is no number', () => {
    expect(() => knee([1, NaN, 2])).toThrow(RangeError);
    expect(() => knee([1, 2, Infinity])).toThrow('value 2');
  });

  it('separates the distances inside clouds from those of strays', () => {
    const { x } = planted({ rows: 450, cols: 2, groups: 3, apart: 12 }, 2);
    const next = random(5);
    const all = matrix(500, 2);
    all.data.set(x.data);
    for (let i = x.data.length; i < all.data.length; i++) all.data[i] = 60 * (next() - 0.5);
    const fifth = Float64Array.from({ length: 500 }, (_, r) => {
      const near = Float64Array.from({ length: 500 }, (_, o) => distanceTo(all, r, all, o)).sort();
      return near[5]!;
    }).sort();
    const { index } = knee(fifth)!;
    expect(index).toBeGreaterThan(420);
    expect(index).toBeLessThan(490);
  });
});
