import { describe, expect, it } from 'vitest';
import { condense, condenseDefaults } from '../../src/features/condense.ts';
import { condenseSentences } from '../../src/features/condense-report.ts';
import { scaleAndCondense } from '../../src/features/scale-condense.ts';
import { scale, type ColumnPlan } from '../../src/features/scale.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { correlation } from '../../src/lib/stats/moments.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { kmeans } from '../../src/segments/methods/kmeans.ts';
import { bell, noise, planted } from '../support/blobs.ts';
import { cancelledAt } from '../support/cancelled.ts';

const numbers = (cols: number) =>
  Array.from({ length: cols }, (_, c) => ({ label: `number ${c}`, gaps: 0 }));
const places = (cols: number) => Array.from({ length: cols }, (_, c) => c);
const ofNumbers = (x: Matrix, options = condenseDefaults) =>
  condense(x, places(x.cols), numbers(x.cols), options);
const column = (x: Matrix, c: number) =>
  Float64Array.from({ length: x.rows }, (_, r) => x.data[r * x.cols + c]!);

/** Groups in the first columns, and after them columns that know nothing of groups. */
function buried(rows: number, cols: number, groups: number, blank: number, seed: number) {
  const { x, truth } = planted({ rows, cols, groups, apart: 5 }, seed);
  const next = random(seed + 100);
  const wide = matrix(rows, cols + blank);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < wide.cols; c++)
      wide.data[r * wide.cols + c] = c < cols ? x.data[r * cols + c]! : bell(next);
  return { x: wide, truth };
}

const plans = (cols: number): ColumnPlan[] =>
  numbers(cols).map(({ label }) => ({ label, kind: 'number', categories: 0, unusedReason: null }));

