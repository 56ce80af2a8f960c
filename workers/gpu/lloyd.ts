import { TesseraError } from '../../src/lib/errors.ts';
import type { Job } from '../../src/lib/job.ts';
import {
  halfSquares,
  nearest,
  NOWHERE,
  type Held,
  type HoldRows,
  type Rows,
  type Run,
} from '../../src/segments/kernels/lloyd.ts';
import { MOST, type GpuRows } from './rows.ts';

/** Hears that the GPU is gone, or cannot do this, and that the processor goes on. */
export type OnLost = (error: TesseraError) => void;
export type Fallback = {
  readonly onLost: OnLost;
  /** Rows of fewer values than this stay with the processor: a GPU takes longer to reach than they take. */
  readonly least: number;
};

const BREATHS = 1 << 14;

/**
 * `holdRows` with the distances on a GPU: the same bytes. `own` prepares the rows and decides what float32 leaves open; sums follow the rows
 * that moved, in float64. If the GPU is lost, `own` goes on where it was.
 */
export const holdRowsWith =
  (
    open: (rows: Rows, job: Job) => Promise<GpuRows>,
    own: HoldRows,
    { onLost, least }: Fallback,
  ): HoldRows =>
  async (x, job, most) => {
    const held = await own(x, job, most);
    if (x.cols > MOST || x.cols < 1 || x.rows < 1 || x.data.length < least) return held;
    let gpu: GpuRows | null = null;
    const lose = (error: unknown): void => {
      if (!(error instanceof TesseraError && error.code === 'gpu-failed')) throw error;
      gpu?.close();
      gpu = null;
      onLost(error);
    };
    try {
      gpu = await open(held, job);
    } catch (error) {
      try {
        lose(error);
      } catch {
        held.close();
        throw error; // cancelled, or our bug
      }
    }
    return {
      ...held,
      start: (k) => (gpu && k <= MOST ? startRun(held, k, () => gpu, lose) : held.start(k)),
      close: () => (gpu?.close(), held.close()),
    };
  };

function startRun(
  held: Held,
  k: number,
  gpu: () => GpuRows | null,
  lose: (error: unknown) => void,
): Run {
  const { rows, cols, data } = held;
  const labels = new Uint16Array(rows).fill(NOWHERE);
  const counts = new Int32Array(k);
  const sums = new Float64Array(k * cols);
  const add = (m: number, r: number, sign: number): void => {
    counts[m]! += sign;
    for (let c = 0; c < cols; c++) sums[m * cols + c]! += sign * data[r * cols + c]!;
  };
  let spare: Run | null = null;

  /** Takes over labels, one by one. */
  const follow = async (labelOf: (r: number) => number, job: Job): Promise<number> => {
    let moved = 0;
    for (let r = 0; r < rows; r++) {
      const [old, best] = [labels[r]!, labelOf(r)];
      if (old !== best) {
        labels[r] = best;
        moved++;
        if (old !== NOWHERE) add(old, r, -1);
        add(best, r, 1);
      }
      if (r % BREATHS === 0) await job.breathe();
    }
    return moved;
  };

  return {
    labels,
    counts,
    sums,
    touch: (row) => spare?.touch(row),
    async round(means, job) {
      const there = gpu();
      if (there) {
        const mine = Float32Array.from(means);
        const half = halfSquares(mine, k, cols);
        const words = await there
          .label(mine, half, job)
          .catch((error: unknown) => (lose(error), null));
        const unsure = (r: number) => nearest(held, r, mine, half);
        if (words) return follow((r) => (words[r]! >>> 31 ? unsure(r) : words[r]! & 0x7fff), job);
      }
      spare ??= held.start(k);
      await spare.round(means, job);
      const found = spare.labels;
      return follow((r) => found[r]!, job);
    },
  };
}
