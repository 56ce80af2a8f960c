import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { components, onto, pcaLayout } from '../../src/segments/map/pca.ts';
import { noise, planted } from '../support/blobs.ts';

const golden = JSON.parse(
  readFileSync(new URL('../golden/segments.json', import.meta.url), 'utf8'),
) as { x: number[][]; pca: { ratio: number[]; first: number[][] } };
const x = matrix(golden.x.length, 3, Float32Array.from(golden.x.flat()));

describe('components', () => {
  it('keep the shares of variance that scikit-learn finds', () => {
    const { variances } = components(x);
    const total = variances.reduce((a, b) => a + b);
    golden.pca.ratio.forEach((ratio, a) => expect(variances[a]! / total).toBeCloseTo(ratio, 9));
  });

  it('put rows where scikit-learn does, up to the sign of an axis', () => {
    const along = onto(x, components(x));
    for (const axis of [0, 1]) {
      const sign = Math.sign(along.data[axis]! * golden.pca.first[0]![axis]!);
      golden.pca.first.forEach((at, r) =>
        expect(sign * along.data[r * 3 + axis]!).toBeCloseTo(at[axis]!, 4),
      );
    }
  });

  it('stand square on each other, have length 1, and their largest loading is positive', () => {
    const { axes } = components(noise(200, 6));
    axes.forEach((a, i) => {
      axes.forEach((b, j) =>
        expect(a.reduce((sum, value, c) => sum + value * b[c]!, 0)).toBeCloseTo(
          i === j ? 1 : 0,
          10,
        ),
      );
      const largest = a.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best));
      expect(largest).toBeGreaterThan(0);
    });
  });
});

describe('pcaLayout', () => {
  it('fills −1 to 1 with its larger range, around the middle', () => {
    const { positions, kept } = pcaLayout(planted({ rows: 300, cols: 4, groups: 3, apart: 5 }).x);
    const axis = (a: number) => [...positions.filter((_, i) => i % 2 === a)];
    expect([Math.min(...axis(0)), Math.max(...axis(0))]).toEqual([-1, 1]);
    expect(Math.min(...axis(1)) + Math.max(...axis(1))).toBeCloseTo(0, 5);
    expect(Math.max(...axis(1))).toBeLessThanOrEqual(1);
    expect(kept[0]).toBeGreaterThanOrEqual(kept[1]);
    expect(kept[0] + kept[1]).toBeLessThanOrEqual(1);
  });

  it('gives the same bytes again', () => {
    expect(pcaLayout(x).positions).toEqual(pcaLayout(x).positions);
  });

  it('takes constant columns, one column, no column, one row and no row', () => {
    const constant = pcaLayout(matrix(3, 2, Float32Array.of(5, 1, 5, 2, 5, 3)));
    expect([...constant.positions]).toEqual([-1, 0, 0, 0, 1, 0]);
    expect(constant.kept).toEqual([1, 0]);
    expect([...pcaLayout(matrix(2, 1, Float32Array.of(0, 4))).positions]).toEqual([-1, 0, 1, 0]);
    expect([...pcaLayout(matrix(2, 0)).positions]).toEqual([0, 0, 0, 0]);
    expect(pcaLayout(matrix(1, 3)).kept).toEqual([0, 0]);
    expect([...pcaLayout(matrix(1, 3)).positions]).toEqual([0, 0]);
    expect(pcaLayout(matrix(0, 3)).positions).toHaveLength(0);
  });
});
