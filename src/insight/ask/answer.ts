import { plural } from '../../lib/format.ts';
import { lineShare, versus } from './answers/lines.ts';
import { series } from './answers/series.ts';
import { change, distribution } from './answers/time.ts';
import { compare, define, describe } from './answers/compare.ts';
import { countOf, list, revenueShare, shareOf, topOf } from './answers/customers.ts';
import type { Ground } from './answers/group.ts';
import { rank } from './answers/rank.ts';
import { segments } from './answers/segments.ts';
import { statistic } from './answers/statistics.ts';
import { answerOf, exact, type Answer } from './answers/types.ts';
import type { Ask } from './types.ts';

/** What a question comes to. Every number of a sample has its interval. O(customers) a condition, O(customers · log customers) for medians. */
export async function answer(ask: Ask, ground: Ground): Promise<Answer> {
  switch (ask.kind) {
    case 'count':
      return countOf(ask, ground);
    case 'segment-count': {
      const n = ground.segmentation.segments.filter(({ rest }) => !rest).length;
      return answerOf(`There are ${plural(n, 'segment')}.`, { figure: exact(n) });
    }
    case 'share':
      return shareOf(ask, ground);
    case 'revenue-share':
      return revenueShare(ask, ground);
    case 'list':
      return list(ask, ground);
    case 'top':
      return topOf(ask, ground);
    case 'statistic':
      return statistic(ask, ground);
    case 'compare':
      return compare(ask, ground);
    case 'segments':
      return segments(ask, ground);
    case 'rank':
      return rank(ask, ground);
    case 'series':
      return series(ask, ground);
    case 'versus':
      return versus(ask, ground);
    case 'line-share':
      return lineShare(ask, ground);
    case 'change':
      return change(ask, ground);
    case 'distribution':
      return distribution(ask, ground);
    case 'define':
      return define(ask, ground);
    case 'describe':
      return describe(ask, ground);
  }
}
