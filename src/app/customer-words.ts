import type { FeatureTable } from '../features/types.ts';
import { valueWords } from '../features/value-words.ts';
import type { Segmentation } from '../segments/types.ts';

const FACTS = 3;

/** What the map says of a customer: pseudonym and segment, then a line for each of the first features. */
export function customerWords(
  { features, raw, customers }: Pick<FeatureTable, 'features' | 'raw' | 'customers'>,
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
): (row: number) => string {
  const facts = [...features.entries()].filter(([, { used }]) => used).slice(0, FACTS);
  return (row) =>
    [
      `${customers[row]}, ${segments[labels[row] ?? 0]?.name}`,
      ...facts.map(([f, feature]) => {
        const value = raw.data[row * raw.cols + f] ?? NaN;
        return `${feature.label} ${valueWords(value, feature)}`;
      }),
    ].join('\n');
}
