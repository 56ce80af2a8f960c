import { expect, it } from 'vitest';
import { atOnce } from '../../src/lib/steps.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { featureLayout } from '../../src/segments/map/by-features.ts';
import { offScale, onScale, rangeOf, shareOf, stepsOn } from '../../src/segments/map/scale.ts';
import { shadeOf, sizesOf } from '../../src/segments/map/shade.ts';
import { featureTable } from '../support/results.ts';

const ids = (n: number) => Array.from({ length: n }, (_, i) => String(i));
/** A table of columns. */
const tableOf = (
  columns: Readonly<Record<string, readonly number[]>>,
  values?: readonly string[],
) => {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.map((_, r) => names.map((name) => columns[name]![r]!));
  const made = featureTable(ids(rows.length), names, rows);
  return {
    ...made,
    features: made.features.map((feature, i) =>
      i === 0 && values ? { ...feature, categories: values } : feature,
    ),
  };
};

it('a log scale is for values far above the rest, never below 0', () => {
  const heavy = Array.from({ length: 100 }, (_, i) => (i < 95 ? i / 10 : 1000 * i));
  expect(rangeOf(Float64Array.from(heavy)).scale).toBe('log');
  expect(rangeOf(Float64Array.from(heavy, (value) => value - 1)).scale).toBe('linear');
  expect(rangeOf(Float64Array.from(ids(100), Number)).scale).toBe('linear');
  expect(() => rangeOf(Float64Array.of(1, NaN))).toThrow(RangeError);
  for (const value of [0, 1, 12.5, 1e6])
    expect(offScale('log', onScale('log', value))).toBeCloseTo(value, 6);
});

it('the share of a range grows with the value, ends at 0 and 1, and is the middle where all are equal', () => {
  const share = shareOf({ scale: 'log', low: 1, high: 100 });
  expect([share(0), share(1), share(100), share(1e9)]).toEqual([0, 0, 1, 1]);
  expect(share(10)).toBeGreaterThan(share(5));
  expect(shareOf({ scale: 'linear', low: 3, high: 3 })(3)).toBe(0.5);
});

it.each([
  ['linear', 0, 100],
  ['log', 0.5, 9_000],
  ['log', 0, 1e30],
  ['linear', 3, 3],
] as const)(
  'a %s scale from %d to %d has the steps that the share of each value says',
  (scale, low, high) => {
    const next = random(7);
    const range = { scale, low, high };
    const share = shareOf(range);
    const values = Float64Array.from(
      { length: 3000 },
      () => low + (next() ** 4 * 1.2 - 0.1) * (high - low),
    );
    const steps = new Int8Array(values.length);
    stepsOn(range, values, 24, steps);
    expect([...steps]).toEqual(
      Array.from(values, (value) => Math.min(23, Math.floor(24 * share(value)))),
    );
  },
);

it('two features place customers by their values, each range on −1 … 1', () => {
  const table = tableOf({ a: [0, 2.5, 10], b: [-7.5, 0.25, 8.5] });
  const layout = atOnce(featureLayout(table, { across: { feature: 'a' }, up: { feature: 'b' } }))!;
  expect([...layout.positions].map((p) => Number(p.toFixed(3)))).toEqual([
    -1, -1, -0.5, -0.031, 1, 1,
  ]);
  expect(layout.axes).toEqual([
    { feature: 0, scale: 'linear', low: 0, high: 10, spread: 0 },
    { feature: 1, scale: 'linear', low: -7.5, high: 8.5, spread: 0 },
  ]);
});

it('equal whole numbers are spread by less than half a step, the same each time, and the axis tells where', () => {
  const table = tableOf({
    a: Array.from({ length: 200 }, (_, i) => i % 4),
    b: ids(200).map((i) => Number(i) / 7),
  });
  const choice = { across: { feature: 'a' }, up: { feature: 'b' } };
  const { positions, axes } = atOnce(featureLayout(table, choice))!;
  const [{ low, high, spread }] = axes!;
  expect(spread).toBe(0.3);
  for (let r = 0; r < 200; r++) {
    const value = low + ((positions[2 * r]! + 1) / 2) * (high - low);
    expect(Math.abs(value - (r % 4))).toBeLessThanOrEqual(0.3 + 1e-5);
  }
  expect(atOnce(featureLayout(table, choice))!.positions).toEqual(positions);
});

it('a scale that was asked for holds, unless values are below 0', () => {
  const table = tableOf({ a: [0, 1, 100.5], b: [-1, 0, 100.5] });
  const log = { scale: 'log' } as const;
  const { axes } = atOnce(
    featureLayout(table, { across: { feature: 'a', ...log }, up: { feature: 'b', ...log } }),
  )!;
  expect(axes!.map(({ scale }) => scale)).toEqual(['log', 'linear']);
});

it('a feature that is gone gives no map; one value, one customer, none, and 1e30 give places', () => {
  const of = (values: readonly number[]) =>
    atOnce(
      featureLayout(tableOf({ a: values }), { across: { feature: 'a' }, up: { feature: 'a' } }),
    );
  expect(
    atOnce(featureLayout(tableOf({ a: [1] }), { across: { feature: 'a' }, up: { feature: 'z' } })),
  ).toBeNull();
  for (const values of [[5], [2.5, 2.5, 2.5], [0, 1e30, 3]])
    expect(of(values)!.positions.every((p) => p >= -1 && p <= 1)).toBe(true);
  expect(
    atOnce(
      featureLayout(
        { features: tableOf({ a: [1] }).features, raw: matrix(0, 1) },
        { across: { feature: 'a' }, up: { feature: 'a' } },
      ),
    )!.positions.length,
  ).toBe(0);
  expect(() => of([1, Infinity])).toThrow(RangeError);
});

it('numbers are shaded in order on all steps of the ramp', () => {
  const next = random(5);
  const values = Array.from({ length: 500 }, () => next() * 50 + 0.5);
  const shade = shadeOf(tableOf({ a: values }), 0);
  if (shade.kind !== 'ramp') throw new Error('numbers go on a ramp');
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  for (let i = 1; i < order.length; i++)
    expect(shade.inks[order[i]!]).toBeGreaterThanOrEqual(shade.inks[order[i - 1]!]!);
  expect(new Set(shade.inks).size).toBe(24);
  const { sizes } = sizesOf(tableOf({ a: values }), 0);
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([0, 7]);
});

it('twelve values have a colour each; of a thousand the eleven commonest, and all others are grey', () => {
  const twelve = shadeOf(tableOf({ a: ids(60).map((i) => Number(i) % 12) }, ids(12)), 0);
  expect(new Set(twelve.inks)).toEqual(new Set(ids(12).map(Number)));
  // value v occurs 1000 − v times
  const many = ids(1000).flatMap((v) => new Array<number>(1000 - Number(v)).fill(Number(v)));
  const shade = shadeOf(tableOf({ a: many }, ids(1000)), 0);
  if (shade.kind !== 'categories') throw new Error('categories have colours');
  expect(shade.values).toHaveLength(1000);
  expect(shade.values.slice(0, 12).map(({ value, ink }) => [value, ink])).toEqual(
    ids(12).map((v) => [Number(v), Number(v) < 11 ? Number(v) : -1]),
  );
  expect(shade.inks[many.indexOf(999)]).toBe(-1);
});

it('yes and no are two values, not a ramp', () => {
  expect(shadeOf(tableOf({ a: [0, 1, 1, 0] }), 0)).toMatchObject({
    kind: 'categories',
    values: [
      { value: 0, size: 2, ink: 0 },
      { value: 1, size: 2, ink: 1 },
    ],
  });
});
