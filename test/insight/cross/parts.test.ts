import { describe, expect, it } from 'vitest';
import { barRows } from '../../../src/charts/bar-rows.ts';
import { timeTicks } from '../../../src/charts/time-ticks.ts';
import { placeTiles } from '../../../src/charts/tiles.ts';
import { spreadOut } from '../../../src/charts/spread-out.ts';
import { toward } from '../../../src/charts/toward.ts';
import { knownPlaces } from '../../../src/insight/cross/known-places.ts';
import { namedPlaces } from '../../../src/insight/cross/named-places.ts';
import { placeCells, squeeze } from '../../../src/insight/cross/place-cells.ts';
import { binDays, binStart, lastDay, stepFor } from '../../../src/insight/cross/time.ts';
import { random } from '../../../src/lib/random.ts';

describe('time', () => {
  it.each([
    ['2025-03-01', '2025-03-20', 'day'],
    ['2025-03-01', '2025-06-30', 'week'],
    ['2024-01-01', '2025-12-31', 'month'],
    ['1990-01-01', '2025-12-31', 'year'],
  ] as const)('from %s to %s goes by the %s', (from, to, step) => {
    expect(stepFor(from, to)).toBe(step);
    const days = binDays(from, to, step);
    expect(days.length).toBeLessThanOrEqual(145);
    expect(days).toEqual([...new Set(days)].sort());
    expect(days[0]! <= from && days.at(-1)! <= to).toBe(true);
    days.forEach((day, bin) => {
      expect(binStart(day, step)).toBe(day);
      const last = lastDay(days, bin, step);
      expect(binStart(last, step)).toBe(day);
      if (days[bin + 1]) expect(last < days[bin + 1]!).toBe(true);
    });
    expect(lastDay(days, days.length - 1, step) >= to).toBe(true);
  });

  it('a leap February ends on the 29th, and a week on its Sunday', () => {
    expect(lastDay(['2024-02-01'], 0, 'month')).toBe('2024-02-29');
    expect(binStart('2026-01-01', 'week')).toBe('2025-12-29');
    expect(lastDay(['2025-12-29'], 0, 'week')).toBe('2026-01-04');
    expect(() => binDays('2025-02-02', '2025-02-01', 'day')).toThrow(RangeError);
  });

  it('dates under the axis never touch and say the year', () => {
    for (const width of [120, 200, 400, 900])
      for (const [from, to] of [
        ['2024-05-01', '2026-02-01'],
        ['2025-03-03', '2025-06-30'],
        ['1990-01-01', '2025-12-31'],
        ['2025-03-01', '2025-03-20'],
      ] as const) {
        const ticks = timeTicks(binDays(from, to, stepFor(from, to)), width);
        expect(ticks.length).toBeGreaterThan(0);
        const spans = ticks.map(({ x, words, anchor }) => {
          const wide = 6.5 * words.length;
          return anchor === 'start'
            ? [x, x + wide]
            : anchor === 'end'
              ? [x - wide, x]
              : [x - wide / 2, x + wide / 2];
        });
        spans.slice(1).forEach(([left], i) => expect(left).toBeGreaterThan(spans[i]![1]!));
      }
  });
});

describe('category bars', () => {
  const words = Array.from({ length: 1000 }, (_, i) => `Städt ${i}`);
  const counts = words.map((_, i) => 2000 - i);

  it('of a thousand values show the twelve commonest and all the rest as one, adding up to all', () => {
    const { rows } = barRows(words, counts, { search: '', picked: [] });
    expect(rows.length).toBe(13);
    expect(rows.at(-1)).toMatchObject({ name: '988 others' });
    const total = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0);
    expect(total(rows.map(({ all }) => all))).toBe(total(counts));
  });

  it('keep what is picked in sight, unless it is too much, and find without case or accents', () => {
    const { rows } = barRows(words, counts, { search: '', picked: [3, 500] });
    expect(rows.map(({ bars }) => bars[0])).toContain(500);
    const rest = words.map((_, i) => i).slice(12);
    expect(barRows(words, counts, { search: '', picked: rest }).rows.length).toBe(13);
    const found = barRows(words, counts, { search: 'stadt 99', picked: [] });
    expect(found.rows.map(({ bars }) => bars[0])).toEqual([
      99, 990, 991, 992, 993, 994, 995, 996, 997, 998, 999,
    ]);
    expect(barRows(words, counts, { search: 'stadt', picked: [] }).unseen).toBe(900);
  });

  it('of nothing have no row', () => {
    expect(barRows(['a', 'b'], [0, 2], { search: '', picked: [] }).rows.length).toBe(1);
    expect(barRows([], [], { search: '', picked: [] }).rows).toEqual([]);
  });
});

