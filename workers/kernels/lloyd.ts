import {
  halfSquares,
  NOWHERE,
  PIECE,
  plan,
  type HoldRows,
  type Run,
} from '../../src/segments/kernels/lloyd.ts';
import kernel from './assembly/lloyd.ts?kernels';
import { solo, type Crew } from './crew.ts';
import { Pace } from './lloyd-pace.ts';
import { Room, room } from './room.ts';

/** Most places that rows are divided in for the threads: sums are exact, so it is free to follow the memory there is. */
const MOST_PIECES = 64;
const SUMS_BYTES = 32e6;
/** Pieces between two breaths. */
const AT_ONCE = 16;
const SPAN = 64;
/** Bounds are whole numbers below 2¹⁶: this many times the typical distance to the middle of all, in so many units. */
const REACH_TYPICAL = 8;
const UNITS = 65535;
/** ½‖mean‖² of a place without a mean. */
const FAR = 3e38;
/** With more means their numbers would take too many bits. */
const MOST_NUMBERED = 1024;
/** From so many means on, measuring a row against its two nearest first is worth its while. */
const PAIRS_FROM = 24;
/** Units that moves may use up before all bounds are made anew. */
const WORN = 20_000;
const BLOCK = 1024;

/**
 * Less is done alone: a round of it takes less than a millisecond, and browsers give out few shared memories, which are free again only once
 * every thread has collected its garbage (bisecting k-means opens one for each group).
 */
const SHARED_FROM = 4e6;

