import { expect, it } from 'vitest';
import { axisTicks } from '../../src/charts/axis-ticks.ts';
import { barAt, binValues, countIn, rangeOf } from '../../src/lib/bins.ts';
import { brushKey, moveEnd, moveSpan } from '../../src/charts/brush.ts';
import { random } from '../../src/lib/random.ts';

const total = (counts: ArrayLike<number>) => Array.from(counts).reduce((sum, n) => sum + n, 0);
const draw = (count: number, seed: number, make: (next: () => number) => number) => {
  const next = random(seed);
  return Float32Array.from({ length: count }, () => make(next));
};
const gauss = (next: () => number) =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

it.each([
  ['uniform', draw(1000, 1, (next) => next())],
  ['heavy tail', draw(5000, 2, (next) => Math.exp(3 * gauss(next)))],
  ['both tails', draw(5000, 3, (next) => gauss(next) / Math.max(0.01, next()))],
  ['whole numbers', draw(700, 4, (next) => Math.floor(next() * 9))],
  ['all equal', new Float32Array(50).fill(7.5)],
  ['all zero', new Float32Array(50)],
  ['one value', Float32Array.of(-3)],
  ['tenths', Float32Array.from({ length: 101 }, (_, i) => i / 100)],
])('bars hold every value once, on the right side of each edge: %s', (_, values) => {
  const bins = binValues(values);
  expect(total(bins.counts)).toBe(values.length);
  expect(bins.missing).toBe(0);
  const { edges, barOf } = bins;
  expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  values.forEach((value, i) => {
    const bar = barOf![i]!;
    expect(value >= edges[bar]! || (bins.under && bar === 0)).toBe(true);
    const isLast = bar === edges.length - 2;
    expect(value < edges[bar + 1]! || isLast).toBe(true);
  });
});

it('float32 and float64 of the same numbers have the same bars', () => {
  for (const seed of [5, 6, 7]) {
    const values = draw(3001, seed, (next) => (next() < 0.1 ? -0 : gauss(next) / (0.05 + next())));
    expect(binValues(values)).toEqual(binValues(Float64Array.from(values)));
  }
});

it('what is not a number is in no bar and counted', () => {
  const bins = binValues(Float64Array.of(1, NaN, 2, Infinity));
  expect([total(bins.counts), bins.missing]).toEqual([2, 2]);
  expect(total(binValues([]).counts)).toBe(0);
});

it('a heavy tail is gathered at the 99th percentile into a last bar that says so', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 995 ? i % 300 : 50_000));
  const bins = binValues(values);
  expect(bins.over).toBe(true);
  expect(bins.under).toBe(false);
  const last = bins.edges.at(-2)!;
  expect(last).toBeLessThanOrEqual(320);
  expect(bins.counts[bins.counts.length - 1]).toBe(5);
  expect(axisTicks(bins, 300, String).at(-1)).toMatchObject({ words: `${last}+`, anchor: 'end' });
});

it('figures under the axis never touch', () => {
  for (const width of [90, 180, 400])
    for (const seed of [1, 2, 3]) {
      const bins = binValues(
        draw(2000, seed, (next) => 4000 * gauss(next) * Math.exp(gauss(next))),
      );
      const ticks = axisTicks(bins, width, (value) => value.toLocaleString('en-GB'));
      const spans = ticks.map(({ x, words, anchor }) => {
        const wide = 7 * words.length;
        return anchor === 'start'
          ? [x, x + wide]
          : anchor === 'end'
            ? [x - wide, x]
            : [x - wide / 2, x + wide / 2];
      });
      spans.slice(1).forEach(([from], i) => expect(from).toBeGreaterThan(spans[i]![1]!));
      expect(ticks.length).toBeGreaterThan(0);
    }
});

it('each whole number has its own bar where there are few', () => {
  const bins = binValues([0, 1, 1, 2, 2, 2, 3]);
  expect(Array.from(bins.counts)).toEqual([1, 2, 3, 1]);
});

it('counts the selected in the same bars', () => {
  const bins = binValues([0, 1, 1, 2, 2, 2, 3]);
  expect(Array.from(countIn(bins, [1, 0, 1, 1, 1, 0, 0]))).toEqual([1, 1, 2, 0]);
  expect(() => countIn({ ...binValues([1]), barOf: undefined } as never, [1])).toThrow(RangeError);
});

it('a brushed range holds exactly the values of its bars', () => {
  const values = draw(3000, 9, (next) => Math.exp(2 * gauss(next)));
  const bins = binValues(values);
  const bars = bins.counts.length;
  for (const [from, to] of [
    [0, 0],
    [2, 7],
    [bars - 1, bars - 1],
    [0, bars - 1],
  ] as const) {
    const [low, high] = rangeOf(bins, from, to);
    const inside = values.filter((value) => value >= low && value <= high).length;
    expect(inside).toBe(total(Array.from(bins.counts).slice(from, to + 1)));
    if (bins.counts[to]) expect(barAt(bins, high)).toBe(to);
    expect(barAt(bins, low)).toBe(from);
  }
});

it('keys move one end of the brush, which stays on the axis; Escape lets go', () => {
  const key = (name: string, more = {}) => ({ key: name, shiftKey: false, ...more });
  const span = { from: 2, to: 5 };
  expect(brushKey(key('ArrowRight'), 'low', span, 10)).toEqual({ from: 3, to: 5 });
  expect(brushKey(key('ArrowRight', { shiftKey: true }), 'low', span, 10)).toEqual({
    from: 7,
    to: 7,
  });
  expect(brushKey(key('End'), 'high', span, 10)).toEqual({ from: 2, to: 9 });
  expect(brushKey(key('ArrowLeft'), 'high', null, 10)).toEqual({ from: 0, to: 8 });
  expect(brushKey(key('Escape'), 'high', span, 10)).toBeNull();
  expect(brushKey(key('a'), 'high', span, 10)).toBeUndefined();
  expect(moveEnd(span, 'high', 0, 10)).toEqual({ from: 0, to: 0 });
  expect(moveSpan(span, 99, 10)).toEqual({ from: 6, to: 9 });
});
