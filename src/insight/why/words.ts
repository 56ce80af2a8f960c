import type { FeatureTable } from '../../features/types.ts';
import { unitValue, valueWords } from '../../features/value-words.ts';
import { fixed, percent } from '../../lib/format.ts';
import type { Bounds } from '../../lib/stats/intervals.ts';
import type { Reasons } from './reasons.ts';

/** "93 % (91–95)". */
export const shareWords = ({ value, low, high }: Bounds, decimals = 0): string =>
  `${percent(value, decimals)} (${fixed(100 * low, decimals)}–${fixed(100 * high, decimals)})`;

const yes = (value: number) => (value === 1 ? 'yes' : 'no');

/** "Orders from 3 to 8", "Plan from basic to family": a move as it is read. */
export function moveWords(
  { feature, to }: Reasons['moves'][number],
  { features, raw }: FeatureTable,
  row: number,
  answers: ReadonlySet<string>,
): string {
  const of = features[feature]!;
  const now = raw.data[row * raw.cols + feature]!;
  if (answers.has(of.name)) return `${of.label} from ${yes(now)} to ${yes(to)}`;
  return `${of.label} from ${valueWords(now, of)} to ${unitValue(to, of)}`;
}
