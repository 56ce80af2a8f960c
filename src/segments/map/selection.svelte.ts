import type { Matrix } from '../../lib/matrix.ts';

/** A range on one feature, in its unit, both ends included. */
export type Brush = { readonly feature: number; readonly low: number; readonly high: number };

type Lettered = { readonly segments: readonly { readonly letter: string }[] };

/** Which customers are looked at. Map, list, histograms and inspector all follow this one object. */
export class Selection {
  segment = $state<number | null>(null);
  /** Row of the customer looked at. */
  customer = $state<number | null>(null);
  brushes = $state.raw<readonly Brush[]>([]);
  /** [customers], 1 where inside. */
  lasso = $state.raw<Uint8Array | null>(null);

  brush(feature: number, range: readonly [number, number] | null): void {
    const others = this.brushes.filter((brush) => brush.feature !== feature);
    this.brushes = range ? [...others, { feature, low: range[0], high: range[1] }] : others;
  }

  /** Nothing is brushed or drawn around any more; the chosen segment stays. */
  clearRange(): void {
    this.brushes = [];
    this.lasso = null;
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

/** [rows], 1 where a row is outside a brush or the lasso; null where nothing is brushed or drawn. */
export function outside(
  raw: Matrix,
  brushes: readonly Brush[],
  lasso: Uint8Array | null,
): Uint8Array | null {
  if (brushes.length === 0 && !lasso) return null;
  const out = new Uint8Array(raw.rows);
  for (let r = 0; r < raw.rows; r++) {
    if (lasso && lasso[r] !== 1) out[r] = 1;
    for (const { feature, low, high } of brushes) {
      const value = raw.data[r * raw.cols + feature]!;
      if (!(value >= low && value <= high)) out[r] = 1;
    }
  }
  return out;
}

/** How many customers are inside, in all and by segment [k]. */
export function countInside(
  out: Uint8Array,
  labels: Int32Array,
  k: number,
): { readonly total: number; readonly bySegment: readonly number[] } {
  const bySegment = new Array<number>(k).fill(0);
  let total = 0;
  for (let r = 0; r < labels.length; r++) {
    if (out[r] === 1) continue;
    total++;
    bySegment[labels[r]!]!++;
  }
  return { total, bySegment };
}
