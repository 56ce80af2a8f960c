import { plural } from '../../../lib/format.ts';
import { groupWords, measureWords } from '../say.ts';
import type { Ask, Measure, Statistic } from '../types.ts';
import { nobody } from './customers.ts';
import { insideOf, valuesOf, type Ground } from './group.ts';
import { rowsIn, statisticOf, sum, taken } from './numbers.ts';
import { partsOf, type Part } from './parts.ts';
import { answerOf, type Answer, type AnswerRow, type Figure } from './types.ts';
import { gapNotesOf, INTERVAL, sayer, withInterval } from './words.ts';

type Of<K extends Ask['kind']> = Extract<Ask, { kind: K }>;

export const unitOf = (it: Measure, { subject }: Ground) =>
  it.is === 'flow'
    ? it.flow === 'spend'
      ? 'money'
      : 'count'
    : (subject.features[it.feature]?.unit ?? 'number');
export const isYesNo = (it: Measure, { subject }: Ground): boolean =>
  it.is === 'feature' && subject.yesNo.includes(it.feature);

export async function statistic(ask: Of<'statistic'>, ground: Ground): Promise<Answer> {
  const { subject } = ground;
  const inside = await insideOf(ask.group, ground);
  const values = await valuesOf(ask.measure, ground);
  const options = { everyone: inside.length, isYesNo: isYesNo(ask.measure, ground) };
  const words = groupWords(ask.group, subject);
  const own = statisticOf(taken(values, inside), ask.statistic, options);
  if (!own || sum(inside) === 0) return nobody(words);
  const say = sayer(ask.measure, ask.statistic, subject);
  const named = `${ask.statistic} of ${measureWords(ask.measure, subject)}`;
  const everyone = ask.group.length > 0 ? statisticOf(values, ask.statistic, options) : null;
  const baseline =
    everyone &&
    ask.statistic !== 'total' &&
    ask.statistic !== 'highest' &&
    ask.statistic !== 'lowest'
      ? { value: everyone.value, words: `${say(everyone.value)} of all customers` }
      : null;
  // of a sum over some lines, those who have any of it are behind it
  const isSum = ask.statistic === 'total' && ask.measure.is === 'flow';
  const who = isSum ? inside.map((is, r) => (is === 1 && values[r] !== 0 ? 1 : 0)) : inside;
  const common = {
    ...{ figure: own, unit: unitOf(ask.measure, ground), chart: 'rows' as const, heads: [named] },
    who: { inside: who, words },
    order: rowsIn(who),
    columns: [
      { label: measureWords(ask.measure, subject), unit: unitOf(ask.measure, ground), values },
    ],
    notes: [...gapNotesOf(ask.measure, ground), ...(own.low === null ? [] : [INTERVAL])],
  };
  const sentence = `The ${named} of ${words} is ${withInterval(own, say)}${baseline ? `, against ${baseline.words}` : ''}, from ${plural(sum(who), 'customer')}.`;
  if (ask.by === null)
    return answerOf(sentence, {
      ...common,
      baseline,
      rows: [lineOf(words, null, own, say, sum(who))],
    });
  const parts = await partsOf(ask.by, inside, ask.measure, ground);
  const rows = parts.map((part) => scored(part, ask.statistic, { ...options, say }));
  const isLines = ask.by !== 'segment' && ask.by.of === 'orders';
  const line =
    isLines || ask.statistic === 'total'
      ? null
      : { value: own.value, words: `${say(own.value)} of ${words}` };
  return answerOf(
    isLines
      ? `Measured on the lines with each value, of customers who have any. Overall: ${sentence}`
      : sentence,
    {
      ...common,
      rows: isLines ? [...rows].sort(byValue(true)) : rows,
      baseline: line,
    },
  );
}

export const lineOf = (
  label: string,
  segment: number | null,
  figure: Figure | null,
  say: (n: number) => string,
  customers: number,
): AnswerRow => ({
  ...{ label, segment, customers, figures: [figure] },
  shown: [figure ? withInterval(figure, say) : '–'],
});
type Scoring = {
  readonly everyone: number;
  readonly isYesNo: boolean;
  readonly say: (n: number) => string;
};
export const scored = (
  { label, segment, rows, values }: Part,
  of: Statistic,
  { say, ...options }: Scoring,
): AnswerRow => lineOf(label, segment, statisticOf(values, of, options), say, rows.length);
export const first = (row: AnswerRow): number => row.figures[0]?.value ?? NaN;
/** Highest or lowest first; what has no value comes last. */
export const byValue = (most: boolean) => (a: AnswerRow, b: AnswerRow) => {
  const [x, y] = [first(a), first(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return (most ? y - x : x - y) || (a.label < b.label ? -1 : 1);
};
