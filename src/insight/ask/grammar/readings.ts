import type { Ask } from '../types.ts';
import { compares } from './compares.ts';
import { counts, lists, shares } from './counts.ts';
import { rest } from './others.ts';
import { any, next, type Text } from './reader.ts';
import { segments } from './segment-tests.ts';
import { statisticsOf } from './statistics.ts';
import { changes, series } from './time.ts';
import { ranks, tops } from './tops.ts';

/** Every way to read a whole question. */
export function readings(text: Text): readonly Ask[] {
  const found = any<Ask>(
    counts,
    shares,
    lists,
    tops,
    statisticsOf,
    compares,
    segments,
    ranks,
    series,
    changes,
    rest,
  )(text, 0);
  return found.filter(({ to }) => next(text, to) === text.tokens.length).map(({ value }) => value);
}
