import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { components, onto, principal } from '../../../src/lib/stats/components.ts';
import { moments } from '../../../src/lib/stats/covariance.ts';
import { eigen, eigenvalues } from '../../../src/lib/stats/eigen.ts';
import { atOnce, breathing } from '../../../src/lib/steps.ts';
import { noise } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../golden/pca.json', import.meta.url), 'utf8'),
) as { x: number[][]; variances: number[]; axes: number[][]; first: number[][] };
const x = matrix(golden.x.length, 60, Float32Array.from(golden.x.flat()));

/** Row by row, pair by pair: nothing to get wrong. */
function plainCovariance({ data, rows, cols }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) means[c]! += data[r * cols + c]!;
  for (let c = 0; c < cols; c++) means[c]! /= rows;
  const sums = new Float64Array(cols * cols);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < cols; i++)
      for (let j = 0; j < cols; j++)
        sums[i * cols + j]! +=
          (data[r * cols + i]! - means[i]!) * (data[r * cols + j]! - means[j]!);
  return sums.map((sum) => sum / Math.max(1, rows - 1));
}

describe('moments', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 9, 33])(
    'of %i columns are the plain sums to the last bit, whatever the blocks',
    (cols) => {
      const rows = noise(131, cols, cols);
      expect(atOnce(moments(rows)).covariance).toEqual(plainCovariance(rows));
    },
  );

  it('take no row, one row, no column and enormous values; name the column that holds no number', () => {
    expect([...atOnce(moments(matrix(0, 2))).covariance]).toEqual([0, 0, 0, 0]);
    expect([...atOnce(moments(matrix(1, 1, Float32Array.of(5)))).covariance]).toEqual([0]);
    expect(atOnce(moments(matrix(4, 0))).covariance).toHaveLength(0);
    const far = atOnce(moments(matrix(2, 1, Float32Array.of(1e30, -1e30))));
    expect(far.covariance[0]! / 2e60).toBeCloseTo(1, 6);
    for (const bad of [NaN, Infinity, -Infinity])
      expect(() => atOnce(moments(matrix(2, 2, Float32Array.of(1, 2, 3, bad))))).toThrow(
        'column 1',
      );
  });
});

describe('eigen', () => {
  it.each([1, 2, 3, 40, 41, 90])('of size %i rebuilds the matrix and stands square', (n) => {
    const a = plainCovariance(noise(2 * n + 3, n, 5));
    const { values, vectors } = atOnce(eigen(a.slice(), n));
    const row = (i: number) => vectors.subarray(i * n, (i + 1) * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let [back, dot] = [0, 0];
        for (let m = 0; m < n; m++) {
          back += values[m]! * row(m)[i]! * row(m)[j]!;
          dot += row(i)[m]! * row(j)[m]!;
        }
        expect(back).toBeCloseTo(a[i * n + j]!, 12);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 11);
      }
    expect([...values]).toEqual([...values].sort((p, q) => q - p));
    atOnce(eigenvalues(a.slice(), n)).forEach((value, i) =>
      expect(value).toBeCloseTo(values[i]!, 12),
    );
  });

  it('settles where most eigenvalues are 0: 60 rows of 500 columns', () => {
    const { variances } = components(noise(60, 500));
    expect(variances[58]).toBeGreaterThan(0.01);
    expect(Math.max(...variances.slice(59))).toBeLessThan(1e-12);
  });

  it('takes matrices of zeros, of ones, already diagonal, and of enormous or tiny values', () => {
    const n = 50;
    expect([...atOnce(eigenvalues(new Float64Array(n * n), n))]).toEqual(Array(n).fill(0));
    const ones = atOnce(eigen(new Float64Array(n * n).fill(1), n));
    expect(ones.values[0]).toBeCloseTo(n, 9);
    expect(Math.abs(ones.values[1]!)).toBeLessThan(1e-9);
    for (const size of [1e60, 1e-60]) {
      const diagonal = new Float64Array(n * n);
      for (let i = 0; i < n; i++) diagonal[i * n + i] = size * i;
      const { values } = atOnce(eigen(diagonal, n));
      values.forEach((value, i) => expect(value / size).toBeCloseTo(n - 1 - i, 9));
    }
    expect(atOnce(eigen(new Float64Array(0), 0)).values).toHaveLength(0);
  });
});

describe('components of 60 columns', () => {
  const found = components(x);

  it('have the variances and the axes that scikit-learn finds', () => {
    golden.variances.forEach((value, a) => expect(found.variances[a]).toBeCloseTo(value, 8));
    golden.axes.forEach((axis, a) =>
      axis.forEach((value, c) => expect(Math.abs(found.axes[a]![c]!)).toBeCloseTo(value, 7)),
    );
    const along = onto(x, found);
    golden.first.forEach((row, r) =>
      row.forEach((value, a) =>
        expect(Math.abs(along.data[r * along.cols + a]!)).toBeCloseTo(value, 4),
      ),
    );
  });

  it('come out the same in steps, and stop at the next breath when cancelled', async () => {
    const { job } = cancelledAt(Infinity);
    expect(await breathing(principal(x), job)).toEqual(found);
    const stopped = cancelledAt(20);
    await expect(breathing(principal(x), stopped.job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(stopped.breaths()).toBe(20);
  });
});
