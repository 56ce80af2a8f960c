import { percent } from '../../../lib/format.ts';
import { medianInterval } from '../../../lib/stats/intervals.ts';
import { ascending, quantile } from '../../../lib/stats/quantile.ts';
import { inSpan } from '../line-filter.ts';
import { amountWords, groupWords, spanWords } from '../say.ts';
import type { Ask } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { ratioOf, rowsIn, sum, taken } from './numbers.ts';
import { answerOf, figureOf, type Answer } from './types.ts';
import { changed, changeOf, gapNotesOf, INTERVAL, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export async function change(ask: Of<'change'>, ground: Ground): Promise<Answer> {
  const { subject, facts } = ground;
  const { flow, early, late } = ask.change;
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  const before = taken((await facts.flows(inSpan(early)))[flow], inside);
  const after = taken((await facts.flows(inSpan(late)))[flow], inside);
  const say = (n: number) => amountWords(n, { is: 'flow', flow, lines: inSpan(late) }, subject);
  const ratio = ratioOf(after, before);
  const sums = `${say(sum(after))} in ${spanWords(late)} after ${say(sum(before))} in ${early.words}`;
  if (!ratio) return answerOf(`There is no change to tell: ${sums}.`);
  const figure = changeOf(ratio);
  const verdict =
    figure.high < 0 ? 'is falling' : figure.low > 0 ? 'is growing' : 'shows no clear change';
  const isOne = flow === 'spend';
  return answerOf(
    `${isOne ? 'Spend' : 'The number of orders'} of ${words} ${verdict}: ${withInterval(figure, changed)}; ${sums}.`,
    {
      ...{
        figure,
        chart: 'rows',
        unit: 'share',
        heads: [`Change of ${flow}`],
        baseline: { value: 0, words: 'no change' },
      },
      rows: [
        {
          label: words,
          segment: null,
          customers: sum(inside),
          figures: [figure],
          shown: [withInterval(figure, changed)],
        },
      ],
      notes: [INTERVAL, 'A season may do the same: nothing here is compared with the year before.'],
      who: { inside, words },
      order: rowsIn(inside),
    },
  );
}

export async function distribution(ask: Of<'distribution'>, ground: Ground): Promise<Answer> {
  const { subject, table } = ground;
  const it = { is: 'feature', feature: ask.feature } as const;
  const inside = await insideOf(ask.group, ground);
  const words = groupWords(ask.group, subject);
  const values = await valuesOf(it, ground);
  const sorted = ascending(taken(values, inside));
  if (sorted.length === 0) return nobody(words);
  const say = (n: number) => amountWords(n, it, subject);
  const figure = figureOf(medianInterval(sorted));
  const of = table.features[ask.feature]!;
  const zeros = sorted.filter((value) => value === 0).length / sorted.length;
  return answerOf(
    `Half of ${words} have ${of.label} from ${say(quantile(sorted, 0.25))} to ${say(quantile(sorted, 0.75))}; the median is ${withInterval(figure, say)}${zeros > 0 ? `; ${percent(zeros)} have 0` : ''}.`,
    {
      ...{
        figure,
        chart: 'histogram',
        unit: of.unit,
        values: Float32Array.from(values),
        notes: [...gapNotesOf(it, ground), INTERVAL],
      },
      who: { inside, words },
      order: rowsIn(inside),
      columns: [{ label: of.label, unit: of.unit, values }],
    },
  );
}
