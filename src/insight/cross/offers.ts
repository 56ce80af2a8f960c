import type { FeatureTable } from '../../features/types.ts';
import { spoken } from '../../features/customers.sql.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { Column, Dataset, Role } from '../../tables/types.ts';
import type { ColumnOf, Dated } from './listed.sql.ts';
import { knownPlaces } from './known-places.ts';
import { featureName, type View } from './view.ts';

/** Where a view comes from: a feature that is there, two of them, or a question to the database. */
export type Origin =
  | { readonly feature: number }
  | { readonly latitude: number; readonly longitude: number }
  | { readonly values: ColumnOf }
  /** Words of another view that are names of places. */
  | { readonly named: Offer }
  /** The customers themselves. */
  | { readonly rows: true }
  | { readonly dates: Dated; readonly from: string; readonly to: string };

/** A view that a person can have in the strip. */
export type Offer = Pick<View, 'name' | 'label' | 'definition'> & {
  /** A table shows customers and is not brushed. */
  readonly kind: View['kind'] | 'table';
  readonly origin: Origin;
};

const ofOrders = [
  ['place', 'Place', 'Where customers bought; one who bought at several counts in each.'],
  ['category', 'Category', 'Categories that customers bought from; one counts in each of theirs.'],
  ['channel', 'Channel', 'Channels through which customers bought; one counts in each of theirs.'],
  ['product', 'Product', 'Products that customers bought; one counts in each of theirs.'],
] as const satisfies readonly (readonly [Role, string, string])[];

const mostTelling = 5;

const called = (pattern: RegExp, { features }: FeatureTable) =>
  features.findIndex(
    ({ name, unit }) => pattern.test(name.toLowerCase()) && unit !== 'category' && unit !== 'share',
  );

const list: Offer = {
  name: 'customers',
  label: 'Customers',
  definition: 'Those who are selected, a row each with their values. It shows their ids.',
  kind: 'table',
  origin: { rows: true },
};

/** All views that these customers can be seen in, in the order of their table, then the list, time, place and words. */
export function offersOf(table: FeatureTable, dataset: Dataset | null): readonly Offer[] {
  const offers: Offer[] = table.features.map((feature, at) => ({
    name: featureName(feature.name),
    label: feature.label,
    definition: feature.definition,
    kind: feature.categories ? 'bars' : 'histogram',
    origin: { feature: at },
  }));
  offers.push(list);
  const latitude = called(/(^|_)lat(itude)?$/, table);
  const longitude = called(/(^|_)(lon|lng|long|longitude)$/, table);
  if (latitude >= 0 && longitude >= 0)
    offers.push({
      name: 'places',
      label: 'Places on a map',
      definition: `Where customers are, by ${table.features[latitude]!.label} and ${table.features[longitude]!.label}.`,
      kind: 'place',
      origin: { latitude, longitude },
    });
  table.features.forEach(({ categories }, at) => {
    if (categories) offers.push(...onGrid(offers[at]!, categories));
  });
  if (!dataset) return offers;
  const { kind, has, from, to } = dataset;
  if (kind === 'orders') {
    const last = table.asOf !== null && to !== null && table.asOf < to ? table.asOf : to;
    if (from !== null && last !== null && from <= last)
      offers.push({
        name: 'orders',
        label: 'Orders over time',
        definition: 'Orders by when they began. A brush keeps customers who ordered in that time.',
        kind: 'time',
        origin: {
          dates: { of: 'orders', hasOrderId: has.includes('order') },
          from,
          to: last,
        },
      });
    for (const [role, label, definition] of ofOrders)
      if (has.includes(role)) {
        const offer: Offer = {
          ...{ name: `orders:${role}`, label, definition, kind: 'bars' },
          origin: { values: { table: 'orders', column: role } },
        };
        const seen = dataset.columns.find((column) => column.role === role)?.examples ?? [];
        offers.push(offer, ...(role === 'place' ? onGrid(offer, seen) : []));
      }
  }
  const columns = kind === 'orders' ? (dataset.facts ?? []) : dataset.columns;
  const of = kind === 'orders' ? 'customer_facts' : 'customers';
  const shown = new Set(table.features.map(({ name }) => name));
  return [...offers, ...columns.flatMap((column) => offerOf(column, of, shown))];
}

/** Of a column that tells of customers: text of many values, which makes no feature, and dates. */
function offerOf(
  { name, header, role, type, low, high, distinct, examples }: Column,
  table: ColumnOf['table'],
  shown: ReadonlySet<string>,
): readonly Offer[] {
  if (role !== 'feature' && role !== 'birth-date') return [];
  const common = { name: `column:${name}`, label: spoken(header || name) };
  if (type === 'date' && low !== null && high !== null)
    return [
      {
        ...common,
        label: `${common.label}, date`,
        definition: `Customers by the date in column “${name}”.`,
        kind: 'time',
        origin: { dates: { of: { table, column: name } }, from: String(low), to: String(high) },
      },
    ];
  if (type !== 'text' || shown.has(name) || distinct < 2) return [];
  const definition = `Column “${name}”: one value a customer.`;
  const offer: Offer = {
    ...{ ...common, definition, kind: 'bars' },
    origin: { values: { table, column: name } },
  };
  return [offer, ...onGrid(offer, examples)];
}

/** The same words as places, where most of those that were `seen` are known. */
function onGrid(words: Offer, seen: readonly string[]): readonly Offer[] {
  if (!knownPlaces(seen, 0.5)) return [];
  return [
    {
      name: `grid:${words.name}`,
      label: `${words.label} on a grid`,
      definition: `${words.definition} Equal tiles, roughly where the places lie.`,
      kind: 'place',
      origin: { named: words },
    },
  ];
}

/** The views of the features that set segments apart most strongly, the strongest first. */
export function tellingViews(
  table: FeatureTable | null,
  segmentation: Pick<Segmentation, 'segments'> | null,
): readonly string[] {
  const strength = new Map<number, number>();
  for (const { drivers, rest } of segmentation?.segments ?? [])
    for (const { feature, effect } of rest ? [] : drivers)
      strength.set(feature, Math.max(strength.get(feature) ?? 0, Math.abs(effect)));
  return [...strength]
    .toSorted(([a, x], [b, y]) => y - x || a - b)
    .flatMap(([at]) => {
      const feature = table?.features[at];
      return feature?.used ? [featureName(feature.name)] : [];
    })
    .slice(0, mostTelling);
}
