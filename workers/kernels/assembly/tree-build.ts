// AssemblyScript: the tree is built level by level. Part of tree.ts.
import { ROWS, COLS, LEVELS, CAPACITY, X, ORDER, KEYS, BOXES, ROW_OF, SCRATCH, word, place, i32At, startOf } from './tree-table';
import { slotAt } from './tree-walk';

/**
 * Node `from + piece` of `level`: its box goes to its parent, and its rows are divided at the middle of its widest column, or copied into
 * their slots where it is a leaf.
 */
export function split(piece: i32, t: usize, from: i32, level: i32): void {
  const j = from + piece;
  const rows = word(t, ROWS);
  const cols = word(t, COLS);
  const x = place(t, X);
  const order = place(t, ORDER);
  const low = startOf(rows, j, level);
  const high = startOf(rows, j + 1, level);
  const v = (1 << level) - 1 + j;
  const box = v == 0 ? place(t, SCRATCH) : place(t, BOXES) + ((<usize>((v - 1) >> 1) * cols) << 4) + (<usize>((v - 1) & 1) << 2);
  let widest = 0;
  let width: f64 = -1;
  for (let c = 0; c < cols; c++) {
    store<f32>(box + (<usize>c << 4), Infinity);
    store<f32>(box + (<usize>c << 4), -Infinity, 8);
  }
  for (let i = low; i < high; i++) {
    let p = x + ((<usize>load<u32>(i32At(order, i)) * cols) << 2);
    let b = box;
    for (let c = 0; c < cols; c++, p += 4, b += 16) {
      const value = load<f32>(p);
      if (value < load<f32>(b)) store<f32>(b, value);
      if (value > load<f32>(b, 8)) store<f32>(b, value, 8);
    }
  }
  if (level == word(t, LEVELS)) return copy(t, j, low, high);
  for (let c = 0; c < cols; c++) {
    const b = box + (<usize>c << 4);
    const own = <f64>load<f32>(b, 8) - <f64>load<f32>(b);
    if (own > width) {
      width = own;
      widest = c;
    }
  }
  const keys = place(t, KEYS);
  for (let i = low; i < high; i++)
    store<f32>(i32At(keys, i), load<f32>(x + ((<usize>load<u32>(i32At(order, i)) * cols + widest) << 2)));
  select(keys, order, low, high, startOf(rows, 2 * j + 1, level + 1));
}

/** Puts the `middle`th least key into its place, the lesser before it and the greater behind it; `order` moves along (Hoare 1961). */
function select(keys: usize, order: usize, low: i32, high: i32, middle: i32): void {
  let state: u32 = 1;
  let left = low;
  let right = high - 1;
  while (left < right) {
    state = state * 1664525 + 1013904223;
    const pivot = load<f32>(i32At(keys, left + <i32>((<u64>state * <u64>(right - left + 1)) >> 32)));
    let i = left;
    let j = right;
    do {
      while (load<f32>(i32At(keys, i)) < pivot) i++;
      while (load<f32>(i32At(keys, j)) > pivot) j--;
      if (i > j) break;
      const key = load<f32>(i32At(keys, i));
      store<f32>(i32At(keys, i), load<f32>(i32At(keys, j)));
      store<f32>(i32At(keys, j), key);
      const row = load<u32>(i32At(order, i));
      store<u32>(i32At(order, i), load<u32>(i32At(order, j)));
      store<u32>(i32At(order, j), row);
      i++;
      j--;
    } while (i <= j);
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

/** Rows `low` to `high`, in order, into the slots of `leaf`: four side by side, column by column. Slots that stay empty hold NaN and row −1. */
function copy(t: usize, leaf: i32, low: i32, high: i32): void {
  const cols = word(t, COLS);
  const capacity = word(t, CAPACITY);
  const order = place(t, ORDER);
  const rowOf = place(t, ROW_OF);
  for (let i = 0; i < capacity; i++) {
    const slot = leaf * capacity + i;
    let to = slotAt(t, slot, cols);
    const row = low + i < high ? load<i32>(i32At(order, low + i)) : -1;
    store<i32>(i32At(rowOf, slot), row);
    let p = place(t, X) + ((<usize>max(row, 0) * cols) << 2);
    for (let c = 0; c < cols; c++, p += 4, to += 16) store<f32>(to, row < 0 ? NaN : load<f32>(p));
  }
}
