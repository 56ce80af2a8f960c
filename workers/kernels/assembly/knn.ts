// AssemblyScript: exact nearest neighbours, four questions against blocks of eight rows, and ranks of given rows. Twin:
// src/segments/kernels/knn.ts.
import { offer, squared } from './neighbour-list';

const QUESTIONS_A_PIECE = 32;
/** Rows of a tile stay in the first cache while the questions of a piece pass over them. */
const BLOCKS_A_TILE = 32;

function offerLanes(
  lanes: v128,
  row: i32,
  own: i32,
  rows: i32,
  ids: usize,
  squares: usize,
  k: i32,
): void {
  const worst = load<f32>(squares + ((k - 1) << 2));
  let mask = i32x4.bitmask(f32x4.lt(lanes, f32x4.splat(worst)));
  while (mask != 0) {
    const lane = ctz(mask);
    mask &= mask - 1;
    let square = f32x4.extract_lane(lanes, 0);
    if (lane == 1) square = f32x4.extract_lane(lanes, 1);
    else if (lane == 2) square = f32x4.extract_lane(lanes, 2);
    else if (lane == 3) square = f32x4.extract_lane(lanes, 3);
    const id = row + lane;
    if (id != own && id < rows) offer(ids, squares, k, square, id);
  }
}

/**
 * Exact neighbours of the questions from `from` on. `blocks`: rows in groups of eight, column by column; `questions` [to × cols], padded to
 * a multiple of four; `own`: the row of each question that is no answer; lists [to × k] start with squares of Infinity.
 */
export function nearest(
  piece: i32,
  from: i32,
  to: i32,
  questions: usize,
  own: usize,
  cols: i32,
  blocks: usize,
  rows: i32,
  k: i32,
  ids: usize,
  squares: usize,
): void {
  const first = from + piece * QUESTIONS_A_PIECE;
  const last = min(to, first + QUESTIONS_A_PIECE);
  const blockCount = (rows + 7) >> 3;
  const blockBytes: usize = (<usize>cols) << 5;
  const row: usize = (<usize>cols) << 2;
  const list: usize = (<usize>k) << 2;
  const worst: usize = (<usize>(k - 1)) << 2;
  for (let tile = 0; tile < blockCount; tile += BLOCKS_A_TILE) {
    const end = min(blockCount, tile + BLOCKS_A_TILE);
    for (let q = first; q < last; q += 4) {
      const q0 = questions + <usize>q * row;
      const q1 = q0 + row;
      const q2 = q1 + row;
      const q3 = q2 + row;
      const s0 = squares + <usize>q * list;
      const s1 = s0 + list;
      const s2 = s1 + list;
      const s3 = s2 + list;
      const i0 = ids + <usize>q * list;
      let y = blocks + <usize>tile * blockBytes;
      for (let block = tile; block < end; block++) {
        let a0 = f32x4.splat(0);
        let a1 = a0;
        let b0 = a0;
        let b1 = a0;
        let c0 = a0;
        let c1 = a0;
        let d0 = a0;
        let d1 = a0;
        for (let c: usize = 0; c < row; c += 4, y += 32) {
          const y0 = v128.load(y);
          const y1 = v128.load(y, 16);
          const a = v128.load_splat<f32>(q0 + c);
          a0 = squared(a0, y0, a);
          a1 = squared(a1, y1, a);
          const b = v128.load_splat<f32>(q1 + c);
          b0 = squared(b0, y0, b);
          b1 = squared(b1, y1, b);
          const cc = v128.load_splat<f32>(q2 + c);
          c0 = squared(c0, y0, cc);
          c1 = squared(c1, y1, cc);
          const d = v128.load_splat<f32>(q3 + c);
          d0 = squared(d0, y0, d);
          d1 = squared(d1, y1, d);
        }
        const r = block << 3;
        const wa = v128.load_splat<f32>(s0 + worst);
        if (v128.any_true(f32x4.lt(f32x4.pmin(a0, a1), wa))) {
          const o = load<i32>(own + ((<usize>q) << 2));
          offerLanes(a0, r, o, rows, i0, s0, k);
          offerLanes(a1, r + 4, o, rows, i0, s0, k);
        }
        const wb = v128.load_splat<f32>(s1 + worst);
        if (v128.any_true(f32x4.lt(f32x4.pmin(b0, b1), wb))) {
          const o = load<i32>(own + ((<usize>q) << 2), 4);
          offerLanes(b0, r, o, rows, i0 + list, s1, k);
          offerLanes(b1, r + 4, o, rows, i0 + list, s1, k);
        }
        const wc = v128.load_splat<f32>(s2 + worst);
        if (v128.any_true(f32x4.lt(f32x4.pmin(c0, c1), wc))) {
          const o = load<i32>(own + ((<usize>q) << 2), 8);
          offerLanes(c0, r, o, rows, i0 + 2 * list, s2, k);
          offerLanes(c1, r + 4, o, rows, i0 + 2 * list, s2, k);
        }
        const wd = v128.load_splat<f32>(s3 + worst);
        if (v128.any_true(f32x4.lt(f32x4.pmin(d0, d1), wd))) {
          const o = load<i32>(own + ((<usize>q) << 2), 12);
          offerLanes(d0, r, o, rows, i0 + 3 * list, s3, k);
          offerLanes(d1, r + 4, o, rows, i0 + 3 * list, s3, k);
        }
      }
    }
  }
}