describe('condense', () => {
  it.each([1, 2, 3])(
    'lets k-means find groups of 20 columns among 180 that are noise (ARI at least .9, seed %i)',
    async (seed) => {
      const { x, truth } = buried(2000, 20, 6, 180, seed);
      const { scaled } = await scale(x, plans(200));
      const { x: few, report } = await ofNumbers(scaled);
      expect(few.cols).toBeGreaterThanOrEqual(2);
      expect(few.cols).toBeLessThanOrEqual(6);
      const { labels } = await kmeans(few, { k: 6, seed: 1, restarts: 10 });
      expect(adjustedRandIndex(labels, truth)).toBeGreaterThanOrEqual(0.9);
      expect(
        report.components[0]!.strongest.every(({ label }) => Number.parseInt(label.slice(7)) < 20),
      ).toBe(true);
    },
  );

  it.each([1, 2, 3, 4, 5])(
    'keeps columns that have nothing in common as they are (seed %i)',
    async (seed) => {
      const x = noise(400, 40, seed);
      const { x: same, from, report } = await ofNumbers(x);
      expect(report.components).toEqual([]);
      expect(from).toEqual(places(40));
      expect(same.data).toEqual(x.data);
      expect(report.rule).toContain('no more in common than unrelated ones');
    },
  );

  it('merges copies, also upside down and nearly exact, and says which stands for which', async () => {
    const next = random(3);
    const x = matrix(300, 4);
    for (let r = 0; r < 300; r++) {
      const [a, b] = [bell(next), bell(next)];
      x.data.set([a, b, -2 * a, b + 0.05 * bell(next)], 4 * r);
    }
    const { from, report } = await ofNumbers(x, { ...condenseDefaults, keep: 'columns' });
    expect(from).toEqual([0, 1]);
    expect(report.merged).toEqual([
      { stands: 'number 0', for: ['number 2'] },
      { stands: 'number 1', for: ['number 3'] },
    ]);
    expect(condenseSentences(report).join(' ')).toContain('number 0 stands for number 2');
  });

  it('counts a group of correlated columns as one, with the spread of one', async () => {
    const next = random(5);
    const x = matrix(500, 6);
    for (let r = 0; r < 500; r++) {
      const common = bell(next);
      for (let c = 0; c < 5; c++)
        x.data[6 * r + c] = (c === 3 ? -1 : 1) * (common + 0.2 * bell(next));
      x.data[6 * r + 5] = bell(next);
    }
    const { x: two, from, report } = await ofNumbers(x, { ...condenseDefaults, keep: 'columns' });
    expect(from).toEqual([-1, 5]);
    expect(report.groups).toHaveLength(1);
    expect(report.groups[0]!.members).toEqual([
      'number 0',
      'number 1',
      'number 2',
      'number 3',
      'number 4',
    ]);
    expect(report.groups[0]!.least).toBeGreaterThan(0.8);
    expect(Math.abs(correlation(column(two, 0), column(x, 0)))).toBeGreaterThan(0.95);
    const spread = Math.sqrt(column(two, 0).reduce((s, v) => s + v * v, 0) / 500);
    expect(spread).toBeGreaterThan(0.8);
    expect(spread).toBeLessThan(1.3);
    expect(column(two, 1)).toEqual(column(x, 5));
  });

  it('keeps as many components as make up a share of the variance', async () => {
    const { x } = buried(300, 6, 3, 10, 2);
    for (const share of [0.3, 0.6, 0.9, 1]) {
      const { x: few, report } = await ofNumbers(x, { ...condenseDefaults, keep: { share } });
      const shares = report.components.map((each) => each.share);
      const sum = shares.reduce((a, b) => a + b);
      expect(sum).toBeGreaterThanOrEqual(share - 1e-9);
      expect(sum - shares.at(-1)!).toBeLessThan(share);
      expect(few.cols).toBe(shares.length);
    }
  });

  it('neither drowns a category of many values nor lets it drown the numbers', async () => {
    const next = random(9);
    const rows = 1200;
    const raw = matrix(rows, 7);
    const truth = Int32Array.from({ length: rows }, (_, r) => r % 2);
    for (let r = 0; r < rows; r++) {
      const side = truth[r]!;
      // a category of ten values, of which five go with one side; four numbers that go with it; two that do not
      raw.data[7 * r] = 5 * side + Math.floor(5 * next());
      for (let c = 1; c < 5; c++) raw.data[7 * r + c] = 1.6 * side + bell(next);
      for (let c = 5; c < 7; c++) raw.data[7 * r + c] = bell(next);
    }
    const words = Array.from({ length: 10 }, (_, v) => `v${v}`);
    const { scaled, scaledFrom } = await scale(raw, [
      { label: 'place', kind: 'category', categories: 10, unusedReason: null },
      ...plans(6),
    ]);
    const features = [{ label: 'place', gaps: 0, categories: words }, ...numbers(6)];
    const { x, report } = await condense(scaled, scaledFrom, features);
    expect(report.components).toHaveLength(1);
    const [first] = report.components;
    expect(first!.strongest.every(({ label }) => /^number [0-3]|place/.test(label))).toBe(true);
    const { labels } = await kmeans(x, { k: 2, seed: 1, restarts: 5 });
    expect(adjustedRandIndex(labels, truth)).toBeGreaterThan(0.95);
  });

  it('puts rare values together and leaves out what hardly anybody has, or what is mostly gaps', async () => {
    const next = random(1);
    const raw = matrix(1000, 3);
    for (let r = 0; r < 1000; r++) {
      const rare = r < 15 ? 2 : r < 27 ? 3 : r < 30 ? 4 : r % 2;
      raw.data.set([rare, bell(next), bell(next)], 3 * r);
    }
    const { scaled, scaledFrom } = await scale(raw, [
      { label: 'place', kind: 'category', categories: 5, unusedReason: null },
      ...plans(2),
    ]);
    const features = [
      { label: 'place', gaps: 0, categories: ['a', 'b', 'c', 'd', 'e'] },
      { label: 'income', gaps: 700 },
      { label: 'age', gaps: 3 },
    ];
    const keep = { ...condenseDefaults, keep: 'columns' } as const;
    const { report, from } = await condense(scaled, scaledFrom, features, keep);
    expect(from).toEqual([0, 0, 2]);
    expect(report.groups.map(({ members }) => members)).toEqual([['place: a', 'place: b']]);
    expect(report.leftOut).toEqual([
      { label: 'income', why: '700 customers of 1000 have a gap there' },
    ]);
    expect(report.gaps).toBe(703);
  });

  it('is done by itself where there are more than 30 features, and where a person says so', async () => {
    const wide = buried(200, 6, 3, 29, 2).x;
    const narrow = buried(200, 6, 3, 4, 2).x;
    const run = (x: Matrix, on: boolean | null) =>
      scaleAndCondense(x, plans(x.cols), { features: numbers(x.cols), on });
    expect((await run(wide, null)).condensed!.x.cols).toBeLessThan(10);
    expect((await run(wide, false)).condensed).toBeNull();
    expect((await run(narrow, null)).condensed).toBeNull();
    expect((await run(narrow, true)).condensed!.report.before).toBe(10);
    expect((await run(narrow, null)).scaled).toEqual((await scale(narrow, plans(10))).scaled);
  });

  it('finds copies among many numbers as among few', async () => {
    const { x } = buried(500, 4, 3, 46, 7);
    const twice = matrix(500, 52);
    for (let r = 0; r < 500; r++) {
      twice.data.set(x.data.subarray(50 * r, 50 * (r + 1)), 52 * r);
      twice.data[52 * r + 50] = 3 * x.data[50 * r + 40]! + 2;
      twice.data[52 * r + 51] = r === 499 ? 1 : 0;
    }
    const { columns } = await scale(twice, plans(52));
    expect(columns[50]!.unusedReason).toContain('nearly the same as number 40');
    expect(columns.filter(({ used }) => !used)).toHaveLength(2);
  });

  it('gives the same bytes for the same seed', async () => {
    const { x } = buried(300, 8, 3, 40, 4);
    expect(await ofNumbers(x)).toEqual(await ofNumbers(x));
  });

  it('takes no row, one row, equal rows, no column, constant columns, 500 columns and enormous values', async () => {
    expect((await ofNumbers(matrix(0, 3))).x.rows).toBe(0);
    expect((await ofNumbers(matrix(1, 3))).x.rows).toBe(1);
    expect((await ofNumbers(matrix(4, 0))).x.cols).toBe(0);
    const same = await ofNumbers(matrix(6, 2));
    expect(same.x.cols).toBe(0);
    expect(same.report.leftOut).toHaveLength(2);
    const wide = await ofNumbers(noise(80, 500));
    expect(wide.x.data.every(Number.isFinite)).toBe(true);
    const { x } = buried(300, 4, 3, 0, 6);
    const far = await ofNumbers(
      matrix(
        300,
        4,
        x.data.map((value) => value * 1e30),
      ),
    );
    expect(far.x.cols).toBe((await ofNumbers(x)).x.cols);
    expect(far.x.data.every(Number.isFinite)).toBe(true);
  });

  it('refuses values that are no numbers, and features that do not fit', async () => {
    for (const bad of [NaN, Infinity])
      await expect(ofNumbers(matrix(2, 2, Float32Array.of(1, 2, 3, bad)))).rejects.toThrow(
        'column 1',
      );
    await expect(condense(matrix(2, 2), [0], numbers(1))).rejects.toThrow(RangeError);
  });

  it('stops at the next breath when cancelled, before and during', async () => {
    const { x } = buried(2000, 10, 3, 110, 4);
    for (const at of [0, 1, 30, 80]) {
      const { job, breaths } = cancelledAt(at);
      await expect(
        condense(x, places(120), numbers(120), condenseDefaults, job),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(breaths()).toBe(Math.max(1, at));
    }
  });
});
