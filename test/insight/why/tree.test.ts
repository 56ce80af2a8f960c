import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { binsOf } from '../../../src/insight/why/bins.ts';
import { grow } from '../../../src/insight/why/tree.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

type Golden = {
  readonly x: number[][];
  readonly y: number[];
  readonly trees: readonly {
    readonly depth: number;
    readonly least: number;
    readonly weight: number;
    /** [customers, of them in the segment] of each leaf, ascending. */
    readonly leaves: readonly (readonly [number, number])[];
    readonly first: readonly [feature: number, threshold: number];
  }[];
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/segment-rules.json', import.meta.url), 'utf8'),
) as Golden; // written by the script beside it

const input = tableOf(
  matrix(golden.x.length, golden.x[0]!.length, Float32Array.from(golden.x.flat())),
);
const rows = Int32Array.from(golden.y.keys());
const bins = input.features.map((_, f) => binsOf(input, f, rows));
const isIn = Uint8Array.from(golden.y);

describe('the shallow tree', () => {
  it.each(golden.trees)(
    'depth $depth, leaves of $least, weight $weight: the leaves of scikit-learn',
    ({ leaves, first: [where, threshold], ...options }) => {
      const nodes = grow(bins, isIn, options);
      const own = nodes.filter(({ isLeaf }) => isLeaf).map((leaf) => [leaf.rows.length, leaf.hits]);
      expect(own.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)).toEqual(leaves);
      const [cut] = nodes[1]!.path;
      expect(cut!.feature).toBe(where);
      const bin = 'bin' in cut! ? cut.bin : NaN;
      expect(bins[where]!.high[bin]).toBeLessThanOrEqual(threshold);
      expect(bins[where]!.low[bin + 1]).toBeGreaterThan(threshold);
    },
  );

  it('splits categories in the order of their share, at most three on one side', () => {
    const kinds = Int32Array.from({ length: 400 }, (_, r) => r % 8);
    const table = tableOf(matrix(400, 1, Float32Array.from(kinds)), {
      features: [feature('kind', { unit: 'category', categories: [...'abcdefgh'] })],
    });
    const codes = binsOf(table, 0, Int32Array.from(kinds.keys()));
    const which = (inside: readonly number[]) =>
      grow(
        [codes],
        Uint8Array.from(kinds, (k) => (inside.includes(k) ? 1 : 0)),
        {
          depth: 1,
          least: 5,
          weight: 1,
        },
      ).map(({ path, rows: own, hits }) => [path[0], own.length, hits]);
    const cut = (side: string, list: readonly number[]) => ({ feature: 0, side, codes: list });
    expect(which([1, 6])).toEqual([
      [undefined, 400, 100],
      [cut('one-of', [1, 6]), 100, 100],
      [cut('none-of', [1, 6]), 300, 0],
    ]);
    expect(which([0, 1, 2, 3, 4]).slice(1)).toEqual([
      [cut('one-of', [5, 6, 7]), 150, 0],
      [cut('none-of', [5, 6, 7]), 250, 250],
    ]);
    expect(which([0, 1, 2, 3])[1]![1]).toBe(150); // four on both sides: the best of what can be said
  });

  it('bins of many values hold about equally many and keep their order', () => {
    const values = Float32Array.from({ length: 5000 }, (_, r) =>
      Math.fround(((r * 7919) % 5000) ** 3),
    );
    const table = tableOf(matrix(5000, 1, values));
    const { codes, count, low, high } = binsOf(table, 0, Int32Array.from(values.keys()));
    expect(count).toBe(256);
    const sizes = new Int32Array(count);
    codes.forEach((code, r) => {
      sizes[code]!++;
      expect(values[r]! >= low[code]! && values[r]! <= high[code]!).toBe(true);
    });
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2);
  });
});
