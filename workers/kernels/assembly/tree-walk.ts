// AssemblyScript: how a question goes through the tree. Part of tree.ts.
import { LEVELS, BOXES, TILES, NODES, EMPTY, NOBODY, STACK, word, place, i32At } from './tree-table';

@inline
export function slotAt(t: usize, slot: i32, cols: i32): usize {
  return place(t, TILES) + ((<usize>(slot >> 2) * cols) << 4) + (<usize>(slot & 3) << 2);
}

// Scratch of a piece: the question as float64 pairs [cols], as float32 fours [cols], a stack of (bound, node), and the squares of what was found.

/** Spreads the question at `p`, whose values stand `step` bytes apart. */
export function ask(s: usize, p: usize, step: usize, cols: i32): void {
  const fours = s + (<usize>cols << 4);
  for (let c = 0; c < cols; c++, p += step) {
    const value = load<f32>(p);
    v128.store(s + (<usize>c << 4), f64x2.splat(<f64>value));
    v128.store(fours + (<usize>c << 4), f32x4.splat(value));
  }
}

@inline
function stackOf(s: usize, cols: i32): usize {
  return s + (<usize>cols << 5) + 16;
}

@inline
export function listOf(s: usize, cols: i32): usize {
  return stackOf(s, cols) + STACK;
}

@inline
export function begin(s: usize, cols: i32): void {
  const stack = stackOf(s, cols);
  store<f64>(stack, 0);
  store<i32>(stack, 0, 8);
  store<u32>(stack - 16, 16);
}

/** Squares from the question to the boxes of both children of a node. */
@inline
function apart(box: usize, s: usize, cols: i32): v128 {
  const zero = f64x2.splat(0);
  let sum = zero;
  const stop = s + (<usize>cols << 4);
  for (; s < stop; s += 16, box += 16) {
    const q = v128.load(s);
    const low = f64x2.promote_low_f32x4(v128.load64_zero(box));
    const high = f64x2.promote_low_f32x4(v128.load64_zero(box, 8));
    const d = f64x2.pmax(zero, f64x2.pmax(f64x2.sub(low, q), f64x2.sub(q, high)));
    sum = f64x2.add(sum, f64x2.mul(d, d));
  }
  return sum;
}

/** The next leaf, nearer child first, whose box is not farther than `limit`; passes over nodes of group `skip`. −1 when there is none. */
export function next(t: usize, s: usize, cols: i32, limit: f64, skip: i32): i32 {
  const inner = (1 << word(t, LEVELS)) - 1;
  const boxes = place(t, BOXES);
  const nodes = place(t, NODES);
  const stack = stackOf(s, cols);
  let top = <usize>load<u32>(stack - 16);
  while (top > 0) {
    top -= 16;
    if (load<f64>(stack + top) > limit) continue;
    let v = load<i32>(stack + top, 8);
    for (;;) {
      if (v >= inner) {
        store<u32>(stack - 16, <u32>top);
        return v - inner;
      }
      const both = apart(boxes + ((<usize>v * cols) << 4), s, cols);
      const left = 2 * v + 1;
      let near = f64x2.extract_lane(both, 0);
      let far = f64x2.extract_lane(both, 1);
      if (skip != NOBODY) {
        const a = load<i32>(i32At(nodes, left));
        const b = load<i32>(i32At(nodes, left), 4);
        if (a == skip || a == EMPTY) near = Infinity;
        if (b == skip || b == EMPTY) far = Infinity;
      }
      let to = left;
      let other = left + 1;
      if (far < near) {
        const d = near;
        near = far;
        far = d;
        to = other;
        other = left;
      }
      if (far <= limit) {
        store<f64>(stack + top, far);
        store<i32>(stack + top, other, 8);
        top += 16;
      }
      if (!(near <= limit)) break;
      v = to;
    }
  }
  store<u32>(stack - 16, 0);
  return -1;
}

/** Squares to four slots, float32. */
@inline
export function squares(tile: usize, fours: usize, cols: i32): v128 {
  let sum = f32x4.splat(0);
  const stop = tile + (<usize>cols << 4);
  for (; tile < stop; tile += 16, fours += 16) {
    const d = f32x4.sub(v128.load(tile), v128.load(fours));
    sum = ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(d, d, sum) : f32x4.add(sum, f32x4.mul(d, d));
  }
  return sum;
}

/** The square to one slot, float64, column by column. */
@inline
export function square(slot: usize, s: usize, cols: i32): f64 {
  let sum: f64 = 0;
  const stop = s + (<usize>cols << 4);
  for (; s < stop; s += 16, slot += 16) {
    const d = <f64>load<f32>(slot) - load<f64>(s);
    sum += d * d;
  }
  return sum;
}

/** What a float32 square can at most be, of one that is not above `limit`. */
@inline
export function roomy(limit: f64, cols: i32): v128 {
  return f32x4.splat(<f32>(limit * (1 + <f64>(cols + 8) * 1.2e-7) + 1e-40));
}

/** The greatest number below a positive one. */
@inline
export function below(value: f64): f64 {
  return reinterpret<f64>(reinterpret<i64>(value) - 1);
}
