// AssemblyScript: random-projection trees, a part of descent.ts.

/** Of a tree that grows: two numbers and 40 parts of three. */
const STATE = 512;

@inline
function mixed(a: u32, b: u32, c: u32): u32 {
  let h = a * 0x9e3779b1 + b * 0x85ebca6b + c * 0xc2b2ae35;
  h = (h ^ (h >> 15)) * 0x2c1b3c6d;
  h = (h ^ (h >> 12)) * 0x297a2d39;
  return h ^ (h >> 15);
}

/** One of 0 … size − 1. */
@inline
function below(size: i32, bits: u32): i32 {
  return <i32>(((<u64>bits) * (<u64>size)) >> 32);
}

/** How far row `r` is beyond the middle of rows `a` and `b`, on b's side: all [stride] floats, a multiple of four. */
@inline
function side(r: usize, a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  for (let c: usize = 0; c < bytes; c += 16) {
    const va = v128.load(a + c);
    const vb = v128.load(b + c);
    const middle = f32x4.mul(half, f32x4.add(va, vb));
    sum = f32x4.add(sum, f32x4.mul(f32x4.sub(v128.load(r + c), middle), f32x4.sub(vb, va)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/**
 * Goes on with tree `piece` + `from` by random hyperplanes between two rows (Dasgupta & Freund 2008) until about `budget` rows have been put on a
 * side: `order` [rows] becomes its rows leaf by leaf, `ends` [rows] is 1 at the last of each leaf. Both lie piece after piece, and so does the
 * state, of STATE bytes: 0 or 1 when done, how many parts wait, and the parts (low, high, depth); the present part is the last. `isNew`: begins.
 */
export function plant(
  piece: i32,
  from: i32,
  data: usize,
  rows: i32,
  stride: i32,
  leaf: i32,
  seed: u32,
  orders: usize,
  ends: usize,
  states: usize,
  budget: i32,
  isNew: bool,
): void {
  const bytes: usize = (<usize>stride) << 2;
  const order = orders + ((<usize>piece * rows) << 2);
  const end = ends + <usize>piece * rows;
  const state = states + <usize>piece * STATE;
  const stack = state + 8;
  if (isNew) {
    for (let i = 0; i < rows; i++) store<i32>(order + ((<usize>i) << 2), i);
    memory.fill(end, 0, rows);
    store<i32>(state, 0);
    store<i32>(state, 1, 4);
    store<i32>(stack, 0);
    store<i32>(stack, rows, 4);
    store<i32>(stack, 0, 8);
  }
  let height = load<i32>(state, 4);
  let work = 0;
  while (height > 0 && work < budget) {
    height--;
    const low = load<i32>(stack + height * 12);
    const high = load<i32>(stack + height * 12, 4);
    let depth = load<i32>(stack + height * 12, 8);
    if (high - low <= leaf) {
      if (high > low) store<u8>(end + high - 1, 1);
      continue;
    }
    const size = high - low;
    work += size;
    const one = below(size, mixed(seed, <u32>(piece + from), <u32>(2 * low + depth * 31)));
    let two = below(size - 1, mixed(seed, <u32>(piece + from), <u32>(2 * high + depth * 57 + 1)));
    if (two >= one) two++;
    const a = data + <usize>load<i32>(order + ((<usize>(low + one)) << 2)) * bytes;
    const b = data + <usize>load<i32>(order + ((<usize>(low + two)) << 2)) * bytes;
    let i = low;
    let j = high;
    if (depth < 64) {
      while (i < j) {
        const at = order + ((<usize>i) << 2);
        const r = load<i32>(at);
        if (side(data + <usize>r * bytes, a, b, bytes) <= 0) i++;
        else {
          j--;
          const swap = order + ((<usize>j) << 2);
          store<i32>(at, load<i32>(swap));
          store<i32>(swap, r);
        }
      }
    }
    if (i == low || i == high) i = low + (size >> 1);
    depth++;
    // the larger part waits below, so that no more than log2(rows) + 1 do
    const isLeftLarger = i - low > high - i;
    const wait = stack + height * 12;
    store<i32>(wait, isLeftLarger ? low : i);
    store<i32>(wait, isLeftLarger ? i : high, 4);
    store<i32>(wait, depth, 8);
    store<i32>(wait, isLeftLarger ? i : low, 12);
    store<i32>(wait, isLeftLarger ? high : i, 16);
    store<i32>(wait, depth, 20);
    height += 2;
  }
  store<i32>(state, i32(height == 0));
  store<i32>(state, height, 4);
}
