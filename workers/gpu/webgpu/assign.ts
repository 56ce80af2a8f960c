import { unattended, type Job } from '../../../src/lib/job.ts';
import type { Matrix } from '../../../src/lib/matrix.ts';
import type { Assigned } from '../../../src/segments/kernels/assign.ts';
import { decideRest, inertiaOf, moveOn } from '../decide.ts';
import type { HeldRows, Settled } from '../types.ts';
import { assignCode, planFor, THREADS, type Plan, type Shape } from './assign.wgsl.ts';
import type { Desk, Pass } from './desk.ts';
import { accumulateCode, reduceCode } from './reduce.wgsl.ts';
import { uploadRows, type Rows } from './rows.ts';

/** Float32 rounds to one part in this. */
const UNIT = 2 ** -24;
/** Partial sums of all workgroups together. */
const MOST_PARTIAL_BYTES = 1 << 24;
const MOST_GROUPS = 256;
/** A submission should take about this long: cancel is heard between two of them. */
const SUBMISSION_MS = 100;

/** What one k needs on the GPU. */
type Setup = {
  readonly shape: Shape;
  readonly plan: Plan;
  readonly groups: number;
  readonly buffers: Record<
    'means' | 'half' | 'labels' | 'part' | 'tally' | 'sums' | 'counts' | 'moved' | 'task',
    GPUBuffer
  >;
  readonly last: readonly Pass[];
  readonly round: readonly Pass[];
};

/** Assign-and-accumulate in WGSL: one dispatch over the rows and one over the means a round. */
export async function holdRows(desk: Desk, x: Matrix, job: Job = unattended): Promise<HeldRows> {
  const rows = await uploadRows(desk, x, job);
  return new WebGpuRows(desk, x, rows);
}

class WebGpuRows implements HeldRows {
  readonly #desk: Desk;
  readonly #x: Matrix;
  readonly #rows: Rows;
  #setup: Setup | null = null;

  constructor(desk: Desk, x: Matrix, rows: Rows) {
    this.#desk = desk;
    this.#x = x;
    this.#rows = rows;
  }

