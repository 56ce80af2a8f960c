import type { Condition } from '../partition.ts';

/** What a person is about to change, before it is decided. */
export type Doing =
  | { readonly kind: 'hold' | 'dissolve'; readonly letter: string }
  /** `where`: a condition to begin with. */
  | { readonly kind: 'split'; readonly letter: string; readonly where?: readonly Condition[] }
  /** `with`: what was suggested. */
  | { readonly kind: 'merge'; readonly letter: string; readonly with?: string }
  /** Rows of the table. */
  | { readonly kind: 'move' | 'exclude' | 'make'; readonly rows: Int32Array }
  /** `rows`: those for whom all conditions of one of `anyOf` hold. */
  | {
      readonly kind: 'rule';
      readonly anyOf: readonly (readonly Condition[])[];
      readonly rows: Int32Array;
    };

/** What is decided with an edit besides it: the name of a new segment. */
export type Named = { readonly letter: string; readonly name: string };

/** Rows inside a selection: `out` is [rows], 1 where outside. */
export function rowsInside(out: Uint8Array): Int32Array<ArrayBuffer> {
  let size = 0;
  for (const each of out) if (each !== 1) size++;
  const rows = new Int32Array(size);
  for (let r = 0, at = 0; r < out.length; r++) if (out[r] !== 1) rows[at++] = r;
  return rows;
}

/** Rows of the segment at place `id`. */
export function rowsOfSegment(labels: Int32Array, id: number): Int32Array<ArrayBuffer> {
  let size = 0;
  for (let r = 0; r < labels.length; r++) if (labels[r] === id) size++;
  const rows = new Int32Array(size);
  for (let r = 0, at = 0; at < size; r++) if (labels[r] === id) rows[at++] = r;
  return rows;
}
