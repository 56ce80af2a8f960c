import { count, plural } from '../../../lib/format.ts';
import { unattended } from '../../../lib/job.ts';
import { ascendingInPlace } from '../../../lib/stats/ascending.ts';
import { wilson } from '../../../lib/stats/intervals.ts';
import { breathing } from '../../../lib/steps.ts';
import { groupWords, measureWords, amountWords } from '../say.ts';
import type { Ask, Group, Measure } from '../types.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { rowsIn, ratioOf, sum, taken } from './numbers.ts';
import { partsOf } from './parts.ts';
import { answerOf, exact, figureOf, type Answer, type AnswerColumn } from './types.ts';
import { INTERVAL, share, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export async function countOf(ask: Of<'count'>, ground: Ground): Promise<Answer> {
  const { subject } = ground;
  const inside = await insideOf(ask.group, ground);
  const [n, all] = [sum(inside), inside.length];
  const words = groupWords(ask.group, subject);
  const own = wilson(n, all);
  const part =
    ask.group.length === 0
      ? `There are ${plural(n, 'customer')}.`
      : `${count(n)} of ${plural(all, 'customer')}, ${withInterval(figureOf(own), share)}: ${words}.`;
  const people = { who: { inside, words }, order: rowsIn(inside) };
  const columns = await columnsOf(ask.group, ground);
  if (ask.by === null)
    return answerOf(part, {
      ...people,
      columns,
      figure: exact(n),
      notes: ask.group.length ? [INTERVAL] : [],
    });
  const parts = await partsOf(ask.by, inside, null, ground);
  const isMany = ask.by !== 'segment' && ask.by.of === 'orders';
  const rows = parts
    .map(({ label, segment, rows: own }) => {
      const figure = figureOf(wilson(own.length, Math.max(1, n)));
      return {
        ...{ label, segment, customers: own.length, figures: [figure] },
        shown: [withInterval(figure, share)],
      };
    })
    .sort((a, b) => (ask.by === 'segment' ? 0 : b.customers - a.customers));
  return answerOf(part, {
    ...people,
    figure: exact(n),
    rows,
    heads: ['Share'],
    chart: 'rows',
    unit: 'share',
    notes: [
      ...(isMany
        ? ['A customer may have bought with several: the shares do not add up to 100 %.']
        : []),
      INTERVAL,
    ],
  });
}

export async function shareOf(ask: Of<'share'>, ground: Ground): Promise<Answer> {
  const { subject } = ground;
  const [of, within] = [await insideOf(ask.of, ground), await insideOf(ask.within, ground)];
  const both = of.map((is, r) => is & within[r]!);
  const [hits, n] = [sum(both), sum(within)];
  const words = groupWords(ask.of, subject);
  if (n === 0) return nobody(groupWords(ask.within, subject));
  const figure = figureOf(wilson(hits, n));
  // beside it: the same conditions over everyone, which is what knowing nothing of the group would say
  const alone = ask.of.filter((each) => !ask.within.includes(each));
  const base = ask.within.length > 0 ? await insideOf(alone, ground) : null;
  const baseline = base && {
    value: sum(base) / base.length,
    words: `${share(sum(base) / base.length)} of all customers`,
  };
  return answerOf(
    `${withInterval(figure, share)}: ${count(hits)} of ${count(n)}${baseline ? `, against ${baseline.words}` : ''}.`,
    {
      ...{ figure, baseline, unit: 'share', chart: 'rows', heads: ['Share'], notes: [INTERVAL] },
      rows: [
        {
          label: words,
          segment: null,
          customers: hits,
          figures: [figure],
          shown: [withInterval(figure, share)],
        },
      ],
      who: { inside: both, words },
      order: rowsIn(both),
      columns: await columnsOf(ask.of, ground),
    },
  );
}

export async function revenueShare(ask: Of<'revenue-share'>, ground: Ground): Promise<Answer> {
  const { table, segmentation, subject } = ground;
  const inside = await insideOf(ask.of, ground);
  const spend = await valuesOf({ is: 'feature', feature: table.spend }, ground);
  const words = groupWords(ask.of, subject);
  const [only] = ask.of;
  const segment =
    ask.of.length === 1 && only?.is === 'segment' && !only.not && only.segments.length === 1
      ? segmentation.segments[only.segments[0]!]
      : undefined;
  const bounds =
    segment?.revenueShare ??
    ratioOf(
      spend.map((value, r) => (inside[r] === 1 ? value : 0)),
      spend,
    );
  if (!bounds) return answerOf('All spend together is not above 0, so there are no shares of it.');
  const figure = figureOf(bounds);
  const customers = sum(inside) / Math.max(1, inside.length);
  const baseline = { value: customers, words: `${share(customers)} of the customers` };
  return answerOf(
    `${withInterval(figure, share)} of all Spend is of ${words}, who are ${baseline.words}.`,
    {
      ...{ figure, baseline, unit: 'share', chart: 'rows', heads: ['Share of Spend'] },
      rows: [
        {
          label: words,
          segment: segment?.id ?? null,
          customers: sum(inside),
          figures: [figure],
          shown: [withInterval(figure, share)],
        },
      ],
      notes: [`The grey line is their share of customers. ${INTERVAL}`],
      who: { inside, words },
      order: rowsIn(inside),
      columns: [{ label: 'Spend', unit: 'money', values: spend }],
    },
  );
}

export async function list(ask: Of<'list'>, ground: Ground): Promise<Answer> {
  return countOf({ kind: 'count', group: ask.group, by: null }, ground);
}

export async function topOf(ask: Of<'top'>, ground: Ground): Promise<Answer> {
  const { subject } = ground;
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  const values = await valuesOf(ask.measure, ground);
  const sorted = await breathing(ascendingInPlace(taken(values, inside)), ground.job ?? unattended);
  const order = extremeRows(values, inside, sorted, ask);
  const [first, last] = [order[0], order.at(-1)];
  if (first === undefined || last === undefined) return nobody(words);
  const chosen = new Uint8Array(inside.length);
  for (const r of order) chosen[r] = 1;
  const named = measureWords(ask.measure, subject);
  const say = (r: number) => amountWords(values[r]!, ask.measure, subject);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const alike = (value: number) => value === values[last];
  const same = sorted.filter(alike).length - order.filter((r) => alike(values[r]!)).length;
  return answerOf(
    order.length === 1
      ? `${named} ${say(first)}: one of ${plural(sorted.length, 'customer')}, who is listed.`
      : `${count(order.length)} of ${count(sorted.length)} customers, ${named} from ${say(first)} to ${say(last)}.`,
    {
      figure: exact(values[first]!),
      notes: [
        `The median of ${words} is ${amountWords(median, ask.measure, subject)}.`,
        ...(same > 0
          ? [
              `${plural(same, 'other')} with the same value as the last ${same === 1 ? 'is' : 'are'} not listed.`,
            ]
          : []),
      ],
      who: {
        inside: chosen,
        words: `the ${count(order.length)} with the ${ask.most ? 'highest' : 'lowest'} ${named}`,
      },
      order,
      columns: [columnOf(ask.measure, values, ground)],
    },
  );
}

/** The `n` rows inside with the most or the least, those first; of equals the earlier. `sorted`: all values inside, ascending. O(rows + n log n). */
function extremeRows(
  values: Float64Array,
  inside: Uint8Array,
  sorted: Float64Array,
  { n, most }: Pick<Of<'top'>, 'n' | 'most'>,
): Uint32Array {
  const wanted = Math.min(n, sorted.length);
  if (wanted === 0) return new Uint32Array();
  const bound = most ? sorted[sorted.length - wanted]! : sorted[wanted - 1]!;
  const beyond: number[] = [];
  const atBound: number[] = [];
  for (let r = 0; r < inside.length; r++) {
    if (inside[r] !== 1) continue;
    const value = values[r]!;
    if (value === bound) {
      if (atBound.length < wanted) atBound.push(r);
    } else if (most ? value > bound : value < bound) beyond.push(r);
  }
  const sign = most ? -1 : 1;
  beyond.sort((a, b) => sign * (values[a]! - values[b]!) || a - b);
  return Uint32Array.from([...beyond, ...atBound.slice(0, wanted - beyond.length)]);
}

export const nobody = (words: string): Answer =>
  answerOf(`There is nobody to ask about: ${words} are none.`, { figure: exact(0) });

const columnOf = (it: Measure, values: Float64Array, { subject }: Ground): AnswerColumn => ({
  label: measureWords(it, subject),
  unit:
    it.is === 'flow'
      ? it.flow === 'spend'
        ? 'money'
        : 'count'
      : (subject.features[it.feature]?.unit ?? 'number'),
  values,
});

/** What the conditions are about, beside each customer. */
async function columnsOf(group: Group, ground: Ground): Promise<readonly AnswerColumn[]> {
  const measures = new Map<string, Measure>();
  for (const each of group)
    if ('measure' in each) measures.set(JSON.stringify(each.measure), each.measure);
  const columns: AnswerColumn[] = [];
  for (const it of measures.values())
    columns.push(columnOf(it, await valuesOf(it, ground), ground));
  return columns;
}
