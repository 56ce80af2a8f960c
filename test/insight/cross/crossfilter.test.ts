import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Crossfilter } from '../../../src/insight/cross/crossfilter.ts';
import {
  isListed,
  type Dimension,
  type Listed,
  type Single,
} from '../../../src/insight/cross/dimension.ts';
import type { Filter } from '../../../src/insight/cross/filter.ts';

/** What a filter lets through, said without bins that are in or out. */
function lets(dimension: Dimension, filter: Filter, r: number): boolean {
  const bins = isListed(dimension)
    ? [...dimension.codes.subarray(dimension.starts[r], dimension.starts[r + 1])]
    : [dimension.codes[r]!];
  if ('bins' in filter) return bins.some((bin) => filter.bins.includes(bin));
  const value = (dimension as Single).values![r]!; // only these get a range
  return value >= filter.low && value <= filter.high;
}

function plainCounts(dimension: Dimension, inside: readonly boolean[]): number[] {
  const counts = new Array<number>(dimension.bins).fill(0);
  inside.forEach((isIn, r) => {
    if (!isIn) return;
    if (!isListed(dimension)) counts[dimension.codes[r]!]!++;
    else
      for (let i = dimension.starts[r]!; i < dimension.starts[r + 1]!; i++)
        counts[dimension.codes[i]!]! += dimension.weights?.[i] ?? 1;
  });
  return counts;
}

const single = (rows: number) =>
  fc
    .record({
      bins: fc.integer({ min: 1, max: 9 }),
      values: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: rows, maxLength: rows }),
    })
    .map(({ bins, values }): Single => ({
      bins,
      codes: Uint8Array.from(values, (value) => Math.min(bins - 1, Math.floor((value + 20) / 4))),
      values: Float32Array.from(values, (value) => value / 3),
    }));

const listed = (rows: number) =>
  fc
    .record({
      bins: fc.constant(6),
      lists: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), {
        minLength: rows,
        maxLength: rows,
      }),
      isWeighted: fc.boolean(),
    })
    .map(({ bins, lists, isWeighted }): Listed => {
      const starts = new Uint32Array(rows + 1);
      lists.forEach((list, r) => (starts[r + 1] = starts[r]! + list.length));
      const codes = Uint16Array.from(lists.flatMap((list) => list.toSorted((a, b) => a - b)));
      const weights = Uint32Array.from(codes, (code, i) => 1 + ((code + i) % 5));
      return { bins, starts, codes, ...(isWeighted && { weights }) };
    });

const step = fc.record({
  view: fc.nat({ max: 11 }),
  kind: fc.constantFrom('range', 'range', 'bins', 'none', 'mask', 'again'),
  low: fc.integer({ min: -25, max: 25 }).map((value) => value / 3),
  width: fc.integer({ min: -2, max: 30 }).map((value) => value / 3),
  bins: fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 5 }),
  salt: fc.nat({ max: 97 }),
});

const scene = fc.integer({ min: 0, max: 60 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    dimensions: fc.array(fc.oneof(single(rows), single(rows), listed(rows)), {
      minLength: 1,
      maxLength: 12,
    }),
    steps: fc.array(step, { minLength: 1, maxLength: 25 }),
  }),
);

it('after any brushes in any order every view counts what a plain recount over the other brushes counts', () => {
  fc.assert(
    fc.property(scene, ({ rows, dimensions, steps }) => {
      const cross = new Crossfilter(rows);
      const filters = new Map<string, Filter>();
      let mask: Uint8Array | null = null;
      dimensions.forEach((dimension, v) => cross.add(`view ${v}`, dimension));
      for (const { view, kind, low, width, bins, salt } of steps) {
        const v = view % dimensions.length;
        const [name, dimension] = [`view ${v}`, dimensions[v]!];
        if (kind === 'mask') {
          mask =
            salt % 4 === 0
              ? null
              : Uint8Array.from({ length: rows }, (_, r) => ((r * 31 + salt) % 3 ? 1 : 0));
          cross.mask('lasso', mask);
        } else if (kind === 'again') {
          cross.remove(name);
          cross.add(name, dimension);
          filters.delete(name);
        } else {
          const range = kind === 'range' && !isListed(dimension);
          const filter =
            kind === 'none' ? null : range ? { low, high: low + width } : { bins: [...bins] };
          cross.filter(name, filter);
          if (filter) filters.set(name, filter);
          else filters.delete(name);
        }
        const insideBut = (but: string | null) =>
          Array.from(
            { length: rows },
            (_, r) =>
              [...filters].every(
                ([each, filter]) =>
                  each === but || lets(dimensions[Number(each.slice(5))]!, filter, r),
              ) &&
              (but === 'lasso' || !mask || mask[r] === 1),
          );
        dimensions.forEach((each, w) => {
          const own = `view ${w}`;
          expect([...cross.counts(own)]).toEqual(plainCounts(each, insideBut(own)));
          expect([...cross.all(own)]).toEqual(plainCounts(each, new Array(rows).fill(true)));
        });
        const inside = insideBut(null);
        expect([...cross.passing()]).toEqual(inside.map(Number));
        expect(cross.inside).toBe(inside.filter(Boolean).length);
        expect([...cross.passing(['lasso'])]).toEqual(insideBut('lasso').map(Number));
      }
    }),
    { numRuns: 300 },
  );
});

