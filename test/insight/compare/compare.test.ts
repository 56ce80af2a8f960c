import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, minus } from '../../../src/insight/compare/compare.ts';
import { sidesOf } from '../../../src/insight/compare/parts.ts';
import { compareRanks } from '../../../src/insight/compare/ranks.ts';
import type { Who } from '../../../src/insight/who.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { holm } from '../../../src/lib/stats/holm.ts';
import type { Bounds } from '../../../src/lib/stats/intervals.ts';
import { normalTail, twoSided } from '../../../src/lib/stats/normal.ts';
import { bell, noise } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

type Three = [value: number, low: number, high: number];
type Golden = {
  numbers: {
    name: string;
    a: number[];
    b: number[];
    p: number;
    delta: Three;
    g: Three;
    difference: Three;
  }[];
  shares: { counts: [number, number, number, number]; difference: Three; p: number }[];
  holm: { p: number[]; corrected: number[] };
  tail: [z: number, tail: number][];
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/compare.json', import.meta.url), 'utf8'),
) as Golden;

const three = ({ value, low, high }: Bounds): Three => [value, low, high];
const close = (found: readonly number[], wanted: readonly number[], digits = 9) =>
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, digits));

/** Everyone in one table: `a` first, then `b`. */
function two(a: readonly number[], b: readonly number[], more = {}) {
  const values = Float32Array.from([...a, ...b]);
  const table = tableOf(matrix(values.length, 1, values), more);
  const inA = Uint8Array.from(values, (_, r) => (r < a.length ? 1 : 0));
  const who = (inside: Uint8Array<ArrayBuffer>, words: string): Who => ({ inside, words });
  return {
    table,
    a: who(inA, 'a'),
    b: who(
      inA.map((is) => 1 - is),
      'b',
    ),
  };
}

describe('held against scipy, statsmodels and every pair', () => {
  it.each(golden.numbers)('$name', async ({ a, b, p, delta, g, difference }) => {
    const sides = two(a, b);
    const { differences } = await compare(sides.table, sides.a, sides.b);
    const [found] = differences;
    close(three(found!.delta), delta);
    close(three(found!.g!), g);
    close(three(found!.difference!), difference);
    expect(found!.p / p).toBeCloseTo(1, 9);
  });

  it.each(golden.shares)('shares $counts', async ({ counts: [x, n, y, m], difference, p }) => {
    const yes = (hits: number, of: number) => Array.from({ length: of }, (_, i) => +(i < hits));
    const sides = two(yes(x, n), yes(y, m));
    const [found] = (await compare(sides.table, sides.a, sides.b)).differences;
    expect(found!.isShare).toBe(true);
    close(three(found!.difference!), difference);
    close([found!.p], [p]);
  });

  it('Holm and the tail of the normal distribution', () => {
    close(holm(golden.holm.p), golden.holm.corrected, 12);
    for (const [z, tail] of golden.tail) expect(normalTail(z) / tail).toBeCloseTo(1, 11);
    expect([twoSided(0), twoSided(-1.959963984540054).toFixed(12)]).toEqual([1, '0.050000000000']);
    expect(() => normalTail(NaN)).toThrow(RangeError);
    expect(() => holm([0.2, NaN])).toThrow(RangeError);
    expect(holm([])).toEqual([]);
  });
});

