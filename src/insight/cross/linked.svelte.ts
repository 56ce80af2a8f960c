import type { Query } from '../../db/query.ts';
import type { FeatureTable } from '../../features/types.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { Selection } from '../../segments/map/selection.svelte.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { Who } from '../who.ts';
import { Crossfilter } from './crossfilter.ts';
import type { Filter } from './filter.ts';
import { Strip, type StripBefore } from './strip.svelte.ts';
import { featureName, filterOf, viewAtHand, type View } from './view.ts';
import { brushWords, pickWords } from './words.ts';

/** The stages that it looks at; it changes none of them. */
type Before = StripBefore & {
  readonly segments: { readonly segmentation: Segmentation | null };
  readonly selection: Selection;
  readonly query: Query;
};

/** What everything that is linked shows at one moment. */
export type Crossed = {
  /** Whether anything but the chosen segment filters. */
  readonly isFiltered: boolean;
  /** Customers inside, whatever their segment, and those of each segment. */
  readonly total: number;
  readonly bySegment: readonly number[];
  /** By bin of each view: those whom all other filters let through; null where no other filters. */
  readonly counts: ReadonlyMap<string, Int32Array | null>;
};

const SEGMENT = 'the segment';
const LASSO = 'the lasso';

/** Linked views of the same customers: brush one, and all others, the map, the list and the tables follow. */
export class Linked {
  /** What a person waits for when a view needs the database. */
  readonly task = new Task();
  #made = $state.raw<ReadonlyMap<string, View>>(new Map());
  #madeOf: FeatureTable | null = null;
  #cross: { readonly table: FeatureTable; readonly of: Crossfilter } | null = null;
  /** What stands in `#cross` under each name. */
  readonly #inside = new Map<string, unknown>();
  readonly #before: Before;

