// AssemblyScript: every row against all means, no bounds kept: cheapest while many rows move, or while clouds overlap. Part of lloyd.ts.
import { gatherNext } from './lloyd-gather';
import { move } from './lloyd-move';
import { decide, products, unsure } from './lloyd-tile';

const LANES = 8;

/** `assign` of lloyd.ts without bounds: what it has in `gaps`, `rests` and `seconds` holds no longer afterwards. */
export function assignAll(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  k: i32,
  wide: i32,
  x: usize,
  means: usize,
  half: usize,
  labels: usize,
  mask: i32,
  work: usize,
  stride: i32,
  sums: usize,
  counts: usize,
  error: f32,
  reach: f32,
): void {
  const tile = work + <usize>piece * stride;
  const out = tile + (<usize>cols << 5);
  const ownSums = sums + ((<usize>piece * k * cols) << 3);
  const ownCounts = counts + ((<usize>piece * (k + 2)) << 2);
  memory.fill(ownSums, 0, (<usize>k * cols) << 3);
  memory.fill(ownCounts, 0, <usize>(k + 2) << 2);
  const end = min(rows, (piece + 1) * size);
  let moved = 0;
  for (let r = piece * size; r < end; r += LANES) {
    const last = end - 1;
    gatherNext(tile, r, last, cols, x);
    if (mask) nearestTwo(tile, cols, wide, means, half, mask);
    if (!mask || unsure(out, error, reach) || unsure(out + 16, error, reach))
      decide(tile, cols, k, means, half);
    const taken = min(LANES, end - r);
    const now = i16x8.narrow_i32x4_u(v128.load(out, 96), v128.load(out, 112));
    const at = labels + (<usize>r << 1);
    if (taken == LANES && i16x8.all_true(i16x8.eq(now, v128.load(at)))) continue;
    for (let n = 0; n < taken; n++) {
      const own = <u16>load<u32>(out + (<usize>n << 2), 96);
      const old = load<u16>(at + (<usize>n << 1));
      if (old == own) continue;
      store<u16>(at + (<usize>n << 1), own);
      moved++;
      move(r + n, old, own, cols, x, ownSums, ownCounts);
    }
  }
  store<i32>(ownCounts + (<usize>k << 2), moved);
  store<i32>(ownCounts + (<usize>k << 2), end - piece * size, 4);
}

/** `decideFast` of lloyd-tile.ts for the nearest and how far the next is. */
function nearestTwo(tile: usize, cols: i32, wide: i32, means: usize, half: usize, mask: i32): void {
  let low0 = f32x4.splat(Infinity);
  let low1 = low0;
  let next0 = low0;
  let next1 = low0;
  const kept = i32x4.splat(mask);
  const one = i32x4.splat(1);
  let id = i32x4.splat(0);
  const stop = tile + (<usize>cols << 5);
  let q = means;
  for (let m = 0; m < wide; m += 4) {
    products(tile, stop, q, half + (<usize>m << 2));
    q += <usize>cols << 4;
    const a0 = v128.or(v128.and(v128.load(stop, 96), kept), id);
    const b0 = v128.or(v128.and(v128.load(stop, 192), kept), id);
    id = i32x4.add(id, one);
    const a1 = v128.or(v128.and(v128.load(stop, 112), kept), id);
    const b1 = v128.or(v128.and(v128.load(stop, 208), kept), id);
    id = i32x4.add(id, one);
    const a2 = v128.or(v128.and(v128.load(stop, 128), kept), id);
    const b2 = v128.or(v128.and(v128.load(stop, 224), kept), id);
    id = i32x4.add(id, one);
    const a3 = v128.or(v128.and(v128.load(stop, 144), kept), id);
    const b3 = v128.or(v128.and(v128.load(stop, 240), kept), id);
    id = i32x4.add(id, one);
    // the two least of four, then of these and the two least so far
    let least = f32x4.pmin(a0, a1);
    let then = f32x4.pmin(f32x4.pmax(a0, a1), f32x4.pmax(f32x4.pmin(a2, a3), least));
    then = f32x4.pmin(then, f32x4.pmax(a2, a3));
    least = f32x4.pmin(least, f32x4.pmin(a2, a3));
    next0 = f32x4.pmin(f32x4.pmin(next0, then), f32x4.pmax(low0, least));
    low0 = f32x4.pmin(low0, least);
    least = f32x4.pmin(b0, b1);
    then = f32x4.pmin(f32x4.pmax(b0, b1), f32x4.pmax(f32x4.pmin(b2, b3), least));
    then = f32x4.pmin(then, f32x4.pmax(b2, b3));
    least = f32x4.pmin(least, f32x4.pmin(b2, b3));
    next1 = f32x4.pmin(f32x4.pmin(next1, then), f32x4.pmax(low1, least));
    low1 = f32x4.pmin(low1, least);
  }
  v128.store(stop, low0);
  v128.store(stop, low1, 16);
  v128.store(stop, next0, 32);
  v128.store(stop, next1, 48);
  v128.store(stop, v128.andnot(low0, kept), 96);
  v128.store(stop, v128.andnot(low1, kept), 112);
}
