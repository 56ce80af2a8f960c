import type { Feature } from '../features/types.ts';
import type { Layer } from './partition.ts';

/** The place of the layer that holds a feature, −1 where none does. */
export const layerOf = (layers: readonly Layer[], feature: string): number =>
  layers.findIndex(({ features }) => features.includes(feature));

/** A feature in the layer at `place` and in no other; −1: in none. */
export const withFeature = (
  layers: readonly Layer[],
  feature: string,
  place: number,
): readonly Layer[] =>
  layers.map((layer, i) => {
    const others = layer.features.filter((name) => name !== feature);
    return { ...layer, features: i === place ? [...others, feature] : others };
  });

/** An empty layer under a name that no other has. */
export function newLayer(layers: readonly Layer[]): Layer {
  let number = layers.length + 1;
  while (layers.some(({ name }) => name === `Layer ${number}`)) number++;
  return { name: `Layer ${number}`, features: [], k: null };
}

/** How features of orders are usually told apart: how much, at what price, when, and what; other columns by themselves. */
const usual: readonly { readonly name: string; readonly of: RegExp }[] = [
  {
    name: 'Habit',
    of: /^(recency_days|orders|spend|tenure_days|days_between_orders|trend|average_order|items_per_order)$/,
  },
  { name: 'Price', of: /^(discount_share|average_price|returns_share)$/ },
  { name: 'Timing', of: /^(weekend_share|morning_share|evening_share)$/ },
  { name: 'Range', of: /^(products|categories|channels)$/ },
];

/** A first division of the features that are grouped by, for a person to change; layers that would be empty are left out. */
export function usualLayers(features: readonly Feature[]): readonly Layer[] {
  const names = features.filter(({ used }) => used).map(({ name }) => name);
  const known = usual.map(({ name, of }) => ({
    name,
    features: names.filter((each) => of.test(each)),
    k: null,
  }));
  const rest = names.filter((each) => !usual.some(({ of }) => of.test(each)));
  return [...known, { name: 'About them', features: rest, k: null }].filter(
    (layer) => layer.features.length > 0,
  );
}
