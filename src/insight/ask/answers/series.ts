import { count, measure } from '../../../lib/format.ts';
import { addDays, addMonths } from '../days.ts';
import { groupWords, linesWords } from '../say.ts';
import type { Ask, Part, Span } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, type Ground } from './group.ts';
import { rowsIn, sum, totalOf } from './numbers.ts';
import { byValue } from './statistics.ts';
import { answerOf, figureOf, type Answer, type AnswerRow } from './types.ts';
import { INTERVAL, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

/** A flow by month, weekday, …: each a total over the customers. A part of the days asked for without a line is 0. */
export async function series(ask: Of<'series'>, ground: Ground): Promise<Answer> {
  const { subject, facts, job } = ground;
  const days = subject.days!; // no question about time is read where nothing is dated
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  if (sum(inside) === 0) return nobody(words);
  const parts = partsOf(ask.by, covered(ask.lines.span, days));
  const found = await facts.byPart(ask.lines, ask.by, parts.first);
  const lists: number[][] = parts.labels.map(() => []);
  const who = new Uint8Array(inside.length);
  const flow = ask.flow === 'customers' ? found.bought : found[ask.flow];
  for (let i = 0; i < flow.length; i++) {
    if (i % 65_536 === 0) await job?.breathe();
    const row = found.rows[i]!;
    if (inside[row] !== 1 || flow[i] === 0) continue;
    lists[found.parts[i]!]?.push(flow[i]!);
    who[row] = 1;
  }
  const say = (n: number) => (ask.flow === 'spend' ? measure(n, 4) : count(n));
  const inTime = parts.labels.map((label, at): AnswerRow => {
    const figure = figureOf(totalOf(lists[at]!, inside.length));
    return {
      ...{ label, segment: null, customers: lists[at]!.length, figures: [figure] },
      shown: [withInterval(figure, say)],
    };
  });
  const isMost = ask.order !== 'least';
  const ranked = inTime.toSorted(byValue(isMost));
  const rows = ask.order === 'time' ? inTime : ranked;
  const best = ranked[0]!; // there is a part for every day
  const named =
    ask.flow === 'customers' ? 'Customers who bought' : ask.flow === 'spend' ? 'Spend' : 'Orders';
  const on = linesWords(ask.lines, subject);
  const isStretch = ask.by !== 'weekday' && ask.by !== 'hour';
  return answerOf(
    `${named}${on} of ${words} by ${ask.by}: ${isMost ? 'most' : 'least'} ${ask.by === 'weekday' ? 'on' : ask.by === 'hour' ? 'from' : 'in'} ${best.label}, ${best.shown[0]}.`,
    {
      ...{ figure: best.figures[0]!, rows, heads: [named] },
      chart: isStretch && ask.order === 'time' && rows.length > 2 ? 'line' : 'rows',
      unit: ask.flow === 'spend' ? 'money' : 'count',
      notes: [...(isStretch ? partly(parts, covered(ask.lines.span, days)) : []), INTERVAL],
      who: { inside: who, words },
      order: rowsIn(who),
    },
  );
}

type Days = Pick<Span, 'from' | 'to'>;
type Parts = {
  /** The day from which parts are counted. */
  readonly first: string;
  readonly labels: readonly string[];
  /** Of stretches: the day after the last one. */
  readonly end: string;
};

/** The days asked for, as far as there are orders. */
const covered = (
  span: Span | null,
  { first, asOf }: { readonly first: string; readonly asOf: string },
): Days => ({
  from: span && span.from > first ? span.from : first,
  to: span && span.to < asOf ? span.to : asOf,
});

const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
function partsOf(by: Part, { from, to }: Days): Parts {
  if (by === 'weekday') return { first: from, labels: weekdays, end: to };
  if (by === 'hour') {
    const labels = Array.from({ length: 24 }, (_, h) => `${String(h).padStart(2, '0')}:00`);
    return { first: from, labels, end: to };
  }
  const first = startOf(by, from);
  const labels: string[] = [];
  let day = first;
  for (; day <= to || labels.length === 0; day = after(by, day)) labels.push(labelOf(by, day));
  return { first, labels, end: day };
}
type Stretch = Exclude<Part, 'weekday' | 'hour'>;
const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
function startOf(by: Stretch, day: string): string {
  if (by === 'week') return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  const [year, month] = day.split('-').map(Number) as [number, number]; // an ISO day has three parts
  const begun = Math.floor((month - 1) / monthsOf[by]) * monthsOf[by] + 1;
  return `${year}-${String(begun).padStart(2, '0')}-01`;
}
const after = (by: Stretch, day: string): string =>
  by === 'week' ? addDays(day, 7) : addMonths(day, monthsOf[by]);
function labelOf(by: Stretch, day: string): string {
  if (by === 'week') return day;
  if (by === 'year') return day.slice(0, 4);
  if (by === 'month') return day.slice(0, 7);
  return `${day.slice(0, 4)} Q${(Number(day.slice(5, 7)) + 2) / 3}`;
}

/** Parts at the ends of which there are not all days. */
function partly({ first, labels, end }: Parts, { from, to }: Days): readonly string[] {
  const ends = [
    ...(from > first ? [`${labels[0]} begins on ${from}`] : []),
    ...(addDays(to, 1) < end ? [`${labels.at(-1)} ends on ${to}`] : []),
  ];
  return ends.length > 0 ? [`${ends.join('; ')}: it is not whole.`] : [];
}
