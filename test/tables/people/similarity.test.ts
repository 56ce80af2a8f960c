import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jaroWinkler, oneEdit, soundex } from '../../../src/tables/people/similarity.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../golden/people.json', import.meta.url), 'utf8'),
) as { jaroWinkler: [string, string, number][]; soundex: [string, string][] };

it.each(golden.jaroWinkler)('Jaro–Winkler of %s and %s is that of jellyfish', (a, b, expected) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(expected, 12);
  expect(jaroWinkler(b, a)).toBeCloseTo(expected, 12);
});

it.each(golden.soundex)('Soundex of %s is that of jellyfish', (name, expected) => {
  expect(soundex(name)).toBe(expected);
});

it('Jaro–Winkler takes nothing, and names longer than its room', () => {
  expect(jaroWinkler('', '')).toBe(0);
  expect(jaroWinkler('ann', '')).toBe(0);
  const long = 'ab'.repeat(300);
  expect(jaroWinkler(long, `${long}c`)).toBeGreaterThan(0.99);
  expect(soundex('')).toBe('');
  expect(soundex('田中')).toBe('');
});

/** Optimal string alignment, the whole table: the oracle. */
function edits(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) d[0]![j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const change = d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
    }
  return d[a.length]![b.length]!;
}

it('one edit is what the whole table of edits says', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(oneEdit(a, b)).toBe(edits(a, b) <= 1);
    }),
    { seed: 1, numRuns: 3000 },
  );
});
