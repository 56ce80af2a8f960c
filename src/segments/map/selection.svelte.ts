/** A range on one feature, in its unit, both ends included. */
export type Brush = { readonly feature: number; readonly low: number; readonly high: number };

/** Some bins of a linked view, by its name (insight/cross/view.ts): categories, months, places. */
export type Pick = { readonly view: string; readonly bins: readonly number[] };

type Lettered = { readonly segments: readonly { readonly letter: string }[] };

/** Which customers are looked at. Map, list, histograms and inspector all follow this one object. */
export class Selection {
  segment = $state<number | null>(null);
  /** Row of the customer looked at. */
  customer = $state<number | null>(null);
  brushes = $state.raw<readonly Brush[]>([]);
  picks = $state.raw<readonly Pick[]>([]);
  /** [customers], 1 where inside. */
  lasso = $state.raw<Uint8Array | null>(null);
  /** Who is inside, where they were not drawn around: "Recency ≤ 30 days". */
  lassoWords = $state<string | null>(null);

  /** Looks at a segment, and no longer at one customer. */
  open(segment: number | null): void {
    this.segment = segment;
    this.customer = null;
  }

  /** A customer was pointed at on the map: the first time its segment is looked at, the next time the customer. */
  point(row: number | null, segment: number | null): void {
    if (row === null || segment !== this.segment) this.open(segment);
    else this.customer = row;
  }

  brush(feature: number, range: readonly [number, number] | null): void {
    const others = this.brushes.filter((brush) => brush.feature !== feature);
    this.brushes = range ? [...others, { feature, low: range[0], high: range[1] }] : others;
  }

  /** Those of `inside` ([customers], 1 where in), called so, and nobody is left out by anything else. */
  select(inside: Uint8Array, words: string): void {
    this.clear();
    this.lasso = inside;
    this.lassoWords = words.charAt(0).toUpperCase() + words.slice(1);
  }

  /** null: everyone; no bins at all: nobody. */
  pick(view: string, bins: readonly number[] | null): void {
    const others = this.picks.filter((pick) => pick.view !== view);
    this.picks = bins ? [...others, { view, bins }] : others;
  }

  /** What was drawn around; null: nothing. */
  draw(mask: Uint8Array | null): void {
    this.lasso = mask;
    this.lassoWords = null;
  }

  /** Nothing is brushed, picked or drawn around any more; the chosen segment stays. */
  clearRange(): void {
    this.brushes = [];
    this.picks = [];
    this.draw(null);
  }

  /** The chosen segment stays chosen under its letter in another grouping; where the letter is gone, none is. */
  follow(before: Lettered | null, after: Lettered): void {
    const chosen = this.segment === null ? undefined : before?.segments[this.segment];
    const next = after.segments.findIndex(({ letter }) => letter === chosen?.letter);
    this.segment = next < 0 ? null : next;
  }

  clear(): void {
    this.clearRange();
    this.segment = null;
    this.customer = null;
  }
}
