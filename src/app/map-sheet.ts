import { version } from '../../package.json';
import type { FeatureTable } from '../features/types.ts';
import { count, day, percent, plural } from '../lib/format.ts';
import type { Shade, Sizing } from '../segments/map/shade.ts';
import type { Layout, Segmentation } from '../segments/types.ts';
import { axesFor, colourLegend, sizeLegend, type panesFor } from './map-look.ts';
import { mapWords } from './map-words.ts';

/** What the map shows now. */
export type ShownMap = {
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
  readonly layout: Layout;
  readonly shade: Shade | null;
  readonly sizing: Sizing | null;
  readonly panes: ReturnType<typeof panesFor>;
  /** Value that the legend's colour is filtered by. */
  readonly picked: number | null;
  /** Customers inside the selection; null where nothing is selected. */
  readonly inside: { readonly total: number } | null;
  /** Segment that stands out. */
  readonly segment: number | null;
};

/** All words of a saved picture of the map. No customer is named in them. */
export function sheetWords(shown: ShownMap, inSight: string) {
  const { table, segmentation, layout, shade, sizing, panes, picked, inside, segment } = shown;
  const { features, customers } = table;
  const everyone = plural(customers.length, 'customer');
  const label = (feature: number) => features[feature]?.label ?? '';
  const by = [
    panes
      ? panes.feature < 0
        ? 'side by side by segment'
        : `side by side by ${label(panes.feature)}`
      : '',
    shade ? `coloured by ${label(shade.feature)}` : '',
    sizing ? `sized by ${label(sizing.feature)}` : '',
  ];
  const title = [`${everyone} in ${plural(segmentation.k, 'segment')}`, ...by].filter(Boolean);
  const axes = axesFor(table, layout);
  const chosen = segment === null ? undefined : segmentation.segments[segment];
  const notes = [
    mapWords(layout, everyone, table),
    panes && axes ? `Across: ${axes[0].title}. Up: ${axes[1].title}.` : '',
    inSight && `A part of the map: ${inSight}`,
    inside
      ? `In colour: ${plural(inside.total, 'customer')} (${percent(inside.total / Math.max(1, customers.length))}) that are selected; everyone else in grey.`
      : '',
    !inside && chosen && !panes
      ? `${[chosen.letter, chosen.name].filter(Boolean).join(', ')}, stands out.`
      : '',
  ];
  const drawn = axes ? 'two features' : layout.method === 'pca' ? 'principal components' : 'UMAP';
  const asOf = table.asOf ? ` as of ${day(table.asOf)}` : '';
  return {
    title: title.join(', '),
    notes: notes.filter(Boolean),
    source: [
      segmentation.words,
      `${everyone}${asOf}, by ${plural(features.filter(({ used }) => used).length, 'feature')}; map by ${drawn}. Tessera ${version}; no customer is named.`,
    ],
    axes,
    colour: shade && colourLegend(table, shade, picked),
    size: sizing && sizeLegend(table, sizing),
    // Side by side by segment, each map says which.
    groups: (panes?.feature === -1 ? [] : segmentation.segments)
      .toSorted((a, b) => Number(a.rest) - Number(b.rest) || b.size - a.size || a.id - b.id)
      .map(({ letter, name, colour, size, share }) => ({
        ...{ letter, name, colour, words: `${count(size)}, ${percent(share, 0)}` },
      })),
  };
}
