import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../../src/lib/stats/hungarian.ts';
import { random } from '../../../src/lib/random.ts';

type Case = {
  readonly kind: string;
  readonly rows: number;
  readonly cols: number;
  readonly overlap: number[];
  readonly total: number;
  readonly columns: number[];
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/hungarian.json', import.meta.url), 'utf8'),
) as Case[];

const sumOf = (columns: Int32Array, overlap: ArrayLike<number>, cols: number) =>
  columns.reduce((sum, col, row) => sum + (col < 0 ? 0 : overlap[row * cols + col]!), 0);

/** The best sum by trying every assignment. */
function bestOf(overlap: readonly number[], rows: number, cols: number): number {
  const place = (row: number, taken: number, unplaced: number): number => {
    if (row === rows) return 0;
    let best = unplaced > 0 ? place(row + 1, taken, unplaced - 1) : -Infinity;
    for (let col = 0; col < cols; col++)
      if (!(taken & (1 << col)))
        best = Math.max(
          best,
          overlap[row * cols + col]! + place(row + 1, taken | (1 << col), unplaced),
        );
    return best;
  };
  return place(0, 0, Math.max(0, rows - cols));
}

describe('assign', () => {
  it.each(golden)('agrees with scipy: $kind, $rows × $cols', (given) => {
    const { kind, overlap, rows, cols, total, columns } = given;
    const ours = assign(Float64Array.from(overlap), rows, cols);
    expect(sumOf(ours, overlap, cols)).toBeCloseTo(total, 9);
    if (kind === 'real' || kind === 'signed') expect([...ours]).toEqual(columns); // one best only
  });

  it('is as good as the best of all assignments, each column taken once', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 5 }),
      cols: fc.integer({ min: 1, max: 5 }),
    });
    const cases = sizes.chain(({ rows, cols }) =>
      fc.record({
        rows: fc.constant(rows),
        cols: fc.constant(cols),
        overlap: fc.array(fc.integer({ min: -3, max: 9 }), {
          minLength: rows * cols,
          maxLength: rows * cols,
        }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ rows, cols, overlap }) => {
        const columns = assign(Int32Array.from(overlap), rows, cols);
        const taken = [...columns].filter((col) => col >= 0);
        expect(new Set(taken).size).toBe(Math.min(rows, cols));
        expect(taken.length).toBe(Math.min(rows, cols));
        expect(sumOf(columns, overlap, cols)).toBe(bestOf(overlap, rows, cols));
      }),
      { numRuns: 500 },
    );
  });

  it('follows a shuffle of the columns, so that names stay when groups only change places', () => {
    const overlap = [0, 0, 90, 3, 70, 5, 0, 1, 2, 40, 0, 0];
    expect([...assign(Int32Array.from(overlap), 3, 4)]).toEqual([2, 0, 1]);
  });

  it('gives ties to the earlier row and column, always the same', () => {
    const ties = new Int32Array(25).fill(4);
    expect([...assign(ties, 5, 5)]).toEqual([0, 1, 2, 3, 4]);
    expect([...assign(new Int32Array(6), 3, 2)]).toEqual([0, 1, -1]);
    const next = random(3);
    const many = Int32Array.from({ length: 3600 }, () => Math.floor(3 * next()));
    expect(assign(many, 60, 60)).toEqual(assign(Float64Array.from(many), 60, 60));
  });

  it('takes nothing, one, and 1e30', () => {
    expect([...assign(new Int32Array(0), 0, 0)]).toEqual([]);
    expect([...assign(new Int32Array(0), 0, 3)]).toEqual([]);
    expect([...assign(new Int32Array(0), 3, 0)]).toEqual([-1, -1, -1]);
    expect([...assign(Int32Array.of(-7), 1, 1)]).toEqual([0]);
    expect([...assign(Float64Array.of(1e30, 1e29, 1e30, 0), 2, 2)]).toEqual([1, 0]);
  });

  it('refuses what is no number or does not fill the shape', () => {
    expect(() => assign(Float64Array.of(1, NaN), 1, 2)).toThrow(RangeError);
    expect(() => assign(Float64Array.of(1, Infinity), 1, 2)).toThrow(RangeError);
    expect(() => assign(new Int32Array(5), 2, 3)).toThrow('5 values cannot fill 2 × 3');
  });

  it('assigns 500 × 500', () => {
    const next = random(5);
    const overlap = Int32Array.from({ length: 250_000 }, () => Math.floor(1000 * next()));
    const columns = assign(overlap, 500, 500);
    expect(new Set(columns).size).toBe(500);
    let greedy = 0;
    const free = new Set(Array.from({ length: 500 }, (_, col) => col));
    for (let row = 0; row < 500; row++) {
      const col = [...free].reduce((a, b) =>
        overlap[row * 500 + b]! > overlap[row * 500 + a]! ? b : a,
      );
      free.delete(col);
      greedy += overlap[row * 500 + col]!;
    }
    expect(sumOf(columns, overlap, 500)).toBeGreaterThan(greedy);
  });
});
