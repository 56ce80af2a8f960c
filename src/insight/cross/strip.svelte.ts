import type { FeatureTable } from '../../features/types.ts';
import type { Segmentation, SegmentSettings } from '../../segments/types.ts';
import type { Dataset } from '../../tables/types.ts';
import { offersOf, tellingViews, type Offer } from './offers.ts';

/** What it follows, and where a person's choice goes: it is one decision, and stands in the recipe. */
export type StripBefore = {
  readonly features: { readonly table: FeatureTable | null };
  readonly tables: { readonly dataset: Dataset | null };
  readonly segments: {
    readonly segmentation: Pick<Segmentation, 'segments'> | null;
    readonly settings: Pick<SegmentSettings, 'views'>;
  };
  readonly choose: (label: string, views: readonly string[]) => void;
};

/** The views that stand in the strip, in order. */
export class Strip {
  /** Names that the database could not answer for these customers. */
  #failed = $state.raw<{ readonly of: FeatureTable; readonly names: readonly string[] } | null>(
    null,
  );
  readonly #before: StripBefore;

  /** Every view that can be had. */
  readonly offers = $derived.by((): readonly Offer[] => {
    const { table } = this.#before.features;
    return table ? offersOf(table, this.#before.tables.dataset) : [];
  });
  /** A person's choice, or the features that tell segments apart best. */
  readonly shown = $derived.by((): readonly Offer[] => {
    const byName = new Map(this.offers.map((offer) => [offer.name, offer]));
    const failed = new Set(this.#failures);
    return this.#names.flatMap((name) => (failed.has(name) ? [] : (byName.get(name) ?? [])));
  });

  constructor(before: StripBefore) {
    this.#before = before;
  }

  add(name: string): void {
    const { table } = this.#before.features;
    const others = this.#failures.filter((each) => each !== name);
    this.#failed = table && { of: table, names: others }; // it is tried again
    const names = this.#names;
    if (!names.includes(name)) this.#before.choose(`Show ${this.#labelOf(name)}`, [...names, name]);
  }

  remove(name: string): void {
    const others = this.#names.filter((each) => each !== name);
    this.#before.choose(`Remove ${this.#labelOf(name)} from the strip`, others);
  }

  /** A view stands so many places further to the right. */
  move(name: string, by: number): void {
    const shown = this.shown.map((offer) => offer.name);
    const names = this.#names;
    const next = moved(names, shown, { name, by });
    if (next !== names)
      this.#before.choose(`Move ${this.#labelOf(name)} ${by < 0 ? 'left' : 'right'}`, next);
  }

  /** One that cannot be had stays away until it is asked for again, or there are other customers. */
  refuse(name: string): void {
    const { table } = this.#before.features;
    this.#failed = table && { of: table, names: [...this.#failures, name] };
  }

  clear(): void {
    this.#failed = null;
  }

  /** Each once, whatever a file says. */
  get #names(): readonly string[] {
    const { features, segments } = this.#before;
    const { views } = segments.settings;
    return views ? [...new Set(views)] : tellingViews(features.table, segments.segmentation);
  }

  get #failures(): readonly string[] {
    const failed = this.#failed;
    return failed && failed.of === this.#before.features.table ? failed.names : [];
  }

  #labelOf(name: string): string {
    return this.offers.find((offer) => offer.name === name)?.label ?? name;
  }
}

/** `names` with `name` standing `by` places further among those that are `shown`; those that cannot be shown now keep their places. */
function moved(
  names: readonly string[],
  shown: readonly string[],
  { name, by }: { readonly name: string; readonly by: number },
): readonly string[] {
  const from = shown.indexOf(name);
  const to = Math.max(0, Math.min(shown.length - 1, from + by));
  if (from < 0 || to === from) return names;
  const order = shown.toSpliced(from, 1).toSpliced(to, 0, name);
  const isShown = new Set(shown);
  let next = 0;
  return names.map((each) => (isShown.has(each) ? (order[next++] ?? each) : each));
}
