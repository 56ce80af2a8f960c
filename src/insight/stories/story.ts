import { count, percent } from '../../lib/format.ts';
import type { Driver } from '../../segments/types.ts';
import type { Claim, Section, Story } from './claim.ts';
import { differs, hereAndEveryone, piece, subject, withInterval } from './phrases.ts';
import { apart, cautions, typical, worth, type StoryInput } from './sections.ts';

/** A standardised difference below it is not told as one (Cohen 1988: 0.2 is small, 0.5 medium). */
export const TOLD = 0.3;
const MOST = 4;
const bought: ReadonlySet<string> = new Set([
  ...['recency_days', 'orders', 'spend', 'average_order', 'tenure_days', 'days_between_orders'],
  ...['items_per_order', 'average_price', 'products', 'categories', 'channels', 'returns_share'],
  ...['discount_share', 'weekend_share', 'morning_share', 'evening_share', 'trend'],
]);

/**
 * A segment in one sentence and on a card. Only templates speak; each figure, and each word that compares, carries the number that it comes from.
 * What does not differ clearly (a standardised difference under 0.3, or an interval that holds everyone's value) is not told as a difference.
 */
export function storyOf(input: StoryInput): Story {
  const { segment } = input;
  const told = segment.drivers.filter((driver) => isClear(driver));
  const of = (driver: Driver) => input.table.features[driver.feature]!;
  const sections: Section[] = [
    {
      title: 'Who they are',
      claims: told
        .filter((d) => !bought.has(of(d).name))
        .slice(0, MOST)
        .map((d) => differs(d, input.table.features, input.answers)),
    },
    {
      title: 'How they buy',
      claims: told
        .filter((d) => bought.has(of(d).name))
        .slice(0, MOST)
        .map((d) => differs(d, input.table.features, input.answers)),
    },
    { title: 'What sets them apart', claims: apart(input, told) },
    { title: 'What they are worth', claims: worth(segment) },
    { title: 'A typical customer', claims: typical(input) },
    { title: 'What not to read into it', claims: cautions(input) },
  ];
  return {
    sentence: sentence(input, told),
    card: sections.filter(({ claims }) => claims.length > 0),
  };
}

/** Whether a difference is told as one. */
export const isClear = ({ effect, here, everyone }: Driver): boolean =>
  Math.abs(effect) >= TOLD && (here.low > everyone || here.high < everyone);

function sentence({ segment, table }: StoryInput, told: readonly Driver[]): Claim {
  const { size, share, revenueShare } = segment;
  const strongest = told[0];
  return [
    piece(segment.name, segment.id, { of: 'name' }),
    ': ',
    piece(count(size), size, { of: 'size' }),
    size === 1 ? ' customer, ' : ' customers, ',
    piece(percent(share), share, { of: 'share' }),
    ' of all',
    ...(revenueShare
      ? [
          ', who bring ',
          ...withInterval(revenueShare, (part) => ({ of: 'revenue', part }), percent),
          ' of revenue',
        ]
      : []),
    ...(strongest
      ? [
          '; ',
          piece('most apart', Math.abs(strongest.effect), {
            ...{ of: 'driver', feature: strongest.feature, part: 'most-apart' },
          } as const),
          ' by ',
          ...subject(strongest, table.features),
          ', ',
          ...hereAndEveryone(strongest, table.features),
        ]
      : ['; ', piece('no measure', 0, { of: 'none-differ' }), ' tells them clearly from everyone']),
    '.',
  ];
}