  /** Which views are shown, and which could be. */
  readonly strip: Strip;
  /** Those of them that are there; the rest waits for the database. */
  readonly views = $derived.by(() => this.strip.shown.flatMap(({ name }) => this.view(name) ?? []));
  readonly now: Crossed | null = $derived.by(() => this.#follow());
  /** [customers], 1 where a brush leaves the customer out, whatever the lasso: grey on the map; null where nothing is brushed. */
  readonly dimmed = $derived.by(() => {
    const { brushes, picks } = this.#before.selection;
    if (!this.now || brushes.length + picks.length === 0) return null;
    return this.#passing([SEGMENT, LASSO], 0);
  });
  /** [customers], 1 inside of all brushes and the lasso, whatever the segment; null where nothing is selected. */
  readonly inside = $derived.by(() => (this.now?.isFiltered ? this.#passing([SEGMENT], 1) : null));
  /** The same with 1 where outside. */
  readonly out = $derived.by(() => (this.now?.isFiltered ? this.#passing([SEGMENT], 0) : null));
  /** What is filtered by, a few words each, with the way to take it back. */
  readonly filters = $derived.by(() => this.#filters());

  constructor(before: Before) {
    this.#before = before;
    this.strip = new Strip(before);
  }

  /** Those inside of all brushes and the lasso; null where nothing is selected. */
  get who(): Who | null {
    const words = this.filters.map((filter) => filter.words).join('; ');
    return this.inside && { inside: this.inside, words };
  }

  /** A view by its name; null while the database has not been asked. */
  view(name: string): View | null {
    const { table } = this.#before.features;
    if (!table) return null;
    const made = this.#made.get(name); // read first: who asks hears when it comes
    if (made && this.#madeOf === table) return made;
    const known = atHand.get(table) ?? new Map<string, View>();
    atHand.set(table, known);
    const offer = this.strip.offers.find((each) => each.name === name);
    const view = known.get(name) ?? (offer && viewAtHand(offer, table)) ?? null;
    if (view) known.set(name, view);
    return view;
  }

  /** Everyone, by bin of a view. */
  all(name: string): ArrayLike<number> {
    return this.now?.counts.has(name) ? (this.#cross?.of.all(name) ?? []) : [];
  }

  /** A view leaves the strip, and its brush with it. */
  hide(name: string): void {
    this.#let(name);
    this.strip.remove(name);
  }

  /** Asks the database for the views that are shown and not there. One that cannot be had leaves the strip until it is asked for again. */
  async loadMissing(): Promise<void> {
    const { features, tables, query } = this.#before;
    const { table } = features;
    const { dataset } = tables;
    const missing = this.strip.shown.filter(
      ({ kind, name }) => kind !== 'table' && !this.view(name),
    );
    if (!table || !dataset || missing.length === 0) return;
    const { kind } = dataset;
    await this.task.run(async (job) => {
      const { loadView } = await import('./load-view.ts');
      for (const offer of missing) {
        const view = await loadView(offer, table, { query, kind }, job).catch((error) => {
          if (!job.signal?.aborted) this.strip.refuse(offer.name);
          throw error;
        });
        const before = this.#madeOf === table ? this.#made : [];
        this.#madeOf = table;
        this.#made = new Map([...before, [offer.name, view]]);
      }
    });
  }

  clear(): void {
    this.task.cancel();
    this.strip.clear();
    this.#made = new Map();
    [this.#madeOf, this.#cross] = [null, null];
  }

  #let(name: string): void {
    const { selection, features } = this.#before;
    const at = features.table?.features.findIndex((each) => featureName(each.name) === name) ?? -1;
    selection.pick(name, null);
    if (at >= 0) selection.brush(at, null);
  }

  /** Filters by view, as they stand in the selection. */
  #wanted(table: FeatureTable): ReadonlyMap<string, Filter> {
    const { brushes, picks } = this.#before.selection;
    const wanted = new Map<string, Filter>();
    for (const brush of brushes) {
      const feature = table.features[brush.feature];
      if (feature) wanted.set(featureName(feature.name), filterOf(brush, feature));
    }
    for (const { view, bins } of picks) if (this.view(view)) wanted.set(view, { bins });
    return wanted;
  }

  /** Brings the cross-filter to where the selection is: only what changed since the last time costs anything. */
  #follow(): Crossed | null {
    const { features, segments, selection } = this.#before;
    const { table } = features;
    const { segmentation } = segments;
    if (!table || segmentation?.labels.length !== table.raw.rows) return null;
    if (this.#cross?.table !== table) {
      this.#cross = { table, of: new Crossfilter(table.raw.rows) };
      this.#inside.clear();
    }
    const cross = this.#cross.of;
    const wanted = this.#wanted(table);
    const names = new Set([...this.views.map(({ name }) => name), ...wanted.keys()]);
    for (const name of this.#inside.keys())
      if (name !== SEGMENT && !names.has(name)) this.#put(cross, name, null);
    for (const name of names) this.#put(cross, name, this.view(name));
    this.#put(cross, SEGMENT, segmentation);
    for (const name of names) cross.filter(name, wanted.get(name) ?? null);
    cross.mask(LASSO, selection.lasso);
    const { segment } = selection;
    cross.filter(SEGMENT, segment === null ? null : { bins: [segment] });
    const filters = wanted.size + (selection.lasso ? 1 : 0);
    const bySegment = Array.from(cross.counts(SEGMENT));
    const others = (name: string) =>
      filters - (wanted.has(name) ? 1 : 0) + (segment === null ? 0 : 1);
    return {
      isFiltered: filters > 0,
      total: bySegment.reduce((sum, n) => sum + n, 0),
      bySegment,
      counts: new Map(
        [...names].map((name) => [
          name,
          others(name) > 0 || wanted.has(name) ? cross.counts(name) : null,
        ]),
      ),
    };
  }

  /** Has a view (or the segments) stand in the cross-filter as it is now, or not at all. */
  #put(cross: Crossfilter, name: string, what: View | Segmentation | null): void {
    if (this.#inside.get(name) === what) return;
    if (this.#inside.delete(name)) cross.remove(name);
    if (!what) return;
    const dimension =
      'labels' in what
        ? { bins: what.segments.length, codes: Uint16Array.from(what.labels) }
        : what.dimension;
    cross.add(name, dimension);
    this.#inside.set(name, what);
  }

  #passing(but: readonly string[], inside: 0 | 1): Uint8Array<ArrayBuffer> {
    return this.#cross?.of.passing(but, inside) ?? new Uint8Array();
  }

  #filters(): readonly { readonly words: string; readonly clear: () => void }[] {
    const { features, selection } = this.#before;
    const { table } = features;
    if (!table) return [];
    return [
      ...selection.brushes.flatMap((brush) => {
        const feature = table.features[brush.feature];
        const clear = () => selection.brush(brush.feature, null);
        return feature ? [{ words: brushWords(brush, feature), clear }] : [];
      }),
      ...selection.picks.flatMap((pick) => {
        const view = this.view(pick.view);
        const clear = () => selection.pick(pick.view, null);
        return view ? [{ words: pickWords(pick, view), clear }] : [];
      }),
      ...(selection.lasso
        ? [
            {
              words: selection.lassoWords ?? 'Inside the lasso',
              clear: () => selection.draw(null),
            },
          ]
        : []),
    ];
  }
}

const atHand = new WeakMap<FeatureTable, Map<string, View>>();
