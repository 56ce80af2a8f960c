import {
  halfSquares,
  NOWHERE,
  PIECE,
  plan,
  type HoldRows,
  type Run,
} from '../../src/segments/kernels/lloyd.ts';
import kernel from './assembly/lloyd.ts?kernels';
import type { Crew } from './crew.ts';
import { Room, room } from './room.ts';

/** Most places that rows are divided in for the threads: sums are exact, so it is free to follow the memory there is. */
const MOST_PIECES = 64;
const SUMS_BYTES = 32e6;
/** Pieces between two breaths. */
const AT_ONCE = 16;
const BLOCK = 1024;

/** `holdRows` in wasm SIMD on `crew`. `most` is the largest k that will be asked for. */
export const holdRowsIn =
  (crew: Crew, most = 64, relaxed = true): HoldRows =>
  async (x, job) => {
    const { rows, cols } = x;
    const pieces = Math.ceil(rows / PIECE);
    const wideMost = Math.ceil(most / 4) * 4;
    const parts = Math.max(2, Math.min(MOST_PIECES, Math.floor(SUMS_BYTES / (8 * most * cols))));
    const stride = 32 * cols + 128 + 32 + 4 * BLOCK + 32;
    const bytes =
      room({ 4: rows * cols, 8: pieces * (3 * cols + 1) }) +
      room({ 8: 2 * cols }) +
      room({ 4: wideMost * cols }) +
      room({ 4: 2 * wideMost }) +
      room({ 2: rows, 4: rows }) +
      room({ 1: parts * stride, 8: parts * most * cols, 4: parts * (most + 1) });
    const own = new Room(kernel, { bytes: bytes + 2048, crew, relaxed });
    try {
      const data = own.f32(rows * cols);
      for (let at = 0; at < x.data.length; at += 1 << 22) {
        data.view.set(x.data.subarray(at, at + (1 << 22)), at);
        await job.breathe();
      }
      const found = own.f64(pieces * 3 * cols);
      const totals = own.f64(pieces);
      const middles = own.f64(cols);
      const grid = own.f64(cols);
      own.run('survey', pieces, PIECE, rows, cols, data.at, found.at);
      const { centre, scale, grids } = plan(found.view, rows, cols);
      middles.view.set(centre);
      grid.view.set(grids);
      await job.breathe();
      const at = [data.at, middles.at, grid.at, scale, totals.at];
      own.run('settle', pieces, PIECE, rows, cols, ...at);
      let squares = 0;
      for (let piece = 0; piece < pieces; piece++) squares += totals.view[piece]!;
      const means = own.f32(wideMost * cols);
      const half = own.f32(wideMost);
      const slack = own.f32(wideMost);
      const labels = own.u16(rows);
      const gaps = own.f32(rows);
      const work = own.u8(parts * stride);
      const sums = own.f64(parts * most * cols);
      const counts = own.i32(parts * (most + 1));

      const start = (k: number): Run => {
        if (k > most) throw new RangeError(`room for ${most} means, not ${k}`);
        const wide = Math.ceil(k / 4) * 4;
        const size = Math.ceil(rows / parts / 8) * 8;
        const used = Math.ceil(rows / size);
        const error = 4 * (cols + 4) * 2 ** -24;
        let before: Float32Array | null = null;
        let reach = 0;
        labels.view.fill(NOWHERE);
        const total = new Float64Array(k * cols);
        const count = new Int32Array(k);
        return {
          labels: labels.view,
          counts: count,
          sums: total,
          touch: (row) => void (gaps.view[row] = -1),
          async round(next, job) {
            const now = Float32Array.from(next);
            half.view.fill(Infinity, 0, wide);
            half.view.set(halfSquares(now, k, cols));
            spread(now, k, cols, means.view);
            const farthest = 2 * half.view.subarray(0, k).reduce((a, b) => Math.max(a, b), 0);
            if (before && farthest <= reach) slack.view.set(slacks(before, now, k, cols));
            else slack.view.fill(Infinity);
            if (farthest > reach || !before) reach = 1.5 * farthest;
            before = now;
            let moved = 0;
            for (let from = 0; from < used; from += AT_ONCE) {
              const many = Math.min(AT_ONCE, used - from);
              const first = from * size;
              own.run(
                'assign',
                many,
                size,
                rows - first,
                cols,
                k,
                wide,
                data.at + 4 * first * cols,
                means.at,
                half.at,
                slack.at,
                labels.at + 2 * first,
                gaps.at + 4 * first,
                work.at,
                stride,
                sums.at,
                counts.at,
                error,
                reach,
              );
              for (let piece = 0; piece < many; piece++) {
                const s = piece * k * cols;
                for (let i = 0; i < k * cols; i++) total[i]! += sums.view[s + i]!;
                const n = piece * (k + 1);
                for (let m = 0; m < k; m++) count[m]! += counts.view[n + m]!;
                moved += counts.view[n + k]!;
              }
              await job.breathe();
            }
            return moved;
          },
        };
      };
      return {
        data: data.view,
        rows,
        cols,
        centre,
        scale,
        squares,
        start,
        close: () => own.close(),
      };
    } catch (error) {
      own.close();
      throw error;
    }
  };

/** Negated, four means side by side; places beyond k hold what is there, since their half square is infinite. */
function spread(means: Float32Array, k: number, cols: number, out: Float32Array): void {
  for (let m = 0; m < k; m++)
    for (let c = 0; c < cols; c++) out[(m & ~3) * cols + 4 * c + (m & 3)] = -means[m * cols + c]!;
}

/** How far each mean and the other that moved most can have come nearer to each other's rows; rounded up. */
function slacks(before: Float32Array, now: Float32Array, k: number, cols: number): Float32Array {
  const moves = new Float64Array(k);
  for (let m = 0; m < k; m++) {
    let sum = 0;
    for (let c = 0, q = m * cols; c < cols; c++, q++) sum += (now[q]! - before[q]!) ** 2;
    moves[m] = Math.sqrt(sum);
  }
  const [first, second] = moves.toSorted((a, b) => b - a);
  return Float32Array.from(
    moves,
    (move) => (move + (move === first ? (second ?? 0) : first!)) * (1 + 1e-6),
  );
}
