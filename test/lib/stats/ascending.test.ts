import fc from 'fast-check';
import { expect, it } from 'vitest';
import { random } from '../../../src/lib/random.ts';
import { ascendingInPlace } from '../../../src/lib/stats/ascending.ts';
import { atOnce } from '../../../src/lib/steps.ts';

const some = (n: number, of: (x: number) => number): Float64Array => {
  const next = random(n);
  return Float64Array.from({ length: n }, () => of(next()));
};

it.each([0, 1, 2, 32_768, 32_769, 65_536, 100_003, 300_000])('sorts %i values like sort', (n) => {
  for (const of of [(x: number) => x, (x: number) => Math.floor(10 * x), (x: number) => 1e30 - x]) {
    const values = some(n, of);
    const expected = values.slice().sort();
    expect(atOnce(ascendingInPlace(values)) === values).toBe(true);
    expect(Buffer.from(values.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
  }
});

it('sorts infinities, and NaN last, in any place', () => {
  const odd = fc.array(fc.constantFrom(NaN, Infinity, -Infinity, 1, 2));
  fc.assert(
    fc.property(odd, (ends) => {
      const values = some(40_000, (x) => x);
      ends.forEach((end, i) => (values[(i * 7919) % values.length] = end));
      const expected = values.slice().sort();
      expect(atOnce(ascendingInPlace(values))).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

it('takes a step after each piece, so that a caller can breathe', () => {
  const values = some(200_000, (x) => x);
  let steps = 0;
  for (const each of ascendingInPlace(values)) ((steps += 1), expect(each).toBeUndefined());
  expect(steps).toBeGreaterThan(9);
});
