import { both, everyLine, inSpan } from '../line-filter.ts';
import type { LineFilter, Part } from '../types.ts';
import { any, as, many, maybe, seq, words, once } from './reader.ts';
import { span } from './spans.ts';
import { and, or, valueList, type Valued } from './words.ts';

export const isIn = any(
  as(
    words(
      'in|from|of|inside|within|belong to|part of|come from|comes from|coming from|live in|living in|based in',
    ),
    () => false,
  ),
  as(words('not in|not from|outside|outside of|except|excluding|other than'), () => true),
);
export const valueIn = any(
  isIn,
  as(words('on|at|through|via|for|with|having'), () => false),
  as(words('without|not with|not on|not at|not through|not via'), () => true),
);

const days = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const dayOfWeek = as(
  words(
    days.flatMap((name) => [name, `${name}s`, name.slice(0, 3)]).join('|') + '|tues|thur|thurs',
  ),
  (word) => days.findIndex((name) => name.startsWith(word.slice(0, 3))) + 1,
);
/** 1 Monday … 7 Sunday. */
export const weekdays = any<readonly number[]>(
  as(many(dayOfWeek, 1, any(and, or)), (all) => [...new Set(all)].sort((a, b) => a - b)),
  as(words('weekend|weekends'), () => [6, 7]),
  as(words('weekdays|working days'), () => [1, 2, 3, 4, 5]),
);
export const onWeekdays = as(
  seq(maybe(words('on|at|during|over')), weekdays),
  ([, all]): LineFilter => ({ ...everyLine, weekdays: all }),
);

export const ofColumn = ({ dimension, values }: Valued, not: boolean): LineFilter | null =>
  dimension.of === 'orders'
    ? { ...everyLine, values: [{ column: dimension.column, values: [...values].sort(), not }] }
    : null;
export const goods = maybe(words('products|product|items|item|articles|things'));
const withValue = as(seq(valueIn, valueList, goods), ([not, it]) => ofColumn(it, not));

const made = maybe(
  words(
    'placed|made|is|are|was|were|come|comes|came|were placed|were made|are placed|are made|is made|was made|done|done on|spent',
  ),
);
/** "in Germany", "on Saturdays", "since March", "placed through the app": which order lines count. */
export const lines = once(
  as(seq(made, any<LineFilter>(withValue, onWeekdays, as(span, inSpan))), ([, it]) => it),
);
/** One after the other; "Espresso in the last 30 days". */
export const moreLines = once(as(many(lines, 1, maybe(words('and|,'))), both));

/** "month", "day of the week". */
export const part = any<Part>(
  as(words('week|weeks'), (): Part => 'week'),
  as(words('month|months'), (): Part => 'month'),
  as(words('quarter|quarters'), (): Part => 'quarter'),
  as(words('year|years'), (): Part => 'year'),
  as(words('weekday|weekdays|day of week|days of week|week day'), (): Part => 'weekday'),
  as(words('hour|hours|hour of day|time of day'), (): Part => 'hour'),
);
