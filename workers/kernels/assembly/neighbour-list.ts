// AssemblyScript: what both searches for neighbours share.

/** Offers row `id` to the sorted list at `ids`, `squares`; ties go to the lower row. Whether it got in. */
@inline
export function offer(ids: usize, squares: usize, k: i32, square: f32, id: i32): bool {
  let at = k - 1;
  const worst = load<f32>(squares + (at << 2));
  if (square > worst || (square == worst && id >= load<i32>(ids + (at << 2)))) return false;
  while (at > 0) {
    const other = load<f32>(squares + ((at - 1) << 2));
    const row = load<i32>(ids + ((at - 1) << 2));
    if (other < square || (other == square && row <= id)) {
      if (other == square && row == id) return false;
      break;
    }
    at--;
  }
  for (let to = k - 1; to > at; to--) {
    store<f32>(squares + (to << 2), load<f32>(squares + ((to - 1) << 2)));
    store<i32>(ids + (to << 2), load<i32>(ids + ((to - 1) << 2)));
  }
  store<f32>(squares + (at << 2), square);
  store<i32>(ids + (at << 2), id);
  return true;
}

@inline
export function squared(sum: v128, y: v128, q: v128): v128 {
  const apart = f32x4.sub(y, q);
  return f32x4.add(sum, f32x4.mul(apart, apart));
}
