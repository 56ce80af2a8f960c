import { plural } from '../../../lib/format.ts';
import { valueWords } from '../../../features/value-words.ts';
import { hedges } from '../../compare/compare.ts';
import { amountWords, groupWords, segmentWords } from '../say.ts';
import type { Ask } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { rowsIn, statisticOf, sum, taken } from './numbers.ts';
import { answerOf, exact, figureOf, type Answer, type AnswerRow } from './types.ts';
import { effect, INTERVAL, sayer, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export async function compare(ask: Of<'compare'>, ground: Ground): Promise<Answer> {
  const { subject, table } = ground;
  const [a, b] = [await insideOf(ask.a, ground), await insideOf(ask.b, ground)];
  const [wordsA, wordsB] = [groupWords(ask.a, subject), groupWords(ask.b, subject)];
  if (sum(a) === 0) return nobody(wordsA);
  if (sum(b) === 0) return nobody(wordsB);
  const on =
    ask.on.length > 0
      ? ask.on
      : table.features.flatMap(({ categories }, f) => (categories ? [] : [f]));
  const rows: AnswerRow[] = [];
  for (const feature of on) {
    const it = { is: 'feature', feature } as const;
    const values = await valuesOf(it, ground);
    const [xs, ys] = [taken(values, a), taken(values, b)];
    const options = { everyone: values.length, isYesNo: subject.yesNo.includes(feature) };
    const means = [xs, ys].map((each) => statisticOf(each, 'mean', options)!);
    const say = sayer(it, 'mean', subject);
    const g = hedges(xs, ys);
    const apart = g && figureOf(g);
    rows.push({
      ...{ label: table.features[feature]!.label, segment: null, customers: xs.length + ys.length },
      figures: [apart, ...means],
      shown: [
        apart ? withInterval(apart, effect) : '–',
        ...means.map((each) => withInterval(each, say)),
      ],
    });
  }
  rows.sort((x, y) => Math.abs(y.figures[0]?.value ?? 0) - Math.abs(x.figures[0]?.value ?? 0));
  const both = sum(a.map((is, r) => is & b[r]!));
  const [top] = rows;
  const told = top
    ? `The means differ most in ${top.label}: ${top.shown[1]} against ${top.shown[2]}, ${top.shown[0]} standard deviations apart.`
    : 'There is no number to compare them by.';
  const either = a.map((is, r) => is | b[r]!);
  return answerOf(told, {
    ...{ rows, chart: 'rows', unit: 'number', baseline: { value: 0, words: 'no difference' } },
    figure: top?.figures[0] ?? null,
    heads: ['Standard deviations apart', `Mean of ${wordsA}`, `Mean of ${wordsB}`],
    notes: [
      `${plural(sum(a), 'customer')} against ${plural(sum(b), 'customer')}${both > 0 ? `; ${plural(both, 'customer is', 'customers are')} in both` : ''}.`,
      ...(rows.length > 1
        ? [
            `${rows.length} features are compared, each by itself: about one in twenty intervals misses by chance.`,
          ]
        : []),
      INTERVAL,
    ],
    who: { inside: either, words: `${wordsA} and ${wordsB}` },
    order: rowsIn(either),
  });
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
