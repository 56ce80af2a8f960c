import type { FeatureTable } from '../features/types.ts';
import { valueWords } from '../features/value-words.ts';
import { fixed, percent } from '../lib/format.ts';
import type { Layout, Segmentation } from '../segments/types.ts';

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

/** What the picture says and how far it can be trusted, beside the plain one. */
export function mapWords({ method, kept, quality, baseline }: Layout, everyone: string): string {
  const start = `One point each, ${everyone}.`;
  if (method === 'pca' && kept)
    return `${start} Near means alike; the two axes keep ${percent(kept[0] + kept[1], 0)} of the differences.`;
  const meaning = 'Near means alike; how large and how far apart groups look says little.';
  if (!quality) return `${start} ${meaning}`;
  const beside = (of: 'trustworthiness' | 'recall', words: (value: number) => string) =>
    baseline
      ? `${words(quality[of].value)} (principal components ${words(baseline[of].value)})`
      : words(quality[of].value);
  return `${start} ${meaning} ${beside('recall', (value) => percent(value, 0))} of the ${quality.k} true neighbours stand near here too, trustworthiness ${beside('trustworthiness', (value) => fixed(value, 3))}.`;
}
