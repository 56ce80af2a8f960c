import type { FeatureTable } from '../features/types.ts';
import { unitValue } from '../features/value-words.ts';
import { fixed, percent, plural } from '../lib/format.ts';
import type { Shade, Sizing } from '../segments/map/shade.ts';
import type { Layout, Segmentation } from '../segments/types.ts';

const FACTS = 3;

/** What the map says of a customer under the pointer: segment and first features, but not who it is: a click opens who. */
export function customerWords(
  { features, raw }: Pick<FeatureTable, 'features' | 'raw'>,
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
): (row: number) => string {
  const facts = [...features.entries()].filter(([, { used }]) => used).slice(0, FACTS);
  return (row) =>
    [
      segments[labels[row] ?? 0]?.name ?? '',
      ...facts.map(([f, feature]) => {
        const value = raw.data[row * raw.cols + f] ?? NaN;
        return `${feature.label} ${unitValue(value, feature)}`;
      }),
    ].join('\n');
}

/** What the picture says and how far it can be trusted, beside the plain one. */
export function mapWords(
  { method, kept, quality, baseline, axes }: Layout,
  everyone: string,
  { features }: Pick<FeatureTable, 'features'>,
): string {
  const start = `One point each, ${everyone}.`;
  if (axes) {
    const spread = axes.filter((axis) => axis.spread > 0);
    const names = spread.map(({ feature }) => features[feature]!.label).join(' and ');
    return spread.length === 0
      ? start
      : `${start} Along ${names} they stand up to ${fixed(spread[0]!.spread, 1)} beside their value, so that equal ones do not hide each other.`;
  }
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

/** The whole map in a few sentences, for those who do not see it: who stands where, in how many segments, coloured and sized by what. */
export function mapSentence(
  { features, customers }: Pick<FeatureTable, 'features' | 'customers'>,
  { k, segments }: Pick<Segmentation, 'k' | 'segments'>,
  { method, axes }: Layout,
  shade: Shade | null,
  sizing: Sizing | null,
): string {
  const label = (feature: number) => features[feature]!.label;
  const by = axes
    ? `${label(axes[0].feature)} across and ${label(axes[1].feature)} up`
    : `${method === 'pca' ? 'principal components' : 'UMAP'}. Near means alike`;
  const largest = segments
    .filter(({ rest }) => !rest)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, 3)
    .map(({ letter, name, share }) => `${letter}, ${name}, ${percent(share, 0)}`);
  return [
    `Map of ${plural(customers.length, 'customer')} in ${plural(k, 'segment')}, ${by}.`,
    `Largest: ${largest.join('; ')}.`,
    shade ? `Coloured by ${label(shade.feature)}.` : 'Coloured by segment.',
    ...(sizing ? [`Sized by ${label(sizing.feature)}.`] : []),
  ].join(' ');
}

/** Under a small map with one customer ringed. */
export function placeWords(
  { features }: Pick<FeatureTable, 'features'>,
  { method, axes }: Layout,
): string {
  const who = 'The customer is ringed, the segment in colour, everyone else in grey.';
  if (!axes) return `${who} Near means alike${method === 'umap' ? '' : ' (principal components)'}.`;
  const [across, up] = axes.map(({ feature }) => features[feature]!.label);
  return `${who} Across: ${across}. Up: ${up}.`;
}

/** The same for those who do not see it: in the middle, or to which side. */
export function placeSentence(
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
  { positions }: Layout,
  row: number,
): string {
  const segment = segments[labels[row] ?? -1];
  const [x, y] = [positions[2 * row] ?? 0, positions[2 * row + 1] ?? 0];
  const words = (place: number, [low, high]: readonly [string, string]) =>
    place < -1 / 3 ? low : place > 1 / 3 ? high : '';
  const where = [words(y, ['low', 'high']), words(x, ['left', 'right'])].filter(Boolean).join(' ');
  const of = segment
    ? ` of segment ${[segment.letter, segment.name].filter(Boolean).join(', ')}`
    : '';
  return `Small map: the customer${of} stands ${where || 'in the middle'}.`;
}
