import type { FeatureTable } from '../../features/types.ts';
import { valueWords } from '../../features/value-words.ts';
import { count, fixed, percent } from '../../lib/format.ts';
import type { Driver, Segment, Segmentation } from '../../segments/types.ts';
import { ruleWords } from '../../segments/condition-words.ts';
import type { GroupStability } from '../../segments/validity/stability.ts';
import type { FoundRule } from '../why/segment-rules.ts';
import type { Claim } from './claim.ts';
import { piece, subject, withInterval } from './phrases.ts';

export type StoryInput = {
  readonly table: Pick<FeatureTable, 'features' | 'raw' | 'customers'>;
  readonly segmentation: Segmentation;
  readonly segment: Segment;
  /** Null where there is none or it was not looked for. */
  readonly rule: FoundRule | null;
  readonly stability: GroupStability | null;
  /** Names of the features that are yes or no. */
  readonly answers: ReadonlySet<string>;
};

/** A silhouette below it: the segment runs into others (Kaufman & Rousseeuw 1990: below 0.25 no substantial structure). */
export const LOOSE = 0.25;
export const SMALL = 50;

export function apart({ table, rule, answers }: StoryInput, told: readonly Driver[]): Claim[] {
  const out: Claim[] = [];
  if (rule && rule.precision.low > 2 * rule.baseline)
    out.push([
      'In a rule: ',
      piece(ruleWords(rule.anyOf, table.features, answers), rule.size, {
        of: 'rule',
        part: 'words',
      }),
      '. Of customers like that, ',
      piece(percent(rule.precision.value, 0), rule.precision.value, {
        of: 'rule',
        part: 'precision',
      }),
      ' are in this segment, where guessing reaches ',
      piece(percent(rule.baseline, 0), rule.baseline, { of: 'rule', part: 'baseline' }),
      '; it finds ',
      piece(percent(rule.recall.value, 0), rule.recall.value, { of: 'rule', part: 'recall' }),
      ' of the segment.',
    ]);
  const index = told.find((driver) => driver.index && isApart(driver.index));
  if (index?.index)
    out.push([
      'The mean of ',
      ...subject(index, table.features),
      ' is at ',
      ...withInterval(
        index.index,
        (part) => ({ of: 'index', feature: index.feature, part }),
        count,
      ),
      ' where everyone is at a hundred.',
    ]);
  if (told.length === 0)
    out.push([piece('No measure', 0, { of: 'none-differ' }), ' differs clearly from everyone.']);
  return out;
}

const isApart = ({ low, high }: { readonly low: number; readonly high: number }): boolean =>
  low > 100 || high < 100;

export function worth({ revenueShare, share }: Segment): Claim[] {
  if (!revenueShare) return [];
  const { value, low, high } = revenueShare;
  const words = low > share ? 'more than' : high < share ? 'less than' : 'about';
  return [
    [
      'They bring ',
      ...withInterval(revenueShare, (part) => ({ of: 'revenue', part }), percent),
      ' of revenue, ',
      piece(words, value - share, { of: 'revenue', part: 'against-share' }),
      ' their share of customers, ',
      piece(percent(share), share, { of: 'share' }),
      '.',
    ],
  ];
}

/** Who it is is not told: a story is read to others. A click opens the customer. */
export const NEAREST = 'One of those nearest to the middle';

export function typical({ segment, table }: StoryInput): Claim[] {
  const row = segment.typical[0];
  if (row === undefined) return [];
  const shown = segment.drivers.slice(0, 3);
  return [
    [
      piece(NEAREST, row, { of: 'customer', row, feature: null }),
      ': ',
      ...shown.flatMap(({ feature }, i) => {
        const of = table.features[feature]!;
        const value = table.raw.data[row * table.raw.cols + feature]!;
        return [
          `${i > 0 ? ', ' : ''}${of.label.toLowerCase()} `,
          piece(valueWords(value, of), value, { of: 'customer', row, feature }),
        ];
      }),
      '.',
    ],
  ];
}

export function cautions({ segment, segmentation, stability, rule }: StoryInput): Claim[] {
  const out: Claim[] = [];
  if (segmentation.structure.found === false)
    out.push([
      piece('No groups were found', 0, { of: 'structure' }),
      ' that customers without structure would not show: it is a division, not a kind of people.',
    ]);
  if (segment.silhouette !== null && segment.silhouette < LOOSE)
    out.push([
      'It runs into other segments: its mean silhouette is ',
      piece(fixed(segment.silhouette), segment.silhouette, { of: 'silhouette' }),
      '.',
    ]);
  if (stability && stability.standing !== 'stable')
    out.push([
      'It does not always come back in other draws of customers: mean Jaccard ',
      piece(fixed(stability.jaccard.value), stability.jaccard.value, { of: 'stability' }),
      '.',
    ]);
  if (segment.size < SMALL)
    out.push([
      'With ',
      piece(count(segment.size), segment.size, { of: 'size' }),
      ' customers the intervals are wide.',
    ]);
  if (rule && rule.precision.low <= 2 * rule.baseline)
    out.push([
      'No short rule tells it well: the best is right for ',
      piece(percent(rule.precision.value, 0), rule.precision.value, {
        of: 'rule',
        part: 'precision',
      }),
      ', guessing for ',
      piece(percent(rule.baseline, 0), rule.baseline, { of: 'rule', part: 'baseline' }),
      '.',
    ]);
  out.push([
    'It says what goes together, not what causes what; and what holds for the segment need not hold for each customer.',
  ]);
  return out;
}