/** `holdRows` in wasm SIMD on `crew`. */
export const holdRowsIn =
  (crew: Crew, relaxed = true): HoldRows =>
  async (x, job, most) => {
    const { rows, cols } = x;
    const pieces = Math.ceil(rows / PIECE);
    const wideMost = Math.ceil(most / 4) * 4;
    const parts = Math.max(2, Math.min(MOST_PIECES, Math.floor(SUMS_BYTES / (8 * most * cols))));
    const stride = 32 * cols + 256 + 4 * BLOCK + 64;
    const bytes =
      room({ 4: rows * cols, 8: pieces * (3 * cols + 1) }) +
      room({ 8: 3 * cols }) +
      2 * room({ 4: wideMost * cols }) +
      2 * room({ 4: wideMost }) +
      4 * room({ 2: rows }) +
      room({ 1: parts * stride, 8: parts * most * cols, 4: parts * (most + 2) });
    const who = bytes < SHARED_FROM ? solo : crew;
    const own = new Room(kernel, { bytes: bytes + 2048, crew: who, relaxed });
    try {
      const data = own.f32(rows * cols);
      for (let at = 0; at < x.data.length; at += 1 << 22) {
        data.view.set(x.data.subarray(at, at + (1 << 22)), at);
        await job.breathe();
      }
      const found = own.f64(pieces * 3 * cols);
      const totals = own.f64(pieces);
      const middles = own.f64(cols);
      const grid = own.f64(2 * cols);
      await inSpans('survey', data.at, found.at, 24 * cols);
      const { centre, scale, grids } = plan(found.view, rows, cols);
      middles.view.set(centre);
      grid.view.set(grids);
      grid.view.set(
        grids.map((each) => 1 / each),
        cols,
      );
      await inSpans('settle', data.at, totals.at, 8, middles.at, grid.at, scale);
      let squares = 0;
      for (let piece = 0; piece < pieces; piece++) squares += totals.view[piece]!;
      const means = own.f32(wideMost * cols);
      const flat = own.f32(wideMost * cols);
      const half = own.f32(wideMost);
      const used = own.u32(wideMost);
      const labels = own.u16(rows);
      const seconds = own.u16(rows);
      const gaps = own.u16(rows);
      const rests = own.u16(rows);
      const work = own.u8(parts * stride);
      const sums = own.f64(parts * most * cols);
      const counts = own.i32(parts * (most + 2));
      const typical = Math.sqrt(squares / Math.max(1, rows));
      const perUnit = Math.fround(typical > 0 ? UNITS / (REACH_TYPICAL * typical) : 1);

      /** A few pieces between two breaths. */
      async function inSpans(
        name: string,
        x: number,
        out: number,
        step: number,
        ...more: number[]
      ): Promise<void> {
        for (let from = 0; from < pieces; from += SPAN) {
          const many = Math.min(SPAN, pieces - from);
          const at = x + 4 * from * PIECE * cols;
          const numbers = [PIECE, rows - from * PIECE, cols, at, ...more, out + from * step];
          own.run(name, many, ...numbers);
          await job.breathe();
        }
      }

      const start = (k: number): Run => {
        if (k > most) throw new RangeError(`room for ${most} means, not ${k}`);
        const wide = Math.ceil(k / 4) * 4;
        const size = Math.ceil(rows / parts / 8) * 8;
        const places = Math.ceil(rows / size);
        const plain = 4 * (cols + 4) * 2 ** -24;
        const width = 2 ** Math.ceil(Math.log2(wide)); // of the numbers of means in the last bits of values
        const mask = wide <= MOST_NUMBERED ? -width : 0;
        const pace = new Pace();
        let before: Float32Array | null = null;
        let reach = 0;
        let drift = 0;
        labels.view.fill(NOWHERE);
        const total = new Float64Array(k * cols);
        const count = new Int32Array(k);
        return {
          labels: labels.view,
          counts: count,
          sums: total,
          touch: (row) => void (gaps.view[row] = rests.view[row] = 0),
          async round(next, job) {
            const now = Float32Array.from(next);
            half.view.fill(FAR, 0, wide);
            half.view.set(halfSquares(now, k, cols));
            flat.view.set(now);
            spread(now, k, cols, means.view);
            const farthest = 2 * half.view.subarray(0, k).reduce((a, b) => Math.max(a, b), 0);
            const bounded = pace.bounded;
            let force = !before || farthest > reach;
            if (before && !force) {
              const { towards, most } = movesOf(before, now, k, cols);
              const units = (distance: number) => Math.ceil(distance * perUnit * (1 + 1e-6));
              drift += units(most);
              for (let m = 0; m < k; m++) used.view[m]! += units(towards[m]!);
              force = drift > WORN || used.view.subarray(0, k).some((each) => each > WORN);
            }
            if (force || !bounded) {
              drift = 0;
              used.view.fill(0);
              reach = 1.5 * farthest;
            }
            before = bounded ? now : null;
            const error = plain + 4 * width * 2 ** -24;
            let moved = 0;
            let measured = 0;
            for (let from = 0; from < places; from += AT_ONCE) {
              const many = Math.min(AT_ONCE, places - from);
              const first = from * size;
              const what = [
                size,
                rows - first,
                cols,
                k,
                wide,
                data.at + 4 * first * cols,
                means.at,
              ];
              const where = labels.at + 2 * first;
              const room = [mask, work.at, stride, sums.at, counts.at, error];
              if (!bounded) own.run('assignAll', many, ...what, half.at, where, ...room, reach);
              else
                own.run(
                  'assign',
                  many,
                  ...what,
                  flat.at,
                  half.at,
                  where,
                  seconds.at + 2 * first,
                  gaps.at + 2 * first,
                  rests.at + 2 * first,
                  used.at,
                  drift,
                  Number(force),
                  Number(k >= PAIRS_FROM),
                  ...room,
                  plain,
                  reach,
                  perUnit,
                );
              for (let piece = 0; piece < many; piece++) {
                const s = piece * k * cols;
                for (let i = 0; i < k * cols; i++) total[i]! += sums.view[s + i]!;
                const n = piece * (k + 2);
                for (let m = 0; m < k; m++) count[m]! += counts.view[n + m]!;
                moved += counts.view[n + k]!;
                measured += counts.view[n + k + 1]!;
              }
              await job.breathe();
            }
            pace.after(moved / rows, force ? 0 : measured / rows);
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

/** `towards`: how far each mean and the other that moved most can have come nearer to each other's rows; `most`: the longest move. */
function movesOf(before: Float32Array, now: Float32Array, k: number, cols: number) {
  const moves = new Float64Array(k);
  for (let m = 0; m < k; m++) {
    let sum = 0;
    for (let c = 0, q = m * cols; c < cols; c++, q++) sum += (now[q]! - before[q]!) ** 2;
    moves[m] = Math.sqrt(sum);
  }
  const [first = 0, second = 0] = moves.toSorted((a, b) => b - a);
  const towards = moves.map((move) => move + (move === first ? second : first));
  return { towards, most: first };
}
