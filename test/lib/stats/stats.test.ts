import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bootstrap,
  medianInterval,
  meanInterval,
  wilson,
} from '../../../src/lib/stats/intervals.ts';
import { exp, log1p } from '../../../src/lib/stats/log.ts';
import {
  correlation,
  deviation,
  mean,
  skewness,
  variance,
} from '../../../src/lib/stats/moments.ts';
import { ascending, median, quantile } from '../../../src/lib/stats/quantile.ts';
import { adjustedRandIndex } from '../../../src/lib/stats/rand-index.ts';
import { sampleRows } from '../../../src/lib/stats/sample.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../golden/segments.json', import.meta.url), 'utf8'),
) as {
  rand: { a: number[]; b: number[]; ari: number }[];
  stats: { values: number[]; skew: number; variance: number; quantiles: number[] };
};

describe('log1p', () => {
  it.each([-0.999, -0.5, -1e-9, 0, 1e-20, 1e-9, 0.3, 0.4142135, 1, 9, 1e5, 3e38, 1e308])(
    'of %f is within two units in the last place of the engine’s own',
    (x) => {
      const exact = Math.log1p(x);
      expect(Math.abs(log1p(x) - exact)).toBeLessThanOrEqual(4.5e-16 * Math.abs(exact));
    },
  );
  it('refuses what has no logarithm', () => {
    expect(() => log1p(-1)).toThrow(RangeError);
    expect(() => log1p(NaN)).toThrow(RangeError);
    expect(log1p(Infinity)).toBe(Infinity);
  });
});

describe('exp', () => {
  it.each([-700, -20.3, -1, -1e-9, 0, 1e-9, 0.3466, 1, 2.5, 88, 700])(
    'of %f is within a few units in the last place of the engine’s own',
    (x) => {
      const exact = Math.exp(x);
      expect(Math.abs(exp(x) - exact)).toBeLessThanOrEqual(1e-15 * exact);
    },
  );
  it('ends in infinity and in 0, and refuses NaN', () => {
    expect([exp(800), exp(-800)]).toEqual([Infinity, 0]);
    expect(() => exp(NaN)).toThrow(RangeError);
  });
});

describe('moments', () => {
  it('agree with scipy', () => {
    const { values, skew, variance: v } = golden.stats;
    expect(skewness(values)).toBeCloseTo(skew, 10);
    expect(variance(values)).toBeCloseTo(v, 8);
  });
  it('lose no digits far from 0', () => {
    expect(variance([1e9, 1e9 + 1, 1e9 + 2])).toBe(1);
  });
  it('of one value, of none and of equal ones say so', () => {
    expect(variance([5])).toBe(0);
    expect(mean([])).toBeNaN();
    expect(skewness([3, 3, 3])).toBe(0);
    expect(deviation([3, 3, 3])).toBe(0);
    expect(correlation([1, 2], [7, 7])).toBe(0);
  });
  it('correlation is 1, −1 and 0 where it should be, and refuses unequal lengths', () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 2, 1, 2], [1, 1, 2, 2])).toBe(0);
    expect(() => correlation([1], [1, 2])).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('agrees with NumPy', () => {
    const sorted = ascending(golden.stats.values);
    [0, 0.01, 0.25, 0.5, 0.99, 1].forEach((p, i) =>
      expect(quantile(sorted, p)).toBeCloseTo(golden.stats.quantiles[i]!, 10),
    );
  });
  it('of one value is that value, of none NaN, and refuses p outside 0 to 1', () => {
    expect(quantile([4], 0.3)).toBe(4);
    expect(median([])).toBeNaN();
    expect(median([10, 9, 1])).toBe(9);
    expect(() => quantile([1], 1.1)).toThrow(RangeError);
    expect(() => quantile([1], NaN)).toThrow(RangeError);
  });
});

describe('intervals', () => {
  it('Wilson of 312 of 4,372 is 6.4 to 7.9 %', () => {
    const { value, low, high } = wilson(312, 4372);
    expect([value, low, high].map((v) => (100 * v).toFixed(1))).toEqual(['7.1', '6.4', '7.9']);
  });
  it('Wilson of none, of all and of nothing stays inside 0 to 1', () => {
    expect(wilson(0, 10)).toMatchObject({ value: 0, low: 0 });
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 3);
    expect(wilson(10, 10)).toMatchObject({ value: 1, high: 1 });
    expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
    expect(() => wilson(3, 2)).toThrow(RangeError);
  });
  it('the median’s covers the true median in about 95 of 100 samples', () => {
    let covered = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const rows = sampleRows(10_001, 60, seed);
      const { low, high } = medianInterval(rows);
      covered += low <= 5000 && 5000 <= high ? 1 : 0;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.995);
  });
  it('the median’s of one value is that value', () => {
    expect(medianInterval([3])).toEqual({ value: 3, low: 3, high: 3 });
    expect(medianInterval([]).value).toBeNaN();
  });
  it('the mean’s is 1.96 standard errors each way', () => {
    const { low, high } = meanInterval(10, 2, 100);
    expect([low, high]).toEqual([10 - 0.2 * 1.959963984540054, 10 + 0.2 * 1.959963984540054]);
  });
  it('the bootstrap of a mean is close to the formula, and the same for the same seed', async () => {
    const values = Array.from({ length: 200 }, (_, i) => i);
    const of = (times: Int32Array) => [values.reduce((s, v, i) => s + v * times[i]!, 0) / 200];
    const options = { n: 200, draws: 2000, seed: 5 };
    const [found] = await bootstrap(options, of);
    const formula = meanInterval(99.5, deviation(values), 200);
    expect(found!.value).toBe(99.5);
    expect(Math.abs(found!.low - formula.low)).toBeLessThan(1);
    expect(Math.abs(found!.high - formula.high)).toBeLessThan(1);
    expect(await bootstrap(options, of)).toEqual([found]);
    await expect(bootstrap({ ...options, n: 0 }, of)).rejects.toThrow(RangeError);
  });
});

describe('adjustedRandIndex', () => {
  it.each(golden.rand)('agrees with scikit-learn: $ari', ({ a, b, ari }) => {
    expect(adjustedRandIndex(a, b)).toBeCloseTo(ari, 12);
  });
  it('is 1 whatever the groups are called, and for no rows at all', () => {
    expect(adjustedRandIndex([0, 0, 1, 2], [5, 5, 9, 7])).toBe(1);
    expect(adjustedRandIndex([], [])).toBe(1);
    expect(adjustedRandIndex([0, 0], [1, 1])).toBe(1);
    expect(() => adjustedRandIndex([0], [])).toThrow(RangeError);
  });
});

describe('sampleRows', () => {
  it('gives different rows in order, each about equally often', () => {
    const times = new Int32Array(20);
    for (let seed = 0; seed < 2000; seed++) {
      const rows = sampleRows(20, 5, seed);
      expect(new Set(rows).size).toBe(5);
      expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
      rows.forEach((r) => times[r]!++);
    }
    for (const n of times) expect(Math.abs(n - 500)).toBeLessThan(110);
  });
  it('gives all rows where there are no more', () => {
    expect([...sampleRows(3, 5, 1)]).toEqual([0, 1, 2]);
    expect([...sampleRows(0, 5, 1)]).toEqual([]);
  });
});
