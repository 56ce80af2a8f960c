import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/lib/random.ts';
import { dip, dipTest } from '../../../src/lib/stats/dip.ts';
import { ascending } from '../../../src/lib/stats/quantile.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../golden/dip.json', import.meta.url), 'utf8'),
) as { name: string; values: number[]; dip: number; p: number }[];

describe('dip', () => {
  it.each(golden)('of $name is that of another implementation', ({ values, dip: theirs, p }) => {
    expect(dip(ascending(values))).toBeCloseTo(theirs, 10);
    const found = dipTest(values);
    expect(found.dip).toBeCloseTo(theirs, 10);
    if (values.length < 10) expect(found.p).toBe(1);
    else if (p < 0.002) expect(found.p).toBe(0.001);
    else expect(Math.abs(found.p - p)).toBeLessThan(0.03 + 0.1 * p);
  });

  it('is small of one hump and large of two, whatever the unit', () => {
    const next = random(3);
    const hump = () => next() + next() + next();
    const one = Array.from({ length: 500 }, hump);
    const two = one.map((value, i) => value + (i % 2 ? 6 : 0));
    expect(dipTest(one).p).toBeGreaterThan(0.3);
    expect(dipTest(two).p).toBe(0.001);
    expect(dip(ascending(two.map((value) => 1e30 * value - 7)))).toBeCloseTo(
      dip(ascending(two)),
      9,
    );
  });

  it('says that rows without a hump have none in about nineteen of twenty draws', () => {
    const next = random(7);
    let wrong = 0;
    for (let draw = 0; draw < 400; draw++)
      if (dipTest(Array.from({ length: 150 }, next)).p <= 0.05) wrong++;
    expect(wrong).toBeGreaterThan(8);
    expect(wrong).toBeLessThan(34);
  });

  it('says nothing of none, one, two or equal values, and refuses NaN and disorder', () => {
    expect(dip([])).toBe(0);
    for (const few of [[], [1], [1, 2], [5, 5, 5, 5, 5]]) expect(dipTest(few).p).toBe(1);
    expect(() => dipTest([1, NaN, 2])).toThrow(RangeError);
    expect(() => dip([2, 1])).toThrow(RangeError);
  });
});
