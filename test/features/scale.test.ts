import { describe, expect, it } from 'vitest';
import { scale, type ColumnPlan } from '../../src/features/scale.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { deviation, skewness } from '../../src/lib/stats/moments.ts';
import { median } from '../../src/lib/stats/quantile.ts';
import { bell } from '../support/blobs.ts';

const number: ColumnPlan = { label: 'x', kind: 'number', categories: 0, unusedReason: null };
const columns = (...values: ArrayLike<number>[]) => {
  const x = matrix(values[0]!.length, values.length);
  values.forEach((column, c) => {
    for (let r = 0; r < x.rows; r++) x.data[r * x.cols + c] = column[r]!;
  });
  return x;
};
const one = async (values: ArrayLike<number>) => {
  const { scaled, columns: told } = await scale(columns(values), [number]);
  return { values: scaled.data, ...told[0]! };
};
const many = (rows: number, of: (next: () => number) => number, seed = 1) => {
  const next = random(seed);
  return Float64Array.from({ length: rows }, () => of(next));
};

describe('scale', () => {
  it('puts a bell-shaped column at median 0 and spread 1, without a log', async () => {
    const { values, scaling } = await one(many(3000, (next) => 50 + 7 * bell(next)));
    expect(median(values)).toBeCloseTo(0, 6);
    expect(deviation(values)).toBeCloseTo(1, 1);
    expect(scaling).toMatch(
      /^60 values beyond the 1st\/99th percentile pulled in; then minus the median, divided by IQR ÷ 1\.349 \([67]\.?\d*\)$/,
    );
  });

  it('shortens a long tail by a log, and says so', async () => {
    const long = many(3000, (next) => Math.exp(5 + 1.5 * bell(next)));
    const { values, scaling } = await one(long);
    expect(scaling).toMatch(/^log\(1 \+ x\); then/);
    expect(skewness(values)).toBeLessThan(1);
    expect(skewness(long)).toBeGreaterThan(5);
  });

  it('takes the log of both sides where few values are below 0, and none where many are', async () => {
    const tail = many(2000, (next) => Math.exp(2 * bell(next)));
    const few = tail.map((value, r) => (r % 50 === 0 ? -value : value));
    expect((await one(few)).scaling).toMatch(/^sign\(x\) × log/);
    const half = tail.map((value, r) => (r % 2 === 0 ? -value / 1000 : value));
    expect((await one(half)).scaling).not.toMatch(/log/);
  });

  it('pulls in one enormous value among a thousand', async () => {
    const values = many(1000, (next) => next());
    values[7] = 1e30;
    const { values: scaled } = await one(values);
    expect(Math.max(...scaled)).toBeLessThan(5);
    expect(scaled[7]).toBe(Math.max(...scaled));
  });

  it('falls back to the standard deviation where half of the values are equal', async () => {
    const { values, scaling } = await one(many(1000, (next) => (next() < 0.8 ? 0 : next())));
    expect(scaling).toContain('standard deviation');
    expect(deviation(values)).toBeCloseTo(1, 2);
  });

  it('leaves out constant and nearly constant columns, with the reason', async () => {
    expect(await one([4, 4, 4])).toMatchObject({
      used: false,
      unusedReason: 'It is the same for every customer.',
    });
    const nearly = many(1000, () => 0);
    nearly[3] = 7;
    expect(await one(nearly)).toMatchObject({
      used: false,
      unusedReason: 'It is the same for 99.9 % of customers.',
    });
    const answers = many(1000, () => 1);
    answers[3] = 0;
    expect(await one(answers)).toMatchObject({
      used: false,
      unusedReason: 'It is the same for 99.9 % of customers.',
    });
  });

  it('leaves out a column that says the same as an earlier one, and names it', async () => {
    const a = many(500, bell);
    const b = a.map((value) => 3 - 2 * value);
    const { columns: told, scaledFrom } = await scale(columns(a, b, many(500, bell, 2)), [
      { ...number, label: 'Age' },
      number,
      number,
    ]);
    expect(told[1]!.unusedReason).toBe('It says nearly the same as Age (correlation above 0.98).');
    expect(scaledFrom).toEqual([0, 2]);
  });

  it('keeps answers as 0 and 1', async () => {
    expect([...(await one([0, 1, 1, 0])).values]).toEqual([0, 1, 1, 0]);
  });

  it('makes a category one column a value, so that two values are 1 apart', async () => {
    const plan: ColumnPlan = { label: 'c', kind: 'category', categories: 3, unusedReason: null };
    const { scaled, scaledFrom } = await scale(columns([0, 1, 2, 0]), [plan]);
    expect(scaledFrom).toEqual([0, 0, 0]);
    const row = (r: number) => scaled.data.subarray(3 * r, 3 * r + 3);
    expect(Math.hypot(...row(0).map((value, c) => value - row(1)[c]!))).toBeCloseTo(1, 6);
    expect(row(0)).toEqual(row(3));
    await expect(scale(columns([0, 3]), [plan])).rejects.toThrow(RangeError);
    expect((await scale(columns([1, 1]), [plan])).columns[0]!.used).toBe(false);
  });

  it('leaves out what it is told to, with that reason', async () => {
    const { scaled, columns: told } = await scale(columns([1, 2, 3]), [
      { ...number, unusedReason: 'You left it out.' },
    ]);
    expect(scaled.cols).toBe(0);
    expect(told).toEqual([
      {
        scaling: 'not scaled, since it is not used for grouping',
        used: false,
        unusedReason: 'You left it out.',
      },
    ]);
  });

  it('takes no row, one row and no column; refuses NaN and a wrong number of plans', async () => {
    expect((await scale(matrix(0, 1), [number])).columns[0]!.used).toBe(false);
    expect((await scale(matrix(1, 1), [number])).columns[0]!.used).toBe(false);
    expect((await scale(matrix(3, 0), [])).scaled).toMatchObject({ rows: 3, cols: 0 });
    await expect(scale(columns([1, NaN]), [number])).rejects.toThrow('row 1 of column 0');
    await expect(scale(matrix(1, 2), [number])).rejects.toThrow('1 plans for 2 columns');
  });

  it('stops when cancelled', async () => {
    const job = {
      signal: AbortSignal.abort(),
      progress: () => {},
      breathe: async () => AbortSignal.abort().throwIfAborted(),
    };
    await expect(scale(columns([1, 2, 3]), [number], job)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
