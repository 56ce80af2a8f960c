import { scaleLinear } from 'd3';

/** What stands along a side of the map; `low` and `high` are the values at −1 and 1 of its positions. */
export type MapAxis = {
  /** "Spend, in the currency of the file, log scale". */
  readonly title: string;
  readonly scale: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
  /** Only whole numbers are values: categories, counts. */
  readonly whole: boolean;
  readonly words: (value: number) => string;
};

/** A mark on an axis: its value and where it stands in positions of the map. */
export type Tick = { readonly value: number; readonly at: number; readonly words: string };

const leastGapPx = { across: 72, up: 44 };
const on = (log: boolean, value: number) => (log ? Math.log1p(value) : value);

/**
 * Round values between two positions of an axis that is `px` long, at least so far apart that their words do not touch. A log axis has 1, 2 and 5 of each
 * power of ten while it spans some, round steps when it is near.
 */
export function ticksOf(
  { scale, low, high, whole, words }: MapAxis,
  [from, to]: readonly [number, number],
  px: number,
  along: 'across' | 'up',
): Tick[] {
  const log = scale === 'log';
  const [start, end] = [on(log, low), on(log, high)];
  const span = end - start;
  if (!(span > 0 && to > from && px > 0)) return [];
  const valueAt = (position: number) => {
    const place = start + ((Math.min(1, Math.max(-1, position)) + 1) / 2) * span;
    return log ? Math.expm1(place) : place;
  };
  const [first, last] = [valueAt(from), valueAt(to)];
  const most = Math.max(2, Math.floor(px / leastGapPx[along]));
  const even = scaleLinear([first, last], [0, 1]).ticks(most);
  const values = log && last > 4 * Math.max(1, first) ? decades(first, last) : even;
  const pxPerPosition = px / (to - from);
  const kept: Tick[] = [];
  for (const value of values) {
    if ((whole && !Number.isInteger(value)) || value < first || value > last) continue;
    const at = (2 * (on(log, value) - start)) / span - 1;
    const before = kept.at(-1);
    if (before && (at - before.at) * pxPerPosition < leastGapPx[along] * 0.8) continue;
    kept.push({ value, at, words: words(value) });
  }
  return kept;
}

function decades(first: number, last: number): number[] {
  const values = [0];
  for (let power = 0.01; power <= last && Number.isFinite(power); power *= 10)
    for (const step of [1, 2, 5])
      if (power >= 1 || last < 10) values.push(Number((step * power).toPrecision(1)));
  return values.filter((value) => value >= first && value <= last);
}