describe('compare', () => {
  const next = random(3);
  const rows = 600;
  const label = Int32Array.from({ length: rows }, (_, r) => r % 3);
  const raw = matrix(rows, 4);
  for (let r = 0; r < rows; r++) {
    raw.data[4 * r] = bell(next) + (label[r] === 0 ? 2 : 0); // far apart
    raw.data[4 * r + 1] = bell(next); // the same
    raw.data[4 * r + 2] = +(next() < (label[r] === 0 ? 0.5 : 0.3));
    raw.data[4 * r + 3] = label[r] === 0 && r % 2 === 0 ? 2 : (r >> 1) % 2; // a category
  }
  const table = tableOf(raw, {
    features: [
      feature('spend'),
      feature('noise'),
      feature('member'),
      feature('city', { unit: 'category', categories: ['Ulm', 'Bonn', 'Kiel', 'never'] }),
    ],
  });
  const who = (is: (r: number) => boolean, words = 'some'): Who => ({
    inside: Uint8Array.from({ length: rows }, (_, r) => +is(r)),
    words,
  });
  const first = who((r) => label[r] === 0, 'A');
  const others = who((r) => label[r] !== 0, 'others');
  const everyone = who(() => true, 'everyone');

  it('puts the planted difference first and leaves what is the same below chance', async () => {
    const found = await compare(table, first, others);
    expect(found.differences.map(({ feature: f }) => f)).toEqual([0, 3, 2, 1]);
    const [spend, city, , same] = found.differences;
    expect(spend!.delta.value).toBeGreaterThan(0.8);
    expect(spend!.difference!.low).toBeGreaterThan(1.5);
    expect(city!.category).toBe(2); // Kiel: nobody else is there
    expect(city!.a.value).toBeCloseTo(0.5, 9);
    expect(same!.holm).toBeGreaterThan(0.05);
    expect(Math.abs(same!.delta.value)).toBeLessThan(2 * found.byChance);
    expect(found.comparisons).toBe(6); // spend, noise, member and three cities
    for (const each of found.differences) expect(each.holm).toBeGreaterThanOrEqual(each.p);
  });

  it('turned round, every sign turns and nothing else', async () => {
    const [there, back] = [
      await compare(table, first, others),
      await compare(table, others, first),
    ];
    there.differences.forEach((each) => {
      const same = back.differences.find(({ feature: f }) => f === each.feature)!;
      close(three(same.delta), [-each.delta.value, -each.delta.high, -each.delta.low], 12);
      close([same.p, same.holm], [each.p, each.holm], 12);
      if (each.g) expect(same.g!.value).toBeCloseTo(-each.g.value, 12);
    });
  });

  it('a part against everyone is the part against the others, and overlap stands on no side', async () => {
    const part = await compare(table, first, everyone);
    expect(part.shared).toEqual({ shared: 200, sharedIn: 'a' });
    expect(part.differences).toEqual((await compare(table, first, others)).differences);
    const overlap = await compare(
      table,
      who((r) => r < 300),
      who((r) => r >= 200 && r < 500),
    );
    expect([overlap.a.size, overlap.b.size]).toEqual([200, 200]);
    expect(overlap.shared).toEqual({ shared: 100, sharedIn: 'neither' });
    expect((await compare(table, everyone, first)).shared.sharedIn).toBe('b');
  });

  it('refuses nobody, the same, another table, and values that are no numbers', async () => {
    await expect(
      compare(
        table,
        who(() => false),
        first,
      ),
    ).rejects.toThrow('nobody');
    await expect(compare(table, first, first)).rejects.toThrow('the same customers');
    const short = { inside: new Uint8Array(3), words: '' };
    await expect(compare(table, first, short)).rejects.toThrow(RangeError);
    const gap = two([1, NaN], [2, 3]);
    await expect(compare(gap.table, gap.a, gap.b)).rejects.toThrow('f0 has a value');
  });

  it('says what cannot be told of few, and that nothing differs where nothing varies', async () => {
    const few = two([1, 2, 3], [7, 8, 9, 10]);
    const [found] = (await compare(few.table, few.a, few.b)).differences;
    expect(found!.difference).toBeNull();
    expect(found!.delta).toMatchObject({ value: -1, low: -1 });
    expect(found!.delta.high).toBeGreaterThan(-0.5);
    const same = two(new Array(9).fill(4), new Array(8).fill(4));
    const [still] = (await compare(same.table, same.a, same.b)).differences;
    expect([still!.delta.value, still!.p, still!.g]).toEqual([0, 1, null]);
    const one = two([5], [1]);
    expect((await compare(one.table, one.a, one.b)).differences[0]!.delta).toEqual({
      ...{ value: 1, low: -1, high: 1 },
    });
    const huge = two([1e30, 2e30, 3e30, 1e30, 2e30, 3e30], [0, 1, 2, 3, 4, 5]);
    const [far] = (await compare(huge.table, huge.a, huge.b)).differences;
    expect(three(far!.difference!).every(Number.isFinite)).toBe(true);
  });

  it('takes 500 columns, and no column', async () => {
    const wide = tableOf(noise(40, 500));
    const half = (is: 0 | 1): Who => ({
      inside: Uint8Array.from({ length: 40 }, (_, r) => (r % 2 === is ? 1 : 0)),
      words: '',
    });
    const found = await compare(wide, half(0), half(1));
    expect(found.differences).toHaveLength(500);
    expect(found.differences.filter((each) => each.holm < 0.05)).toHaveLength(0);
    expect(found.differences.filter((each) => each.p < 0.05).length).toBeGreaterThan(5); // why Holm is needed
    const none = await compare(tableOf(matrix(40, 0)), half(0), half(1));
    expect([none.differences, none.comparisons]).toEqual([[], 0]);
  });

  it('a cancelled comparison stops, before and on the way', async () => {
    for (const at of [0, 1, 3])
      await expect(compare(table, first, others, cancelledAt(at).job)).rejects.toThrow(/abort/i);
  });
});

