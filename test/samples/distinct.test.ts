import { expect, it } from 'vitest';
import { specOf } from '../../src/samples/schemes.ts';
import { rowsOf } from './read.ts';

const DAY_MS = 86_400_000;
const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** What anyone would measure on a customer's order lines: recency, frequency, money, breadth, discounts, returns, weekday, hour. */
function measures(lines: readonly Record<string, string>[], end: number): number[] {
  const bought = lines.filter((line) => Number(line['quantity']) > 0);
  const moments = [
    ...new Map(bought.map((line) => [line['order_id'], line['ordered_at']!])).values(),
  ];
  const times = moments.map((moment) => Date.parse(`${moment.replace(' ', 'T')}Z`));
  const spend = mean(bought.map((line) => Number(line['amount']))) * bought.length;
  const hours = moments.map((moment) => Number(moment.slice(11, 13)));
  const share = (yes: readonly boolean[]) => mean(yes.map(Number));
  return [
    Math.log1p((end - Math.max(...times)) / DAY_MS),
    Math.log1p((end - Math.min(...times)) / DAY_MS),
    Math.log1p(moments.length),
    Math.log1p(spend),
    Math.log1p(spend / moments.length),
    Math.log1p(new Set(bought.map((line) => line['product'])).size),
    share(bought.map((line) => Number(line['discount']) > 0)),
    1 - bought.length / lines.length,
    share(times.map((time) => [0, 6].includes(new Date(time).getUTCDay()))),
    share(hours.map((hour) => hour < 12)),
    share(hours.map((hour) => hour >= 18)),
  ];
}

it.each(['coffee', 'fashion'] as const)(
  '%s: what can be measured on order lines tells the planted segments apart',
  async (scheme) => {
    const spec = specOf(scheme, { customers: 2_000 });
    const truth = new Map(
      (await rowsOf(spec, 'truth')).map((row) => [row['customer_id'], row['segment']!]),
    );
    const lines = new Map<string, Record<string, string>[]>();
    for (const line of await rowsOf(spec, 'transactions')) {
      const id = line['customer_id']!;
      if (!lines.has(id)) lines.set(id, []);
      lines.get(id)!.push(line);
    }
    const known = [...lines].filter(
      ([id, own]) => id && own.some((line) => Number(line['quantity']) > 0),
    );
    const raw = known.map(([, own]) => measures(own, Date.parse(spec.to) + DAY_MS));
    const names = known.map(([id]) => truth.get(id)!);
    const centre = raw[0]!.map((_, c) => mean(raw.map((row) => row[c]!)));
    const spread = centre.map((m, c) => Math.sqrt(mean(raw.map((row) => (row[c]! - m) ** 2))));
    const x = raw.map((row) => row.map((value, c) => (value - centre[c]!) / spread[c]!));

    const segments = [...new Set(names)];
    const means = segments.map((segment) => {
      const own = x.filter((_, r) => names[r] === segment);
      return centre.map((_, c) => mean(own.map((row) => row[c]!)));
    });
    const distance = (row: readonly number[], m: readonly number[]) =>
      row.reduce((sum, value, c) => sum + (value - m[c]!) ** 2, 0);
    const right = x.filter((row, r) => {
      const all = means.map((m) => distance(row, m));
      return segments[all.indexOf(Math.min(...all))] === names[r];
    });
    expect(segments.length).toBe(8);
    expect(right.length / x.length).toBeGreaterThan(0.92); // some left, changed or came only once
  },
);
