// AssemblyScript: fields of the table and effort. Part of tree.ts.

// `t` points to a table of 32-bit words: shape and addresses, in the order of `Table` in workers/kernels/tree.ts.
export const ROWS: usize = 0;
export const COLS: usize = 4;
export const LEVELS: usize = 8;
export const CAPACITY: usize = 12;
export const NEIGHBOURS: usize = 16;
export const X: usize = 20;
export const ORDER: usize = 24;
export const KEYS: usize = 28;
export const BOXES: usize = 32;
export const TILES: usize = 36;
export const ROW_OF: usize = 40;
export const SCRATCH: usize = 44;
export const STRIDE: usize = 48;
const EFFORT: usize = 52;
export const NEAR: usize = 56;
export const FAR: usize = 60;
export const GROUP: usize = 64;
export const NODES: usize = 68;
export const BEST: usize = 72;
export const WHO: usize = 76;
export const LOW: usize = 80;
export const BOUND: usize = 84;
export const ASKED: usize = 88;
export const FOUND: usize = 92;
export const FOUND_FAR: usize = 96;
const BUDGET: usize = 100;
const SPENT: usize = 104;

export const PIECE = 8;
export const MIXED = -1;
export const EMPTY = -2;
export const NOBODY = -3; // a group that no node has
export const STACK: usize = 64 * 16;

@inline
export function word(t: usize, field: usize): i32 {
  return load<i32>(t + field);
}

@inline
export function place(t: usize, field: usize): usize {
  return <usize>load<u32>(t + field);
}

/** Whether there is effort left for a piece; of those that were not done it says −1. The first is always done. */
export function may(piece: i32, t: usize): bool {
  const spent = ASC_FEATURE_THREADS ? atomic.load<i32>(t + SPENT) : load<i32>(t + SPENT);
  if (piece == 0 || spent <= word(t, BUDGET)) return true;
  store<i32>(i32At(place(t, EFFORT), piece), -1);
  return false;
}

export function done(piece: i32, t: usize, effort: i32): void {
  store<i32>(i32At(place(t, EFFORT), piece), effort);
  if (ASC_FEATURE_THREADS) atomic.add<i32>(t + SPENT, effort);
  else store<i32>(t + SPENT, load<i32>(t + SPENT) + effort);
}

@inline
export function f64At(base: usize, i: i32): usize {
  return base + (<usize>i << 3);
}

@inline
export function i32At(base: usize, i: i32): usize {
  return base + (<usize>i << 2);
}

/** First of the rows, in order, that node `j` of `level` holds. */
@inline
export function startOf(rows: i32, j: i32, level: i32): i32 {
  return <i32>((<i64>j * <i64>rows) >> level);
}
