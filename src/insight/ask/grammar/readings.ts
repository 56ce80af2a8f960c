import type { Ask, AskCondition, LineFilter } from '../types.ts';
import { compares } from './compares.ts';
import { counts, lists, shares } from './counts.ts';
import { lineShares, versus } from './line-shares.ts';
import { rest } from './others.ts';
import { ranks } from './ranks.ts';
import { any, next, type Text } from './reader.ts';
import { segments } from './segment-tests.ts';
import { statisticsOf } from './statistics.ts';
import { changes, series } from './time.ts';
import { tops } from './tops.ts';

const everything = any<Ask>(
  ...[counts, shares, lists, tops, statisticsOf, compares, segments, ranks, series, changes],
  ...[lineShares, versus, rest],
);

/** Every way to read a whole question. */
export function readings(text: Text): readonly Ask[] {
  const found = everything(text, 0)
    .filter(({ to }) => next(text, to) === text.tokens.length)
    .map(({ value }) => value);
  return closest(closest(found, saysLines, saysBuyers), saysBought, saysDays);
}

/** Where some readings take words together that others take apart, the others are not meant. */
const closest = (
  all: readonly Ask[],
  together: (ask: Ask) => boolean,
  apart: (ask: Ask) => boolean,
): readonly Ask[] => (all.some(together) ? all.filter((ask) => together(ask) || !apart(ask)) : all);

const conditionsOf = (ask: Ask): readonly AskCondition[] =>
  'group' in ask ? ask.group : ask.kind === 'share' ? ask.of : [];
function filtersOf(ask: Ask): readonly LineFilter[] {
  if (ask.kind === 'series') return [ask.lines];
  if (ask.kind === 'versus') return ask.each;
  if (ask.kind === 'line-share') return [ask.of];
  const score = ask.kind === 'rank' && ask.score.is === 'measure' ? ask.score.measure : null;
  const it = ask.kind === 'statistic' ? ask.measure : score;
  return it?.is === 'flow' ? [it.lines] : [];
}
/** "total revenue in Germany": of the lines there … */
const saysLines = (ask: Ask): boolean => filtersOf(ask).some(({ values }) => values.length > 0);
/** … and not all that was spent by those who ever bought there. */
const saysBuyers = (ask: Ask): boolean =>
  conditionsOf(ask).some((each) => each.is === 'value' && each.dimension.of === 'orders');
/** "bought Espresso in the last 30 days": Espresso in these days … */
const saysBought = (ask: Ask): boolean => conditionsOf(ask).some(({ is }) => is === 'bought');
/** … and not Espresso ever and something in these days. */
const saysDays = (ask: Ask): boolean =>
  conditionsOf(ask).some(({ is }) => is === 'active' || is === 'joined');
