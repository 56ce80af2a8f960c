import { fixed, plural } from '../../../lib/format.ts';
import { valueWords } from '../../../features/value-words.ts';
import { compare as compareSides, type Difference } from '../../compare/compare.ts';
import {
  comparisonWords,
  differenceLabel,
  gapWords,
  holds,
  sideWords,
} from '../../compare/compare-words.ts';
import { sidesOf, type Sides } from '../../compare/parts.ts';
import { amountWords, groupWords, segmentWords } from '../say.ts';
import type { Ask, Group } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { rowsIn, statisticOf, sum } from './numbers.ts';
import { answerOf, exact, figureOf, type Answer, type AnswerRow, type Figure } from './types.ts';
import { effect, gapNotes, INTERVAL, pWords, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

/** The comparison that the page has, of two groups of a question: by ranks, corrected by Holm, with the means beside. */
export async function compare(ask: Of<'compare'>, ground: Ground): Promise<Answer> {
  const { subject, table } = ground;
  const { features } = table;
  const a = { inside: await insideOf(ask.a, ground), words: groupWords(ask.a, subject) };
  const b = { inside: await insideOf(ask.b, ground), words: groupWords(ask.b, subject) };
  /** A side at the head of a column: "A", "not A", else "first". */
  const short = ([only, ...more]: Group, other: string): string => {
    if (only?.is !== 'segment' || more.length > 0) return other;
    const letters = only.segments.map((id) => subject.segments[id]?.letter).filter(Boolean);
    return letters.length > 0 ? `${only.not ? 'not ' : ''}${letters.join(' or ')}` : other;
  };
  for (const { inside, words } of [a, b]) if (sum(inside) === 0) return nobody(words);
  if (a.inside.every((is, r) => is === b.inside[r]))
    return answerOf(`${a.words} and ${b.words} are the same customers.`);
  const on = ask.on.length > 0 ? ask.on : [...features.keys()];
  const found = await compareSides({ ...table, on }, a, b, ground.job);
  const apart = sidesOf(a, b);
  const rows: AnswerRow[] = [];
  for (const one of found.differences) rows.push(await rowOf(one, apart, ground));
  const [first] = found.differences;
  const [told = '', holding = '', ...others] = comparisonWords(found, features);
  const alone =
    first &&
    `${differenceLabel(first, features)}: ${sideWords(first, 'a', features)} against ${sideWords(first, 'b', features)}, ${gapWords(first, features)}${holds(first) ? '' : '; chance does as much'}.`;
  const either = a.inside.map((is, r) => is | b.inside[r]!);
  return answerOf(ask.on.length === 1 && alone ? alone : told, {
    ...{ rows, chart: 'rows', unit: 'number', baseline: { value: 0, words: 'no difference' } },
    figure: first ? figureOf(first.delta) : null,
    heads: [
      'Cliff’s delta',
      ...['Typical', 'Mean'].flatMap((of) => [
        `${of}, ${short(ask.a, 'first')}`,
        `${of}, ${short(ask.b, 'second')}`,
      ]),
      'p (Holm)',
    ],
    notes: [
      `${plural(found.a.size, 'customer')} against ${plural(found.b.size, 'customer')}. ${holding}`,
      ...others,
      `Cliff’s delta: how much more often a customer of the first has the larger value, −1 to 1. Two sides as large that are dealt out by chance stay below ${fixed(found.byChance)} in 19 of 20 deals.`,
      ...gapNotes(on, ground),
      INTERVAL,
    ],
    who: { inside: either, words: `${a.words} and ${b.words}` },
    order: rowsIn(either),
  });
}

async function rowOf(one: Difference, { a, b }: Sides, ground: Ground): Promise<AnswerRow> {
  const { table, subject } = ground;
  const it = { is: 'feature', feature: one.feature } as const;
  const values = await valuesOf(it, ground);
  const say = (n: number) =>
    one.isShare ? valueWords(n, { unit: 'share' }) : amountWords(n, it, subject);
  const meanOf = (rows: Int32Array): Figure | null =>
    one.isShare
      ? null
      : statisticOf(
          Float64Array.from(rows, (r) => values[r]!),
          'mean',
          { everyone: values.length, isYesNo: false },
        );
  const sides = [figureOf(one.a), figureOf(one.b), meanOf(a), meanOf(b)];
  return {
    label: differenceLabel(one, table.features),
    ...{ segment: null, customers: a.length + b.length },
    figures: [figureOf(one.delta), ...sides, exact(one.holm)],
    shown: [
      withInterval(one.delta, effect),
      ...sides.map((each) => (each ? withInterval(each, say) : '–')),
      pWords(one.holm),
    ],
    isMet: holds(one),
  };
}

export function describe(ask: Of<'describe'>, ground: Ground): Answer {
  const { subject, table, segmentation } = ground;
  const segment = segmentation.segments[ask.segment]!;
  const rows = segment.drivers.slice(0, 8).map((driver): AnswerRow => {
    const feature = table.features[driver.feature]!;
    const { categories } = feature;
    const isShare = categories !== undefined || subject.yesNo.includes(driver.feature);
    const say = (n: number) =>
      isShare
        ? valueWords(n, { unit: 'share' })
        : amountWords(n, { is: 'feature', feature: driver.feature }, subject);
    const label =
      driver.category === undefined
        ? feature.label
        : `${feature.label} ${categories?.[driver.category] ?? ''}`;
    return {
      ...{ label, segment: null, customers: segment.size },
      figures: [
        driver.index && figureOf(driver.index),
        figureOf(driver.here),
        exact(driver.everyone),
      ],
      shown: [
        driver.index ? withInterval(driver.index, (n) => n.toFixed(0)) : '–',
        withInterval(driver.here, say),
        say(driver.everyone),
      ],
    };
  });
  const inside = Uint8Array.from(segmentation.labels, (label) => (label === ask.segment ? 1 : 0));
  const words = `segment ${segmentWords(ask.segment, subject)}`;
  const [top] = rows;
  return answerOf(
    `${plural(segment.size, 'customer')}, set apart most by ${top?.label ?? 'nothing'}${top ? `: ${top.shown[1]} against ${top.shown[2]} of everyone` : ''}.`,
    {
      ...{
        rows,
        heads: ['Index', 'Here', 'Everyone'],
        chart: 'rows',
        unit: 'number',
        segment: ask.segment,
      },
      baseline: { value: 100, words: 'like everyone' },
      figure: exact(segment.size),
      notes: [
        'Index: 100 × mean here ÷ mean of everyone. Here and everyone are medians, or shares.',
        INTERVAL,
      ],
      who: { inside, words },
      order: rowsIn(inside),
    },
  );
}

export async function define(ask: Of<'define'>, ground: Ground): Promise<Answer> {
  const feature = ground.table.features[ask.feature]!;
  const values = await valuesOf({ is: 'feature', feature: ask.feature }, ground);
  return answerOf(`${feature.label}: ${feature.definition}`, {
    notes: [
      feature.scaling && `Before grouping: ${feature.scaling}`,
      feature.gapRule && `Where it could not be measured: ${feature.gapRule}.`,
    ].filter((note): note is string => note !== null && note !== ''),
    ...(feature.categories
      ? {}
      : { chart: 'histogram' as const, values: Float32Array.from(values), unit: feature.unit }),
  });
}