  async assign(means: Float64Array, job: Job = unattended): Promise<Assigned> {
    const { shape, buffers, last } = await this.#load(means);
    job.signal.throwIfAborted();
    this.#desk.submit(last);
    const packed = new Uint32Array(await this.#desk.read(buffers.labels, this.#x.rows * 4));
    const sums = await this.#cells(shape, buffers.sums);
    const counts = new Int32Array(await this.#desk.read(buffers.counts, shape.k * 4));
    return decideRest(this.#x, means, { packed, sums, counts }, job);
  }

  async settle(
    start: Float64Array,
    { rounds, still }: { readonly rounds: number; readonly still: number },
    job: Job = unattended,
  ): Promise<Settled> {
    const { shape, buffers, round } = await this.#load(start);
    const { scale, norm2 } = this.#rows;
    let [done, batch, isStill] = [0, 1, false];
    while (done < rounds && !isStill) {
      job.signal.throwIfAborted();
      const began = performance.now();
      const now = Math.min(batch, rounds - done);
      this.#desk.submit(Array.from({ length: now }, () => round).flat());
      const moved = new Float32Array(await this.#desk.read(buffers.moved, shape.k * 4));
      done += now;
      isStill = moved.reduce((sum, value) => sum + value, 0) * scale * scale <= still;
      if (performance.now() - began < SUBMISSION_MS / 2) batch = Math.min(32, 2 * batch);
      else if (performance.now() - began > 2 * SUBMISSION_MS) batch = Math.max(1, batch >> 1);
      await job.breathe();
    }
    const counts = new Int32Array(await this.#desk.read(buffers.counts, shape.k * 4));
    const sums = await this.#cells(shape, buffers.sums);
    // From the sums, in float64; but a mean that lost its rows is only where it was.
    const means = moveOn(await this.#cells(shape, buffers.means), sums, counts);
    const inertia = inertiaOf(norm2 * scale * scale, means, sums, counts);
    return { means, counts, rounds: done, inertia, isStill };
  }

  close(): void {
    this.#rows.buffer.destroy();
    for (const buffer of Object.values(this.#setup?.buffers ?? {})) buffer.destroy();
    this.#setup = null;
  }

  /** Puts means on the GPU, with room and programs for as many. */
  async #load(means: Float64Array): Promise<Setup> {
    const { cols, rows } = this.#x;
    const k = means.length / cols;
    if (!(Number.isInteger(k) && k >= 1 && k <= 512 && cols <= 512))
      throw new RangeError(`the GPU takes up to 512 means of 512 columns, not ${k} of ${cols}`);
    if (this.#setup?.shape.k !== k) {
      for (const buffer of Object.values(this.#setup?.buffers ?? {})) buffer.destroy();
      this.#setup = null;
      this.#setup = await this.#desk.checked(() => this.#prepare({ cols, k }));
    }
    const { plan, groups, buffers } = this.#setup;
    const { scale } = this.#rows;
    const packed = new Float32Array(plan.padded * plan.blocks * 4);
    const half = new Float32Array(plan.padded).fill(1e30); // padding is never near
    let longest = 0;
    for (let m = 0; m < k; m++) {
      let norm = 0;
      for (let c = 0; c < cols; c++) {
        const value = means[m * cols + c]! / scale;
        packed[m * plan.blocks * 4 + c] = value;
        norm += value * value;
      }
      half[m] = norm / 2;
      longest = Math.max(longest, Math.sqrt(norm));
    }
    this.#desk.write(buffers.means, packed);
    this.#desk.write(buffers.half, half);
    const task = new Uint32Array(8);
    task.set([rows, Math.ceil(rows / (THREADS * plan.rowsEach)), groups]);
    // Twice the error of one distance: a rounding a column and block, of the products and of the means themselves.
    new Float32Array(task.buffer).set([2.1 * (4 * plan.blocks + 6) * UNIT, longest], 3);
    this.#desk.write(buffers.task, task);
    return this.#setup;
  }

  async #prepare(shape: Shape): Promise<Setup> {
    const { k } = shape;
    const { rows } = this.#x;
    const plan = planFor(shape);
    const tiles = Math.ceil(rows / (THREADS * plan.rowsEach));
    const cellBytes = k * plan.blocks * 16;
    const room = Math.max(1, Math.floor(MOST_PARTIAL_BYTES / cellBytes));
    const groups = Math.min(tiles, MOST_GROUPS, room);
    const bytes = {
      means: plan.padded * plan.blocks * 16,
      half: plan.padded * 4,
      labels: rows * 4,
      part: groups * cellBytes,
      tally: groups * k * 4,
      sums: cellBytes,
      counts: k * 4,
      moved: k * 4,
    };
    const desk = this.#desk;
    const buffers = {
      ...(Object.fromEntries(
        Object.entries(bytes).map(([name, size]) => [name, desk.buffer(size)]),
      ) as Record<keyof typeof bytes, GPUBuffer>), // the same names
      task: desk.uniform(new Uint32Array(8)),
    };
    const { means, half, labels, part, tally, sums, counts, moved, task } = buffers;
    const x = this.#rows.buffer;
    const over = [k] as const;
    const found = [part, tally, means, half, sums, counts, moved, task];
    const reduce = await desk.pass(reduceCode(shape), found, over);
    const passes = async (isLast: boolean): Promise<readonly Pass[]> => {
      const code = assignCode(shape, isLast);
      if (plan.isFused) {
        const buffers = [x, means, half, task, part, tally, ...(isLast ? [labels] : [])];
        return [await desk.pass(code, buffers, [groups]), reduce];
      }
      const wide = Math.ceil(plan.blocks / plan.width);
      return [
        await desk.pass(code, [x, means, half, task, labels], [Math.min(tiles, 4096)]),
        await desk.pass(accumulateCode(shape), [x, labels, task, part, tally], [groups, wide]),
        reduce,
      ];
    };
    return {
      ...{ shape, plan, groups, buffers },
      last: await passes(true),
      round: await passes(false),
    };
  }

  async #cells({ k, cols }: Shape, buffer: GPUBuffer): Promise<Float64Array<ArrayBuffer>> {
    const wide = Math.ceil(cols / 4) * 4;
    const values = new Float32Array(await this.#desk.read(buffer, k * wide * 4));
    const { scale } = this.#rows;
    return Float64Array.from(
      { length: k * cols },
      (_, i) => values[Math.floor(i / cols) * wide + (i % cols)]! * scale,
    );
  }
}
