// AssemblyScript: a row changes its group, and the sums follow. Part of lloyd.ts.

const NONE: u16 = 0xffff;

/** Adds row `p` to (or with `sign` −1 takes it from) the float64 sums at `q`. */
@inline
function addRow(p: usize, q: usize, cols: i32, sign: f64): void {
  const signs = f64x2.splat(sign);
  let c = 0;
  for (; c + 2 <= cols; c += 2, p += 8, q += 16) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(p));
    v128.store(q, f64x2.add(v128.load(q), f64x2.mul(pair, signs)));
  }
  if (c < cols) store<f64>(q, load<f64>(q) + sign * <f64>load<f32>(p));
}

/** Row `r` goes from group `old` to `now`: `sums` and `counts` follow. */
@inline
export function move(r: usize, old: u16, now: u16, cols: i32, x: usize, sums: usize, counts: usize): void {
  const row = x + ((r * cols) << 2);
  if (old != NONE) {
    const lost = counts + (<usize>old << 2);
    store<i32>(lost, load<i32>(lost) - 1);
    addRow(row, sums + ((<usize>old * cols) << 3), cols, -1);
  }
  const won = counts + (<usize>now << 2);
  store<i32>(won, load<i32>(won) + 1);
  addRow(row, sums + ((<usize>now * cols) << 3), cols, 1);
}
