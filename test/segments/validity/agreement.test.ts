import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/lib/random.ts';
import { agreement } from '../../../src/segments/validity/agreement.ts';

const { pairs } = JSON.parse(
  readFileSync(new URL('../../golden/validity.json', import.meta.url), 'utf8'),
) as { pairs: { name: string; a: number[]; b: number[]; ari: number; ami: number }[] };

describe('agreement', () => {
  it.each(pairs)('of labels $name is that of scikit-learn', ({ a, b, ari, ami }) => {
    const found = agreement(a, b);
    expect(found.ari).toBeCloseTo(ari, 9);
    expect(found.ami).toBeCloseTo(ami, 9);
    const turned = agreement(b, a);
    expect([turned.ari, turned.ami]).toEqual([
      expect.closeTo(found.ari, 12),
      expect.closeTo(found.ami, 12),
    ]);
  });

  it('is 1 with itself whatever the labels are called, and of nothing at all', () => {
    for (const a of [[], [0], [0, 0, 0], [0, 1, 2], [-1, -1], [2, 2, -1, 0]])
      expect(agreement(a, a)).toMatchObject({ ari: 1, ami: 1 });
    expect(agreement([0, 0, 1], [5, 5, 2])).toMatchObject({ ari: 1, ami: 1 });
  });

  it('is near 0 for a million labels at random, in well under a second a call', () => {
    const next = random(2);
    const draw = (groups: number) =>
      Int32Array.from({ length: 1_000_000 }, () => Math.floor(groups * next()) - 1);
    const { ari, ami } = agreement(draw(9), draw(200));
    expect(Math.abs(ari)).toBeLessThan(0.001);
    expect(Math.abs(ami)).toBeLessThan(0.001);
  });

  it('says of noise how the rest agrees, and where each group went', () => {
    const found = agreement([0, 0, 0, 1, 1, -1, -1], [1, 1, -1, 0, 0, 0, -1]);
    expect(found.grouped).toEqual({ rows: 4, ari: 1, ami: 1 });
    expect(found.ari).toBeLessThan(1);
    expect(found.overlap).toEqual([
      {
        label: -1,
        size: 2,
        with: [
          { label: -1, rows: 1 },
          { label: 0, rows: 1 },
        ],
        best: { label: 0, jaccard: 1 / 4 },
      },
      {
        label: 0,
        size: 3,
        with: [
          { label: 1, rows: 2 },
          { label: -1, rows: 1 },
        ],
        best: { label: 1, jaccard: 2 / 3 },
      },
      { label: 1, size: 2, with: [{ label: 0, rows: 2 }], best: { label: 0, jaccard: 2 / 3 } },
    ]);
    expect(agreement([-1, -1, 0], [0, 1, -1]).grouped).toBe(null);
  });

  it('refuses what is no label, and labels of different rows', () => {
    expect(() => agreement([0, NaN], [0, 1])).toThrow('row 1');
    expect(() => agreement([0, 1], [0, -2])).toThrow(RangeError);
    expect(() => agreement([0], [0, 1])).toThrow(RangeError);
  });
});
