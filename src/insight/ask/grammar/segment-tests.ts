import type { Ask, SegmentTest } from '../types.ts';
import { intro, segmentsWord, statistics, there } from './common.ts';
import { conditions, group, ofGroup } from './group.ts';
import { any, as, maybe, seq, words, each } from './reader.ts';
import { span } from './spans.ts';
import {
  amount,
  changeOf,
  compared,
  customers,
  direction,
  flow,
  inUnitOf,
  plainMeasure,
  statistic,
  wholeNumber,
} from './words.ts';

const has = maybe(words('with|have|has|having|whose|where|showing|are|is'));
const high = words('high|above average|higher than average|more than average');
const low = words('low|below average|lower than average|less than average');
const tests = any<SegmentTest>(
  as(seq(has, direction, flow, maybe(span)), ([, way, of, days], subject) =>
    changing(way, changeOf(of, days, subject)),
  ),
  as(
    seq(has, flow, maybe(words('is|are')), direction, maybe(span)),
    ([, of, , way, days], subject) => changing(way, changeOf(of, days, subject)),
  ),
  each(
    seq(has, maybe(statistic), plainMeasure, maybe(words('is|of')), compared, amount),
    ([, said, it, , than, given], subject) => {
      const value = inUnitOf(it, given, subject);
      if (value === null) return [];
      const all = said ? statistics(it, said, subject) : (['mean', 'median'] as const);
      return all.map((one) => ({ is: 'number', statistic: one, measure: it, than, value }));
    },
  ),
  as(
    seq(
      has,
      any(
        as(high, () => 'over' as const),
        as(low, () => 'under' as const),
      ),
      plainMeasure,
    ),
    ([, than, it]) => ({ is: 'average', measure: it, than }),
  ),
  as(
    seq(
      has,
      plainMeasure,
      maybe(words('is|are')),
      any(
        as(high, () => 'over' as const),
        as(low, () => 'under' as const),
      ),
    ),
    ([, it, , than]) => ({ is: 'average', measure: it, than }),
  ),
  as(seq(has, compared, wholeNumber, customers), ([, than, value]) => ({
    is: 'size',
    than,
    value,
  })),
);
const changing = (
  way: 'falling' | 'growing',
  change: ReturnType<typeof changeOf>,
): SegmentTest | null => change && { is: 'change', change, direction: way };
export const segments = any<Ask>(
  as(seq(intro, segmentsWord, tests, ofGroup), ([, , test, it]) => ({
    kind: 'segments',
    test,
    group: it,
  })),
  as(seq(intro, segmentsWord, there()), ([asked]) =>
    asked ? { kind: 'segments', test: { is: 'all' }, group: [] } : null,
  ),
  as(seq(intro, segmentsWord, words('in|of|with|for|from'), group, tests), ([, , , it, test]) => ({
    kind: 'segments',
    test,
    group: it,
  })),
  as(seq(intro, segmentsWord, conditions, tests), ([, , it, test]) => ({
    kind: 'segments',
    test,
    group: it,
  })),
);
