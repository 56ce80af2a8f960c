// AssemblyScript: eight rows become a tile, column by column. Part of lloyd.ts.

/** Puts the rows numbered at `list` (eight of them) into the tile; their sums of squares go to `tile` + 32 · cols + 160. */
export function gather(tile: usize, list: usize, cols: i32, x: usize): void {
  const out = tile + (<usize>cols << 5);
  const bytes = <usize>cols << 2;
  for (let n: usize = 0; n < 32; n += 16)
    v128.store(
      out + n,
      gatherFour(
        tile + n,
        cols,
        x + <usize>load<u32>(list + n) * bytes,
        x + <usize>load<u32>(list + n, 4) * bytes,
        x + <usize>load<u32>(list + n, 8) * bytes,
        x + <usize>load<u32>(list + n, 12) * bytes,
      ),
      160,
    );
}

/** The same for the eight rows from `r` on; those beyond `last` are `last`. */
export function gatherNext(tile: usize, r: i32, last: i32, cols: i32, x: usize): void {
  const out = tile + (<usize>cols << 5);
  const bytes = <usize>cols << 2;
  for (let n = 0; n < 8; n += 4)
    v128.store(
      out + (<usize>n << 2),
      gatherFour(
        tile + (<usize>n << 2),
        cols,
        x + <usize>min(last, r + n) * bytes,
        x + <usize>min(last, r + n + 1) * bytes,
        x + <usize>min(last, r + n + 2) * bytes,
        x + <usize>min(last, r + n + 3) * bytes,
      ),
      160,
    );
}

/** Half of the tile: four rows at `r0` to `r3`, turned so that a column of theirs is one vector. Gives their sums of squares. */
@inline
function gatherFour(tile: usize, cols: i32, r0: usize, r1: usize, r2: usize, r3: usize): v128 {
  const bytes = <usize>cols << 2;
  let norm = f32x4.splat(0);
  let p = tile;
  const whole = <usize>(cols & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16, p += 128) {
    const a = v128.load(r0 + at);
    const b = v128.load(r1 + at);
    const c = v128.load(r2 + at);
    const d = v128.load(r3 + at);
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const t0 = v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5);
    const t1 = v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7);
    const t2 = v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5);
    const t3 = v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7);
    v128.store(p, t0);
    v128.store(p, t1, 32);
    v128.store(p, t2, 64);
    v128.store(p, t3, 96);
    norm = f32x4.add(f32x4.add(norm, f32x4.mul(t0, t0)), f32x4.mul(t1, t1));
    norm = f32x4.add(f32x4.add(norm, f32x4.mul(t2, t2)), f32x4.mul(t3, t3));
  }
  for (let at = whole; at < bytes; at += 4, p += 32) {
    const value = four(r0 + at, r1 + at, r2 + at, r3 + at);
    v128.store(p, value);
    norm = f32x4.add(norm, f32x4.mul(value, value));
  }
  return norm;
}

/** Four float32, each from a place of its own. */
@inline
export function four(p0: usize, p1: usize, p2: usize, p3: usize): v128 {
  let v = v128.load32_zero(p0);
  v = v128.load32_lane(p1, v, 1);
  v = v128.load32_lane(p2, v, 2);
  return v128.load32_lane(p3, v, 3);
}