it('the delta is that of every pair, and lies in its interval, whatever the samples', () => {
  const sample = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const [a, b] = [Float64Array.from(x).sort(), Float64Array.from(y).sort()];
      let pairs = 0;
      for (const one of x) for (const other of y) pairs += Math.sign(one - other);
      const { delta, p } = compareRanks(a, b);
      expect(delta.value).toBeCloseTo(pairs / (x.length * y.length), 12);
      expect(delta.low).toBeLessThanOrEqual(delta.value + 1e-12);
      expect(delta.high).toBeGreaterThanOrEqual(delta.value - 1e-12);
      expect(delta.low >= -1 && delta.high <= 1 && p >= 0 && p <= 1).toBe(true);
    }),
  );
});

it('95 of 100 intervals hold the true difference, about', async () => {
  const next = random(11);
  let [ofMedian, ofDelta] = [0, 0];
  const runs = 400;
  for (let run = 0; run < runs; run++) {
    const a = Array.from({ length: 50 }, () => bell(next) + 0.5);
    const b = Array.from({ length: 70 }, () => bell(next));
    const sides = two(a, b);
    const [found] = (await compare(sides.table, sides.a, sides.b)).differences;
    const { difference, delta } = found!;
    if (difference!.low <= 0.5 && difference!.high >= 0.5) ofMedian++;
    const truth = 1 - 2 * normalTail(0.5 / Math.SQRT2); // P(a > b) − P(a < b)
    if (delta.low <= truth && delta.high >= truth) ofDelta++;
  }
  expect(ofMedian / runs).toBeGreaterThan(0.93);
  expect(ofDelta / runs).toBeGreaterThan(0.93);
  expect(ofDelta / runs).toBeLessThan(0.98);
});

it('sides have nobody in common, and lose nobody but who is shared', () => {
  const sets = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(sets, (rows) => {
      const who = (side: 0 | 1): Who => ({
        inside: Uint8Array.from(rows, (row) => +row[side]),
        words: '',
      });
      const differ = rows.some(([x, y]) => x !== y);
      fc.pre(differ && rows.some(([x]) => x) && rows.some(([, y]) => y));
      const { a, b, shared, sharedIn } = sidesOf(who(0), who(1));
      expect(a.filter((r) => b.includes(r))).toHaveLength(0);
      expect(shared).toBe(rows.filter(([x, y]) => x && y).length);
      const any = rows.filter(([x, y]) => x || y).length;
      expect(a.length + b.length).toBe(sharedIn === 'neither' ? any - shared : any);
    }),
  );
});

it('the difference of two estimates without error has none', () => {
  const at = (value: number): Bounds => ({ value, low: value, high: value });
  expect(minus(at(5), at(3))).toEqual(at(2));
});
