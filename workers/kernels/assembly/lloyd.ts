// AssemblyScript: rows go to their nearest mean, eight rows and four means at a time. See src/segments/kernels/lloyd.ts for what is calculated;
// here is only how to do less of it, in three steps (in the spirit of Hamerly 2010 and Drake & Hamerly 2012):
// 1. a row whose mean was nearer than every other by more than means have moved since is not looked at;
// 2. of the others, one whose two nearest means are still nearer than a bound on all the rest is measured against these two only;
// 3. what is left is measured against all.
// Where bounds would spare too little all rows are measured without them (lloyd-all.ts, chosen by lloyd-pace.ts).
// Bounds stand in whole `unit`s, rounded so that they always hold, also for values that are off by the rounding of float32.
import { gather } from './lloyd-gather';
import { move } from './lloyd-move';
import { measurePairs } from './lloyd-pairs';
import { bounds, decide, decideFast, unsure } from './lloyd-tile';

export { assignAll } from './lloyd-all';
export { settle, survey } from './lloyd-rows';

const LANES = 8;
const BLOCK = 1024; // rows whose bounds are looked through before their distances are calculated
const MOST: f32 = 65535;

/** A bound in whole units above what moves have used up; never more than is true. */
@inline
function inUnits(value: f32, used: u32): u16 {
  return <u16>min<f32>(MOST, max<f32>(value, 0) + <f32>used);
}

/**
 * Rows `piece · size` on go to the nearest of `k` means (`means`: negated, four side by side, in `wide` places; `flat`: [k × cols]). `labels`,
 * `seconds` [rows] are the two nearest; `gaps` how much nearer the first was than any other, above what `used` [k] says for its label;
 * `rests` how far all others are at least, above `drift`. With `force` bounds are not believed. `work` has room for a tile and a list of rows,
 * each piece its own (`stride` bytes). What changed goes to `sums` [pieces × k × cols] and `counts` [pieces × (k + 2)], the last of which are how
 * many rows moved and how many had to be measured (of those
 * measured in step 2 a quarter). `error` bounds what float32 can do to the difference of two values, relative to ‖row‖² + `reach`, with numbers in the last
 * bits and in any order of steps; `plain` without the numbers. Two distances that differ by more than the root of that differ in the plain
 * form too. `pairs`: whether step 2 is worth its while.
 */
export function assign(
  piece: i32,
  size: i32,
  rows: i32,
  cols: i32,
  k: i32,
  wide: i32,
  x: usize,
  means: usize,
  flat: usize,
  half: usize,
  labels: usize,
  seconds: usize,
  gaps: usize,
  rests: usize,
  used: usize,
  drift: u32,
  force: i32,
  pairs: i32,
  mask: i32,
  work: usize,
  stride: i32,
  sums: usize,
  counts: usize,
  error: f32,
  plain: f32,
  reach: f32,
  perUnit: f32,
): void {
  const tile = work + <usize>piece * stride;
  const out = tile + (<usize>cols << 5);
  const list = out + 256;
  const ownSums = sums + ((<usize>piece * k * cols) << 3);
  const ownCounts = counts + ((<usize>piece * (k + 2)) << 2);
  memory.fill(ownSums, 0, (<usize>k * cols) << 3);
  memory.fill(ownCounts, 0, <usize>(k + 2) << 2);
  const end = min(rows, (piece + 1) * size);
  let moved = 0;
  let looked = 0;
  for (let from = piece * size; from < end; from += BLOCK) {
    const to = min(end, from + BLOCK);
    let listed = 0;
    if (force) {
      for (let r = from; r < to; r++, listed++) store<u32>(list + (<usize>listed << 2), r);
    } else {
      for (let r = from; r < to; r++) {
        const label = <usize>load<u16>(labels + (<usize>r << 1));
        store<u32>(list + (<usize>listed << 2), r);
        listed += i32(<u32>load<u16>(gaps + (<usize>r << 1)) <= load<u32>(used + (label << 2)));
      }
      looked += pairs ? listed >> 2 : 0;
      let left = pairs ? 0 : listed;
      for (let i = left; i < listed; i += 4) {
        const taken = min(4, listed - i);
        const rowsAt = list + (<usize>i << 2);
        for (let n = taken; n < 4; n++) store<u32>(rowsAt + (<usize>n << 2), load<u32>(rowsAt));
        const sure = measurePairs(rowsAt, out, cols, x, flat, half, labels, seconds, rests, drift, plain, reach, perUnit);
        for (let n = 0; n < taken; n++) {
          const lane = out + (<usize>n << 2);
          const r = <usize>load<u32>(rowsAt + (<usize>n << 2));
          store<u32>(list + (<usize>left << 2), <u32>r); // where it stands it has been read already
          const isSure = (sure >> n) & 1;
          left += 1 - isSure;
          const label = load<u16>(labels + (r << 1));
          const second = load<u16>(seconds + (r << 1));
          const now = load<u32>(lane, 16) ? label : second;
          store<u16>(gaps + (r << 1), inUnits(load<f32>(lane), load<u32>(used + (<usize>now << 2))));
          if (i32(now != label) & isSure) {
            store<u16>(labels + (r << 1), now);
            store<u16>(seconds + (r << 1), label);
            moved++;
            move(r, label, now, cols, x, ownSums, ownCounts);
          }
        }
      }
      listed = left;
    }
    looked += listed;
    for (let i = 0; i < listed; i += LANES) {
      const taken = min(LANES, listed - i);
      const rowsAt = list + (<usize>i << 2);
      for (let n = taken; n < LANES; n++) store<u32>(rowsAt + (<usize>n << 2), load<u32>(rowsAt));
      gather(tile, rowsAt, cols, x);
      if (mask) decideFast(tile, cols, wide, means, half, mask);
      if (!mask || unsure(out, error, reach) || unsure(out + 16, error, reach))
        decide(tile, cols, k, means, half);
      bounds(out, error, plain, reach, perUnit);
      bounds(out + 16, error, plain, reach, perUnit);
      for (let n: usize = 0; n < <usize>taken << 2; n += 4) {
        const r = <usize>load<u32>(rowsAt + n);
        const now = <u16>load<u32>(out + n, 96);
        const old = load<u16>(labels + (r << 1));
        store<u16>(gaps + (r << 1), inUnits(load<f32>(out + n, 192), load<u32>(used + (<usize>now << 2))));
        store<u16>(rests + (r << 1), inUnits(load<f32>(out + n, 224), drift));
        store<u16>(seconds + (r << 1), <u16>load<u32>(out + n, 128));
        if (old == now) continue;
        store<u16>(labels + (r << 1), now);
        moved++;
        move(r, old, now, cols, x, ownSums, ownCounts);
      }
    }
  }
  store<i32>(ownCounts + (<usize>k << 2), moved);
  store<i32>(ownCounts + (<usize>k << 2), looked, 4);
}
