import type { Feature, FeatureTable } from '../features/types.ts';
import { unitWords, valueWords } from '../features/value-words.ts';
import { count, plural } from '../lib/format.ts';
import { columnOf, featureAt } from '../segments/map/by-features.ts';
import { offScale, onScale, type Range } from '../segments/map/scale.ts';
import { shadeOf, sizesOf, type Shade, type Sizing } from '../segments/map/shade.ts';
import type { Layout, MapLook, Segmentation, SegmentSettings } from '../segments/types.ts';

/** A row of a chooser. */
type Choice = { readonly id: string; readonly label: string; readonly hint?: string };

/** What nothing chosen is called among the choices; no feature has an empty name. */
export const nothing = '';
/** Side by side by segment; no feature is called so, names of columns have no space. */
export const bySegment = ' segments';

/** Features to choose from, those that segments are made of first. */
export function featureChoices(
  { features }: Pick<FeatureTable, 'features'>,
  first: string | null,
  which: (feature: Feature) => boolean = () => true,
): readonly Choice[] {
  const shown = features
    .filter(which)
    .toSorted((a, b) => Number(b.used) - Number(a.used))
    .map((feature) => ({
      id: feature.name,
      label: feature.label,
      hint: feature.categories
        ? plural(feature.categories.length, 'value')
        : feature.unit === 'days'
          ? 'days'
          : '',
    }));
  return first === null ? shown : [{ id: nothing, label: first }, ...shown];
}

export const isNumeric = ({ categories }: Feature): boolean => categories === undefined;

/** What the chosen colour is, and the chosen size; null where none is chosen, or the feature is gone. */
export function shadeFor(table: FeatureTable, { colour }: MapLook): Shade | null {
  const feature = colour === undefined ? -1 : featureAt(table, colour);
  return feature < 0 ? null : shadeOf(table, feature);
}

export function sizingFor(table: FeatureTable, { size }: MapLook): Sizing | null {
  const feature = size === undefined ? -1 : featureAt(table, size);
  return feature < 0 ? null : sizesOf(table, feature);
}

type Shown = Pick<SegmentSettings, 'map' | 'look'>;

/**
 * What the map was to show by features that are not there any more: which, what is shown instead, and the settings as they are then. Null where all
 * are there.
 */
export function goneFrom(table: Pick<FeatureTable, 'features'>, { map, look = {} }: Shown) {
  const names = new Set<string>();
  const isGone = (name: string | undefined): boolean => {
    const gone = name !== undefined && featureAt(table, name) < 0;
    if (gone) names.add(name);
    return gone;
  };
  const kept: { map?: NonNullable<Shown['map']>; look?: MapLook } = {};
  const instead: string[] = [];
  const axes = typeof map === 'object' ? [map.across.feature, map.up.feature] : [];
  if (axes.map(isGone).includes(true)) instead.push('principal components');
  else if (map) kept.map = map;
  const { colour, size, split, ...others } = look;
  const left: MapLook = {
    ...others,
    ...(colour !== undefined && !isGone(colour) ? { colour } : {}),
    ...(size !== undefined && !isGone(size) ? { size } : {}),
    ...(split === 'segments' || (split && !isGone(split.feature)) ? { split } : {}),
  };
  if (colour !== left.colour) instead.push('colours of segments');
  if (size !== left.size) instead.push('points all alike');
  if (split !== left.split) instead.push('one map');
  if (Object.keys(left).length > 0) kept.look = left;
  return names.size === 0 ? null : { names: [...names], instead, kept };
}

/** A feature with its unit and its scale, as the title of an axis or a legend. */
function titleOf(feature: Feature, scale: 'linear' | 'log'): string {
  const unit = feature.unit === 'share' ? '' : unitWords[feature.unit];
  return [feature.label, unit, scale === 'log' ? 'log scale' : ''].filter(Boolean).join(', ');
}

export function axesFor({ features }: Pick<FeatureTable, 'features'>, { axes }: Layout) {
  if (!axes) return null;
  const [across, up] = axes.map(({ feature: f, scale, low, high, spread }) => {
    const feature = features[f]!;
    const words = (value: number) => valueWords(value, feature);
    return { title: titleOf(feature, scale), scale, low, high, whole: spread > 0, words };
  });
  return across && up ? ([across, up] as const) : null;
}

