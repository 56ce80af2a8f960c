import type { Pause } from '../../src/segments/kernels/knn.ts';
import {
  SIGMA_FLOOR,
  targetOf,
  TRIES,
  type Graph,
  type LayoutKernel,
} from '../../src/segments/kernels/layout.ts';
import type { Crew } from './crew.ts';
import kernel from './assembly/layout.ts?kernels';
import { Room, room } from './room.ts';

const ROWS_A_PIECE = 512; // as in the kernel
/** Between two breaths. */
const ROWS_AT_ONCE = 400 * ROWS_A_PIECE;

/** `layoutKernel` in wasm SIMD on `crew`: the same bytes. */
export const layoutKernelIn = (crew: Crew): LayoutKernel => ({
  async smooth(distances, k, average, pause) {
    const rows = k > 0 ? distances.length / k : 0;
    const wide = Math.ceil(k / 4) * 4;
    const bytes = 2 * room({ 4: rows * wide }) + 2 * room({ 4: rows });
    const hall = new Room(kernel, { bytes, crew });
    try {
      const [given, found] = [hall.f32(rows * wide), hall.f32(rows * wide)];
      const [rhos, sigmas] = [hall.f32(rows), hall.f32(rows)];
      given.view.fill(Infinity);
      copyRows(distances, k, given.view, wide, k);
      await pause(0);
      const fixed = [k, wide, given.at, targetOf(k), SIGMA_FLOOR, average, TRIES] as const;
      await overRows(0, rows, pause, (from, pieces) =>
        hall.run('smooth', pieces, from, rows, ...fixed, found.at, rhos.at, sigmas.at),
      );
      const weights = new Float32Array(rows * k);
      copyRows(found.view, wide, weights, k, k);
      return { weights, rhos: rhos.view.slice(), sigmas: sigmas.view.slice() };
    } finally {
      hall.close();
    }
  },

  openFilter(graph) {
    const hall = new Room(kernel, { bytes: sizeOf(graph) + 3 * room({ 16: graph.rows }), crew });
    const at = place(hall, graph);
    let [before, now, next] = [0, 1, 2].map(() => hall.f32(4 * graph.rows)) as Three;
    return {
      block: () => now.view,
      async step(along, stay, back, pause) {
        await overRows(0, graph.rows, pause, (from, pieces) =>
          hall.run(
            'filter',
            pieces,
            from,
            graph.rows,
            ...at,
            along,
            stay,
            back,
            now.at,
            before.at,
            next.at,
          ),
        );
        [before, now, next] = [now, next, before];
      },
      close: () => hall.close(),
    };
  },

  openPicture(graph, { a, b }, first) {
    const { rows } = graph;
    const hall = new Room(kernel, { bytes: sizeOf(graph) + 2 * room({ 8: rows }), crew });
    const at = place(hall, graph);
    let [now, next] = [hall.f32(2 * rows), hall.f32(2 * rows)];
    const pool = first === 0 ? rows : first;
    return {
      positions: () => now.view,
      async epoch({ alpha, pushes, keep, seed }, pause) {
        next.view.set(now.view.subarray(0, 2 * first));
        await overRows(first, rows, pause, (from, pieces) =>
          hall.run(
            'epoch',
            pieces,
            from,
            rows,
            ...at,
            now.at,
            next.at,
            pool,
            a,
            b,
            alpha,
            pushes,
            keep,
            seed,
          ),
        );
        [now, next] = [next, now];
      },
      close: () => hall.close(),
    };
  },
});

type Three = [Place, Place, Place];
type Place = ReturnType<Room['f32']>;

const sizeOf = ({ rows, tails }: Graph): number =>
  room({ 4: rows + 1 }) + 2 * room({ 4: tails.length });

function place(hall: Room, graph: Graph): readonly [number, number, number] {
  const starts = hall.i32(graph.rows + 1);
  const tails = hall.i32(graph.tails.length);
  const weights = hall.f32(graph.weights.length);
  starts.view.set(graph.starts);
  tails.view.set(graph.tails);
  weights.view.set(graph.weights);
  return [starts.at, tails.at, weights.at];
}

async function overRows(
  first: number,
  rows: number,
  pause: Pause,
  run: (from: number, pieces: number) => void,
): Promise<void> {
  for (let from = first; from < rows; from += ROWS_AT_ONCE) {
    const to = Math.min(rows, from + ROWS_AT_ONCE);
    run(from, Math.ceil((to - from) / ROWS_A_PIECE));
    await pause(to);
  }
}

/** The first `width` values of each row. */
function copyRows(
  from: Float32Array,
  fromWidth: number,
  to: Float32Array,
  toWidth: number,
  width: number,
): void {
  for (let a = 0, b = 0; a < from.length; a += fromWidth, b += toWidth)
    for (let j = 0; j < width; j++) to[b + j] = from[a + j]!;
}
