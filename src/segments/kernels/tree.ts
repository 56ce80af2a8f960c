import type { Matrix } from '../../lib/matrix.ts';

/** Slots that make one piece of work. */
export const PIECE = 8;
/** Most pieces that are done in one go. */
export const MOST_AT_ONCE = 1024;
/** Most questions that are put in one go. */
export const MOST_ASKED = PIECE * MOST_AT_ONCE;
/** What a node's rows belong to, where that is not one group. */
export const MIXED = -1;
export const EMPTY = -2;

/** Slots that are compared, at the most, before a verb comes back (and the piece that it is at is done). */
export const budgetOf = (cols: number): number => Math.ceil(1e8 / (cols + OVERHEAD));
/** What comparing a slot costs beside its columns, in columns. */
export const OVERHEAD = 8;

const LEAF = 32;

/**
 * How the rows lie in a k-d tree: each node divides its rows in two halves at the middle of its widest column, `levels` times. Every leaf has
 * `capacity` slots, of which the last may be empty.
 */
export type Shape = {
  readonly rows: number;
  readonly cols: number;
  readonly levels: number;
  readonly leaves: number;
  readonly capacity: number;
  readonly slots: number;
  readonly pieces: number;
  /** How many nearest others there is room for. */
  readonly neighbours: number;
};

export function shapeOf({ rows, cols }: Matrix, neighbours: number): Shape {
  let levels = 0;
  while (rows > LEAF * 2 ** levels) levels++;
  const leaves = 2 ** levels;
  const capacity = Math.max(4, 4 * Math.ceil(Math.ceil(rows / leaves) / 4));
  const slots = leaves * capacity;
  const pieces = Math.ceil(slots / PIECE);
  return { rows, cols, levels, leaves, capacity, slots, pieces, neighbours };
}

/**
 * A k-d tree (Bentley 1975; boxes that fit tightly, rows in leaf order) and what is searched in it. `split` every level first. Each verb does
 * `many` pieces of 8 slots from piece `from` on, stops early when it is over budget, and gives how many pieces it did. All distances are
 * squared, float64, summed column by column. What is found depends neither on the form of the kernel nor on the number of threads.
 */
export type Tree = Shape & {
  /** [slots]: the row of a slot, or −1. */
  readonly rowOf: Int32Array;
  /** [slots × neighbours]: the nearest other slots, nearest first; −1 where there are too few. Ties: as they are met. */
  readonly near: Int32Array;
  /** [slots]: to the last of them; Infinity where there are too few. */
  readonly far: Float64Array;
  /** [slots]: a forest of groups, links pointing to lower slots, roots to themselves; −1: in no group. */
  readonly group: Int32Array;
  /** [slots]: the nearest of another group by mutual reachability, and which slot that is (−1: not known). */
  readonly best: Float64Array;
  readonly who: Int32Array;
  /** [slots]: what `best` is at least; where they are equal it is certain. */
  readonly low: Float64Array;
  /** [slots], by the root of a group: the least `best` of it that was met. */
  readonly bound: Float64Array;
  /** Nodes `from` … of a level, all levels in turn. */
  split(level: number, from: number, many: number): void;
  /** Fills `near` and `far`. */
  nearest(from: number, many: number): number;
  /** Of the first of up to MOST_ASKED questions [questions × cols], among all rows. */
  nearestTo(questions: Matrix): Found;
  /** `group` is the slot itself where `needed` rows (itself among them) are within `limit`, else −1. */
  count(from: number, many: number, limit: number, needed: number): number;
  /** Joins the groups of slots within `limit` of each other. */
  join(from: number, many: number, limit: number): number;
  /** `who` of slots without a group: the least `best`, as a whole number, of those with one within `limit`; −1: there is none. */
  border(from: number, many: number, limit: number): number;
  /** Tells the nodes which group they are of, so that searches pass over them. */
  tag(): void;
  /** `best` and `who` from what is known: the last round and `near`. */
  propose(from: number, many: number): number;
  /** Makes `best` certain where it can be the least of its group. */
  seek(from: number, many: number): number;
  /** Slots that the last verb compared. */
  effort(): number;
  close(): void;
};

/** For the first `many` questions, slots [many × neighbours] and squares to the last of them; valid until the next questions. */
export type Found = { readonly many: number; readonly ids: Int32Array; readonly far: Float64Array };

/** Takes a copy of `x`; `neighbours` may be 0. */
export type OpenTree = (x: Matrix, neighbours: number) => Tree;