/** Words at the ends of a ramp and in its middle; "≤" and "≥" where values go on beyond. */
function rangeWords({ scale, low, high, least, most }: Range, feature: Feature) {
  const middle = offScale(scale, (onScale(scale, low) + onScale(scale, high)) / 2);
  const words = (value: number) => valueWords(value, feature);
  return [
    `${least < low ? '≤ ' : ''}${words(low)}`,
    words(feature.unit === 'count' ? Math.round(middle) : middle),
    `${most > high ? '≥ ' : ''}${words(high)}`,
  ] as const;
}

/** `picked`: the value that customers are filtered by. */
export function colourLegend(
  { features }: Pick<FeatureTable, 'features'>,
  shade: Shade,
  picked: number | null,
) {
  const feature = features[shade.feature]!;
  if (shade.kind === 'ramp') {
    const title = titleOf(feature, shade.range.scale);
    return { kind: 'ramp' as const, title, words: rangeWords(shade.range, feature) };
  }
  const wordsOf = (value: number) =>
    feature.categories ? (feature.categories[value] ?? '–') : value === 1 ? 'Yes' : 'No';
  const shown = shade.values.filter(({ ink, value }) => ink >= 0 || value === picked);
  const others = shade.values.filter(({ ink }) => ink < 0);
  const grey = others.reduce((sum, { size }) => sum + size, 0);
  return {
    kind: 'values' as const,
    title: feature.label,
    entries: shown.map(({ value, size, ink }) => ({
      ...{ id: value, ink, words: wordsOf(value), count: count(size) },
    })),
    others: others.length > 0 ? `${plural(others.length, 'other')}, ${count(grey)}` : null,
    picked,
  };
}

/** Every value of a category to choose from, commonest first; none where the legend has all of them. */
export function valueChoices(
  { features }: Pick<FeatureTable, 'features'>,
  shade: Shade | null,
): readonly Choice[] {
  if (shade?.kind !== 'categories' || shade.values.every(({ ink }) => ink >= 0)) return [];
  const { categories = [] } = features[shade.feature]!;
  const values = shade.values.map(({ value, size }) => ({
    id: String(value),
    label: categories[value] ?? '–',
    hint: count(size),
  }));
  return [{ id: nothing, label: 'All' }, ...values];
}

export function sizeLegend(
  { features }: Pick<FeatureTable, 'features'>,
  { feature: f, range }: Sizing,
) {
  const feature = features[f]!;
  return { title: `Size: ${titleOf(feature, range.scale)}`, words: rangeWords(range, feature) };
}

/** More maps than this are no overview. */
const MOST_PANES = 200;

/** One small map for each segment, or for each value of a feature; null where there is one map. */
export function panesFor(
  table: FeatureTable,
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
  { split }: MapLook,
) {
  if (!split) return null;
  if (split === 'segments') {
    const panes = segments
      .toSorted((a, b) => Number(a.rest) - Number(b.rest) || b.size - a.size || a.id - b.id)
      .map(({ id, name, letter, colour, size }) => ({
        ...{ id, title: name, words: count(size), letter, colour },
      }));
    return {
      feature: -1,
      of: labels,
      panes: panes.slice(0, MOST_PANES),
      rest: restOf(panes.length),
    };
  }
  const feature = featureAt(table, split.feature);
  const shade = feature < 0 ? null : shadeOf(table, feature);
  if (shade?.kind !== 'categories') return null;
  const { categories = ['No', 'Yes'] } = table.features[feature]!;
  const panes = shade.values.slice(0, MOST_PANES).map(({ value, size }) => ({
    ...{ id: value, title: categories[value] ?? '–', words: count(size), letter: '', colour: -1 },
  }));
  return { feature, of: columnOf(table.raw, feature), panes, rest: restOf(shade.values.length) };
}

const restOf = (many: number): string | null =>
  many > MOST_PANES ? `The ${count(MOST_PANES)} largest of ${count(many)}.` : null;
