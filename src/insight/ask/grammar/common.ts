import type { By, Measure, Statistic, Subject } from '../types.ts';
import { any, as, maybe, seq, type Reader, words } from './reader.ts';
import { addsUp, dimension, feature } from './words.ts';

export const intro = maybe(
  words(
    'what is|what are|whats|what was|what were|what|which|show|give|tell|find|list|display|calculate|compute|plot|draw|chart|get|i want to see|can you show|which are|who are',
  ),
);
export const segmentsWord = words('segments|segment|groups|group|clusters|cluster');
export const by = as(
  seq(
    words('by|per|for each|in each|for every|across|split by|broken down by|of each'),
    any<By>(
      as(segmentsWord, () => 'segment' as const),
      dimension,
    ),
  ),
  ([, it]) => it,
);
export const perCustomer = maybe(words('per customer|of customer'));

export function there(): Reader<string | null> {
  return maybe(words('are there|do we have|there are|exist|in total'));
}

export const revenue = as(feature, (at, { features }) =>
  features[at]?.name === 'spend' ? at : null,
);
export const most = words(
  'by|with most|with highest|with largest|with biggest|with greatest|ranked by|sorted by|ordered by|have most|have highest|have largest|has most|has highest|has largest|with longest',
);
export const least = words(
  'with lowest|with fewest|with least|with smallest|have lowest|have fewest|have least|has lowest|has fewest|has least|has smallest|with shortest',
);
export const ends = any(
  as(most, () => true),
  as(least, () => false),
);
export const top = any(
  as(words('top|best'), () => true),
  as(words('bottom|worst'), () => false),
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
    : addsUp(it, subject)
      ? ['mean', 'median', 'total']
      : ['mean', 'median'];

/** One reading for each of what was made. */
export function each<T, U>(
  way: Reader<T>,
  make: (value: T, subject: Subject) => readonly U[],
): Reader<U> {
  return (text, at) =>
    way(text, at).flatMap(({ value, to }) =>
      make(value, text.subject).map((made) => ({ value: made, to })),
    );
}
