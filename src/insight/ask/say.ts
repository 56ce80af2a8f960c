import { valueWords } from '../../features/value-words.ts';
import { count, day } from '../../lib/format.ts';
import type {
  Ask,
  AskCondition,
  By,
  Dimension,
  Group,
  LineFilter,
  Measure,
  OrderColumn,
  Score,
  SegmentTest,
  Span,
  Statistic,
  Subject,
} from './types.ts';

const statisticWords: Readonly<Record<Statistic, string>> = {
  mean: 'mean',
  median: 'median',
  total: 'total',
  highest: 'highest',
  lowest: 'lowest',
};
const than = {
  over: 'more than',
  'at-least': 'at least',
  under: 'less than',
  'at-most': 'at most',
  exactly: 'exactly',
} as const;

export const spanWords = ({ from, to, words }: Span): string =>
  `${words} (${day(from)} to ${day(to)})`;

export function dimensionWords(it: Dimension, { features, lists }: Subject): string {
  if (it.of === 'feature') return features[it.feature]?.label ?? '';
  return lists.find(({ column }) => column === it.column)?.label ?? it.column;
}

const dayNames = 'Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays'.split(' ');

/** " in purchases with Country “Germany” on Sundays in 2011 (…)"; empty of all lines. */
export function linesWords({ span, values, weekdays }: LineFilter, subject: Subject): string {
  const all = values.map((each) => {
    const named = dimensionWords({ of: 'orders', column: each.column }, subject);
    const list = each.values.map((value) => `“${valueName(each.column, value, subject)}”`);
    return `${named} ${each.not ? 'not ' : ''}${listWords(list)}`;
  });
  return [
    all.length > 0 ? ` in purchases with ${all.join(' and ')}` : '',
    weekdays.length > 0 ? ` on ${listWords(weekdays.map((at) => dayNames[at - 1]!))}` : '',
    span ? ` in ${spanWords(span)}` : '',
  ].join('');
}

export function measureWords(it: Measure, subject: Subject): string {
  if (it.is === 'feature') return subject.features[it.feature]?.label ?? '';
  return `${it.flow === 'spend' ? 'Spend' : 'Orders'}${linesWords(it.lines, subject)}`;
}

/** The same as the name of a row: "Germany, Sundays, 2011". */
export function lineLabel({ span, values, weekdays }: LineFilter, subject: Subject): string {
  const named = values.map(
    ({ column, values: own, not }) =>
      (not ? 'not ' : '') + listWords(own.map((value) => valueName(column, value, subject))),
  );
  const days = weekdays.length > 0 ? [listWords(weekdays.map((at) => dayNames[at - 1]!))] : [];
  return [...named, ...days, ...(span ? [span.words] : [])].join(', ');
}

/** A value of the order lines, with its name where it is a code. */
export function valueName(column: OrderColumn, value: string, { lists }: Subject): string {
  const name = lists.find((each) => each.column === column)?.names?.get(value);
  return name && name !== value ? `${value} ${name}` : value;
}

/** A number of a measure as a person reads it. */
export function amountWords(value: number, it: Measure, { features }: Subject): string {
  const unit = it.is === 'flow' ? (it.flow === 'spend' ? 'money' : 'count') : null;
  if (unit) return valueWords(value, { unit });
  const of = it.is === 'feature' ? features[it.feature] : undefined;
  if (!of) return '–';
  if (of.unit === 'share')
    return valueWords(value, of).replace(/^(\d+) %$/, (whole) =>
      Math.abs(100 * value - Math.round(100 * value)) > 1e-6
        ? `${(100 * value).toFixed(1)} %`
        : whole,
    );
  const words = valueWords(value, { unit: of.unit });
  return of.unit === 'days' ? `${words} days` : words;
}

export function segmentWords(id: number, { segments }: Subject): string {
  const found = segments.find((each) => each.id === id);
  if (!found) return '';
  return found.rest ? found.name : `${found.letter} ${found.name}`;
}

const listWords = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

/** "with Spend more than 500", "in segment A Champions". */
export function conditionWords(it: AskCondition, subject: Subject): string {
  const measured = (of: Measure) => measureWords(of, subject);
  const value = (n: number, of: Measure) => amountWords(n, of, subject);
  switch (it.is) {
    case 'segment': {
      const names = listWords(it.segments.map((id) => segmentWords(id, subject)));
      return `${it.not ? 'not in' : 'in'} segment ${names}`;
    }
    case 'value': {
      const named = dimensionWords(it.dimension, subject);
      const { dimension } = it;
      const name = (value: string) =>
        dimension.of === 'orders' ? valueName(dimension.column, value, subject) : value;
      const values = listWords(it.values.map((each) => `“${name(each)}”`));
      if (it.dimension.of === 'feature') return `with ${named} ${it.not ? 'not ' : ''}${values}`;
      return `with ${it.not ? 'no' : 'a'} purchase whose ${named} is ${values}`;
    }
    case 'number':
      return `with ${measured(it.measure)} ${than[it.than]} ${value(it.value, it.measure)}`;
    case 'between':
      return `with ${measured(it.measure)} from ${value(it.low, it.measure)} to ${value(it.high, it.measure)}, both included`;
    case 'average':
      return `with ${measured(it.measure)} ${it.than === 'over' ? 'above' : 'below'} the mean of everyone`;
    case 'yes':
      return `with ${subject.features[it.feature]?.label ?? ''} ${it.not ? 'no' : 'yes'}`;
    case 'active':
      return `who bought ${it.not ? 'nothing ' : ''}in ${spanWords(it.span)}`;
    case 'bought': {
      const on = linesWords(it.lines, subject);
      if (it.how === 'only') return `who bought, and only${on}`;
      return `who bought ${it.how === 'none' ? 'nothing' : 'something'}${on}`;
    }
    case 'joined':
      return `whose first line is in ${spanWords(it.span)}`;
    case 'change':
      return `whose ${it.change.flow} in ${spanWords(it.change.late)} is ${it.direction === 'falling' ? 'less' : 'more'} than in ${it.change.early.words}`;
  }
}

