// AssemblyScript: rows are taken in for k-means: middles out, values on their grid. Part of lloyd.ts.

/** Of rows `piece · size` on: sum, least and greatest of each column, as float64 [3 × cols] at `out` + piece. */
export function survey(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  x: usize,
  out: usize,
): void {
  const own = out + (<usize>piece * cols * 3 * 8);
  const end = min(rows, (piece + 1) * size);
  const wide = <usize>cols << 3;
  for (let c = 0; c < cols; c++) {
    store<f64>(own + (<usize>c << 3), 0);
    store<f64>(own + (<usize>c << 3) + wide, Infinity);
    store<f64>(own + (<usize>c << 3) + 2 * wide, -Infinity);
  }
  for (let from = piece * size; from < end; from += 64) {
    const to = min(end, from + 64); // rows that stay in the nearest cache while their columns are gone through
    let c = 0;
    for (; c + 4 <= cols; c += 4) {
      const q = own + (<usize>c << 3);
      let s0 = v128.load(q);
      let s1 = v128.load(q, 16);
      let low = f32x4.splat(Infinity);
      let high = f32x4.splat(-Infinity);
      let p = x + ((<usize>from * cols + c) << 2);
      for (let r = from; r < to; r++, p += <usize>cols << 2) {
        const value = v128.load(p);
        s0 = f64x2.add(s0, f64x2.promote_low_f32x4(value));
        s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3)));
        low = f32x4.min(low, value);
        high = f32x4.max(high, value);
      }
      v128.store(q, s0);
      v128.store(q, s1, 16);
      widest(q + wide, low, high, wide);
    }
    for (; c < cols; c++) {
      const q = own + (<usize>c << 3);
      let sum = load<f64>(q);
      let low = load<f64>(q + wide);
      let high = load<f64>(q + 2 * wide);
      let p = x + ((<usize>from * cols + c) << 2);
      for (let r = from; r < to; r++, p += <usize>cols << 2) {
        const value = <f64>load<f32>(p);
        sum += value;
        low = min(low, value);
        high = max(high, value);
      }
      store<f64>(q, sum);
      store<f64>(q + wide, low);
      store<f64>(q + 2 * wide, high);
    }
  }
}

@inline
function widest(q: usize, low: v128, high: v128, wide: usize): void {
  v128.store(q, f64x2.min(v128.load(q), f64x2.promote_low_f32x4(low)));
  v128.store(q, f64x2.min(v128.load(q, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(low, low, 2, 3, 2, 3))), 16);
  v128.store(q + wide, f64x2.max(v128.load(q + wide), f64x2.promote_low_f32x4(high)));
  v128.store(q + wide, f64x2.max(v128.load(q + wide, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(high, high, 2, 3, 2, 3))), 16);
}

/**
 * Takes `middles` out of the same rows, scales them and rounds them to the grid of their column (`grids`, with one ÷ grid behind it); `out`
 * gets their sum of squares as float64, summed column by column over the even and the odd ones.
 */
export function settle(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  x: usize,
  middles: usize,
  grids: usize,
  scale: f64,
  out: usize,
): void {
  const end = min(rows, (piece + 1) * size);
  const wide = <usize>cols << 3;
  const scales = f64x2.splat(scale);
  let p = x + ((<usize>piece * size * cols) << 2);
  let sum: f64 = 0;
  for (let r = piece * size; r < end; r++) {
    let own = f64x2.splat(0);
    let c: usize = 0;
    for (; c + 16 <= wide; c += 16, p += 8) {
      const value = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(p)), v128.load(middles + c)), scales);
      const onGrid = f64x2.mul(f64x2.nearest(f64x2.mul(value, v128.load(grids + c))), v128.load(grids + wide + c));
      const rounded = f32x4.demote_f64x2_zero(onGrid);
      v128.store64_lane(p, rounded, 0);
      const wideAgain = f64x2.promote_low_f32x4(rounded);
      own = f64x2.add(own, f64x2.mul(wideAgain, wideAgain));
    }
    let odd: f64 = 0;
    if (c < wide) {
      const value = (<f64>load<f32>(p) - load<f64>(middles + c)) * scale;
      const rounded = <f32>(nearest(value * load<f64>(grids + c)) * load<f64>(grids + wide + c));
      store<f32>(p, rounded);
      odd = <f64>rounded * <f64>rounded;
      p += 4;
    }
    sum += f64x2.extract_lane(own, 0) + f64x2.extract_lane(own, 1) + odd;
  }
  store<f64>(out + (<usize>piece << 3), sum);
}
