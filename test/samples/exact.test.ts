import { expect, it } from 'vitest';
import { exp, ln } from '../../src/samples/exact.ts';

const xs = [1e-300, 1e-9, 0.1, 0.5, 0.999999, 1, 1.41, 1.4142135623730951, 2, 10, 12345.678, 1e200];

it('ln agrees with the platform to the last places, and is exactly 0 at 1', () => {
  expect(ln(1)).toBe(0);
  for (const x of xs)
    expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(
      4e-16 * Math.max(1, Math.abs(Math.log(x))),
    );
});

it('exp agrees with the platform to the last places, and undoes ln', () => {
  for (const x of [-700, -20, -1, -1e-9, 0, 0.3466, 1, 20.5, 700])
    expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
  for (const x of xs) expect(Math.abs(exp(ln(x)) / x - 1)).toBeLessThan(2e-13);
});

it('both refuse what they cannot answer', () => {
  for (const x of [0, -1, NaN, Infinity]) expect(() => ln(x)).toThrow(RangeError);
  for (const x of [701, -701, NaN, Infinity]) expect(() => exp(x)).toThrow(RangeError);
});