export function groupWords(group: Group, subject: Subject): string {
  if (group.length === 0) return 'all customers';
  const [only] = group;
  if (group.length === 1 && only?.is === 'segment' && !only.not)
    return `segment ${listWords(only.segments.map((id) => segmentWords(id, subject)))}`;
  return `customers ${group.map((each) => conditionWords(each, subject)).join(' and ')}`;
}

const byWords = (by: By, subject: Subject): string =>
  by === 'segment' ? 'segment' : dimensionWords(by, subject);

/** "The segment", "the values of Country". */
function rowsWords(by: By, n: number, subject: Subject): string {
  if (by === 'segment') return n === 1 ? 'The segment' : 'the segments';
  return `${n === 1 ? 'The value' : 'the values'} of ${dimensionWords(by, subject)}`;
}

function testWords(test: SegmentTest, subject: Subject): string {
  switch (test.is) {
    case 'all':
      return '';
    case 'change':
      return ` whose ${test.change.flow} is ${test.direction}: ${spanWords(test.change.late)} against ${test.change.early.words}, beyond the 95 % interval`;
    case 'number':
      return ` whose ${statisticWords[test.statistic]} of ${measureWords(test.measure, subject)} is ${than[test.than]} ${amountWords(test.value, test.measure, subject)}, and how sure that is`;
    case 'average':
      return ` whose mean of ${measureWords(test.measure, subject)} is ${test.than === 'over' ? 'above' : 'below'} that of all others, beyond the 95 % interval`;
    case 'size':
      return ` with ${than[test.than]} ${count(test.value)} customers`;
  }
}

function scoreWords(score: Score, by: By, subject: Subject): string {
  if (score.is === 'customers') return 'number of customers';
  const measured = measureWords(score.measure, subject);
  const own = by !== 'segment' && by.of === 'orders' ? ' on its own lines' : '';
  return `${statisticWords[score.statistic]} of ${measured}${own}`;
}

/** What will run, in words; ends in no full stop. */
export function say(ask: Ask, subject: Subject): string {
  const group = (of: Group) => groupWords(of, subject);
  switch (ask.kind) {
    case 'count':
      return `Count ${group(ask.group)}${ask.by ? `, for each ${byWords(ask.by, subject)}` : ''}`;
    case 'segment-count':
      return 'Count the segments';
    case 'share':
      return `Of ${group(ask.within)}, the share ${ask.of
        .slice(ask.within.length)
        .map((each) => conditionWords(each, subject))
        .join(' and ')}`;
    case 'revenue-share':
      return `Share of all Spend that is of ${group(ask.of)}`;
    case 'list':
      return `List ${group(ask.group)}`;
    case 'top':
      return `List the ${count(ask.n)} of ${group(ask.group)} with the ${ask.most ? 'highest' : 'lowest'} ${measureWords(ask.measure, subject)}`;
    case 'statistic': {
      const isLines = ask.by !== null && ask.by !== 'segment' && ask.by.of === 'orders';
      const each = ask.by
        ? `, for each ${byWords(ask.by, subject)}${isLines ? ' on its own lines, per customer who has any' : ''}`
        : '';
      return `${capital(statisticWords[ask.statistic])} of ${measureWords(ask.measure, subject)} of ${group(ask.group)}${each}`;
    }
    case 'compare': {
      const on = ask.on.map((f) => subject.features[f]?.label ?? '').join(', ');
      return `Compare ${group(ask.a)} with ${group(ask.b)} on ${on || 'every feature'}`;
    }
    case 'segments':
      return `List segments${testWords(ask.test, subject)}${ask.group.length > 0 ? `, among ${group(ask.group)}` : ''}`;
    case 'rank':
      return `${ask.n === 1 ? '' : `${count(ask.n)} of `}${rowsWords(ask.by, ask.n, subject)} with the ${ask.most ? 'highest' : 'lowest'} ${scoreWords(ask.score, ask.by, subject)}${ask.group.length > 0 ? `, among ${group(ask.group)}` : ''}`;
    case 'series':
      return `${ask.flow === 'customers' ? 'Active customers' : capital(ask.flow)}${linesWords(ask.lines, subject)} of ${group(ask.group)} by ${ask.by}${ask.order === 'time' ? '' : `, the ${ask.order} first`}`;
    case 'versus':
      return `${capital(ask.flow)} of ${group(ask.group)}:${ask.each.map((each) => linesWords(each, subject)).join(' against')}`;
    case 'line-share':
      return `Share of ${capital(ask.flow)}${linesWords(ask.within, subject)} of ${group(ask.group)} that is${linesWords(ask.of, subject)}`;
    case 'change':
      return `Change of ${ask.change.flow} of ${group(ask.group)}: ${spanWords(ask.change.late)} against ${ask.change.early.words}`;
    case 'distribution':
      return `Distribution of ${subject.features[ask.feature]?.label ?? ''} of ${group(ask.group)}`;
    case 'define':
      return `What ${subject.features[ask.feature]?.label ?? ''} means`;
    case 'describe':
      return `What sets segment ${segmentWords(ask.segment, subject)} apart`;
  }
}

const capital = (text: string): string => (text[0]?.toUpperCase() ?? '') + text.slice(1);