describe('a brush', () => {
  const rows = 10_000;
  const codes = Uint8Array.from({ length: rows }, (_, r) => r % 100);
  const values = Float32Array.from(codes);

  it('that moves by one bin asks only the customers of the bins that it entered and left', () => {
    const cross = new Crossfilter(rows);
    cross.add('a', { bins: 100, codes, values });
    cross.add('b', { bins: 7, codes: codes.map((code) => code % 7) });
    expect(cross.filter('a', { low: 10, high: 39 })).toBe(rows); // the first touch: 70 of 100 bins leave
    expect(cross.filter('a', { low: 11, high: 40 })).toBe(200);
    expect(cross.filter('a', { low: 11, high: 40 })).toBe(0);
    expect(cross.inside).toBe(3000);
  });

  it('that ends inside of a bin asks the values there', () => {
    const cross = new Crossfilter(4);
    cross.add('a', { bins: 1, codes: new Uint8Array(4), values: Float32Array.of(1, 2, 3, 4) });
    cross.filter('a', { low: 2, high: 3 });
    expect([...cross.passing()]).toEqual([0, 1, 1, 0]);
    cross.filter('a', { low: 2.5, high: 9 });
    expect([...cross.passing()]).toEqual([0, 0, 1, 1]);
  });

  it('may be one of thirty-one, and no more', () => {
    const cross = new Crossfilter(rows);
    for (let v = 0; v < 32; v++) cross.add(`view ${v}`, { bins: 100, codes, values });
    for (let v = 0; v < 31; v++) cross.filter(`view ${v}`, { low: v, high: 99 });
    expect(cross.inside).toBe(7000);
    expect(() => cross.filter('view 31', { low: 0, high: 50 })).toThrow(RangeError);
    cross.filter('view 30', null);
    cross.filter('view 31', { low: 0, high: 50 });
    expect(cross.inside).toBe(2200);
  });
});

it('what makes no sense is refused by name', () => {
  const cross = new Crossfilter(2);
  const codes = Uint8Array.of(0, 3);
  expect(() => cross.add('Recency', { bins: 3, codes })).toThrow(/Recency has bin 3 of 3/);
  expect(() => cross.add('Recency', { bins: 3, codes: Uint8Array.of(1) })).toThrow(/1 customers/);
  const values = Float32Array.of(1, NaN);
  expect(() => cross.add('Spend', { bins: 4, codes, values })).toThrow(/Spend has a value/);
  const starts = Uint32Array.of(0, 1, 3);
  expect(() => cross.add('Months', { bins: 4, starts, codes })).toThrow(/lists of 3/);
  expect(() => cross.filter('Nobody', null)).toThrow(/no view Nobody/);
  cross.add('Kind', { bins: 4, codes });
  expect(() => cross.filter('Kind', { low: 0, high: 1 })).toThrow(RangeError);
  expect(() => cross.add('Kind', { bins: 4, codes })).toThrow(/already/);
  expect(() => cross.mask('lasso', new Uint8Array(3))).toThrow(/3 customers/);
});

it('nobody is in nothing', () => {
  const cross = new Crossfilter(0);
  cross.add('a', { bins: 1, codes: new Uint8Array(), values: new Float32Array() });
  cross.filter('a', { low: 0, high: 1 });
  expect([cross.inside, ...cross.counts('a')]).toEqual([0, 0]);
});
