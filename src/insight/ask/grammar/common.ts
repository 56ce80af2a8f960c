import type { By, Measure, Statistic, Subject } from '../types.ts';
import { any, as, maybe, seq, type Reader, words, once } from './reader.ts';
import { addsUp, dimension, feature } from './words.ts';

export const intro = once(
  maybe(
    words(
      'what is|what are|whats|what was|what were|what|which|show|give|tell|find|list|display|calculate|compute|plot|draw|chart|get|i want to see|can you show|which are|who are',
    ),
  ),
);
export const segmentsWord = words('segments|segment|groups|group|clusters|cluster');
export const by = once(
  as(
    seq(
      words('by|per|for each|in each|for every|across|split by|broken down by|of each'),
      any<By>(
        as(segmentsWord, () => 'segment' as const),
        dimension,
      ),
    ),
    ([, it]) => it,
  ),
);
export const perCustomer = maybe(words('per customer|of customer'));

export function there(): Reader<string | null> {
  return maybe(words('are there|do we have|there are|exist|in total'));
}

export const revenue = as(feature, (at, { features }) =>
  features[at]?.name === 'spend' ? at : null,
);
export const most = words(
  'by|with most|with highest|with largest|with biggest|with greatest|ranked by|sorted by|ordered by|have most|have highest|have largest|has most|has highest|has largest|with longest|who spend most|had highest|had largest|who order most|bring in most|brings in most|brings most|makes most|generates most|earns most|had most|have longest|has best',
);
export const least = words(
  'with lowest|with fewest|with least|with smallest|have lowest|have fewest|have least|has lowest|has fewest|has least|has smallest|with shortest|who spend least|had lowest|had smallest|who order least|bring in least|brings in least|brings least|had least|had fewest|have shortest',
);
export const ends = any(
  as(most, () => true),
  as(least, () => false),
);
export const top = any(
  as(words('top|best|highest|largest|biggest|most valuable'), () => true),
  as(words('bottom|worst|lowest|smallest|least valuable'), () => false),
);
export const TEN = 10;
/** A feature alone does not say which statistic: each is a reading of its own. */
export const statistics = (
  it: Measure,
  said: Statistic | null,
  subject: Subject,
): readonly Statistic[] =>
  said
    ? said === 'total' && !addsUp(it, subject)
      ? []
      : [said]
    : isShare(it, subject)
      ? ['mean']
      : addsUp(it, subject)
        ? ['mean', 'median', 'total']
        : ['mean', 'median'];

/** The median of shares is rarely meant, and mostly 0. */
const isShare = (it: Measure, { features }: Subject): boolean =>
  it.is === 'feature' && features[it.feature]?.unit === 'share';
