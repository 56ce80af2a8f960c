import { describe, expect, it } from 'vitest';
import { hasKinds } from '../../src/features/kinds.ts';
import { random } from '../../src/lib/random.ts';

const often = (rows: number) => new Float64Array(rows).fill(12);
const share = (next: () => number, odds: number, orders: number) => {
  let hits = 0;
  for (let i = 0; i < orders; i++) if (next() < odds) hits++;
  return hits / orders;
};

describe('kinds of customers by one feature', () => {
  it('are seen where some order mostly at weekends and others seldom', () => {
    const next = random(1);
    const values = Array.from({ length: 600 }, (_, r) => share(next, r % 3 ? 0.1 : 0.85, 12));
    expect(hasKinds(values, often(600), true)).toBe(true);
  });

  it('are not seen where all have the same habit, though shares come in steps', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      for (const odds of [0.02, 0.3, 0.5]) {
        const orders = Float64Array.from({ length: 600 }, () => 10 + Math.floor(20 * next()));
        expect(
          hasKinds(
            orders.map((n) => share(next, odds, n)),
            orders,
            true,
          ),
        ).toBe(false);
      }
      const counts = Float64Array.from({ length: 600 }, () => Math.floor(1 / (0.05 + next())));
      expect(hasKinds(counts, often(600))).toBe(false);
    }
  });

  it('are not made out of customers who ordered once or twice: a share of one order is 0 or 1', () => {
    const next = random(4);
    const seen = Float64Array.from({ length: 900 }, (_, r) => (r < 700 ? 1 + (r % 2) : 12));
    const values = seen.map((orders) => share(next, 0.4, orders));
    expect(hasKinds(values, seen, true)).toBe(false);
  });

  it('are not told from fewer than a hundred customers, none, or equal ones', () => {
    const two = Float64Array.from({ length: 99 }, (_, r) => r % 2);
    expect(hasKinds(two, often(99))).toBe(false);
    expect(hasKinds([], [])).toBe(false);
    expect(hasKinds(new Float64Array(300).fill(3), often(300))).toBe(false);
  });
});