describe('places', () => {
  it('hold everyone once, near where they are', () => {
    const next = random(4);
    const lat = Float32Array.from({ length: 5000 }, () => 47 + 8 * next());
    const lon = Float32Array.from({ length: 5000 }, () => 6 + 9 * next());
    const { dimension, longitudes, latitudes } = placeCells(lat, lon);
    expect(dimension.bins).toBe(longitudes.length);
    dimension.codes.forEach((bin, r) => {
      expect(Math.abs(latitudes[bin]! - lat[r]!)).toBeLessThan(0.21);
      expect(Math.abs(longitudes[bin]! - lon[r]!)).toBeLessThan(0.34);
    });
    expect(new Set(dimension.codes).size).toBe(dimension.bins);
  });

  it('all in one point, nobody, and what is no place', () => {
    expect(placeCells(Float32Array.of(5, 5), Float32Array.of(9, 9)).dimension.bins).toBe(1);
    expect(placeCells(new Float32Array(), new Float32Array()).dimension.codes.length).toBe(0);
    expect(() => placeCells(Float32Array.of(NaN), Float32Array.of(1))).toThrow(/customer 0/);
  });

  it('a degree of longitude shrinks with the cosine of the latitude', () => {
    for (let latitude = -85; latitude <= 85; latitude += 5)
      expect(Math.abs(squeeze(latitude) - Math.cos((latitude * Math.PI) / 180))).toBeLessThan(
        0.0017,
      );
  });

  it('are spread within the rim, north up, and one place stands in the middle', () => {
    const box = { wide: 200, height: 100, rim: 8 };
    const { xs, ys } = spreadOut(
      { longitudes: [6, 15, 9], latitudes: [47, 55, 50], squeeze: 0.6 },
      box,
    );
    expect(Math.min(...ys)).toBeCloseTo(8);
    expect(Math.max(...ys)).toBeCloseTo(92);
    expect(ys[1]!).toBeLessThan(ys[0]!);
    expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(100);
    const one = spreadOut({ longitudes: [9], latitudes: [50], squeeze: 0.6 }, box);
    expect([one.xs[0], one.ys[0]]).toEqual([100, 50]);
  });

  it('an arrow key goes to the nearest mark that way, or stays', () => {
    const marks = { xs: [0, 10, 12, 0], ys: [0, 8, 1, 20] };
    expect(toward(marks, 0, [1, 0])).toBe(2);
    expect(toward(marks, 0, [0, 1])).toBe(3);
    expect(toward(marks, 2, [1, 0])).toBe(2);
  });
});

describe('places by name', () => {
  const namesOf = (words: readonly string[]) => knownPlaces(words, 0.5)?.map((it) => it?.name);

  it('names, letters and other spellings are known; of two readings of letters that which knows more counts', () => {
    expect(namesOf(['United Kingdom', 'EIRE', 'RSA', 'Unspecified', 'Côte d’Ivoire'])).toEqual([
      ...['United Kingdom', 'Ireland', 'South Africa', undefined, 'Ivory Coast'],
    ]);
    expect(namesOf(['SP', 'RJ', 'MG', 'PR', 'AL'])?.at(-1)).toBe('Alagoas');
    expect(namesOf(['TX', 'NY', 'AL'])?.at(-1)).toBe('Alabama');
    expect(namesOf(['São Paulo', 'PARANA'])).toEqual(['São Paulo', 'Paraná']);
  });

  it.each([[['shop', 'web', 'Georgia']], [[]], [['']], [['1', '2']]])(
    'what is mostly no place is none: %j',
    (words) => expect(knownPlaces(words, 0.5)).toBeNull(),
  );

  it('a customer with two names of one place counts there once, with all orders; who is nowhere known is in no bin', () => {
    const list = {
      bins: 4,
      starts: Uint32Array.of(0, 2, 3, 4),
      codes: Uint16Array.of(0, 1, 3, 2),
      weights: Uint32Array.of(2, 3, 9, 4),
    };
    const found = namedPlaces(['UK', 'United Kingdom', 'France', 'Unspecified'], list);
    expect(found?.named.map(({ code }) => code)).toEqual(['GB', 'FR']);
    expect(found?.dimension).toEqual({
      bins: 2,
      starts: Uint32Array.of(0, 1, 1, 2),
      codes: Uint16Array.of(0, 1),
      weights: Uint32Array.of(5, 4),
    });
    expect(found?.note).toBe('without Unspecified');
    const single = namedPlaces(['FR', 'DE'], { bins: 2, codes: Uint8Array.of(1, 0, 1) });
    expect([...single!.dimension.codes]).toEqual([1, 0, 1]);
    expect(single!.dimension.weights).toBeUndefined();
    expect(namedPlaces(['x'], { bins: 1, codes: Uint8Array.of(0) })).toBeNull();
  });

  it.each([1, 2, 38, 190])(
    '%i places stand on tiles of their own, inside, and north over south',
    (places) => {
      const next = random(places);
      const degrees = (most: number) =>
        Float64Array.from({ length: places }, () => (next() - 0.5) * most);
      const [longitudes, latitudes] = [degrees(360), degrees(180)];
      const weights = Array.from({ length: places }, (_, i) => places - i);
      const size = { wide: 200, height: 108, rim: 1 };
      const { xs, ys, side } = placeTiles({ longitudes, latitudes, weights }, size);
      expect(new Set(xs.map((x, i) => `${Math.round(x)} ${Math.round(ys[i]!)}`)).size).toBe(places);
      for (let i = 0; i < places; i++) {
        expect(xs[i]! - side / 2).toBeGreaterThanOrEqual(0);
        expect(xs[i]! + side / 2).toBeLessThanOrEqual(200);
        expect(ys[i]! + side / 2).toBeLessThanOrEqual(108);
      }
      const order = Array.from({ length: places }, (_, i) => i);
      const far = order.filter((i) => latitudes[i]! > 45).map((i) => ys[i]!);
      const low = order.filter((i) => latitudes[i]! < -45).map((i) => ys[i]!);
      const mean = (values: readonly number[]) =>
        values.reduce((sum, y) => sum + y, 0) / values.length;
      if (far.length > 3 && low.length > 3) expect(mean(far)).toBeLessThan(mean(low));
      expect(placeTiles({ longitudes, latitudes, weights }, size)).toEqual({ xs, ys, side });
    },
  );
});