/**
 * How many rows are strictly nearer to question q than each of the `k` rows in its list at `ids` (−1: none, 0 is written), itself aside.
 * `counts` [to × 4k] is scratch of four lanes whose first k then hold the answer; `limits` [to × k] is scratch.
 */
export function ranks(
  piece: i32,
  from: i32,
  to: i32,
  questions: usize,
  own: usize,
  cols: i32,
  blocks: usize,
  rows: i32,
  k: i32,
  ids: usize,
  limits: usize,
  counts: usize,
): void {
  const first = from + piece * QUESTIONS_A_PIECE;
  const last = min(to, first + QUESTIONS_A_PIECE);
  const blockCount = (rows + 7) >> 3;
  const row: usize = (<usize>cols) << 2;
  for (let q = first; q < last; q++) {
    const question = questions + <usize>q * row;
    const list = ids + ((<usize>(q * k)) << 2);
    const limit = limits + ((<usize>(q * k)) << 2);
    const lanes = counts + ((<usize>(q * k)) << 4);
    let furthest: f32 = 0;
    for (let j = 0; j < k; j++) {
      const id = load<i32>(list + (j << 2));
      let square: f32 = 0;
      if (id >= 0) {
        const y = blocks + ((<usize>(id >> 3) * cols) << 5) + ((<usize>(id & 7)) << 2);
        for (let c: usize = 0; c < <usize>cols; c++) {
          const apart = load<f32>(y + (c << 5)) - load<f32>(question + (c << 2));
          square += apart * apart;
        }
      }
      store<f32>(limit + (j << 2), square);
      furthest = max(furthest, square);
      v128.store(lanes + (j << 4), i32x4.splat(0));
    }
    const far = f32x4.splat(furthest);
    let y = blocks;
    for (let block = 0; block < blockCount; block++) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      for (let c: usize = 0; c < row; c += 4, y += 32) {
        const a = v128.load_splat<f32>(question + c);
        a0 = squared(a0, v128.load(y), a);
        a1 = squared(a1, v128.load(y, 16), a);
      }
      if (!v128.any_true(f32x4.lt(f32x4.pmin(a0, a1), far))) continue;
      for (let j = 0; j < k; j++) {
        const t = v128.load_splat<f32>(limit + (j << 2));
        const at = lanes + (j << 4);
        const nearer = i32x4.add(f32x4.lt(a0, t), f32x4.lt(a1, t)); // −1 each
        v128.store(at, i32x4.sub(v128.load(at), nearer));
      }
    }
    const itself = load<i32>(own + ((<usize>q) << 2)) >= 0;
    for (let j = 0; j < k; j++) {
      const at = lanes + (j << 4);
      let sum = load<i32>(at) + load<i32>(at, 4) + load<i32>(at, 8) + load<i32>(at, 12);
      if (itself && load<f32>(limit + (j << 2)) > 0) sum--;
      store<i32>(lanes + (j << 2), sum);
    }
  }
}
